//! A request as a handler sees it. In: the record that the host wrote. Out: borrowed views of it; the body is fetched from
//! the host when it is first asked for. Never here: a change to the record, or a copy of what is only looked at.

use std::{borrow::Cow, cell::OnceCell, fmt, str};

use purview_abi::wire::{RequestView, WireError};
use serde::de::DeserializeOwned;

use crate::{decode, kept::Kept, raw};

/// An HTTP request.
pub struct Request {
    view: RequestView<'static>,
    params: &'static [&'static str],
    body: OnceCell<Vec<u8>>,
    kept: Kept,
}

impl Request {
    /// Reads the record of a request whose route has these path parameters.
    pub(crate) fn new(
        record: &'static [u8],
        params: &'static [&'static str],
    ) -> Result<Self, WireError> {
        Ok(Self {
            view: RequestView::new(record)?,
            params,
            body: OnceCell::new(),
            kept: Kept::default(),
        })
    }

    /// The method, as sent: `GET`.
    pub fn method(&self) -> &str {
        text(self.view.method())
    }

    /// The path, as sent: not decoded, without the query.
    pub fn path(&self) -> &str {
        text(self.view.path())
    }

    /// The query, as sent, without the `?`; `None` if the target has no `?`.
    pub fn query(&self) -> Option<&str> {
        self.view.query().map(text)
    }

    /// The names and values of the query, decoded as forms are: `+` is a space, broken escapes stay as they are.
    pub fn query_pairs(&self) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
        decode::pairs(self.view.query().unwrap_or_default())
    }

    /// The value of this name in the query, decoded; the last one if the name stands there several times.
    pub fn query_value(&self, name: &str) -> Option<Cow<'_, str>> {
        self.query_pairs().filter(|(key, _)| key == name).last().map(|(_, value)| value)
    }

    /// The value of this path parameter, percent-decoded. The name is the one in the route's pattern.
    pub fn param(&self, name: &str) -> Option<Cow<'_, str>> {
        let index = self.params.iter().position(|known| *known == name)?;
        self.view.param(index).map(decode::percent)
    }

    /// The names and values of the path parameters, in the order of the pattern.
    pub fn params(&self) -> impl Iterator<Item = (&'static str, Cow<'_, str>)> {
        let values = (0..).map_while(|index| self.view.param(index));
        self.params.iter().copied().zip(values.map(decode::percent))
    }

    /// The value of the first header field of this name, in any case, if it is UTF-8.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.header_all(name).next()
    }

    /// The values of all header fields of this name, in order; those that are not UTF-8 are left out.
    pub fn header_all(&self, name: &str) -> impl Iterator<Item = &str> {
        let fields = self
            .view
            .headers()
            .filter(move |(known, _)| known.eq_ignore_ascii_case(name.as_bytes()));
        fields.filter_map(|(_, value)| str::from_utf8(value).ok())
    }

    /// All header fields in order: the name in lower case, the value in bytes.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.view.headers().map(|(name, value)| (text(name), value))
    }

    /// The type of the body as the client names it, without parameters: `application/json`.
    pub fn content_type(&self) -> Option<&str> {
        let value = self.header("content-type")?;
        Some(value.split(';').next().unwrap_or_default().trim())
    }

    /// The address of the client, as text.
    pub fn peer(&self) -> &str {
        text(self.view.peer())
    }

    /// The body.
    pub fn body(&self) -> &[u8] {
        self.body.get_or_init(|| raw::body(self.view.body_length()))
    }

    /// The body as text.
    pub fn text(&self) -> Result<&str, BodyError> {
        str::from_utf8(self.body()).map_err(|_| BodyError::NotText)
    }

    /// The body as JSON of this type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, BodyError> {
        let body = self.body();
        if body.is_empty() {
            return Err(BodyError::Empty);
        }
        serde_json::from_slice(body).map_err(BodyError::Json)
    }

    /// Keeps a value with the request: for the handlers and middleware that come after. The first value of a type stays.
    pub fn keep<T: 'static>(&self, value: T) {
        self.kept.add(Box::new(value));
    }

    /// The value of this type that is kept with the request.
    pub fn kept<T: 'static>(&self) -> Option<&T> {
        self.kept.get()
    }

    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn keep_any(&self, value: Box<dyn std::any::Any>) {
        self.kept.add(value);
    }

    /// A copy that does not refer to the host's record.
    pub(crate) fn detached(&self) -> Result<Self, WireError> {
        let copy = Self::new(Box::leak(self.view.record().into()), self.params)?;
        if let Some(body) = self.body.get() {
            copy.set_body(body.clone());
        }
        Ok(copy)
    }

    /// The body, if it was fetched before.
    pub(crate) fn fetched(&self) -> Option<&[u8]> {
        self.body.get().map(Vec::as_slice)
    }

    /// Gives the request a body that need not be fetched.
    pub(crate) fn set_body(&self, body: Vec<u8>) {
        self.body.get_or_init(|| body);
    }
}

/// Methods, paths and header names are ASCII: the host has checked them.
fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap_or_default()
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method())
            .field("path", &self.path())
            .field("query", &self.query())
            .finish_non_exhaustive()
    }
}

/// Why a body is not what was asked for.
#[derive(Debug)]
#[non_exhaustive]
pub enum BodyError {
    /// There is no body.
    Empty,
    /// The body is not UTF-8.
    NotText,
    /// The body is not JSON, or not of this shape.
    Json(serde_json::Error),
}

impl BodyError {
    /// The status that tells the client: 422 for JSON of another shape, else 400.
    pub fn status(&self) -> u16 {
        match self {
            Self::Json(error) if error.is_data() => 422,
            _ => 400,
        }
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the request has no body"),
            Self::NotText => f.write_str("the body is not UTF-8 text"),
            Self::Json(error) if error.is_data() => {
                write!(f, "the body has another shape: {error}")
            }
            Self::Json(error) => write!(f, "the body is not JSON: {error}"),
        }
    }
}

impl std::error::Error for BodyError {}
