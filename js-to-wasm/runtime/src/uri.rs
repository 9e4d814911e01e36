//! Percent encoding. In: text. Out: text, or a fault.

use alloc::vec::Vec;

use crate::{
    fault::{self, Code},
    string::Str,
    string_methods::well_formed,
    text::text_at,
    value::Value,
};

const HEX: &[u8; 16] = b"0123456789ABCDEF";
const COMPONENT: &[u8] = b"-_.!~*'()";
const WHOLE: &[u8] = b"-_.!~*'();/?:@&=+$,#";

fn encode(text: &[u8], kept: &[u8]) -> Value {
    if core::str::from_utf8(text).is_err() {
        fault::raise_static(Code::Range, "the text to encode holds half of a character");
    }
    let mut bytes = Vec::with_capacity(text.len() + 16);
    for byte in text {
        if byte.is_ascii_alphanumeric() || kept.contains(byte) {
            bytes.push(*byte);
        } else {
            push_escape(&mut bytes, *byte);
        }
    }
    Value::string(Str::take(bytes))
}

pub(crate) fn push_escape(target: &mut Vec<u8>, byte: u8) {
    target.extend_from_slice(&[b'%', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
}

/// The byte that `%XX` at the start of `bytes` stands for.
pub(crate) fn escape_at(bytes: &[u8]) -> Option<u8> {
    match bytes {
        [b'%', high, low, ..] => {
            let digit = |byte: &u8| char::from(*byte).to_digit(16);
            Some((digit(high)? << 4 | digit(low)?) as u8)
        }
        _ => None,
    }
}

/// Decodes escapes; `%XX` of a byte in `kept` stays. Nothing, if an escape is broken or the result is not UTF-8.
pub(crate) fn decode(text: &[u8], kept: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        if text[at] != b'%' {
            bytes.push(text[at]);
            at += 1;
            continue;
        }
        let byte = escape_at(&text[at..])?;
        if kept.contains(&byte) {
            bytes.extend_from_slice(&text[at..at + 3]);
        } else {
            bytes.push(byte);
        }
        at += 3;
    }
    core::str::from_utf8(&bytes).is_ok().then_some(bytes)
}

/// Decodes a form: `+` is a space, broken escapes stay, what is not UTF-8 becomes U+FFFD.
pub(crate) fn decode_form(text: &'static [u8]) -> &'static Str {
    if !text.iter().any(|byte| matches!(byte, b'%' | b'+')) {
        return Str::from_outside(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        match escape_at(&text[at..]) {
            Some(byte) => {
                bytes.push(byte);
                at += 3;
            }
            None => {
                bytes.push(if text[at] == b'+' { b' ' } else { text[at] });
                at += 1;
            }
        }
    }
    Str::from_outside(bytes.leak())
}

fn decoded(text: &'static Str, kept: &[u8]) -> Value {
    let bytes = well_formed(text.bytes());
    match decode(&bytes, kept) {
        Some(bytes) => Value::string(Str::take(bytes)),
        None => fault::raise_static(Code::Range, "the text to decode is not percent-encoded UTF-8"),
    }
}

builtins! {
    "encodeURIComponent" encode_component(_this, args) { encode(text_at(args, 0).bytes(), COMPONENT) }
    "encodeURI" encode_uri(_this, args) { encode(text_at(args, 0).bytes(), WHOLE) }
    "decodeURIComponent" decode_component(_this, args) { decoded(text_at(args, 0), b"") }
    "decodeURI" decode_uri(_this, args) { decoded(text_at(args, 0), b";/?:@&=+$,#") }
}
