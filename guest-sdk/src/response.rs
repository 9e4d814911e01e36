//! A response as a handler makes it, and what can be turned into one. In: status, header fields, body. Out: a response
//! whose fields HTTP allows. Never here: a header that the host decides (length, framing, connection).

use std::{borrow::Cow, fmt, io};

use purview_abi::name::is_token_byte;
use serde::Serialize;

use crate::{
    log,
    stream::{BodyWriter, Stream},
};

const TEXT: &str = "text/plain; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json";

/// Header fields that the host writes by itself.
const FRAMING: [&str; 7] =
    ["connection", "content-length", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"];

/// Header text: written out in the program, or made at run time.
pub(crate) type Text = Cow<'static, str>;

/// An HTTP response.
///
/// ```
/// use purview_guest::Response;
///
/// let response = Response::text("gone fishing").status(503).header("retry-after", "3600");
/// assert_eq!(response.header_value("Retry-After"), Some("3600"));
/// ```
#[derive(Debug)]
pub struct Response {
    pub(crate) status: u16,
    /// Kept apart from the other fields: a response with this one alone needs no memory for fields.
    pub(crate) content_type: Option<Text>,
    pub(crate) headers: Vec<(Text, Text)>,
    pub(crate) body: Body,
}

pub(crate) enum Body {
    /// Bytes, and what is to be done after they were sent.
    Whole(Cow<'static, [u8]>, Option<Box<dyn Stream>>),
    /// Made while it is sent.
    Stream(Box<dyn Stream>),
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(bytes, _) => write!(f, "{} bytes", bytes.len()),
            Self::Stream(_) => f.write_str("a stream"),
        }
    }
}

impl Response {
    /// A response of this status, without body.
    ///
    /// # Panics
    /// If the status is not between 200 and 599.
    pub const fn new(status: u16) -> Self {
        check_status(status);
        Self {
            status,
            content_type: None,
            headers: Vec::new(),
            body: Body::Whole(Cow::Borrowed(&[]), None),
        }
    }

    /// Plain text.
    pub fn text(body: impl Into<Text>) -> Self {
        Self::of(TEXT, body.into())
    }

    /// HTML.
    pub fn html(body: impl Into<Text>) -> Self {
        Self::of(HTML, body.into())
    }

    /// JSON that is already text.
    pub fn json_text(body: impl Into<Text>) -> Self {
        Self::of(JSON, body.into())
    }

    /// `{"detail": …}`, the form of all errors that the SDK answers with.
    pub fn detail(status: u16, detail: &str) -> Self {
        #[derive(Serialize)]
        struct Body<'a> {
            detail: &'a str,
        }
        Self::json(&Body { detail }).status(status)
    }

    /// A value as JSON. A value that JSON cannot hold makes a 500 and an error in the log.
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Self {
        match serde_json::to_vec(value) {
            Ok(body) => Self::bytes(JSON, body),
            Err(error) => Self::fault(format_args!("the value cannot be written as JSON: {error}")),
        }
    }

    /// Bytes of this content type.
    pub fn bytes(content_type: impl Into<Text>, body: impl Into<Cow<'static, [u8]>>) -> Self {
        Self::new(200).body(body).header("content-type", content_type)
    }

    /// A body of the pieces that an iterator gives, each sent when it comes.
    pub fn pieces<P: AsRef<[u8]>>(
        content_type: impl Into<Text>,
        pieces: impl IntoIterator<Item = P> + 'static,
    ) -> Self {
        Self::stream(content_type, move |body| {
            for piece in pieces {
                io::Write::write_all(body, piece.as_ref())?;
                io::Write::flush(body)?;
            }
            Ok(())
        })
    }

    /// A body that `write` makes while it is sent: for what is long, or what comes bit by bit. An error that `write` returns
    /// cuts the response off.
    ///
    /// ```
    /// use std::io::Write;
    /// use purview_guest::{Response, get};
    ///
    /// #[get("/count")]
    /// fn count() -> Response {
    ///     Response::stream("text/plain", |body| (1..=1000).try_for_each(|n| writeln!(body, "{n}")))
    /// }
    /// ```
    pub fn stream(
        content_type: impl Into<Text>,
        write: impl FnOnce(&mut BodyWriter) -> io::Result<()> + 'static,
    ) -> Self {
        Self { body: Body::Stream(Box::new(write)), ..Self::new(200) }
            .header("content-type", content_type)
    }

    fn of(content_type: &'static str, body: Text) -> Self {
        let body = match body {
            Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(text.into_bytes()),
        };
        Self {
            content_type: Some(Cow::Borrowed(content_type)),
            body: Body::Whole(body, None),
            ..Self::new(200)
        }
    }

    /// A 500 for a mistake of the handler's, which is logged and not shown.
    pub(crate) fn fault(reason: fmt::Arguments<'_>) -> Self {
        log::write(log::Level::Error, reason);
        Self::json_text(r#"{"detail":"Internal Server Error"}"#).status(500)
    }

    /// Sets the status.
    ///
    /// # Panics
    /// If the status is not between 200 and 599.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        check_status(status);
        self.status = status;
        self
    }

    /// Another status in place of a 200.
    #[doc(hidden)]
    #[must_use]
    pub fn or_status(self, status: u16) -> Self {
        if self.status == 200 { self.status(status) } else { self }
    }

    /// Adds a header field; `content-type` is replaced. A field that HTTP does not allow makes a 500 and an error in the
    /// log; see [`Self::try_header`].
    #[must_use]
    pub fn header(self, name: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.try_header(name, value).unwrap_or_else(|error| Self::fault(format_args!("{error}")))
    }

    /// Adds a header field, or says why HTTP does not allow it.
    pub fn try_header(
        mut self,
        name: impl Into<Text>,
        value: impl Into<Text>,
    ) -> Result<Self, ResponseError> {
        let (name, value) = (name.into(), value.into());
        if name.is_empty() || !name.bytes().all(is_token_byte) {
            return Err(ResponseError::Name(name.into_owned()));
        }
        if FRAMING.iter().any(|framing| framing.eq_ignore_ascii_case(&name)) {
            return Err(ResponseError::Framing(name.into_owned()));
        }
        if value.bytes().any(|byte| matches!(byte, b'\r' | b'\n' | 0)) {
            return Err(ResponseError::Value(name.into_owned()));
        }
        if name.eq_ignore_ascii_case("content-type") {
            self.content_type = Some(value);
        } else {
            self.headers.push((name, value));
        }
        Ok(self)
    }

    /// Sets the body; the content type stays.
    #[must_use]
    pub fn body(mut self, body: impl Into<Cow<'static, [u8]>>) -> Self {
        let then = match self.body {
            Body::Whole(_, then) => then,
            Body::Stream(_) => None,
        };
        self.body = Body::Whole(body.into(), then);
        self
    }

    /// The status.
    pub fn status_code(&self) -> u16 {
        self.status
    }

    /// The value of the first header field of this name, in any case.
    pub fn header_value(&self, name: &str) -> Option<&str> {
        self.fields().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// All header fields, the content type first.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        let content_type = self.content_type.as_deref().map(|value| ("content-type", value));
        let others = self.headers.iter().map(|(name, value)| (&**name, &**value));
        content_type.into_iter().chain(others)
    }

    /// The body; nothing for a stream, which is not made yet.
    pub fn body_bytes(&self) -> &[u8] {
        match &self.body {
            Body::Whole(bytes, _) => bytes,
            Body::Stream(_) => &[],
        }
    }

    /// Takes the function that makes the body, if it is a stream, or what is to be done after it was sent.
    #[cfg(target_arch = "wasm32")]
    #[inline]
    pub(crate) fn take_stream(&mut self) -> Option<Box<dyn Stream>> {
        match &mut self.body {
            Body::Whole(_, then) => then.take(),
            Body::Stream(_) => {
                match std::mem::replace(&mut self.body, Body::Whole(Cow::Borrowed(&[]), None)) {
                    Body::Whole(_, then) => then,
                    Body::Stream(stream) => Some(stream),
                }
            }
        }
    }

    /// The same response with a stream turned into bytes, after what is to be done after it.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn collected(self) -> io::Result<Self> {
        let body = match self.body {
            Body::Stream(stream) => stream.run(crate::raw::Head(self.status))?.0.into(),
            Body::Whole(bytes, Some(then)) => {
                then.run(crate::raw::Head(self.status))?;
                bytes
            }
            Body::Whole(bytes, None) => bytes,
        };
        let whole = Self { body: Body::Whole(body, None), ..self };
        Ok(match crate::outside::take_part() {
            Some((status, Some(range))) => whole.status(status).header("content-range", range),
            Some((status, None)) => whole.status(status),
            None => whole,
        })
    }
}

const fn check_status(status: u16) {
    assert!(200 <= status && status <= 599, "a status of a response lies between 200 and 599");
}

/// Why a response is not one that HTTP allows.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponseError {
    /// The header's name is not a token.
    Name(String),
    /// The header's value holds CR, LF or NUL.
    Value(String),
    /// The host writes this header by itself.
    Framing(String),
}

impl fmt::Display for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => write!(f, "{name:?} is not a header name"),
            Self::Value(name) => {
                write!(f, "the value of header `{name}` holds a line break or NUL")
            }
            Self::Framing(name) => write!(f, "header `{name}` is written by the host"),
        }
    }
}

impl std::error::Error for ResponseError {}

/// What a handler may return.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the answer of a route",
    note = "return `Response`, text, `Json<T>`, `(status, T)`, `Option<T>` or `Result<T, E>`"
)]
pub trait IntoResponse {
    /// Makes the response.
    fn into_response(self) -> Response;
}

impl IntoResponse for Response {
    fn into_response(self) -> Response {
        self
    }
}

/// An empty 204.
impl IntoResponse for () {
    fn into_response(self) -> Response {
        Response::new(204)
    }
}

impl IntoResponse for &'static str {
    fn into_response(self) -> Response {
        Response::text(self)
    }
}

impl IntoResponse for String {
    fn into_response(self) -> Response {
        Response::text(self)
    }
}

impl IntoResponse for Cow<'static, str> {
    fn into_response(self) -> Response {
        Response::text(self)
    }
}

impl IntoResponse for Vec<u8> {
    fn into_response(self) -> Response {
        Response::bytes("application/octet-stream", self)
    }
}

impl IntoResponse for &'static [u8] {
    fn into_response(self) -> Response {
        Response::bytes("application/octet-stream", self)
    }
}

/// Another status for the same response.
impl<T: IntoResponse> IntoResponse for (u16, T) {
    fn into_response(self) -> Response {
        self.1.into_response().status(self.0)
    }
}

/// Another status and header fields for the same response.
impl<const N: usize, K: Into<Text>, V: Into<Text>, T: IntoResponse> IntoResponse
    for (u16, [(K, V); N], T)
{
    fn into_response(self) -> Response {
        let response = self.2.into_response().status(self.0);
        self.1.into_iter().fold(response, |response, (name, value)| response.header(name, value))
    }
}

/// `None` is a 404.
impl<T: IntoResponse> IntoResponse for Option<T> {
    fn into_response(self) -> Response {
        self.map_or_else(
            || Response::json_text(r#"{"detail":"Not Found"}"#).status(404),
            T::into_response,
        )
    }
}

impl<T: IntoResponse, E: IntoResponse> IntoResponse for Result<T, E> {
    fn into_response(self) -> Response {
        match self {
            Ok(value) => value.into_response(),
            Err(error) => error.into_response(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_that_http_does_not_allow_are_refused() {
        let refuse = |name: &str, value: &str| {
            Response::new(200)
                .try_header(name.to_owned(), value.to_owned())
                .unwrap_err()
                .to_string()
        };
        assert_eq!(refuse("a b", "1"), "\"a b\" is not a header name");
        assert_eq!(refuse("", "1"), "\"\" is not a header name");
        assert_eq!(
            refuse("x", "1\r\nset-cookie: a=b"),
            "the value of header `x` holds a line break or NUL"
        );
        assert_eq!(refuse("x", "\0"), "the value of header `x` holds a line break or NUL");
        assert_eq!(refuse("Content-Length", "1"), "header `Content-Length` is written by the host");
    }

    #[test]
    fn an_invalid_field_makes_a_500_without_the_value() {
        let response = Response::text("fine").header("x", "1\n2");
        assert_eq!(
            (response.status_code(), response.body_bytes()),
            (500, &br#"{"detail":"Internal Server Error"}"#[..])
        );
        assert_eq!(response.header_value("x"), None);
    }

    #[test]
    fn the_content_type_is_replaced_and_others_are_added() {
        let response = Response::text("{}")
            .header("Content-Type", "application/json")
            .header("vary", "a")
            .header("vary", "b");
        let fields: Vec<_> = response.fields().collect();
        assert_eq!(fields, [("content-type", "application/json"), ("vary", "a"), ("vary", "b")]);
    }

    #[test]
    fn values_become_responses() {
        let cases: [(Response, u16, &str, &[u8]); 7] = [
            ("hi".into_response(), 200, TEXT, b"hi"),
            (String::from("hi").into_response(), 200, TEXT, b"hi"),
            ((201, "made").into_response(), 201, TEXT, b"made"),
            (None::<&str>.into_response(), 404, JSON, br#"{"detail":"Not Found"}"#),
            (Err::<(), _>((409, "taken")).into_response(), 409, TEXT, b"taken"),
            (vec![1u8].into_response(), 200, "application/octet-stream", b"\x01"),
            (Response::json(&[1, 2]), 200, JSON, b"[1,2]"),
        ];
        for (response, status, content_type, body) in cases {
            assert_eq!(response.status_code(), status);
            assert_eq!(response.header_value("content-type"), Some(content_type));
            assert_eq!(response.body_bytes(), body);
        }
        assert_eq!(().into_response().status_code(), 204);
        let fields = [("x-a", "b"), ("content-type", "text/x-tea")];
        let tea = (418, fields, "tea").into_response();
        assert_eq!((tea.status_code(), tea.header_value("x-a")), (418, Some("b")));
        assert_eq!(tea.header_value("content-type"), Some("text/x-tea"));
        let made = (201, [("location", format!("/{}", 1))], Response::new(200)).into_response();
        assert_eq!((made.status_code(), made.header_value("location")), (201, Some("/1")));
    }
}
