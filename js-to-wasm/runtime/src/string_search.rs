//! Finding text in text. In: WTF-8 bytes. Out: byte offsets. Valid text is found only at character starts, so bytes suffice; only
//! lone surrogates could match inside of a pair, and pairs are one character here.

/// First occurrence of `needle` at or after `from`.
pub(crate) fn find(haystack: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let Some((&first, rest)) = needle.split_first() else {
        return (from <= haystack.len()).then_some(from);
    };
    let last = haystack.len().checked_sub(needle.len())?;
    let mut at = from;
    while at <= last {
        at += haystack[at..=last].iter().position(|byte| *byte == first)?;
        if haystack[at + 1..].starts_with(rest) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Last occurrence of `needle` that starts at or before `from`.
pub(crate) fn find_last(haystack: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let last = haystack.len().checked_sub(needle.len())?.min(from);
    (0..=last).rev().find(|at| haystack[*at..].starts_with(needle))
}
