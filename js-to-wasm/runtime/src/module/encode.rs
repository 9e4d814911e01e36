//! The encodings of `purview:crypto`: base64, base64url, hexadecimal. In: texts. Out: texts; `undefined` for what is none of them.

use alloc::vec::Vec;

use crate::{
    string::Str,
    text::{bytes_at, or_undefined, outside},
    value::Value,
};

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn digit(alphabet: &[u8; 64], byte: u8) -> Option<u32> {
    alphabet.iter().position(|known| *known == byte).map(|at| at as u32)
}

/// Decodes groups of four; the last may be shorter. Bits that say nothing must be zero, so that a text has one spelling.
fn decode(text: &[u8], alphabet: &[u8; 64]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for group in text.chunks(4) {
        if group.len() == 1 {
            return None;
        }
        let mut bits = 0;
        for byte in group {
            bits = bits << 6 | digit(alphabet, *byte)?;
        }
        bits <<= 6 * (4 - group.len());
        let [_, whole @ ..] = bits.to_be_bytes();
        if whole[group.len() - 1..].iter().any(|byte| *byte != 0) {
            return None;
        }
        bytes.extend_from_slice(&whole[..group.len() - 1]);
    }
    Some(bytes)
}

fn decode_padded(text: &[u8]) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(4) {
        return None;
    }
    decode(text.strip_suffix(b"==").or(text.strip_suffix(b"=")).unwrap_or(text), STANDARD)
}

/// Encodes; groups that are not full are shorter.
fn encode(text: &[u8], alphabet: &[u8; 64]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len().div_ceil(3) * 4);
    for group in text.chunks(3) {
        let at = |index: usize| u32::from(group.get(index).copied().unwrap_or_default());
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        let digits =
            (0..=group.len()).map(|index| alphabet[(bits >> (18 - 6 * index) & 63) as usize]);
        bytes.extend(digits);
    }
    bytes
}

/// Hexadecimal digits, lower case.
pub(super) fn hex(bytes: &[u8]) -> Vec<u8> {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| b"0123456789abcdef"[usize::from(digit)])
        .collect()
}

fn decode_hex(text: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    if !text.len().is_multiple_of(2) {
        return None;
    }
    text.chunks(2).map(|pair| Some((digit(pair[0])? << 4 | digit(pair[1])?) as u8)).collect()
}

fn text(bytes: Vec<u8>) -> Value {
    Value::string(Str::take(bytes))
}

builtins! {
    "purview:crypto.base64Encode" base64_encode(_this, args) {
        or_undefined(bytes_at(args, 0).map(|bytes| {
            let mut encoded = encode(&bytes, STANDARD);
            while !encoded.len().is_multiple_of(4) {
                encoded.push(b'=');
            }
            text(encoded)
        }))
    }
    "purview:crypto.base64Decode" base64_decode(_this, args) {
        or_undefined(bytes_at(args, 0).and_then(|text| decode_padded(&text)).map(outside))
    }
    "purview:crypto.base64UrlEncode" base64_url_encode(_this, args) {
        or_undefined(bytes_at(args, 0).map(|bytes| text(encode(&bytes, URL_SAFE))))
    }
    "purview:crypto.base64UrlDecode" base64_url_decode(_this, args) {
        or_undefined(bytes_at(args, 0).and_then(|text| decode(&text, URL_SAFE)).map(outside))
    }
    "purview:crypto.hexEncode" hex_encode(_this, args) {
        or_undefined(bytes_at(args, 0).map(|bytes| text(hex(&bytes))))
    }
    "purview:crypto.hexDecode" hex_decode(_this, args) {
        or_undefined(bytes_at(args, 0).and_then(|text| decode_hex(&text)).map(outside))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_encodings() {
        // RFC 4648 section 10.
        for (plain, encoded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
        ] {
            let bare = encoded.trim_end_matches('=');
            assert_eq!(encode(plain.as_bytes(), STANDARD), bare.as_bytes());
            assert_eq!(decode_padded(encoded.as_bytes()).unwrap(), plain.as_bytes());
            assert_eq!(decode(bare.as_bytes(), URL_SAFE).unwrap(), plain.as_bytes());
        }
        assert_eq!(encode(&[251, 255, 190], URL_SAFE), b"-_--");
        for bad in ["Zg", "Zg=", "Z===", "Zh==", "Zm9=", "Zm8 ", "====", "Zm8=Zm8=", "Zm9v\n"] {
            assert_eq!(decode_padded(bad.as_bytes()), None, "{bad}");
        }
        assert_eq!(hex(&[0, 10, 255]), b"000aff");
        assert_eq!(decode_hex(b"000AfF").unwrap(), [0, 10, 255]);
        assert!(decode_hex(b"0").is_none() && decode_hex(b"0g").is_none());
    }
}
