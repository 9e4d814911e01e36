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

/// How many bytes at the start stand in a JSON string as they are: printable ASCII without quotes and backslashes. It looks at
/// eight bytes at a time, so the last seven bytes of the text may be missing.
#[inline]
pub(crate) fn plain_run(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let mut run = 0;
    for chunk in bytes.chunks_exact(8) {
        let word = chunk.first_chunk().map_or(0, |word| u64::from_le_bytes(*word));
        // The high bit of each byte that is below 0x20, equal to a quote or a backslash, or beyond ASCII.
        let small = word.wrapping_sub(ONES * 0x20) & !word;
        let quote = (word ^ (ONES * 0x22)).wrapping_sub(ONES);
        let backslash = (word ^ (ONES * 0x5C)).wrapping_sub(ONES);
        let other = (small | quote | backslash | word) & HIGH;
        if other != 0 {
            // A byte that borrows from the next one is marked itself, so the first mark is true.
            return run + other.trailing_zeros() as usize / 8;
        }
        run += 8;
    }
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_run_is_plain() {
        let text = b"0123456789abcdefghijklmnopqrstuvwxyz !#[]^~";
        assert_eq!(plain_run(text), text.len() / 8 * 8);
        for byte in 0..=255_u8 {
            for at in 0..16 {
                let mut changed = *b"0123456789abcdef";
                changed[at] = byte;
                let plain = (0x20..0x80).contains(&byte) && byte != b'"' && byte != b'\\';
                assert_eq!(plain_run(&changed), if plain { 16 } else { at }, "{byte} {at}");
                changed[(at + 1) % 16] = b'"';
                let first = if plain { (at + 1) % 16 } else { at.min((at + 1) % 16) };
                assert_eq!(plain_run(&changed), first, "{byte} {at}");
            }
        }
    }
}
