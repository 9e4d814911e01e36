//! Streaming responses. In: a function of the program that gets a writer. Out: status and fields, sent before the first piece, so that a
//! fault until then is a 500, and each piece that is written. Nothing else of the library refers to this file, so that only programs
//! that stream import what it calls.

use alloc::vec::Vec;

use crate::{
    convert,
    fault::{self, Code},
    function::{self, Function, callback},
    host,
    object::{Class, Object},
    string_methods::well_formed,
    value::Value,
};

use super::response;

/// The writer that `this` is. As long as nothing is sent, `detail` is the response.
fn writer(this: Value) -> Option<&'static Object> {
    this.as_object().filter(|object| object.class == Class::Writer)
}

/// Sends status and fields, unless they are sent.
fn begin(writer: &Object) {
    if let Some(response) = writer.detail.replace(Value::UNDEFINED).as_object() {
        host::respond(response::record(response));
    }
}

fn write(writer: &Object, text: &[u8]) -> Value {
    if !text.is_empty() {
        begin(writer);
        host::write(&well_formed(text));
    }
    Value::UNDEFINED
}

/// A field of an event that is one line: a line end in it would begin another field.
fn push_line(target: &mut Vec<u8>, name: &[u8], value: Option<Value>) {
    if let Some(value) = value.filter(|value| value.is_present()) {
        let text = convert::to_text(value).bytes();
        if text.iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0)) {
            fault::type_error(&[b"`", name, b"` of an event is one line"]);
        }
        target.extend_from_slice(name);
        target.extend_from_slice(b": ");
        target.extend_from_slice(text);
        target.push(b'\n');
    }
}

/// The time after which a client comes again: digits alone, or clients do not heed it.
fn push_retry(target: &mut Vec<u8>, value: Option<Value>) {
    if let Some(value) = value.filter(|value| value.is_present()) {
        if !value
            .as_number()
            .is_some_and(|time| (0.0..1e15).contains(&time) && time == libm::trunc(time))
        {
            fault::raise_static(
                Code::Range,
                "`retry` of an event is a whole number of milliseconds",
            );
        }
        push_line(target, b"retry", Some(value));
    }
}

builtins! {
    "Response.stream" response_stream(_this, args) {
        callback(args.first());
        let made = response::text_like(args.get(1));
        if let Some(response) = made.as_object() {
            response.detail.set(Value::function(crate::arena::keep(Function { code: run, arity: 1 })));
            response.set_field(" stream", args.first());
        }
        made
    }
    "rt.run_stream" run(_this, args) {
        let response = args.first();
        let Some(object) = response.as_object() else { return Value::UNDEFINED };
        let writer = Object::new(Class::Writer);
        writer.detail.set(response);
        callback(object.field(" stream").unwrap_or(Value::UNDEFINED)).call(&[Value::object(writer)]);
        begin(writer);
        Value::UNDEFINED
    }
    ".write" write_text(this, args) {
        match writer(this) {
            Some(writer) => write(writer, convert::to_text(args.first()).bytes()),
            None => function::call_property(this, "write", args),
        }
    }
    ".event" write_event(this, args) {
        let Some(writer) = writer(this) else {
            return function::call_property(this, "event", args);
        };
        let field = |name| args.first().as_object().and_then(|event| event.field(name));
        let mut lines = Vec::new();
        push_line(&mut lines, b"event", field("event"));
        push_line(&mut lines, b"id", field("id"));
        push_retry(&mut lines, field("retry"));
        if let Some(data) = field("data").filter(|data| data.is_present()) {
            let text = convert::to_text(data).bytes();
            let mut rest = text;
            loop {
                let end = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
                lines.extend_from_slice(b"data: ");
                lines.extend_from_slice(&rest[..end.unwrap_or(rest.len())]);
                lines.push(b'\n');
                let Some(end) = end else { break };
                let width = if rest[end..].starts_with(b"\r\n") { 2 } else { 1 };
                rest = &rest[end + width..];
            }
        }
        lines.push(b'\n');
        write(writer, &lines)
    }
}
