//! Header fields: an object whose properties are the fields, names in lower case. In: names and values of the program. Out: the same,
//! checked: a field never holds a line end or another control character but a tab.

use alloc::vec::Vec;

use crate::{
    array::{self, Array},
    convert,
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

/// A field value without the blanks around it; line ends and other control characters are refused.
fn value_of(value: Value) -> &'static Str {
    let text = match value.kind() {
        Kind::String(text) => text,
        Kind::Number(_) | Kind::Bool(_) => convert::to_text(value),
        _ => invalid(),
    };
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let mut trimmed = text.bytes();
    while let Some((_, rest)) = trimmed.split_first().filter(|(first, _)| blank(first)) {
        trimmed = rest;
    }
    while let Some((_, rest)) = trimmed.split_last().filter(|(last, _)| blank(last)) {
        trimmed = rest;
    }
    if trimmed.iter().any(|byte| matches!(byte, 0..=8 | 10..=31 | 127)) {
        invalid();
    }
    if trimmed.len() == text.bytes().len() { text } else { Str::of(trimmed) }
}

/// Adds the fields that `init` gives: headers, an object, or an array of pairs.
pub(crate) fn extend(headers: &Object, init: Value) {
    match init.kind() {
        Kind::Undefined | Kind::Null => {}
        Kind::Object(fields) => {
            let entries =
                if fields.class == Class::Headers { lines(fields) } else { fields.entries() };
            for (name, value) in entries {
                if value.is_present() {
                    append_field(headers, name, value);
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
    join(headers, name_of(name), value_of(value));
}

/// Adds a field that was received: its name is in lower case, and it is not checked.
pub(crate) fn add(headers: &Object, name: &'static Str, value: Value) {
    if let Some(value) = value.as_string() {
        join(headers, name, value);
    }
}

fn join(headers: &Object, name: &'static Str, value: &'static Str) {
    let before = headers.get(name).and_then(Value::as_string);
    let joined = match before {
        // Each cookie stands on a line of its own; everything else is one list.
        Some(before) if name.bytes() == b"set-cookie" => {
            let cookies = match headers.detail.get().as_array() {
                Some(cookies) => cookies,
                None => Array::take([Value::string(before)].to_vec()),
            };
            cookies.push(Value::string(value));
            headers.detail.set(Value::array(cookies));
            value
        }
        Some(before) => before.append(Str::of(b", ")).append(value),
        None => value,
    };
    headers.set(name, Value::string(joined));
}

/// Every line of the fields, in the order in which the names were first set.
pub(crate) fn lines(headers: &Object) -> Vec<(&'static Str, Value)> {
    let mut lines = Vec::with_capacity(headers.len());
    for (name, value) in headers.entries() {
        match headers.detail.get().as_array() {
            Some(cookies) if name.bytes() == b"set-cookie" => {
                lines.extend(cookies.to_vec().into_iter().map(|cookie| (name, cookie)));
            }
            _ => lines.push((name, value)),
        }
    }
    lines
}

/// Forgets earlier cookies when the field is set or removed.
fn forget_cookies(headers: &Object, name: &Str) {
    if name.bytes() == b"set-cookie" {
        headers.detail.set(Value::UNDEFINED);
    }
}

pub(crate) fn get(headers: &Object, args: Args<'_>) -> Value {
    headers.get(Str::take(super::lower(text_at(args, 0).bytes()))).unwrap_or(Value::UNDEFINED)
}

pub(crate) fn set(headers: &Object, args: Args<'_>) -> Value {
    let name = name_of(text_at(args, 0));
    forget_cookies(headers, name);
    headers.set(name, Value::string(value_of(args.get(1))));
    Value::UNDEFINED
}

pub(crate) fn has(headers: &Object, args: Args<'_>) -> Value {
    Value::bool(headers.has(Str::take(super::lower(text_at(args, 0).bytes()))))
}

pub(crate) fn delete(headers: &Object, args: Args<'_>) -> Value {
    let name = Str::take(super::lower(text_at(args, 0).bytes()));
    forget_cookies(headers, name);
    headers.remove(name);
    Value::UNDEFINED
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
