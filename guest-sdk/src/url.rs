//! Parts of URLs: encoding, decoding, queries, and the parts of an absolute one. For relative ones and host names beyond ASCII use the
//! crate `url`.
//!
//! ```
//! use purview_guest::url::{self, Url};
//!
//! let at = Url::parse("https://example.com:8443/a/b?x=1&y=a+b#top").unwrap();
//! assert_eq!((at.scheme, &*at.host, at.port), ("https", "example.com", Some(8443)));
//! assert_eq!(url::query(at.query), [("x".into(), "1".into()), ("y".into(), "a b".into())]);
//! assert_eq!(url::encode("a b/ü"), "a%20b%2F%C3%BC");
//! ```

use crate::decode;

/// The parts of an absolute URL, as they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url<'a> {
    /// `http` or `https`.
    pub scheme: &'a str,
    /// Host name or address (IPv6 in brackets), in lower case.
    pub host: String,
    /// The port, if one is written.
    pub port: Option<u16>,
    /// The path; `/` if there is none.
    pub path: &'a str,
    /// What follows `?`, or nothing.
    pub query: &'a str,
    /// What follows `#`, or nothing.
    pub hash: &'a str,
}

impl<'a> Url<'a> {
    /// Reads an absolute `http` or `https` URL. User names are refused: they make one host look like another.
    pub fn parse(text: &'a str) -> Option<Self> {
        if text.bytes().any(|byte| byte <= b' ' || byte == b'\\' || byte >= 0x7f) {
            return None;
        }
        let (scheme, rest) = text.split_once("://")?;
        let scheme =
            ["http", "https"].into_iter().find(|known| scheme.eq_ignore_ascii_case(known))?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        let (rest, hash) = rest.split_once('#').unwrap_or((rest, ""));
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (authority, None),
        };
        let named = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
        let valid = match host.strip_prefix('[').and_then(|inside| inside.strip_suffix(']')) {
            Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
            None => !host.is_empty() && host.bytes().all(named),
        };
        let port = match port {
            None | Some("") => None,
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                Some(digits.parse().ok()?)
            }
            Some(_) => return None,
        };
        let path = if path.is_empty() { "/" } else { path };
        valid.then(|| Self { scheme, host: host.to_ascii_lowercase(), port, path, query, hash })
    }
}

/// The names and values of a query or a form: `+` is a space, a name without `=` has an empty value, broken escapes stay as they are.
pub fn query(text: &str) -> Vec<(String, String)> {
    decode::pairs(text.strip_prefix('?').unwrap_or(text).as_bytes())
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

/// Escapes everything but letters, digits and `-_.!~*'()`, for one part of a path or a query.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// The opposite of [`encode`]; nothing if an escape is broken or the result is not UTF-8.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut parts = text.as_bytes().split(|byte| *byte == b'%');
    bytes.extend_from_slice(parts.next()?);
    let digit = |byte: u8| char::from(byte).to_digit(16);
    for part in parts {
        let [high, low, after @ ..] = part else { return None };
        bytes.push((digit(*high)? * 16 + digit(*low)?) as u8);
        bytes.extend_from_slice(after);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn parts() {
        let url = Url::parse("HTTP://[::1]:80?a#b?c").unwrap();
        assert_eq!((url.scheme, &*url.host, url.port), ("http", "[::1]", Some(80)));
        assert_eq!((url.path, url.query, url.hash), ("/", "a", "b?c"));
        assert_eq!(
            Url::parse("https://A.example:/x").map(|url| (url.host, url.port)),
            Some(("a.example".into(), None))
        );
        for text in [
            "/a",
            "ftp://a/",
            "http://",
            "http:///a",
            "http://a b/",
            "http://user@a/",
            "http://a:99999/",
            "http://a:+1/",
            "http://[::g]/",
            "http://a\\b/",
            "http://ä/",
            "http://a\n/",
        ] {
            assert_eq!(Url::parse(text), None, "{text}");
        }
    }

    #[test]
    fn escapes() {
        assert_eq!(decode("a%20b+%C3%BC").as_deref(), Some("a b+ü"));
        assert_eq!(
            (decode("%"), decode("%2"), decode("%zz"), decode("%FF")),
            (None, None, None, None)
        );
        let pairs = query("?a=1&b&c=%zz+%&&=x");
        let told: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(told, ["a=1", "b=", "c=%zz %", "=x"]);
    }

    proptest! {
        #[test]
        fn what_is_encoded_comes_back(text: String) {
            prop_assert_eq!(decode(&encode(&text)), Some(text.clone()));
            prop_assert_eq!(query(&format!("x={}", encode(&text))), [("x".to_owned(), text.clone())]);
            let _ = Url::parse(&text);
        }
    }
}
