//! `purview:clock`: the time of day.

use wasmtime::{Linker, Result};

use crate::{clock, instance::guest::Guest};

pub(super) fn link(linker: &mut Linker<Guest>, name: &str) -> Result<()> {
    linker.func_wrap("purview:clock", name, || {
        i64::try_from(clock::since_epoch().as_nanos()).unwrap_or(i64::MAX)
    })?;
    Ok(())
}
