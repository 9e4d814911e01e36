//! Whether a value from outside has the shape that the program's annotation says. In: the value, the shape as the compiler wrote it, the
//! name of the annotated binding. Out: the value, or a fault that names the path of the first part that does not fit.
//!
//! ```text
//!  shape: nodes; the root is at 0; numbers are little-endian, nodes are referred to by their offset in four bytes
//!  ARRAY node │ RECORD node │ OBJECT n (2 B), n × (optional (1 B), node, length (2 B), name) │ UNION n, n × node
//!  TUPLE n, n × node │ TEXT length (2 B), bytes │ EXACT number (8 B) │ ANY NUMBER STRING TRUE FALSE ABSENT OBJECT_LIKE: alone
//! ```

use alloc::vec::Vec;

use crate::{
    fault::{self, Code},
    object::{Class, Object},
    operators::type_of,
    string::Str,
    value::{Kind, Value},
};

/// Kinds of nodes.
pub mod node {
    #![expect(missing_docs, reason = "the drawing above says what they are")]
    pub const ANY: u8 = 0;
    pub const NUMBER: u8 = 1;
    pub const STRING: u8 = 2;
    pub const TRUE: u8 = 3;
    pub const FALSE: u8 = 4;
    pub const ABSENT: u8 = 5;
    pub const OBJECT_LIKE: u8 = 6;
    pub const ARRAY: u8 = 7;
    pub const RECORD: u8 = 8;
    pub const OBJECT: u8 = 9;
    pub const UNION: u8 = 10;
    pub const TUPLE: u8 = 11;
    pub const TEXT: u8 = 12;
    pub const EXACT: u8 = 13;
}

/// Deepest nesting that is looked into: JSON is never deeper.
const DEPTH_MAX: u32 = 600;

/// What is wrong, as text of the language.
type Problem = Vec<u8>;

/// The way to a part of the value.
struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    part: Part<'a>,
    depth: u32,
}

#[derive(Clone, Copy)]
enum Part<'a> {
    Root(&'a Str),
    Name(&'a Str),
    Index(u32),
}

impl<'a> Path<'a> {
    fn to(&'a self, part: Part<'a>) -> Self {
        Path { parent: Some(self), part, depth: self.depth + 1 }
    }

    /// The same place, one step deeper: alternatives nest too.
    fn again(&self) -> Path<'a> {
        Path { parent: self.parent, part: self.part, depth: self.depth + 1 }
    }

    fn push(&self, text: &mut Vec<u8>) {
        if let Some(parent) = self.parent {
            parent.push(text);
        }
        match &self.part {
            Part::Root(name) => text.extend_from_slice(name.bytes()),
            Part::Name(name) => {
                text.push(b'.');
                text.extend_from_slice(name.bytes());
            }
            Part::Index(index) => {
                text.push(b'[');
                crate::number::push_integer(text, u64::from(*index));
                text.push(b']');
            }
        }
    }

    /// What does not fit here.
    fn problem(&self, value: Value, wanted: &str) -> Problem {
        let mut text = Vec::from(*b"`");
        self.push(&mut text);
        let found = if value.as_array().is_some() { "array" } else { type_of(value) };
        for part in ["` is ", found, ", its annotation says ", wanted] {
            text.extend_from_slice(part.as_bytes());
        }
        text
    }
}

/// A shape, read from an offset on.
#[derive(Clone, Copy)]
struct Shape<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Shape<'a> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let taken = self.bytes.get(self.at..).and_then(|rest| rest.first_chunk());
        self.at += N;
        taken.copied().unwrap_or([0; N])
    }

    fn count(&mut self) -> u16 {
        u16::from_le_bytes(self.take())
    }

    fn text(&mut self) -> &'a [u8] {
        let length = usize::from(self.count());
        let text = self.bytes.get(self.at..self.at + length).unwrap_or_default();
        self.at += length;
        text
    }

    fn node(&mut self) -> Self {
        Self { bytes: self.bytes, at: u32::from_le_bytes(self.take()) as usize }
    }

    fn check(mut self, value: Value, path: &Path<'_>) -> Result<(), Problem> {
        if path.depth > DEPTH_MAX {
            return Err(path.problem(value, "something less deep"));
        }
        let [kind] = self.take();
        let (fits, wanted) = match kind {
            node::ANY => (true, ""),
            node::NUMBER => (value.as_number().is_some(), "number"),
            node::STRING => (value.as_string().is_some(), "string"),
            node::TRUE => (value == Value::TRUE, "true"),
            node::FALSE => (value == Value::FALSE, "false"),
            node::ABSENT => (value.is_absent(), "undefined"),
            node::OBJECT_LIKE => {
                (matches!(value.kind(), Kind::Object(_) | Kind::Array(_)), "object")
            }
            node::TEXT => {
                let text = self.text();
                (value.as_string().is_some_and(|value| value.bytes() == text), "another text")
            }
            node::EXACT => {
                (value.as_number() == Some(f64::from_le_bytes(self.take())), "another number")
            }
            _ => return self.check_parts(kind, value, path),
        };
        if fits { Ok(()) } else { Err(path.problem(value, wanted)) }
    }

    fn check_parts(mut self, kind: u8, value: Value, path: &Path<'_>) -> Result<(), Problem> {
        match (kind, value.kind()) {
            (node::UNION, _) => self.check_union(value, path),
            (node::ARRAY, Kind::Array(array)) => {
                let item = self.node();
                (0..array.len()).try_for_each(|index| {
                    item.check(array.get(index), &path.to(Part::Index(index)))
                })
            }
            (node::TUPLE, Kind::Array(array)) => {
                let count = u32::from(self.count());
                if array.len() > count {
                    return Err(path.problem(value, "a shorter tuple"));
                }
                (0..count).try_for_each(|index| {
                    self.node().check(array.get(index), &path.to(Part::Index(index)))
                })
            }
            // Requests, results and the like do not come from outside: the program's types hold for them.
            (node::RECORD | node::OBJECT, Kind::Object(object)) if object.class != Class::Plain => {
                Ok(())
            }
            (node::RECORD, Kind::Object(object)) => {
                let item = self.node();
                object
                    .entries()
                    .into_iter()
                    .try_for_each(|(name, value)| item.check(value, &path.to(Part::Name(name))))
            }
            (node::OBJECT, Kind::Object(object)) => self.check_object(object, path),
            (node::ARRAY | node::TUPLE, _) => Err(path.problem(value, "array")),
            _ => Err(path.problem(value, "object")),
        }
    }

    fn check_object(mut self, object: &Object, path: &Path<'_>) -> Result<(), Problem> {
        for _ in 0..self.count() {
            let [optional] = self.take();
            let item = self.node();
            let text = self.text();
            let name = Str::new(text);
            let value = object.get(name).unwrap_or(Value::UNDEFINED);
            if optional == 0 || value.is_present() {
                item.check(value, &path.to(Part::Name(name)))?;
            }
        }
        Ok(())
    }

    /// Of the alternatives that look into the value, the last one's problem says most.
    fn check_union(mut self, value: Value, path: &Path<'_>) -> Result<(), Problem> {
        let mut problem = path.problem(value, "something else");
        for _ in 0..self.count() {
            let alternative = self.node();
            let kind = alternative.bytes.get(alternative.at).copied().unwrap_or_default();
            let looks_inside = match value.kind() {
                Kind::Array(_) => matches!(kind, node::ARRAY | node::TUPLE),
                Kind::Object(_) => matches!(kind, node::OBJECT | node::RECORD),
                _ => false,
            };
            match alternative.check(value, &path.again()) {
                Ok(()) => return Ok(()),
                Err(other) if looks_inside => problem = other,
                Err(_) => {}
            }
        }
        Err(problem)
    }
}

/// Whether `value` has the shape, or the problem.
fn problem_of(value: Value, shape: &[u8], name: &Str) -> Option<Problem> {
    let root = Path { parent: None, part: Part::Root(name), depth: 0 };
    Shape { bytes: shape, at: 0 }.check(value, &root).err()
}

direct! {
    "rt.shaped" shaped(value: Value, shape: Value, name: Value) -> Value {
        let (Some(shape), Some(name)) = (shape.as_string(), name.as_string()) else { return value };
        match problem_of(value, shape.bytes(), name) {
            None => value,
            Some(problem) => fault::raise(Code::Type, &crate::string_methods::well_formed(&problem)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;

    fn problem(shape: &[u8], json: &'static str) -> Option<String> {
        let value = crate::json::parse(json.as_bytes()).unwrap();
        let problem = problem_of(value, shape, Str::of(b"body"))?;
        Some(String::from_utf8(problem).unwrap())
    }

    /// `{ id: number, tags?: string[], at: [number, "x"] | undefined }`
    fn shape() -> Vec<u8> {
        let mut bytes = alloc::vec![node::OBJECT, 3, 0];
        let mut member = |optional: u8, node: u32, name: &[u8]| {
            bytes.push(optional);
            bytes.extend_from_slice(&node.to_le_bytes());
            bytes.extend_from_slice(&(name.len() as u16).to_le_bytes());
            bytes.extend_from_slice(name);
        };
        member(0, 32, b"id");
        member(1, 33, b"tags");
        member(0, 39, b"at");
        assert_eq!(bytes.len(), 32);
        bytes.push(node::NUMBER);
        bytes.extend_from_slice(&[node::ARRAY, 38, 0, 0, 0, node::STRING]);
        bytes.extend_from_slice(&[node::UNION, 2, 0, 50, 0, 0, 0, 61, 0, 0, 0]);
        bytes.extend_from_slice(&[node::TUPLE, 2, 0, 32, 0, 0, 0, 62, 0, 0, 0]);
        bytes.push(node::ABSENT);
        bytes.extend_from_slice(&[node::TEXT, 1, 0, b'x']);
        bytes
    }

    #[test]
    fn what_fits_and_what_does_not() {
        for fitting in [
            r#"{"id":1}"#,
            r#"{"id":1,"tags":["a"],"more":[]}"#,
            r#"{"id":1,"tags":null,"at":[2,"x"]}"#,
        ] {
            assert_eq!(problem(&shape(), fitting), None, "{fitting}");
        }
        for (json, expected) in [
            (r#"{}"#, "`body.id` is undefined, its annotation says number"),
            (r#"{"id":"1"}"#, "`body.id` is string, its annotation says number"),
            (r#"{"id":1,"tags":["a",2]}"#, "`body.tags[1]` is number, its annotation says string"),
            (r#"{"id":1,"tags":{}}"#, "`body.tags` is object, its annotation says array"),
            (
                r#"{"id":1,"at":[1,"y"]}"#,
                "`body.at[1]` is string, its annotation says another text",
            ),
            (r#"{"id":1,"at":7}"#, "`body.at` is number, its annotation says something else"),
            (r#"[1]"#, "`body` is array, its annotation says object"),
        ] {
            assert_eq!(problem(&shape(), json).as_deref(), Some(expected), "{json}");
        }
    }

    #[test]
    fn a_broken_shape_is_no_trouble() {
        for length in 0..shape().len() {
            let _ = problem(&shape()[..length], r#"{"id":1,"tags":["a",2],"at":[1,"x"]}"#);
        }
        // A union of itself ends.
        let mut own = alloc::vec![node::UNION, 1, 0];
        own.extend_from_slice(&[0, 0, 0, 0]);
        assert!(problem(&own, "1").is_some());
    }
}
