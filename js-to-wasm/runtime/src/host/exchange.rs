//! What is started first and waited for later: requests to other servers, SQL statements. In: records and parameters. Out: handles, and
//! later their outcomes.

use alloc::vec::Vec;

use super::{Bound, filled};

const EXPECTED_BYTES: usize = 2048;

/// Something that was started. It ends when its outcome is taken, or when it is given up.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub(crate) struct Exchange(i32);

#[cfg(target_arch = "wasm32")]
mod import {
    #[link(wasm_import_module = "purview:egress")]
    unsafe extern "C" {
        #[link_name = "*"]
        pub(super) fn send(record: *const u32) -> i32;
    }
    #[link(wasm_import_module = "purview:io")]
    unsafe extern "C" {
        pub(super) fn wait(handle: i32, buffer: *mut u8, capacity: usize) -> i32;
        pub(super) fn wait_any(handles: *const i32, count: usize) -> i32;
        pub(super) fn cancel(handle: i32) -> i32;
    }
}

fn started(code: i32) -> Result<Exchange, i32> {
    if code < 0 { Err(code) } else { Ok(Exchange(code)) }
}

/// Starts a request to the origin of the import. The error is a code of the host.
pub(crate) fn send(origin: Bound, record: &[u32; 12]) -> Result<Exchange, i32> {
    started(origin.one(record.as_ptr()))
}

/// Starts a request to any origin. A function of its own: what does not reach it does not import it.
pub(crate) fn send_to_any(record: &[u32; 12]) -> Result<Exchange, i32> {
    started(send_anywhere(record))
}

/// Starts an SQL statement with parameters in JSON.
pub(crate) fn statement(bound: Bound, params: &[u8], rows_max: u32) -> Result<Exchange, i32> {
    started(bound.start(params.as_ptr(), params.len(), rows_max))
}

#[cfg(target_arch = "wasm32")]
mod calls {
    use super::import;

    pub(super) fn send_anywhere(record: &[u32; 12]) -> i32 {
        // SAFETY: the host reads the record and what it refers to, all of which outlives the call.
        unsafe { import::send(record.as_ptr()) }
    }

    pub(super) fn wait(handle: i32, buffer: &mut [u8]) -> i32 {
        // SAFETY: the host writes at most as many bytes as the buffer holds.
        unsafe { import::wait(handle, buffer.as_mut_ptr(), buffer.len()) }
    }

    pub(super) fn wait_any(handles: &[i32]) -> i32 {
        // SAFETY: the host reads as many handles as there are.
        unsafe { import::wait_any(handles.as_ptr(), handles.len()) }
    }

    pub(super) fn cancel(handle: i32) {
        // SAFETY: the call touches no memory.
        unsafe { import::cancel(handle) };
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod calls {
    pub(super) fn send_anywhere(_: &[u32; 12]) -> i32 {
        super::super::ABSENT
    }

    pub(super) fn wait(_: i32, _: &mut [u8]) -> i32 {
        super::super::ABSENT
    }

    pub(super) fn wait_any(_: &[i32]) -> i32 {
        0
    }

    pub(super) fn cancel(_: i32) {}
}

use calls::send_anywhere;

/// Waits for an outcome and takes it.
pub(crate) fn wait(exchange: Exchange) -> Result<Vec<u8>, i32> {
    filled(EXPECTED_BYTES, |buffer| calls::wait(exchange.0, buffer))
}

/// Waits until one of the outcomes is there, and says which.
pub(crate) fn wait_any(exchanges: &[Exchange]) -> usize {
    let handles: Vec<i32> = exchanges.iter().map(|exchange| exchange.0).collect();
    usize::try_from(calls::wait_any(&handles)).unwrap_or_default()
}

/// Gives something up.
pub(crate) fn cancel(exchange: Exchange) {
    calls::cancel(exchange.0);
}
