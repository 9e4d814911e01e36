//! `purview:http`: cookies, content types, negotiation, CORS. In: header values. Out: header values, objects.

use alloc::vec::Vec;

use crate::{
    convert, number,
    object::{Class, Object},
    string::Str,
    text::{bytes_at, or_undefined, string_at},
    uri,
    value::{Kind, Value},
};

/// Most cookies that are read.
const COOKIES_MAX: usize = 200;

fn is_token(text: &[u8]) -> bool {
    let valid = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
    !text.is_empty() && text.iter().all(valid)
}

fn trimmed(text: &[u8]) -> &[u8] {
    text.trim_ascii()
}

fn unquoted(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")).unwrap_or(text)
}

fn text(bytes: Vec<u8>) -> Value {
    Value::string(Str::take(bytes))
}

/// A cookie's value: escapes are decoded if all of them are right.
fn cookie_value(bytes: &[u8]) -> Value {
    match uri::decode(bytes, b"") {
        Some(decoded) => text(decoded),
        None => Value::string(Str::new(bytes)),
    }
}

fn parse_cookies(header: &[u8]) -> &'static Object {
    let cookies = Object::new(Class::Plain);
    for pair in header.split(|byte| *byte == b';').take(COOKIES_MAX) {
        let Some(at) = pair.iter().position(|byte| *byte == b'=') else { continue };
        let (name, value) = (trimmed(&pair[..at]), unquoted(trimmed(&pair[at + 1..])));
        let name = Str::new(name);
        // The first of equal names comes from the closest path.
        if !name.is_empty() && !cookies.has(name) {
            cookies.set(name, cookie_value(value));
        }
    }
    cookies
}

/// The line of `set-cookie`; nothing if a part is not allowed (RFC 6265 section 4.1.1).
fn cookie(name: &[u8], value: &[u8], options: Option<&Object>) -> Option<Vec<u8>> {
    let octet =
        |byte: &u8| matches!(byte, 0x21 | 0x23..=0x2B | 0x2D..=0x3A | 0x3C..=0x5B | 0x5D..=0x7E);
    if !is_token(name) || !value.iter().all(octet) {
        return None;
    }
    let option =
        |name| options.and_then(|options| options.field(name)).filter(|value| value.is_present());
    let mut line = [name, b"=", value].concat();
    let path = option("path");
    if let Some(path) = path {
        let path = path.as_string()?.bytes();
        let allowed = path.starts_with(b"/")
            && path.iter().all(|byte| matches!(byte, b' '..=b'~') && *byte != b';');
        line.extend_from_slice(b"; Path=");
        line.extend_from_slice(Some(path).filter(|_| allowed)?);
    }
    let domain = option("domain");
    if let Some(domain) = domain {
        let domain = domain.as_string()?.bytes();
        let allowed =
            domain.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
        line.extend_from_slice(b"; Domain=");
        line.extend_from_slice(Some(domain).filter(|_| allowed && !domain.is_empty())?);
    }
    if let Some(age) = option("maxAge") {
        let seconds = age.as_number().filter(|age| age.is_finite())?;
        line.extend_from_slice(b"; Max-Age=");
        number::push(&mut line, libm::trunc(seconds));
    }
    if let Some(expires) = option("expires") {
        let ms = expires.as_number().filter(|ms| libm::fabs(*ms) <= 8.64e15)?;
        line.extend_from_slice(b"; Expires=");
        line.extend_from_slice(super::time::http_date(ms).as_bytes());
    }
    let flag = |name| option(name) == Some(Value::TRUE);
    let secure = flag("secure");
    if flag("httpOnly") {
        line.extend_from_slice(b"; HttpOnly");
    }
    if secure {
        line.extend_from_slice(b"; Secure");
    }
    if let Some(same_site) = option("sameSite") {
        let given = same_site.as_string()?.bytes();
        let known: [&[u8]; 3] = [b"Strict", b"Lax", b"None"];
        let known = known.into_iter().find(|known| known.eq_ignore_ascii_case(given))?;
        // Browsers drop what any site may send over an open line.
        if known == b"None" && !secure {
            return None;
        }
        line.extend_from_slice(b"; SameSite=");
        line.extend_from_slice(known);
    }
    let root = path.and_then(Value::as_string).is_some_and(|path| path.bytes() == b"/");
    let host_only = !name.starts_with(b"__Host-") || secure && root && domain.is_none();
    (host_only && (secure || !name.starts_with(b"__Secure-"))).then_some(line)
}

/// How much the range of an `Accept` line wants an offer: how exact it is, and its weight in thousandths.
fn wanted(range: &[u8], offer: &[u8]) -> Option<(u8, u32)> {
    let mut parts = range.split(|byte| *byte == b';').map(trimmed);
    let name = parts.next().unwrap_or_default();
    let plain = offer.split(|byte| *byte == b';').next().map(trimmed).unwrap_or_default();
    let family = name.strip_suffix(b"/*").filter(|family| *family != b"*");
    let exact = match family {
        _ if name == b"*/*" || name == b"*" => 1,
        Some(family)
            if plain
                .split(|byte| *byte == b'/')
                .next()
                .is_some_and(|own| own.eq_ignore_ascii_case(family)) =>
        {
            2
        }
        None if name.eq_ignore_ascii_case(plain) => 3,
        _ => return None,
    };
    let mut weight = 1000;
    for part in parts {
        if let Some(given) = part.strip_prefix(b"q=").or(part.strip_prefix(b"Q=")) {
            weight = thousandths(given)?;
        }
    }
    Some((exact, weight))
}

/// A weight from 0 to 1 with up to three decimals.
fn thousandths(text: &[u8]) -> Option<u32> {
    let (whole, decimals) = match text.iter().position(|byte| *byte == b'.') {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, &b""[..]),
    };
    if !matches!(whole, b"0" | b"1")
        || decimals.len() > 3
        || !decimals.iter().all(u8::is_ascii_digit)
    {
        return None;
    }
    let digit = |index: usize| decimals.get(index).map_or(0, |byte| u32::from(byte - b'0'));
    Some((u32::from(whole[0] - b'0') * 1000 + digit(0) * 100 + digit(1) * 10 + digit(2)).min(1000))
}

/// The offer that an `Accept` line wants most; equal ones in the order of the offers.
fn negotiate(accept: &'static [u8], offers: &'static [u8]) -> Option<&'static [u8]> {
    let offers = offers.split(|byte| *byte == b',').map(trimmed).filter(|offer| !offer.is_empty());
    if trimmed(accept).is_empty() {
        return offers.into_iter().next();
    }
    let mut best: Option<(&[u8], u32)> = None;
    for offer in offers {
        let ranges =
            accept.split(|byte| *byte == b',').filter_map(|range| wanted(trimmed(range), offer));
        // The most exact range decides on an offer.
        let Some((_, weight)) = ranges.max_by_key(|(exact, _)| *exact) else { continue };
        if weight > 0 && best.is_none_or(|(_, most)| weight > most) {
            best = Some((offer, weight));
        }
    }
    best.map(|(offer, _)| offer)
}

fn content_type(header: &'static [u8]) -> Option<Value> {
    let mut parts = header.split(|byte| *byte == b';').map(trimmed);
    let mut names = parts.next()?.splitn(2, |byte| *byte == b'/');
    let (kind, subtype) = (names.next()?, names.next());
    if !is_token(kind) || subtype.is_some_and(|subtype| !is_token(subtype)) {
        return None;
    }
    let result = Object::with_capacity(Class::Plain, 3);
    let lower = |bytes: &[u8]| text(bytes.to_ascii_lowercase());
    result.set_field("type", lower(kind));
    if let Some(subtype) = subtype {
        result.set_field("subtype", lower(subtype));
    }
    for part in parts {
        if let Some((name, value)) = part.split_at_checked(8)
            && name.eq_ignore_ascii_case(b"charset=")
        {
            result.set_field("charset", lower(unquoted(value)));
            break;
        }
    }
    Some(Value::object(result))
}

/// A list of names: a text, or an array of texts.
fn list(value: Value) -> Option<&'static Str> {
    match value.kind() {
        Kind::String(text) => Some(text),
        Kind::Array(items) => Some(convert::join(items, b", ", 0)),
        _ => None,
    }
}

fn cors(origin: &'static Str, options: Option<&Object>) -> &'static Object {
    let option =
        |name| options.and_then(|options| options.field(name)).filter(|value| value.is_present());
    let fields = Object::with_capacity(Class::Plain, 6);
    let any = origin.bytes() == b"*";
    fields.set_field("access-control-allow-origin", Value::string(origin));
    if !any {
        fields.set_field("vary", Value::fixed("origin"));
    }
    if let Some(methods) = option("methods").and_then(list) {
        fields.set_field("access-control-allow-methods", Value::string(methods));
    }
    if let Some(headers) = option("headers").and_then(list) {
        fields.set_field("access-control-allow-headers", Value::string(headers));
    }
    if let Some(age) = option("maxAge").and_then(Value::as_number) {
        let mut seconds = Vec::new();
        number::push(&mut seconds, libm::trunc(age));
        fields.set_field("access-control-max-age", text(seconds));
    }
    // Browsers take no credentials from an answer for every origin.
    if option("credentials") == Some(Value::TRUE) && !any {
        fields.set_field("access-control-allow-credentials", Value::fixed("true"));
    }
    fields
}

builtins! {
    "purview:http.parseCookies" http_parse_cookies(_this, args) {
        Value::object(parse_cookies(string_at(args, 0).map_or(&b""[..], |header| header.bytes())))
    }
    "purview:http.setCookie" http_set_cookie(_this, args) {
        let line = bytes_at(args, 0).zip(bytes_at(args, 1));
        let line = line.and_then(|(name, value)| cookie(&name, &value, args.get(2).as_object()));
        or_undefined(line.map(text))
    }
    "purview:http.negotiate" http_negotiate(_this, args) {
        let accept = string_at(args, 0).map_or(&b""[..], |accept| accept.bytes());
        let offers = string_at(args, 1).map_or(&b""[..], |offers| offers.bytes());
        or_undefined(negotiate(accept, offers).map(|offer| Value::string(Str::of(offer))))
    }
    "purview:http.parseContentType" http_parse_content_type(_this, args) {
        or_undefined(string_at(args, 0).and_then(|header| content_type(header.bytes())))
    }
    "purview:http.cors" http_cors(_this, args) {
        Value::object(match string_at(args, 0) {
            Some(origin) => cors(origin, args.get(1).as_object()),
            None => Object::new(Class::Plain),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_wanted_offer() {
        let offers = b"text/html, application/json";
        let cases: [(&[u8], Option<&[u8]>); 9] = [
            (b"", Some(b"text/html")),
            (b"application/json", Some(b"application/json")),
            (b"*/*", Some(b"text/html")),
            (b"text/*;q=0.5, application/json;q=0.4", Some(b"text/html")),
            (b"text/html;q=0.2, */*;q=0.3", Some(b"application/json")),
            (b"text/html;q=0, */*", Some(b"application/json")),
            (b"image/png", None),
            (b"TEXT/HTML", Some(b"text/html")),
            (b"text/html;q=2", None),
        ];
        for (accept, expected) in cases {
            assert_eq!(negotiate(accept, offers), expected, "{}", accept.escape_ascii());
        }
    }

    #[test]
    fn cookies_that_are_not_allowed() {
        for (name, value) in [
            ("", "a"),
            ("a b", "c"),
            ("a", "b c"),
            ("a", "b;c"),
            ("__Host-a", "b"),
            ("__Secure-a", "b"),
        ] {
            assert_eq!(cookie(name.as_bytes(), value.as_bytes(), None), None, "{name}={value}");
        }
        assert_eq!(cookie(b"a", b"", None).unwrap(), b"a=");
    }
}
