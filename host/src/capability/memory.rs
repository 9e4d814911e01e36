//! Guest memory, as host calls see it. In: addresses and lengths from a guest, which may be anything. Out: bytes inside its
//! memory, or an error that ends the guest. A slice lives no longer than the call that made it: the guest may grow memory.

use std::fmt;

use wasmtime::Caller;

use crate::instance::guest::Guest;

/// Most bytes that one host call copies.
pub(super) const COPY_BYTES_MAX: u32 = 64 * 1024 * 1024;

/// An address or a size that no correct guest uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BadPointer {
    Outside { address: u32, length: u32 },
    TooLong { length: u32, most: u32 },
}

impl fmt::Display for BadPointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outside { address, length } => {
                write!(
                    f,
                    "a host call was given {length} bytes at {address}, which is not inside the guest's memory"
                )
            }
            Self::TooLong { length, most } => {
                write!(f, "a host call was given {length} bytes, more than {most}")
            }
        }
    }
}

impl std::error::Error for BadPointer {}

/// All of the guest's memory.
pub(super) fn all<'m>(caller: &'m mut Caller<'_, Guest>) -> &'m mut [u8] {
    match caller.data().memory {
        Some(memory) => memory.data_mut(caller),
        // A start function or `_initialize` may call before the memory is known: it sees none.
        None => &mut [],
    }
}

/// `length` bytes at `address`, at most `most`.
pub(super) fn bytes<'m>(
    caller: &'m mut Caller<'_, Guest>,
    address: u32,
    length: u32,
    most: u32,
) -> Result<&'m mut [u8], BadPointer> {
    if length > most {
        return Err(BadPointer::TooLong { length, most });
    }
    let start = address as usize;
    all(caller)
        .get_mut(start..start + length as usize)
        .ok_or(BadPointer::Outside { address, length })
}

/// Copies as much of `value`, which a limit has bounded, as `capacity` takes, and returns the length of the whole value.
pub(super) fn fill(
    caller: &mut Caller<'_, Guest>,
    address: u32,
    capacity: u32,
    value: &[u8],
) -> Result<i32, BadPointer> {
    let count = value.len().min(capacity as usize);
    let length = u32::try_from(count).unwrap_or(u32::MAX);
    bytes(caller, address, length, length)?.copy_from_slice(&value[..count]);
    Ok(i32::try_from(value.len()).unwrap_or(i32::MAX))
}
