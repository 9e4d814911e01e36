//! Functions of the host's modules. In: arguments. Out: values, and a record of each call with every text that can reach it. What a
//! result carries on of its arguments is said here, function by function.

use super::{
    Args, Flow, Labels, Value,
    state::{self, Caller, Effect, Kind, Leak, Multiplicity},
    value::{Callable, Maker, Text},
};
use crate::source::Span;

/// Text that other people wrote and nobody escaped.
const FOREIGN: Labels = Labels::RAW_HTML.with(Labels::RAW_URL);

impl Flow<'_> {
    /// Calls a function of the host.
    pub(super) fn host(
        &mut self,
        function: (&'static str, &'static str),
        args: &Args,
        place: Span,
        direct: bool,
    ) -> Value {
        self.record(function, args, place, direct);
        match function {
            ("env", _) => self.env(args, place),
            ("crypto", name) => self.crypto(name, args),
            ("auth", name) => self.auth(name, args, place),
            ("cache", name) => self.cache(name, args, place),
            ("compose", name) => self.compose(name, args, place),
            ("fetch", name) => self.fetch(name, args, place),
            ("io", name) => self.io(name, args, place),
            ("router", _) => self.route(args, place),
            ("sql", name) => self.sql(name, args, place),
            ("validate" | "decode", name) => self.validated(name, args, place),
            ("log", _) => {
                self.effect(Effect::Log, place);
                self.shown(&args.all(), place);
                Value::undefined()
            }
            ("id", name) => {
                self.effect(Effect::Random, place);
                if matches!(name, "ulid" | "uuidV7") {
                    self.effect(Effect::Clock, place);
                }
                Value::any_text()
            }
            ("ratelimit", name) => {
                self.effect(Effect::Rate, place);
                match name {
                    "rateReset" => Value::boolean(),
                    _ => self.result(place, Value::any_number(), Labels::NONE),
                }
            }
            ("text", name) => self.text_function(name, args),
            ("time", _) => {
                let labels = args.all().labels.without(FOREIGN);
                Value::any_text().joined(&Value::any_number()).or_undefined().labelled(labels)
            }
            ("url", name) => self.url_function(name, args),
            ("http", "parseCookies") => self.data(&args.all(), Labels::CREDENTIAL.with(FOREIGN)),
            _ => self.data(&args.all(), Labels::NONE),
        }
    }

    /// Remembers what reaches the call.
    fn record(
        &mut self,
        function: (&'static str, &'static str),
        args: &Args,
        place: Span,
        direct: bool,
    ) {
        let values = [args.get(0), args.get(1), args.get(2)];
        let urls = match function {
            ("fetch", name) => self.urls(name, args),
            _ => Value::none(),
        };
        let caller = self.caller();
        let direct = direct && caller != Caller::Outside;
        let site = self.facts.sites.entry((place, function, direct)).or_default();
        for (index, value) in values.iter().enumerate() {
            site.texts[index].extend(value.texts().cloned());
            site.absent[index] |= value.may_be_undefined();
            // Something that cannot be told from a text.
            if value.objects.contains(&state::OUTSIDE) {
                site.texts[index].insert(Text::Begins(String::new()));
            }
        }
        site.urls.extend(urls.texts().cloned());
    }

    /// The URLs to which a call can send.
    fn urls(&mut self, name: &str, args: &Args) -> Value {
        let first = args.get(0);
        if name == "httpRequest" {
            let mut urls = Value::none();
            for text in first.texts().cloned().collect::<Vec<_>>() {
                urls.join(&self.url_in_json(&text));
            }
            return urls;
        }
        let mut urls = Value::none();
        for text in first.texts() {
            match text {
                Text::Whole(text) => urls.join(&Value::text(text)),
                Text::Begins(start) => urls.join(&Value::begins(start)),
                Text::Json(_) => urls.join(&Value::any_text()),
            };
        }
        for object in &first.objects {
            let url = self.field(*object, "url");
            for text in url.texts() {
                match text {
                    Text::Whole(text) => urls.join(&Value::text(text)),
                    Text::Begins(start) => urls.join(&Value::begins(start)),
                    Text::Json(_) => urls.join(&Value::any_text()),
                };
            }
        }
        urls
    }

    fn url_in_json(&mut self, text: &Text) -> Value {
        match text {
            Text::Whole(text) => {
                let parsed: Option<serde_json::Value> = serde_json::from_str(text).ok();
                match parsed.as_ref().and_then(|value| value.get("url")) {
                    Some(serde_json::Value::String(url)) => Value::text(url),
                    // Nothing that can be sent.
                    _ => Value::none(),
                }
            }
            Text::Begins(_) => Value::any_text(),
            Text::Json(object) => {
                let value = self.field(*object, "value").defined();
                let url = self.get(&value, &Value::text("url")).defined();
                // The JSON of a text that is itself JSON has no member.
                match url.texts().any(|text| matches!(text, Text::Json(_))) {
                    true => Value::any_text(),
                    false => Value::only_texts(&url),
                }
            }
        }
    }

    fn env(&mut self, args: &Args, place: Span) -> Value {
        self.effect(Effect::Env, place);
        let name = args.get(0);
        let secret = name.texts().any(|text| match text {
            Text::Whole(name) => sounds_secret(name),
            Text::Begins(_) | Text::Json(_) => true,
        });
        let labels = if secret { Labels::ENV.with(Labels::SECRET) } else { Labels::ENV };
        Value::any_text().or_undefined().labelled(labels)
    }

    fn crypto(&mut self, name: &str, args: &Args) -> Value {
        let (first, second) = (args.get(0), args.get(1));
        let both = first.labels.with(second.labels);
        match name {
            _ if name.starts_with("sha") => Value::any_text().labelled(both.without(FOREIGN)),
            // Nobody can find the key in it.
            _ if name.starts_with("hmac") => {
                Value::any_text().labelled(second.labels.without(FOREIGN))
            }
            _ if name.ends_with("Encode") => Value::any_text().labelled(both),
            _ => Value::any_text().or_undefined().labelled(self.decoded(both)),
        }
    }

    /// Labels of text that was decoded: what had been escaped may be raw again.
    pub(super) fn decoded(&self, labels: Labels) -> Labels {
        if labels.has(Labels::FROM_REQUEST) { labels.with(FOREIGN) } else { labels }
    }

    fn auth(&mut self, name: &str, args: &Args, place: Span) -> Value {
        match name {
            "parseBearer" => {
                let labels = Labels::CREDENTIAL.with(args.get(0).labels);
                Value::any_text().or_undefined().labelled(labels)
            }
            "jwtVerify" => {
                // What was signed is no credential, and the signer vouches for it.
                let labels = args.get(0).labels.without(Labels::CREDENTIAL.with(Labels::UNCHECKED));
                let claims = self.outside_with(labels);
                self.result(place, claims, Labels::NONE)
            }
            "jwtSign" => {
                let labels = self.deep_labels(&args.get(0));
                Value::any_text().or_undefined().labelled(labels)
            }
            _ => Value::boolean(),
        }
    }

    fn cache(&mut self, name: &str, args: &Args, place: Span) -> Value {
        let writes = !matches!(name, "cacheGet" | "cacheStats");
        self.effect(if writes { Effect::CacheWrite } else { Effect::CacheRead }, place);
        match name {
            "cacheGet" => Value::any_text().or_undefined().labelled(FOREIGN.with(self.stored)),
            "cacheIncr" => Value::any_number(),
            "cacheStats" => self.outside_with(Labels::NONE),
            "cacheSet" => {
                self.store(args.get(2).labels);
                Value::boolean()
            }
            _ => Value::boolean(),
        }
    }

    /// What other requests will find.
    fn store(&mut self, labels: Labels) {
        let stored = self.stored.with(labels);
        self.changed |= stored != self.stored;
        self.stored = stored;
    }

    fn compose(&mut self, name: &str, args: &Args, place: Span) -> Value {
        let held = self.make_at(place, Kind::Held, 20);
        self.write(held, None, &args.all());
        let maker = if name == "pipe" { Maker::Pipe } else { Maker::Guard };
        Value::function(Callable::Made(maker, held))
    }

    fn fetch(&mut self, name: &str, args: &Args, place: Span) -> Value {
        self.effect(Effect::Egress, place);
        let urls = self.urls(name, args);
        let (first, second) = (args.get(0), args.get(1));
        let everything = self.deep_labels(&first).with(self.deep_labels(&second));
        let mut url_labels = first.labels;
        for object in first.objects.clone() {
            url_labels = url_labels.with(self.field(object, "url").labels);
        }
        if first.texts().any(|text| matches!(text, Text::Json(_) | Text::Begins(_)))
            && name == "httpRequest"
        {
            url_labels = url_labels.with(everything);
        }
        self.shown(&Value::any_text().labelled(url_labels), place);
        if url_labels.has(Labels::RAW_URL) || urls.labels.has(Labels::RAW_URL) {
            self.leaked(Leak::Injection, place);
        }
        if everything.has(Labels::UNCHECKED) {
            self.leaked(Leak::Unchecked, place);
        }
        let answer = FOREIGN.with(
            everything.without(Labels::SECRET).without(Labels::ENV).without(Labels::CREDENTIAL),
        );
        match name {
            "httpRequest" => Value::any_text().labelled(answer),
            _ => self.outside_with(answer),
        }
    }

    fn io(&mut self, name: &str, args: &Args, place: Span) -> Value {
        let thunks = self.iterated(&args.get(0));
        let times = self.times(&args.get(0));
        let value = self.call_each(&thunks, &Args::default(), times, place);
        if name == "race" {
            return value.or_undefined();
        }
        let array = self.make_at(place, Kind::Array, 21);
        if times != Multiplicity::Constant {
            self.grow(array);
        }
        self.write(array, None, &value);
        Value::object(array)
    }

    /// `routerMatch(table, request)`: the value of a route, and parameters from the path.
    fn route(&mut self, args: &Args, place: Span) -> Value {
        let found = self.make_at(place, Kind::Plain, 22);
        let mut handler = Value::none();
        for table in args.get(0).objects {
            handler.join(&self.any_field(table).defined());
        }
        self.write(found, Some("handler"), &handler);
        let params = self.outside_with(Labels::REQUEST);
        self.write(found, Some("params"), &params);
        Value::object(found).or_undefined()
    }

    fn sql(&mut self, name: &str, args: &Args, place: Span) -> Value {
        match name {
            "sql" => {
                self.registered(place);
                let statement = args.get(1);
                if statement.labels.has(FOREIGN) {
                    self.leaked(Leak::Injection, place);
                }
                return Value::undefined();
            }
            "sqlExec" => self.effect(Effect::SqlWrite, place),
            _ => self.effect(Effect::SqlRead, place),
        }
        let given = self.deep_labels(&args.get(1));
        if given.has(Labels::UNCHECKED) {
            self.leaked(Leak::Unchecked, place);
        }
        if name == "sqlExec" {
            self.store(given);
            return self.outside_with(Labels::NONE);
        }
        self.outside_with(FOREIGN.with(self.stored))
    }

    /// A `Result` with a validated value.
    fn validated(&mut self, name: &str, args: &Args, place: Span) -> Value {
        if matches!(name, "schemaCompile" | "schemaDrop") {
            self.registered(place);
            return Value::boolean();
        }
        let labels = self.deep_labels(&args.from(1)).without(Labels::UNCHECKED);
        let mut value = self.outside_with(labels);
        if name == "validateObject" {
            value.join(&args.get(1));
        }
        self.result(place, value, labels)
    }

    /// A `Result` of the host.
    pub(super) fn result(&mut self, place: Span, value: Value, error: Labels) -> Value {
        let object = self.make_at(place, Kind::Result, 23);
        self.write(object, Some("value"), &value);
        self.write(object, Some("ok"), &Value::boolean());
        let error = self.outside_with(error);
        self.write(object, Some("error"), &error);
        self.write(object, Some("errors"), &error);
        Value::object(object)
    }

    fn text_function(&mut self, name: &str, args: &Args) -> Value {
        let labels = args.all().labels;
        let labels = match name {
            "escapeHtml" => labels.without(Labels::RAW_HTML),
            "slugify" => labels.without(FOREIGN),
            "unescapeHtml" => self.decoded(labels),
            _ => labels,
        };
        Value::any_text().labelled(labels)
    }

    fn url_function(&mut self, name: &str, args: &Args) -> Value {
        let labels = self.deep_labels(&args.all());
        match name {
            "urlEncode" => Value::any_text().labelled(labels.without(Labels::RAW_URL)),
            "urlDecode" => Value::any_text().labelled(self.decoded(labels)),
            _ => self.outside_with(self.decoded(labels)).or_undefined(),
        }
    }

    /// Data that a function of the host makes of its arguments.
    fn data(&mut self, args: &Value, labels: Labels) -> Value {
        let labels = self.deep_labels(args).with(labels);
        self.outside_with(labels)
    }

    /// The answer of the handler.
    pub(super) fn respond(&mut self, response: &Value, place: Span) {
        // Responses are looked at where they are made; here, anything else.
        let mut rest = response.clone();
        rest.objects.retain(|object| self.kind(*object) != Kind::Http);
        self.shown(&rest, place);
        if rest.objects.contains(&state::OUTSIDE) && rest.labels.has(Labels::RAW_HTML) {
            // The answer of another server, passed on as it is.
            self.leaked(Leak::Injection, place);
        }
    }
}

/// Whether a name says that what it names is secret.
fn sounds_secret(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    ["SECRET", "PASSWORD", "PASSWD", "KEY", "TOKEN", "PRIVATE", "CREDENTIAL", "AUTH"]
        .iter()
        .any(|word| name.contains(word))
}
