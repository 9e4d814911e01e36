//! Errors as answers. In: a status and what to say. Out: `{"detail": …}`, the form of FastAPI, or a problem document of
//! RFC 9457. Never here: what a client should not see; that goes to the log.

use std::{borrow::Cow, fmt};

use serde::{Serialize, ser::SerializeMap};
use serde_json::Value;

use crate::{IntoResponse, Rejection, Response, response::Text};

/// An answer that says what went wrong: a status and `{"detail": …}`.
///
/// ```
/// use purview_guest::{HttpError, Json, Path, get};
///
/// #[get("/items/{id}")]
/// fn item(Path(id): Path<u32>) -> Result<Json<u32>, HttpError> {
///     if id > 100 {
///         return Err(HttpError::not_found("no such item"));
///     }
///     Ok(Json(id))
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpError {
    status: u16,
    detail: Text,
    headers: Vec<(Text, Text)>,
}

/// Declares a function for each common status.
macro_rules! errors {
    ($($name:ident $status:literal $text:literal;)+) => { $(
        #[doc = concat!("A ", stringify!($status), ": ", $text, ".")]
        pub fn $name(detail: impl Into<Text>) -> Self {
            Self::new($status, detail)
        }
    )+ };
}

impl HttpError {
    /// An error of this status.
    ///
    /// # Panics
    /// If the status is not between 400 and 599.
    pub fn new(status: u16, detail: impl Into<Text>) -> Self {
        assert!((400..=599).contains(&status), "a status of an error lies between 400 and 599");
        Self { status, detail: detail.into(), headers: Vec::new() }
    }

    errors! {
        bad_request 400 "the request makes no sense";
        forbidden 403 "the client may not do that";
        not_found 404 "there is no such thing";
        conflict 409 "what is there already does not allow it";
        gone 410 "it is not there any more";
        too_large 413 "the body is too long";
        unprocessable 422 "the request is understood, and wrong";
        too_many_requests 429 "the client asks too often";
        internal 500 "a mistake of the server";
        unavailable 503 "not now";
    }

    /// A 401: the client must say who it is, with a bearer token.
    pub fn unauthorized(detail: impl Into<Text>) -> Self {
        Self::new(401, detail).header("www-authenticate", "Bearer")
    }

    /// Adds a header field.
    #[must_use]
    pub fn header(mut self, name: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The status.
    pub fn status(&self) -> u16 {
        self.status
    }
}

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.status, self.detail)
    }
}

impl std::error::Error for HttpError {}

impl IntoResponse for HttpError {
    fn into_response(self) -> Response {
        let response = Response::detail(self.status, &self.detail);
        self.headers
            .into_iter()
            .fold(response, |response, (name, value)| response.header(name, value))
    }
}

impl From<HttpError> for Rejection {
    fn from(error: HttpError) -> Self {
        error.into_response().into()
    }
}

/// A problem document of RFC 9457, `application/problem+json`.
///
/// ```
/// use purview_guest::{IntoResponse, ProblemDetails};
///
/// let problem = ProblemDetails::new(403, "You do not have enough credit")
///     .kind("https://example.com/probs/out-of-credit")
///     .detail("Your balance is 30, and that costs 50.")
///     .with("balance", 30);
/// assert_eq!(problem.into_response().header_value("content-type"), Some("application/problem+json"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ProblemDetails {
    status: u16,
    kind: Option<Text>,
    title: Text,
    detail: Option<Text>,
    instance: Option<Text>,
    more: Vec<(Text, Value)>,
}

/// Members that the RFC defines.
const MEMBERS: [&str; 5] = ["type", "title", "status", "detail", "instance"];

impl ProblemDetails {
    /// A problem with its status and a title that is the same for all of its kind.
    ///
    /// # Panics
    /// If the status is not between 400 and 599.
    pub fn new(status: u16, title: impl Into<Text>) -> Self {
        assert!((400..=599).contains(&status), "a status of an error lies between 400 and 599");
        Self {
            status,
            kind: None,
            title: title.into(),
            detail: None,
            instance: None,
            more: Vec::new(),
        }
    }

    /// The URI of this kind of problem; without one it is `about:blank`.
    #[must_use]
    pub fn kind(mut self, uri: impl Into<Text>) -> Self {
        self.kind = Some(uri.into());
        self
    }

    /// What happened this time.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<Text>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// The URI of what happened this time.
    #[must_use]
    pub fn instance(mut self, uri: impl Into<Text>) -> Self {
        self.instance = Some(uri.into());
        self
    }

    /// A member more; those of the RFC are not overwritten.
    #[must_use]
    pub fn with(mut self, name: impl Into<Text>, value: impl Into<Value>) -> Self {
        let name = name.into();
        if !MEMBERS.contains(&&*name) {
            self.more.push((name, value.into()));
        }
        self
    }
}

impl Serialize for ProblemDetails {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let texts = [("type", &self.kind), ("detail", &self.detail), ("instance", &self.instance)];
        for (name, text) in texts.iter().filter_map(|(name, text)| Some((name, text.as_ref()?))) {
            map.serialize_entry(name, text)?;
        }
        map.serialize_entry("title", &self.title)?;
        map.serialize_entry("status", &self.status)?;
        for (name, value) in &self.more {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl fmt::Display for ProblemDetails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let detail =
            self.detail.as_ref().map_or(Cow::Borrowed(""), |detail| format!(": {detail}").into());
        write!(f, "{} {}{detail}", self.status, self.title)
    }
}

impl std::error::Error for ProblemDetails {}

impl IntoResponse for ProblemDetails {
    fn into_response(self) -> Response {
        Response::json(&self).status(self.status).header("content-type", "application/problem+json")
    }
}

impl From<ProblemDetails> for Rejection {
    fn from(problem: ProblemDetails) -> Self {
        problem.into_response().into()
    }
}
