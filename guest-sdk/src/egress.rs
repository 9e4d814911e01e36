//! Requests to the outside. In: an origin, written out so that it is one of the module's imports; a path, fields, a body. Out: an
//! answer, or why there is none. Sending does not wait; waiting lets the server work for others.
//!
//! ```no_run
//! use purview_guest::egress;
//!
//! let api = egress!("https://api.example.com");
//! let answer = api.get("/users/1").header("accept", "application/json").send().wait()?;
//! let first = api.get("/a").send();
//! let second = api.get("/b").send(); // both are under way
//! # let _ = (answer.status(), first.wait(), second.wait());
//! # Ok::<(), egress::Failure>(())
//! ```
//!
//! The host bounds time and length of every answer (`egress_ms`, `egress_response_bytes`), follows no redirects, and sets `host`,
//! `content-length` and what else belongs to the connection itself.

use std::{fmt, time::Duration};

use purview_abi::{
    call::status,
    wire::{OutcomeView, error},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    io::Handle,
    outside::{self, Outgoing},
};

/// An origin of the module's imports.
#[derive(Debug, Clone, Copy)]
pub struct Origin(outside::Origin);

impl Origin {
    #[doc(hidden)]
    pub const fn new(origin: outside::Origin) -> Self {
        Self(origin)
    }

    /// Begins a request.
    pub fn request(self, method: &str, path: &str) -> RequestBuilder {
        RequestBuilder {
            origin: self,
            outgoing: Outgoing {
                method: method.to_owned(),
                target: path.to_owned(),
                headers: Vec::new(),
                body: Vec::new(),
                response_bytes_max: 0,
                timeout_ms: 0,
            },
        }
    }

    /// Begins a `GET`.
    pub fn get(self, path: &str) -> RequestBuilder {
        self.request("GET", path)
    }

    /// Begins a `POST`.
    pub fn post(self, path: &str) -> RequestBuilder {
        self.request("POST", path)
    }

    /// Begins a `PUT`.
    pub fn put(self, path: &str) -> RequestBuilder {
        self.request("PUT", path)
    }

    /// Begins a `PATCH`.
    pub fn patch(self, path: &str) -> RequestBuilder {
        self.request("PATCH", path)
    }

    /// Begins a `DELETE`.
    pub fn delete(self, path: &str) -> RequestBuilder {
        self.request("DELETE", path)
    }

    /// Begins a `HEAD`.
    pub fn head(self, path: &str) -> RequestBuilder {
        self.request("HEAD", path)
    }
}

/// Begins a request to a URL that is known at run time only. The module then asks for *any* origin, and a policy that lists hosts
/// refuses it: prefer [`egress!`](crate::egress!) with the origin written out.
pub fn request_any(method: &str, url: &str) -> RequestBuilder {
    Origin(outside::any_origin()).request(method, url)
}

/// A request that is being made.
#[derive(Debug)]
#[must_use = "nothing is sent before `send`"]
pub struct RequestBuilder {
    origin: Origin,
    outgoing: Outgoing,
}

impl RequestBuilder {
    /// Adds a header field.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.outgoing.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sets the body.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.outgoing.body = body.into();
        self
    }

    /// Sets the body to a value as JSON, and the content type.
    ///
    /// # Panics
    /// If the value cannot be written as JSON: a map whose keys are no text.
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        let body = serde_json::to_vec(value).expect("the value can be written as JSON");
        self.header("content-type", "application/json").body(body)
    }

    /// Takes answers of at most so many bytes.
    pub fn max_response_bytes(mut self, bytes: u32) -> Self {
        self.outgoing.response_bytes_max = bytes.max(1);
        self
    }

    /// Gives the whole exchange at most so much time.
    pub fn timeout(mut self, time: Duration) -> Self {
        self.outgoing.timeout_ms = u32::try_from(time.as_millis()).unwrap_or(u32::MAX).max(1);
        self
    }

    /// Starts the request. It ends when the result is dropped.
    pub fn send(self) -> Pending {
        Pending(Handle::new(outside::send(self.origin.0, &self.outgoing)))
    }
}

/// A request that is under way: wait for its answer, or use it as a future in [`crate::io`].
#[derive(Debug)]
#[must_use = "a request that is dropped is ended"]
pub struct Pending(Handle);

impl Pending {
    /// Waits for the answer.
    pub fn wait(self) -> Result<Answer, Failure> {
        let outcome = self.0.wait();
        read(outcome)
    }
}

impl Future for Pending {
    type Output = Result<Answer, Failure>;

    fn poll(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Self::Output> {
        self.0.poll().map(read)
    }
}

fn read(outcome: Result<Vec<u8>, i32>) -> Result<Answer, Failure> {
    let record = match outcome {
        Ok(record) => record,
        Err(status::LIMIT) => {
            return Err(Failure::new(error::OVERFLOW, "more is under way than `handles` allows"));
        }
        Err(_) => {
            return Err(Failure::new(error::ARGUMENTS, "the host does not understand the request"));
        }
    };
    let Ok(view) = OutcomeView::new(&record) else {
        return Err(Failure::new(error::INTERNAL, "the host's outcome is not a record"));
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if !view.error().is_empty() {
        return Err(Failure { code: text(view.error()), details: text(view.details()) });
    }
    Ok(Answer {
        status: view.status(),
        headers: view.headers().map(|(name, value)| (text(name), text(value))).collect(),
        body: view.body().to_vec(),
    })
}

/// What the other side answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    /// An answer without fields and body, for tests.
    pub fn new(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new() }
    }

    /// The same with a header field.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_lowercase(), value.to_owned()));
        self
    }

    /// The same with a body.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Status code.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Whether the status is one of 200 to 299.
    pub fn is_ok(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The value of the first header field of this name, which is lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Names, in lower case, and values of the header fields.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The body.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as text, if it is UTF-8.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.body).ok()
    }

    /// The body as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(&self.body)
    }
}

/// Why there is no answer: a stable code, such as `ConnectFailed`, `HostNotAllowed` or `ResponseTooLarge`, and words for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    code: String,
    details: String,
}

impl Failure {
    /// A failure, for tests.
    pub fn new(code: &str, details: &str) -> Self {
        Self { code: code.to_owned(), details: details.to_owned() }
    }

    /// The stable code, one of [`purview_abi::wire::error`].
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The same in words.
    pub fn details(&self) -> &str {
        &self.details
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.details)
    }
}

impl std::error::Error for Failure {}
