//! What a handler may take. In: a request. Out: the argument, or why the request has none such: an answer of its own, or
//! problems that are listed together with those of all other arguments.

mod auth;
mod body;
mod cookie;
mod json;
mod pairs;
mod reader;
mod rejection;

pub use auth::{Basic, Bearer, KeyPlace, api_key};
pub use body::{Body, BodyText};
pub use cookie::{Cookie, Cookies};
pub use json::Json;
pub use pairs::{Form, Header, Path, Query};
pub use reader::BodyReader;
pub use rejection::{Rejection, Rejections};

use crate::{Request, document::Fragment};

/// A type that a handler may have as an argument.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an argument of a route",
    note = "take `&Request`, or `Json<T>`, `Path<T>`, `Query<T>`, `Form<T>`, `Header<T>` with a `T` that has `#[derive(Deserialize, Schema)]`",
    note = "implement `FromRequest` to take your own type"
)]
pub trait FromRequest<'r>: Sized {
    /// What it says of itself in the API's description.
    #[doc(hidden)]
    const TAKES: Fragment = Fragment::Text("null");

    /// Takes the value from the request.
    fn from_request(request: &'r Request) -> Result<Self, Rejection>;
}

impl<'r> FromRequest<'r> for &'r Request {
    #[inline]
    fn from_request(request: &'r Request) -> Result<Self, Rejection> {
        Ok(request)
    }
}

/// A copy; [`&Request`](Request) costs less.
impl FromRequest<'_> for Request {
    fn from_request(request: &Request) -> Result<Self, Rejection> {
        request.detached().map_err(|error| Rejection::new(400, error.to_string()))
    }
}

/// `None` where the request has no such value.
impl<'r, T: FromRequest<'r>> FromRequest<'r> for Option<T> {
    const TAKES: Fragment =
        Fragment::Join(&[Fragment::Text(r#"{"optional":"#), T::TAKES, Fragment::Text("}")]);

    fn from_request(request: &'r Request) -> Result<Self, Rejection> {
        Ok(T::from_request(request).ok())
    }
}

/// The value, or why there is none, for a handler that answers that itself.
impl<'r, T: FromRequest<'r>> FromRequest<'r> for Result<T, Rejection> {
    const TAKES: Fragment = T::TAKES;

    fn from_request(request: &'r Request) -> Result<Self, Rejection> {
        Ok(T::from_request(request))
    }
}
