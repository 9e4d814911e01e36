//! The parts of `purview:crypto` and `purview:auth` that are no cryptography: base64, bearer tokens, comparing in constant time. In:
//! texts. Out: texts and booleans.

use alloc::vec::Vec;

use crate::{string::Str, text::text_at, value::Value};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn digit(byte: u8) -> Option<u32> {
    ALPHABET.iter().position(|known| *known == byte).map(|at| at as u32)
}

pub(super) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(4) {
        return None;
    }
    let body = text.strip_suffix(b"==").or(text.strip_suffix(b"=")).unwrap_or(text);
    let mut bytes = Vec::with_capacity(body.len() / 4 * 3 + 2);
    for group in body.chunks(4) {
        let mut bits = 0;
        for byte in group {
            bits = bits << 6 | digit(*byte)?;
        }
        bits <<= 6 * (4 - group.len());
        bytes.extend_from_slice(&bits.to_be_bytes()[1..group.len()]);
    }
    Some(bytes)
}

/// Base64 with padding.
pub(super) fn encode(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len().div_ceil(3) * 4);
    for group in text.chunks(3) {
        let at = |index: usize| u32::from(group.get(index).copied().unwrap_or_default());
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for index in 0..4 {
            let shown = index <= group.len();
            bytes.push(if shown {
                ALPHABET[(bits >> (18 - 6 * index) & 63) as usize]
            } else {
                b'='
            });
        }
    }
    bytes
}

builtins! {
    "purview:crypto.base64Encode" base64_encode(_this, args) {
        let text = crate::string_methods::well_formed(text_at(args, 0).bytes());
        Value::string(Str::take(encode(&text)))
    }
    "purview:crypto.base64Decode" base64_decode(_this, args) {
        let bytes = decode(text_at(args, 0).bytes());
        bytes.map_or(Value::UNDEFINED, |bytes| Value::string(Str::from_outside(bytes.leak())))
    }
    "purview:auth.parseBearer" parse_bearer(_this, args) {
        let Some(text) = args.first().as_string() else { return Value::UNDEFINED };
        match text.bytes().split_at_checked(7) {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case(b"bearer ") && token.first().is_some_and(|first| *first > b' ') => {
                Value::string(Str::of(token))
            }
            _ => Value::UNDEFINED,
        }
    }
    "purview:auth.timingSafeEqual" timing_safe_equal(_this, args) {
        let (a, b) = (text_at(args, 0).bytes(), text_at(args, 1).bytes());
        let differing = a.iter().zip(b).fold(0, |bits, (a, b)| bits | (a ^ b));
        Value::bool(a.len() == b.len() && core::hint::black_box(differing) == 0)
    }
}
