//! SHA-256, HMAC and what is signed with it: the rest of `purview:crypto` and `purview:auth`. In: texts. Out: texts, booleans, results.

use alloc::vec::Vec;

use sha2::{Digest, Sha256};

use crate::{
    host, json, result, string::Str, string_methods::well_formed, text::text_at, value::Value,
};

const BLOCK_BYTES: usize = 64;

/// HMAC with SHA-256 (RFC 2104).
fn hmac(key: &[u8], data: &[u8]) -> [u8; 32] {
    let mut block = [0; BLOCK_BYTES];
    if key.len() > BLOCK_BYTES {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let inner =
        Sha256::new().chain_update(block.map(|byte| byte ^ 0x36)).chain_update(data).finalize();
    Sha256::new().chain_update(block.map(|byte| byte ^ 0x5C)).chain_update(inner).finalize().into()
}

fn hex(bytes: &[u8]) -> Vec<u8> {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| b"0123456789abcdef"[usize::from(digit)])
        .collect()
}

/// Whether both are the same, in a time that depends on their lengths only.
fn same(a: &[u8], b: &[u8]) -> bool {
    let differing = a.iter().zip(b).fold(0, |bits, (a, b)| bits | (a ^ b));
    a.len() == b.len() && core::hint::black_box(differing) == 0
}

fn base64_url(bytes: &[u8]) -> Vec<u8> {
    let mut text = super::encode::encode(bytes);
    text.retain(|byte| *byte != b'=');
    text.iter_mut().for_each(|byte| {
        *byte = match *byte {
            b'+' => b'-',
            b'/' => b'_',
            other => other,
        }
    });
    text
}

fn base64_url_decode(text: &[u8]) -> Option<Vec<u8>> {
    if text.iter().any(|byte| matches!(byte, b'+' | b'/' | b'=')) {
        return None;
    }
    let mut plain: Vec<u8> = text
        .iter()
        .map(|byte| match *byte {
            b'-' => b'+',
            b'_' => b'/',
            other => other,
        })
        .collect();
    while !plain.len().is_multiple_of(4) {
        plain.push(b'=');
    }
    super::encode::decode(&plain)
}

/// The claims of a token that is signed with `secret` and in its time, or why there are none.
fn verify(token: &'static [u8], secret: &[u8]) -> Result<Value, &'static str> {
    let mut parts = token.split(|byte| *byte == b'.');
    let (Some(header), Some(payload), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err("invalid token format");
    };
    let head = base64_url_decode(header).ok_or("invalid header encoding")?;
    let head = json::parse(head.leak()).and_then(Value::as_object).ok_or("invalid header JSON")?;
    let algorithm = head.field("alg").and_then(Value::as_string).ok_or("missing alg header")?;
    if algorithm.bytes() != b"HS256" {
        return Err("unsupported alg");
    }
    let signature = base64_url_decode(signature).ok_or("invalid signature encoding")?;
    if signature.len() != 32 {
        return Err("invalid signature length");
    }
    if !same(&signature, &hmac(secret, &token[..header.len() + 1 + payload.len()])) {
        return Err("invalid signature");
    }
    let claims = base64_url_decode(payload).ok_or("invalid payload encoding")?;
    let claims = json::parse(claims.leak()).ok_or("invalid claims JSON")?;
    let fields = claims.as_object().ok_or("invalid claims JSON")?;
    let time = |name| fields.field(name).and_then(Value::as_number);
    let now = (host::now() / 1_000_000_000) as f64;
    if time("exp").is_some_and(|end| now > end) {
        return Err("token expired");
    }
    if time("nbf").is_some_and(|start| now < start) {
        return Err("token not yet valid");
    }
    Ok(claims)
}

fn text(bytes: Vec<u8>) -> Value {
    Value::string(Str::take(bytes))
}

builtins! {
    "purview:crypto.sha256" sha256(_this, args) {
        text(hex(&Sha256::digest(well_formed(text_at(args, 0).bytes()))))
    }
    "purview:crypto.hmacSha256" hmac_sha256(_this, args) {
        let (key, data) = (well_formed(text_at(args, 0).bytes()), well_formed(text_at(args, 1).bytes()));
        text(hex(&hmac(&key, &data)))
    }
    "purview:auth.verifyWebhookSignature" verify_webhook_signature(_this, args) {
        let expected = hex(&hmac(text_at(args, 1).bytes(), text_at(args, 0).bytes()));
        let given = text_at(args, 2).bytes();
        Value::bool(same(given.strip_prefix(b"sha256=").unwrap_or(given), &expected))
    }
    "purview:auth.jwtSign" jwt_sign(_this, args) {
        let mut token = base64_url(br#"{"alg":"HS256","typ":"JWT"}"#);
        token.push(b'.');
        token.extend(base64_url(&well_formed(text_at(args, 0).bytes())));
        let signature = hmac(text_at(args, 1).bytes(), &token);
        token.push(b'.');
        token.extend(base64_url(&signature));
        text(token)
    }
    "purview:auth.jwtVerify" jwt_verify(_this, args) {
        let error = match (args.len(), args.first().as_string(), args.get(1).as_string()) {
            (0 | 1, ..) => "missing arguments",
            (_, None, _) => "token must be a string",
            (_, _, None) => "secret must be a string",
            (_, Some(token), Some(secret)) => match verify(token.bytes(), secret.bytes()) {
                Ok(claims) => return result::success(claims),
                Err(error) => error,
            },
        };
        result::failure(Value::fixed(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_sums() {
        let sum = hmac(b"key", b"The quick brown fox jumps over the lazy dog");
        assert_eq!(hex(&sum), b"f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8");
        assert_eq!(
            hex(&Sha256::digest(b"hello world")),
            b"b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9"
        );
    }

    #[test]
    fn tokens_are_checked() {
        let token = b"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxIn0.8qZF8vbN3UpcanXFc-mPXJkOPN01-bRch8XX3rToP1U";
        assert!(verify(token, b"secret").is_ok());
        assert_eq!(verify(token, b"other").unwrap_err(), "invalid signature");
        assert_eq!(verify(b"a.b", b"secret").unwrap_err(), "invalid token format");
        // A token that says it is not signed.
        assert_eq!(verify(b"eyJhbGciOiJub25lIn0.e30.", b"secret").unwrap_err(), "unsupported alg");
    }
}
