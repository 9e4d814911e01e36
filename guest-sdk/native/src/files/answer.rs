//! What of a file answers a request. In: what is known of the file, and the request's conditions and range. Out: a status and the
//! bytes to send (RFC 9110 sections 13 and 14). A range that is not understood, or of several parts, is answered with the whole.

use std::ops::Range;

use super::{About, seconds};

/// What a request says about the file that it wants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked<'r> {
    /// `GET` or `HEAD`: only these have conditions on what the client has.
    reads: bool,
    /// `GET`: only this one has ranges.
    ranges: bool,
    if_match: Option<&'r str>,
    if_unmodified_since: Option<&'r str>,
    if_none_match: Option<&'r str>,
    if_modified_since: Option<&'r str>,
    if_range: Option<&'r str>,
    range: Option<&'r str>,
}

impl<'r> Asked<'r> {
    /// Reads the fields that matter; of repeated ones the first.
    pub fn read(method: &[u8], fields: impl IntoIterator<Item = (&'r [u8], &'r [u8])>) -> Self {
        let ranges = method == b"GET";
        let mut asked = Self { reads: ranges || method == b"HEAD", ranges, ..Self::default() };
        for (name, value) in fields {
            let slot = match name.len() {
                5 if name.eq_ignore_ascii_case(b"range") => &mut asked.range,
                8 if name.eq_ignore_ascii_case(b"if-match") => &mut asked.if_match,
                8 if name.eq_ignore_ascii_case(b"if-range") => &mut asked.if_range,
                13 if name.eq_ignore_ascii_case(b"if-none-match") => &mut asked.if_none_match,
                17 if name.eq_ignore_ascii_case(b"if-modified-since") => {
                    &mut asked.if_modified_since
                }
                19 if name.eq_ignore_ascii_case(b"if-unmodified-since") => {
                    &mut asked.if_unmodified_since
                }
                _ => continue,
            };
            // A value that is not text is no condition that could hold.
            let value = std::str::from_utf8(value).unwrap_or_default();
            slot.get_or_insert(value);
        }
        asked
    }
}

/// What is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Status.
    pub status: u16,
    /// These bytes of the file.
    pub bytes: Range<u64>,
    /// The value of `content-range`, if the answer has one.
    pub content_range: Option<String>,
}

impl Part {
    fn none(status: u16) -> Self {
        Self { status, bytes: 0..0, content_range: None }
    }
}

/// What answers the request, for a handler that answers with `status` and this file: anything but 200 sends the whole.
pub fn part(about: &About, asked: &Asked<'_>, status: u16) -> Part {
    let whole = Part { status, bytes: 0..about.size, content_range: None };
    if status != 200 {
        return whole;
    }
    // RFC 9110 section 13.2.2, in its order.
    let unchanged_since =
        |text: &str| seconds(text).is_some_and(|time| about.modified.is_some_and(|at| at <= time));
    match (asked.if_match, asked.if_unmodified_since) {
        (Some(tags), _) if !lists(tags, &about.etag, true) => return Part::none(412),
        (None, Some(time)) if seconds(time).is_some() && !unchanged_since(time) => {
            return Part::none(412);
        }
        _ => {}
    }
    match (asked.if_none_match, asked.if_modified_since) {
        (Some(tags), _) if lists(tags, &about.etag, false) => {
            return Part::none(if asked.reads { 304 } else { 412 });
        }
        (None, Some(time)) if asked.reads && unchanged_since(time) => return Part::none(304),
        _ => {}
    }
    let Some(range) = asked.range.filter(|_| asked.ranges) else { return whole };
    if asked.if_range.is_some_and(|validator| !is_same(validator, about)) {
        return whole;
    }
    match read_range(range, about.size) {
        Wanted::Whole => whole,
        Wanted::Nothing => {
            Part { content_range: Some(format!("bytes */{}", about.size)), ..Part::none(416) }
        }
        Wanted::Bytes(bytes) => {
            let range = format!("bytes {}-{}/{}", bytes.start, bytes.end - 1, about.size);
            Part { status: 206, bytes, content_range: Some(range) }
        }
    }
}

/// Whether a list of entity tags has this one (RFC 9110 section 8.8.3.2); `*` stands for any.
fn lists(tags: &str, etag: &str, strong: bool) -> bool {
    if tags.trim() == "*" {
        return true;
    }
    if strong && etag.starts_with("W/") {
        return false;
    }
    let opaque = etag.trim_start_matches("W/");
    // Our tags hold no comma.
    tags.split(',').map(str::trim).any(|tag| match tag.strip_prefix("W/") {
        Some(weak) => !strong && weak == opaque,
        None => tag == opaque,
    })
}

/// RFC 9110 section 13.1.5: the part is only of use to a client that has the rest of exactly this.
fn is_same(validator: &str, about: &About) -> bool {
    let validator = validator.trim();
    if validator.starts_with('"') || validator.starts_with("W/") {
        return lists(validator, &about.etag, true);
    }
    let strong = !about.etag.starts_with("W/");
    strong && seconds(validator).is_some_and(|time| about.modified == Some(time))
}

enum Wanted {
    Whole,
    Nothing,
    Bytes(Range<u64>),
}

/// RFC 9110 section 14.1.2.
fn read_range(text: &str, size: u64) -> Wanted {
    let Some((unit, range)) = text.split_once('=') else { return Wanted::Whole };
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // More digits than a number has lie beyond every file.
        digits.then(|| text.parse::<u64>().unwrap_or(u64::MAX))
    };
    let range = range.trim_matches([' ', '\t']);
    let (true, Some((first, last))) = (unit.eq_ignore_ascii_case("bytes"), range.split_once('-'))
    else {
        return Wanted::Whole;
    };
    match (first, number(first), last, number(last)) {
        (_, Some(first), "", _) if first < size => Wanted::Bytes(first..size),
        (_, Some(first), "", _) if first >= size => Wanted::Nothing,
        (_, Some(first), _, Some(last)) if first > last => Wanted::Whole,
        (_, Some(first), _, Some(last)) if first < size => {
            Wanted::Bytes(first..last.saturating_add(1).min(size))
        }
        (_, Some(_), _, Some(_)) => Wanted::Nothing,
        ("", _, _, Some(0)) => Wanted::Nothing,
        ("", _, _, Some(_)) if size == 0 => Wanted::Nothing,
        ("", _, _, Some(count)) => Wanted::Bytes(size.saturating_sub(count)..size),
        _ => Wanted::Whole,
    }
}
