//! HTML from JSX. In: the static text that the compiler made, and values. Out: HTML. Everything that is not static is escaped; only HTML
//! that was made here, and the children of `script` and `style`, go in as they are.

use alloc::vec::Vec;

use crate::{
    convert, fault, number,
    object::{Class, Object},
    operators::type_of,
    string::Str,
    value::{Kind, Value},
};

/// HTML that needs no escaping.
fn html(bytes: Vec<u8>) -> Value {
    let object = Object::new(Class::Html);
    object.detail.set(Value::string(Str::take(bytes)));
    Value::object(object)
}

fn escape_text(target: &mut Vec<u8>, text: &[u8]) {
    escape(target, text, |byte| match byte {
        b'&' => Some(b"&amp;"),
        b'<' => Some(b"&lt;"),
        b'>' => Some(b"&gt;"),
        _ => None,
    });
}

fn escape_attribute(target: &mut Vec<u8>, text: &[u8]) {
    escape(target, text, |byte| match byte {
        b'&' => Some(b"&amp;"),
        b'<' => Some(b"&lt;"),
        b'>' => Some(b"&gt;"),
        b'"' => Some(b"&quot;"),
        b'\'' => Some(b"&#39;"),
        _ => None,
    });
}

fn escape(target: &mut Vec<u8>, text: &[u8], entity: impl Fn(u8) -> Option<&'static [u8]>) {
    let mut copied = 0;
    for (at, byte) in text.iter().enumerate() {
        if let Some(entity) = entity(*byte) {
            target.extend_from_slice(&text[copied..at]);
            target.extend_from_slice(entity);
            copied = at + 1;
        }
    }
    target.extend_from_slice(&text[copied..]);
}

/// A child: text is escaped, HTML is not, `undefined` and booleans are nothing, arrays are their elements.
fn push_child(target: &mut Vec<u8>, value: Value, raw: bool) {
    match value.kind() {
        Kind::Undefined | Kind::Null | Kind::Bool(_) => {}
        Kind::Number(number) => number::push(target, number),
        Kind::String(text) if raw => target.extend_from_slice(text.bytes()),
        Kind::String(text) => escape_text(target, text.bytes()),
        Kind::Array(array) => {
            (0..array.len()).for_each(|index| push_child(target, array.get(index), raw));
        }
        Kind::Object(object) if object.class == Class::Html => {
            if let Some(text) = object.detail.get().as_string() {
                target.extend_from_slice(text.bytes());
            }
        }
        _ => fault::type_error(&[
            b"JSX cannot show ",
            type_of(value).as_bytes(),
            b": use its parts or `JSON.stringify(x)`",
        ]),
    }
}

/// An attribute with a name that is known beforehand: ` name="value"`, the name alone for `true`, nothing for `false` and `undefined`.
fn push_attribute(target: &mut Vec<u8>, name: &[u8], value: Value) {
    match value.kind() {
        Kind::Undefined | Kind::Null | Kind::Bool(false) | Kind::Function(_) => return,
        Kind::Bool(true) => {
            target.push(b' ');
            target.extend_from_slice(name);
            return;
        }
        _ => {}
    }
    target.push(b' ');
    target.extend_from_slice(name);
    target.extend_from_slice(b"=\"");
    match value.as_object() {
        Some(style) if name == b"style" && style.class == Class::Plain => push_style(target, style),
        _ => escape_attribute(target, convert::to_text(value).bytes()),
    }
    target.push(b'"');
}

/// A style object as CSS: names in camel case get hyphens, numbers get `px` unless they have no unit.
fn push_style(target: &mut Vec<u8>, style: &Object) {
    let mut first = true;
    for (name, value) in style.entries() {
        if value.is_absent() || value.as_bool().is_some() {
            continue;
        }
        if !first {
            target.push(b';');
        }
        first = false;
        let mut property = Vec::new();
        for byte in name.bytes() {
            if byte.is_ascii_uppercase() && !name.bytes().starts_with(b"--") {
                property.push(b'-');
                property.push(byte.to_ascii_lowercase());
            } else {
                property.push(*byte);
            }
        }
        escape_attribute(target, &property);
        target.push(b':');
        escape_attribute(target, convert::to_text(value).bytes());
        if value.as_number().is_some_and(|number| number != 0.0) && !is_unitless(name.bytes()) {
            target.extend_from_slice(b"px");
        }
    }
}

fn is_unitless(name: &[u8]) -> bool {
    const UNITLESS: [&[u8]; 16] = [
        b"animationIterationCount",
        b"aspectRatio",
        b"columnCount",
        b"columns",
        b"flex",
        b"flexGrow",
        b"flexShrink",
        b"fontWeight",
        b"gridColumn",
        b"gridRow",
        b"lineHeight",
        b"opacity",
        b"order",
        b"scale",
        b"zIndex",
        b"zoom",
    ];
    UNITLESS.contains(&name) || name.starts_with(b"--")
}

/// The HTML name of an attribute as JSX spells it; nothing if it is left out.
fn attribute_name(name: &'static [u8]) -> Option<&'static [u8]> {
    let valid = |byte: &u8| !matches!(byte, 0..=b' ' | b'"' | b'\'' | b'>' | b'/' | b'=' | 0x7F);
    match name {
        b"children" | b"key" | b"ref" => None,
        b"className" => Some(b"class"),
        b"htmlFor" => Some(b"for"),
        [b'o', b'n', ..] => None,
        _ if name.is_empty() || !name.iter().all(valid) => None,
        _ => Some(name),
    }
}

builtins! {
    "rt.html" fuse(_this, args) {
        // Static text and values in turn; the compiler marks static text and made parts as HTML strings by their place: even places are text.
        let mut bytes = Vec::with_capacity(256);
        for index in 0..args.len() {
            match args.get(index).kind() {
                Kind::String(text) if index % 2 == 0 => bytes.extend_from_slice(text.bytes()),
                _ => push_child(&mut bytes, args.get(index), false),
            }
        }
        html(bytes)
    }
    "rt.html_raw" raw_children(_this, args) {
        let mut bytes = Vec::new();
        (0..args.len()).for_each(|index| push_child(&mut bytes, args.get(index), true));
        html(bytes)
    }
    "rt.html_attribute" attribute(_this, args) {
        let mut bytes = Vec::new();
        let name = args.first().as_string().map_or(&b""[..], Str::bytes);
        push_attribute(&mut bytes, name, args.get(1));
        html(bytes)
    }
    "rt.html_spread" spread_attributes(_this, args) {
        let mut bytes = Vec::new();
        let entries = args.first().as_object().map(Object::entries).unwrap_or_default();
        for (name, value) in entries {
            if let Some(name) = attribute_name(name.bytes()) {
                push_attribute(&mut bytes, name, value);
            }
        }
        html(bytes)
    }
    "renderToString" render_to_string(_this, args) {
        match args.first().as_object() {
            Some(object) if object.class == Class::Html => object.detail.get(),
            _ => {
                let mut bytes = Vec::new();
                push_child(&mut bytes, args.first(), false);
                Value::string(Str::take(bytes))
            }
        }
    }
}
