//! The header of a token. In: its JSON text. Out: the algorithm. Keys and places of keys that a header names (`jwk`, `jku`, `x5u`,
//! `kid`) are never used: the caller has the key.

use std::borrow::Cow;

use serde::{Deserialize, de::IgnoredAny};

use super::{Algorithm, Refusal, options::SignOptions};

/// What is looked at. A member that comes twice is an error, since two readers could disagree about it.
#[derive(Deserialize)]
struct Header<'a> {
    #[serde(borrow, default)]
    alg: Option<Cow<'a, str>>,
    #[serde(default)]
    crit: Option<IgnoredAny>,
    #[serde(default)]
    b64: Option<IgnoredAny>,
}

pub(super) fn algorithm(text: &[u8]) -> Result<Algorithm, Refusal> {
    // Text that is skipped is not looked at by the reader of JSON, and a list would do for a struct.
    if std::str::from_utf8(text).is_err() || !starts_object(text) {
        return Err(Refusal::HeaderJson);
    }
    let header: Header<'_> = serde_json::from_slice(text).map_err(|_| Refusal::HeaderJson)?;
    // RFC 7515 section 4.1.11: whoever does not understand an extension that is critical refuses. None is understood.
    if header.crit.is_some() || header.b64.is_some() {
        return Err(Refusal::Extension);
    }
    let name = header.alg.ok_or(Refusal::NoAlgorithm)?;
    Algorithm::find(&name).ok_or(Refusal::Algorithm)
}

/// The JSON text of a header.
pub(super) fn write(options: &SignOptions<'_>) -> String {
    let name = options.algorithm.name();
    match &options.kid {
        None => format!(r#"{{"alg":"{name}","typ":"JWT"}}"#),
        Some(kid) => {
            format!(r#"{{"alg":"{name}","typ":"JWT","kid":{}}}"#, serde_json::Value::from(&**kid))
        }
    }
}

/// Whether the JSON text can be an object.
pub(super) fn starts_object(text: &[u8]) -> bool {
    text.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}
