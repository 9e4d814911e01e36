//! Streaming responses. In: a function of the program that gets a writer. Out: status and fields sent first, then each piece that is
//! written. Nothing else of the library refers to this file, so that only programs that stream import what it calls.

use alloc::vec::Vec;

use crate::{
    convert,
    function::{self, Function, callback},
    host,
    object::{Class, Object},
    string_methods::well_formed,
    value::Value,
};

use super::response;

fn write(text: &[u8]) -> Value {
    if !text.is_empty() {
        host::write(&well_formed(text));
    }
    Value::UNDEFINED
}

fn is_writer(this: Value) -> bool {
    this.as_object().is_some_and(|object| object.class == Class::Writer)
}

fn push_line(target: &mut Vec<u8>, name: &[u8], value: Option<Value>) {
    if let Some(value) = value.filter(|value| value.is_present()) {
        target.extend_from_slice(name);
        target.extend_from_slice(b": ");
        convert::push_value(target, value);
        target.push(b'\n');
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
        host::respond(response::record(object));
        let writer = Value::object(Object::new(Class::Writer));
        callback(object.field(" stream").unwrap_or(Value::UNDEFINED)).call(&[writer]);
        Value::UNDEFINED
    }
    ".write" write_text(this, args) {
        if !is_writer(this) {
            return function::call_property(this, "write", args);
        }
        write(convert::to_text(args.first()).bytes())
    }
    ".event" write_event(this, args) {
        if !is_writer(this) {
            return function::call_property(this, "event", args);
        }
        let field = |name| args.first().as_object().and_then(|event| event.field(name));
        let mut lines = Vec::new();
        push_line(&mut lines, b"event", field("event"));
        push_line(&mut lines, b"id", field("id"));
        push_line(&mut lines, b"retry", field("retry"));
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
        write(&lines)
    }
}
