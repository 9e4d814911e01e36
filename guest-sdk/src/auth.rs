//! Bearer tokens, signed tokens (JWT) and signed webhooks. Signatures are made and checked by the host.
//!
//! A token is good if its algorithm is one of those named (HS256 unless others are), its signature is right, `exp` lies in
//! the future and `nbf` does not (each may be missing; the leeway is 0 seconds unless one is given), and `iss` and `aud` are
//! among the named ones, if any are named. `none` is no algorithm; extensions that a token demands (`crit`) are refused; keys that
//! a token brings along are not looked at. Tests of handlers need the feature `native`.
//!
//! ```
//! use purview_guest::auth::{self, Verify};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize, Deserialize, PartialEq, Debug)]
//! struct Claims { sub: String, aud: String }
//!
//! let claims = Claims { sub: "ada".into(), aud: "shop".into() };
//! let token = auth::jwt_sign(&claims, "a secret of 32 bytes or more ...")?;
//! let found: Claims =
//!     Verify::new().audience("shop").leeway(30).verify(&token, "a secret of 32 bytes or more ...")?;
//! assert_eq!(found, claims);
//! # Ok::<(), auth::JwtError>(())
//! ```

use std::fmt;

use purview_abi::call::outcome;
use serde::{Serialize, de::DeserializeOwned};

use crate::{crypto, encode, native};

/// The token in an `authorization` header: what follows `Bearer `, in any case.
pub fn parse_bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_at_checked(7)?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer ") && !token.is_empty()).then_some(token)
}

/// The claims of a token that is signed with HS256 and this secret. [`Verify`] does the same with other keys and more conditions.
pub fn jwt_verify<T: DeserializeOwned>(
    token: &str,
    secret: impl AsRef<[u8]>,
) -> Result<T, JwtError> {
    Verify::new().verify(token, secret)
}

/// A token with these claims, signed with HS256 and this secret. [`Sign`] does the same with other keys.
pub fn jwt_sign<T: Serialize + ?Sized>(
    claims: &T,
    secret: impl AsRef<[u8]>,
) -> Result<String, JwtError> {
    Sign::new().sign(claims, secret)
}

/// What a token must be like.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Verify {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    algorithms: Vec<String>,
    leeway: u16,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    issuer: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    audience: Vec<String>,
}

impl Verify {
    /// HS256, no leeway, any issuer and audience.
    pub fn new() -> Self {
        Self::default()
    }

    /// Allows an algorithm: `HS256 HS384 HS512` with a secret, `RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 EdDSA` with a
    /// public key as PEM or JWK. RSA keys have 2048 to 4096 bits.
    #[must_use]
    pub fn algorithm(mut self, name: &str) -> Self {
        self.algorithms.push(name.to_owned());
        self
    }

    /// Seconds, at most 3600, by which clocks may differ.
    #[must_use]
    pub fn leeway(mut self, seconds: u16) -> Self {
        self.leeway = seconds;
        self
    }

    /// Wants this `iss`, or one of those named before.
    #[must_use]
    pub fn issuer(mut self, name: &str) -> Self {
        self.issuer.push(name.to_owned());
        self
    }

    /// Wants this in `aud`, or one of those named before.
    #[must_use]
    pub fn audience(mut self, name: &str) -> Self {
        self.audience.push(name.to_owned());
        self
    }

    /// The claims of a token.
    pub fn verify<T: DeserializeOwned>(
        &self,
        token: &str,
        key: impl AsRef<[u8]>,
    ) -> Result<T, JwtError> {
        let plain = self.algorithms.is_empty()
            && self.leeway == 0
            && self.issuer.is_empty()
            && self.audience.is_empty();
        let options = match plain {
            true => Vec::new(),
            false => serde_json::to_vec(self).map_err(JwtError::json)?,
        };
        let answer = native::jwt_verify(token.as_bytes(), key.as_ref(), &options, token.len() + 64);
        serde_json::from_slice(&value(answer)?).map_err(JwtError::json)
    }
}

/// How a token is made.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Sign {
    #[serde(skip_serializing_if = "Option::is_none")]
    algorithm: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kid: Option<String>,
}

impl Sign {
    /// HS256, without `kid`.
    pub fn new() -> Self {
        Self::default()
    }

    /// Uses this algorithm: those of [`Verify::algorithm`], with a private key as PEM.
    #[must_use]
    pub fn algorithm(mut self, name: &str) -> Self {
        self.algorithm = Some(name.to_owned());
        self
    }

    /// Names the key in the header.
    #[must_use]
    pub fn kid(mut self, name: &str) -> Self {
        self.kid = Some(name.to_owned());
        self
    }

    /// The token. The claims must be an object in JSON.
    pub fn sign<T: Serialize + ?Sized>(
        &self,
        claims: &T,
        key: impl AsRef<[u8]>,
    ) -> Result<String, JwtError> {
        let claims = serde_json::to_vec(claims).map_err(JwtError::json)?;
        let options = match self {
            Self { algorithm: None, kid: None } => Vec::new(),
            _ => serde_json::to_vec(self).map_err(JwtError::json)?,
        };
        let guess = claims.len() * 4 / 3 + 160;
        let token = value(native::jwt_sign(&claims, key.as_ref(), &options, guess))?;
        String::from_utf8(token).map_err(|_| JwtError("invalid token encoding".into()))
    }
}

fn value(answer: Option<Vec<u8>>) -> Result<Vec<u8>, JwtError> {
    let mut answer = answer.ok_or_else(|| JwtError(native::TOO_LARGE.into()))?;
    let rest = answer.split_off(answer.len().min(1));
    match answer.first() {
        Some(&outcome::VALUE) => Ok(rest),
        _ => Err(JwtError(String::from_utf8_lossy(&rest).into_owned())),
    }
}

/// Why a token is refused, or none is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JwtError(String);

impl JwtError {
    fn json(error: serde_json::Error) -> Self {
        Self(format!("claims of another shape: {error}"))
    }

    /// The reason, as in `token expired`: `invalid token format`, `invalid header encoding`, `invalid header JSON`, `jwt header
    /// too long`, `missing alg header`, `unsupported alg`, `unsupported crit header`, `invalid signature encoding`, `invalid
    /// signature length`, `invalid signature`, `key does not fit the algorithm`, `secret must not be empty`, `invalid payload
    /// encoding`, `invalid claims JSON`, `invalid exp claim`, `invalid nbf claim`, `token expired`, `token not yet valid`,
    /// `issuer not allowed`, `audience not allowed`, `invalid options`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for JwtError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for JwtError {}

/// Whether `signature`, in hex and with `sha256=` before it or not, is the keyed code of `payload` with SHA-256; in constant time.
pub fn verify_webhook_signature(
    payload: impl AsRef<[u8]>,
    secret: impl AsRef<[u8]>,
    signature: &str,
) -> bool {
    let expected = encode::hex(&crypto::hmac_sha256(secret, payload));
    let given = signature.strip_prefix("sha256=").unwrap_or(signature);
    crypto::timing_safe_equal(given, expected)
}
