//! What a caller wants of a token, as JSON text: `{"algorithms": ["HS256"], "leeway": 30, "issuer": "a" or ["a", "b"], "audience":
//! the same}` to verify, `{"algorithm": "HS256", "kid": "1"}` to sign. An unknown member is an error, since a limit that is
//! misspelt would silently not be one.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer};

use super::{Algorithm, Refusal, header::starts_object};

/// Longest leeway in seconds.
const LEEWAY_MAX: f64 = 3600.0;

/// What a token must be like.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct VerifyOptions<'a> {
    #[serde(borrow)]
    algorithms: Option<Vec<Cow<'a, str>>>,
    pub(super) leeway: f64,
    #[serde(borrow, deserialize_with = "one_or_more")]
    pub(super) issuer: Vec<Cow<'a, str>>,
    #[serde(borrow, deserialize_with = "one_or_more")]
    pub(super) audience: Vec<Cow<'a, str>>,
}

impl<'a> VerifyOptions<'a> {
    /// Reads options; no text means none.
    pub fn read(text: &'a [u8]) -> Result<Self, Refusal> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        if !starts_object(text) {
            return Err(Refusal::Options);
        }
        let options: Self = serde_json::from_slice(text).map_err(|_| Refusal::Options)?;
        let known =
            |names: &Vec<Cow<'_, str>>| names.iter().all(|name| Algorithm::find(name).is_some());
        if !(0.0..=LEEWAY_MAX).contains(&options.leeway)
            || !options.algorithms.as_ref().is_none_or(known)
        {
            return Err(Refusal::Options);
        }
        Ok(options)
    }

    /// HS256, unless others are named.
    pub(super) fn allows(&self, algorithm: Algorithm) -> bool {
        match &self.algorithms {
            None => algorithm == Algorithm::HS256,
            Some(names) => names.iter().any(|name| name == algorithm.name()),
        }
    }
}

/// How a token is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOptions<'a> {
    pub(super) algorithm: Algorithm,
    pub(super) kid: Option<Cow<'a, str>>,
}

impl<'a> SignOptions<'a> {
    /// Reads options; no text means HS256 without `kid`.
    pub fn read(text: &'a [u8]) -> Result<Self, Refusal> {
        #[derive(Default, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        struct Text<'a> {
            #[serde(borrow)]
            algorithm: Option<Cow<'a, str>>,
            #[serde(borrow)]
            kid: Option<Cow<'a, str>>,
        }
        let options: Text<'a> = match text {
            [] => Text::default(),
            _ if !starts_object(text) => return Err(Refusal::Options),
            _ => serde_json::from_slice(text).map_err(|_| Refusal::Options)?,
        };
        let algorithm = match &options.algorithm {
            None => Algorithm::HS256,
            Some(name) => Algorithm::find(name).ok_or(Refusal::Algorithm)?,
        };
        Ok(Self { algorithm, kid: options.kid })
    }
}

/// A text, or a list of texts that is not empty: an empty one would allow nobody, and look like allowing everybody.
fn one_or_more<'de: 'a, 'a, D: Deserializer<'de>>(from: D) -> Result<Vec<Cow<'a, str>>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        One(String),
        More(Vec<String>),
    }
    match Either::deserialize(from)? {
        Either::One(text) => Ok(vec![text.into()]),
        Either::More(texts) if !texts.is_empty() => Ok(texts.into_iter().map(Cow::Owned).collect()),
        Either::More(_) => Err(serde::de::Error::custom("name at least one")),
    }
}
