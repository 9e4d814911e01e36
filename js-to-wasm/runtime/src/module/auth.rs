//! `purview:auth`: tokens and signatures. In: texts. Out: texts, booleans, Results. The host signs and verifies.

use alloc::{borrow::Cow, vec::Vec};

use crate::{
    host::{HmacSha256, JwtSign, JwtVerify, compute},
    json, result,
    string::Str,
    text::{bytes_at, or_undefined, outside},
    value::{Kind, Value},
};

use super::crypto::code;

const TOKEN_BYTES: usize = 1024;
/// First byte of an outcome that is as it should be.
const VALUE: u8 = b'+';

/// Whether both are the same, in a time that depends on their lengths only.
fn same(a: &[u8], b: &[u8]) -> bool {
    let differing = a.iter().zip(b).fold(0, |bits, (a, b)| bits | (a ^ b));
    a.len() == b.len() && core::hint::black_box(differing) == 0
}

/// Options as JSON. A text is the name of the one algorithm.
fn options(value: Value, name: &'static str) -> Vec<u8> {
    let mut text = Vec::new();
    match value.kind() {
        Kind::Undefined | Kind::Null => {}
        Kind::String(algorithm) => {
            text.extend_from_slice(b"{\"");
            text.extend_from_slice(name.as_bytes());
            text.extend_from_slice(b"\":");
            let list = name == "algorithms";
            text.extend_from_slice(if list { b"[" } else { b"" });
            json::push(&mut text, Value::string(algorithm));
            text.extend_from_slice(if list { b"]}" } else { b"}" });
        }
        _ => {
            json::push(&mut text, value);
        }
    }
    text
}

/// What the host says after its first byte, which is whether it is as it should be.
fn judged(outcome: Result<Vec<u8>, i32>) -> Result<Vec<u8>, Vec<u8>> {
    match outcome {
        Ok(mut bytes) if !bytes.is_empty() => match bytes.remove(0) {
            VALUE => Ok(bytes),
            _ => Err(bytes),
        },
        _ => Err(b"token too long".to_vec()),
    }
}

builtins! {
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
        let texts = bytes_at(args, 0).zip(bytes_at(args, 1));
        Value::bool(texts.is_some_and(|(a, b)| same(&a, &b)))
    }
    "purview:auth.verifyWebhookSignature" verify_webhook_signature(_this, args) {
        let (Some(payload), Some(secret), Some(given)) = (bytes_at(args, 0), bytes_at(args, 1), bytes_at(args, 2)) else {
            return Value::FALSE;
        };
        let given = given.strip_prefix(b"sha256=").unwrap_or(&given);
        let expected = code::<HmacSha256>(&secret, &payload).and_then(Value::as_string);
        Value::bool(expected.is_some_and(|expected| same(given, expected.bytes())))
    }
    "purview:auth.jwtSign" jwt_sign(_this, args) {
        let (Some(claims), Some(secret)) = (bytes_at(args, 0), bytes_at(args, 1)) else {
            return Value::UNDEFINED;
        };
        let options = options(args.get(2), "algorithm");
        or_undefined(judged(compute::<JwtSign>([&claims, &secret, &options], TOKEN_BYTES)).ok().map(outside))
    }
    "purview:auth.jwtVerify" jwt_verify(_this, args) {
        let error = match (args.len(), bytes_at(args, 0), bytes_at(args, 1)) {
            (0 | 1, ..) => Cow::Borrowed(&b"missing arguments"[..]),
            (_, None, _) => Cow::Borrowed(&b"token must be a string"[..]),
            (_, _, None) => Cow::Borrowed(&b"secret must be a string"[..]),
            (_, Some(token), Some(secret)) => {
                let options = options(args.get(2), "algorithms");
                match judged(compute::<JwtVerify>([&token, &secret, &options], TOKEN_BYTES)) {
                    Ok(claims) => match json::parse(claims.leak()) {
                        Some(claims) => return result::success(claims),
                        None => Cow::Borrowed(&b"invalid claims JSON"[..]),
                    },
                    Err(error) => Cow::Owned(error),
                }
            }
        };
        result::failure(outside(error.into_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_json() {
        assert_eq!(options(Value::UNDEFINED, "algorithms"), b"");
        assert_eq!(options(Value::text("HS512"), "algorithms"), br#"{"algorithms":["HS512"]}"#);
        assert_eq!(options(Value::text("HS512"), "algorithm"), br#"{"algorithm":"HS512"}"#);
    }

    #[test]
    fn equal_is_equal() {
        assert!(same(b"", b"") && same(b"abc", b"abc"));
        assert!(!same(b"abc", b"abd") && !same(b"abc", b"ab") && !same(b"", b"a"));
    }
}
