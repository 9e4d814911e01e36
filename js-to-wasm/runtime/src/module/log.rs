//! `purview:log`. In: a message and fields. Out: a log line.

use alloc::vec::Vec;

use crate::{convert, function::Args, host, json, string_methods::well_formed, value::Value};

fn write(level: i32, args: Args<'_>) -> Value {
    let mut line: Vec<u8> = Vec::new();
    convert::push_value(&mut line, args.first());
    if args.get(1) != Value::UNDEFINED {
        line.push(b' ');
        json::push(&mut line, args.get(1));
    }
    host::log(level, &well_formed(&line));
    Value::UNDEFINED
}

builtins! {
    "purview:log.logDebug" log_debug(_this, args) { write(0, args) }
    "purview:log.logInfo" log_info(_this, args) { write(1, args) }
    "purview:log.logWarn" log_warn(_this, args) { write(2, args) }
    "purview:log.logError" log_error(_this, args) { write(3, args) }
}
