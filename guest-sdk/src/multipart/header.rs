//! What stands at the head of a form and of its parts: the boundary, names, types, the transfer encoding. In: header values. Out: them,
//! taken apart. A parameter whose name is not a token is none.

use crate::base64;

/// Longest boundary (RFC 2046 section 5.1.1).
const BOUNDARY_BYTES_MAX: usize = 70;

/// The boundary of `multipart/form-data`.
pub(super) fn boundary(content_type: &str) -> Option<String> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameter(parameters, "boundary")?;
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&byte);
    let fits = (1..=BOUNDARY_BYTES_MAX).contains(&boundary.len());
    (fits && boundary.bytes().all(allowed) && !boundary.ends_with(' ')).then_some(boundary)
}

/// The value of a parameter, unquoted. A semicolon inside quotes ends nothing; a backslash stands for itself unless a quote or another
/// one follows, as browsers have it.
fn parameter(text: &str, wanted: &str) -> Option<String> {
    let mut rest = text;
    loop {
        let (name, after) = rest.split_once('=')?;
        let name = name.rsplit(';').next().unwrap_or_default().trim_matches([' ', '\t']);
        let after = after.trim_start_matches([' ', '\t']);
        let (value, left) = match after.strip_prefix('"') {
            Some(quoted) => unquote(quoted)?,
            None => {
                let end = after.find(';').unwrap_or(after.len());
                (after[..end].trim_matches([' ', '\t']).to_owned(), &after[end..])
            }
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = left;
    }
}

/// The text up to the closing quote, and what follows that.
fn unquote(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => match characters.next_if(|(_, next)| matches!(next, '"' | '\\')) {
                Some((_, escaped)) => value.push(escaped),
                None => value.push('\\'),
            },
            other => value.push(other),
        }
    }
    None
}

/// What a part says of itself.
#[derive(Debug)]
pub(super) struct PartHead {
    pub(super) name: String,
    pub(super) file_name: Option<String>,
    pub(super) content_type: Option<String>,
    encoding: Encoding,
    /// Bytes of the encoding that are not whole yet.
    carried: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Plain,
    Base64,
    QuotedPrintable,
}

impl PartHead {
    /// `None`: it has no name.
    pub(super) fn read(fields: &[Vec<u8>]) -> Option<Self> {
        let value = |wanted: &str| {
            fields.iter().find_map(|field| {
                let field = String::from_utf8_lossy(field);
                let (name, value) = field.split_once(':')?;
                name.eq_ignore_ascii_case(wanted)
                    .then(|| value.trim_matches([' ', '\t']).to_owned())
            })
        };
        let disposition = value("content-disposition")?;
        let (kind, parameters) = disposition.split_once(';')?;
        if !kind.trim().eq_ignore_ascii_case("form-data") {
            return None;
        }
        let encoding = match value("content-transfer-encoding") {
            Some(name) if name.eq_ignore_ascii_case("base64") => Encoding::Base64,
            Some(name) if name.eq_ignore_ascii_case("quoted-printable") => {
                Encoding::QuotedPrintable
            }
            _ => Encoding::Plain,
        };
        Some(Self {
            name: parameter(parameters, "name")?,
            file_name: parameter(parameters, "filename"),
            content_type: value("content-type"),
            encoding,
            carried: Vec::new(),
        })
    }

    /// Takes the transfer encoding off. `None`: it is broken.
    pub(super) fn decode(&mut self, data: Vec<u8>) -> Option<Vec<u8>> {
        match self.encoding {
            Encoding::Plain => Some(data),
            Encoding::Base64 => {
                self.carried.extend(data.iter().filter(|byte| !byte.is_ascii_whitespace()));
                let whole = self.carried.len() / 4 * 4;
                let text: Vec<u8> = self.carried.drain(..whole).collect();
                base64::decode(str::from_utf8(&text).ok()?)
            }
            Encoding::QuotedPrintable => {
                self.carried.extend_from_slice(&data);
                let all = std::mem::take(&mut self.carried);
                let (decoded, left) = quoted_printable(&all)?;
                self.carried = all[all.len() - left..].to_vec();
                Some(decoded)
            }
        }
    }

    /// Whether nothing of the encoding is left over at the end.
    pub(super) fn is_whole(&self) -> bool {
        self.carried.is_empty()
    }
}

/// The decoded bytes, and how many bytes at the end are not whole.
fn quoted_printable(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        match rest {
            [] => return Some((decoded, 0)),
            [b'='] | [b'=', _] => return Some((decoded, rest.len())),
            [b'=', b'\r', b'\n', after @ ..] => rest = after,
            [b'=', high, low, after @ ..] => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16);
                decoded.push((digit(high)? << 4 | digit(low)?) as u8);
                rest = after;
            }
            [byte, after @ ..] => {
                decoded.push(*byte);
                rest = after;
            }
        }
    }
}
