//! JSON bodies. In: the body. Out: a value of the handler's type that satisfies its constraints, or everything that is
//! wrong with it. A body that is right is read once, straight into its type; only one that is not is read into a tree,
//! so that all of its mistakes are found.

use serde::{Deserialize, Serialize};

use super::{FromRequest, Rejection};
use crate::{
    IntoResponse, Request, Response,
    document::Fragment,
    problem::{self, Place, Problem, Problems, Step},
    read::{self, Input, Names},
    schema::Schema,
};

/// JSON: the request's body as an argument, a JSON response as a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Json<T>(
    /// The value.
    pub T,
);

impl<'r, T: Deserialize<'r> + Schema> FromRequest<'r> for Json<T> {
    const TAKES: Fragment = Fragment::Join(&[
        Fragment::Text(r#"{"in":"body","type":"application/json","schema":"#),
        T::NODE,
        Fragment::Text("}"),
    ]);

    fn from_request(request: &'r Request) -> Result<Self, Rejection> {
        let body = body(request)?;
        let root = Place::root("body");
        let value = match serde_json::from_slice::<T>(body) {
            Ok(value) => value,
            Err(error) => return collected(body, &error).map(Self),
        };
        let mut problems = Problems::default();
        value.check(&root, &mut problems);
        if problems.is_empty() { Ok(Self(value)) } else { Err(problems.into()) }
    }
}

/// The body, if it may be JSON at all.
fn body(request: &Request) -> Result<&[u8], Rejection> {
    if !request.content_type().is_none_or(is_json) {
        return Err(Rejection::new(415, "the body must be `application/json`"));
    }
    let body = request.body();
    if body.is_empty() {
        let (kind, msg) = problem::MISSING;
        return Err(Rejection::problem(["body"], kind, msg));
    }
    Ok(body)
}

/// `application/json`, or a type that is written as JSON (RFC 6839 section 3.1).
fn is_json(kind: &str) -> bool {
    let Some((_, subtype)) = kind.split_once('/') else { return false };
    let suffix = subtype.rsplit_once('+').map_or(subtype, |(_, suffix)| suffix);
    suffix.eq_ignore_ascii_case("json")
}

/// Everything that is wrong with a body that is not of this type.
#[cold]
fn collected<'r, T: Deserialize<'r> + Schema>(
    body: &'r [u8],
    error: &serde_json::Error,
) -> Result<T, Rejection> {
    if !error.is_data() {
        return Err(malformed(body, error));
    }
    let input: Input<'r> = serde_json::from_slice(body).map_err(|error| malformed(body, &error))?;
    read::value::<T>(&input, Place::root("body"), Names::Exact)?;
    // Every value by itself is right, so it is about the text: a field that stands there twice.
    Err(Rejection::problem(["body"], "value_error", format!("Value error, {error}")))
}

/// The body is not JSON; the position is in bytes.
#[cold]
fn malformed(body: &[u8], error: &serde_json::Error) -> Rejection {
    let lines = body.split_inclusive(|byte| *byte == b'\n');
    let before: usize = lines.take(error.line().saturating_sub(1)).map(<[u8]>::len).sum();
    let text = error.to_string();
    let reason = text.split(" at line ").next().unwrap_or_default();
    let mut problems = Problems::default();
    problems.push(Problem {
        loc: vec![Step::from("body"), Step::from(before + error.column().saturating_sub(1))],
        msg: format!("JSON decode error: {reason}").into(),
        kind: "json_invalid",
    });
    problems.into()
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        Response::json(&self.0)
    }
}
