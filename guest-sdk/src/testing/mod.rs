//! Handlers in plain `cargo test`: the route is called like the host calls it, with the same record, and everything that
//! it may touch is what the test sets. Each call starts from nothing: no variables, no log, time zero.
//!
//! ```
//! use purview_guest::{get, testing::{TestRequest, call}};
//!
//! #[get("/hello/{name}")]
//! fn hello(request: &purview_guest::Request) -> String {
//!     format!("hello {}", request.param("name").unwrap_or_default())
//! }
//!
//! let answer = call::<hello>(TestRequest::get("/hello/world"));
//! assert_eq!((answer.status(), answer.text()), (200, "hello world"));
//! ```

mod app;
mod sandbox;

use std::{any::Any, path::PathBuf, time::Duration};

use purview_abi::{
    name::ANY,
    wire::{BODY_UNKNOWN, RequestParts, Span, flag},
};
use serde::{Serialize, de::DeserializeOwned};

pub use self::app::{AnyRoute, AppRequest, TestApp};
pub use crate::outside::Outgoing;
use crate::{
    Request, Response, Route, egress,
    log::Level,
    raw::{self, Host},
};

/// The functions with which a test says what its handler finds, for whoever has a [`Host`].
macro_rules! world_of_a_test {
    ($this:ident => $host:expr) => {
    /// Sets an environment variable that the handler finds.
    #[must_use]
    pub fn env(mut $this, name: &str, value: &str) -> Self {
        $host.env.insert(name.to_owned(), value.to_owned());
        $this
    }

    /// Sets the time that [`crate::clock::now`] gives.
    #[must_use]
    pub fn now(mut $this, since_1970: Duration) -> Self {
        $host.now = since_1970.as_nanos() as u64;
        $this
    }

    /// Answers what the handler sends. The function gets the origin (`*` for a URL made at run time) and the request.
    #[must_use]
    pub fn upstream(
        mut $this,
        answer: impl FnMut(&str, &Outgoing) -> Result<egress::Answer, egress::Failure> + 'static,
    ) -> Self {
        $host.outside.upstream = Some(Box::new(answer));
        $this
    }

    /// Answers the handler's SQL statements. The function gets the name and the JSON parameters, and gives what the host would:
    /// `{"ok":true,"rows":[…],"rowsAffected":0,"lastInsertRowId":0}`.
    #[must_use]
    pub fn database(mut $this, answer: impl FnMut(&str, &str) -> String + 'static) -> Self {
        $host.outside.queries = Some(Box::new(answer));
        $this
    }

    /// Puts a value into the cache that the handler finds.
    #[must_use]
    pub fn cached(mut $this, namespace: &str, key: &str, value: &str) -> Self {
        let key = (namespace.to_owned(), key.as_bytes().to_vec());
        $host.outside.cache.insert(key, (value.as_bytes().to_vec(), None));
        $this
    }

    /// Gives the handler a folder of files. Needs the feature `files`, or `native`.
    #[must_use]
    pub fn folder(mut $this, name: &str, path: impl Into<PathBuf>) -> Self {
        $host.outside.folders.insert(name.to_owned(), path.into());
        $this
    }

    /// Lets the cache's server be away.
    #[must_use]
    pub fn cache_away(mut $this) -> Self {
        $host.outside.cache_away = true;
        $this
    }

    /// Sets the seed of what [`crate::random`] gives.
    #[must_use]
    pub fn seed(mut $this, seed: u64) -> Self {
        $host.random = seed;
        $this
    }
    };
}
use world_of_a_test;

/// A request, and what its handler finds.
#[derive(Debug, Default)]
pub struct TestRequest {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    host: Host,
    kept: Vec<Box<dyn Any>>,
}

impl TestRequest {
    /// A request with this method and target, as in `/users/42?verbose=true`.
    pub fn new(method: &str, target: &str) -> Self {
        Self { method: method.to_owned(), target: target.to_owned(), ..Self::default() }
    }

    /// A `GET` request.
    pub fn get(target: &str) -> Self {
        Self::new("GET", target)
    }

    /// A `POST` request.
    pub fn post(target: &str) -> Self {
        Self::new("POST", target)
    }

    /// Adds a header field.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_lowercase(), value.to_owned()));
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Sets the body to a value as JSON, and the content type.
    ///
    /// # Panics
    /// If the value cannot be written as JSON.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        let body = serde_json::to_vec(value).expect("a test's value can be written as JSON");
        self.header("content-type", "application/json").body(body)
    }

    world_of_a_test!(self => &mut self.host);

    /// Keeps a value with the request, as middleware does. A dependency of this type is not computed.
    #[must_use]
    pub fn keep<T: 'static>(mut self, value: T) -> Self {
        self.kept.push(Box::new(value));
        self
    }

    fn request(&self, params: &'static [&'static str], values: &[&str]) -> Request {
        let (path, query) = self.path_and_query();
        let mut head = Head::default();
        let method = head.push(&self.method);
        let path = head.push(path);
        let query_span = head.push(query.unwrap_or_default());
        let headers: Vec<_> =
            self.headers.iter().map(|(name, value)| (head.push(name), head.push(value))).collect();
        let values: Vec<_> = values.iter().map(|value| head.push(value)).collect();
        let parts = RequestParts {
            head: &head.0,
            flags: if query.is_some() { flag::QUERY } else { 0 } | flag::BODY,
            method,
            path,
            query: query_span,
            headers: &headers,
            params: &values,
            peer: b"127.0.0.1",
            body_length: BODY_UNKNOWN,
        };
        let mut record = vec![0; parts.record_bytes()];
        parts.write(&mut record).expect("the record has room");
        // The memory of one request of one test, kept like an instance keeps it.
        let request = Request::new(Box::leak(record.into()), params).expect("the record is whole");
        request.set_body(self.body.clone());
        request
    }

    fn path_and_query(&self) -> (&str, Option<&str>) {
        match self.target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (&self.target, None),
        }
    }
}

/// The text that a record's spans point into.
#[derive(Default)]
struct Head(Vec<u8>);

impl Head {
    fn push(&mut self, text: &str) -> Span {
        let start = self.0.len();
        self.0.extend_from_slice(text.as_bytes());
        Span::new(start..self.0.len())
    }
}

/// Calls the handler of this route.
///
/// # Panics
/// If the host would not bring this request to this route, or if a stream ends with an error.
pub fn call<R: Route>(request: TestRequest) -> Answer {
    let name = format!("{} {}", R::METHOD, R::PATTERN);
    assert!(
        R::METHOD == ANY || R::METHOD == request.method,
        "`{name}` does not answer {}",
        request.method
    );
    let values = params(R::PATTERN, request.path_and_query().0)
        .unwrap_or_else(|| panic!("`{name}` does not answer {}", request.target));
    let parsed = request.request(R::PARAMS, &values);
    let asked = (request.method.clone(), request.headers.clone());
    request.kept.into_iter().for_each(|value| parsed.keep_any(value));
    raw::host(|host| *host = Host { request: asked, ..request.host });
    let response = R::answer(&parsed).collected().expect("the stream has no error");
    let logs = raw::host(|host| std::mem::take(&mut host.logs));
    Answer { response, logs }
}

/// The values of the path parameters, if the path is one of the pattern's.
fn params<'p>(pattern: &str, path: &'p str) -> Option<Vec<&'p str>> {
    if pattern == ANY {
        return Some(Vec::new());
    }
    let mut values = Vec::new();
    let mut rest = Some(path.strip_prefix('/')?);
    for segment in pattern.strip_prefix('/')?.split('/') {
        let left = rest?;
        if segment.starts_with("{*") {
            return (!left.is_empty()).then(|| {
                values.push(left);
                values
            });
        }
        let (value, after) = match left.split_once('/') {
            Some((value, after)) => (value, Some(after)),
            None => (left, None),
        };
        match segment.starts_with('{') {
            true if value.is_empty() => return None,
            true => values.push(value),
            false if value != segment => return None,
            false => {}
        }
        rest = after;
    }
    rest.is_none().then_some(values)
}

/// What a handler answered and logged.
#[derive(Debug)]
pub struct Answer {
    response: Response,
    logs: Vec<(Level, String)>,
}

impl Answer {
    /// The status.
    pub fn status(&self) -> u16 {
        self.response.status_code()
    }

    /// The value of the first header field of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.response.header_value(name)
    }

    /// The body.
    pub fn body(&self) -> &[u8] {
        self.response.body_bytes()
    }

    /// The body as text.
    ///
    /// # Panics
    /// If it is not UTF-8.
    pub fn text(&self) -> &str {
        std::str::from_utf8(self.body()).expect("the body is text")
    }

    /// The body as JSON of this type.
    ///
    /// # Panics
    /// If it is not.
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(self.body()).expect("the body is JSON of this type")
    }

    /// The lines that the handler logged.
    pub fn logs(&self) -> &[(Level, String)] {
        &self.logs
    }

    /// The whole response.
    pub fn response(&self) -> &Response {
        &self.response
    }
}
