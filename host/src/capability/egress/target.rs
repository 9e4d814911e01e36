//! Where a request goes. In: an origin and a path, or a whole URL that a handler made at run time. Out: scheme, host, port and
//! path in one form, or a refusal. URLs are read as browsers read them, so that the host that is checked is the host that any
//! other program would see; what is read differently here and there is refused. Never here: names are not resolved.

use purview_abi::name::Origin;
use url::{Host, Url};

/// Longest URL that the client library takes; `egress_url_bytes` is never above it.
const URL_BYTES_MAX: usize = 60 * 1024;

/// Scheme, host, port, path and query of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Whether the connection is encrypted.
    pub is_https: bool,
    /// Lower case, without trailing dot; IPv6 in brackets.
    pub host: String,
    /// The port, the scheme's own if the URL names none.
    pub port: u16,
    /// From `/` on, escaped, with the query and without the fragment.
    pub path: String,
}

/// Why text is not a URL that requests can go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadUrl(pub &'static str);

impl Target {
    /// Reads a whole URL.
    pub fn of_url(text: &str) -> Result<Self, BadUrl> {
        if text.len() > URL_BYTES_MAX {
            return Err(BadUrl("the URL is too long"));
        }
        if text.bytes().any(|byte| byte < b' ' || byte == 0x7f) || text.trim() != text {
            return Err(BadUrl("the URL holds control characters or starts or ends with a space"));
        }
        let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
        let Some(rest) = ["https://", "http://"]
            .iter()
            .find_map(|scheme| lower.starts_with(scheme).then(|| &text[scheme.len()..]))
        else {
            return Err(BadUrl("the URL does not start with http:// or https://"));
        };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if !authority.is_ascii() {
            return Err(BadUrl("the host holds characters beyond ASCII; write its `xn--` form"));
        }
        if authority.contains(['@', '\\', ' ']) {
            return Err(BadUrl(
                "the URL holds a user name, a backslash or a space before its path",
            ));
        }
        let url = Url::parse(text).map_err(|_| BadUrl("this is not a URL"))?;
        Self::of_parsed(&url)
    }

    fn of_parsed(url: &Url) -> Result<Self, BadUrl> {
        let host = match url.host() {
            Some(Host::Domain(name)) => name.strip_suffix('.').unwrap_or(name).to_owned(),
            Some(Host::Ipv4(address)) => address.to_string(),
            Some(Host::Ipv6(address)) => format!("[{address}]"),
            None => return Err(BadUrl("the URL has no host")),
        };
        let is_https = url.scheme() == "https";
        let port = url.port_or_known_default().filter(|port| *port != 0);
        let port = port.ok_or(BadUrl("the port is not a number from 1 to 65535"))?;
        // The grammar of hosts is the one of imports and policies.
        if Origin::parse(&format!("http://{host}")).is_err() {
            return Err(BadUrl("this is not a host"));
        }
        let mut path = url.path().to_owned();
        if let Some(query) = url.query() {
            path.push('?');
            path.push_str(query);
        }
        Ok(Self { is_https, host, port, path })
    }

    /// Reads a path with its query, for an origin that an import names.
    pub fn of_origin(origin: &str, path: &str) -> Result<Self, BadUrl> {
        if !(path.is_empty() || path.starts_with(['/', '?'])) {
            return Err(BadUrl("the path does not start with `/` or `?`"));
        }
        let target = Self::of_url(&format!("{origin}{path}"))?;
        let named = Origin::parse(origin).map_err(|_| BadUrl("the origin is not one"))?;
        let same = (target.is_https, target.host.as_str(), target.port)
            == (named.scheme == "https", named.host, named.port);
        if same { Ok(target) } else { Err(BadUrl("the host is another way to write an address")) }
    }

    /// `host` or `host:port`, as policies and `Host` fields have it.
    pub fn authority(&self) -> String {
        match (self.is_https, self.port) {
            (true, 443) | (false, 80) => self.host.clone(),
            (_, port) => format!("{}:{port}", self.host),
        }
    }

    /// The whole URL.
    pub(super) fn url(&self) -> String {
        let scheme = if self.is_https { "https" } else { "http" };
        format!("{scheme}://{}{}", self.authority(), self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_have_one_form() {
        for (text, form) in [
            ("https://api.example.com", "https://api.example.com/"),
            ("HTTPS://API.Example.COM.:443/a b?c=d e#f", "https://api.example.com/a%20b?c=d%20e"),
            ("http://127.1:8080/x", "http://127.0.0.1:8080/x"),
            ("http://0x7f000001/", "http://127.0.0.1/"),
            ("http://2130706433/", "http://127.0.0.1/"),
            ("http://[0:0:0:0:0:0:0:1]:80/", "http://[::1]/"),
            ("http://[::ffff:127.0.0.1]/", "http://[::ffff:127.0.0.1]/"),
            ("https://example%2ecom/", "https://example.com/"),
            ("https://a.example/../../b", "https://a.example/b"),
            ("https://a.example//evil.example/x", "https://a.example//evil.example/x"),
        ] {
            assert_eq!(Target::of_url(text).map(|target| target.url()), Ok(form.into()), "{text}");
        }
    }

    #[test]
    fn urls_that_are_refused() {
        let long = format!("https://a.example/{}", "x".repeat(URL_BYTES_MAX));
        for text in [
            "",
            "/path",
            "//a.example/",
            "ftp://a.example/",
            "file:///etc/passwd",
            "https:a.example",
            "https:/a.example",
            "https://",
            "https://user@a.example/",
            "https://a.example:pass@evil.example/",
            "https://a.example\\@evil.example/",
            "https://a.ex\tample/",
            "https://a.example/\r\nHost: b",
            " https://a.example/",
            "https://a.example/ ",
            "https://a example/",
            "https://\u{ff41}.example/",
            "https://a\u{0430}.example/",
            "https://a.example:0/",
            "https://a.example:65536/",
            "https://a.example:x/",
            "https://[::1/",
            "https://a..example/",
            "https://-a.example/",
            "https://256.1.1.1/",
            "javascript:alert(1)",
            &long,
        ] {
            assert!(Target::of_url(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_path_stays_with_its_origin() {
        let of =
            |path| Target::of_origin("https://a.example:8443", path).map(|target| target.url());
        assert_eq!(of(""), Ok("https://a.example:8443/".into()));
        assert_eq!(of("?x=1"), Ok("https://a.example:8443/?x=1".into()));
        assert_eq!(of("//b.example/"), Ok("https://a.example:8443//b.example/".into()));
        for path in [".evil.example/", "@evil.example/", ":1/", "0/", "#x", "\\x"] {
            assert!(of(path).is_err(), "{path}");
        }
        assert!(Target::of_origin("http://2130706433", "/").is_err());
    }
}
