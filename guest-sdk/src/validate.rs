//! Data held against JSON Schema (draft 2020-12) by the host, which keeps a schema ready after its first use.
//!
//! A schema refers to itself only; patterns are those that take linear time (no look-around, no back references); formats are
//! checked; `$id` within a schema and the format `regex` are not offered. Schemas have up to 64 KiB, data up to the operator's
//! `native_bytes` (2 MiB) and 64 levels. Tests of handlers need the feature `native`.
//!
//! ```
//! use purview_guest::validate::Schema;
//! use serde::Deserialize;
//!
//! const USER: Schema = Schema::new(r#"{
//!     "type": "object", "required": ["name"],
//!     "properties": { "name": { "type": "string", "minLength": 1 }, "age": { "type": "integer", "minimum": 0 } }
//! }"#);
//!
//! #[derive(Deserialize)]
//! struct User { name: String, age: Option<u8> }
//!
//! let user: User = USER.decode_form("name=Ada&age=36").unwrap();
//! assert_eq!((user.name.as_str(), user.age), ("Ada", Some(36)));
//! let error = USER.decode::<User>(r#"{"name":"","age":"36"}"#).err().unwrap();
//! assert_eq!(error.violations()[0].message, "string too short");
//! ```

use std::{borrow::Cow, fmt};

use purview_abi::call::outcome;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::json;

use crate::{IntoResponse, Response, native};

/// A schema, by its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema(Cow<'static, str>);

impl Schema {
    /// The schema of this text.
    pub const fn new(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }

    /// The same for a text that was made at run time.
    pub const fn from_text(text: String) -> Self {
        Self(Cow::Owned(text))
    }

    /// Whether the text is a schema; the host has it ready then.
    pub fn compile(&self) -> Result<(), Invalid> {
        read(native::compile(self.bytes(), 256)).map(drop)
    }

    /// Whether JSON text is valid.
    pub fn check(&self, json: impl AsRef<[u8]>) -> Result<(), Invalid> {
        read(native::check(self.bytes(), json.as_ref(), 256)).map(drop)
    }

    /// What JSON text says, if it is valid.
    pub fn decode<T: DeserializeOwned>(&self, json: impl AsRef<[u8]>) -> Result<T, Invalid> {
        self.check(&json)?;
        value(json.as_ref())
    }

    /// The same after texts, numbers and booleans anywhere in it became what the schema wants, where that is without loss.
    pub fn coerce<T: DeserializeOwned>(&self, json: impl AsRef<[u8]>) -> Result<T, Invalid> {
        let json = json.as_ref();
        value(&read(native::coerce(self.bytes(), json, json.len() + 64))?)
    }

    /// What a form (or a query) says: a name that comes several times is a list where the schema wants one.
    pub fn decode_form<T: DeserializeOwned>(&self, form: impl AsRef<[u8]>) -> Result<T, Invalid> {
        let form = form.as_ref();
        value(&read(native::decode_form(self.bytes(), form, form.len() * 2 + 64))?)
    }

    /// What `multipart/form-data` says. A file is an object with `filename`, `contentType`, `size` and its content in `base64`.
    pub fn decode_multipart<T: DeserializeOwned>(
        &self,
        body: impl AsRef<[u8]>,
        content_type: &str,
    ) -> Result<T, Invalid> {
        let (body, kind) = (body.as_ref(), content_type.as_bytes());
        value(&read(native::decode_multipart(self.bytes(), body, kind, body.len() * 4 / 3 + 256))?)
    }

    fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

fn value<T: DeserializeOwned>(json: &[u8]) -> Result<T, Invalid> {
    serde_json::from_slice(json)
        .map_err(|error| Invalid::Problem(format!("valid, but of another shape: {error}")))
}

fn read(answer: Option<Vec<u8>>) -> Result<Vec<u8>, Invalid> {
    let mut answer = answer.ok_or_else(|| Invalid::Problem(native::TOO_LARGE.into()))?;
    let rest = answer.split_off(answer.len().min(1));
    match answer.first() {
        Some(&outcome::VALUE) => Ok(rest),
        Some(&outcome::REFUSED) => Err(Invalid::Violations(value(&rest)?)),
        _ => Err(Invalid::Problem(String::from_utf8_lossy(&rest).into_owned())),
    }
}

/// Why data is not what a schema wants. As a response: 422 with the violations, or 400 with the problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invalid {
    /// It violates the schema.
    Violations(Vec<Violation>),
    /// It cannot be judged: it is not JSON (`invalid JSON`), not a form, too large; or the schema is none.
    Problem(String),
}

impl Invalid {
    /// The violations, if it is about any.
    pub fn violations(&self) -> &[Violation] {
        match self {
            Self::Violations(violations) => violations,
            Self::Problem(_) => &[],
        }
    }
}

/// One violation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// Where: nothing for the whole, else as in `user.tags[0]`.
    pub path: String,
    /// What, as in `missing required field`.
    pub message: String,
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problem(problem) => f.write_str(problem),
            Self::Violations(violations) => {
                for (at, Violation { path, message }) in violations.iter().enumerate() {
                    let comma = if at == 0 { "" } else { ", " };
                    let place = if path.is_empty() { "the whole" } else { path };
                    write!(f, "{comma}{place}: {message}")?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for Invalid {}

impl IntoResponse for Invalid {
    fn into_response(self) -> Response {
        let (status, body) = match &self {
            Self::Violations(violations) => (422, json!({ "errors": violations })),
            Self::Problem(problem) => (400, json!({ "error": problem })),
        };
        Response::new(status)
            .header("content-type", "application/json")
            .body(body.to_string().into_bytes())
    }
}
