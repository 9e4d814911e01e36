//! `purview:random`: random bytes of the operating system.

use wasmtime::{Caller, Linker, Result};

use super::memory;
use crate::instance::guest::Guest;

/// Most bytes of one call.
const FILL_BYTES_MAX: u32 = 64 * 1024;

pub(super) fn link(linker: &mut Linker<Guest>, name: &str) -> Result<()> {
    linker.func_wrap(
        "purview:random",
        name,
        |mut caller: Caller<'_, Guest>, at: u32, length: u32| -> Result<()> {
            let target = memory::bytes(&mut caller, at, length, FILL_BYTES_MAX)?;
            getrandom::fill(target).map_err(|error| {
                wasmtime::format_err!("the system has no random bytes: {error}")
            })?;
            Ok(())
        },
    )?;
    Ok(())
}
