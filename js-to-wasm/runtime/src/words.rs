//! Bytes of a text eight at a time: which of them stand in a JSON string as they are. In: bytes. Out: how many.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;
const BLANKS: u64 = ONES * 0x20;

/// The high bit of the first byte that is below 0x20, a quote or a backslash, or beyond ASCII; bits of later bytes mean nothing.
fn special(word: u64) -> u64 {
    // A byte that borrows from the next one is marked itself, so the first mark is true.
    let small = word.wrapping_sub(BLANKS) & !word;
    let quote = (word ^ (ONES * 0x22)).wrapping_sub(ONES);
    let backslash = (word ^ (ONES * 0x5C)).wrapping_sub(ONES);
    (small | quote | backslash | word) & HIGH
}

/// Up to seven bytes as a word, zero behind them.
fn tail_word(tail: &[u8]) -> u64 {
    let byte = |at: usize| u64::from(tail[at]) << (8 * at);
    match (tail.first_chunk(), tail.last_chunk()) {
        (Some(first), Some(last)) => {
            let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
            u64::from(first) | u64::from(last) << (8 * (tail.len() - 4))
        }
        _ if tail.is_empty() => 0,
        _ => byte(0) | byte(tail.len() / 2) | byte(tail.len() - 1),
    }
}

/// How many bytes at the start stand in a JSON string as they are: printable ASCII without quotes and backslashes.
#[inline]
pub(crate) fn plain_run(bytes: &[u8]) -> usize {
    let (words, tail) = bytes.as_chunks();
    let mut run = 0;
    for word in words {
        let special = special(u64::from_le_bytes(*word));
        if special != 0 {
            return run + special.trailing_zeros() as usize / 8;
        }
        run += 8;
    }
    let special = special(tail_word(tail) | BLANKS << (8 * tail.len()));
    run + tail.len().min(special.trailing_zeros() as usize / 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_run_is_plain() {
        let text = b"0123456789abcdefghijklmnopqrstuvwxyz !#[]^~";
        for length in 0..text.len() {
            assert_eq!(plain_run(&text[..length]), length);
        }
        for byte in 0..=255_u8 {
            for at in 0..19 {
                let mut changed = *b"0123456789abcdefghi";
                changed[at] = byte;
                let plain = (0x20..0x80).contains(&byte) && byte != b'"' && byte != b'\\';
                for length in 0..=changed.len() {
                    let run = if plain { length } else { at.min(length) };
                    assert_eq!(plain_run(&changed[..length]), run, "{byte} {at} {length}");
                }
                let next = (at + 1) % changed.len();
                changed[next] = b'"';
                let run = if plain { next } else { at.min(next) };
                assert_eq!(plain_run(&changed), run, "{byte} {at}");
            }
        }
    }
}
