//! What a handler may take. In: a request. Out: the argument, or the response that says why the request has none such.

use std::fmt;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{IntoResponse, Request, Response, values};

/// A type that a handler may have as an argument.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an argument of a route",
    note = "take `&Request`, `Json<T>`, `Path<T>` or `Query<T>`, or implement `FromRequest` for your own type"
)]
pub trait FromRequest<'r>: Sized {
    /// The answer to a request that has no such value.
    type Rejection: IntoResponse;

    /// Takes the value from the request.
    fn from_request(request: &'r Request) -> Result<Self, Self::Rejection>;
}

impl<'r> FromRequest<'r> for &'r Request {
    type Rejection = Response;

    #[inline]
    fn from_request(request: &'r Request) -> Result<Self, Response> {
        Ok(request)
    }
}

/// A copy; [`&Request`](Request) costs less.
impl FromRequest<'_> for Request {
    type Rejection = Rejection;

    fn from_request(request: &Request) -> Result<Self, Rejection> {
        request.detached().map_err(|error| Rejection::new(400, error.to_string()))
    }
}

/// `None` where the request has no such value.
impl<'r, T: FromRequest<'r>> FromRequest<'r> for Option<T> {
    type Rejection = Response;

    fn from_request(request: &'r Request) -> Result<Self, Response> {
        Ok(T::from_request(request).ok())
    }
}

/// The answer to a request that lacks what the handler takes: a status and `{"error": …}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    status: u16,
    message: String,
}

impl Rejection {
    /// A rejection with this status and message.
    pub fn new(status: u16, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        #[derive(Serialize)]
        struct Body<'a> {
            error: &'a str,
        }
        Response::json(&Body { error: &self.message }).status(self.status)
    }
}

/// JSON: the request's body as an argument, a JSON response as a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Json<T>(
    /// The value.
    pub T,
);

impl<T: DeserializeOwned> FromRequest<'_> for Json<T> {
    type Rejection = Rejection;

    fn from_request(request: &Request) -> Result<Self, Rejection> {
        request.json().map(Json).map_err(|error| Rejection::new(error.status(), error.to_string()))
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        Response::json(&self.0)
    }
}

/// The path parameters: one value, a tuple in the order of the pattern, or a struct by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Path<T>(
    /// The value.
    pub T,
);

impl<'r, T: Deserialize<'r>> FromRequest<'r> for Path<T> {
    type Rejection = Rejection;

    fn from_request(request: &'r Request) -> Result<Self, Rejection> {
        let pairs = request.params().map(|(name, value)| (name.into(), value));
        values::read(pairs)
            .map(Path)
            .map_err(|error| Rejection::new(400, format!("the path is not understood: {error}")))
    }
}

/// The query as a struct; a name that stands there several times fills a list, or gives its last value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Query<T>(
    /// The value.
    pub T,
);

impl<'r, T: Deserialize<'r>> FromRequest<'r> for Query<T> {
    type Rejection = Rejection;

    fn from_request(request: &'r Request) -> Result<Self, Rejection> {
        values::read(request.query_pairs())
            .map(Query)
            .map_err(|error| Rejection::new(400, format!("the query is not understood: {error}")))
    }
}
