//! A route as a type. The attribute macros make one for each handler; the host calls it through an export, tests call it
//! through [`crate::testing`].

use crate::{Request, Response, document::Fragment};

/// A handler with the method and the path that it answers.
pub trait Route {
    /// The method, or `*`.
    const METHOD: &'static str;
    /// The path pattern, or `*`.
    const PATTERN: &'static str;
    /// The names of the path parameters, in order.
    const PARAMS: &'static [&'static str];
    /// Whether the handler takes anything from the request.
    const TAKES_ARGUMENTS: bool;
    /// What the module's description says of it: a line of JSON.
    #[doc(hidden)]
    const DOCUMENT: Fragment;
    /// Where it stands in the source.
    #[doc(hidden)]
    const PLACE: &'static str;

    /// Takes the handler's arguments from the request and calls it.
    fn answer(request: &Request) -> Response;
}
