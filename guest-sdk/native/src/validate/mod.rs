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
pub use schema::Schema;
pub use stack::take_spent;
pub use violation::Violation;

/// Longest text of a schema.
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
    pushed_out: u64,
}

impl Schemas {
    /// Keeps at most `most`.
    pub fn new(most: NonZeroUsize) -> Self {
        Self { kept: LruCache::new(most), pushed_out: 0 }
    }

    /// How many had to make room for others.
    pub fn pushed_out(&self) -> u64 {
        self.pushed_out
    }

    /// The schema of this text, which is read if it is not kept.
    pub fn get(&mut self, text: &[u8]) -> Result<Arc<Schema>, Problem> {
        if let Some(known) = self.kept.get(text) {
            return Ok(Arc::clone(known));
        }
        let schema = Arc::new(Schema::read(text)?);
        if self.kept.push(text.into(), Arc::clone(&schema)).is_some() {
            self.pushed_out += 1;
        }
        Ok(schema)
    }
}

#[cfg(test)]
mod tests;
