//! Events of serverless platforms → requests. In: the JSON that a platform calls a function with: HTTP APIs and function URLs of AWS
//! (payload 2.0), its REST APIs (1.0), its load balancers, or `{method, url, headers, body}` as `fetch` has it. Out: a request, or why it
//! is none. Whatever the event holds: never a panic, never a line break in what is sent.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Map, Value};

/// The platform, which decides the form of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// HTTP API or function URL, payload 2.0.
    HttpV2,
    /// REST API, payload 1.0.
    RestV1,
    /// Application load balancer; `many`: with lists of values.
    LoadBalancer {
        /// Whether header fields come and go as lists.
        many: bool,
    },
    /// `{method, url, headers, body}`.
    Fetch,
}

/// A request as an event holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Which event it was.
    pub form: Form,
    /// The method.
    pub method: String,
    /// The path, percent-encoded.
    pub path: String,
    /// The query, without `?`, percent-encoded.
    pub query: String,
    /// Header fields, several of one name included.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// Reads an event.
    pub fn read(event: &Value) -> Result<Self, String> {
        let event = event.as_object().ok_or("an event is a JSON object")?;
        let context = event.get("requestContext").unwrap_or(&Value::Null);
        let mut request = if context["http"].is_object() {
            http_v2(event, context)?
        } else if context["elb"].is_object() {
            let many = event.get("multiValueHeaders").is_some_and(Value::is_object);
            rest(event, Form::LoadBalancer { many })?
        } else if event.get("httpMethod").is_some() {
            rest(event, Form::RestV1)?
        } else if event.contains_key("url") && event.contains_key("method") {
            fetch(event)?
        } else if event.get("version").and_then(Value::as_str) == Some("2.0") {
            return Err("the event has no `requestContext.http.method`".into());
        } else {
            return Err("this is not an HTTP event of a platform that is known".into());
        };
        request.body = body(event)?;
        if request.method.is_empty()
            || !request.method.bytes().all(purview_abi::name::is_token_byte)
        {
            return Err("the event's method is not one".into());
        }
        if request.path.is_empty() {
            request.path.push('/');
        }
        if !request.path.starts_with('/') {
            return Err("the event's path does not begin with `/`".into());
        }
        request.path = encoded(&request.path, b"/");
        request.query = encoded(&request.query, b"/?");
        Ok(request)
    }
}

fn http_v2(event: &Map<String, Value>, context: &Value) -> Result<Request, String> {
    let http = &context["http"];
    let path = event.get("rawPath").or_else(|| http.get("path"));
    let mut headers = single(event.get("headers"));
    let cookies: Vec<&str> = event
        .get("cookies")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if !cookies.is_empty() {
        headers.retain(|(name, _)| !name.eq_ignore_ascii_case("cookie"));
        headers.push(("cookie".into(), cookies.join("; ")));
    }
    Ok(Request {
        form: Form::HttpV2,
        method: text(Some(&http["method"]), "requestContext.http.method")?,
        path: text(path, "rawPath")?,
        query: event.get("rawQueryString").and_then(Value::as_str).unwrap_or_default().to_owned(),
        headers,
        body: Vec::new(),
    })
}

fn rest(event: &Map<String, Value>, form: Form) -> Result<Request, String> {
    let many = many(event.get("multiValueHeaders"));
    let headers = if many.is_empty() { single(event.get("headers")) } else { many };
    let query = many_or_single(event);
    // A REST API gives names and values decoded, a load balancer as they were sent.
    let plain = |text: &str| match form {
        Form::RestV1 => encoded_value(text),
        _ => text.to_owned(),
    };
    let query: Vec<String> =
        query.iter().map(|(name, value)| format!("{}={}", plain(name), plain(value))).collect();
    Ok(Request {
        form,
        method: text(event.get("httpMethod"), "httpMethod")?,
        path: text(event.get("path"), "path")?,
        query: query.join("&"),
        headers,
        body: Vec::new(),
    })
}

fn many_or_single(event: &Map<String, Value>) -> Vec<(String, String)> {
    let all = many(event.get("multiValueQueryStringParameters"));
    if all.is_empty() { single(event.get("queryStringParameters")) } else { all }
}

fn fetch(event: &Map<String, Value>) -> Result<Request, String> {
    let url = text(event.get("url"), "url")?;
    let (target, host) = match url.split_once("://") {
        Some((_, rest)) => {
            let at = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            (rest[at..].to_owned(), Some(rest[..at].to_owned()))
        }
        None => (url, None),
    };
    let target = target.split('#').next().unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut headers = single(event.get("headers"));
    headers.extend(many(event.get("headers")));
    if let Some(host) =
        host.filter(|_| !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")))
    {
        headers.push(("host".into(), host));
    }
    Ok(Request {
        form: Form::Fetch,
        method: text(event.get("method"), "method")?,
        path: if path.is_empty() { "/".into() } else { path.to_owned() },
        query: query.to_owned(),
        headers,
        body: Vec::new(),
    })
}

fn text(value: Option<&Value>, name: &str) -> Result<String, String> {
    value
        .and_then(Value::as_str)
        .map(str::to_owned)
        .ok_or_else(|| format!("the event has no `{name}`"))
}

fn single(value: Option<&Value>) -> Vec<(String, String)> {
    let pairs = value.and_then(Value::as_object).into_iter().flatten();
    pairs.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect()
}

fn many(value: Option<&Value>) -> Vec<(String, String)> {
    let lists = value.and_then(Value::as_object).into_iter().flatten();
    let pairs = lists.flat_map(|(name, list)| {
        list.as_array()
            .into_iter()
            .flatten()
            .filter_map(move |value| Some((name.clone(), value.as_str()?.to_owned())))
    });
    pairs.collect()
}

fn body(event: &Map<String, Value>) -> Result<Vec<u8>, String> {
    let text = event.get("body").and_then(Value::as_str).unwrap_or_default();
    if event.get("isBase64Encoded") != Some(&Value::Bool(true)) {
        return Ok(text.as_bytes().to_vec());
    }
    STANDARD.decode(text).map_err(|_| "the event's body is not base64".into())
}

/// Bytes that no target may hold are percent-encoded; the rest stays as it is.
fn encoded(text: &str, more: &[u8]) -> String {
    escape(text, |byte| {
        byte.is_ascii_alphanumeric()
            || b"-._~%!$&'()*+,;=:@".contains(&byte)
            || more.contains(&byte)
    })
}

/// A name or a value of a query.
fn encoded_value(text: &str) -> String {
    escape(text, |byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

fn escape(text: &str, stays: impl Fn(u8) -> bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if stays(byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}
