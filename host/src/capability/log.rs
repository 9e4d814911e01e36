//! `purview:log`: lines from the guest. Escaped, and counted against the request's budget; what is over is dropped and
//! counted.

use purview_abi::call::level;
use wasmtime::{Caller, Linker, Result};

use super::memory;
use crate::{
    exchange,
    instance::guest::Guest,
    log::{self, Level},
};

/// Longest line; the rest of it is cut off.
const LINE_BYTES_MAX: u32 = 8 * 1024;

pub(super) fn link(linker: &mut Linker<Guest>, name: &str) -> Result<()> {
    linker.func_wrap(
        "purview:log",
        name,
        |mut caller: Caller<'_, Guest>, at: i32, text: u32, length: u32| -> Result<()> {
            let line =
                memory::bytes(&mut caller, text, length.min(LINE_BYTES_MAX), LINE_BYTES_MAX)?;
            write(level_of(at), line);
            Ok(())
        },
    )?;
    Ok(())
}

fn level_of(level: i32) -> Level {
    match level {
        level::DEBUG => Level::Debug,
        level::WARN => Level::Warn,
        level::ERROR => Level::Error,
        _ => Level::Info,
    }
}

/// Writes a guest's line, if its request has budget left; else counts it, and the request's end tells how many.
pub(super) fn write(level: Level, line: &[u8]) {
    let allowed = exchange::with(|exchange| {
        let wanted = line.len() as u64 + 1;
        let allowed = wanted <= exchange.log_left;
        if allowed {
            exchange.log_left -= wanted;
        } else {
            exchange.log_dropped += 1;
        }
        allowed
    });
    if allowed {
        log::guest(level, line);
    }
}
