//! `console` and errors. In: values. Out: one log line for each call: texts as they are, objects as JSON.

use alloc::vec::Vec;

use crate::{
    convert, function::Args, host, json, string::Str, string_methods::well_formed, value::Value,
};

fn write(level: i32, args: Args<'_>) -> Value {
    let mut line = Vec::new();
    for index in 0..args.len() {
        if index > 0 {
            line.push(b' ');
        }
        let value = args.get(index);
        let is_error =
            value.as_object().is_some_and(|object| object.class == crate::object::Class::Error);
        let shown_as_text = convert::is_plain(value) || value.as_function().is_some() || is_error;
        if shown_as_text || !json::push(&mut line, value) {
            convert::push_value(&mut line, value);
        }
    }
    host::log(level, &well_formed(&line), &[]);
    Value::UNDEFINED
}

builtins! {
    "console.debug" console_debug(_this, args) { write(0, args) }
    "console.log" console_log(_this, args) { write(1, args) }
    "console.info" console_info(_this, args) { write(1, args) }
    "console.warn" console_warn(_this, args) { write(2, args) }
    "console.error" console_error(_this, args) { write(3, args) }
    "Error" new_error(_this, args) { error("Error", args) }
    "TypeError" new_type_error(_this, args) { error("TypeError", args) }
    "RangeError" new_range_error(_this, args) { error("RangeError", args) }
    "SyntaxError" new_syntax_error(_this, args) { error("SyntaxError", args) }
    "ReferenceError" new_reference_error(_this, args) { error("ReferenceError", args) }
}

fn error(name: &'static str, args: Args<'_>) -> Value {
    let object = crate::object::Object::with_capacity(crate::object::Class::Error, 2);
    object.set_field("name", Value::fixed(name));
    let message =
        if args.first().is_absent() { Str::of(b"") } else { crate::convert::to_text(args.first()) };
    object.set_field("message", Value::string(message));
    Value::object(object)
}
