//! Who asks: bearer tokens, user names with passwords, keys. In: what the client sends. Out: it, taken apart; or a 401 that
//! says how to log in. Never here: whether it is right; that is the handler's to find out.

use super::{FromRequest, Rejection};
use crate::{Request, Response, base64, document::Fragment};

/// A bearer token (RFC 6750 section 2.1): `Authorization: Bearer …`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bearer<'r>(
    /// The token.
    pub &'r str,
);

impl<'r> FromRequest<'r> for Bearer<'r> {
    const TAKES: Fragment =
        Fragment::Text(r#"{"security":"bearer","scheme":{"type":"http","scheme":"bearer"}}"#);

    fn from_request(request: &'r Request) -> Result<Self, Rejection> {
        let token =
            credentials(request, "bearer").filter(|token| token.bytes().all(is_token68_byte));
        token.map(Self).ok_or_else(|| unauthorized("Bearer"))
    }
}

/// A user name and a password (RFC 7617): `Authorization: Basic …`.
#[derive(Clone, PartialEq, Eq)]
pub struct Basic {
    /// The name.
    pub username: String,
    /// The password.
    pub password: String,
}

impl std::fmt::Debug for Basic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Basic").field("username", &self.username).finish_non_exhaustive()
    }
}

impl FromRequest<'_> for Basic {
    const TAKES: Fragment =
        Fragment::Text(r#"{"security":"basic","scheme":{"type":"http","scheme":"basic"}}"#);

    fn from_request(request: &Request) -> Result<Self, Rejection> {
        credentials(request, "basic")
            .and_then(basic)
            .ok_or_else(|| unauthorized(r#"Basic realm="api", charset="UTF-8""#))
    }
}

fn basic(text: &str) -> Option<Basic> {
    let decoded = String::from_utf8(base64::decode(text)?).ok()?;
    let (username, password) = decoded.split_once(':')?;
    // RFC 7617 section 2: no control characters.
    (!decoded.chars().any(char::is_control))
        .then(|| Basic { username: username.to_owned(), password: password.to_owned() })
}

/// What follows the scheme, which is named in any case.
fn credentials<'r>(request: &'r Request, scheme: &str) -> Option<&'r str> {
    let (known, rest) = request.header("authorization")?.split_once(' ')?;
    let rest = rest.trim_matches(' ');
    (known.eq_ignore_ascii_case(scheme) && !rest.is_empty()).then_some(rest)
}

/// RFC 9110 section 11.2, as the client wrote it.
const fn is_token68_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'+' | b'/' | b'=')
}

/// A 401 with its challenge.
pub(crate) fn unauthorized(challenge: &'static str) -> Rejection {
    Response::detail(401, "Not authenticated").header("www-authenticate", challenge).into()
}

/// Where a key of an API stands. `#[derive(ApiKey)]` makes a type of it that handlers take.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum KeyPlace {
    /// A header field.
    Header(&'static str),
    /// A name in the query.
    Query(&'static str),
    /// A cookie.
    Cookie(&'static str),
}

/// Takes a key, or answers with a 401.
#[doc(hidden)]
pub fn api_key(request: &Request, place: KeyPlace) -> Result<String, Rejection> {
    let key = match place {
        KeyPlace::Header(name) => request.header(name).map(str::to_owned),
        KeyPlace::Query(name) => request.query_value(name).map(std::borrow::Cow::into_owned),
        KeyPlace::Cookie(name) => super::cookie::all(request)
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.to_owned()),
    };
    key.filter(|key| !key.is_empty()).ok_or_else(|| unauthorized("ApiKey"))
}
