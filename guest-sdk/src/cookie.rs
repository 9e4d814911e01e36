//! Cookies that are set, and cookies that only this handler can have set. In: name, value, attributes (RFC 6265 with
//! `SameSite` and `Partitioned`). Out: a `Set-Cookie` field, or why there is none. Never here: a cookie that a value could
//! turn into another one.

use std::{borrow::Cow, fmt, time::Duration};

use hmac::{Hmac, Mac};
use purview_abi::name::is_token_byte;
use sha2::Sha256;

use crate::{IntoResponse, Response, base64, response::Text};

/// A cookie to be set. It is sent to the whole site, by script-free same-site navigation only, until the browser ends: `Path=/;
/// HttpOnly; SameSite=Lax`, each of which can be changed.
///
/// ```
/// use std::time::Duration;
/// use purview_guest::{Response, SameSite, SetCookie};
///
/// let cookie = SetCookie::new("sid", "31d4d96e").max_age(Duration::from_secs(3600)).secure();
/// let response = Response::text("welcome").cookie(cookie);
/// assert_eq!(
///     response.header_value("set-cookie"),
///     Some("sid=31d4d96e; Path=/; Max-Age=3600; Secure; HttpOnly; SameSite=Lax")
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetCookie {
    name: Text,
    value: Text,
    path: Text,
    domain: Option<Text>,
    max_age: Option<u64>,
    expires: Option<Duration>,
    secure: bool,
    http_only: bool,
    same_site: SameSite,
    partitioned: bool,
}

/// When a browser sends a cookie along with requests that other sites cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SameSite {
    /// Never.
    Strict,
    /// When the user follows a link.
    Lax,
    /// Always; the cookie must be [`secure`](SetCookie::secure).
    None,
}

impl SetCookie {
    /// A cookie for the whole site.
    pub fn new(name: impl Into<Text>, value: impl Into<Text>) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
            path: Cow::Borrowed("/"),
            domain: None,
            max_age: None,
            expires: None,
            secure: false,
            http_only: true,
            same_site: SameSite::Lax,
            partitioned: false,
        }
    }

    /// A cookie whose value [`SigningKey::verify`] knows to be from here: the value, a dot, its signature. The value is not
    /// hidden.
    pub fn signed(name: impl Into<Text>, value: &str, key: &SigningKey) -> Self {
        let name = name.into();
        let value = key.sign(&name, value);
        Self::new(name, value)
    }

    /// Takes the cookie of this name away from the browser.
    pub fn delete(name: impl Into<Text>) -> Self {
        Self::new(name, "").max_age(Duration::ZERO)
    }

    /// Sent below this path only.
    #[must_use]
    pub fn path(mut self, path: impl Into<Text>) -> Self {
        self.path = path.into();
        self
    }

    /// Sent to this domain and those below it.
    #[must_use]
    pub fn domain(mut self, domain: impl Into<Text>) -> Self {
        self.domain = Some(domain.into());
        self
    }

    /// How long it is kept.
    #[must_use]
    pub fn max_age(mut self, age: Duration) -> Self {
        self.max_age = Some(age.as_secs());
        self
    }

    /// Until when it is kept, as time since 1970.
    #[must_use]
    pub fn expires(mut self, since_1970: Duration) -> Self {
        self.expires = Some(since_1970);
        self
    }

    /// Sent over TLS only.
    #[must_use]
    pub fn secure(mut self) -> Self {
        self.secure = true;
        self
    }

    /// Shown to scripts of the page.
    #[must_use]
    pub fn for_scripts(mut self) -> Self {
        self.http_only = false;
        self
    }

    /// Sent along with requests that other sites cause, or not.
    #[must_use]
    pub fn same_site(mut self, same_site: SameSite) -> Self {
        self.same_site = same_site;
        self
    }

    /// Kept apart for each site that embeds this one; the cookie must be [`secure`](Self::secure).
    #[must_use]
    pub fn partitioned(mut self) -> Self {
        self.partitioned = true;
        self
    }

    /// The value of the `Set-Cookie` field.
    pub fn header(&self) -> Result<String, CookieError> {
        let wrong = |what| Err(CookieError { name: self.name.clone().into_owned(), what });
        if self.name.is_empty() || !self.name.bytes().all(is_token_byte) {
            return wrong("its name is not a token");
        }
        if !self.value.bytes().all(is_value_byte) {
            return wrong(
                "its value holds a space, a quote, a comma, a semicolon, a backslash or a byte beyond ASCII: encode it",
            );
        }
        let plain = |text: &str| text.bytes().all(|byte| matches!(byte, 0x20..=0x3a | 0x3c..=0x7e));
        if !self.path.starts_with('/') || !plain(&self.path) {
            return wrong(
                "its path does not start with `/`, or holds a semicolon or a control character",
            );
        }
        if self
            .domain
            .as_deref()
            .is_some_and(|domain| domain.is_empty() || !domain.bytes().all(is_domain_byte))
        {
            return wrong("its domain is not a host name");
        }
        let needs_secure = self.same_site == SameSite::None || self.partitioned;
        if needs_secure && !self.secure {
            return wrong("browsers refuse `SameSite=None` and `Partitioned` without `Secure`");
        }
        if self.name.starts_with("__Host-")
            && (!self.secure || self.path != "/" || self.domain.is_some())
        {
            return wrong("`__Host-` stands for `Secure`, the path `/` and no domain");
        }
        if self.name.starts_with("__Secure-") && !self.secure {
            return wrong("`__Secure-` stands for `Secure`");
        }
        let mut text = format!("{}={}; Path={}", self.name, self.value, self.path);
        if let Some(age) = self.max_age {
            text += &format!("; Max-Age={age}");
        }
        if let Some(expires) = self.expires {
            text += &format!("; Expires={}", http_date(expires.as_secs()));
        }
        if let Some(domain) = &self.domain {
            text += &format!("; Domain={domain}");
        }
        for (on, name) in [(self.secure, "; Secure"), (self.http_only, "; HttpOnly")] {
            text += if on { name } else { "" };
        }
        text += match self.same_site {
            SameSite::Strict => "; SameSite=Strict",
            SameSite::Lax => "; SameSite=Lax",
            SameSite::None => "; SameSite=None",
        };
        text += if self.partitioned { "; Partitioned" } else { "" };
        Ok(text)
    }
}

/// RFC 6265 section 4.1.1: a byte of a cookie's value.
const fn is_value_byte(byte: u8) -> bool {
    matches!(byte, 0x21 | 0x23..=0x2b | 0x2d..=0x3a | 0x3c..=0x5b | 0x5d..=0x7e)
}

const fn is_domain_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.')
}

/// RFC 9110 section 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`.
fn http_date(seconds: u64) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    // The last second that has four digits for the year.
    let seconds = seconds.min(253_402_300_799);
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // Days since 0000-03-01, in eras of 400 years: the day that leap years add is the last of a year.
    let shifted = days + 719_468;
    let (era, day) = (shifted / 146_097, shifted % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let date = day - (153 * month + 2) / 5 + 1;
    let (month, carry) = if month < 10 { (month + 2, 0) } else { (month - 10, 1) };
    format!(
        "{}, {date:02} {} {:04} {:02}:{:02}:{:02} GMT",
        DAYS[(days % 7) as usize],
        MONTHS[month as usize],
        era * 400 + year + carry,
        rest / 3600,
        rest / 60 % 60,
        rest % 60
    )
}

impl Response {
    /// Sets a cookie; several are kept. One that HTTP does not allow makes a 500 and an error in the log.
    #[must_use]
    pub fn cookie(self, cookie: SetCookie) -> Self {
        match cookie.header() {
            Ok(value) => self.header("set-cookie", value),
            Err(error) => Self::fault(format_args!("{error}")),
        }
    }
}

/// A cookie beside the response.
impl<T: IntoResponse> IntoResponse for (SetCookie, T) {
    fn into_response(self) -> Response {
        self.1.into_response().cookie(self.0)
    }
}

/// Why a cookie cannot be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CookieError {
    name: String,
    what: &'static str,
}

impl fmt::Display for CookieError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cookie `{}` cannot be set: {}", self.name.escape_debug(), self.what)
    }
}

impl std::error::Error for CookieError {}

/// A secret with which values are signed (HMAC-SHA-256).
#[derive(Clone)]
pub struct SigningKey(Vec<u8>);

/// Shortest secret.
const KEY_BYTES_MIN: usize = 32;

impl SigningKey {
    /// A key of at least 32 bytes, best random ones. `None`: it is shorter.
    pub fn new(secret: impl Into<Vec<u8>>) -> Option<Self> {
        let secret = secret.into();
        (secret.len() >= KEY_BYTES_MIN).then_some(Self(secret))
    }

    /// The value with its signature. The name is signed too, so that one cookie's value is none of another.
    pub fn sign(&self, name: &str, value: &str) -> String {
        let signature = self.mac(name, value).finalize().into_bytes();
        format!("{value}.{}", base64::encode_url(&signature))
    }

    /// The value, if it was signed with this key for this name. Takes as long for every wrong signature.
    pub fn verify<'v>(&self, name: &str, signed: &'v str) -> Option<&'v str> {
        let (value, signature) = signed.rsplit_once('.')?;
        self.mac(name, value).verify_slice(&base64::decode_url(signature)?).ok()?;
        Some(value)
    }

    fn mac(&self, name: &str, value: &str) -> Hmac<Sha256> {
        let mut mac = Hmac::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        // The length ends the name: no other pair makes the same bytes.
        mac.update(&(name.len() as u64).to_be_bytes());
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
        mac
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_attribute_is_written() {
        let cookie = SetCookie::new("__Secure-a", "b")
            .path("/x")
            .domain("example.org")
            .max_age(Duration::from_secs(5))
            .expires(Duration::from_secs(784_111_777))
            .secure()
            .for_scripts()
            .same_site(SameSite::None)
            .partitioned();
        assert_eq!(
            cookie.header().as_deref(),
            Ok(
                "__Secure-a=b; Path=/x; Max-Age=5; Expires=Sun, 06 Nov 1994 08:49:37 GMT; Domain=example.org; Secure; SameSite=None; Partitioned"
            )
        );
        let gone = SetCookie::delete("a").same_site(SameSite::Strict);
        assert_eq!(
            gone.header().as_deref(),
            Ok("a=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict")
        );
    }

    #[test]
    fn cookies_that_are_not_one_cookie_are_refused() {
        let base = || SetCookie::new("a", "b");
        for cookie in [
            SetCookie::new("", "b"),
            SetCookie::new("a=b", "c"),
            SetCookie::new("a b", "c"),
            SetCookie::new("a", "b; Domain=evil"),
            SetCookie::new("a", "b\r\nx: y"),
            SetCookie::new("a", "\"b\""),
            SetCookie::new("a", "ä"),
            base().path("x"),
            base().path("/; Secure"),
            base().path("/\n"),
            base().domain("a;b"),
            base().domain(""),
            base().same_site(SameSite::None),
            base().partitioned(),
            SetCookie::new("__Host-a", "b").secure().path("/x"),
            SetCookie::new("__Host-a", "b").secure().domain("a.b"),
            SetCookie::new("__Secure-a", "b"),
        ] {
            assert!(cookie.header().is_err(), "{cookie:?}");
            assert_eq!(Response::text("x").cookie(cookie).status_code(), 500);
        }
    }

    #[test]
    fn several_cookies_are_kept() {
        let response =
            Response::text("x").cookie(SetCookie::new("a", "1")).cookie(SetCookie::new("b", "2"));
        assert_eq!(response.fields().filter(|(name, _)| *name == "set-cookie").count(), 2);
    }

    #[test]
    fn dates_are_those_of_http() {
        for (seconds, text) in [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 GMT"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
            (u64::MAX, "Fri, 31 Dec 9999 23:59:59 GMT"),
        ] {
            assert_eq!(http_date(seconds), text);
        }
    }

    #[test]
    fn a_signature_holds_for_one_name_and_one_key() {
        let key = SigningKey::new(*b"0123456789abcdef0123456789abcdef").expect("it is long enough");
        let other =
            SigningKey::new(*b"0123456789abcdef0123456789abcdeF").expect("it is long enough");
        let signed = key.sign("sid", "user.7");
        assert_eq!(key.verify("sid", &signed), Some("user.7"));
        assert_eq!(key.verify("sit", &signed), None);
        assert_eq!(other.verify("sid", &signed), None);
        for changed in [
            signed.replace('7', "8"),
            format!("{signed}A"),
            signed[..signed.len() - 1].into(),
            "user.7".into(),
            String::new(),
        ] {
            assert_eq!(key.verify("sid", &changed), None, "{changed}");
        }
        assert!(SigningKey::new("short").is_none());
        // As Python's `hmac` makes it of the same bytes.
        assert_eq!(signed, "user.7.luvbMqs2BYVLONh_KvLnf7gT55WY3hT8QWDhylq1fWo");
    }
}
