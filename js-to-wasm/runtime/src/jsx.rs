//! HTML from JSX. In: the static text that the compiler made, and values. Out: HTML. Everything that is not static is escaped; only HTML
//! that was made here, and the children of `script` and `style`, go in as they are.

use alloc::vec::Vec;

use crate::{
    array::{Array, Element},
    array_methods::flatten,
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

pub(crate) fn escape_attribute(target: &mut Vec<u8>, text: &[u8]) {
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

/// Where text stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// In an element whose text is escaped.
    Element,
    /// In a script.
    Script,
    /// In a style sheet.
    Style,
}

impl Inside {
    fn of(tag: &[u8]) -> Self {
        match tag {
            b"script" => Self::Script,
            b"style" => Self::Style,
            _ => Self::Element,
        }
    }
}

/// A child: text is escaped, HTML is not, `undefined` and booleans are nothing, arrays are their elements.
fn push_child(target: &mut Vec<u8>, value: Value, inside: Inside) {
    match value.kind() {
        Kind::Undefined | Kind::Null | Kind::Bool(_) => {}
        Kind::Number(number) => number::push(target, number),
        Kind::String(text) if inside == Inside::Element => escape_text(target, text.bytes()),
        Kind::String(text) => push_raw(target, text.bytes(), inside),
        Kind::Array(array) => {
            (0..array.len()).for_each(|index| push_child(target, array.get(index), inside));
        }
        Kind::Object(object) if object.class == Class::Html => {
            if let Some(text) = object.detail.get().as_string() {
                if inside != Inside::Element && target.ends_with(b"<") {
                    target.push(b'\\');
                }
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

/// Text of a script or a style, behind what is there already: together they cannot end the element (`</`), nor begin a comment in which
/// the end of a script would not count (`<!--`). What is written instead means the same in JavaScript and in JSON.
fn push_raw(target: &mut Vec<u8>, text: &[u8], inside: Inside) {
    let mut copied = 0;
    for (at, byte) in text.iter().enumerate().filter(|(_, byte)| matches!(byte, b'/' | b'-')) {
        target.extend_from_slice(&text[copied..at]);
        copied = at;
        if *byte == b'/' && target.ends_with(b"<") {
            target.push(b'\\');
        } else if *byte == b'-' && inside == Inside::Script && target.ends_with(b"<!-") {
            target.truncate(target.len() - 3);
            target.extend_from_slice(b"\\u003c!-");
        }
    }
    target.extend_from_slice(&text[copied..]);
}

/// An attribute with a name that is known beforehand: ` name="value"`, the name alone for `true`, nothing for `false` and `undefined`.
fn push_attribute(target: &mut Vec<u8>, name: &[u8], value: Value) {
    match value.kind() {
        Kind::Bool(_) if crate::jsx_names::spells_booleans(name) => {}
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
        _ if convert::is_plain(value) => escape_attribute(target, convert::to_text(value).bytes()),
        _ => fault::type_error(&[b"the attribute `", name, b"` is neither text nor a number"]),
    }
    target.push(b'"');
}

/// A style object as CSS: names in camel case get hyphens, numbers are written as they are.
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
    }
}

/// An element that is made at run time.
fn push_element(
    target: &mut Vec<u8>,
    tag: &[u8],
    props: Option<&'static Object>,
    children: &'static Array,
) {
    if tag.is_empty()
        || !tag.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':'))
    {
        fault::type_error(&[b"`", tag, b"` is no name of an element"]);
    }
    target.push(b'<');
    target.extend_from_slice(tag);
    if let Some(props) = props {
        push_attributes(target, props);
    }
    if VOID.contains(&tag) {
        return target.extend_from_slice(b" />");
    }
    target.push(b'>');
    let given = props.and_then(|props| props.field("children")).filter(|_| children.is_empty());
    push_child(target, given.unwrap_or(Value::array(children)), Inside::of(tag));
    target.extend_from_slice(b"</");
    target.extend_from_slice(tag);
    target.push(b'>');
}

const VOID: [&[u8]; 14] = [
    b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"param",
    b"source", b"track", b"wbr",
];

/// Every property of an object as an attribute.
fn push_attributes(target: &mut Vec<u8>, props: &Object) {
    for (name, value) in props.entries() {
        let Some(name) = attribute_name(name.bytes()) else { continue };
        if crate::jsx_names::is_lower_case(name) {
            push_attribute(target, &name.to_ascii_lowercase(), value);
        } else {
            push_attribute(target, crate::jsx_names::special(name).unwrap_or(name), value);
        }
    }
}

/// The HTML name of an attribute as JSX spells it; nothing if it is left out.
///
/// Names in camel case are HTML's in lower case, but for those of SVG that have a hyphen.
fn attribute_name(name: &'static [u8]) -> Option<&'static [u8]> {
    let valid = |byte: &u8| !matches!(byte, 0..=b' ' | b'"' | b'\'' | b'>' | b'/' | b'=' | 0x7F);
    match name {
        b"children" | b"key" => None,
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
                _ => push_child(&mut bytes, args.get(index), Inside::Element),
            }
        }
        html(bytes)
    }
    "rt.html_raw" raw_children(_this, args) {
        // The name of the element, then its children.
        let inside = Inside::of(args.first().as_string().map_or(&b""[..], Str::bytes));
        let mut bytes = Vec::new();
        (1..args.len()).for_each(|index| push_child(&mut bytes, args.get(index), inside));
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
        if let Some(props) = args.first().as_object() {
            push_attributes(&mut bytes, props);
        }
        html(bytes)
    }
    "h" element(_this, args) {
        let props = args.get(1).as_object();
        let mut children = Vec::new();
        (2..args.len()).for_each(|index| match args.get(index).as_array() {
            Some(list) if list.element == Element::Any => {
                flatten(&mut children, list, f64::INFINITY);
            }
            _ => children.push(args.get(index)),
        });
        let children = Array::take(children);
        let mut bytes = Vec::new();
        match args.first().kind() {
            Kind::Function(component) => {
                let given = Object::new(Class::Plain);
                props.iter().flat_map(|props| props.entries()).filter(|(name, _)| name.bytes() != b"key").for_each(|(name, value)| given.set(name, value));
                if !children.is_empty() {
                    given.set_field("children", Value::array(children));
                }
                return component.call(&[Value::object(given)]);
            }
            Kind::String(tag) => push_element(&mut bytes, tag.bytes(), props, children),
            Kind::Undefined => push_child(&mut bytes, Value::array(children), Inside::Element),
            _ => fault::type_error(&[type_of(args.first()).as_bytes(), b" is no component"]),
        }
        html(bytes)
    }
    "renderToString" render_to_string(_this, args) {
        match args.first().as_object() {
            Some(object) if object.class == Class::Html => object.detail.get(),
            _ => {
                let mut bytes = Vec::new();
                push_child(&mut bytes, args.first(), Inside::Element);
                Value::string(Str::take(bytes))
            }
        }
    }
}
