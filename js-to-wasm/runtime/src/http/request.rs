//! The request. In: the host's record, or `Request(url, init)` of the program. Out: properties, each made when it is first read and
//! kept as a property of the object, and the readers of the body.
//!
//! The detail of a request of the host is the address of its record, as a number.

use crate::{
    convert,
    fault::{self, Code},
    function, host, json,
    object::{Class, Object},
    string::Str,
    value::{Kind, Value},
};

use super::{headers, query, response};

const NO_BODY: u32 = 0;
/// Flag of the record: the request has a body.
const FLAG_BODY: u32 = 2;
/// Flag of the record: the target had a `?`.
const FLAG_QUERY: u32 = 1;

/// A request record, as `purview_abi::wire` draws it.
#[derive(Clone, Copy)]
struct Record {
    bytes: &'static [u8],
}

impl Record {
    fn of(object: &Object) -> Option<Self> {
        let address = object.detail.get().as_number()? as usize;
        // SAFETY: the detail of a request of the host is the address of the record that the host wrote, whose first word is its length.
        let bytes = unsafe {
            let length = (address as *const u32).read_unaligned() as usize;
            core::slice::from_raw_parts(address as *const u8, length)
        };
        Some(Self { bytes })
    }

    fn word(self, at: usize) -> u32 {
        match self.bytes.get(at..at + 4) {
            Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
            _ => 0,
        }
    }

    fn text(self, at: usize) -> &'static [u8] {
        let start = self.word(at) as usize;
        self.bytes.get(start..start + self.word(at + 4) as usize).unwrap_or_default()
    }

    fn flag(self, flag: u32) -> bool {
        self.word(4) >> 16 & flag != 0
    }
}

fn request_of(this: Value) -> Option<&'static Object> {
    this.as_object().filter(|object| object.class == Class::Request)
}

/// A property of the object, made by `make` from the record if it is not there yet.
fn property(this: Value, name: &'static str, make: impl FnOnce(Record) -> Value) -> Value {
    let Some(request) = request_of(this) else {
        return crate::object::get(this, Value::fixed(name));
    };
    if let Some(value) = request.field(name) {
        return value;
    }
    match Record::of(request) {
        Some(record) => {
            let value = make(record);
            request.set_field(name, value);
            value
        }
        None => Value::UNDEFINED,
    }
}

fn outside(bytes: &'static [u8]) -> Value {
    Value::string(Str::from_outside(bytes))
}

fn url_text(record: Record) -> Value {
    if !record.flag(FLAG_QUERY) {
        return outside(record.text(16));
    }
    outside([record.text(16), b"?", record.text(24)].concat().leak())
}

fn header_fields(record: Record) -> Value {
    let fields = Object::with_capacity(Class::Headers, record.word(36) as usize);
    let table = record.word(32) as usize;
    for entry in 0..record.word(36) as usize {
        let at = table + entry * 16;
        fields.set(Str::from_outside(record.text(at)), outside(record.text(at + 8)));
    }
    Value::object(fields)
}

getters! {
    "method" method(this) { property(this, "method", |record| outside(record.text(8).to_ascii_uppercase().leak())) }
    "path" path(this) { property(this, "path", |record| outside(record.text(16))) }
    "url" url(this) { property(this, "url", url_text) }
    "query" query_values(this) {
        property(this, "query", |record| Value::object(query::parse(record.text(24))))
    }
    "headers" header_values(this) {
        match this.as_object() {
            Some(object) if object.class == Class::Response => response::headers_of(object),
            _ => property(this, "headers", header_fields),
        }
    }
    "body" body(this) {
        match this.as_object() {
            Some(object) if object.class == Class::Response => response::body_of(object),
            _ => property(this, "body", |record| {
                if !record.flag(FLAG_BODY) || record.word(56) == NO_BODY {
                    return Value::UNDEFINED;
                }
                let announced = record.word(56);
                outside(host::body(if announced == u32::MAX { 4096 } else { announced as usize }).leak())
            }),
        }
    }
}

/// The body for a reader: each request is read once.
fn consume(this: Value, object: &Object) -> &'static Str {
    if object.field("bodyUsed") == Some(Value::TRUE) {
        fault::raise_static(Code::Type, "Body has already been consumed");
    }
    object.set_field("bodyUsed", Value::TRUE);
    match body(this).kind() {
        Kind::String(text) => text,
        _ => Str::of(b""),
    }
}

fn has_body(this: Value) -> Option<&'static Object> {
    this.as_object().filter(|object| matches!(object.class, Class::Request | Class::Response))
}

builtins! {
    ".text" text(this, args) {
        match has_body(this) {
            Some(object) => Value::string(consume(this, object)),
            None => function::call_property(this, "text", args),
        }
    }
    ".json" json_of(this, args) {
        match has_body(this) {
            Some(object) => json::parse(consume(this, object).bytes()).unwrap_or(Value::UNDEFINED),
            None => function::call_property(this, "json", args),
        }
    }
    "Request" new_request(_this, args) {
        let request = Object::new(Class::Request);
        let url = convert::to_text(args.first());
        let before_hash = url.bytes().split(|byte| *byte == b'#').next().unwrap_or_default();
        let path_end = before_hash.iter().position(|byte| *byte == b'?');
        let (path, tail) = before_hash.split_at(path_end.unwrap_or(before_hash.len()));
        request.set_field("url", Value::string(url));
        request.set_field("path", Value::string(Str::of(path)));
        request.set_field("query", Value::object(query::parse(tail.get(1..).unwrap_or_default())));
        let fields = Object::new(Class::Headers);
        let option = |name| args.get(1).as_object().and_then(|init| init.field(name));
        headers::extend(fields, option("headers").unwrap_or(Value::UNDEFINED));
        request.set_field("headers", Value::object(fields));
        let method = option("method").map_or(Str::of(b"GET"), convert::to_text);
        request.set_field("method", Value::string(Str::take(method.bytes().to_ascii_uppercase())));
        let body = option("body").filter(|body| body.is_present());
        request.set_field("body", body.map_or(Value::UNDEFINED, |body| Value::string(convert::to_text(body))));
        Value::object(request)
    }
}

direct! {
    "rt.request" request(record: u32) -> Value {
        let request = Object::with_capacity(Class::Request, 4);
        request.detail.set(Value::number(f64::from(record)));
        Value::object(request)
    }
}
