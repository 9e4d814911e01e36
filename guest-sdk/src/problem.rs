//! What is wrong with a request, all of it. In: findings of the extractors and of the constraints, each with the place it is
//! about. Out: the 422 that FastAPI's clients know: `{"detail":[{"loc":["query","limit"],"msg":…,"type":…}]}`. Never here:
//! the value that was sent; it may be a password.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use crate::Response;

/// Most problems that one response lists.
const PROBLEMS_MAX: usize = 100;

/// One thing that is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Where: `query`, `path`, `header`, `cookie` or `body`, then names and positions.
    pub loc: Vec<Step>,
    /// What, for people.
    pub msg: Cow<'static, str>,
    /// What, for programs.
    #[serde(rename = "type")]
    pub kind: &'static str,
}

/// A step of the way to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A part of the request, or a field.
    Name(Cow<'static, str>),
    /// A position in a list, from zero.
    Index(usize),
}

impl From<&'static str> for Step {
    fn from(name: &'static str) -> Self {
        Self::Name(Cow::Borrowed(name))
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Name(name) => serializer.serialize_str(name),
            Self::Index(index) => serializer.serialize_u64(*index as u64),
        }
    }
}

/// Where a value stands, as a chain from the innermost step outwards.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    outer: Option<&'a Self>,
    step: PlaceStep<'a>,
}

#[derive(Debug, Clone, Copy)]
enum PlaceStep<'a> {
    Name(&'static str),
    Key(&'a str),
    Index(usize),
}

impl<'a> Place<'a> {
    /// A part of the request: `query`, `path`, `header`, `cookie` or `body`.
    pub const fn root(part: &'static str) -> Self {
        Self { outer: None, step: PlaceStep::Name(part) }
    }

    /// A field of what stands here.
    pub const fn field(&'a self, name: &'static str) -> Self {
        Self { outer: Some(self), step: PlaceStep::Name(name) }
    }

    /// The value under a key of what stands here.
    pub const fn key(&'a self, key: &'a str) -> Self {
        Self { outer: Some(self), step: PlaceStep::Key(key) }
    }

    /// An element of what stands here.
    pub const fn index(&'a self, index: usize) -> Self {
        Self { outer: Some(self), step: PlaceStep::Index(index) }
    }

    fn steps(&self) -> Vec<Step> {
        let mut steps = self.outer.map_or_else(Vec::new, Self::steps);
        steps.push(match self.step {
            PlaceStep::Name(name) => Step::Name(Cow::Borrowed(name)),
            PlaceStep::Key(key) => Step::Name(Cow::Owned(key.to_owned())),
            PlaceStep::Index(index) => Step::Index(index),
        });
        steps
    }
}

/// Problems of one request, in the order in which they were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Adds what is wrong with the value at a place.
    pub fn add(
        &mut self,
        place: &Place<'_>,
        kind: &'static str,
        msg: impl Into<Cow<'static, str>>,
    ) {
        self.push(Problem { loc: place.steps(), msg: msg.into(), kind });
    }

    /// Adds a problem, unless there are too many or one of this place, or of what it is part of, is known.
    pub fn push(&mut self, problem: Problem) {
        let known = |known: &Problem| problem.loc.starts_with(&known.loc);
        if self.0.len() < PROBLEMS_MAX && !self.0.iter().any(known) {
            self.0.push(problem);
        }
    }

    /// Adds those of another part.
    pub(crate) fn append(&mut self, other: Self) {
        other.0.into_iter().for_each(|problem| self.push(problem));
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them.
    pub fn list(&self) -> &[Problem] {
        &self.0
    }

    /// The answer that lists them.
    pub(crate) fn response(&self) -> Response {
        #[derive(Serialize)]
        struct Body<'a> {
            detail: &'a [Problem],
        }
        Response::json(&Body { detail: &self.0 }).status(422)
    }
}

/// Something is missing.
pub(crate) const MISSING: (&str, &str) = ("missing", "Field required");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_have_the_form_of_fastapi() {
        let mut problems = Problems::default();
        let body = Place::root("body");
        let items = body.field("items");
        problems.add(&items.index(3).key("größe"), "int_type", "Input should be a valid integer");
        assert_eq!(
            String::from_utf8_lossy(problems.response().body_bytes()),
            r#"{"detail":[{"loc":["body","items",3,"größe"],"msg":"Input should be a valid integer","type":"int_type"}]}"#
        );
        assert_eq!(problems.response().status_code(), 422);
    }

    #[test]
    fn each_place_is_named_once_and_their_number_has_a_bound() {
        let mut problems = Problems::default();
        let query = Place::root("query");
        problems.add(&query.field("a"), "missing", "1");
        problems.add(&query.field("a"), "missing", "2");
        problems.add(&query.field("a").index(1), "missing", "3");
        problems.add(&query.field("ab"), "missing", "4");
        assert_eq!(problems.list().len(), 2);
        (0..1000).for_each(|index| problems.add(&query.index(index), "missing", "5"));
        assert_eq!(problems.list().len(), PROBLEMS_MAX);
    }
}
