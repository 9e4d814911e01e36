//! Cookies that a client sends. In: all `Cookie` lines of a request. Out: names and values as they were sent, quotes
//! dropped (RFC 6265 section 5.4 sends back what was set). Never here: attributes; clients do not send them.

use std::borrow::Cow;

use serde::Deserialize;

use super::{FromRequest, Rejection};
use crate::{
    Request,
    document::Fragment,
    problem::Place,
    read::{self, Input, Names},
    schema::Schema,
};

/// The cookies of a request, to be looked up by name; [`Cookie`] takes them as a struct.
#[derive(Debug, Clone, Copy)]
pub struct Cookies<'r>(&'r Request);

impl<'r> Cookies<'r> {
    /// The value of the first cookie of this name.
    pub fn get(&self, name: &str) -> Option<&'r str> {
        self.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// All names and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&'r str, &'r str)> + use<'r> {
        all(self.0)
    }
}

impl<'r> FromRequest<'r> for Cookies<'r> {
    fn from_request(request: &'r Request) -> Result<Self, Rejection> {
        Ok(Self(request))
    }
}

/// The cookies of a request as a struct.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cookie<T>(
    /// The value.
    pub T,
);

impl<'r, T: Deserialize<'r> + Schema> FromRequest<'r> for Cookie<T> {
    const TAKES: Fragment = Fragment::Join(&[
        Fragment::Text(r#"{"in":"cookie","schema":"#),
        T::NODE,
        Fragment::Text("}"),
    ]);

    fn from_request(request: &'r Request) -> Result<Self, Rejection> {
        let pairs = all(request).map(|(name, value)| (Cow::Borrowed(name), Cow::Borrowed(value)));
        let input = Input::pairs(pairs, Names::Exact);
        Ok(Self(read::value(&input, Place::root("cookie"), Names::Exact)?))
    }
}

/// Names and values of all `Cookie` lines.
pub(super) fn all(request: &Request) -> impl Iterator<Item = (&str, &str)> {
    let pairs = request.header_all("cookie").flat_map(|line| line.split(';'));
    pairs.filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        let (name, value) = (name.trim(), value.trim());
        let bare = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
        (!name.is_empty()).then_some((name, bare.unwrap_or(value)))
    })
}
