//! Which values reach a call, as import names need it. In: texts, whole or beginnings. Out: [`Names`]: a set of literals, or that the
//! value is chosen at run time. What cannot be read for certain is chosen at run time.

use std::{collections::BTreeSet, net::Ipv6Addr};

use purview_abi::name::{ANY, Import, Origin};

use super::flow::KnownText;

/// The values of an argument that names something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Names {
    /// Exactly these. None: the call is never made with a name.
    Literal(BTreeSet<String>),
    /// Any, chosen at run time.
    Dynamic,
}

impl Names {
    /// Adds the values of another call.
    pub fn join(&mut self, other: &Self) {
        match (&mut *self, other) {
            (Self::Literal(names), Self::Literal(others)) => names.extend(others.iter().cloned()),
            _ => *self = Self::Dynamic,
        }
    }

    /// Whether the value is chosen at run time.
    pub fn is_dynamic(&self) -> bool {
        *self == Self::Dynamic
    }

    /// The literals; none if the value is chosen at run time.
    pub fn literals(&self) -> impl Iterator<Item = &str> {
        let names = match self {
            Self::Literal(names) => Some(names),
            Self::Dynamic => None,
        };
        names.into_iter().flatten().map(String::as_str)
    }

    /// Texts as they are.
    pub(super) fn of_texts(texts: &BTreeSet<KnownText>) -> Self {
        let names = texts.iter().map(|text| match text {
            KnownText::Whole(name) => Some(name.clone()),
            KnownText::Begins(_) | KnownText::Json(_) => None,
        });
        names.collect::<Option<_>>().map_or(Self::Dynamic, Self::Literal)
    }

    /// The origins of URLs.
    pub(super) fn of_urls(urls: &BTreeSet<KnownText>) -> Self {
        let origins = urls.iter().map(|text| match text {
            KnownText::Whole(url) => origin(url, false),
            KnownText::Begins(url) => origin(url, true),
            KnownText::Json(_) => None,
        });
        origins.collect::<Option<_>>().map_or(Self::Dynamic, Self::Literal)
    }
}

/// The origin of a URL, or of one that begins like this. Nothing: not known for certain, since readers of URLs differ on it, or since
/// what follows can change it.
fn origin(url: &str, goes_on: bool) -> Option<String> {
    let colon = url.find("://")?;
    let scheme = url[..colon].to_ascii_lowercase();
    if scheme != "http" && scheme != "https" {
        return None;
    }
    let rest = &url[colon + 3..];
    let end = rest.find(['/', '?', '#']);
    if end.is_none() && goes_on {
        return None;
    }
    let authority = &rest[..end.unwrap_or(rest.len())];
    if !authority.bytes().all(|byte| byte.is_ascii_graphic() && !b"\\\"<>^`{|}%".contains(&byte)) {
        return None;
    }
    let host_port = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (host, port) = match host_port.strip_prefix('[') {
        Some(inside) => {
            let (address, rest) = inside.split_once(']')?;
            let address: Ipv6Addr = address.parse().ok()?;
            let port = if rest.is_empty() { "" } else { rest.strip_prefix(':')? };
            (format!("[{address}]"), port)
        }
        None => {
            let (host, port) = host_port.split_once(':').unwrap_or((host_port, ""));
            let host = host.to_ascii_lowercase();
            (host_name(host.strip_suffix('.').unwrap_or(&host))?, port)
        }
    };
    let default = if scheme == "http" { 80 } else { 443 };
    let port: u16 = match port {
        "" => default,
        digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok()?,
        _ => return None,
    };
    let origin = match port == default {
        true => format!("{scheme}://{host}"),
        false => format!("{scheme}://{host}:{port}"),
    };
    Origin::parse(&origin).is_ok().then_some(origin)
}

/// A host name as it is; a number stands for an address only if it is written as one.
fn host_name(host: &str) -> Option<String> {
    let last = host.rsplit('.').next().unwrap_or_default();
    let numeric = last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x");
    if numeric && host.parse::<std::net::Ipv4Addr>().is_err() {
        return None;
    }
    Some(host.to_owned())
}

/// Whether a name can be part of an import of this module.
pub(super) fn is_name(module: &str, name: &str) -> bool {
    name != ANY && Import::parse(module, name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_origins_as_browsers_do_or_not_at_all() {
        for (url, goes_on, expected) in [
            ("https://api.example.com/path", false, Some("https://api.example.com")),
            ("http://api.example.com:8080/path", false, Some("http://api.example.com:8080")),
            ("HTTPS://API.Example.COM", false, Some("https://api.example.com")),
            ("https://api.example.com:443/", false, Some("https://api.example.com")),
            ("http://a.com:080/", false, Some("http://a.com")),
            ("https://user:pass@api.example.com/", false, Some("https://api.example.com")),
            ("https://a.com@evil.com/", false, Some("https://evil.com")),
            ("https://a.com./x", false, Some("https://a.com")),
            ("https://[::1]:8080/x", false, Some("https://[::1]:8080")),
            ("https://[0:0:0:0:0:0:0:1]/x", false, Some("https://[::1]")),
            ("https://host?query", false, Some("https://host")),
            ("https://host#x", true, Some("https://host")),
            ("https://host?", true, Some("https://host")),
            ("https://host", true, None),
            ("https://", true, None),
            ("https://user", true, None),
            ("https://a.com\\@evil.com/", false, None),
            ("https://a.com%2f@evil.com/", false, None),
            ("https:/a.com/", false, None),
            (" https://a.com/", false, None),
            ("https://a b.com/", false, None),
            ("https://ä.com/", false, None),
            ("https://127.1/", false, None),
            ("https://0x7f.0.0.1/", false, None),
            ("https://2130706433/", false, None),
            ("https://127.0.0.1/", false, Some("https://127.0.0.1")),
            ("https://a.com:99999/", false, None),
            ("https://a.com:0/", false, None),
            ("https://a.com:8o/", false, None),
            ("ftp://a.com/", false, None),
            ("/relative", false, None),
            ("api.example.com/x", false, None),
            ("https://", false, None),
            ("https:///x", false, None),
            ("https://a..b/", false, None),
        ] {
            assert_eq!(origin(url, goes_on).as_deref(), expected, "{url}");
        }
    }
}
