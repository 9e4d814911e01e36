//! A schema, ready for use. In: its text. Out: verdicts.

use jsonschema::{Draft, PatternOptions, Validator};
use serde_json::Value;

use super::{
    DATA_DEPTH_MAX, Problem, SCHEMA_BYTES_MAX, Verdict, coerce, form,
    graph::{Graph, WORK_MAX},
    stack, violation,
};
use crate::multipart;

/// Most bytes of one compiled pattern.
const PATTERN_BYTES_MAX: usize = 1024 * 1024;
/// Steps of recursion that the stack of a host call has room for.
const STEPS_INLINE_MAX: usize = 256;
/// Work, for each byte of data, up to which violations inside `anyOf` and the like are looked for one by one: each of them keeps
/// a copy of what it is about.
const DETAIL_WORK_MAX: u64 = 16_000_000;
/// The same for verdicts at once: about a millisecond of each.
const AT_ONCE_WORK_MAX: u64 = 400_000;
const AT_ONCE_DETAIL_WORK_MAX: u64 = 1_000_000;
/// Longest data that is read at once.
const AT_ONCE_BYTES_MAX: usize = 64 * 1024;

/// A schema.
#[derive(Debug)]
pub struct Schema {
    pub(super) document: Value,
    validator: Validator,
    graph: Graph,
}

impl Schema {
    /// Reads the text of a schema, of at most [`SCHEMA_BYTES_MAX`].
    pub fn read(text: &[u8]) -> Result<Self, Problem> {
        Self::read_within(text, SCHEMA_BYTES_MAX)
    }

    /// Reads the text of a schema that may have so many bytes.
    pub fn read_within(text: &[u8], most: usize) -> Result<Self, Problem> {
        if text.len() > most {
            return Err(Problem::SchemaBytes { most });
        }
        let document: Value =
            serde_json::from_slice(text).map_err(|error| Problem::SchemaJson(error.to_string()))?;
        stack::with_room(|| Self::new(document)).unwrap_or(Err(Problem::System))
    }

    fn new(document: Value) -> Result<Self, Problem> {
        let graph = Graph::read(&document)?;
        let options = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .offline()
            .should_validate_formats(true)
            .with_format("iso-date", date)
            .with_format("iso-datetime", date_time)
            .with_pattern_options(
                PatternOptions::regex()
                    .size_limit(PATTERN_BYTES_MAX)
                    .dfa_size_limit(PATTERN_BYTES_MAX),
            );
        let validator =
            options.build(&document).map_err(|error| Problem::Schema(cut(error.to_string())))?;
        Ok(Self { document, validator, graph })
    }

    /// Whether JSON text is valid.
    pub fn check(&self, text: &[u8]) -> Verdict {
        self.judge(Asked::Check(text))
    }

    /// The same after texts, numbers and booleans became what the schema wants them to be, where they can.
    pub fn coerce(&self, text: &[u8]) -> Verdict {
        self.judge(Asked::Coerce(text))
    }

    /// The same for `application/x-www-form-urlencoded`.
    pub fn decode_form(&self, text: &[u8]) -> Verdict {
        self.judge(Asked::Form(text))
    }

    /// The same for `multipart/form-data`.
    pub fn decode_multipart(&self, body: &[u8], content_type: &[u8]) -> Verdict {
        self.judge(Asked::Multipart { body, content_type })
    }

    /// The verdict, however long it takes within the bounds.
    pub fn judge(&self, asked: Asked<'_>) -> Verdict {
        self.judge_with(asked, Effort::Whole).unwrap_or(Verdict::Problem(Problem::TooMuch))
    }

    /// The verdict if it takes a moment and no more stack than a host call has; nothing otherwise.
    pub fn judge_at_once(&self, asked: Asked<'_>) -> Option<Verdict> {
        if asked.bytes() > AT_ONCE_BYTES_MAX {
            return None;
        }
        self.judge_with(asked, Effort::AtOnce).ok()
    }

    fn judge_with(&self, asked: Asked<'_>, effort: Effort) -> Result<Verdict, Longer> {
        let (mut data, bytes) = match asked.read(&self.document) {
            Ok(read) => read,
            Err(problem) => return Ok(Verdict::Problem(problem)),
        };
        if let Asked::Check(_) = asked {
            return Ok(self.against(&data, bytes, effort)?.unwrap_or(Verdict::Valid));
        }
        coerce::coerce(&self.document, &mut data);
        Ok(self.against(&data, bytes, effort)?.unwrap_or(Verdict::Value(data)))
    }

    /// What speaks against data that was written in `bytes` bytes.
    fn against(
        &self,
        data: &Value,
        bytes: usize,
        effort: Effort,
    ) -> Result<Option<Verdict>, Longer> {
        let levels = depth(data);
        if levels > DATA_DEPTH_MAX {
            return Ok(Some(Verdict::Problem(Problem::Json)));
        }
        if levels * (self.graph.same_depth + 1) <= STEPS_INLINE_MAX {
            return self.against_here(data, bytes, effort);
        }
        if effort == Effort::AtOnce {
            return Err(Longer);
        }
        let judged = stack::with_room(|| self.against_here(data, bytes, effort));
        judged.unwrap_or(Ok(Some(Verdict::Problem(Problem::System))))
    }

    fn against_here(
        &self,
        data: &Value,
        bytes: usize,
        effort: Effort,
    ) -> Result<Option<Verdict>, Longer> {
        let (most, detail) = match effort {
            Effort::AtOnce => (AT_ONCE_WORK_MAX, AT_ONCE_DETAIL_WORK_MAX),
            Effort::Whole => (WORK_MAX, DETAIL_WORK_MAX),
        };
        if !self.graph.affords(data, bytes, most) {
            return match effort {
                Effort::AtOnce => Err(Longer),
                Effort::Whole => Ok(Some(Verdict::Problem(Problem::TooMuch))),
            };
        }
        if self.validator.is_valid(data) {
            return Ok(None);
        }
        let detail = detail / bytes.max(1) as u64;
        if self.graph.same_depth > 0 && !self.graph.affords(data, bytes, detail) {
            return match effort {
                Effort::AtOnce => Err(Longer),
                Effort::Whole => Ok(Some(Verdict::Refused(vec![violation::whole()]))),
            };
        }
        Ok(Some(Verdict::Refused(violation::collect(&self.validator, data))))
    }
}

/// Data, and what is asked of it.
#[derive(Debug, Clone, Copy)]
pub enum Asked<'a> {
    /// Whether JSON text is valid.
    Check(&'a [u8]),
    /// The same after it became what the schema wants, where it can.
    Coerce(&'a [u8]),
    /// The same for `application/x-www-form-urlencoded`.
    Form(&'a [u8]),
    /// The same for `multipart/form-data`.
    Multipart {
        /// The parts.
        body: &'a [u8],
        /// The media type with the boundary.
        content_type: &'a [u8],
    },
}

/// The same, for somebody who does it later.
#[derive(Debug, Clone)]
pub struct OwnedAsked {
    what: fn(&OwnedAsked) -> Asked<'_>,
    data: Vec<u8>,
    content_type: Vec<u8>,
}

impl OwnedAsked {
    /// As it was.
    pub fn borrow(&self) -> Asked<'_> {
        (self.what)(self)
    }
}

impl Asked<'_> {
    /// A copy.
    pub fn to_owned(self) -> OwnedAsked {
        let (data, content_type): (&[u8], &[u8]) = match self {
            Self::Check(data) | Self::Coerce(data) | Self::Form(data) => (data, &[]),
            Self::Multipart { body, content_type } => (body, content_type),
        };
        let what: fn(&OwnedAsked) -> Asked<'_> = match self {
            Self::Check(_) => |owned| Asked::Check(&owned.data),
            Self::Coerce(_) => |owned| Asked::Coerce(&owned.data),
            Self::Form(_) => |owned| Asked::Form(&owned.data),
            Self::Multipart { .. } => {
                |owned| Asked::Multipart { body: &owned.data, content_type: &owned.content_type }
            }
        };
        OwnedAsked { what, data: data.to_vec(), content_type: content_type.to_vec() }
    }

    fn bytes(self) -> usize {
        match self {
            Self::Check(data) | Self::Coerce(data) | Self::Form(data) => data.len(),
            Self::Multipart { body, .. } => body.len(),
        }
    }

    /// The data, and in how many bytes it was written.
    fn read(self, document: &Value) -> Result<(Value, usize), Problem> {
        match self {
            Self::Check(text) | Self::Coerce(text) => Ok((read(text)?, text.len())),
            Self::Form(text) => {
                let pairs: Vec<_> = form_urlencoded::parse(text)
                    .map(|(name, value)| (name.into_owned(), Value::from(value.into_owned())))
                    .collect();
                Ok((form::gather(document, pairs), text.len()))
            }
            Self::Multipart { body, content_type } => {
                let pairs = multipart::boundary(content_type)
                    .and_then(|boundary| multipart::parts(body, &boundary))
                    .and_then(form::values)
                    .map_err(|error| Problem::Form(error.to_string()))?;
                Ok((form::gather(document, pairs), body.len() * 2))
            }
        }
    }
}

/// How much may be done for a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effort {
    AtOnce,
    Whole,
}

/// It takes more than a moment.
struct Longer;

fn read(text: &[u8]) -> Result<Value, Problem> {
    serde_json::from_slice(text).map_err(|_| Problem::Json)
}

/// How deep values are nested. JSON text was read to a depth of 128 at most.
fn depth(value: &Value) -> usize {
    let inside = match value {
        Value::Array(items) => items.iter().map(depth).max(),
        Value::Object(members) => members.values().map(depth).max(),
        _ => return 0,
    };
    inside.unwrap_or(0) + 1
}

/// The library quotes what it speaks of.
fn cut(mut text: String) -> String {
    const MOST: usize = 300;
    if text.len() > MOST {
        let end = (0..=MOST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(end);
        text.push('…');
    }
    text
}

/// `2026-11-22`.
fn date(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return false;
    }
    let number = |from: usize, to: usize| {
        let digits = text.get(from..to)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u32>().ok())?
    };
    let (Some(year), Some(month), Some(day)) = (number(0, 4), number(5, 7), number(8, 10)) else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// `2026-11-22T01:31:00Z`, with a fraction or none, with an offset or none.
fn date_time(text: &str) -> bool {
    let Some((day, time)) = text.split_once(['T', 't']) else { return false };
    let clock = |text: &str, fields: usize| {
        let mut parts = text.split(':');
        let within = |part: Option<&str>, most: u32| {
            part.is_some_and(|part| {
                part.len() == 2
                    && part.bytes().all(|byte| byte.is_ascii_digit())
                    && part.parse::<u32>().is_ok_and(|number| number <= most)
            })
        };
        within(parts.next(), 23)
            && within(parts.next(), 59)
            && (fields == 2 || within(parts.next(), 59))
            && parts.next().is_none()
    };
    let (time, zone) = match time.find(['Z', 'z', '+', '-']) {
        Some(at) => (&time[..at], &time[at..]),
        None => (time, "Z"),
    };
    let (seconds, fraction) = time.split_once('.').unwrap_or((time, "0"));
    date(day)
        && clock(seconds, 3)
        && (1..=9).contains(&fraction.len())
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
        && (zone.eq_ignore_ascii_case("z") || clock(&zone[1..], 2))
}
