//! Forms with files (`multipart/form-data`, RFC 7578). In: a body, piece by piece. Out: its parts in order, each read while it arrives.
//! Names of files are data: nothing is opened by them. Every size has a limit, and what breaks one ends the reading.

mod header;
mod parser;
mod typed;

use std::{fmt, io, io::Read};

use crate::{
    BodyReader, FromRequest, HttpError, IntoResponse, Rejection, Request, Response,
    document::Fragment,
};

use header::PartHead;
use parser::{Parser, Step};
pub(crate) use typed::UPLOAD;
pub use typed::{MultipartForm, Upload};

/// What a form may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Parts of the form.
    pub parts: usize,
    /// Bytes of the header fields of one part.
    pub head_bytes: usize,
    /// Bytes of one part.
    pub part_bytes: usize,
    /// Bytes of a part that is taken whole.
    pub whole_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { parts: 1000, head_bytes: 8 * 1024, part_bytes: usize::MAX, whole_bytes: 1024 * 1024 }
    }
}

/// A form with files, part after part.
///
/// ```
/// use purview_guest::{Multipart, MultipartError, post};
///
/// #[post("/upload")]
/// fn upload(mut form: Multipart<'_>) -> Result<String, MultipartError> {
///     let mut seen = Vec::new();
///     while let Some(mut part) = form.next()? {
///         let (name, file) = (part.name().to_owned(), part.file_name().map(str::to_owned));
///         seen.push(format!("{name} {file:?}: {} bytes", part.whole()?.len()));
///     }
///     Ok(seen.join("\n"))
/// }
/// ```
pub struct Multipart<'r> {
    body: Box<dyn Read + 'r>,
    parser: Parser,
    limits: Limits,
    parts: usize,
    failed: Option<MultipartError>,
}

impl<'r> FromRequest<'r> for Multipart<'r> {
    const TAKES: Fragment =
        Fragment::Text(r#"{"in":"body","type":"multipart/form-data","schema":{"type":"object"}}"#);

    fn from_request(request: &'r Request) -> Result<Self, Rejection> {
        let boundary = request.header("content-type").and_then(header::boundary);
        let Some(boundary) = boundary else {
            return Err(Rejection::new(
                415,
                "the body must be `multipart/form-data` with a boundary",
            ));
        };
        Ok(Self::new(&boundary, BodyReader::new(request)))
    }
}

impl<'r> Multipart<'r> {
    /// Reads a form with this boundary from anywhere.
    pub fn new(boundary: &str, body: impl Read + 'r) -> Self {
        let limits = Limits::default();
        let parser = Parser::new(boundary.as_bytes(), limits.head_bytes);
        Self { body: Box::new(body), parser, limits, parts: 0, failed: None }
    }

    /// Sets what the form may have.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.parser.head_bytes_max = limits.head_bytes;
        self.limits = limits;
        self
    }

    /// The next part; what is left of the one before is skipped. `None`: the form has ended.
    #[expect(
        clippy::should_implement_trait,
        reason = "a part borrows the form that it is read from"
    )]
    pub fn next(&mut self) -> Result<Option<Part<'_, 'r>>, MultipartError> {
        loop {
            match self.step()? {
                Step::Head(fields) => {
                    self.parts += 1;
                    if self.parts > self.limits.parts {
                        return Err(self.fail(MultipartError::TooManyParts));
                    }
                    let head = PartHead::read(&fields)
                        .ok_or(MultipartError::Malformed("a part without a name"));
                    let head = head.map_err(|error| self.fail(error))?;
                    return Ok(Some(Part {
                        form: self,
                        head,
                        left: Vec::new(),
                        taken: 0,
                        ended: false,
                    }));
                }
                Step::Data(_) | Step::PartEnd => {}
                Step::End => return Ok(None),
            }
        }
    }

    /// What comes next, reading more of the body as needed.
    fn step(&mut self) -> Result<Step, MultipartError> {
        if let Some(failed) = &self.failed {
            return Err(failed.clone());
        }
        loop {
            match self.parser.next() {
                Ok(Some(step)) => return Ok(step),
                Ok(None) => {}
                Err(error) => return Err(self.fail(error)),
            }
            let mut piece = [0; 4096];
            match self.body.read(&mut piece) {
                Ok(0) => {
                    return Err(
                        self.fail(MultipartError::Malformed("the body ends before the form"))
                    );
                }
                Ok(count) => self.parser.feed(&piece[..count]),
                Err(error) => return Err(self.fail(MultipartError::Body(error.to_string()))),
            }
        }
    }

    fn fail(&mut self, error: MultipartError) -> MultipartError {
        self.failed = Some(error.clone());
        error
    }
}

impl fmt::Debug for Multipart<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Multipart").field("parts", &self.parts).finish_non_exhaustive()
    }
}

/// A field or a file of a form. It is [`Read`] while it arrives, or taken whole.
#[derive(Debug)]
pub struct Part<'f, 'r> {
    form: &'f mut Multipart<'r>,
    head: PartHead,
    left: Vec<u8>,
    taken: usize,
    ended: bool,
}

impl Part<'_, '_> {
    /// The field's name.
    pub fn name(&self) -> &str {
        &self.head.name
    }

    /// The name that the client gives the file; a part without one is a plain field. It may be anything: a path too.
    pub fn file_name(&self) -> Option<&str> {
        self.head.file_name.as_deref()
    }

    /// The type that the client gives the part.
    pub fn content_type(&self) -> Option<&str> {
        self.head.content_type.as_deref()
    }

    /// All of it, within the limit for parts that are taken whole.
    pub fn whole(&mut self) -> Result<Vec<u8>, MultipartError> {
        let mut bytes = Vec::new();
        while let Some(data) = self.data()? {
            bytes.extend_from_slice(&data);
            if bytes.len() > self.form.limits.whole_bytes {
                return Err(self.form.fail(MultipartError::PartTooLong));
            }
        }
        Ok(bytes)
    }

    /// All of it as text.
    pub fn text(&mut self) -> Result<String, MultipartError> {
        String::from_utf8(self.whole()?)
            .map_err(|_| MultipartError::Malformed("a field that is not UTF-8"))
    }

    /// The next bytes; `None` at the end.
    fn data(&mut self) -> Result<Option<Vec<u8>>, MultipartError> {
        if !self.left.is_empty() {
            return Ok(Some(std::mem::take(&mut self.left)));
        }
        if self.ended {
            return Ok(None);
        }
        let Step::Data(data) = self.form.step()? else {
            self.ended = true;
            if !self.head.is_whole() {
                return Err(self.form.fail(BROKEN_ENCODING));
            }
            return Ok(None);
        };
        self.taken = self.taken.saturating_add(data.len());
        if self.taken > self.form.limits.part_bytes {
            return Err(self.form.fail(MultipartError::PartTooLong));
        }
        let data = self.head.decode(data).ok_or(BROKEN_ENCODING);
        data.map(Some).map_err(|error| self.form.fail(error))
    }
}

impl Read for Part<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(data) =
            self.data().map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?
        else {
            return Ok(0);
        };
        let count = data.len().min(buffer.len());
        buffer[..count].copy_from_slice(&data[..count]);
        self.left = data[count..].to_vec();
        Ok(count)
    }
}

const BROKEN_ENCODING: MultipartError =
    MultipartError::Malformed("a part whose transfer encoding is broken");

/// Why a form cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MultipartError {
    /// It is not a form.
    Malformed(&'static str),
    /// It has more parts than it may.
    TooManyParts,
    /// The header fields of a part are longer than they may be.
    HeadTooLong,
    /// A part is longer than it may be.
    PartTooLong,
    /// The body does not arrive.
    Body(String),
}

impl fmt::Display for MultipartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(what) => write!(f, "the form is not understood: {what}"),
            Self::TooManyParts => f.write_str("the form has too many parts"),
            Self::HeadTooLong => f.write_str("the header fields of a part are too long"),
            Self::PartTooLong => f.write_str("a part of the form is too long"),
            Self::Body(error) => write!(f, "the body cannot be read: {error}"),
        }
    }
}

impl std::error::Error for MultipartError {}

/// A 400, or a 413 for what is too long.
impl IntoResponse for MultipartError {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Malformed(_) | Self::Body(_) => 400,
            Self::TooManyParts | Self::HeadTooLong | Self::PartTooLong => 413,
        };
        HttpError::new(status, self.to_string()).into_response()
    }
}

#[cfg(test)]
mod tests;
