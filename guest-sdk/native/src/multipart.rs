//! `multipart/form-data` (RFC 7578, RFC 2046 section 5.1). In: a body and its boundary. Out: its parts, in order, their content as
//! slices of the body. File names are data, never paths. Strict about what frames a part, as two readers that disagree about
//! a boundary disagree about what was uploaded.

use std::{borrow::Cow, fmt};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use memchr::memmem::Finder;

/// Longest boundary (RFC 2046 section 5.1.1).
pub const BOUNDARY_BYTES_MAX: usize = 70;
/// Most parts of a body.
pub const PARTS_MAX: usize = 1000;
/// Longest header section of a part.
pub const HEAD_BYTES_MAX: usize = 8 * 1024;
/// Most header fields of a part.
const FIELDS_MAX: usize = 32;

/// One part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<'b> {
    /// The field's name.
    pub name: String,
    /// The file's name, if the part is a file.
    pub filename: Option<String>,
    /// The media type, if it says one.
    pub content_type: Option<String>,
    /// The content, decoded if it says how it is encoded.
    pub content: Cow<'b, [u8]>,
}

/// The boundary that a `content-type` names.
pub fn boundary(content_type: &[u8]) -> Result<Vec<u8>, MultipartError> {
    let (kind, params) = split_at(content_type, b';');
    if !kind.trim_ascii().eq_ignore_ascii_case(b"multipart/form-data") {
        return Err(MultipartError::Kind);
    }
    let boundary = param(params, b"boundary").ok_or(MultipartError::Boundary)?;
    let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(byte);
    if boundary.is_empty()
        || boundary.len() > BOUNDARY_BYTES_MAX
        || boundary.ends_with(b" ")
        || !boundary.iter().all(allowed)
    {
        return Err(MultipartError::Boundary);
    }
    Ok(boundary)
}

/// The parts of `body`.
pub fn parts<'b>(body: &'b [u8], boundary: &[u8]) -> Result<Vec<Part<'b>>, MultipartError> {
    if boundary.is_empty() || boundary.len() > BOUNDARY_BYTES_MAX {
        return Err(MultipartError::Boundary);
    }
    let delimiter = [b"\r\n--", boundary].concat();
    let finder = Finder::new(&delimiter);
    let mut rest = body;
    while let Some(after) = rest.strip_prefix(b"\r\n") {
        rest = after;
    }
    rest = rest.strip_prefix(&delimiter[2..]).ok_or(MultipartError::Start)?;
    let mut parts = Vec::new();
    loop {
        rest = match after_delimiter(rest) {
            After::End => return Ok(parts),
            After::Part(rest) => rest,
            After::Neither => return Err(MultipartError::Delimiter),
        };
        if parts.len() == PARTS_MAX {
            return Err(MultipartError::Parts);
        }
        let (head, content_at) = head(rest)?;
        // The line end before a delimiter belongs to it: that of the head's empty line too, where the content is empty.
        let mut from = content_at - 2;
        let end = loop {
            let at = from + finder.find(&rest[from..]).ok_or(MultipartError::End)?;
            match after_delimiter(&rest[at + delimiter.len()..]) {
                After::Neither => from = at + 2,
                _ => break at,
            }
        };
        let content = rest.get(content_at..end).unwrap_or_default();
        parts.push(head.part(content)?);
        rest = &rest[end + delimiter.len()..];
    }
}

/// What follows a boundary.
enum After<'b> {
    End,
    Part(&'b [u8]),
    Neither,
}

fn after_delimiter(rest: &[u8]) -> After<'_> {
    if rest.starts_with(b"--") {
        return After::End;
    }
    let padding = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    rest[padding..].strip_prefix(b"\r\n").map_or(After::Neither, After::Part)
}

/// What the header fields of a part say.
#[derive(Default)]
struct Head {
    name: Option<Vec<u8>>,
    filename: Option<Vec<u8>>,
    content_type: Option<String>,
    encoding: Vec<u8>,
}

/// Reads a header section; also where the content begins.
fn head(bytes: &[u8]) -> Result<(Head, usize), MultipartError> {
    let section = &bytes[..bytes.len().min(HEAD_BYTES_MAX)];
    let mut fields = [httparse::EMPTY_HEADER; FIELDS_MAX];
    let (length, fields) = match httparse::parse_headers(section, &mut fields) {
        Ok(httparse::Status::Complete(complete)) => complete,
        _ => return Err(MultipartError::Head),
    };
    let lone = |(at, byte): (usize, &u8)| *byte == b'\n' && (at == 0 || section[at - 1] != b'\r');
    if section[..length].iter().enumerate().any(lone) {
        return Err(MultipartError::Head);
    }
    let mut head = Head::default();
    for field in fields {
        let value = field.value.trim_ascii();
        if field.name.eq_ignore_ascii_case("content-disposition") {
            let (kind, params) = split_at(value, b';');
            if !kind.trim_ascii().eq_ignore_ascii_case(b"form-data") || head.name.is_some() {
                return Err(MultipartError::Disposition);
            }
            head.name = param(params, b"name");
            head.filename = param(params, b"filename");
        } else if field.name.eq_ignore_ascii_case("content-type") {
            head.content_type = Some(String::from_utf8_lossy(value).into_owned());
        } else if field.name.eq_ignore_ascii_case("content-transfer-encoding") {
            head.encoding = value.to_ascii_lowercase();
        }
    }
    Ok((head, length))
}

impl Head {
    fn part(self, content: &[u8]) -> Result<Part<'_>, MultipartError> {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Ok(Part {
            name: text(self.name.ok_or(MultipartError::Disposition)?),
            filename: self.filename.map(|name| without_drive(text(name))),
            content_type: self.content_type,
            content: decode(content, &self.encoding)?,
        })
    }
}

/// Old browsers of Windows send the whole path.
fn without_drive(name: String) -> String {
    let absolute = name.get(1..3) == Some(":\\") || name.starts_with("\\\\");
    match name.rsplit_once('\\') {
        Some((_, last)) if absolute => last.to_owned(),
        _ => name,
    }
}

fn decode<'b>(content: &'b [u8], encoding: &[u8]) -> Result<Cow<'b, [u8]>, MultipartError> {
    match encoding {
        b"" | b"7bit" | b"8bit" | b"binary" => Ok(Cow::Borrowed(content)),
        b"base64" => {
            let text: Vec<u8> =
                content.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
            STANDARD.decode(text).map(Cow::Owned).map_err(|_| MultipartError::Encoding)
        }
        b"quoted-printable" => quoted_printable(content).map(Cow::Owned),
        _ => Err(MultipartError::Encoding),
    }
}

/// RFC 2045 section 6.7.
fn quoted_printable(mut rest: &[u8]) -> Result<Vec<u8>, MultipartError> {
    let mut bytes = Vec::with_capacity(rest.len());
    while let Some((first, after)) = rest.split_first() {
        rest = match (first, after) {
            (b'=', [b'\r', b'\n', after @ ..] | [b'\n', after @ ..]) => after,
            (b'=', [high, low, after @ ..]) => {
                let digit = |byte: u8| char::from(byte).to_digit(16);
                let (Some(high), Some(low)) = (digit(*high), digit(*low)) else {
                    return Err(MultipartError::Encoding);
                };
                bytes.push((high * 16 + low) as u8);
                after
            }
            (b'=', _) => return Err(MultipartError::Encoding),
            (byte, after) => {
                bytes.push(*byte);
                after
            }
        };
    }
    Ok(bytes)
}

/// The value of a parameter of a header field: a token, or a quoted text, in which only a quote is escaped.
fn param(mut params: &[u8], wanted: &[u8]) -> Option<Vec<u8>> {
    loop {
        let params_trimmed = params.trim_ascii_start();
        let (name, after) = split_at(params_trimmed, b'=');
        let mut value = Vec::new();
        let mut rest = after;
        if let Some(quoted) = after.strip_prefix(b"\"") {
            rest = quoted;
            loop {
                match rest {
                    [b'\\', b'"', after @ ..] => {
                        value.push(b'"');
                        rest = after;
                    }
                    [b'"', after @ ..] => {
                        rest = after;
                        break;
                    }
                    [byte, after @ ..] => {
                        value.push(*byte);
                        rest = after;
                    }
                    [] => return None,
                }
            }
            rest = split_at(rest, b';').1;
        } else {
            let (token, after) = split_at(rest, b';');
            value.extend_from_slice(token.trim_ascii());
            rest = after;
        }
        if name.trim_ascii().eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        if rest.is_empty() {
            return None;
        }
        params = rest;
    }
}

/// What is before and behind the first `mark`.
fn split_at(bytes: &[u8], mark: u8) -> (&[u8], &[u8]) {
    match memchr::memchr(mark, bytes) {
        Some(at) => (&bytes[..at], &bytes[at + 1..]),
        None => (bytes, &[]),
    }
}

/// Why a body cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MultipartError {
    /// The content type is another.
    Kind,
    /// The content type names no boundary, or none that is allowed.
    Boundary,
    /// The body does not begin with its boundary.
    Start,
    /// Something else follows a boundary.
    Delimiter,
    /// There are more parts than [`PARTS_MAX`].
    Parts,
    /// The header section of a part is malformed or too long.
    Head,
    /// A part does not say which field it is.
    Disposition,
    /// A part is not encoded as it says.
    Encoding,
    /// A field is not text.
    Text,
    /// The body ends inside a part.
    End,
}

impl fmt::Display for MultipartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Kind => "the content type is not multipart/form-data",
            Self::Boundary => "the content type has no boundary that is allowed",
            Self::Start => "the body does not begin with the boundary",
            Self::Delimiter => "something stands behind a boundary",
            Self::Parts => "too many parts",
            Self::Head => "the header of a part is malformed",
            Self::Disposition => "a part has no name",
            Self::Encoding => "a part is not encoded as it says",
            Self::Text => "a field is not UTF-8 text",
            Self::End => "the body ends inside a part",
        })
    }
}

impl std::error::Error for MultipartError {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BODY: &[u8] = b"--x\r\nContent-Disposition: form-data; name=\"a b\"\r\n\r\none\r\n--x\r\n\
        content-disposition: form-data; filename=\"C:\\\\dir\\n\\\"1.txt\"; name=f\r\nContent-Type: text/plain\r\n\r\n\r\n--x\r\n\
        Content-Disposition: form-data; name=e\r\n\r\n--x!\r\n--xy\r\n--x--ignored";

    #[test]
    fn parts_are_what_lies_between() {
        let parts = parts(BODY, b"x").unwrap();
        let told: Vec<_> = parts
            .iter()
            .map(|part| (part.name.as_str(), part.filename.as_deref(), &*part.content))
            .collect();
        assert_eq!(
            told,
            [
                ("a b", None, &b"one"[..]),
                ("f", Some("n\"1.txt"), b""),
                ("e", None, b"--x!\r\n--xy"),
            ]
        );
        assert_eq!(parts[1].content_type.as_deref(), Some("text/plain"));
    }

    #[test]
    fn boundaries() {
        for (text, found) in [
            ("multipart/form-data; boundary=abc", Ok("abc")),
            ("Multipart/Form-Data; charset=utf-8; Boundary=\"a b\"", Ok("a b")),
            ("multipart/form-data;boundary=\"a;b\"; x", Err(MultipartError::Boundary)),
            ("multipart/form-data", Err(MultipartError::Boundary)),
            ("multipart/form-data; boundary=", Err(MultipartError::Boundary)),
            ("multipart/form-data; boundary=\"abc", Err(MultipartError::Boundary)),
            ("multipart/mixed; boundary=abc", Err(MultipartError::Kind)),
        ] {
            let found = found.map(|text: &str| text.as_bytes().to_vec());
            assert_eq!(boundary(text.as_bytes()), found, "{text}");
        }
        let long = format!("multipart/form-data; boundary={}", "x".repeat(71));
        assert_eq!(boundary(long.as_bytes()), Err(MultipartError::Boundary));
    }

    #[test]
    fn what_is_not_framed_is_refused() {
        let field = "Content-Disposition: form-data; name=a";
        for (body, error) in [
            ("".to_owned(), MultipartError::Start),
            ("preamble\r\n--x--".into(), MultipartError::Start),
            ("--x".into(), MultipartError::Delimiter),
            (format!("--x\n{field}\r\n\r\n\r\n--x--"), MultipartError::Delimiter),
            (format!("--x\r\n{field}\r\n\r\nopen"), MultipartError::End),
            (format!("--x\r\n{field}\n\n1\r\n--x--"), MultipartError::Head),
            ("--x\r\nA: b\r\n\r\n1\r\n--x--".into(), MultipartError::Disposition),
            (format!("--x\r\n{field}\r\n{field}\r\n\r\n1\r\n--x--"), MultipartError::Disposition),
            (
                format!("--x\r\n{field}\r\nContent-Transfer-Encoding: base64\r\n\r\n!\r\n--x--"),
                MultipartError::Encoding,
            ),
            (format!("--x\r\n{field}{}\r\n\r\n1\r\n--x--", " ".repeat(9000)), MultipartError::Head),
            (format!("--x\r\n{field}\r\n\r\n\r\n").repeat(1001) + "--x--", MultipartError::Parts),
        ] {
            assert_eq!(parts(body.as_bytes(), b"x").map(drop), Err(error), "{:.80}", body);
        }
        assert_eq!(parts(b"--x--", b"x"), Ok(Vec::new()));
    }

    proptest! {
        /// Whatever the content, it comes back as it was sent, unless it holds the delimiter.
        #[test]
        fn content_comes_back(content in proptest::collection::vec(prop_oneof![Just(b'\r'), Just(b'\n'), Just(b'-'), Just(b'x'), any::<u8>()], 0..60)) {
            let mut body = b"--xx\r\nContent-Disposition: form-data; name=a\r\n\r\n".to_vec();
            body.extend_from_slice(&content);
            body.extend_from_slice(b"\r\n--xx--");
            let framed = [b"\r\n".as_slice(), &content].concat();
            prop_assume!(memchr::memmem::find(&framed, b"\r\n--xx").is_none());
            let parts = parts(&body, b"xx").unwrap();
            prop_assert_eq!(&*parts[0].content, &content[..]);
        }

        #[test]
        fn any_body_is_parts_or_an_error(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parts(&body, b"x");
            let _ = boundary(&body);
            let _ = parts(&[b"--x\r\n".as_slice(), &body].concat(), b"x");
        }
    }
}
