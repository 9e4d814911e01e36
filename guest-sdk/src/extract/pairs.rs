//! Arguments that come as names and texts: path, query, header fields, urlencoded forms. In: decoded pairs. Out: a value of
//! the handler's type, numbers and booleans read strictly from their text, constraints checked.

use std::borrow::Cow;

use serde::Deserialize;

use super::{FromRequest, Rejection};
use crate::{
    Request, decode,
    document::Fragment,
    problem::Place,
    read::{self, Input, Names},
    schema::Schema,
};

/// Declares an extractor that holds one value, and what the API's description says of it.
macro_rules! holder {
    ($($(#[doc = $doc:literal])+ $name:ident $place:literal;)+) => { $(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub struct $name<T>(
            /// The value.
            pub T,
        );

        impl<'r, T: Deserialize<'r> + Schema> FromRequest<'r> for $name<T> {
            const TAKES: Fragment = Fragment::Join(&[
                Fragment::Text(concat!(r#"{"in":""#, $place, r#"","schema":"#)),
                T::NODE,
                Fragment::Text("}"),
            ]);

            fn from_request(request: &'r Request) -> Result<Self, Rejection> {
                Self::read(request).map(Self)
            }
        }
    )+ };
}

holder! {
    /// The path parameters, percent-decoded: one value, a tuple in the order of the pattern, or a struct by name.
    Path "path";
    /// The query as a struct; a name that stands there several times fills a list, or gives its last value.
    Query "query";
    /// Header fields as a struct: `user_agent` is `User-Agent`; lines of one name fill a list.
    Header "header";
    /// The body of an HTML form that has no files (`application/x-www-form-urlencoded`), as a struct.
    Form "form";
}

fn read<'r, T: Deserialize<'r> + Schema>(
    part: &'static str,
    names: Names,
    pairs: impl Iterator<Item = (Cow<'r, str>, Cow<'r, str>)>,
) -> Result<T, Rejection> {
    let input = Input::pairs(pairs, names);
    read::value(&input, Place::root(part), names).map_err(Rejection::from)
}

impl<'r, T: Deserialize<'r> + Schema> Path<T> {
    fn read(request: &'r Request) -> Result<T, Rejection> {
        let pairs = request.params().map(|(name, value)| (name.into(), value));
        read("path", Names::Exact, pairs)
    }
}

impl<'r, T: Deserialize<'r> + Schema> Query<T> {
    fn read(request: &'r Request) -> Result<T, Rejection> {
        read("query", Names::Exact, request.query_pairs())
    }
}

impl<'r, T: Deserialize<'r> + Schema> Header<T> {
    fn read(request: &'r Request) -> Result<T, Rejection> {
        let fields = request.headers().filter_map(|(name, value)| {
            Some((Cow::Borrowed(name), Cow::Borrowed(std::str::from_utf8(value).ok()?)))
        });
        read("header", Names::Header, fields)
    }
}

impl<'r, T: Deserialize<'r> + Schema> Form<T> {
    fn read(request: &'r Request) -> Result<T, Rejection> {
        let kind = request.content_type().unwrap_or(FORM);
        if !kind.eq_ignore_ascii_case(FORM) {
            return Err(Rejection::new(415, format!("the body must be `{FORM}`")));
        }
        read("body", Names::Exact, decode::pairs(request.body()))
    }
}

const FORM: &str = "application/x-www-form-urlencoded";
