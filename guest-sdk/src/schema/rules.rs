//! The constraints that `#[derive(Schema)]` enforces, each with the kind and the message that FastAPI has for it. In: a
//! value and its place. Out: at most one problem.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{email, url};
use crate::problem::{Place, Problems};

/// What has a length: characters of a text, elements of a list.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no length to constrain",
    note = "`min_length` and its like are for texts, lists, sets and maps"
)]
pub trait Measured {
    /// How the length is called in JSON Schema.
    #[doc(hidden)]
    const NAMES: (&'static str, &'static str);

    /// The length.
    fn measure(&self) -> usize;
}

const TEXT: (&str, &str) = ("\"minLength\":", "\"maxLength\":");
const LIST: (&str, &str) = ("\"minItems\":", "\"maxItems\":");
const MAP: (&str, &str) = ("\"minProperties\":", "\"maxProperties\":");

/// Declares what is measured how.
macro_rules! measured {
    ($([$($generics:tt)*] $type:ty => $names:ident |$self:ident| $length:expr;)+) => { $(
        impl<$($generics)*> Measured for $type {
            const NAMES: (&'static str, &'static str) = $names;

            fn measure(&self) -> usize {
                let $self = self;
                $length
            }
        }
    )+ };
}

measured! {
    [] str => TEXT |text| text.chars().count();
    [] String => TEXT |text| text.chars().count();
    [] &str => TEXT |text| text.chars().count();
    [] std::borrow::Cow<'_, str> => TEXT |text| text.chars().count();
    [T] [T] => LIST |list| list.len();
    [T] Vec<T> => LIST |list| list.len();
    [T] BTreeSet<T> => LIST |list| list.len();
    [T, S] HashSet<T, S> => LIST |list| list.len();
    [K, V] BTreeMap<K, V> => MAP |map| map.len();
    [K, V, S] HashMap<K, V, S> => MAP |map| map.len();
}

/// A length is at least this.
pub fn min_length<T: Measured>(
    value: &T,
    least: usize,
    place: &Place<'_>,
    problems: &mut Problems,
) {
    let length = value.measure();
    if length >= least {
        return;
    }
    if T::NAMES == TEXT {
        let characters = if least == 1 { "character" } else { "characters" };
        let msg = format!("String should have at least {least} {characters}");
        problems.add(place, "string_too_short", msg);
    } else {
        let what = if T::NAMES == LIST { "List" } else { "Dictionary" };
        let items = if least == 1 { "item" } else { "items" };
        let msg =
            format!("{what} should have at least {least} {items} after validation, not {length}");
        problems.add(place, "too_short", msg);
    }
}

/// A length is at most this.
pub fn max_length<T: Measured>(value: &T, most: usize, place: &Place<'_>, problems: &mut Problems) {
    let length = value.measure();
    if length <= most {
        return;
    }
    if T::NAMES == TEXT {
        let characters = if most == 1 { "character" } else { "characters" };
        let msg = format!("String should have at most {most} {characters}");
        problems.add(place, "string_too_long", msg);
    } else {
        let what = if T::NAMES == LIST { "List" } else { "Dictionary" };
        let items = if most == 1 { "item" } else { "items" };
        let msg =
            format!("{what} should have at most {most} {items} after validation, not {length}");
        problems.add(place, "too_long", msg);
    }
}

/// Notes a broken bound; the comparison stands in the derived code, where the types are known.
#[cold]
pub fn bound(kind: &'static str, msg: &'static str, place: &Place<'_>, problems: &mut Problems) {
    problems.add(place, kind, msg);
}

/// A text matches a regular expression.
pub fn pattern(value: &str, pattern: &'static str, place: &Place<'_>, problems: &mut Problems) {
    // The macro has compiled the same expression: it does not fail here.
    let matches = regex_lite::Regex::new(pattern).is_ok_and(|regex| regex.is_match(value));
    if !matches {
        let msg = format!("String should match pattern '{pattern}'");
        problems.add(place, "string_pattern_mismatch", msg);
    }
}

/// A text is an e-mail address, as browsers see it.
pub fn email(value: &str, place: &Place<'_>, problems: &mut Problems) {
    if let Err(why) = email::check(value) {
        problems.add(place, "value_error", format!("value is not a valid email address: {why}"));
    }
}

/// A text is an absolute `http` or `https` URL.
pub fn url(value: &str, place: &Place<'_>, problems: &mut Problems) {
    if let Err(why) = url::check(value) {
        problems.add(place, "url_parsing", format!("Input should be a valid URL, {why}"));
    }
}
