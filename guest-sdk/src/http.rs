//! Header fields that mean something: cookies of a request, what a client would rather have, content types, cross-origin access.
//!
//! ```
//! use purview_guest::http::{self, Cors};
//!
//! assert_eq!(http::cookies("a=1; b=\"2\"").collect::<Vec<_>>(), [("a", "1"), ("b", "2")]);
//! assert_eq!(http::negotiate("text/*;q=0.5, application/json", &["text/html", "application/json"]), Some("application/json"));
//! let fields = Cors::new("https://app.example").methods("GET, POST").max_age(600).fields();
//! assert_eq!(fields[0], ("access-control-allow-origin", "https://app.example".into()));
//! ```

/// Most cookies of one header that are read.
const COOKIES_MAX: usize = 200;

/// The cookies of a `cookie` header, in order; quotes around a value are taken off. The first of equal names is from the closest path.
pub fn cookies(header: &str) -> impl Iterator<Item = (&str, &str)> {
    header.split(';').take(COOKIES_MAX).filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        let (name, value) = (name.trim(), unquoted(value.trim()));
        (!name.is_empty()).then_some((name, value))
    })
}

/// The first cookie of this name.
pub fn cookie<'h>(header: &'h str, name: &str) -> Option<&'h str> {
    cookies(header).find(|(found, _)| *found == name).map(|(_, value)| value)
}

/// The offer that an `accept` header wants most (RFC 9110 section 12.5.1): the most exact range decides on an offer, then the weight,
/// then the order of the offers. An empty header takes the first offer.
pub fn negotiate<'o>(accept: &str, offers: &[&'o str]) -> Option<&'o str> {
    if accept.trim().is_empty() {
        return offers.first().copied();
    }
    let mut best: Option<(&str, u32)> = None;
    for offer in offers {
        let ranges = accept.split(',').filter_map(|range| wanted(range, offer));
        let Some((_, weight)) = ranges.max_by_key(|(exact, _)| *exact) else { continue };
        if weight > 0 && best.is_none_or(|(_, most)| weight > most) {
            best = Some((offer, weight));
        }
    }
    best.map(|(offer, _)| offer)
}

/// How exactly a range names an offer, and its weight in thousandths.
fn wanted(range: &str, offer: &str) -> Option<(u8, u32)> {
    let mut parts = range.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let plain = offer.split(';').next().unwrap_or_default().trim();
    let exact = match name.strip_suffix("/*") {
        _ if name == "*/*" || name == "*" => 1,
        Some(family) => {
            let own = plain.split('/').next().unwrap_or_default();
            own.eq_ignore_ascii_case(family).then_some(2)?
        }
        None => name.eq_ignore_ascii_case(plain).then_some(3)?,
    };
    let weight = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
    Some((exact, weight.map_or(Some(1000), thousandths)?))
}

/// A weight from 0 to 1 with up to three decimals.
fn thousandths(text: &str) -> Option<u32> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = decimals.len() <= 3 && decimals.bytes().all(|byte| byte.is_ascii_digit());
    let whole = ["0", "1"].iter().position(|known| *known == whole).filter(|_| digits)?;
    let decimals: u32 = format!("{decimals:0<3}").parse().ok()?;
    Some((whole as u32 * 1000 + decimals).min(1000))
}

/// What a `content-type` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentType {
    /// As in `text`, in lower case.
    pub kind: String,
    /// As in `html`, in lower case.
    pub subtype: Option<String>,
    /// As in `utf-8`, in lower case.
    pub charset: Option<String>,
}

/// Reads a `content-type` header.
pub fn content_type(header: &str) -> Option<ContentType> {
    let mut parts = header.split(';').map(str::trim);
    let name = parts.next()?;
    let (kind, subtype) = match name.split_once('/') {
        Some((kind, subtype)) => (kind, Some(subtype)),
        None => (name, None),
    };
    if !is_token(kind) || subtype.is_some_and(|subtype| !is_token(subtype)) {
        return None;
    }
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| unquoted(value.trim()))
    });
    Some(ContentType {
        kind: kind.to_ascii_lowercase(),
        subtype: subtype.map(str::to_ascii_lowercase),
        charset: charset.map(str::to_ascii_lowercase),
    })
}

fn is_token(text: &str) -> bool {
    let valid = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(valid)
}

fn unquoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text)
}

/// The header fields that let pages of another origin read an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cors {
    origin: String,
    methods: Option<String>,
    headers: Option<String>,
    max_age: Option<u32>,
    credentials: bool,
}

impl Cors {
    /// Lets this origin read, or every one: `*`. Check the request's `origin` against those that may before it is given back.
    pub fn new(origin: &str) -> Self {
        let origin = origin.to_owned();
        Self { origin, methods: None, headers: None, max_age: None, credentials: false }
    }

    /// Lets it use these methods, as in `GET, POST`.
    #[must_use]
    pub fn methods(mut self, list: &str) -> Self {
        self.methods = Some(list.to_owned());
        self
    }

    /// Lets it send these header fields.
    #[must_use]
    pub fn headers(mut self, list: &str) -> Self {
        self.headers = Some(list.to_owned());
        self
    }

    /// Lets it remember this for so many seconds.
    #[must_use]
    pub fn max_age(mut self, seconds: u32) -> Self {
        self.max_age = Some(seconds);
        self
    }

    /// Lets it send cookies. Browsers do not take that from an answer for every origin, so there it is left out.
    #[must_use]
    pub fn credentials(mut self) -> Self {
        self.credentials = true;
        self
    }

    /// The fields.
    pub fn fields(self) -> Vec<(&'static str, String)> {
        let any = self.origin == "*";
        let mut fields = vec![("access-control-allow-origin", self.origin)];
        if !any {
            fields.push(("vary", "origin".into()));
        }
        fields.extend(self.methods.map(|list| ("access-control-allow-methods", list)));
        fields.extend(self.headers.map(|list| ("access-control-allow-headers", list)));
        fields.extend(self.max_age.map(|age| ("access-control-max-age", age.to_string())));
        if self.credentials && !any {
            fields.push(("access-control-allow-credentials", "true".into()));
        }
        fields
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cookies_of_a_request() {
        let header = " a=1;b = 2 ; c; =d; a=3; e=\"x y\"; f=\"";
        let found: Vec<_> = cookies(header).collect();
        assert_eq!(found, [("a", "1"), ("b", "2"), ("a", "3"), ("e", "x y"), ("f", "\"")]);
        assert_eq!((cookie(header, "a"), cookie(header, "c")), (Some("1"), None));
        assert_eq!(cookies(&"a=1;".repeat(1000)).count(), 200);
    }

    #[test]
    fn offers() {
        let offers = ["text/html", "application/json"];
        for (accept, best) in [
            ("", Some("text/html")),
            ("*/*", Some("text/html")),
            ("application/*", Some("application/json")),
            ("text/html;q=0.4, */*;q=0.5", Some("application/json")),
            ("text/html;q=0, */*", Some("application/json")),
            ("TEXT/HTML", Some("text/html")),
            ("text/html;q=2", None),
            ("text/html;q=0.1234", None),
            ("image/png", None),
            ("*/*;q=0", None),
        ] {
            assert_eq!(negotiate(accept, &offers), best, "{accept}");
        }
        assert_eq!(negotiate("*/*", &[]), None);
    }

    #[test]
    fn content_types_and_origins() {
        let found = content_type("Text/HTML; a=b; Charset=\"UTF-8\"").unwrap();
        assert_eq!((&*found.kind, found.subtype.as_deref()), ("text", Some("html")));
        assert_eq!(found.charset.as_deref(), Some("utf-8"));
        assert_eq!(content_type("text").unwrap().subtype, None);
        for text in ["", "/html", "text/", "te xt/html", "text/html/x"] {
            assert_eq!(content_type(text), None, "{text}");
        }
        let every = Cors::new("*").credentials().fields();
        assert_eq!(every, [("access-control-allow-origin", "*".to_owned())]);
        let one = Cors::new("https://a.example").headers("x").credentials().fields();
        assert_eq!(
            one.iter().map(|(name, _)| *name).collect::<Vec<_>>(),
            [
                "access-control-allow-origin",
                "vary",
                "access-control-allow-headers",
                "access-control-allow-credentials"
            ]
        );
    }

    proptest! {
        #[test]
        fn any_header_is_read(text: String) {
            let _ = (cookies(&text).count(), negotiate(&text, &["a/b"]), content_type(&text));
        }
    }
}
