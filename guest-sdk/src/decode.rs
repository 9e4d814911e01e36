//! Percent-decoding. In: bytes of a path or a query. Out: text. Broken escapes stay as they are, and bytes that are not
//! UTF-8 become U+FFFD, as the URL standard has it.

use std::borrow::Cow;

/// Decodes `%41` to `A`.
pub(crate) fn percent(bytes: &[u8]) -> Cow<'_, str> {
    decode(bytes, false)
}

/// The names and values of a query: split at `&` and the first `=`, `+` read as a space. A name without `=` has the value "".
pub(crate) fn pairs(query: &[u8]) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    query.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).map(|pair| {
        let mut parts = pair.splitn(2, |byte| *byte == b'=');
        let mut part = || decode(parts.next().unwrap_or_default(), true);
        (part(), part())
    })
}

fn decode(bytes: &[u8], form: bool) -> Cow<'_, str> {
    if !bytes.iter().any(|byte| *byte == b'%' || (form && *byte == b'+')) {
        return String::from_utf8_lossy(bytes);
    }
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, tail) {
            (b'%', [high, low, after @ ..]) => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => {
                    decoded.push(high << 4 | low);
                    rest = after;
                }
                _ => decoded.push(b'%'),
            },
            (b'+', _) if form => decoded.push(b' '),
            (byte, _) => decoded.push(*byte),
        }
    }
    match String::from_utf8(decoded) {
        Ok(text) => Cow::Owned(text),
        Err(error) => Cow::Owned(String::from_utf8_lossy(error.as_bytes()).into_owned()),
    }
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        for (from, to) in [
            ("", ""),
            ("plain", "plain"),
            ("a%20b", "a b"),
            ("%E2%82%AC", "€"),
            ("%e2%82%ac", "€"),
            ("100%", "100%"),
            ("%4", "%4"),
            ("%zz", "%zz"),
            ("%2%41", "%2A"),
            ("a+b", "a+b"),
            ("%ff", "\u{fffd}"),
        ] {
            assert_eq!(percent(from.as_bytes()), to, "{from}");
        }
    }

    #[test]
    fn queries() {
        let read = |query: &str| {
            pairs(query.as_bytes()).map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join("|")
        };
        assert_eq!(read("a=1&b=2"), "a=1|b=2");
        assert_eq!(read("a&&b=&=c&d=e=f"), "a=|b=|=c|d=e=f");
        assert_eq!(read("q=one+two%26&%61=%3d"), "q=one two&|a==");
        assert_eq!(read(""), "");
    }
}
