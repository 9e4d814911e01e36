//! The claims of a token. In: their JSON text, whose signature is right. Out: whether the token is for now and for here.

use serde::{Deserialize, Deserializer, de::IgnoredAny};
use serde_json::Value;

use super::{Refusal, VerifyOptions, header::starts_object};

/// What is looked at. A member that comes twice is an error, since two readers could disagree about it.
#[derive(Deserialize)]
struct Claims {
    #[serde(default, deserialize_with = "present")]
    exp: Option<Value>,
    #[serde(default, deserialize_with = "present")]
    nbf: Option<Value>,
    #[serde(default)]
    iss: Option<Value>,
    #[serde(default)]
    aud: Option<Value>,
}

/// A null that is there is not the same as nothing.
fn present<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(from).map(Some)
}

pub(super) fn check(text: &[u8], options: &VerifyOptions<'_>, now: f64) -> Result<(), Refusal> {
    if std::str::from_utf8(text).is_err() || !starts_object(text) {
        return Err(Refusal::Claims);
    }
    let claims: Claims = serde_json::from_slice(text).map_err(|_| Refusal::Claims)?;
    // RFC 7519 section 4.1.4: not on or after `exp`. Numbers of JSON are finite, so neither sum can be more than any number.
    if let Some(end) = claims.exp {
        let end = end.as_f64().ok_or(Refusal::ExpiryType)?;
        if now >= end + options.leeway {
            return Err(Refusal::Expired);
        }
    }
    if let Some(start) = claims.nbf {
        let start = start.as_f64().ok_or(Refusal::StartType)?;
        if now < start - options.leeway {
            return Err(Refusal::NotYetValid);
        }
    }
    let named = |wanted: &[std::borrow::Cow<'_, str>], value: &Value| {
        value.as_str().is_some_and(|text| wanted.iter().any(|wanted| wanted == text))
    };
    if !options.issuer.is_empty() && !claims.iss.is_some_and(|iss| named(&options.issuer, &iss)) {
        return Err(Refusal::Issuer);
    }
    let allowed = || match &claims.aud {
        Some(Value::Array(several)) => several.iter().any(|one| named(&options.audience, one)),
        Some(one) => named(&options.audience, one),
        None => false,
    };
    if !options.audience.is_empty() && !allowed() {
        return Err(Refusal::Audience);
    }
    Ok(())
}

/// Whether the text is the JSON text of an object.
pub(super) fn is_object(text: &[u8]) -> Result<(), Refusal> {
    let valid = std::str::from_utf8(text)
        .is_ok_and(|text| serde_json::from_str::<IgnoredAny>(text).is_ok());
    if valid && starts_object(text) { Ok(()) } else { Err(Refusal::Claims) }
}
