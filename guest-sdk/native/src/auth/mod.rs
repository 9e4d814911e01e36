//! Signed tokens: JSON Web Tokens (RFC 7519) in the compact form of RFC 7515. In: a token, a key, options. Out: its claims, or the
//! one reason why it is refused. What is signed is looked at only after the signature was found right, the algorithm is one that
//! the caller named, and a key is used for nothing but the algorithms that it is for.

mod algorithm;
mod claims;
mod error;
mod header;
mod key;
mod options;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

pub use algorithm::Algorithm;
pub use error::Refusal;
pub use options::{SignOptions, VerifyOptions};

/// Longest header of a token, as it is written in the token.
pub const HEADER_BYTES_MAX: usize = 8 * 1024;
/// Longest signature: RSA with a key of 4096 bits, as it is written in the token.
const SIGNATURE_BYTES_MAX: usize = 700;

/// Verifies a token and returns its claims: the JSON text that was signed. `now` is in seconds since 1970.
///
/// Order: form, header, algorithm, signature, claims, times, issuer, audience; the first that is wrong is the answer.
/// `exp` must lie in the future and `nbf` must not, each give or take the leeway (0 unless the options say otherwise); either
/// may be missing. `iss` and `aud` are looked at when the options name values for them, and then must be there.
pub fn verify(
    token: &[u8],
    key: &[u8],
    options: &VerifyOptions<'_>,
    now: f64,
) -> Result<Vec<u8>, Refusal> {
    let mut parts = token.split(|byte| *byte == b'.');
    let (Some(header), Some(payload), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Refusal::Format);
    };
    if header.len() > HEADER_BYTES_MAX {
        return Err(Refusal::HeaderTooLong);
    }
    let algorithm = header::algorithm(&decode(header).ok_or(Refusal::HeaderEncoding)?)?;
    if !options.allows(algorithm) {
        return Err(Refusal::Algorithm);
    }
    if signature.len() > SIGNATURE_BYTES_MAX {
        return Err(Refusal::SignatureLength);
    }
    let signature = decode(signature).ok_or(Refusal::SignatureEncoding)?;
    let signed = &token[..header.len() + 1 + payload.len()];
    key::verify(algorithm, key, signed, &signature)?;
    let claims = decode(payload).ok_or(Refusal::PayloadEncoding)?;
    claims::check(&claims, options, now)?;
    Ok(claims)
}

/// Signs `claims`, the JSON text of an object, as it is. The header has `alg`, `typ`, and `kid` if the options name one.
pub fn sign(claims: &[u8], key: &[u8], options: &SignOptions<'_>) -> Result<String, Refusal> {
    claims::is_object(claims)?;
    let mut token = URL_SAFE_NO_PAD.encode(header::write(options));
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(claims, &mut token);
    let signature = key::sign(options.algorithm, key, token.as_bytes())?;
    token.push('.');
    token.push_str(&signature);
    Ok(token)
}

/// base64url without padding, and without bits that mean nothing.
fn decode(text: &[u8]) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

#[cfg(test)]
mod tests;
