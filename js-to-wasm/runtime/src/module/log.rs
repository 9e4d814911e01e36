//! `purview:log`. In: a message and fields. Out: a log line. The host cuts it and escapes what could forge or end a line.

use alloc::vec::Vec;

use crate::{convert, function::Args, host, json, string_methods::well_formed, value::Value};

fn write(level: i32, args: Args<'_>) -> Value {
    let message = convert::to_text(args.first());
    let mut fields: Vec<u8> = Vec::new();
    if args.get(1) != Value::UNDEFINED {
        json::push(&mut fields, args.get(1));
    }
    if fields.is_empty() {
        host::log(level, &well_formed(message.bytes()), &[]);
    } else if fields.starts_with(b"{") {
        host::log(level, &well_formed(message.bytes()), &well_formed(&fields));
    } else {
        let line = [message.bytes(), b" ", &fields].concat();
        host::log(level, &well_formed(&line), &[]);
    }
    Value::UNDEFINED
}

builtins! {
    "purview:log.logDebug" log_debug(_this, args) { write(0, args) }
    "purview:log.logInfo" log_info(_this, args) { write(1, args) }
    "purview:log.logWarn" log_warn(_this, args) { write(2, args) }
    "purview:log.logError" log_error(_this, args) { write(3, args) }
}
