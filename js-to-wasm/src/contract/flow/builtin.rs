//! Global functions and their static members. In: arguments. Out: values. What is not named here gives anything, and what it is given
//! goes outside.

use super::{
    Args, Callable, Flow, Labels, Text, Value,
    state::{Effect, Kind, Leak, Multiplicity},
};
use crate::{
    check::globals::{self, GLOBALS, Global},
    source::Span,
};

/// The value of a global name.
pub(super) fn global(name: &str) -> Value {
    match name {
        "undefined" | "Fragment" => return Value::undefined(),
        "NaN" => return Value::number(f64::NAN),
        "Infinity" => return Value::number(f64::INFINITY),
        "fetchSync" => return Value::function(Callable::Host("fetch", "fetchSync")),
        "httpRequest" => return Value::function(Callable::Host("fetch", "httpRequest")),
        _ => {}
    }
    match GLOBALS.iter().find(|(known, _)| *known == name) {
        Some((known, Global::Function | Global::FunctionWith(_))) => {
            Value::function(Callable::Builtin(known, ""))
        }
        _ => Value::undefined(),
    }
}

/// Whether a global has members.
pub(super) fn is_namespace(name: &str) -> bool {
    matches!(globals::find(name), Some(Global::Namespace(_) | Global::FunctionWith(_)))
}

/// The value of a member of a global.
pub(super) fn member(object: &str, name: &str) -> Value {
    let known = GLOBALS.iter().find(|(known, _)| *known == object);
    let Some((object, Global::Namespace(names) | Global::FunctionWith(names))) = known else {
        return Value::undefined();
    };
    let Some(name) = names.iter().find(|known| **known == name) else { return Value::undefined() };
    match (*object, *name) {
        ("Math", constant) if constant.starts_with(|c: char| c.is_ascii_uppercase()) => {
            Value::any_number()
        }
        ("Number", "EPSILON" | "NaN") => Value::any_number(),
        ("Number", constant)
            if constant.ends_with("_VALUE")
                || constant.ends_with("_INTEGER")
                || constant.ends_with("_INFINITY") =>
        {
            Value::any_number()
        }
        (_, "BYTES_PER_ELEMENT") => Value::any_number(),
        (object, name) => Value::function(Callable::Builtin(object, name)),
    }
}

impl Flow<'_> {
    /// Calls a global function.
    #[expect(clippy::too_many_lines, reason = "one arm for each function")]
    pub(super) fn builtin(
        &mut self,
        path: (&'static str, &'static str),
        args: &Args,
        place: Span,
    ) -> Value {
        let first = args.get(0);
        match path {
            ("comptime", _) => first,
            ("Math", name) => {
                if name == "random" {
                    self.effect(Effect::Random, place);
                }
                self.number_of(&args.all().joined(&Value::any_number()))
            }
            ("Date" | "performance", _) => {
                self.effect(Effect::Clock, place);
                Value::any_number()
            }
            ("console", _) => {
                self.effect(Effect::Log, place);
                self.shown(&args.all(), place);
                Value::undefined()
            }
            ("Number", "isFinite" | "isInteger" | "isNaN" | "isSafeInteger")
            | ("isFinite" | "isNaN" | "Boolean", _) => Value::boolean(),
            ("Number" | "parseFloat" | "parseInt", _) => match first.only_number() {
                Some(number) => Value::number(number),
                None => self.number_of(&first.joined(&Value::any_number())),
            },
            ("String", "") => first.as_text(),
            ("String", _) => Value::any_text().labelled(args.all().labels),
            ("Error" | "TypeError" | "RangeError" | "SyntaxError" | "ReferenceError", _) => {
                let error = self.make_at(place, Kind::Plain, 1);
                self.write(error, Some("message"), &first);
                self.write(error, Some("name"), &Value::any_text());
                Value::object(error)
            }
            ("JSON", name) => self.json(name, args, place),
            ("Object", name) => self.object_function(name, args, place),
            ("Array", name) => self.array_function(name, args, place),
            ("Map", _) => self.new_map(path.1, args, place),
            ("Set", _) => {
                let set = self.make_at(place, Kind::Set, 3);
                self.grow(set);
                let items = self.iterated(&first);
                self.write(set, None, &items);
                Value::object(set)
            }
            ("Result", name) => {
                let result = self.make_at(place, Kind::Result, 4);
                let field = if name == "ok" { "value" } else { "error" };
                self.write(result, Some(field), &first);
                self.write(result, Some("ok"), &Value::bool(name == "ok"));
                Value::object(result)
            }
            ("range", _) => {
                let array = self.make_at(place, Kind::Array, 5);
                if !(0..3).all(|index| {
                    let value = args.get(index);
                    value.only_number().is_some() || value == Value::undefined() || value.is_none()
                }) {
                    self.grow(array);
                }
                self.write(array, None, &Value::any_number());
                Value::object(array)
            }
            ("Response", name) => self.response(name, args, place),
            ("Headers", _) => {
                let headers = self.make_at(place, Kind::Http, 6);
                self.spread_into(headers, &first);
                Value::object(headers)
            }
            ("h", _) => self.h(args, place),
            ("renderToString", _) => {
                let labels = self.deep_labels(&first).without(Labels::RAW_HTML);
                Value::any_text().labelled(labels)
            }
            ("encodeURIComponent", _) => {
                Value::any_text().labelled(first.labels.without(Labels::RAW_URL))
            }
            ("encodeURI", _) => Value::any_text().labelled(first.labels),
            ("decodeURI" | "decodeURIComponent", _) => {
                Value::any_text().or_undefined().labelled(self.decoded(first.labels))
            }
            ("URL", "canParse") => Value::boolean(),
            ("URL" | "Request" | "TextEncoder" | "TextDecoder", _) => {
                // They hold texts only.
                let labels = self.deep_labels(&args.all());
                self.outside_with(labels).or_undefined()
            }
            ("structuredClone", _) => first,
            (
                "Int8Array" | "Uint8Array" | "Uint8ClampedArray" | "Int16Array" | "Uint16Array"
                | "Int32Array" | "Uint32Array" | "Float32Array" | "Float64Array",
                _,
            ) => self.numbers(args, place),
            _ => {
                self.leak(&args.all());
                self.outside_value()
            }
        }
    }

    fn json(&mut self, name: &str, args: &Args, place: Span) -> Value {
        let first = args.get(0);
        if name != "stringify" {
            let labels = self.decoded(self.deep_labels(&first));
            let data = self.outside_with(labels);
            return if name == "tryParse" { self.result(place, data, labels) } else { data };
        }
        let labels = self.deep_labels(&first);
        // `toJSON` and a replacer decide what is written.
        let converters = self.reachable(&first, "toJSON");
        if !converters.functions.is_empty() || args.from(1) != Value::none() {
            self.leak(&args.all());
            self.call_value(&converters, &Args::rest(Value::scalar()), place);
            return Value::any_text().labelled(labels);
        }
        let object = self.make_at(place, Kind::Held, 7);
        self.write(object, Some("value"), &first);
        Value::json(object).labelled(labels)
    }

    /// Every value that a field of this name holds, at any depth.
    fn reachable(&mut self, value: &Value, name: &str) -> Value {
        let mut found = Value::none();
        let mut seen = std::collections::BTreeSet::new();
        let mut open: Vec<_> = value.objects.iter().copied().collect();
        while let Some(object) = open.pop() {
            if seen.insert(object) {
                found.join(&self.field(object, name));
                open.extend(self.any_field(object).objects);
            }
        }
        found
    }

    fn object_function(&mut self, name: &str, args: &Args, place: Span) -> Value {
        let first = args.get(0);
        let array = self.make_at(place, Kind::Array, 8);
        let mut values = Value::none();
        let mut known = true;
        for object in &first.objects {
            values.join(&self.any_field(*object).defined());
            known &= self.is_literal(*object);
        }
        let mut labels = first.labels;
        for object in &first.objects {
            labels = labels.with(self.names_labels(*object));
        }
        match name {
            "hasOwn" | "is" => return Value::boolean(),
            "keys" => self.write(array, None, &Value::any_text().labelled(labels)),
            "values" => self.write(array, None, &values.labelled(labels)),
            "entries" => {
                let entry = self.make_at(place, Kind::Array, 9);
                self.write(entry, None, &values.joined(&Value::any_text()).labelled(labels));
                self.write(array, None, &Value::object(entry));
            }
            "fromEntries" => {
                let object = self.make_at(place, Kind::Plain, 10);
                let entries = self.iterated(&first);
                let values = self.iterated(&entries);
                self.write(object, None, &values);
                self.named_by(object, values.labels);
                return Value::object(object);
            }
            "groupBy" => return self.group(args, Kind::Plain, place),
            _ => {
                self.leak(&args.all());
                return self.outside_value();
            }
        }
        if !known {
            self.grow(array);
        }
        Value::object(array)
    }

    /// Groups of elements by what a function says.
    fn group(&mut self, args: &Args, kind: Kind, place: Span) -> Value {
        let over = args.get(0);
        let items = self.iterated(&over);
        let times = self.times(&over);
        let given = Args::of(vec![items.clone(), Value::any_number()]);
        let key = self.call_each(&args.get(1), &given, times, place);
        let list = self.make_at(place, Kind::Array, 11);
        self.grow(list);
        self.write(list, None, &items);
        let groups = self.make_at(place, kind, 12);
        self.write(groups, None, &Value::object(list));
        self.write(groups, Some("key"), &key);
        self.named_by(groups, key.labels);
        Value::object(groups)
    }

    fn new_map(&mut self, name: &str, args: &Args, place: Span) -> Value {
        if name == "groupBy" {
            return self.group(args, Kind::Map, place);
        }
        let map = self.make_at(place, Kind::Map, 13);
        self.grow(map);
        let entries = self.iterated(&args.get(0));
        let values = self.iterated(&entries);
        self.write(map, None, &values);
        self.write(map, Some("key"), &values);
        Value::object(map)
    }

    fn array_function(&mut self, name: &str, args: &Args, place: Span) -> Value {
        let first = args.get(0);
        let array = self.make_at(place, Kind::Array, 14);
        match name {
            "isArray" => return Value::boolean(),
            "of" => self.write(array, None, &args.all()),
            "from" => {
                if self.times(&first) != Multiplicity::Constant || first.may_be_no_text() {
                    self.grow(array);
                }
                let items = self.iterated(&first).or_undefined();
                let mapper = args.get(1);
                if mapper.functions.is_empty() && mapper.objects.is_empty() {
                    self.write(array, None, &items);
                } else {
                    let times = if first.objects.is_empty() {
                        Multiplicity::Unbounded
                    } else {
                        self.times(&first).max(Multiplicity::Linear)
                    };
                    let given = Args::of(vec![items, Value::any_number()]);
                    let made = self.call_each(&mapper, &given, times, place);
                    self.write(array, None, &made);
                }
            }
            _ => {
                self.grow(array);
                self.write(array, None, &args.all().or_undefined());
            }
        }
        Value::object(array)
    }

    /// A typed array: numbers only.
    fn numbers(&mut self, args: &Args, place: Span) -> Value {
        let array = self.make_at(place, Kind::Array, 15);
        self.grow(array);
        let labels = self.deep_labels(&args.all());
        let mapper = args.get(1);
        if !mapper.functions.is_empty() {
            let items = self.iterated(&args.get(0));
            let given = Args::of(vec![items, Value::any_number()]);
            self.call_each(&mapper, &given, Multiplicity::Linear, place);
        }
        self.write(array, None, &Value::any_number().labelled(labels));
        Value::object(array)
    }

    /// A response: everything in it is seen by the client.
    fn response(&mut self, name: &str, args: &Args, place: Span) -> Value {
        let (first, init) = (args.get(0), args.get(1));
        self.shown(&args.all(), place);
        let response = self.make_at(place, Kind::Http, 16);
        if name == "stream" {
            let writer = self.make_at(place, Kind::Http, 17);
            if self.may_be_html(&init, false) {
                self.write(writer, Some("html"), &Value::bool(true));
            }
            let writer = Value::object(writer);
            let answer = self.call_value(&first, &Args::of(vec![writer]), place);
            self.shown(&answer, place);
        }
        let labels = self.deep_labels(&first);
        let html = match name {
            "html" => true,
            _ => self.may_be_html(&init, false),
        };
        if html && labels.has(Labels::RAW_HTML) {
            self.leaked(Leak::Injection, place);
        }
        if html && labels.has(Labels::UNCHECKED) && labels.has(Labels::RAW_HTML) {
            self.leaked(Leak::Unchecked, place);
        }
        self.write(response, Some("body"), &Value::any_text().labelled(labels));
        self.write(response, None, &Value::scalar());
        let headers = self.make_at(place, Kind::Http, 18);
        for options in init.objects.clone() {
            let given = self.field(options, "headers");
            self.spread_into(headers, &given);
        }
        self.write(response, Some("headers"), &Value::object(headers));
        let body = self.bodies.entry(headers).or_default();
        self.changed |= *body != body.with(labels);
        *body = body.with(labels);
        Value::object(response)
    }

    /// Whether headers can say that the body is HTML.
    fn may_be_html(&mut self, init: &Value, unknown: bool) -> bool {
        let mut html = unknown;
        for options in init.objects.clone() {
            let headers = self.field(options, "headers");
            for object in headers.objects {
                html |= says_html(&self.any_field(object));
            }
        }
        html
    }
}

/// Whether a text can be the type of a document that runs scripts.
pub(super) fn says_html(value: &Value) -> bool {
    value.texts().any(|text| match text {
        Text::Whole(text) => {
            let text = text.to_ascii_lowercase();
            text.contains("html") || text.contains("xml") || text.contains("svg")
        }
        Text::Begins(_) | Text::Json(_) => true,
    })
}
