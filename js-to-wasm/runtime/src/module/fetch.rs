//! `fetchSync` and `httpRequest`. In: a URL and options. Out: a response; what goes wrong is a response with status 599 whose
//! `statusText` is the code, never a fault. The records are drawn in `purview_abi::wire`.

use alloc::vec::Vec;

use crate::{
    array::Array,
    function::Args,
    host::{self, Bound},
    http::{headers, response, url},
    json,
    object::{Class, Object},
    string::Str,
    text::bytes_at,
    value::{Kind, Value},
};

use super::io;

/// Version of the agreement between host and guest, as `purview_abi::VERSION` has it.
const VERSION: u32 = 1;
const NO_ANSWER: u16 = 599;
/// Codes of the host that are no handle.
const LIMIT: i32 = -6;

/// Why nothing was sent.
type Refusal = (&'static str, &'static str);

/// A response that is no answer of the other side.
fn refused((code, details): Refusal) -> Value {
    failure(Str::of(code.as_bytes()), Str::of(details.as_bytes()))
}

fn failure(code: &'static Str, details: &'static Str) -> Value {
    let body = Object::with_capacity(Class::Plain, 3);
    body.set_field("ok", Value::FALSE);
    body.set_field("error", Value::string(code));
    body.set_field("details", Value::string(details));
    let fields = Object::with_capacity(Class::Headers, 1);
    fields.set_field("content-type", Value::fixed("application/json"));
    let made = response::received(NO_ANSWER, fields, json::body(Value::object(body)));
    made.set_field("error", Value::string(code));
    made.set_field("details", Value::string(details));
    Value::object(made)
}

/// An option of the call: of the second argument, or of the one object.
fn option(args: Args<'_>, names: &[&str]) -> Value {
    let init = match args.first().as_object() {
        Some(only) => Some(only),
        None => args.get(1).as_object(),
    };
    let found = init.and_then(|init| names.iter().find_map(|name| init.field(name)));
    found.unwrap_or(Value::UNDEFINED)
}

/// A text of the record: address and length. The bytes live as long as the request.
fn place(bytes: &'static [u8]) -> [u32; 2] {
    [bytes.as_ptr() as u32, bytes.len() as u32]
}

fn clean(text: &'static Str) -> &'static [u8] {
    match core::str::from_utf8(text.bytes()) {
        Ok(_) => text.bytes(),
        Err(_) => crate::string_methods::well_formed(text.bytes()).leak(),
    }
}

fn method(args: Args<'_>) -> Result<&'static [u8], Refusal> {
    match option(args, &["method"]).kind() {
        Kind::Undefined | Kind::Null => Ok(b"GET"),
        Kind::String(text) => Ok(text.bytes().to_ascii_uppercase().leak()),
        _ => Err(("InvalidMethod", "the method must be a string")),
    }
}

fn body(args: Args<'_>) -> Result<&'static [u8], Refusal> {
    match option(args, &["body"]).kind() {
        Kind::Undefined | Kind::Null => Ok(b""),
        Kind::String(text) => Ok(clean(text)),
        _ => Err(("InvalidBody", "the body must be a string")),
    }
}

/// The table of the fields. Whether names and values are allowed is the host's to say.
fn fields(args: Args<'_>) -> Result<(&'static [u32], usize), Refusal> {
    let entries = match option(args, &["headers"]).kind() {
        Kind::Undefined | Kind::Null => Vec::new(),
        Kind::Object(given) if given.class == Class::Headers => headers::lines(given),
        Kind::Object(given) => given.entries(),
        _ => return Err(("InvalidHeaders", "headers must be an object of strings")),
    };
    let mut table = Vec::with_capacity(entries.len() * 4);
    let mut count = 0;
    for (name, value) in entries {
        let value = match value.kind() {
            Kind::Undefined | Kind::Null => continue,
            Kind::String(text) => clean(text),
            Kind::Number(_) => crate::convert::to_text(value).bytes(),
            _ => return Err(("InvalidHeaders", "headers must be an object of strings")),
        };
        table.extend(place(clean(name)).into_iter().chain(place(value)));
        count += 1;
    }
    Ok((table.leak(), count))
}

fn response_bytes_max(args: Args<'_>) -> Result<u32, Refusal> {
    match option(args, &["maxResponseBytes", "max_response_bytes"]).kind() {
        Kind::Undefined | Kind::Null => Ok(0),
        Kind::Number(most)
            if (1.0..=2_147_483_647.0).contains(&most) && libm::trunc(most) == most =>
        {
            Ok(most as u32)
        }
        _ => Err(("InvalidMaxResponseBytes", "maxResponseBytes must be a whole number above 0")),
    }
}

/// The URL that the call names.
fn url(args: Args<'_>) -> Result<url::Destination, Refusal> {
    let text = match args.first().kind() {
        Kind::Object(_) => option(args, &["url"]),
        _ => args.first(),
    };
    let Some(text) = text.as_string() else {
        return Err(("InvalidArgs", "the URL must be a string"));
    };
    url::destination(clean(text)).ok_or(("InvalidUrl", "this is no http or https URL"))
}

/// The import of an origin, in a list of origins and table indices.
fn import_of(origins: &Array, origin: &[u8]) -> Result<Bound, Refusal> {
    let is = |at: &u32| origins.get(*at).as_string().is_some_and(|known| known.bytes() == origin);
    let place = (0..origins.len()).step_by(2).find(is);
    let place = place.ok_or(("HostNotAllowed", "the origin is none of those that are imported"))?;
    Ok(Bound::of(origins.get(place + 1)))
}

/// Where a call may send. A type and not a value, so that calls bound to their origins do not reach the import of any origin.
trait Reach: Copy {
    /// What the destination's origin needs.
    type Import;

    fn import(self, origin: &[u8]) -> Result<Self::Import, Refusal>;

    /// What is sent as the target: an import names the origin; without one the whole URL is sent.
    fn target(destination: url::Destination) -> &'static [u8];

    fn send(import: Self::Import, record: &[u32; 12]) -> Result<host::Exchange, i32>;
}

/// One of these origins: a list of origins and table indices.
#[derive(Clone, Copy)]
struct OneOf<'a>(Option<&'a Array>);

/// Any origin.
#[derive(Clone, Copy)]
struct Anywhere;

impl Reach for OneOf<'_> {
    type Import = Bound;

    fn import(self, origin: &[u8]) -> Result<Bound, Refusal> {
        match self.0 {
            Some(origins) => import_of(origins, origin),
            None => Err(("HostNotAllowed", "no origin is imported")),
        }
    }

    fn target(destination: url::Destination) -> &'static [u8] {
        destination.target.leak()
    }

    fn send(import: Bound, record: &[u32; 12]) -> Result<host::Exchange, i32> {
        host::send(import, record)
    }
}

impl Reach for Anywhere {
    type Import = ();

    fn import(self, _: &[u8]) -> Result<(), Refusal> {
        Ok(())
    }

    fn target(destination: url::Destination) -> &'static [u8] {
        [destination.origin, destination.target].concat().leak()
    }

    fn send((): (), record: &[u32; 12]) -> Result<host::Exchange, i32> {
        host::send_to_any(record)
    }
}

/// Sends and waits.
fn exchange<R: Reach>(reach: R, args: Args<'_>) -> Result<Value, Refusal> {
    let destination = url(args)?;
    let import = reach.import(&destination.origin)?;
    let target = R::target(destination);
    let (method, (table, count)) = (method(args)?, fields(args)?);
    let (body, most) = (body(args)?, response_bytes_max(args)?);
    let [method, target, body] = [method, target, body].map(place);
    let table = table.as_ptr() as u32;
    let record = [
        VERSION,
        method[0],
        method[1],
        target[0],
        target[1],
        table,
        count as u32,
        body[0],
        body[1],
        most,
        0,
        0,
    ];
    let started = R::send(import, &record).map_err(|code| match code {
        LIMIT => ("ParallelOverflow", "too many requests at one time"),
        _ => ("InternalError", "the request could not be started"),
    })?;
    match io::outcome(started) {
        Some(bytes) => Ok(answer(bytes.leak())),
        None => Err(("Cancelled", "the call was given up")),
    }
}

/// The outcome record as a response.
fn answer(record: &'static [u8]) -> Value {
    let word = |at: usize| match record.get(at..at + 4) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]) as usize,
        _ => 0,
    };
    let text =
        |at: usize| record.get(word(at)..word(at).saturating_add(word(at + 4))).unwrap_or_default();
    let status = (word(4) >> 16) as u16;
    let code = text(8);
    if !code.is_empty() {
        return failure(Str::from_outside(code), Str::from_outside(text(16)));
    }
    let count = word(28).min(record.len() / 16);
    let fields = Object::with_capacity(Class::Headers, count);
    for entry in 0..count {
        let at = word(24) + entry * 16;
        let (name, value) =
            (Str::from_outside(text(at)), Value::string(Str::from_outside(text(at + 8))));
        headers::add(fields, name, value);
    }
    Value::object(response::received(status, fields, Str::from_outside(text(32))))
}

fn fetch(reach: impl Reach, args: Args<'_>) -> Value {
    exchange(reach, args).unwrap_or_else(refused)
}

/// `httpRequest`: the request in JSON, and what came of it in JSON.
fn request(reach: impl Reach, args: Args<'_>) -> Value {
    let given = bytes_at(args, 0).and_then(|text| json::parse(text.into_owned().leak()));
    reported(match given.filter(|given| given.as_object().is_some()) {
        // SAFETY: one argument lies where the address says.
        Some(given) => fetch(reach, unsafe { Args::new(1, &raw const given) }),
        None => refused(("InvalidJson", "httpRequest takes the JSON of an object with a url")),
    })
}

/// What `httpRequest` gives: JSON text.
fn reported(made: Value) -> Value {
    let Some(made) = made.as_object() else { return Value::UNDEFINED };
    let result = Object::with_capacity(Class::Plain, 5);
    if let Some(error) = made.field("error") {
        result.set_field("ok", Value::FALSE);
        result.set_field("error", error);
        result.set_field("details", made.field("details").unwrap_or(Value::UNDEFINED));
    } else {
        result.set_field("ok", response::ok(Value::object(made)));
        result.set_field("status", response::status(Value::object(made)));
        result.set_field("reason", response::status_text(Value::object(made)));
        let kind =
            response::headers_of(made).as_object().and_then(|fields| fields.field("content-type"));
        if let Some(kind) = kind {
            result.set_field("content_type", kind);
        }
        result.set_field("body", response::body_of(made));
    }
    Value::string(json::body(Value::object(result)))
}

builtins! {
    "purview:fetch.fetchSync" fetch_sync(_this, args) { fetch(Anywhere, args) }
    "purview:fetch.httpRequest" http_request(_this, args) { request(Anywhere, args) }
    "bound purview:fetch.fetchSync" bound_fetch_sync(this, args) { fetch(OneOf(this.as_array()), args) }
    "bound purview:fetch.httpRequest" bound_http_request(this, args) { request(OneOf(this.as_array()), args) }
}
