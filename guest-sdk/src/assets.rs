//! Files of folders that the operator grants. In: a folder's name, written out, so that it stands in the module's imports; a path in
//! it. Out: the file, to read or to answer with. The host sends it from the disk, whole or the part that the client asks for, and
//! says 304 to a client that has it; it never passes through the handler.
//!
//! ```no_run
//! use purview_guest::{Path, assets::{File, FileError}, assets, get};
//!
//! /// Everything below a folder: `/static/logo.png` is its `logo.png`.
//! #[get("/static/{*path}")]
//! fn files(Path(path): Path<String>) -> Result<File, FileError> {
//!     assets!("public").open(&path)
//! }
//!
//! // The same in a line, for another folder: `/docs/` is its `index.html`.
//! purview_guest::static_files!("/docs", "manual", index);
//!
//! /// One file of it, to be kept on the client's disk.
//! #[get("/report")]
//! fn report() -> Result<File, FileError> {
//!     Ok(assets!("public").open("reports/2026.pdf")?.download("Report 2026.pdf"))
//! }
//! ```
//!
//! The policy says where a folder lies: `{"assets": {"folders": {"public": "static"}}}`, beneath the policy's own folder; `purview serve
//! --assets public=FOLDER` says it without one. A path that leaves the folder, by `..` or by a link, is not there; nor is one with a
//! part that begins with a dot, except `.well-known`. Content types come from the ending of the name.

use std::{fmt, io};

use purview_abi::call::{asset, status};

use crate::{
    HttpError, IntoResponse, Rejection, Response,
    document::{Fragment, Gives},
    outside, raw,
    response::{Body, Text},
    stream::Stream,
};

/// A folder of files.
#[derive(Debug, Clone, Copy)]
pub struct Folder {
    import: outside::Folder,
    flags: u32,
}

impl Folder {
    #[doc(hidden)]
    pub const fn new(import: outside::Folder) -> Self {
        Self { import, flags: 0 }
    }

    /// A folder inside of this one, and the empty path, stand for their `index.html`.
    #[must_use]
    pub const fn with_index(self) -> Self {
        Self { flags: self.flags | asset::INDEX, ..self }
    }

    /// Opens a file. The path is relative, its parts are joined by `/`.
    pub fn open(self, path: &str) -> Result<File, FileError> {
        if path.len() > asset::PATH_BYTES_MAX as usize {
            return Err(FileError::NotFound);
        }
        let file = outside::file_open(self.import, path, self.flags);
        let handle = match file {
            0.. => Handle(file),
            status::ABSENT => return Err(FileError::NotFound),
            status::LIMIT => return Err(FileError::TooMany),
            _ => return Err(FileError::Unreadable),
        };
        let about = outside::file_about(handle.0).ok_or(FileError::Unreadable)?;
        let about = String::from_utf8(about).map_err(|_| FileError::Unreadable)?;
        let mut lines =
            about.lines().map(|line| Some(line.to_owned()).filter(|line| !line.is_empty()));
        let mut next = || lines.next().flatten();
        let size = next().and_then(|size| size.parse().ok()).ok_or(FileError::Unreadable)?;
        let content_type = next().unwrap_or_default().into();
        let (etag, modified) = (next(), next());
        Ok(File { handle, size, content_type, etag, modified, download: None, at: 0 })
    }
}

/// An open file: an answer, and something to read.
#[derive(Debug)]
pub struct File {
    handle: Handle,
    size: u64,
    content_type: Text,
    etag: Option<String>,
    modified: Option<String>,
    download: Option<String>,
    at: u64,
}

impl File {
    /// Bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The content type, by the ending of its name.
    pub fn content_type(&self) -> &str {
        &self.content_type
    }

    /// The entity tag, with its quotes.
    pub fn etag(&self) -> Option<&str> {
        self.etag.as_deref()
    }

    /// When it was changed, as HTTP writes it.
    pub fn last_modified(&self) -> Option<&str> {
        self.modified.as_deref()
    }

    /// Another content type for the answer.
    #[must_use]
    pub fn with_type(self, content_type: impl Into<Text>) -> Self {
        Self { content_type: content_type.into(), ..self }
    }

    /// Lets browsers keep it on disk under this name instead of showing it.
    #[must_use]
    pub fn download(self, name: &str) -> Self {
        Self { download: Some(disposition(name)), ..self }
    }
}

/// `content-disposition` for a name that may hold anything (RFC 6266; RFC 8187 for what is not ASCII).
fn disposition(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain =
        |char: char| char == ' ' || (char.is_ascii_graphic() && !matches!(char, '"' | '\\' | '%'));
    let mut field = String::from("attachment; filename=\"");
    field.extend(last.chars().map(|char| if plain(char) { char } else { '_' }));
    field.push('"');
    if !last.chars().all(plain) {
        field.push_str("; filename*=UTF-8''");
        for byte in last.bytes() {
            match byte {
                b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' | b'~' => {
                    field.push(char::from(byte));
                }
                _ => field.push_str(&format!("%{byte:02X}")),
            }
        }
    }
    field
}

impl io::Read for File {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let count = outside::file_read(self.handle.0, self.at, buffer)
            .map_err(|_| io::Error::other("the host cannot read the file"))?;
        self.at += count as u64;
        Ok(count)
    }
}

/// The whole file with a 200; the host makes a 206, a 304, a 412 or a 416 of it where the request wants that.
impl IntoResponse for File {
    fn into_response(self) -> Response {
        let mut response = Response::new(200);
        response.body = Body::Stream(Box::new(Sending(self.handle)));
        let fields = [
            ("content-type", Some(self.content_type)),
            ("accept-ranges", Some("bytes".into())),
            ("etag", self.etag.map(Into::into)),
            ("last-modified", self.modified.map(Into::into)),
            ("content-disposition", self.download.map(Into::into)),
        ];
        fields.into_iter().fold(response, |response, (name, value)| match value {
            Some(value) => response.header(name, value),
            None => response,
        })
    }
}

impl Gives for File {
    const GIVES: Fragment = Fragment::Text(concat!(
        r#"{"either":[{"type":"application/octet-stream","schema":{"type":"string","format":"binary"}},"#,
        r#"{"status":206,"gives":{"type":"application/octet-stream","schema":{"type":"string","format":"binary"}}},"#,
        r#"{"status":304},{"status":404},{"status":412},{"status":416}]}"#
    ));
}

/// A file as the body of a response.
struct Sending(Handle);

impl Stream for Sending {
    fn run(self: Box<Self>, head: raw::Head) -> io::Result<raw::Sent> {
        outside::file_respond(head, self.0.0)
    }
}

/// The number of an open file, which is closed with it.
#[derive(Debug)]
struct Handle(i32);

impl Drop for Handle {
    fn drop(&mut self) {
        outside::file_close(self.0);
    }
}

/// Why there is no file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileError {
    /// No file of the folder has this name.
    NotFound,
    /// As many files as the limit `handles` allows are open.
    TooMany,
    /// The host cannot read it now; its log says why.
    Unreadable,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFound => "there is no such file",
            Self::TooMany => "as many files as `handles` allows are open",
            Self::Unreadable => "the host cannot read the file",
        })
    }
}

impl std::error::Error for FileError {}

/// A 404, or a 503.
impl From<FileError> for HttpError {
    fn from(error: FileError) -> Self {
        match error {
            FileError::NotFound => Self::not_found("Not Found"),
            FileError::TooMany | FileError::Unreadable => Self::unavailable("Service Unavailable"),
        }
    }
}

impl From<FileError> for Rejection {
    fn from(error: FileError) -> Self {
        HttpError::from(error).into()
    }
}

impl IntoResponse for FileError {
    fn into_response(self) -> Response {
        HttpError::from(self).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn names_of_downloads() {
        for (name, field) in [
            ("a b.pdf", "attachment; filename=\"a b.pdf\""),
            ("/etc/passwd", "attachment; filename=\"passwd\""),
            (
                "a\"\r\nb: c",
                "attachment; filename=\"a___b: c\"; filename*=UTF-8''a%22%0D%0Ab%3A%20c",
            ),
            ("é.txt", "attachment; filename=\"_.txt\"; filename*=UTF-8''%C3%A9.txt"),
        ] {
            assert_eq!(disposition(name), field);
        }
    }
}
