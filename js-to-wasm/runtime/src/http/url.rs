//! `URL(text)`: the parts of an absolute URL. In: text. Out: an object with `href`, `protocol`, `host`, `hostname`, `port`, `pathname`,
//! `search`, `hash`, `origin`, `username` and `password`, or `undefined` if it is not one.

use crate::{
    object::{Class, Object},
    string::Str,
    text::text_at,
    value::Value,
};

struct Parts {
    protocol: &'static [u8],
    user: &'static [u8],
    password: &'static [u8],
    host: &'static [u8],
    port: &'static [u8],
    path: &'static [u8],
    search: &'static [u8],
    hash: &'static [u8],
}

fn cut(text: &'static [u8], stop: impl Fn(&u8) -> bool) -> (&'static [u8], &'static [u8]) {
    text.split_at(text.iter().position(stop).unwrap_or(text.len()))
}

fn parts(text: &'static [u8]) -> Option<Parts> {
    let colon = text.windows(3).position(|window| window == b"://")?;
    let (protocol, rest) = (&text[..colon + 1], &text[colon + 3..]);
    let valid = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    if colon == 0 || !protocol[0].is_ascii_alphabetic() || !protocol[..colon].iter().all(valid) {
        return None;
    }
    let (authority, rest) = cut(rest, |byte| matches!(byte, b'/' | b'?' | b'#'));
    let (path, rest) = cut(rest, |byte| matches!(byte, b'?' | b'#'));
    let (search, hash) = cut(rest, |byte| *byte == b'#');
    let (user_info, address) = match authority.iter().rposition(|byte| *byte == b'@') {
        Some(at) => (&authority[..at], &authority[at + 1..]),
        None => (&b""[..], authority),
    };
    let (user, password) = cut(user_info, |byte| *byte == b':');
    let bracket = address.iter().rposition(|byte| *byte == b']').map_or(0, |at| at + 1);
    let (host, port) = match address[bracket..].iter().position(|byte| *byte == b':') {
        Some(at) => (&address[..bracket + at], &address[bracket + at + 1..]),
        None => (address, &b""[..]),
    };
    if host.is_empty() || host.iter().any(|byte| *byte <= b' ' || b"<>\\^|%@".contains(byte)) {
        return None;
    }
    if port.len() > 5 || !port.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let password = password.get(1..).unwrap_or_default();
    Some(Parts { protocol, user, password, host, port, path, search, hash })
}

/// A reference against the URL it stands in (RFC 3986 section 5.2).
fn resolve(text: &'static [u8], base: &'static [u8]) -> Option<Parts> {
    if let Some(absolute) = parts(text) {
        return Some(absolute);
    }
    let mut base = parts(base)?;
    if text.starts_with(b"//") {
        return parts([base.protocol, text].concat().leak());
    }
    let (before_hash, hash) = cut(text, |byte| *byte == b'#');
    let (path, search) = cut(before_hash, |byte| *byte == b'?');
    base.hash = hash;
    if path.is_empty() {
        if !search.is_empty() {
            base.search = search;
        }
        return Some(base);
    }
    base.search = search;
    base.path = if path.starts_with(b"/") {
        path
    } else {
        let folder = base.path.iter().rposition(|byte| *byte == b'/').map_or(0, |at| at + 1);
        let folder = if folder == 0 { b"/" } else { &base.path[..folder] };
        [folder, path].concat().leak()
    };
    Some(base)
}

/// A path without `.` and `..` segments; at least `/`.
fn plain_path(path: &[u8]) -> alloc::vec::Vec<u8> {
    let mut kept: alloc::vec::Vec<&[u8]> = alloc::vec::Vec::new();
    let mut segments =
        path.strip_prefix(b"/").unwrap_or(path).split(|byte| *byte == b'/').peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            b"." | b"%2e" | b"%2E" => {}
            b".." => {
                kept.pop();
            }
            _ => {
                kept.push(segment);
                continue;
            }
        }
        if last {
            kept.push(b"");
        }
    }
    let mut plain = alloc::vec::Vec::with_capacity(path.len() + 1);
    for segment in kept {
        plain.push(b'/');
        plain.extend_from_slice(segment);
    }
    plain
}

builtins! {
    "URL" new_url(_this, args) {
        let trimmed = |index| crate::number::trim_end(crate::number::trim_start(text_at(args, index).bytes()));
        let absolute = match args.get(1).is_present() {
            true => resolve(trimmed(0), trimmed(1)),
            false => parts(trimmed(0)),
        };
        let Some(parts) = absolute else { return Value::UNDEFINED };
        let protocol = parts.protocol.to_ascii_lowercase();
        let default: &[u8] = match &protocol[..] {
            b"http:" => b"80",
            b"https:" => b"443",
            _ => b"",
        };
        let port = if parts.port == default { b"" } else { parts.port };
        let hostname = parts.host.to_ascii_lowercase();
        let host = if port.is_empty() { hostname.clone() } else { [&hostname[..], b":", port].concat() };
        let origin = [&protocol[..], b"//", &host].concat();
        let path = plain_path(parts.path);
        let shown = |part: &'static [u8]| if part.len() == 1 { &b""[..] } else { part };
        let login = match (parts.user, parts.password) {
            ([], []) => alloc::vec::Vec::new(),
            (user, []) => [user, b"@"].concat(),
            (user, password) => [user, b":", password, b"@"].concat(),
        };
        let href = [&protocol[..], b"//", &login, &host, &path, parts.search, parts.hash].concat();
        let url = Object::with_capacity(Class::Plain, 11);
        url.set_field("href", Value::string(Str::take(href)));
        url.set_field("origin", Value::string(Str::take(origin)));
        url.set_field("protocol", Value::string(Str::take(protocol)));
        url.set_field("username", Value::string(Str::of(parts.user)));
        url.set_field("password", Value::string(Str::of(parts.password)));
        url.set_field("host", Value::string(Str::take(host)));
        url.set_field("hostname", Value::string(Str::take(hostname)));
        url.set_field("port", Value::string(Str::of(port)));
        url.set_field("pathname", Value::string(Str::new(&path)));
        url.set_field("search", Value::string(Str::of(shown(parts.search))));
        url.set_field("hash", Value::string(Str::of(shown(parts.hash))));
        Value::object(url)
    }
}

builtins! {
    "URL.canParse" can_parse(this, args) {
        // SAFETY: the arguments are those that this function got.
        let url = unsafe { new_url(this, args.len() as u32, args.as_ptr()) };
        Value::bool(url.is_present())
    }
}
