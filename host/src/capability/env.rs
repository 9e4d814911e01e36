//! `purview:env`: environment variables. A literal name is bound to its value when the module is loaded; `*` looks the name
//! up among the granted ones. A variable that is not set, or not granted, is absent: the guest cannot tell which.

use purview_abi::{call::status, name::Value};
use wasmtime::{Caller, Linker, Result};

use super::{Bindings, memory};
use crate::instance::guest::Guest;

/// Longest name that is looked up.
const NAME_BYTES_MAX: u32 = 256;

pub(super) fn link(
    linker: &mut Linker<Guest>,
    name: &str,
    value: Value<'_>,
    bindings: &Bindings,
) -> Result<()> {
    match value {
        Value::Literal(variable) => {
            let value = bindings.env.get(variable).cloned();
            linker.func_wrap(
                "purview:env",
                name,
                move |mut caller: Caller<'_, Guest>, buffer: u32, capacity: u32| match &value {
                    Some(value) => {
                        Ok(memory::fill(&mut caller, buffer, capacity, value.as_bytes())?)
                    }
                    None => Ok(status::ABSENT),
                },
            )?;
        }
        Value::Any => {
            let env = bindings.env.clone();
            linker.func_wrap(
                "purview:env",
                name,
                move |mut caller: Caller<'_, Guest>,
                      name: u32,
                      name_length: u32,
                      buffer: u32,
                      capacity: u32|
                      -> Result<i32> {
                    if name_length > NAME_BYTES_MAX {
                        return Ok(status::ABSENT);
                    }
                    let name = memory::bytes(&mut caller, name, name_length, NAME_BYTES_MAX)?;
                    match std::str::from_utf8(name).ok().and_then(|name| env.get(name)) {
                        Some(value) => {
                            Ok(memory::fill(&mut caller, buffer, capacity, value.as_bytes())?)
                        }
                        None => Ok(status::ABSENT),
                    }
                },
            )?;
        }
    }
    Ok(())
}
