//! Calls to the host. In: addresses and lengths. Out: what the host says. Natively there is no host: the body is empty, the log goes
//! nowhere, time stands still and chance is the same every time, which is what tests want.

mod bound;
mod compute;
mod exchange;
mod store;
mod variable;

pub(crate) use bound::Bound;
pub(crate) use compute::{
    Check, Coerce, Compile, Computation, DecodeForm, DecodeMultipart, HmacSha1, HmacSha256,
    HmacSha384, HmacSha512, JwtSign, JwtVerify, Sha1, Sha256, Sha384, Sha512, compute,
};
pub(crate) use exchange::{Exchange, cancel, send, send_to_any, statement, wait, wait_any};
pub(crate) use store::{BoundStore, NamedStore, Store, forget_rate, rate};
pub(crate) use variable::{bound_variable, variable};

use alloc::vec::Vec;

/// There is no value.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) const ABSENT: i32 = -1;

/// Fills a buffer of the size that is needed: the first try has room for `expected` bytes. The error is a code of the host.
pub(crate) fn filled(expected: usize, fill: impl Fn(&mut [u8]) -> i32) -> Result<Vec<u8>, i32> {
    let mut bytes = alloc::vec![0; expected];
    loop {
        let length = fill(&mut bytes);
        let needed = usize::try_from(length).map_err(|_| length)?;
        let complete = needed <= bytes.len();
        bytes.resize(needed, 0);
        if complete {
            return Ok(bytes);
        }
    }
}

#[cfg(target_arch = "wasm32")]
mod import {
    #[link(wasm_import_module = "purview:http")]
    unsafe extern "C" {
        pub(super) fn body(buffer: *mut u8, capacity: usize) -> i32;
        pub(super) fn respond(record: *const u32) -> i32;
        #[link_name = "write"]
        pub(super) fn write_body(text: *const u8, length: usize) -> i32;
    }
    #[link(wasm_import_module = "purview:log")]
    unsafe extern "C" {
        pub(super) fn write(level: i32, text: *const u8, length: usize);
    }
    #[link(wasm_import_module = "purview:clock")]
    unsafe extern "C" {
        pub(super) fn now() -> i64;
    }
    #[link(wasm_import_module = "purview:random")]
    unsafe extern "C" {
        pub(super) fn fill(buffer: *mut u8, length: usize);
    }
}

/// The request body, of which `expected` bytes are announced.
pub(crate) fn body(expected: usize) -> alloc::vec::Vec<u8> {
    let mut bytes = alloc::vec![0; expected];
    let length = read_body(&mut bytes);
    if length > bytes.len() {
        bytes.resize(length, 0);
        read_body(&mut bytes);
    }
    bytes.truncate(length);
    bytes
}

#[cfg(target_arch = "wasm32")]
fn read_body(buffer: &mut [u8]) -> usize {
    // SAFETY: the host writes at most as many bytes as the buffer holds.
    unsafe { import::body(buffer.as_mut_ptr(), buffer.len()) }.max(0) as usize
}

#[cfg(not(target_arch = "wasm32"))]
fn read_body(_: &mut [u8]) -> usize {
    0
}

/// One log line: a message, and an object of JSON or nothing. A NUL stands between them, and nowhere else.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(unused_variables, reason = "there is no log natively")
)]
pub(crate) fn log(level: i32, message: &[u8], fields: &[u8]) {
    let mut line = alloc::vec::Vec::with_capacity(message.len() + 1 + fields.len());
    for byte in message {
        match byte {
            0 => line.extend_from_slice("\u{2400}".as_bytes()),
            _ => line.push(*byte),
        }
    }
    if !fields.is_empty() {
        line.push(0);
        line.extend_from_slice(fields);
    }
    #[cfg(target_arch = "wasm32")]
    // SAFETY: the host reads as many bytes as the line has.
    unsafe {
        import::write(level, line.as_ptr(), line.len());
    }
}

/// Nanoseconds since 1970.
pub(crate) fn now() -> i64 {
    #[cfg(target_arch = "wasm32")]
    // SAFETY: the call touches no memory.
    return unsafe { import::now() };
    #[cfg(not(target_arch = "wasm32"))]
    0
}

/// Random bits.
pub(crate) fn random_u64() -> u64 {
    #[cfg_attr(
        not(target_arch = "wasm32"),
        expect(unused_mut, reason = "there is no chance natively")
    )]
    let mut bytes = [0; 8];
    #[cfg(target_arch = "wasm32")]
    // SAFETY: the host writes eight bytes into eight bytes.
    unsafe {
        import::fill(bytes.as_mut_ptr(), bytes.len());
    }
    u64::from_le_bytes(bytes)
}

/// Sends status and fields of a response record; the body follows in pieces.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(unused_variables, reason = "there is nobody to answer natively")
)]
pub(crate) fn respond(record: &'static [u32]) {
    #[cfg(target_arch = "wasm32")]
    // SAFETY: the host reads the record and what it refers to, which live as long as the request.
    if unsafe { import::respond(record.as_ptr()) } != 0 {
        crate::fault::raise_static(crate::fault::Code::Type, "the response cannot be sent");
    }
}

/// Sends a piece of the body; a client that is gone ends the request.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(unused_variables, reason = "there is nobody to answer natively")
)]
pub(crate) fn write(text: &[u8]) {
    #[cfg(target_arch = "wasm32")]
    // SAFETY: the host reads as many bytes as the text has.
    if unsafe { import::write_body(text.as_ptr(), text.len()) } != 0 {
        crate::fault::raise_static(crate::fault::Code::Type, "the client has gone away");
    }
}
