//! A handler's request before it is sent. In: a send record in guest memory. Out: a request whose method, fields and body are
//! acceptable, or the first thing that is wrong with it, in the order of the error codes. Framing, host and connection are the
//! host's alone.

use http_body_util::Full;
use hyper::{
    HeaderMap, Method, Request, Uri,
    body::Bytes,
    header::{self, HeaderName, HeaderValue},
};
use purview_abi::wire::{FIELD_BYTES, ResponseField, SEND_BYTES, SendHead, error};
use wasmtime::Caller;

use super::{
    super::memory::{self, BadPointer},
    Failure,
    target::Target,
};
use crate::{instance::guest::Guest, limits::Limits};

const METHOD_BYTES_MAX: u32 = 16;

/// What a record says, copied and not judged. `None`: longer than anything acceptable.
#[derive(Debug)]
pub(in crate::capability) struct Draft {
    pub(super) target: Option<Vec<u8>>,
    method: Option<Vec<u8>>,
    fields: Result<Fields, Failure>,
    body: Option<Vec<u8>>,
    pub(super) response_bytes_max: u32,
    pub(super) timeout_ms: u32,
}

impl Draft {
    /// Copies a record and what it points to; `None` if it is not one.
    pub(in crate::capability) fn read(
        caller: &mut Caller<'_, Guest>,
        record: u32,
        limits: &Limits,
    ) -> Result<Option<Self>, BadPointer> {
        let bytes = memory::bytes(caller, record, SEND_BYTES as u32, SEND_BYTES as u32)?;
        let Some(Ok(head)) = bytes.first_chunk().map(SendHead::read) else { return Ok(None) };
        Ok(Some(Self {
            target: text(caller, head.target, bound(limits.egress_url_bytes))?,
            method: text(caller, head.method, METHOD_BYTES_MAX)?,
            fields: fields(caller, head.headers, limits)?,
            body: text(caller, head.body, bound(limits.egress_request_bytes))?,
            response_bytes_max: head.response_bytes_max,
            timeout_ms: head.timeout_ms,
        }))
    }

    /// The same for a test that answers it: text as it is, the body in hexadecimal digits.
    pub(in crate::capability) fn to_json(&self) -> serde_json::Value {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let all = |bytes: &Option<Vec<u8>>| text(bytes.as_deref().unwrap_or_default());
        let fields = self.fields.iter().flatten();
        let fields: Vec<_> = fields.map(|(name, value)| (text(name), text(value))).collect();
        serde_json::json!({
            "method": all(&self.method), "target": all(&self.target), "headers": fields,
            "body": crate::capability::hex(self.body.as_deref().unwrap_or_default()),
            "response_bytes_max": self.response_bytes_max, "timeout_ms": self.timeout_ms,
        })
    }

    /// The request, once its target was judged.
    pub(super) fn request(self, target: &Target) -> Result<Request<Full<Bytes>>, Failure> {
        let method = method(&self.method.unwrap_or_default())?;
        let body = self.body.ok_or_else(|| {
            Failure::new(error::BODY, "the body is longer than `egress_request_bytes`")
                .over("limit.egress_request")
        })?;
        let headers = headers(self.fields)?;
        let uri: Uri =
            target.url().parse().map_err(|_| Failure::new(error::URL, "the URL cannot be sent"))?;
        let mut request = Request::new(Full::new(Bytes::from(body)));
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        Ok(request)
    }
}

fn text(
    caller: &mut Caller<'_, Guest>,
    (address, length): (u32, u32),
    most: u32,
) -> Result<Option<Vec<u8>>, BadPointer> {
    if length > most {
        return Ok(None);
    }
    memory::bytes(caller, address, length, most).map(|bytes| Some(bytes.to_vec()))
}

type Fields = Vec<(Vec<u8>, Vec<u8>)>;

/// Nothing is copied that is longer than one host call may copy.
fn bound(limit: u64) -> u32 {
    u32::try_from(limit).unwrap_or(u32::MAX).min(memory::COPY_BYTES_MAX)
}

fn fields(
    caller: &mut Caller<'_, Guest>,
    (address, count): (u32, u32),
    limits: &Limits,
) -> Result<Result<Fields, Failure>, BadPointer> {
    if u64::from(count) > limits.egress_fields {
        return Ok(Err(too_many_fields(limits, error::HEADERS)));
    }
    let bytes_max = bound(limits.egress_head_bytes);
    let table_bytes = count * FIELD_BYTES as u32;
    let table = memory::bytes(caller, address, table_bytes, table_bytes)?.to_vec();
    let mut fields = Vec::with_capacity(count as usize);
    let mut left = bytes_max;
    for entry in table.chunks_exact(FIELD_BYTES).filter_map(|entry| entry.first_chunk()) {
        let field = ResponseField::read(entry);
        let Some(rest) =
            left.checked_sub(field.name.1).and_then(|left| left.checked_sub(field.value.1))
        else {
            return Ok(Err(too_long_head(limits, error::HEADERS)));
        };
        left = rest;
        let (name, value) =
            (text(caller, field.name, bytes_max)?, text(caller, field.value, bytes_max)?);
        fields.push((name.unwrap_or_default(), value.unwrap_or_default()));
    }
    Ok(Ok(fields))
}

/// A request or an answer has more header fields than it may.
pub(super) fn too_many_fields(limits: &Limits, code: &'static str) -> Failure {
    let details = format!("there are more than {} header fields", limits.egress_fields);
    Failure::new(code, details).over("limit.egress_fields")
}

/// The header fields of a request or an answer are longer than they may be.
pub(super) fn too_long_head(limits: &Limits, code: &'static str) -> Failure {
    let details = format!("the header fields have more than {} bytes", limits.egress_head_bytes);
    Failure::new(code, details).over("limit.egress_head")
}

/// The methods of the reference, in any case.
fn method(text: &[u8]) -> Result<Method, Failure> {
    [
        Method::GET,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::HEAD,
        Method::OPTIONS,
    ]
    .into_iter()
    .find(|known| known.as_str().as_bytes().eq_ignore_ascii_case(text))
    .ok_or_else(|| {
        Failure::new(
            error::METHOD,
            "the method is not GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS",
        )
    })
}

fn headers(fields: Result<Fields, Failure>) -> Result<HeaderMap, Failure> {
    let refused = |why: &str| Failure::new(error::HEADERS, why);
    let fields = fields?;
    let mut headers = HeaderMap::with_capacity(fields.len() + 1);
    for (name, value) in fields {
        let name = HeaderName::from_bytes(&name)
            .map_err(|_| refused("a header field's name is not a token"))?;
        if is_ours(&name) {
            return Err(refused(&format!("the host alone sets `{name}`")));
        }
        let value = HeaderValue::from_bytes(&value).map_err(|_| {
            refused(&format!("the value of `{name}` holds a line end or another control character"))
        })?;
        headers.append(name, value);
    }
    if !headers.contains_key(header::USER_AGENT) {
        headers.insert(header::USER_AGENT, HeaderValue::from_static("purview"));
    }
    Ok(headers)
}

/// Framing, connection and host (RFC 9110 sections 7.6.1 and 7.2), and what no handler needs.
fn is_ours(name: &HeaderName) -> bool {
    const OURS: [&str; 12] = [
        "host",
        "content-length",
        "transfer-encoding",
        "connection",
        "keep-alive",
        "te",
        "trailer",
        "upgrade",
        "expect",
        "proxy-connection",
        "proxy-authorization",
        "http2-settings",
    ];
    OURS.contains(&name.as_str())
}
