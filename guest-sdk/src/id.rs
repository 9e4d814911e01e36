//! Names for things, from the host's randomness and clock.
//!
//! ```
//! use purview_guest::id;
//!
//! assert_eq!(id::uuid().len(), 36);
//! assert_eq!(id::nanoid(21).len(), 21);
//! ```

use crate::{clock, random};

/// A random UUID (version 4).
pub fn uuid() -> String {
    uuid_of(bytes(), 4)
}

/// A UUID that begins with the time (version 7): later ones sort behind earlier ones.
pub fn uuid_v7() -> String {
    let mut bytes: [u8; 16] = bytes();
    bytes[..6].copy_from_slice(&milliseconds().to_be_bytes()[2..]);
    uuid_of(bytes, 7)
}

/// A ULID: like [`uuid_v7`], as 26 letters and digits.
pub fn ulid() -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let letter = |bits: u64| char::from(LETTERS[(bits & 31) as usize]);
    let (ms, random) = (milliseconds(), bytes::<16>());
    let time = (0..10).rev().map(|digit| letter(ms >> (5 * digit)));
    time.chain(random.iter().map(|byte| letter(u64::from(*byte)))).collect()
}

/// `length` random letters, digits, `-` and `_`, at most 1024; 21 are as hard to guess as a UUID.
pub fn nanoid(length: usize) -> String {
    const LETTERS: &[u8; 64] = b"useandom-26T198340PX75pxJACKVERYMINDBUSHWOLF_GQZbfghjklqvwyzrict";
    const LENGTH_MAX: usize = 1024;
    let mut bytes = vec![0; length.min(LENGTH_MAX)];
    random::fill(&mut bytes);
    bytes.into_iter().map(|byte| char::from(LETTERS[usize::from(byte & 63)])).collect()
}

fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    random::fill(&mut bytes);
    bytes
}

fn milliseconds() -> u64 {
    clock::now().as_millis() as u64
}

fn uuid_of(mut bytes: [u8; 16], version: u8) -> String {
    bytes[6] = bytes[6] & 0x0f | version << 4;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = crate::encode::hex(&bytes);
    for at in [20, 16, 12, 8] {
        text.insert(at, '-');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raw;

    #[test]
    fn names_have_their_form() {
        raw::host(|host| host.now = 0x0123_4567_89ab * 1_000_000);
        assert!(uuid_v7().starts_with("01234567-89ab-7"));
        assert!(ulid().starts_with("014D2PF2DB"), "{}", ulid());
        let text = uuid();
        assert_eq!((text.as_bytes()[14], text.matches('-').count()), (b'4', 4));
        assert!(matches!(text.as_bytes()[19], b'8' | b'9' | b'a' | b'b'));
        assert_ne!(uuid(), uuid());
        assert_eq!((nanoid(0).len(), nanoid(99_999).len(), ulid().len()), (0, 1024, 26));
    }
}
