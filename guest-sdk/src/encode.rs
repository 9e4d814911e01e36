//! Bytes as text: hex, base64 (RFC 4648 section 4, with padding), base64url (section 5, without). Reading is strict: no line ends, no
//! missing or superfluous padding, no bits that mean nothing.
//!
//! ```
//! use purview_guest::encode;
//!
//! assert_eq!(encode::base64(b"Hello from MyApp"), "SGVsbG8gZnJvbSBNeUFwcA==");
//! assert_eq!(encode::base64url_decode("_-8").as_deref(), Some(&[0xff, 0xef][..]));
//! ```

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const HEX: &[u8; 16] = b"0123456789abcdef";

/// Two digits for each byte, in lower case.
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(HEX[usize::from(digit)]))
        .collect()
}

/// The bytes of pairs of hex digits, in either case.
pub fn hex_decode(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    pairs.iter().map(|[high, low]| Some((digit(*high)? * 16 + digit(*low)?) as u8)).collect()
}

/// base64, with padding.
pub fn base64(bytes: impl AsRef<[u8]>) -> String {
    let mut text = write(bytes.as_ref(), STANDARD);
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

/// The bytes of base64 text with padding.
pub fn base64_decode(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(4) {
        return None;
    }
    read(text.strip_suffix("==").or(text.strip_suffix('=')).unwrap_or(text), STANDARD)
}

/// base64url, without padding.
pub fn base64url(bytes: impl AsRef<[u8]>) -> String {
    write(bytes.as_ref(), URL)
}

/// The bytes of base64url text without padding.
pub fn base64url_decode(text: &str) -> Option<Vec<u8>> {
    read(text, URL)
}

fn write(bytes: &[u8], alphabet: &[u8; 64]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let at = |index: usize| u32::from(group.get(index).copied().unwrap_or_default());
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for index in 0..=group.len() {
            text.push(char::from(alphabet[(bits >> (18 - 6 * index) & 63) as usize]));
        }
    }
    text
}

fn read(text: &str, alphabet: &[u8; 64]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for group in text.as_bytes().chunks(4) {
        let mut bits = 0u32;
        for byte in group {
            let digit = match byte {
                b'A'..=b'Z' => byte - b'A',
                b'a'..=b'z' => byte - b'a' + 26,
                b'0'..=b'9' => byte - b'0' + 52,
                _ if *byte == alphabet[62] => 62,
                _ if *byte == alphabet[63] => 63,
                _ => return None,
            };
            bits = bits << 6 | u32::from(digit);
        }
        bits <<= 6 * (4 - group.len());
        let count = group.len().checked_sub(1).filter(|count| *count > 0)?;
        let [_, whole @ ..] = bits.to_be_bytes();
        if whole[count..].iter().any(|byte| *byte != 0) {
            return None;
        }
        bytes.extend_from_slice(&whole[..count]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// RFC 4648 section 10.
    #[test]
    fn known_texts() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes), text);
            assert_eq!(base64_decode(text).as_deref(), Some(bytes.as_bytes()));
        }
        for text in ["Zg", "Zg=", "Zh==", "Zm9=", "Z===", "Zm 9", "Zm9v\n", "Zm9-", "====", "é"] {
            assert_eq!(base64_decode(text), None, "{text}");
        }
        for text in ["Zg==", "Zh", "Z", "Zm9+"] {
            assert_eq!(base64url_decode(text), None, "{text}");
        }
        assert_eq!(
            (hex(&[0, 171, 255]), hex_decode("00aBff")),
            ("00abff".into(), Some(vec![0, 171, 255]))
        );
        assert_eq!((hex_decode("0"), hex_decode("0g"), hex_decode("+1")), (None, None, None));
    }

    proptest! {
        #[test]
        fn bytes_come_back(bytes: Vec<u8>) {
            prop_assert_eq!(base64_decode(&base64(&bytes)), Some(bytes.clone()));
            prop_assert_eq!(base64url_decode(&base64url(&bytes)), Some(bytes.clone()));
            prop_assert_eq!(hex_decode(&hex(&bytes)), Some(bytes));
        }

        #[test]
        fn what_is_read_is_written_the_same(text: String) {
            if let Some(bytes) = base64_decode(&text) {
                prop_assert_eq!(base64(bytes), text.clone());
            }
            if let Some(bytes) = base64url_decode(&text) {
                prop_assert_eq!(base64url(bytes), text);
            }
        }
    }
}
