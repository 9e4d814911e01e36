//! The response. In: the factories' arguments. Out: a response object, and at the end the record that the host reads in place.
//!
//! A response is an object whose status, fields and body are properties that begin with a blank, so that no property of the program
//! is in their way.

use crate::{
    fault::{self, Code},
    function::Args,
    json,
    object::{Class, Object},
    operators::type_of,
    string::Str,
    string_methods::well_formed,
    value::{Kind, Value},
};

use super::headers;

const STATUS: &str = " status";
const HEADERS: &str = " headers";
const BODY: &str = " body";
/// Version of the agreement between host and guest, as `purview_abi::VERSION` has it.
const VERSION: u32 = 1;

/// A response with the status and the fields of `init`, and a content type unless `init` has one.
fn made(body: Option<&'static Str>, content_type: Option<&'static str>, init: Value) -> Value {
    let response = Object::with_capacity(Class::Response, 3);
    let option =
        |name| init.as_object().and_then(|init| init.field(name)).unwrap_or(Value::UNDEFINED);
    response.set_field(STATUS, Value::number(f64::from(status_of(option("status"), 200))));
    let fields = Object::with_capacity(Class::Headers, 2);
    headers::extend(fields, option("headers"));
    if let Some(content_type) = content_type
        && !fields.has(Str::of(b"content-type"))
    {
        fields.set_field("content-type", Value::fixed(content_type));
    }
    response.set_field(HEADERS, Value::object(fields));
    response.set_field(BODY, body.map_or(Value::UNDEFINED, Value::string));
    Value::object(response)
}

/// A response that came from elsewhere.
pub(crate) fn received(
    status: u16,
    fields: &'static Object,
    body: &'static Str,
) -> &'static Object {
    let response = Object::with_capacity(Class::Response, 5);
    response.set_field(STATUS, Value::number(f64::from(status)));
    response.set_field(HEADERS, Value::object(fields));
    response.set_field(BODY, Value::string(body));
    response
}

fn status_of(value: Value, default: u16) -> u16 {
    match value.kind() {
        Kind::Undefined | Kind::Null => default,
        Kind::Number(status)
            if (200.0..=599.0).contains(&status) && status == crate::number::to_integer(status) =>
        {
            status as u16
        }
        _ => fault::raise_static(Code::Range, "a status is an integer from 200 to 599"),
    }
}

fn text_body(args: Args<'_>) -> Option<&'static Str> {
    match args.first().kind() {
        Kind::Undefined | Kind::Null => None,
        Kind::String(text) => Some(text),
        _ => fault::type_error(&[
            b"a body must be a string, this is ",
            type_of(args.first()).as_bytes(),
        ]),
    }
}

const TEXT: &str = "text/plain; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json";

builtins! {
    "Response" new_response(_this, args) {
        made(text_body(args), Some(TEXT), args.get(1))
    }
    "Response.text" response_text(_this, args) { made(text_body(args), Some(TEXT), args.get(1)) }
    "Response.html" response_html(_this, args) { made(text_body(args), Some(HTML), args.get(1)) }
    "Response.rawJson" response_raw_json(_this, args) { made(text_body(args), Some(JSON), args.get(1)) }
    "Response.json" response_json(_this, args) {
        let body = if args.first() == Value::UNDEFINED { Str::of(b"{}") } else { json::body(args.first()) };
        made(Some(body), Some(JSON), args.get(1))
    }
    "rt.response_json" response_fused(this, args) {
        // The values, then the init.
        let (init, values) = match args.values().split_last() {
            Some((init, values)) => (*init, values),
            None => (Value::UNDEFINED, &[][..]),
        };
        made(Some(json::fused(this, values)), Some(JSON), init)
    }
    "Response.redirect" response_redirect(_this, args) {
        let fields = Object::new(Class::Plain);
        fields.set_field("location", args.first());
        let init = Object::new(Class::Plain);
        init.set_field("headers", Value::object(fields));
        init.set_field("status", if args.get(1).is_absent() { Value::number(302.0) } else { args.get(1) });
        made(None, None, Value::object(init))
    }
}

/// A response of plain text without a body.
pub(super) fn text_like(init: Value) -> Value {
    made(None, Some(TEXT), init)
}

/// `headers` of a response.
pub(crate) fn headers_of(response: &Object) -> Value {
    response.field(HEADERS).unwrap_or(Value::UNDEFINED)
}

/// `body` of a response.
pub(crate) fn body_of(response: &Object) -> Value {
    response.field(BODY).unwrap_or(Value::UNDEFINED)
}

fn is_response(this: Value) -> Option<&'static Object> {
    this.as_object().filter(|object| object.class == Class::Response)
}

fn status_number(response: &Object) -> f64 {
    response.field(STATUS).and_then(Value::as_number).unwrap_or(200.0)
}

getters! {
    "status" status(this) {
        match is_response(this) {
            Some(response) => response.field("status").unwrap_or(Value::number(status_number(response))),
            None => crate::object::get(this, Value::fixed("status")),
        }
    }
    "statusText" status_text(this) {
        match is_response(this) {
            Some(response) => match response.field("error") {
                // What was not sent says why.
                Some(code) if status_number(response) == 599.0 => code,
                _ => Value::fixed(reason(status_number(response) as u16)),
            },
            None => crate::object::get(this, Value::fixed("statusText")),
        }
    }
    "ok" ok(this) {
        match is_response(this) {
            Some(response) => Value::bool((200.0..300.0).contains(&status_number(response))),
            None => crate::object::get(this, Value::fixed("ok")),
        }
    }
}

/// The usual words for a status.
fn reason(status: u16) -> &'static str {
    match status {
        100 => "Continue",
        101 => "Switching Protocols",
        102 => "Processing",
        103 => "Early Hints",
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        203 => "Non-Authoritative Information",
        204 => "No Content",
        205 => "Reset Content",
        206 => "Partial Content",
        207 => "Multi-Status",
        208 => "Already Reported",
        226 => "IM Used",
        300 => "Multiple Choices",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        305 => "Use Proxy",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        407 => "Proxy Authentication Required",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Payload Too Large",
        414 => "URI Too Long",
        415 => "Unsupported Media Type",
        416 => "Range Not Satisfiable",
        417 => "Expectation Failed",
        418 => "I'm a Teapot",
        421 => "Misdirected Request",
        422 => "Unprocessable Entity",
        423 => "Locked",
        424 => "Failed Dependency",
        425 => "Too Early",
        426 => "Upgrade Required",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        506 => "Variant Also Negotiates",
        507 => "Insufficient Storage",
        508 => "Loop Detected",
        509 => "Bandwidth Limit Exceeded",
        510 => "Not Extended",
        511 => "Network Authentication Required",
        _ => "",
    }
}

/// Text as an address and a length; lone surrogates become U+FFFD on the wire.
fn place(text: &'static Str) -> [u32; 2] {
    let bytes = text.bytes();
    let clean = if text.is_ascii() || core::str::from_utf8(bytes).is_ok() {
        bytes
    } else {
        well_formed(bytes).leak()
    };
    [clean.as_ptr() as u32, clean.len() as u32]
}

/// The record of a response, as `purview_abi::wire` draws it, with the table of its fields behind it.
pub(super) fn record(response: &Object) -> &'static [u32] {
    let fields = headers_of(response).as_object().map(super::headers::lines).unwrap_or_default();
    let changed = response.field("status").map(|status| f64::from(status_of(status, 200)));
    let status = changed.unwrap_or(status_number(response)) as u32;
    let empty = matches!(status, 204 | 205 | 304);
    let body = body_of(response).as_string().filter(|_| !empty).map_or([0, 0], place);
    let block = alloc::vec![0; 6 + fields.len() * 4].leak();
    let table = block[6..].as_ptr() as u32;
    block[..6].copy_from_slice(&[
        VERSION | status << 16,
        table,
        fields.len() as u32,
        body[0],
        body[1],
        0,
    ]);
    for (entry, (name, value)) in block[6..].chunks_exact_mut(4).zip(fields) {
        let value = value.as_string().map_or([0, 0], place);
        let name = place(name);
        entry.copy_from_slice(&[name[0], name[1], value[0], value[1]]);
    }
    block
}

direct! {
    "rt.respond" respond(value: Value) -> *const u32 {
        let Some(response) = is_response(value) else {
            fault::type_error(&[b"a handler returns a Response, this is ", type_of(value).as_bytes()])
        };
        if let Some(stream) = response.detail.get().as_function() {
            stream.call(&[value]);
            return core::ptr::null();
        }
        record(response).as_ptr()
    }
}
