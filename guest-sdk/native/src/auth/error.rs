//! Why a token is refused, or none is made. The texts are part of the agreement with handlers: they may compare them.

use std::fmt;

/// The reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// It does not have three parts.
    Format,
    /// The header is longer than [`super::HEADER_BYTES_MAX`].
    HeaderTooLong,
    /// The header is not base64url.
    HeaderEncoding,
    /// The header is not a JSON object.
    HeaderJson,
    /// The header names no algorithm.
    NoAlgorithm,
    /// The algorithm is not one of those that are allowed.
    Algorithm,
    /// The header demands an extension (`crit`, `b64`).
    Extension,
    /// The signature is not base64url.
    SignatureEncoding,
    /// The signature does not have the length of its algorithm.
    SignatureLength,
    /// The signature is wrong.
    Signature,
    /// The key cannot be read, or is not for this algorithm.
    Key,
    /// The secret is empty.
    EmptySecret,
    /// The claims are not base64url.
    PayloadEncoding,
    /// The claims are not a JSON object.
    Claims,
    /// `exp` is not a number.
    ExpiryType,
    /// `nbf` is not a number.
    StartType,
    /// `exp` has passed.
    Expired,
    /// `nbf` has not come.
    NotYetValid,
    /// `iss` is missing or another.
    Issuer,
    /// `aud` is missing or has none of the wanted.
    Audience,
    /// The options cannot be read.
    Options,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Format => "invalid token format",
            Self::HeaderTooLong => "jwt header too long",
            Self::HeaderEncoding => "invalid header encoding",
            Self::HeaderJson => "invalid header JSON",
            Self::NoAlgorithm => "missing alg header",
            Self::Algorithm => "unsupported alg",
            Self::Extension => "unsupported crit header",
            Self::SignatureEncoding => "invalid signature encoding",
            Self::SignatureLength => "invalid signature length",
            Self::Signature => "invalid signature",
            Self::Key => "key does not fit the algorithm",
            Self::EmptySecret => "secret must not be empty",
            Self::PayloadEncoding => "invalid payload encoding",
            Self::Claims => "invalid claims JSON",
            Self::ExpiryType => "invalid exp claim",
            Self::StartType => "invalid nbf claim",
            Self::Expired => "token expired",
            Self::NotYetValid => "token not yet valid",
            Self::Issuer => "issuer not allowed",
            Self::Audience => "audience not allowed",
            Self::Options => "invalid options",
        })
    }
}

impl std::error::Error for Refusal {}
