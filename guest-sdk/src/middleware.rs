//! Functions around handlers. In: a request and what comes next. Out: the response, from there or from the function itself.
//! The order is that of the attributes: routers from the outside in, then the route, each from left to right.
//!
//! ```
//! use purview_guest::{HttpError, Next, Request, Response, router};
//!
//! fn only_from_here(request: &Request, next: Next<'_>) -> Result<Response, HttpError> {
//!     if request.peer() != "127.0.0.1" {
//!         return Err(HttpError::forbidden("not from there"));
//!     }
//!     Ok(next.run(request).header("x-checked", "yes"))
//! }
//!
//! #[router(prefix = "/admin", middleware(only_from_here))]
//! mod admin {
//!     use purview_guest::get;
//!
//!     #[get("/status")]
//!     pub fn status() -> &'static str {
//!         "fine"
//!     }
//! }
//! # fn main() {}
//! ```

use std::fmt;

use crate::{Request, Response};

type Layer = fn(&Request, Next<'_>) -> Response;
type Handler = fn(&Request) -> Response;

/// What comes after a middleware: the next one, or the handler. It can be run once, or not at all.
pub struct Next<'n> {
    layers: &'n [Layer],
    handler: Handler,
}

impl<'n> Next<'n> {
    /// The layers around a handler.
    #[doc(hidden)]
    pub fn new(layers: &'n [Layer], handler: Handler) -> Self {
        Self { layers, handler }
    }

    /// Goes on and gives the response, which may be changed.
    pub fn run(self, request: &Request) -> Response {
        match self.layers {
            [] => (self.handler)(request),
            [first, layers @ ..] => first(request, Next { layers, handler: self.handler }),
        }
    }
}

impl fmt::Debug for Next<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Next").field("layers", &self.layers.len()).finish_non_exhaustive()
    }
}
