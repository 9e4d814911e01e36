//! `URL(text)`: the parts of a URL, as the WHATWG standard finds them. In: text, perhaps a base. Out: an object with `href`, `origin`,
//! `protocol`, `username`, `password`, `host`, `hostname`, `port`, `pathname`, `search` and `hash`, or `undefined` if it is none.

use alloc::vec::Vec;

use super::host_name;
use crate::{
    object::{Class, Object},
    string::Str,
    text::bytes_at,
    value::Value,
};

/// The parts of a URL, each in its one spelling.
#[derive(Clone, Default)]
struct Parts {
    /// With its colon.
    protocol: Vec<u8>,
    user: Vec<u8>,
    password: Vec<u8>,
    /// None, if the URL has no authority.
    host: Option<Vec<u8>>,
    port: Vec<u8>,
    path: Vec<u8>,
    /// The path is one text, not segments.
    opaque: bool,
    /// With its `?`, or empty.
    search: Vec<u8>,
    /// With its `#`, or empty.
    hash: Vec<u8>,
}

/// Where a request goes.
pub(crate) struct Destination {
    /// Scheme and authority.
    pub(crate) origin: Vec<u8>,
    /// Path and query.
    pub(crate) target: Vec<u8>,
}

/// Where a request to this URL goes; nothing if it is no `http` or `https` URL, or has a user.
pub(crate) fn destination(text: &[u8]) -> Option<Destination> {
    let parts = parse(text, None)?;
    if !parts.is_web() || !parts.user.is_empty() || !parts.password.is_empty() {
        return None;
    }
    let mut parts = parts;
    if let Some(host) = &mut parts.host {
        // A name with a dot at its end is the same name.
        host.pop_if(|last| *last == b'.');
    }
    let origin = [&parts.protocol[..], b"//", &parts.address()].concat();
    Some(Destination { origin, target: [&parts.path[..], &parts.search].concat() })
}

impl Parts {
    fn special(&self) -> bool {
        matches!(&self.protocol[..], b"http:" | b"https:" | b"ws:" | b"wss:" | b"ftp:" | b"file:")
    }

    fn is_file(&self) -> bool {
        &self.protocol[..] == b"file:"
    }

    /// The segments of the path.
    fn segments(&self) -> Vec<Vec<u8>> {
        self.path.split(|byte| *byte == b'/').skip(1).map(<[u8]>::to_vec).collect()
    }

    fn default_port(&self) -> &'static [u8] {
        match &self.protocol[..] {
            b"http:" | b"ws:" => b"80",
            b"https:" | b"wss:" => b"443",
            b"ftp:" => b"21",
            _ => b"",
        }
    }

    /// Host and port.
    fn address(&self) -> Vec<u8> {
        let host = self.host.as_deref().unwrap_or_default();
        if self.port.is_empty() { host.to_vec() } else { [host, b":", &self.port].concat() }
    }
}

/// Appends `text` with escapes for the bytes of a set.
pub(super) fn escape(target: &mut Vec<u8>, text: &[u8], escaped: impl Fn(u8) -> bool) {
    for byte in text {
        if escaped(*byte) {
            crate::uri::push_escape(target, *byte);
        } else {
            target.push(*byte);
        }
    }
}

pub(super) fn control(byte: u8) -> bool {
    !(b' '..=b'~').contains(&byte)
}

fn in_path(byte: u8) -> bool {
    control(byte) || b" \"#<>?^`{}".contains(&byte)
}

fn in_user(byte: u8) -> bool {
    in_path(byte) || b"/:;=@[\\]|".contains(&byte)
}

fn cut(text: &[u8], stop: impl Fn(&u8) -> bool) -> (&[u8], &[u8]) {
    text.split_at(text.iter().position(stop).unwrap_or(text.len()))
}

/// Reads a URL, in `base` if it is relative.
fn parse(text: &[u8], base: Option<&Parts>) -> Option<Parts> {
    let blank = |byte: &u8| *byte <= b' ';
    let start = text.iter().position(|byte| !blank(byte)).unwrap_or(text.len());
    let end = text.iter().rposition(|byte| !blank(byte)).map_or(start, |at| at + 1);
    let clean: Vec<u8> = text[start..end]
        .iter()
        .copied()
        .filter(|byte| !matches!(byte, b'\t' | b'\n' | b'\r'))
        .collect();
    let (text, hash) = cut(&clean, |byte| *byte == b'#');
    let mut parts = match scheme(text) {
        Some((protocol, rest)) => absolute(protocol, rest, base)?,
        None => relative(text, base?)?,
    };
    if !hash.is_empty() {
        parts.hash.clear();
        escape(&mut parts.hash, hash, |byte| control(byte) || b" \"<>`".contains(&byte));
    }
    Some(parts)
}

/// The scheme in lower case with its colon, and what follows.
fn scheme(text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let valid = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let (name, rest) = cut(text, |byte| !valid(byte));
    (name.first()?.is_ascii_alphabetic() && rest.first() == Some(&b':'))
        .then(|| ([&name.to_ascii_lowercase()[..], b":"].concat(), &rest[1..]))
}

fn absolute(protocol: Vec<u8>, rest: &[u8], base: Option<&Parts>) -> Option<Parts> {
    let mut parts = Parts { protocol, ..Parts::default() };
    if parts.is_file() {
        return file(rest, base);
    }
    if parts.special() {
        let slashes = rest.iter().take_while(|byte| matches!(byte, b'/' | b'\\')).count();
        return match base.filter(|base| base.protocol == parts.protocol && slashes < 2) {
            Some(base) => relative(rest, base),
            None => authority(parts, &rest[slashes..]),
        };
    }
    if let Some(rest) = rest.strip_prefix(b"//") {
        return authority(parts, rest);
    }
    parts.opaque = !rest.starts_with(b"/");
    path_and_query(&mut parts, rest);
    Some(parts)
}

/// What follows `file:`, or stands in a file's URL. Drives of Windows (`C:`, `C|`) are roots of their own.
fn file(rest: &[u8], base: Option<&Parts>) -> Option<Parts> {
    let slash = |at: usize| matches!(rest.get(at), Some(b'/' | b'\\'));
    let base = base.filter(|base| base.is_file());
    let mut parts =
        Parts { protocol: b"file:".to_vec(), host: Some(Vec::new()), ..Parts::default() };
    if !slash(0) {
        return match base {
            Some(base) => Some(in_folder(rest, base)),
            None => {
                path_and_query(&mut parts, rest);
                Some(parts)
            }
        };
    }
    if !slash(1) {
        let mut kept = Vec::new();
        if let Some(base) = base {
            parts.host.clone_from(&base.host);
            let drive = base.path.get(1..3).filter(|drive| is_drive(drive));
            let alone = matches!(base.path.get(3), None | Some(b'/'));
            if !starts_with_drive(&rest[1..]) && alone {
                kept.extend(drive.map(<[u8]>::to_vec));
            }
        }
        let (path, search) = cut(&rest[1..], |byte| *byte == b'?');
        set_path(&mut parts, path, kept);
        set_search(&mut parts, search);
        return Some(parts);
    }
    let (host, path) = cut(&rest[2..], |byte| matches!(byte, b'/' | b'\\' | b'?'));
    if host.len() == 2 && starts_with_drive(host) {
        path_and_query(&mut parts, &rest[2..]);
        return Some(parts);
    }
    if !host.is_empty() {
        parts.host = Some(host_name::special(host)?).filter(|host| host != b"localhost");
        parts.host.get_or_insert_default();
    }
    path_and_query(&mut parts, path);
    Some(parts)
}

/// A reference that does not begin with a slash, in the URL of a file.
fn in_folder(text: &[u8], base: &Parts) -> Parts {
    let mut parts = Parts { hash: Vec::new(), ..base.clone() };
    let (path, search) = cut(text, |byte| *byte == b'?');
    if path.is_empty() {
        if !search.is_empty() {
            set_search(&mut parts, search);
        }
        return parts;
    }
    let mut kept = if starts_with_drive(path) { Vec::new() } else { base.segments() };
    shorten(&mut kept, true);
    set_path(&mut parts, path, kept);
    set_search(&mut parts, search);
    parts
}

/// Whether text begins with a drive that ends there.
fn starts_with_drive(text: &[u8]) -> bool {
    matches!(text, [letter, b':' | b'|', rest @ ..]
        if letter.is_ascii_alphabetic() && matches!(rest.first(), None | Some(b'/' | b'\\' | b'?')))
}

/// Whether a segment is a drive in its one spelling.
fn is_drive(segment: &[u8]) -> bool {
    matches!(segment, [letter, b':'] if letter.is_ascii_alphabetic())
}

/// Leaves the last segment out, unless it is the drive of a file.
fn shorten(segments: &mut Vec<Vec<u8>>, file: bool) {
    if !(file && segments.len() == 1 && is_drive(&segments[0])) {
        segments.pop();
    }
}

fn authority(mut parts: Parts, rest: &[u8]) -> Option<Parts> {
    let special = parts.special();
    let (authority, rest) =
        cut(rest, |byte| matches!(byte, b'/' | b'?') || special && *byte == b'\\');
    let at = authority.iter().rposition(|byte| *byte == b'@');
    let (login, address) = match at {
        Some(at) => (&authority[..at], &authority[at + 1..]),
        None => (&b""[..], authority),
    };
    let (user, password) = cut(login, |byte| *byte == b':');
    escape(&mut parts.user, user, in_user);
    escape(&mut parts.password, password.get(1..).unwrap_or_default(), in_user);
    let bracket = address.iter().rposition(|byte| *byte == b']').map_or(0, |at| at + 1);
    let (host, port) = match address[bracket..].iter().position(|byte| *byte == b':') {
        Some(at) => (&address[..bracket + at], &address[bracket + at + 1..]),
        None => (address, &b""[..]),
    };
    if host.is_empty() && (at.is_some() || !address.is_empty()) {
        return None;
    }
    parts.host = Some(if special { host_name::special(host)? } else { host_name::opaque(host)? });
    parts.port = port_of(port)?;
    if parts.port == parts.default_port() {
        parts.port.clear();
    }
    path_and_query(&mut parts, rest);
    Some(parts)
}

/// A port without leading zeros.
fn port_of(text: &[u8]) -> Option<Vec<u8>> {
    if !text.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let zeros = text.iter().take_while(|byte| **byte == b'0').count();
    let digits = if !text.is_empty() && zeros == text.len() { b"0" } else { &text[zeros..] };
    let number =
        digits.iter().fold(0_u64, |sum, byte| (sum * 10 + u64::from(byte - b'0')).min(1 << 20));
    (number <= 65535).then(|| digits.to_vec())
}

/// Sets path and query from what follows the authority.
fn path_and_query(parts: &mut Parts, rest: &[u8]) {
    let (path, search) = cut(rest, |byte| *byte == b'?');
    set_path(parts, path, Vec::new());
    set_search(parts, search);
}

fn set_search(parts: &mut Parts, search: &[u8]) {
    let special = parts.special();
    parts.search.clear();
    escape(&mut parts.search, search, |byte| {
        control(byte) || b" \"#<>".contains(&byte) || special && byte == b'\''
    });
}

/// Adds the segments of `path` to `kept`, without `.` and `..`.
fn set_path(parts: &mut Parts, path: &[u8], mut kept: Vec<Vec<u8>>) {
    if parts.opaque {
        parts.path.clear();
        return escape(&mut parts.path, path, control);
    }
    let (special, file) = (parts.special(), parts.is_file());
    let slash = |byte: &u8| *byte == b'/' || special && *byte == b'\\';
    if path.is_empty() && !special && kept.is_empty() {
        return;
    }
    let path = if path.first().is_some_and(slash) { &path[1..] } else { path };
    let mut segments = path.split(slash).peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match dots(segment) {
            0 => {
                let mut escaped = Vec::with_capacity(segment.len());
                escape(&mut escaped, segment, in_path);
                if file && kept.is_empty() && segment.len() == 2 && starts_with_drive(segment) {
                    escaped = [segment[0], b':'].to_vec();
                }
                kept.push(escaped);
                continue;
            }
            2 => shorten(&mut kept, file),
            _ => {}
        }
        if last {
            kept.push(Vec::new());
        }
    }
    parts.path = kept.iter().flat_map(|segment| [&b"/"[..], segment]).flatten().copied().collect();
}

/// How many dots a segment is, if it is nothing else: 0, 1 or 2.
fn dots(segment: &[u8]) -> usize {
    let mut rest = segment;
    let mut count = 0;
    while !rest.is_empty() {
        let width = match rest {
            [b'.', ..] => 1,
            [b'%', b'2', b'e' | b'E', ..] => 3,
            _ => return 0,
        };
        rest = &rest[width..];
        count += 1;
    }
    if count > 2 { 0 } else { count }
}

/// A reference in the URL where it stands.
fn relative(text: &[u8], base: &Parts) -> Option<Parts> {
    let mut parts = Parts { hash: Vec::new(), ..base.clone() };
    if base.opaque {
        return text.is_empty().then_some(parts);
    }
    if base.is_file() {
        return file(text, Some(base));
    }
    let special = base.special();
    let slash = |byte: &u8| *byte == b'/' || special && *byte == b'\\';
    if text.len() > 1 && slash(&text[0]) && slash(&text[1]) {
        let fresh = Parts { protocol: base.protocol.clone(), ..Parts::default() };
        return authority(fresh, &text[2..]);
    }
    let (path, search) = cut(text, |byte| *byte == b'?');
    if path.is_empty() {
        if !search.is_empty() {
            set_search(&mut parts, search);
        }
        return Some(parts);
    }
    let mut kept = Vec::new();
    if !slash(&path[0]) {
        kept = base.segments();
        kept.pop();
    }
    set_path(&mut parts, path, kept);
    set_search(&mut parts, search);
    Some(parts)
}

/// The parts of a URL as `URL(text, base)` gives them, by name; nothing if it is none.
pub fn parts_of(text: &str, base: Option<&str>) -> Option<[(&'static str, Vec<u8>); 11]> {
    let base = match base {
        Some(base) => Some(parse(base.as_bytes(), None)?),
        None => None,
    };
    parse(text.as_bytes(), base.as_ref()).map(Parts::named)
}

impl Parts {
    fn named(self) -> [(&'static str, Vec<u8>); 11] {
        let address = self.address();
        let login = match (&self.user[..], &self.password[..]) {
            ([], []) => Vec::new(),
            (user, []) => [user, b"@"].concat(),
            (user, password) => [user, b":", password, b"@"].concat(),
        };
        let slashes: &[u8] = match &self.host {
            Some(_) => b"//",
            None if !self.opaque && self.path.starts_with(b"//") => b"/.",
            None => b"",
        };
        let href =
            [&self.protocol[..], slashes, &login, &address, &self.path, &self.search, &self.hash]
                .concat();
        let origin = self.origin(&address);
        // A lone `?` or `#` counts as nothing, but for `href`.
        let some = |part: Vec<u8>| if part.len() == 1 { Vec::new() } else { part };
        [
            ("href", href),
            ("origin", origin),
            ("protocol", self.protocol),
            ("username", self.user),
            ("password", self.password),
            ("host", address),
            ("hostname", self.host.unwrap_or_default()),
            ("port", self.port),
            ("pathname", self.path),
            ("search", some(self.search)),
            ("hash", some(self.hash)),
        ]
    }

    fn origin(&self, address: &[u8]) -> Vec<u8> {
        match &self.protocol[..] {
            b"blob:" => {
                let inner = parse(&self.path, None).filter(Self::is_web);
                inner.map_or_else(|| b"null".to_vec(), |inner| inner.origin(&inner.address()))
            }
            b"file:" => b"null".to_vec(),
            _ if self.special() => [&self.protocol[..], b"//", address].concat(),
            _ => b"null".to_vec(),
        }
    }

    fn is_web(&self) -> bool {
        matches!(&self.protocol[..], b"http:" | b"https:")
    }
}

fn shown(parts: Parts) -> Value {
    let url = Object::with_capacity(Class::Plain, 11);
    for (name, part) in parts.named() {
        url.set_field(name, Value::string(Str::new(&part)));
    }
    Value::object(url)
}

builtins! {
    "URL" new_url(_this, args) {
        let Some(text) = bytes_at(args, 0) else { return Value::UNDEFINED };
        let base = match args.get(1).is_present() {
            true => match bytes_at(args, 1).and_then(|base| parse(&base, None)) {
                Some(base) => Some(base),
                None => return Value::UNDEFINED,
            },
            false => None,
        };
        parse(&text, base.as_ref()).map_or(Value::UNDEFINED, shown)
    }
}

builtins! {
    "URL.canParse" can_parse(this, args) {
        // SAFETY: the arguments are those that this function got.
        let url = unsafe { new_url(this, args.len() as u32, args.as_ptr()) };
        Value::bool(url.is_present())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;

    fn href(text: &str, base: Option<&str>) -> Option<String> {
        let base = base.map(|base| parse(base.as_bytes(), None).unwrap());
        let [(_, href), ..] = parse(text.as_bytes(), base.as_ref())?.named();
        Some(String::from_utf8(href).unwrap())
    }

    #[test]
    fn urls_have_one_spelling() {
        for (text, base, expected) in [
            (
                "HTTP://User:pa ss@EXAMPLE.com:80/a/./b/../c?x=y z#f g",
                None,
                "http://User:pa%20ss@example.com/a/c?x=y%20z#f%20g",
            ),
            ("https:\\\\a\\b", None, "https://a/b"),
            (" https://a.b ", None, "https://a.b/"),
            ("https://a/%2e%2E/x", None, "https://a/x"),
            ("mailto:me@x", None, "mailto:me@x"),
            ("b?q", Some("https://a/c/d?e#f"), "https://a/c/b?q"),
            ("../x", Some("https://a/c/d/e"), "https://a/c/x"),
            ("//b/c", Some("https://a/"), "https://b/c"),
            ("?q", Some("https://a/c"), "https://a/c?q"),
            ("#h", Some("https://a/c?q"), "https://a/c?q#h"),
            ("file:///etc/x", None, "file:///etc/x"),
            ("https://a:00443/'?'", None, "https://a/'?%27"),
        ] {
            assert_eq!(href(text, base).as_deref(), Some(expected), "{text}");
        }
        for bad in [
            "",
            "a",
            "https://",
            "https://:80",
            "https://a:65536",
            "https://a:b",
            "http://a b",
            "//a",
        ] {
            assert_eq!(href(bad, None), None, "{bad}");
        }
    }

    #[test]
    fn where_requests_go() {
        let to = destination(b"https://API.example.com:443?x=1#f").unwrap();
        assert_eq!(
            (&to.origin[..], &to.target[..]),
            (&b"https://api.example.com"[..], &b"/?x=1"[..])
        );
        for bad in ["ftp://a/", "https://u@a/", "https://:p@a/", "/a", "mailto:a"] {
            assert!(destination(bad.as_bytes()).is_none(), "{bad}");
        }
    }
}
