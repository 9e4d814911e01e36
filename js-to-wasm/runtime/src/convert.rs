//! Values into text. In: a value. Out: the text that `String(value)` gives, and, for `+` and templates, a fault for what has no
//! implicit text.

use alloc::vec::Vec;

use crate::{
    array::Array,
    fault, number,
    object::{Class, Object},
    operators::type_of,
    string::{self, Str},
    value::{Kind, Value},
};

/// Whether the value turns into text without being asked: a number, a boolean, `undefined`, a string.
pub(crate) fn is_plain(value: Value) -> bool {
    !matches!(value.kind(), Kind::Object(_) | Kind::Array(_) | Kind::Function(_))
}

/// What `String(value)` gives.
pub(crate) fn to_text(value: Value) -> &'static Str {
    match value.kind() {
        Kind::Undefined | Kind::Null => Str::of(b"undefined"),
        Kind::Bool(true) => Str::of(b"true"),
        Kind::Bool(false) => Str::of(b"false"),
        Kind::Number(value) => number::text(value),
        Kind::String(text) => text,
        Kind::Object(object) => object_text(object),
        Kind::Array(array) => join(array, b",", 0),
        Kind::Function(_) => Str::of(b"function"),
    }
}

fn object_text(object: &Object) -> &'static Str {
    match object.class {
        Class::Error => Str::take(error_text(object)),
        Class::Html => object.detail.get().as_string().unwrap_or(Str::of(b"")),
        Class::Map => Str::of(b"[object Map]"),
        Class::Set => Str::of(b"[object Set]"),
        Class::Request => Str::of(b"[object Request]"),
        Class::Response => Str::of(b"[object Response]"),
        Class::Headers => Str::of(b"[object Headers]"),
        Class::Plain | Class::Result | Class::TextCoder | Class::Writer => {
            Str::of(b"[object Object]")
        }
    }
}

/// `Name: message`.
fn error_text(object: &Object) -> Vec<u8> {
    let field = |name| object.field(name).map_or(&b""[..], |value| to_text(value).bytes());
    match field("message") {
        b"" => field("name").to_vec(),
        message => [field("name"), b": ", message].concat(),
    }
}

/// What `array.join(separator)` gives; arrays inside of arrays are joined by commas.
pub(crate) fn join(array: &Array, separator: &[u8], depth: u32) -> &'static Str {
    if depth > 200 {
        fault::raise_static(fault::Code::Range, "arrays are nested too deeply for text");
    }
    let mut text = Vec::new();
    for index in 0..array.len() {
        if index > 0 {
            string::push_text(&mut text, separator);
        }
        match array.get(index).kind() {
            Kind::Undefined | Kind::Null => {}
            Kind::Array(inner) => {
                string::push_text(&mut text, join(inner, b",", depth + 1).bytes())
            }
            _ => push_value(&mut text, array.get(index)),
        }
    }
    Str::take(text)
}

/// Appends what `String(value)` gives.
pub(crate) fn push_value(target: &mut Vec<u8>, value: Value) {
    match value.kind() {
        Kind::String(text) => string::push_text(target, text.bytes()),
        Kind::Number(value) => number::push(target, value),
        _ => string::push_text(target, to_text(value).bytes()),
    }
}

builtins! {
    "String" string_of(_this, args) {
        if args.is_empty() {
            return Value::fixed("");
        }
        Value::string(to_text(args.first()))
    }
    "rt.template" template(_this, args) {
        let mut text = Vec::with_capacity(64);
        for index in 0..args.len() {
            let part = args.get(index);
            if !is_plain(part) {
                fault::type_error(&[b"a template cannot hold ", type_of(part).as_bytes(), b": use `String(x)` or `JSON.stringify(x)`"]);
            }
            push_value(&mut text, part);
        }
        Value::string(Str::take(text))
    }
    ".toString" to_string(this, args) {
        match this.kind() {
            Kind::Number(value) => number::text_in_radix(value, args.first()),
            Kind::Undefined | Kind::Null => crate::function::call_property(this, "toString", args),
            Kind::Object(object) if object.field("toString").is_some() => {
                crate::function::call_property(this, "toString", args)
            }
            _ => Value::string(to_text(this)),
        }
    }
    ".valueOf" value_of(this, args) {
        match this.kind() {
            Kind::Undefined | Kind::Null => crate::function::call_property(this, "valueOf", args),
            Kind::Object(object) if object.field("valueOf").is_some() => {
                crate::function::call_property(this, "valueOf", args)
            }
            _ => this,
        }
    }
    "Boolean" boolean_of(_this, args) {
        Value::bool(match args.first().kind() {
            Kind::Undefined | Kind::Null => false,
            Kind::Bool(value) => value,
            Kind::Number(value) => value != 0.0 && !value.is_nan(),
            Kind::String(text) => !text.is_empty(),
            _ => true,
        })
    }
}
