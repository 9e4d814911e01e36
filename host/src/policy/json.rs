//! JSON with its places. In: the text of a policy. Out: values that know where they stand, keys in order and repeated keys
//! kept. `serde_json` does the reading, so the grammar is RFC 8259 and nothing more. Never here: recursion; each level is
//! read when it is asked for.

use std::{fmt, ops::Range};

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// A value and its place in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node<'t> {
    text: &'t str,
    raw: &'t str,
}

/// One member of an object.
pub(super) struct Member<'t> {
    pub(super) key: String,
    pub(super) key_at: Range<usize>,
    pub(super) value: Node<'t>,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    Array,
    String,
    Number,
    Other,
}

/// Text that is not JSON, or a string that is not text.
#[derive(Debug)]
pub(super) struct SyntaxError {
    pub(super) at: usize,
    pub(super) message: String,
}

impl<'t> Node<'t> {
    /// The whole text, from `start` on, as one value.
    pub(super) fn root(text: &'t str, start: usize) -> Result<Self, SyntaxError> {
        let rest = &text[start..];
        match serde_json::from_str::<&RawValue>(rest) {
            Ok(raw) => Ok(Self { text, raw: raw.get() }),
            Err(error) => Err(SyntaxError::new(&error, rest, start)),
        }
    }

    /// Where the value stands.
    pub(super) fn range(&self) -> Range<usize> {
        let start = self.raw.as_ptr().addr() - self.text.as_ptr().addr();
        start..start + self.raw.len()
    }

    /// Where the value begins: its first line only, for marks.
    pub(super) fn mark(&self) -> Range<usize> {
        let range = self.range();
        let length = self.raw.find('\n').unwrap_or(self.raw.len());
        range.start..range.start + length
    }

    pub(super) fn kind(&self) -> Kind {
        match self.raw.as_bytes().first() {
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::Array,
            Some(b'"') => Kind::String,
            Some(b'-' | b'0'..=b'9') => Kind::Number,
            _ => Kind::Other,
        }
    }

    /// The members of an object in order, repeated keys and all.
    pub(super) fn members(&self) -> Result<Vec<Member<'t>>, SyntaxError> {
        let members: Members<'t> = self.parse()?;
        // In valid JSON the key stands after the bracket or comma that follows the previous value.
        let mut after = self.range().start;
        Ok(members
            .0
            .into_iter()
            .map(|(key, value)| {
                let value = Self { text: self.text, raw: value.get() };
                let between = &self.text[after..value.range().start];
                let start = after + between.find('"').unwrap_or(0);
                let end = after + between.rfind('"').map_or(0, |at| at + 1);
                after = value.range().end;
                Member { key, key_at: start..end.max(start), value }
            })
            .collect())
    }

    /// The items of an array in order.
    pub(super) fn items(&self) -> Result<Vec<Self>, SyntaxError> {
        let items: Items<'t> = self.parse()?;
        Ok(items.0.into_iter().map(|raw| Self { text: self.text, raw: raw.get() }).collect())
    }

    /// The text of a string.
    pub(super) fn string(&self) -> Result<String, SyntaxError> {
        self.parse()
    }

    /// A whole number without sign, fraction or exponent.
    pub(super) fn number(&self) -> Option<u64> {
        self.raw.parse().ok()
    }

    fn parse<T: Deserialize<'t>>(&self) -> Result<T, SyntaxError> {
        serde_json::from_str(self.raw)
            .map_err(|error| SyntaxError::new(&error, self.raw, self.range().start))
    }
}

/// The place of the first bracket that opens a level beyond `depth_max`, in text that may not be JSON at all.
pub(super) fn too_deep(text: &str, depth_max: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'[' | b'{' => {
                depth += 1;
                if depth > depth_max {
                    return Some(at);
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

impl SyntaxError {
    /// `serde_json` counts lines from one and columns in bytes; its text ends with that place, which we say ourselves.
    fn new(error: &serde_json::Error, text: &str, start: usize) -> Self {
        let before: usize =
            text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let mut at = (before + error.column().saturating_sub(1)).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        Self { at: start + at, message }
    }
}

struct Members<'t>(Vec<(String, &'t RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

struct Items<'t>(Vec<&'t RawValue>);

impl<'de> Deserialize<'de> for Items<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Items<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Items(items))
            }
        }

        deserializer.deserialize_seq(InOrder)
    }
}
