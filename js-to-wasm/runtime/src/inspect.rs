//! Values as `console.log` shows them, on one line. In: a value. Out: text.

use alloc::vec::Vec;

use crate::{
    convert, json, number,
    object::{Class, Object},
    value::{Kind, Value},
};

const DEPTH_SHOWN: u32 = 2;

/// Appends how `value` looks; strings inside of other values are quoted.
pub(crate) fn push(target: &mut Vec<u8>, value: Value, depth: u32) {
    match value.kind() {
        Kind::Null => target.extend_from_slice(b"null"),
        Kind::Number(number) if number == 0.0 && number.is_sign_negative() => {
            target.extend_from_slice(b"-0")
        }
        Kind::Number(number) => number::push(target, number),
        Kind::String(text) => push_quoted(target, text.bytes()),
        Kind::Function(_) => target.extend_from_slice(b"[Function]"),
        Kind::Array(_) if depth > DEPTH_SHOWN => target.extend_from_slice(b"[Array]"),
        Kind::Array(array) => {
            let items = array.to_vec();
            list(target, *b"[]", items.len(), |target, at| push(target, items[at], depth + 1));
        }
        Kind::Object(object) => push_object(target, object, depth),
        Kind::Undefined | Kind::Bool(_) => {
            target.extend_from_slice(convert::to_text(value).bytes())
        }
    }
}

fn push_object(target: &mut Vec<u8>, object: &Object, depth: u32) {
    let name: &[u8] = match object.class {
        Class::Error => return target.extend_from_slice(&error_text(object)),
        Class::Html | Class::Url => {
            return target.extend_from_slice(convert::to_text(object.detail.get()).bytes());
        }
        Class::Plain | Class::Result => b"",
        Class::Request => b"Request ",
        Class::Response => b"Response ",
        Class::Headers => b"Headers ",
        Class::Map => b"Map",
        Class::Set => b"Set",
    };
    if depth > DEPTH_SHOWN {
        return target.extend_from_slice(b"[Object]");
    }
    target.extend_from_slice(name);
    let entries = object.entries();
    if matches!(object.class, Class::Map | Class::Set) {
        target.push(b'(');
        number::push(target, entries.len() as f64);
        target.extend_from_slice(b") ");
    }
    list(target, *b"{}", entries.len(), |target, at| {
        let (name, value) = entries[at];
        match (object.class, value.as_array()) {
            (Class::Map, Some(pair)) => {
                push(target, pair.get(0), depth + 1);
                target.extend_from_slice(b" => ");
                push(target, pair.get(1), depth + 1);
            }
            (Class::Set, Some(pair)) => push(target, pair.get(0), depth + 1),
            _ => {
                push_name(target, name.bytes());
                target.extend_from_slice(b": ");
                push(target, value, depth + 1);
            }
        }
    });
}

fn list(
    target: &mut Vec<u8>,
    brackets: [u8; 2],
    length: usize,
    mut item: impl FnMut(&mut Vec<u8>, usize),
) {
    target.push(brackets[0]);
    for at in 0..length {
        target.extend_from_slice(if at == 0 { b" " } else { b", " });
        item(target, at);
    }
    if length > 0 {
        target.push(b' ');
    }
    target.push(brackets[1]);
}

fn push_name(target: &mut Vec<u8>, name: &[u8]) {
    let plain = name.first().is_some_and(|first| !first.is_ascii_digit())
        && name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$'));
    if plain {
        target.extend_from_slice(name);
    } else {
        push_quoted(target, name);
    }
}

fn push_quoted(target: &mut Vec<u8>, text: &[u8]) {
    if text.iter().any(|byte| matches!(byte, b'\'' | b'\\' | 0..0x20)) {
        return json::push_string(target, text);
    }
    target.push(b'\'');
    target.extend_from_slice(text);
    target.push(b'\'');
}

/// `Name: message`.
pub(crate) fn error_text(object: &Object) -> Vec<u8> {
    let field = |name| object.field(name).map_or(&b""[..], |value| convert::to_text(value).bytes());
    match field("message") {
        b"" => field("name").to_vec(),
        message => [field("name"), b": ", message].concat(),
    }
}
