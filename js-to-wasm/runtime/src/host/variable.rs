//! Environment variables. In: a name, or an import that is bound to one. Out: the value, or nothing.

use alloc::vec::Vec;

use super::{Bound, filled};

const EXPECTED_BYTES: usize = 256;

#[cfg(target_arch = "wasm32")]
mod import {
    #[link(wasm_import_module = "purview:env")]
    unsafe extern "C" {
        #[link_name = "*"]
        pub(super) fn env(name: *const u8, length: usize, buffer: *mut u8, capacity: usize) -> i32;
    }
}

/// A variable whose name is chosen at run time.
pub(crate) fn variable(name: &[u8]) -> Option<Vec<u8>> {
    filled(EXPECTED_BYTES, |buffer| read(name, buffer)).ok()
}

/// The variable of an import.
pub(crate) fn bound_variable(bound: Bound) -> Option<Vec<u8>> {
    filled(EXPECTED_BYTES, |buffer| bound.fill(buffer.as_mut_ptr(), buffer.len())).ok()
}

#[cfg(target_arch = "wasm32")]
fn read(name: &[u8], buffer: &mut [u8]) -> i32 {
    // SAFETY: the host reads the name and writes at most as many bytes as the buffer holds.
    unsafe { import::env(name.as_ptr(), name.len(), buffer.as_mut_ptr(), buffer.len()) }
}

#[cfg(not(target_arch = "wasm32"))]
fn read(_: &[u8], _: &mut [u8]) -> i32 {
    super::ABSENT
}
