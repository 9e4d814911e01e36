//! Strings. They are UTF-16 to the language and WTF-8 in memory (UTF-8 in which lone surrogates may stand), so that text of
//! HTTP and JSON is taken and given as it is. In: bytes that are WTF-8. Out: a header that refers to them.
//!
//! ```text
//!  Str:  address of the bytes │ length │ length in UTF-16 units, or unknown │ hash, or 0 │ growing buffer, or none
//! ```
//!
//! Bytes and headers are apart: a slice shares the bytes. A string that grows at its end shares a buffer with spare room.

use core::cell::Cell;

use alloc::vec::Vec;

use crate::arena;

const UNKNOWN: u32 = u32::MAX;

/// A string. Invariant: `bytes` is WTF-8 without a high surrogate that is followed by a low one.
#[repr(C)]
pub struct Str {
    start: *const u8,
    length: u32,
    units: Cell<u32>,
    hash: Cell<u32>,
    buffer: Option<&'static Buffer>,
}

/// Room behind the bytes of a string that was made by appending.
struct Buffer {
    end: Cell<usize>,
    limit: usize,
}

impl Str {
    /// A string that refers to `bytes`, which must be WTF-8.
    pub fn of(bytes: &'static [u8]) -> &'static Self {
        Self::header(bytes, UNKNOWN, None)
    }

    /// A string that refers to `bytes`, which must be ASCII.
    #[inline]
    pub(crate) fn of_ascii(bytes: &'static [u8]) -> &'static Self {
        Self::header(bytes, bytes.len() as u32, None)
    }

    /// A string with a copy of `bytes`, which must be WTF-8.
    pub fn new(bytes: &[u8]) -> &'static Self {
        Self::of(arena::keep_bytes(bytes.to_vec()))
    }

    /// A string that takes over `bytes`, which must be WTF-8.
    pub fn take(bytes: Vec<u8>) -> &'static Self {
        Self::of(arena::keep_bytes(bytes))
    }

    /// A string of bytes of unknown origin: what is not UTF-8 becomes U+FFFD.
    pub fn from_outside(bytes: &'static [u8]) -> &'static Self {
        if bytes.is_ascii() {
            return Self::header(bytes, bytes.len() as u32, None);
        }
        match core::str::from_utf8(bytes) {
            Ok(_) => Self::of(bytes),
            Err(_) => {
                let mut clean = Vec::with_capacity(bytes.len() + 16);
                for chunk in bytes.utf8_chunks() {
                    clean.extend_from_slice(chunk.valid().as_bytes());
                    if !chunk.invalid().is_empty() {
                        clean.extend_from_slice("\u{FFFD}".as_bytes());
                    }
                }
                Self::take(clean)
            }
        }
    }

    fn header(bytes: &'static [u8], units: u32, buffer: Option<&'static Buffer>) -> &'static Self {
        arena::keep(Self {
            start: bytes.as_ptr(),
            length: bytes.len() as u32,
            units: Cell::new(units),
            hash: Cell::new(0),
            buffer,
        })
    }

    /// The bytes.
    #[inline]
    pub fn bytes(&self) -> &'static [u8] {
        // SAFETY: made from a slice of this length that is never freed; bytes behind it may be written, these are not.
        unsafe { core::slice::from_raw_parts(self.start, self.length as usize) }
    }

    /// Whether there are no characters.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Length in UTF-16 units, which is what `length` says.
    #[inline]
    pub fn units(&self) -> u32 {
        let units = self.units.get();
        if units != UNKNOWN {
            return units;
        }
        let counted = count_units(self.bytes());
        self.units.set(counted);
        counted
    }

    /// Whether every character is ASCII, so that positions are byte offsets.
    #[inline]
    pub fn is_ascii(&self) -> bool {
        self.units() == self.length
    }

    /// A hash of the bytes, never 0.
    pub fn hash(&self) -> u32 {
        let known = self.hash.get();
        if known != 0 {
            return known;
        }
        let hash = hash(self.bytes());
        self.hash.set(hash);
        hash
    }

    /// Whether both have the same text.
    #[inline]
    pub fn same(&self, other: &Self) -> bool {
        core::ptr::eq(self, other) || self.bytes() == other.bytes()
    }

    /// This string followed by `tail`. Repeated appending to the result takes time in proportion to what is appended.
    pub fn append(&'static self, tail: &'static Self) -> &'static Self {
        if tail.is_empty() {
            return self;
        }
        if self.is_empty() {
            return tail;
        }
        if let Some(fused) = fuse(self.bytes(), tail.bytes()) {
            return Self::take(fused);
        }
        let units = match (self.units.get(), tail.units.get()) {
            (UNKNOWN, _) | (_, UNKNOWN) => UNKNOWN,
            (left, right) => left + right,
        };
        let total = self.length as usize + tail.length as usize;
        let start = self.start as usize;
        if let Some(buffer) = self.buffer
            && buffer.end.get() == start + self.length as usize
            && start + total <= buffer.limit
        {
            // SAFETY: from `end` to `limit` the buffer belongs to nobody, and `tail` fits there.
            unsafe {
                let end = self.start.add(self.length as usize).cast_mut();
                core::ptr::copy_nonoverlapping(tail.start, end, tail.length as usize);
            }
            buffer.end.set(start + total);
            // SAFETY: the bytes of this string and those just written lie one behind the other in the buffer.
            let bytes = unsafe { core::slice::from_raw_parts(self.start, total) };
            return Self::header(bytes, units, Some(buffer));
        }
        let capacity = if total < 64 { total } else { total * 2 };
        let mut bytes = Vec::with_capacity(capacity);
        bytes.extend_from_slice(self.bytes());
        bytes.extend_from_slice(tail.bytes());
        let limit = bytes.as_ptr() as usize + bytes.capacity();
        // A vector that is leaked keeps its capacity reserved.
        let bytes: &'static [u8] = bytes.leak();
        let buffer = (capacity > total).then(|| {
            arena::keep(Buffer { end: Cell::new(bytes.as_ptr() as usize + total), limit })
        });
        Self::header(bytes, units, buffer)
    }

    /// The part from UTF-16 position `from` to `to`; positions beyond the end are the end.
    pub fn slice(&'static self, from: u32, to: u32) -> &'static Self {
        let units = self.units();
        let (from, to) = (from.min(units), to.min(units));
        if from >= to {
            return Self::of(b"");
        }
        if from == 0 && to == units {
            return self;
        }
        let bytes = self.bytes();
        if self.is_ascii() {
            return Self::header(&bytes[from as usize..to as usize], to - from, None);
        }
        let start = position(bytes, from);
        let end = position(bytes, to);
        if !start.split && !end.split {
            return Self::header(&bytes[start.byte..end.byte], to - from, None);
        }
        let mut part = Vec::with_capacity(end.byte + 3 - start.byte);
        let mut first = start.byte;
        if start.split {
            push_unit(&mut part, pair(&bytes[start.byte..])[1]);
            first = start.byte + 4;
        }
        if first <= end.byte {
            part.extend_from_slice(&bytes[first..end.byte]);
        }
        if end.split && end.byte >= first {
            push_unit(&mut part, pair(&bytes[end.byte..])[0]);
        }
        Self::take(part)
    }

    /// The UTF-16 unit at `index`.
    pub fn unit(&self, index: u32) -> Option<u16> {
        if index >= self.units() {
            return None;
        }
        let bytes = self.bytes();
        if self.is_ascii() {
            return bytes.get(index as usize).map(|byte| u16::from(*byte));
        }
        let at = position(bytes, index);
        let (code, _) = decode(&bytes[at.byte..]);
        Some(if code < 0x10000 { code as u16 } else { split(code)[usize::from(at.split)] })
    }

    /// The UTF-16 position of the byte offset `byte`, which is the start of a character.
    pub fn unit_of_byte(&self, byte: usize) -> u32 {
        if self.is_ascii() { byte as u32 } else { count_units(&self.bytes()[..byte]) }
    }

    /// The byte offset of the UTF-16 position `unit`, and whether that position is inside of a surrogate pair.
    pub fn byte_of_unit(&self, unit: u32) -> (usize, bool) {
        if self.is_ascii() {
            return ((unit as usize).min(self.bytes().len()), false);
        }
        let at = position(self.bytes(), unit);
        (at.byte, at.split)
    }

    /// Order of UTF-16 units, which is what `<` compares.
    pub fn order(&self, other: &Self) -> core::cmp::Ordering {
        let (left, right) = (self.bytes(), other.bytes());
        let mut same = left.iter().zip(right).take_while(|(a, b)| a == b).count();
        match (left.get(same), right.get(same)) {
            (Some(a), Some(b)) if a.max(b) >= &0xED || a.min(b) & 0xC0 == 0x80 => {
                while same > 0 && left.get(same).is_some_and(|byte| byte & 0xC0 == 0x80) {
                    same -= 1;
                }
                units_of(&left[same..]).cmp(units_of(&right[same..]))
            }
            (a, b) => a.cmp(&b),
        }
    }
}

/// The UTF-16 units of WTF-8 text, one after the other.
pub(crate) fn units_of(mut bytes: &[u8]) -> impl Iterator<Item = u16> {
    let mut low = None;
    core::iter::from_fn(move || {
        if let Some(unit) = low.take() {
            return Some(unit);
        }
        if bytes.is_empty() {
            return None;
        }
        let (code, width) = decode(bytes);
        bytes = bytes.get(width..).unwrap_or_default();
        if code < 0x10000 {
            return Some(code as u16);
        }
        let [high, second] = split(code);
        low = Some(second);
        Some(high)
    })
}

/// FNV-1a, never 0. The compiler hashes its literals with the same function.
pub fn hash(bytes: &[u8]) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for byte in bytes {
        hash = (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    }
    hash.max(1)
}

/// Number of UTF-16 units of WTF-8 text.
pub fn count_units(bytes: &[u8]) -> u32 {
    if bytes.is_ascii() {
        return bytes.len() as u32;
    }
    // Every byte that starts a character is a unit, and one that starts four bytes is two.
    bytes.iter().map(|byte| u32::from(byte & 0xC0 != 0x80) + u32::from(*byte >= 0xF0)).sum()
}

struct Position {
    byte: usize,
    /// The position is between the halves of a surrogate pair, which starts at `byte`.
    split: bool,
}

fn position(bytes: &[u8], unit: u32) -> Position {
    let mut left = unit;
    let mut byte = 0;
    while left > 0 && byte < bytes.len() {
        let width = width(bytes[byte]);
        if width == 4 {
            if left == 1 {
                return Position { byte, split: true };
            }
            left -= 1;
        }
        left -= 1;
        byte += width;
    }
    Position { byte: byte.min(bytes.len()), split: false }
}

/// Bytes of the character that starts with `first`.
pub(crate) fn width(first: u8) -> usize {
    match first {
        0..0x80 => 1,
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}

/// Code point (or lone surrogate) at the start of `bytes`, and its width. Empty text gives 0.
pub(crate) fn decode(bytes: &[u8]) -> (u32, usize) {
    let at = |index: usize| u32::from(bytes.get(index).copied().unwrap_or_default() & 0x3F);
    let first = bytes.first().copied().unwrap_or_default();
    match width(first) {
        1 => (u32::from(first), 1),
        2 => ((u32::from(first) & 0x1F) << 6 | at(1), 2),
        3 => ((u32::from(first) & 0x0F) << 12 | at(1) << 6 | at(2), 3),
        _ => ((u32::from(first) & 0x07) << 18 | at(1) << 12 | at(2) << 6 | at(3), 4),
    }
}

/// Appends a code point; a low surrogate fuses with a high one before it.
pub(crate) fn push_code(target: &mut Vec<u8>, code: u32) {
    if (0xDC00..0xE000).contains(&code)
        && let Some(high) = trailing_high(target)
    {
        target.truncate(target.len() - 3);
        return push_code(target, 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00));
    }
    let low = |shift: u32| 0x80 | (code >> shift & 0x3F) as u8;
    match code {
        0..0x80 => target.push(code as u8),
        0x80..0x800 => target.extend_from_slice(&[0xC0 | (code >> 6) as u8, low(0)]),
        0x800..0x10000 => target.extend_from_slice(&[0xE0 | (code >> 12) as u8, low(6), low(0)]),
        _ => target.extend_from_slice(&[0xF0 | (code >> 18) as u8, low(12), low(6), low(0)]),
    }
}

/// Appends a UTF-16 unit.
pub(crate) fn push_unit(target: &mut Vec<u8>, unit: u16) {
    push_code(target, u32::from(unit));
}

/// Appends WTF-8 text; surrogate halves that meet fuse.
pub(crate) fn push_text(target: &mut Vec<u8>, text: &[u8]) {
    if text.first() == Some(&0xED) && trailing_high(target).is_some() {
        let (code, width) = decode(text);
        push_code(target, code);
        target.extend_from_slice(&text[width..]);
    } else {
        target.extend_from_slice(text);
    }
}

fn trailing_high(bytes: &[u8]) -> Option<u32> {
    let tail = bytes.len().checked_sub(3).map(|start| &bytes[start..])?;
    (tail[0] == 0xED && (0xA0..0xB0).contains(&tail[1])).then(|| decode(tail).0)
}

fn fuse(left: &[u8], right: &[u8]) -> Option<Vec<u8>> {
    if right.first() != Some(&0xED) || right.get(1).is_none_or(|byte| *byte < 0xB0) {
        return None;
    }
    trailing_high(left)?;
    let mut joined = Vec::with_capacity(left.len() + right.len());
    joined.extend_from_slice(left);
    push_text(&mut joined, right);
    Some(joined)
}

/// The surrogate pair of a code point above U+FFFF.
pub(crate) fn split(code: u32) -> [u16; 2] {
    let rest = code.wrapping_sub(0x10000);
    [0xD800 + (rest >> 10) as u16, 0xDC00 + (rest & 0x3FF) as u16]
}

fn pair(bytes: &[u8]) -> [u16; 2] {
    split(decode(bytes).0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn from_units(units: &[u16]) -> &'static Str {
        let mut bytes = Vec::new();
        units.iter().for_each(|unit| push_unit(&mut bytes, *unit));
        Str::take(bytes)
    }

    fn to_units(text: &Str) -> Vec<u16> {
        (0..text.units()).map(|index| text.unit(index).unwrap()).collect()
    }

    fn units() -> impl Strategy<Value = Vec<u16>> {
        let unit =
            prop_oneof![0x20..0x7Fu16, 0xD7F0..0xE010u16, 0xFFF0..=0xFFFFu16, 0x80..0x900u16];
        prop::collection::vec(unit, 0..12)
    }

    proptest! {
        #[test]
        fn strings_are_utf16(left in units(), right in units(), from in 0..14u32, to in 0..14u32) {
            let joined = from_units(&left).append(from_units(&right));
            let expected = [left.clone(), right.clone()].concat();
            prop_assert_eq!(to_units(joined), expected.clone());
            prop_assert_eq!(joined.bytes(), from_units(&expected).bytes());
            let part = expected.get(from as usize..(to as usize).min(expected.len())).unwrap_or_default();
            prop_assert_eq!(to_units(joined.slice(from, to)), part);
            prop_assert_eq!(joined.slice(from, to).bytes(), from_units(part).bytes());
            prop_assert_eq!(from_units(&left).order(from_units(&right)), left.cmp(&right));
        }
    }

    #[test]
    fn appending_shares_the_buffer_and_keeps_the_old_strings() {
        let start = Str::new(&[b'x'; 100]);
        let a = start.append(Str::new(b"a"));
        let b = a.append(Str::new(b"b"));
        let c = a.append(Str::new(b"c"));
        assert!(
            b.bytes().ends_with(b"xab")
                && c.bytes().ends_with(b"xac")
                && a.bytes().ends_with(b"xa")
        );
        assert_eq!(a.bytes().as_ptr(), b.bytes().as_ptr());
    }
}
