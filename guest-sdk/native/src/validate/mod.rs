//! Data held against JSON Schema, draft 2020-12. In: the text of a schema, and data: JSON text, a form, a multipart body. Out:
//! whether it is valid, the data as the schema wants it, the violations, or why nothing can be said. A schema refers to itself
//! only: nothing is fetched or read. What a schema could make of time, stack and memory is bounded before it is used:
//! [`graph`] counts what a check would cost.

mod stack;
mod graph;
mod schema;
mod problem;
mod violation;
mod coerce;
mod form;

use std::{num::NonZeroUsize, sync::Arc};

use lru::LruCache;
use serde_json::Value;

pub use problem::Problem;
pub use schema::{Asked, OwnedAsked, Schema};
pub use stack::{STACK_BYTES, roomy, with_room};
pub use violation::Violation;

/// Longest text of a schema, unless an operator says otherwise.
pub const SCHEMA_BYTES_MAX: usize = 64 * 1024;
/// Deepest nesting of data.
pub const DATA_DEPTH_MAX: usize = 64;

/// What is said about data.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It is valid as it is.
    Valid,
    /// It is valid, and this is what it came to be.
    Value(Value),
    /// It is not.
    Refused(Vec<Violation>),
    /// It cannot be judged.
    Problem(Problem),
}

impl Verdict {
    /// The verdict in the form that guests read, see [`purview_abi::call::outcome`].
    pub fn write(&self) -> Vec<u8> {
        use purview_abi::call::outcome;
        let mut bytes = Vec::with_capacity(64);
        match self {
            Self::Valid => bytes.push(outcome::VALUE),
            Self::Value(value) => {
                bytes.push(outcome::VALUE);
                serde_json::to_writer(&mut bytes, value).expect("a value becomes text");
            }
            Self::Refused(violations) => {
                bytes.push(outcome::REFUSED);
                serde_json::to_writer(&mut bytes, violations).expect("texts become text");
            }
            Self::Problem(problem) => {
                bytes.push(outcome::PROBLEM);
                bytes.extend_from_slice(problem.to_string().as_bytes());
            }
        }
        bytes
    }
}

/// The schemas that were used last, by their text.
#[derive(Debug)]
pub struct Schemas {
    kept: LruCache<Box<[u8]>, Arc<Schema>>,
}

impl Schemas {
    /// Keeps at most `most`.
    pub fn new(most: NonZeroUsize) -> Self {
        Self { kept: LruCache::new(most) }
    }

    /// The schema of this text, if it is kept.
    pub fn known(&mut self, text: &[u8]) -> Option<Arc<Schema>> {
        self.kept.get(text).map(Arc::clone)
    }

    /// Keeps a schema; whether another one had to make room for it.
    pub fn keep(&mut self, text: &[u8], schema: &Arc<Schema>) -> bool {
        let pushed_out = self.kept.push(text.into(), Arc::clone(schema));
        pushed_out.is_some_and(|(other, _)| *other != *text)
    }
}

#[cfg(test)]
mod tests;
