//! A value into JSON text. In: the value, what to keep, how to indent. Out: whether there is a text; `undefined` and functions have
//! none and are left out of objects.

use alloc::vec::Vec;

use super::DEPTH_MAX;
use crate::{
    array::{Array, Element},
    convert,
    fault::{self, Code},
    function::Function,
    number,
    object::{Class, Object},
    string::{self, Str},
    value::{Kind, Value},
    words::plain_run,
};

struct Writer<'a> {
    text: &'a mut Vec<u8>,
    indent: &'a [u8],
    /// Names to keep, if the replacer is an array.
    names: Option<Vec<&'static Str>>,
    replacer: Option<&'static Function>,
    depth: u32,
}

/// Appends the compact text of `value`.
pub(crate) fn push(text: &mut Vec<u8>, value: Value) -> bool {
    Plain { text, depth: 0 }.value(value)
}

/// Appends the text of `value` with a replacer and an indent.
pub(super) fn value(text: &mut Vec<u8>, value: Value, replacer: Value, indent: &[u8]) -> bool {
    if indent.is_empty() && replacer.is_absent() {
        return push(text, value);
    }
    let names =
        replacer.as_array().map(|names| names.to_vec().into_iter().map(convert::to_text).collect());
    let mut writer = Writer { text, indent, names, replacer: replacer.as_function(), depth: 0 };
    writer.value(Str::of(b""), value)
}

fn nested_too_deeply() -> ! {
    fault::raise_static(Code::Type, "the value is circular or nested too deeply for JSON")
}

/// The compact form, which nearly every call wants.
struct Plain<'a> {
    text: &'a mut Vec<u8>,
    depth: u32,
}

impl Plain<'_> {
    fn value(&mut self, value: Value) -> bool {
        match value.kind() {
            Kind::Undefined | Kind::Function(_) => return false,
            Kind::Null => self.text.extend_from_slice(b"null"),
            Kind::Bool(true) => self.text.extend_from_slice(b"true"),
            Kind::Bool(false) => self.text.extend_from_slice(b"false"),
            Kind::Number(number) => push_number(self.text, number),
            Kind::String(text) => push_string(self.text, text.bytes()),
            Kind::Array(array) if array.element != Element::Any => {
                self.object(crate::array::as_object(array));
            }
            Kind::Array(array) => self.array(array),
            Kind::Object(object) => self.object(object),
        }
        true
    }

    fn enter(&mut self) {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            nested_too_deeply();
        }
    }

    fn array(&mut self, array: &Array) {
        self.enter();
        self.text.push(b'[');
        for index in 0..array.len() {
            if index > 0 {
                self.text.push(b',');
            }
            if !self.value(array.get(index)) {
                self.text.extend_from_slice(b"null");
            }
        }
        self.text.push(b']');
        self.depth -= 1;
    }

    fn object(&mut self, object: &Object) {
        if let Some(text) = as_text(object) {
            return push_string(self.text, text.bytes());
        }
        self.enter();
        self.text.push(b'{');
        let mut first = true;
        if object.is_in_order() && has_members(object) {
            for at in 0..object.len() {
                let Some((name, value)) = object.entry(at) else { break };
                match object.key(at) {
                    Some(key) => self.known_member(key, value, &mut first),
                    None => self.member(name, value, &mut first),
                }
            }
        } else {
            members(object)
                .into_iter()
                .for_each(|(name, value)| self.member(name, value, &mut first));
        }
        self.text.push(b'}');
        self.depth -= 1;
    }

    /// A member whose name stands as JSON in the module.
    fn known_member(&mut self, key: &[u8], value: Value, first: &mut bool) {
        let start = self.text.len();
        self.text.reserve(key.len() + 1);
        if !*first {
            self.text.push(b',');
        }
        self.text.extend_from_slice(key);
        if self.value(value) {
            *first = false;
        } else {
            self.text.truncate(start);
        }
    }

    fn member(&mut self, name: &Str, value: Value, first: &mut bool) {
        let start = self.text.len();
        if !*first {
            self.text.push(b',');
        }
        push_string(self.text, name.bytes());
        self.text.push(b':');
        if self.value(value) {
            *first = false;
        } else {
            self.text.truncate(start);
        }
    }
}

/// Objects whose JSON is a string.
fn as_text(object: &Object) -> Option<&'static Str> {
    (object.class == Class::Html).then(|| convert::to_text(object.detail.get()))
}

fn has_members(object: &Object) -> bool {
    matches!(object.class, Class::Plain | Class::Result | Class::Headers)
}

fn members(object: &Object) -> Vec<(&'static Str, Value)> {
    if has_members(object) { object.entries() } else { Vec::new() }
}

impl Writer<'_> {
    fn value(&mut self, name: &'static Str, value: Value) -> bool {
        let value = match self.replacer {
            Some(replacer) => replacer.call(&[Value::string(name), value]),
            None => value,
        };
        match value.kind() {
            Kind::Array(array) => self.array(array),
            Kind::Object(object) if as_text(object).is_none() => self.object(object),
            _ => return push(self.text, value),
        }
        true
    }

    fn line(&mut self) {
        if !self.indent.is_empty() {
            self.text.push(b'\n');
            (0..self.depth).for_each(|_| self.text.extend_from_slice(self.indent));
        }
    }

    fn enter(&mut self, bracket: u8) {
        self.text.push(bracket);
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            nested_too_deeply();
        }
    }

    fn leave(&mut self, bracket: u8, empty: bool) {
        self.depth -= 1;
        if !empty {
            self.line();
        }
        self.text.push(bracket);
    }

    fn array(&mut self, array: &Array) {
        self.enter(b'[');
        for index in 0..array.len() {
            if index > 0 {
                self.text.push(b',');
            }
            self.line();
            if !self.value(number::index_text(index), array.get(index)) {
                self.text.extend_from_slice(b"null");
            }
        }
        self.leave(b']', array.is_empty());
    }

    fn object(&mut self, object: &Object) {
        let mut entries = members(object);
        if let Some(names) = &self.names {
            let chosen = |name: &&'static Str| object.get(name).map(|value| (*name, value));
            entries = names.iter().filter_map(chosen).collect();
        }
        self.enter(b'{');
        let mut first = true;
        for (name, value) in entries {
            let start = self.text.len();
            if !first {
                self.text.push(b',');
            }
            self.line();
            push_string(self.text, name.bytes());
            self.text.extend_from_slice(if self.indent.is_empty() { b":" } else { b": " });
            if self.value(name, value) {
                first = false;
            } else {
                self.text.truncate(start);
            }
        }
        self.leave(b'}', first);
    }
}

fn push_number(text: &mut Vec<u8>, value: f64) {
    if value.is_finite() {
        number::push(text, value);
    } else {
        text.extend_from_slice(b"null");
    }
}

/// Steps of a [`fused`] text.
pub mod step {
    /// Text as it is.
    pub const TEXT: u8 = 0;
    /// The next value, `null` if it has no JSON.
    pub const ELEMENT: u8 = 1;
    /// A comma unless the object is still empty, text, and the next value; nothing of it if the value has no JSON.
    pub const MEMBER: u8 = 2;
    /// A comma unless the object is still empty, and text.
    pub const LITERAL: u8 = 3;
}

/// Appends JSON whose shape the compiler knows: steps, each with the length of its text in four bytes and the text, and the values
/// that they ask for.
pub(crate) fn fused(text: &mut Vec<u8>, mut steps: &[u8], values: &[Value]) {
    let mut values = values.iter();
    while let [step, a, b, c, d, rest @ ..] = steps {
        let length = u32::from_le_bytes([*a, *b, *c, *d]) as usize;
        let (piece, next) = rest.split_at(length.min(rest.len()));
        steps = next;
        let start = text.len();
        if *step >= step::MEMBER && text.last() != Some(&b'{') {
            text.push(b',');
        }
        text.extend_from_slice(piece);
        if matches!(*step, step::ELEMENT | step::MEMBER) {
            let value = values.next().copied().unwrap_or(Value::UNDEFINED);
            match push(text, value) {
                true => {}
                false if *step == step::ELEMENT => text.extend_from_slice(b"null"),
                false => text.truncate(start),
            }
        }
    }
}

/// A JSON string with quotes.
pub fn quoted(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(bytes.len() + 2);
    push_string(&mut text, bytes);
    text
}

/// Appends a JSON string: quotes, backslashes and control characters escaped, lone surrogates as `\udXXX`.
fn push_string(text: &mut Vec<u8>, bytes: &[u8]) {
    text.reserve(bytes.len() + 2);
    text.push(b'"');
    let mut rest = bytes;
    loop {
        let mut run = plain_run(rest);
        while rest.get(run).is_some_and(|byte| stays(*byte)) {
            run += 1;
        }
        text.extend_from_slice(&rest[..run]);
        rest = &rest[run..];
        if rest.is_empty() {
            break;
        }
        rest = push_escape(text, rest);
    }
    text.push(b'"');
}

/// Whether a byte stands in a JSON string as it is; what begins a surrogate is looked at closer.
fn stays(byte: u8) -> bool {
    byte >= 0x20 && byte != b'"' && byte != b'\\' && byte != 0xED
}

/// Appends what stands for the character at the start of `bytes`, and gives the rest.
fn push_escape<'b>(text: &mut Vec<u8>, bytes: &'b [u8]) -> &'b [u8] {
    match bytes[0] {
        b'"' => text.extend_from_slice(b"\\\""),
        b'\\' => text.extend_from_slice(b"\\\\"),
        b'\n' => text.extend_from_slice(b"\\n"),
        b'\r' => text.extend_from_slice(b"\\r"),
        b'\t' => text.extend_from_slice(b"\\t"),
        8 => text.extend_from_slice(b"\\b"),
        12 => text.extend_from_slice(b"\\f"),
        0xED if bytes.get(1).is_some_and(|next| *next >= 0xA0) => {
            push_unit(text, string::decode(bytes).0);
            return &bytes[3..];
        }
        0xED => text.push(0xED),
        control => push_unit(text, u32::from(control)),
    }
    &bytes[1..]
}

fn push_unit(text: &mut Vec<u8>, unit: u32) {
    text.extend_from_slice(b"\\u");
    for shift in [12, 8, 4, 0] {
        text.push(b"0123456789abcdef"[(unit >> shift & 15) as usize]);
    }
}
