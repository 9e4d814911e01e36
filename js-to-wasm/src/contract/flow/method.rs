//! Methods of texts, numbers, arrays, maps, sets, results, headers and responses. In: receiver, name, arguments. Out: values. A method
//! that is not named here gives anything, and its receiver and its arguments go outside.

use super::{
    Args, Flow, Labels, ObjectId, Value, builtin,
    state::{self, Effect, Kind, Leak, Multiplicity},
    value::Text,
};
use crate::source::Span;

/// Methods that read or make a new text or array and keep nothing of their arguments.
const READING: [&str; 34] = [
    "at",
    "charAt",
    "charCodeAt",
    "codePointAt",
    "endsWith",
    "includes",
    "indexOf",
    "isWellFormed",
    "join",
    "lastIndexOf",
    "localeCompare",
    "normalize",
    "padEnd",
    "padStart",
    "repeat",
    "startsWith",
    "substr",
    "substring",
    "toExponential",
    "toFixed",
    "toLocaleString",
    "toLowerCase",
    "toPrecision",
    "toString",
    "toUpperCase",
    "toWellFormed",
    "trim",
    "trimEnd",
    "trimStart",
    "has",
    "isOk",
    "isErr",
    "encode",
    "decode",
];

impl Flow<'_> {
    /// Calls a method.
    pub(super) fn method(
        &mut self,
        receiver: &Value,
        name: &str,
        args: &Args,
        place: Span,
    ) -> Value {
        let mut value = Value::none();
        if receiver.texts().next().is_some() || receiver.may_be_number() {
            value.join(&self.text_method(receiver, name, args, place));
        }
        for object in receiver.objects.clone() {
            value.join(&self.object_method(object, receiver, name, args, place));
        }
        value
    }

    fn text_method(&mut self, text: &Value, name: &str, args: &Args, place: Span) -> Value {
        let labels = text.labels.with(args.all().labels);
        match name {
            "toLowerCase" => Value::only_texts(text).map_texts(|text| text.to_lowercase()),
            "toUpperCase" => Value::only_texts(text).map_texts(|text| text.to_uppercase()),
            "toString" => text.as_text(),
            "concat" => {
                let mut whole = Value::only_texts(text);
                for index in 0..args.fixed_count() {
                    whole = whole.followed_by(&args.get(index));
                }
                if args.has_rest() { Value::any_text().labelled(labels) } else { whole }
            }
            "split" => {
                let array = self.make_at(place, Kind::Array, 50);
                self.grow(array);
                self.write(array, None, &Value::any_text().labelled(labels));
                Value::object(array)
            }
            "endsWith" | "includes" | "startsWith" | "isWellFormed" => Value::boolean(),
            "indexOf" | "lastIndexOf" | "charCodeAt" | "codePointAt" | "localeCompare" => {
                Value::any_number()
            }
            "at" => Value::any_text().or_undefined().labelled(labels),
            "replace" | "replaceAll" => {
                // Escapes may be undone, and a function may make the new text.
                let made = self.call_each(
                    &args.get(1),
                    &Args::rest(Value::any_text().labelled(text.labels)),
                    Multiplicity::Linear,
                    place,
                );
                let labels = self.decoded(labels.with(made.labels));
                Value::any_text().labelled(labels)
            }
            _ => Value::any_text().labelled(labels),
        }
    }

    fn object_method(
        &mut self,
        object: ObjectId,
        receiver: &Value,
        name: &str,
        args: &Args,
        place: Span,
    ) -> Value {
        // A function that is a field is called, whatever its name.
        let own = self.own_functions(object, name);
        let mut value = self.call_value(&own, args, place);
        let labels = receiver.labels;
        let kind = self.kind(object);
        let built_in = match kind {
            _ if state::is_special(object) => {
                self.foreign_method(object, labels, name, args, place)
            }
            Kind::Array => self.array_method(object, name, args, place),
            Kind::Map | Kind::Set => self.collection_method(object, name, args, place),
            Kind::Result => self.result_method(object, name, args, place),
            Kind::Http => self.http_method(object, name, args, place),
            Kind::Plain | Kind::Element | Kind::Held => Value::none(),
        };
        value.join(&built_in);
        if self.is_outside(object) && !state::is_special(object) {
            let foreign = self.foreign_method(object, labels, name, args, place);
            value.join(&foreign);
        }
        value
    }

    /// Functions that are fields of an object, so that calling a method by that name calls them.
    fn own_functions(&self, object: ObjectId, name: &str) -> Value {
        let collection = matches!(self.kind(object), Kind::Array | Kind::Map | Kind::Set);
        let mut own = match collection && !state::is_special(object) {
            true => self.named_field(object, name),
            false => self.field(object, name),
        };
        own.objects.clear();
        own
    }

    /// A method of something from outside: a text, an array, the request, a response of another server.
    fn foreign_method(
        &mut self,
        object: ObjectId,
        labels: Labels,
        name: &str,
        args: &Args,
        place: Span,
    ) -> Value {
        if object == state::HEADERS {
            match name {
                "get" => {
                    let names = self.names_of(&args.get(0));
                    return match names {
                        Some(names) => names
                            .iter()
                            .fold(Value::none(), |all, name| all.joined(&self.header(Some(name)))),
                        None => self.header(None),
                    };
                }
                "has" => return Value::boolean(),
                _ => {}
            }
        }
        let labels = if object == state::REQUEST { labels.with(Labels::REQUEST) } else { labels };
        let args_labels = args.all().labels;
        if READING.contains(&name) || matches!(name, "json" | "text") {
            let data = self.outside_with(labels.with(args_labels));
            return data;
        }
        match name {
            "replace" | "replaceAll" => {
                let given = Args::rest(Value::any_text().labelled(labels));
                let made = self.call_each(&args.get(1), &given, Multiplicity::Linear, place);
                let labels = self.decoded(labels.with(args_labels).with(made.labels));
                self.outside_with(labels)
            }
            "split" | "slice" | "keys" | "toReversed" | "flat" | "entries" | "values" => {
                self.outside_with(labels.with(args_labels))
            }
            "map" | "filter" | "forEach" | "some" | "every" | "find" | "findIndex" | "findLast"
            | "findLastIndex" | "flatMap" | "sort" | "toSorted" | "reduce" | "reduceRight" => {
                let items = self.outside_with(labels);
                self.with_callback(items, Multiplicity::Linear, None, name, args, place)
            }
            _ => {
                self.leak(&args.all());
                self.outside_with(labels.with(args_labels))
            }
        }
    }

    fn array_method(&mut self, array: ObjectId, name: &str, args: &Args, place: Span) -> Value {
        let items = self.elements(array);
        match name {
            "push" | "unshift" | "fill" | "splice" => {
                let added = match name {
                    "splice" => args.from(2),
                    "fill" => args.get(0),
                    _ => args.all(),
                };
                self.grow(array);
                self.write(array, None, &added);
                self.mutated(array, place);
                match name {
                    "splice" => self.new_array(51, &items, place),
                    "fill" => Value::object(array),
                    _ => Value::any_number(),
                }
            }
            "pop" | "shift" => {
                self.mutated(array, place);
                items.or_undefined()
            }
            "reverse" | "copyWithin" => {
                self.mutated(array, place);
                Value::object(array)
            }
            "slice" | "toReversed" | "with" | "toSpliced" | "subarray" => {
                let all = if matches!(name, "with" | "toSpliced") {
                    items.joined(&args.from(1))
                } else {
                    items
                };
                self.new_array(52, &all, place)
            }
            "concat" => {
                let mut all = items;
                all.join(&args.all());
                let inner = self.iterated(&args.all());
                all.join(&inner);
                self.new_array(53, &all, place)
            }
            "flat" => {
                let inner = self.iterated(&items);
                let deeper = self.iterated(&inner);
                self.new_array(54, &items.joined(&inner).joined(&deeper), place)
            }
            "at" => items.or_undefined(),
            "keys" => self.new_array(55, &Value::any_number(), place),
            "values" => self.new_array(55, &items, place),
            "entries" => {
                let entry = self.new_array(56, &items.joined(&Value::any_number()), place);
                self.new_array(55, &entry, place)
            }
            "join" | "toString" => {
                let labels = self.deep_labels(&items.joined(&args.all()));
                Value::any_text().labelled(labels)
            }
            "includes" | "indexOf" | "lastIndexOf" => Value::boolean().joined(&Value::any_number()),
            "map" | "filter" | "forEach" | "some" | "every" | "find" | "findIndex" | "findLast"
            | "findLastIndex" | "flatMap" | "sort" | "toSorted" | "reduce" | "reduceRight" => {
                let fixed = self.is_fixed(array);
                let times = if fixed { Multiplicity::Constant } else { Multiplicity::Linear };
                self.with_callback(items, times, Some(array), name, args, place)
            }
            _ => {
                self.leak(&Value::object(array));
                self.leak(&args.all());
                self.outside_value()
            }
        }
    }

    /// Methods that call a function for each element.
    fn with_callback(
        &mut self,
        items: Value,
        times: Multiplicity,
        array: Option<ObjectId>,
        name: &str,
        args: &Args,
        place: Span,
    ) -> Value {
        let function = args.get(0);
        let whole = array.map_or_else(|| self.outside_value(), Value::object);
        let defined = items.clone();
        if name.starts_with("reduce") {
            let start = if args.fixed_count() > 1 { args.get(1) } else { defined.clone() };
            let total = self.make_at(place, Kind::Held, 57);
            self.write(total, None, &start);
            let before = self.elements(total);
            let given = Args::of(vec![before, defined, Value::any_number(), whole]);
            let after = self.call_each(&function, &given, times, place);
            self.write(total, None, &after);
            return self.elements(total);
        }
        if matches!(name, "sort" | "toSorted") {
            let given = Args::of(vec![defined.clone(), defined.clone()]);
            self.call_each(&function, &given, times, place);
            return match array {
                Some(array) if name == "sort" => {
                    self.mutated(array, place);
                    Value::object(array)
                }
                _ => self.new_array(58, &items, place),
            };
        }
        let given = Args::of(vec![defined, Value::any_number(), whole]);
        let made = self.call_each(&function, &given, times, place);
        let fixed = times == Multiplicity::Constant;
        match name {
            "map" => {
                let list = self.make_at(place, Kind::Array, 59);
                if !fixed {
                    self.grow(list);
                }
                self.write(list, None, &made);
                Value::object(list)
            }
            "flatMap" => {
                let inner = self.iterated(&made);
                self.new_array(60, &made.joined(&inner), place)
            }
            "filter" => {
                let list = self.make_at(place, Kind::Array, 61);
                if !fixed {
                    self.grow(list);
                }
                self.write(list, None, &items);
                Value::object(list)
            }
            "find" | "findLast" => items.or_undefined(),
            "some" | "every" => Value::boolean(),
            "findIndex" | "findLastIndex" => Value::any_number(),
            _ => Value::undefined(),
        }
    }

    fn new_array(&mut self, tag: u8, items: &Value, place: Span) -> Value {
        let array = self.make_at(place, Kind::Array, tag);
        self.grow(array);
        self.write(array, None, items);
        Value::object(array)
    }

    fn collection_method(
        &mut self,
        object: ObjectId,
        name: &str,
        args: &Args,
        place: Span,
    ) -> Value {
        let is_map = self.kind(object) == Kind::Map;
        let values = self.elements(object);
        let keys = if is_map { self.field(object, "key").defined() } else { values.clone() };
        match name {
            "get" => values.or_undefined(),
            "has" => Value::boolean(),
            "set" => {
                self.write(object, Some("key"), &args.get(0));
                self.write(object, None, &args.get(1));
                self.mutated(object, place);
                Value::object(object)
            }
            "add" => {
                self.write(object, None, &args.get(0));
                self.mutated(object, place);
                Value::object(object)
            }
            "delete" | "clear" => {
                self.mutated(object, place);
                Value::boolean().or_undefined()
            }
            "keys" => self.new_array(62, &keys, place),
            "values" => self.new_array(63, &values, place),
            "entries" => {
                let entry = self.new_array(64, &keys.joined(&values), place);
                self.new_array(65, &entry, place)
            }
            "forEach" => {
                let given = Args::of(vec![values, keys, Value::object(object)]);
                self.call_each(&args.get(0), &given, Multiplicity::Linear, place);
                Value::undefined()
            }
            _ => {
                self.leak(&Value::object(object));
                self.leak(&args.all());
                self.outside_value()
            }
        }
    }

    fn result_method(&mut self, object: ObjectId, name: &str, args: &Args, place: Span) -> Value {
        let value = self.field(object, "value").defined();
        let error = self.field(object, "error").defined();
        match name {
            "isOk" | "isErr" => Value::boolean(),
            "unwrap" => value,
            "unwrapOr" => value.joined(&args.get(0)),
            "unwrapErr" => error,
            "map" | "mapErr" => {
                let (input, field) =
                    if name == "map" { (value, "value") } else { (error, "error") };
                let made = self.call_value(&args.get(0), &Args::of(vec![input]), place);
                let result = self.make_at(place, Kind::Result, 66);
                self.spread_into(result, &Value::object(object));
                self.write(result, Some(field), &made);
                Value::object(result)
            }
            "match" => {
                // `match({ ok, err })`: each takes what it is for.
                let mut made = Value::none();
                for arms in args.get(0).objects {
                    let arms = self.any_field(arms);
                    let given = Args::of(vec![value.clone().joined(&error)]);
                    made.join(&self.call_value(&arms, &given, place));
                }
                made
            }
            _ => {
                self.leak(&Value::object(object));
                self.leak(&args.all());
                self.outside_value()
            }
        }
    }

    /// Headers, responses and writers of streams: what is put in is seen by the client.
    fn http_method(&mut self, object: ObjectId, name: &str, args: &Args, place: Span) -> Value {
        match name {
            "set" | "append" | "write" | "event" => {
                self.shown(&args.all(), place);
                let html = !self.named_field(object, "html").is_none();
                if html && self.deep_labels(&args.all()).has(Labels::RAW_HTML) {
                    self.leaked(Leak::Injection, place);
                }
                let all = args.all();
                let typed = matches!(name, "set" | "append") && may_name_the_type(&args.get(0));
                let body = self.bodies.get(&object).copied().unwrap_or_default();
                if typed && builtin::says_html(&args.from(1)) && body.has(Labels::RAW_HTML) {
                    self.leaked(Leak::Injection, place);
                }
                self.write(object, None, &all);
                self.mutated(object, place);
                if matches!(name, "write" | "event") {
                    self.effect(Effect::Stream, place);
                }
                Value::undefined()
            }
            "get" => self.elements(object).or_undefined().joined(&self.any_field(object)),
            "has" | "delete" => {
                if name == "delete" {
                    self.mutated(object, place);
                }
                Value::boolean()
            }
            "text" | "json" => {
                let labels = self.deep_labels(&Value::object(object));
                self.outside_with(labels)
            }
            _ => {
                self.leak(&Value::object(object));
                self.leak(&args.all());
                self.outside_value()
            }
        }
    }
}

/// Whether a name can be that of the header that says what a body is.
fn may_name_the_type(name: &Value) -> bool {
    name.texts().any(|text| match text {
        Text::Whole(name) => name.trim().eq_ignore_ascii_case("content-type"),
        Text::Begins(_) | Text::Json(_) => true,
    })
}
