//! Answers on the wire → their length, or what is wrong with them.
//!
//! The first answer is parsed whole. Later ones are compared with the head seen last, byte for
//! byte, and parsed again only when it changed (as it does when `Date` moves on). The body is
//! compared every time. Chunked answers are refused: the peers must do the same work.

use std::fmt;

use super::AnswerBytes;

/// No answer of the bench has a head as long as this.
const HEAD_BYTES_MAX: usize = 16 * 1024;
const FIELDS_MAX: usize = 64;

/// Checks answers against the one body that is right.
pub struct Verifier {
    body: Vec<u8>,
    /// The head of the answer before this one.
    head: Vec<u8>,
}

/// What is wrong with an answer.
#[derive(Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// Not an HTTP response, or one with a head that is far too long.
    Malformed,
    /// The status is not 200.
    Status(u16, String),
    /// `Content-Length` is missing, doubled or not the length of the body that is right.
    Length(Option<String>),
    /// The server says that it will close the connection.
    Close,
    /// The body differs; this is the one that came.
    Body(String),
}

impl Verifier {
    /// A check for answers with this body.
    pub fn new(body: &str) -> Self {
        Self { body: body.as_bytes().to_vec(), head: Vec::new() }
    }

    /// The length of the answer that `bytes` begins with; `None` while it is not whole.
    pub fn take(&mut self, bytes: &[u8]) -> Result<Option<usize>, Mismatch> {
        if bytes.is_empty() {
            return Ok(None);
        }
        if self.head.is_empty() || !bytes.starts_with(&self.head) {
            let Some(length) = self.parse(bytes)? else { return Ok(None) };
            self.head.clear();
            self.head.extend_from_slice(&bytes[..length]);
        }
        let whole = self.head.len() + self.body.len();
        let Some(body) = bytes.get(self.head.len()..whole) else { return Ok(None) };
        if body != self.body {
            return Err(Mismatch::Body(excerpt(body)));
        }
        Ok(Some(whole))
    }

    /// How long the last answer was.
    pub(super) fn answer_bytes(&self) -> Option<AnswerBytes> {
        (!self.head.is_empty())
            .then_some(AnswerBytes { head: self.head.len(), body: self.body.len() })
    }

    /// The length of the head that `bytes` begins with, when it promises the right body.
    fn parse(&self, bytes: &[u8]) -> Result<Option<usize>, Mismatch> {
        let mut fields = [httparse::EMPTY_HEADER; FIELDS_MAX];
        let mut response = httparse::Response::new(&mut fields);
        let length = match response.parse(bytes) {
            Ok(httparse::Status::Complete(length)) => length,
            Ok(httparse::Status::Partial) if bytes.len() < HEAD_BYTES_MAX => return Ok(None),
            Ok(httparse::Status::Partial) | Err(_) => return Err(Mismatch::Malformed),
        };
        let status = response.code.ok_or(Mismatch::Malformed)?;
        if status != 200 {
            return Err(Mismatch::Status(status, excerpt(&bytes[length..])));
        }
        let values = |name: &str| {
            let name = name.to_owned();
            response.headers.iter().filter(move |field| field.name.eq_ignore_ascii_case(&name))
        };
        if values("connection").any(|field| field.value.eq_ignore_ascii_case(b"close")) {
            return Err(Mismatch::Close);
        }
        let mut lengths = values("content-length");
        let only = lengths.next().filter(|_| lengths.next().is_none());
        let text = only.map(|field| excerpt(field.value));
        if text.as_ref().and_then(|text| text.parse().ok()) != Some(self.body.len()) {
            return Err(Mismatch::Length(text));
        }
        Ok(Some(length))
    }
}

/// The beginning of what came, for a message.
fn excerpt(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(120)]).into_owned()
}

impl fmt::Display for Mismatch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => out.write_str("not an HTTP/1.1 response"),
            Self::Status(status, body) => write!(out, "status {status} instead of 200: {body}"),
            Self::Length(Some(length)) => {
                write!(out, "`Content-Length: {length}` is not the length of the right body")
            }
            Self::Length(None) => {
                out.write_str("there must be exactly one `Content-Length`; chunked is not compared")
            }
            Self::Close => out.write_str("`Connection: close` under a keep-alive workload"),
            Self::Body(body) => write!(out, "the body is not the right one: `{body}`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &str, expected: Result<Option<usize>, Mismatch>) {
        assert_eq!(Verifier::new("{}").take(bytes.as_bytes()), expected, "{bytes:?}");
    }

    #[test]
    fn takes_whole_answers_only() {
        let answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
        check(answer, Ok(Some(answer.len())));
        check(&answer.repeat(2), Ok(Some(answer.len())));
        for cut in 0..answer.len() {
            check(&answer[..cut], Ok(None));
        }
    }

    #[test]
    fn refuses_wrong_answers() {
        check("HTTP/1.1 404 Not Found\r\n\r\nno", Err(Mismatch::Status(404, "no".into())));
        check("HTTP/1.1 200 OK\r\n\r\n{}", Err(Mismatch::Length(None)));
        check(
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{} ",
            Err(Mismatch::Length(Some("3".into()))),
        );
        check(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
            Err(Mismatch::Length(None)),
        );
        check(
            "HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 2\r\n\r\n{}",
            Err(Mismatch::Close),
        );
        check("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", Err(Mismatch::Body("[]".into())));
        check("SSH-2.0-x\r\n", Err(Mismatch::Malformed));
    }

    #[test]
    fn follows_a_head_that_changes() {
        let mut verifier = Verifier::new("{}");
        for date in ["Mon", "Tue", "Wednesday"] {
            let answer =
                format!("HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Length: 2\r\n\r\n{{}}");
            for _ in 0..3 {
                assert_eq!(verifier.take(answer.as_bytes()), Ok(Some(answer.len())));
            }
            let head = answer.len() - 2;
            assert_eq!(verifier.answer_bytes(), Some(AnswerBytes { head, body: 2 }));
        }
    }
}
