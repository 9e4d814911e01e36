//! Header fields: an object whose properties are the fields, names in lower case. In: names and values of the program. Out: the same,
//! checked: a field never holds a line end.

use crate::{
    array, convert,
    fault::{self, Code},
    function::Args,
    object::{Class, Object},
    string::Str,
    text::text_at,
    value::{Kind, Value},
};

/// The object for a field name.
fn name_of(text: &Str) -> &'static Str {
    let valid = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
    if text.is_empty() || !text.bytes().iter().all(valid) {
        invalid();
    }
    Str::take(super::lower(text.bytes()))
}

fn invalid() -> ! {
    fault::raise_static(Code::Type, "header name or value is invalid")
}

/// A field value without the space around it; line ends and control characters are refused.
fn value_of(value: Value) -> &'static Str {
    let text = convert::to_text(value);
    let trimmed = text.bytes().trim_ascii();
    if trimmed.iter().any(|byte| matches!(byte, 0..=0x08 | 0x0A..=0x1F | 0x7F)) {
        invalid();
    }
    if trimmed.len() == text.bytes().len() { text } else { Str::of(trimmed) }
}

/// Adds the fields that `init` gives: headers, an object, or an array of pairs.
pub(crate) fn extend(headers: &Object, init: Value) {
    match init.kind() {
        Kind::Undefined | Kind::Null => {}
        Kind::Object(fields) => {
            for (name, value) in fields.entries() {
                if value.is_present() {
                    headers.set(name_of(name), Value::string(value_of(value)));
                }
            }
        }
        Kind::Array(_) => {
            let pairs = array::iterate(init);
            for index in 0..pairs.len() {
                let Some(pair) = pairs.get(index).as_array() else { invalid() };
                append_field(headers, convert::to_text(pair.get(0)), pair.get(1));
            }
        }
        _ => invalid(),
    }
}

fn append_field(headers: &Object, name: &Str, value: Value) {
    let name = name_of(name);
    let value = value_of(value);
    let joined = match headers.get(name).and_then(Value::as_string) {
        Some(before) => before.append(Str::of(b", ")).append(value),
        None => value,
    };
    headers.set(name, Value::string(joined));
}

pub(crate) fn get(headers: &Object, args: Args<'_>) -> Value {
    headers.get(Str::take(super::lower(text_at(args, 0).bytes()))).unwrap_or(Value::UNDEFINED)
}

pub(crate) fn set(headers: &Object, args: Args<'_>) -> Value {
    headers.set(name_of(text_at(args, 0)), Value::string(value_of(args.get(1))));
    Value::UNDEFINED
}

pub(crate) fn has(headers: &Object, args: Args<'_>) -> Value {
    Value::bool(headers.has(Str::take(super::lower(text_at(args, 0).bytes()))))
}

pub(crate) fn delete(headers: &Object, args: Args<'_>) -> Value {
    Value::bool(headers.remove(Str::take(super::lower(text_at(args, 0).bytes()))))
}

builtins! {
    "Headers" new_headers(_this, args) {
        let headers = Object::new(Class::Headers);
        extend(headers, args.first());
        Value::object(headers)
    }
    ".append" append(this, args) {
        match this.as_object() {
            Some(headers) if headers.class == Class::Headers => {
                append_field(headers, text_at(args, 0), args.get(1));
                Value::UNDEFINED
            }
            _ => crate::function::call_property(this, "append", args),
        }
    }
}
