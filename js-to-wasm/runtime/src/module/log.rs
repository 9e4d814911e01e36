//! `purview:log`. In: a message and fields. Out: a log line.

use alloc::vec::Vec;

use crate::{convert, function::Args, host, json, string_methods::well_formed, value::Value};

/// Most bytes of a line; what is behind is cut off.
const LINE_BYTES_MAX: usize = 16 * 1024;

/// Appends a message: what could end or forge a line is escaped.
fn push_message(line: &mut Vec<u8>, message: &[u8]) {
    for byte in message {
        match byte {
            b'\n' => line.extend_from_slice(b"\\n"),
            b'\r' => line.extend_from_slice(b"\\r"),
            b'\t' => line.extend_from_slice(b"\\t"),
            0..0x20 | 0x7F => {
                line.extend_from_slice(b"\\u00");
                line.extend_from_slice(&super::encode::hex(&[*byte]));
            }
            _ => line.push(*byte),
        }
    }
}

fn write(level: i32, args: Args<'_>) -> Value {
    let mut line: Vec<u8> = Vec::new();
    push_message(&mut line, convert::to_text(args.first()).bytes());
    if args.get(1) != Value::UNDEFINED {
        line.push(b' ');
        json::push(&mut line, args.get(1));
    }
    if line.len() > LINE_BYTES_MAX {
        let mut end = LINE_BYTES_MAX;
        while line[end] & 0xC0 == 0x80 {
            end -= 1;
        }
        line.truncate(end);
        line.extend_from_slice("…".as_bytes());
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
