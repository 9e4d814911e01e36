//! Base64 (RFC 4648) for credentials and signatures. In: bytes or text. Out: the other. Reading is strict: what is not the
//! one way of writing some bytes is refused.

/// Reads the standard alphabet with padding.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let padding = text.bytes().rev().take_while(|byte| *byte == b'=').count();
    if !text.len().is_multiple_of(4) || padding > 2 {
        return None;
    }
    digits(text.as_bytes().get(..text.len() - padding)?, b'+', b'/')
}

/// Reads the alphabet for URLs without padding.
pub(crate) fn decode_url(text: &str) -> Option<Vec<u8>> {
    digits(text.as_bytes(), b'-', b'_')
}

/// Writes the alphabet for URLs without padding.
pub(crate) fn encode_url(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let mut word = 0u32;
        for (index, byte) in group.iter().enumerate() {
            word |= u32::from(*byte) << (16 - 8 * index);
        }
        for index in 0..=group.len() {
            text.push(char::from(DIGITS[(word >> (18 - 6 * index)) as usize & 63]));
        }
    }
    text
}

fn digits(digits: &[u8], plus: u8, slash: u8) -> Option<Vec<u8>> {
    let mut decoded = Vec::with_capacity(digits.len());
    for group in digits.chunks(4) {
        let mut word = 0u32;
        for (index, byte) in group.iter().enumerate() {
            let value = match byte {
                b'A'..=b'Z' => byte - b'A',
                b'a'..=b'z' => byte - b'a' + 26,
                b'0'..=b'9' => byte - b'0' + 52,
                byte if *byte == plus => 62,
                byte if *byte == slash => 63,
                _ => return None,
            };
            word |= u32::from(value) << (18 - 6 * index);
        }
        let [_, whole @ ..] = word.to_be_bytes();
        let kept = group.len() - 1;
        // One digit is not a byte, and bits that no byte has must be zero.
        if kept == 0 || whole[kept..].iter().any(|byte| *byte != 0) {
            return None;
        }
        decoded.extend_from_slice(&whole[..kept]);
    }
    Some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_alphabets() {
        for (text, bytes) in [
            ("", ""),
            ("YQ==", "a"),
            ("YWI=", "ab"),
            ("YWJj", "abc"),
            ("YWJjZA==", "abcd"),
            ("Pz8/Pj4+", "???>>>"),
        ] {
            assert_eq!(decode(text), Some(bytes.as_bytes().to_vec()), "{text}");
            let url = text.trim_end_matches('=').replace('+', "-").replace('/', "_");
            assert_eq!(encode_url(bytes.as_bytes()), url);
            assert_eq!(decode_url(&url), Some(bytes.as_bytes().to_vec()), "{text}");
        }
        for text in ["YQ", "YQ=", "YR==", "YW=j", "====", "Y===", "YWJ\n", "YW J", "YWJjZA", "__--"]
        {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
