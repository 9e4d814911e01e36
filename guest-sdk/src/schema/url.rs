//! Absolute web addresses: `http` or `https`, a host, perhaps a port, then anything that RFC 3986 allows in a path, a query
//! and a fragment. Never here: a parsed URL; who sends to it parses it again.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::email::is_label;

/// Says what keeps a text from being a URL.
pub(super) fn check(text: &str) -> Result<(), &'static str> {
    let Some((scheme, rest)) = text.split_once("://") else {
        return Err("relative URL without a base");
    };
    if !["http", "https"].iter().any(|known| known.eq_ignore_ascii_case(scheme)) {
        return Err("the scheme must be `http` or `https`");
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    if !tail.bytes().all(is_url_byte) || !escapes_are_whole(tail) {
        return Err("invalid characters");
    }
    if authority.contains('@') {
        return Err("it must not hold a user name");
    }
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    };
    if port.is_some_and(|port| port.parse::<u16>().is_err() || port.starts_with('+')) {
        return Err("invalid port number");
    }
    if host.is_empty() {
        return Err("empty host");
    }
    let bracketed = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    if let Some(address) = bracketed {
        return address.parse::<Ipv6Addr>().map(drop).map_err(|_| "invalid IPv6 address");
    }
    let name = host.strip_suffix('.').unwrap_or(host);
    if name.len() > 253 || !name.split('.').all(is_label) {
        return Err("invalid domain name");
    }
    let last = name.rsplit('.').next().unwrap_or_default();
    if last.bytes().all(|byte| byte.is_ascii_digit()) && name.parse::<Ipv4Addr>().is_err() {
        return Err("invalid IPv4 address");
    }
    Ok(())
}

const fn is_url_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'-' | b'.' | b'_' | b'~' | b'%' | b'!' | b'#' | b'$' | b'&'
                ..=b',' | b'/' | b':' | b';' | b'=' | b'?' | b'@'
        )
}

/// `%` is followed by two hexadecimal digits.
fn escapes_are_whole(text: &str) -> bool {
    text.split('%').skip(1).all(|rest| {
        rest.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn addresses() {
        for good in [
            "http://example.com",
            "HTTPS://Example.com:8443/a/b?c=d&e=%20#f",
            "http://127.0.0.1:80/",
            "http://[::1]:8080?x",
            "http://xn--mnchen-3ya.de./",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "example.com",
            "//example.com",
            "ftp://example.com",
            "http://",
            "http:///x",
            "http://a b/",
            "http://a/ b",
            "http://a/%2",
            "http://a/%zz",
            "http://user@a/",
            "http://a:99999/",
            "http://a:+1/",
            "http://a:x/",
            "http://[::1/",
            "http://1.2.3/",
            "http://256.1.1.1/",
            "http://-a/",
            "javascript://a",
            "http://a/\n",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
