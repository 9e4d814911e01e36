//! `Result`: success with a value or failure with an error, as a plain object `{ok, value}` or `{ok, error}` with methods. In: values.
//! Out: values.

use crate::{
    fault::{self, Code},
    function::{self, Args, callback},
    object::{Class, Object},
    value::Value,
};

pub(crate) fn success(value: Value) -> Value {
    made(Value::TRUE, "value", value)
}

pub(crate) fn failure(error: Value) -> Value {
    made(Value::FALSE, "error", error)
}

/// A failure that says `errors`: the places of some data that are not as they should be.
pub(crate) fn violations(errors: Value) -> Value {
    made(Value::FALSE, "errors", errors)
}

fn made(ok: Value, name: &'static str, value: Value) -> Value {
    let result = Object::with_capacity(Class::Result, 2);
    result.set_field("ok", ok);
    result.set_field(name, value);
    Value::object(result)
}

/// `Ok(value)` or `Err(error)` of a result; nothing if it is not one.
fn parts(this: Value) -> Option<Result<Value, Value>> {
    let object = this.as_object()?;
    let field = |name| object.field(name).unwrap_or(Value::UNDEFINED);
    match object.field("ok")?.as_bool()? {
        true => Some(Ok(field("value"))),
        false => Some(Err(object.field("error").unwrap_or(field("errors")))),
    }
}

/// `.map(f)` of a result.
pub(crate) fn map(result: &'static Object, args: Args<'_>) -> Value {
    let this = Value::object(result);
    match parts(this) {
        Some(Ok(value)) => success(callback(args.first()).call(&[value])),
        _ => this,
    }
}

macro_rules! parts {
    ($this:ident, $name:literal, $args:ident) => {
        match parts($this) {
            Some(parts) => parts,
            None => return function::call_property($this, $name, $args),
        }
    };
}

builtins! {
    "Result.ok" result_ok(_this, args) { success(args.first()) }
    "Result.err" result_err(_this, args) { failure(args.first()) }
    ".isOk" is_ok(this, args) { Value::bool(parts!(this, "isOk", args).is_ok()) }
    ".isErr" is_err(this, args) { Value::bool(parts!(this, "isErr", args).is_err()) }
    ".unwrap" unwrap(this, args) {
        match parts!(this, "unwrap", args) {
            Ok(value) => value,
            Err(_) => fault::raise_static(Code::Type, "unwrap of a failed Result"),
        }
    }
    ".unwrapOr" unwrap_or(this, args) { parts!(this, "unwrapOr", args).unwrap_or(args.first()) }
    ".unwrapErr" unwrap_err(this, args) {
        match parts!(this, "unwrapErr", args) {
            Err(error) => error,
            Ok(_) => fault::raise_static(Code::Type, "unwrapErr of a successful Result"),
        }
    }
    ".mapErr" map_err(this, args) {
        match parts!(this, "mapErr", args) {
            Err(error) => failure(callback(args.first()).call(&[error])),
            Ok(_) => this,
        }
    }
    ".match" match_result(this, args) {
        let arms = args.first().as_object();
        let arm = |name| callback(arms.and_then(|arms| arms.field(name)).unwrap_or(Value::UNDEFINED));
        match parts!(this, "match", args) {
            Ok(value) => arm("ok").call(&[value]),
            Err(error) => arm("err").call(&[error]),
        }
    }
}
