//! Keys, and what is done with them. In: the bytes of a key: a secret, a PEM, or a JWK. Out: a signature, or whether one is right.
//! A key that says what it is for is used for nothing else: the text of a public key is no secret, however it is offered.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{
    DecodingKey, EncodingKey, crypto as library,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse},
};

use super::{Algorithm, Refusal, algorithm::Family, header::starts_object};
use crate::crypto;

/// RFC 7518 section 3.3: 2048 bits or more. So many bytes has the DER of such a public key at least.
const RSA_PUBLIC_BYTES_MIN: usize = 262;
/// The same of a private key, and the most: a signature with 4096 bits takes milliseconds.
const RSA_PRIVATE_BYTES: std::ops::RangeInclusive<usize> = 1100..=2400;
/// The same of the modulus in a JWK.
const RSA_MODULUS_BYTES: std::ops::RangeInclusive<usize> = 256..=512;

/// Whether `signature` is the signature of `signed`.
pub(super) fn verify(
    algorithm: Algorithm,
    key: &[u8],
    signed: &[u8],
    signature: &[u8],
) -> Result<(), Refusal> {
    let right = if algorithm.family() == Family::Secret {
        let secret = Secret::read(algorithm, key)?;
        let (secret, length) = (secret.bytes(), signature.len());
        match algorithm {
            Algorithm::HS256 if length == 32 => crypto::hmac_sha256_is(secret, signed, signature),
            Algorithm::HS384 if length == 48 => crypto::hmac_sha384_is(secret, signed, signature),
            Algorithm::HS512 if length == 64 => crypto::hmac_sha512_is(secret, signed, signature),
            _ => return Err(Refusal::SignatureLength),
        }
    } else {
        let key = public(algorithm, key)?;
        let signature = URL_SAFE_NO_PAD.encode(signature);
        library::verify(&signature, signed, &key, algorithm.library()).map_err(|_| Refusal::Key)?
    };
    if right { Ok(()) } else { Err(Refusal::Signature) }
}

/// The signature of `signed`, as it is written in a token.
pub(super) fn sign(algorithm: Algorithm, key: &[u8], signed: &[u8]) -> Result<String, Refusal> {
    let key = match algorithm.family() {
        Family::Secret => EncodingKey::from_secret(Secret::read(algorithm, key)?.bytes()),
        Family::Rsa => EncodingKey::from_rsa_pem(key).map_err(|_| Refusal::Key)?,
        Family::Curve => EncodingKey::from_ec_pem(key).map_err(|_| Refusal::Key)?,
        Family::Edwards => EncodingKey::from_ed_pem(key).map_err(|_| Refusal::Key)?,
    };
    let der = key.as_bytes().len();
    if algorithm.family() == Family::Rsa && !RSA_PRIVATE_BYTES.contains(&der) {
        return Err(Refusal::Key);
    }
    library::sign(signed, &key, algorithm.library()).map_err(|_| Refusal::Key)
}

/// A secret, as it was given or as a JWK holds it.
enum Secret<'a> {
    Given(&'a [u8]),
    Held(DecodingKey),
}

impl<'a> Secret<'a> {
    fn read(algorithm: Algorithm, key: &'a [u8]) -> Result<Self, Refusal> {
        let secret = match jwk(algorithm, key)? {
            Some(jwk) if matches!(jwk.algorithm, AlgorithmParameters::OctetKey(_)) => {
                Self::Held(DecodingKey::from_jwk(&jwk).map_err(|_| Refusal::Key)?)
            }
            Some(_) => return Err(Refusal::Key),
            None if key.trim_ascii_start().starts_with(b"-----BEGIN ") => return Err(Refusal::Key),
            None => Self::Given(key),
        };
        if secret.bytes().is_empty() { Err(Refusal::EmptySecret) } else { Ok(secret) }
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Given(bytes) => bytes,
            Self::Held(key) => key.try_get_as_bytes().unwrap_or_default(),
        }
    }
}

/// A public key for this algorithm.
fn public(algorithm: Algorithm, key: &[u8]) -> Result<DecodingKey, Refusal> {
    let Some(jwk) = jwk(algorithm, key)? else {
        let key = match algorithm.family() {
            Family::Rsa => DecodingKey::from_rsa_pem(key),
            Family::Curve => DecodingKey::from_ec_pem(key),
            Family::Edwards => DecodingKey::from_ed_pem(key),
            Family::Secret => return Err(Refusal::Key),
        };
        let key = key.map_err(|_| Refusal::Key)?;
        let small = key.try_get_as_bytes().is_ok_and(|der| der.len() < RSA_PUBLIC_BYTES_MIN);
        let refused = algorithm.family() == Family::Rsa && small;
        return if refused { Err(Refusal::Key) } else { Ok(key) };
    };
    let fits = match (&jwk.algorithm, algorithm) {
        (AlgorithmParameters::RSA(rsa), _) => {
            let modulus = super::decode(rsa.n.as_bytes()).ok_or(Refusal::Key)?;
            algorithm.family() == Family::Rsa && RSA_MODULUS_BYTES.contains(&modulus.len())
        }
        (AlgorithmParameters::EllipticCurve(key), Algorithm::ES256) => {
            key.curve == EllipticCurve::P256
        }
        (AlgorithmParameters::EllipticCurve(key), Algorithm::ES384) => {
            key.curve == EllipticCurve::P384
        }
        (AlgorithmParameters::OctetKeyPair(key), Algorithm::EdDSA) => {
            key.curve == EllipticCurve::Ed25519
        }
        _ => false,
    };
    if fits { DecodingKey::from_jwk(&jwk).map_err(|_| Refusal::Key) } else { Err(Refusal::Key) }
}

/// The key as a JWK, if it is one. One that says what it is for must be for this.
fn jwk(algorithm: Algorithm, key: &[u8]) -> Result<Option<Jwk>, Refusal> {
    if !starts_object(key) {
        return Ok(None);
    }
    // A secret may begin with a brace; a JWK that is damaged is not taken for a secret.
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(key) else { return Ok(None) };
    if value.get("kty").is_none() {
        return Ok(None);
    }
    let wanted = value.get("alg").and_then(serde_json::Value::as_str);
    let jwk: Jwk = serde_json::from_value(value.clone()).map_err(|_| Refusal::Key)?;
    let other_use =
        jwk.common.public_key_use.as_ref().is_some_and(|use_| *use_ != PublicKeyUse::Signature);
    if wanted.is_some_and(|name| name != algorithm.name()) || other_use {
        return Err(Refusal::Key);
    }
    Ok(Some(jwk))
}
