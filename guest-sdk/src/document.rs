//! Text that is put together while the crate is compiled: what a module says of itself in the custom section
//! `purview:openapi`. In: constants of the traits and texts of the macros. Out: bytes of a section. None of it is in the
//! memory of an instance, and nothing of it runs.

use std::{borrow::Cow, marker::PhantomData};

use crate::{
    FromRequest, HttpError, Json, LlmStream, MultipartError, Path, ProblemDetails, Schema, Sse,
};

/// A constant text, whole or of parts.
#[derive(Debug, Clone, Copy)]
pub enum Fragment {
    /// As it is.
    Text(&'static str),
    /// A number of three digits.
    Number(u16),
    /// One after the other.
    Join(&'static [Self]),
}

impl Fragment {
    /// Bytes of the whole text.
    pub const fn length(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Number(_) => 3,
            Self::Join(parts) => {
                let (mut index, mut length) = (0, 0);
                while index < parts.len() {
                    length += parts[index].length();
                    index += 1;
                }
                length
            }
        }
    }

    /// The whole text, which has `N` bytes.
    pub const fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.write(&mut bytes, 0);
        bytes
    }

    const fn write(&self, bytes: &mut [u8], mut at: usize) -> usize {
        match self {
            Self::Text(text) => {
                let (_, rest) = bytes.split_at_mut(at);
                let (place, _) = rest.split_at_mut(text.len());
                place.copy_from_slice(text.as_bytes());
                at + text.len()
            }
            Self::Number(number) => {
                let digits = [*number / 100 % 10, *number / 10 % 10, *number % 10];
                let mut index = 0;
                while index < digits.len() {
                    bytes[at + index] = b'0' + digits[index] as u8;
                    index += 1;
                }
                at + digits.len()
            }
            Self::Join(parts) => {
                let mut index = 0;
                while index < parts.len() {
                    at = parts[index].write(bytes, at);
                    index += 1;
                }
                at
            }
        }
    }
}

/// What the type of an answer says of it. `Answer::<T>::GIVES` is that of [`Gives`] where `T` has it, and nothing else: an
/// inherent constant goes before that of a trait.
#[derive(Debug)]
pub struct Answer<T>(PhantomData<T>);

impl<T: Gives> Answer<T> {
    /// The description.
    pub const GIVES: Fragment = <T as Gives>::GIVES;
}

/// What the type of an argument says of it, in the same way; that it is one at all is checked elsewhere.
#[derive(Debug)]
pub struct Argument<T>(PhantomData<T>);

impl<T: Schema> Argument<Path<T>> {
    /// What the pattern must have parameters for.
    pub const REQUIRED: &'static [&'static str] = T::REQUIRED;
}

impl<T: FromRequest<'static>> Argument<T> {
    /// The description.
    pub const TAKES: Fragment = T::TAKES;
}

/// Types of which nothing is known.
pub trait Unknown {
    /// No description.
    const GIVES: Fragment = Fragment::Text("null");
    /// No description.
    const TAKES: Fragment = Fragment::Text("null");
    /// No fields.
    const REQUIRED: &'static [&'static str] = &[];
}

/// The first field that no parameter has the name of, or an empty text. One value that is no struct has no names.
pub const fn unfilled(fields: &[&'static str], params: &[&str]) -> &'static str {
    let mut index = 0;
    while index < fields.len() {
        let mut at = 0;
        while at < params.len() && !is_same(fields[index].as_bytes(), params[at].as_bytes()) {
            at += 1;
        }
        if at == params.len() {
            return fields[index];
        }
        index += 1;
    }
    ""
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    let mut index = 0;
    while index < a.len() && index < b.len() && a[index] == b[index] {
        index += 1;
    }
    index == a.len() && index == b.len()
}

impl<T> Unknown for Answer<T> {}

impl<T> Unknown for Argument<T> {}

/// Types of answers whose content is known.
pub trait Gives {
    /// The description.
    const GIVES: Fragment;
}

macro_rules! gives {
    ($([$($generics:tt)*] $type:ty => $($part:expr),+;)+) => { $(
        impl<$($generics)*> Gives for $type {
            const GIVES: Fragment = Fragment::Join(&[$($part),+]);
        }
    )+ };
}

const TEXT: Fragment =
    Fragment::Text(r#"{"type":"text/plain; charset=utf-8","schema":{"type":"string"}}"#);
const BYTES: Fragment = Fragment::Text(
    r#"{"type":"application/octet-stream","schema":{"type":"string","format":"binary"}}"#,
);

/// How errors say what went wrong.
const DETAIL: Fragment = Fragment::Text(
    r#"{"type":"application/json","schema":{"type":"object","required":["detail"],"properties":{"detail":{"type":"string"}}}}"#,
);
/// RFC 9457 section 3.1; a problem may have more members.
const PROBLEM: &str = concat!(
    r#"{"type":"application/problem+json","schema":{"type":"object","required":["title","status"],"properties":{"#,
    r#""type":{"type":"string","format":"uri-reference"},"title":{"type":"string"},"status":{"type":"integer"},"#,
    r#""detail":{"type":"string"},"instance":{"type":"string","format":"uri-reference"}}}}"#
);
const EVENTS: Fragment = Fragment::Text(r#"{"type":"text/event-stream","schema":{}}"#);

gives! {
    [T: Schema] Json<T> => Fragment::Text(r#"{"type":"application/json","schema":"#), T::NODE, Fragment::Text("}");
    [] String => TEXT;
    [] &'static str => TEXT;
    [] Cow<'static, str> => TEXT;
    [] Vec<u8> => BYTES;
    [] &'static [u8] => BYTES;
    [] () => Fragment::Text(r#"{"status":204}"#);
    [T: Gives] Option<T> => Fragment::Text(r#"{"either":["#), T::GIVES, Fragment::Text(r#",{"status":404}]}"#);
    [T: Gives, E] Result<T, E> => T::GIVES;
    [] HttpError => DETAIL;
    [] MultipartError => DETAIL;
    [] ProblemDetails => Fragment::Text(PROBLEM);
    [] Sse<'_> => EVENTS;
    [] LlmStream<'_> => EVENTS;
}

#[cfg(test)]
mod tests {
    use super::Fragment::{self, Join, Text};

    #[test]
    fn fields_without_a_parameter_are_found() {
        assert_eq!(super::unfilled(&["a", "b"], &["b", "a", "c"]), "");
        assert_eq!(super::unfilled(&["a", "b"], &["a", "bb", ""]), "b");
        assert_eq!(super::unfilled(&[], &["a"]), "");
    }

    #[test]
    fn parts_are_joined_by_the_compiler() {
        const WHOLE: Fragment = Join(&[Text("a"), Join(&[Text(""), Text("bc")]), Text("d")]);
        const BYTES: [u8; WHOLE.length()] = WHOLE.bytes();
        assert_eq!(&BYTES, b"abcd");
    }
}
