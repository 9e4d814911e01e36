//! The imports for egress, io, cache, sql and files.

use std::io;

use purview_abi::{
    call::status,
    wire::{FIELD_BYTES, ResponseField, SendHead},
};

use super::Outgoing;
use crate::raw;

/// First guess at the length of what comes.
const GUESS_BYTES: usize = 1024;

#[link(wasm_import_module = "purview:egress")]
unsafe extern "C" {
    #[link_name = "*"]
    fn egress_any(record: *const u8) -> i32;
}

#[link(wasm_import_module = "purview:io")]
unsafe extern "C" {
    #[link_name = "wait"]
    fn io_wait(handle: i32, buffer: *mut u8, capacity: usize) -> i32;
    #[link_name = "wait_any"]
    fn io_wait_any(handles: *const i32, count: usize) -> i32;
    #[link_name = "cancel"]
    fn io_cancel(handle: i32) -> i32;
    #[link_name = "sleep"]
    fn io_sleep(milliseconds: u32) -> i32;
}

#[link(wasm_import_module = "purview:files")]
unsafe extern "C" {
    #[link_name = "about"]
    fn files_about(file: i32, buffer: *mut u8, capacity: usize) -> i32;
    #[link_name = "read"]
    fn files_read(file: i32, offset: i64, buffer: *mut u8, capacity: usize) -> i32;
    #[link_name = "respond"]
    fn files_respond(record: *const u8, file: i32) -> i32;
    #[link_name = "close"]
    fn files_close(file: i32) -> i32;
}

/// The import of a folder.
pub type Folder = unsafe extern "C" fn(*const u8, usize, u32) -> i32;
/// The import of an origin.
pub type Origin = unsafe extern "C" fn(*const u8) -> i32;
/// The import of a statement.
pub type Statement = unsafe extern "C" fn(*const u8, usize, u32) -> i32;

/// The import of any origin.
pub(crate) fn any_origin() -> Origin {
    egress_any
}

/// Starts a request: a handle, or a status.
pub(crate) fn send(origin: Origin, request: &Outgoing) -> i32 {
    let table: Vec<[u8; FIELD_BYTES]> = request
        .headers
        .iter()
        .map(|(name, value)| {
            ResponseField { name: piece(name.as_bytes()), value: piece(value.as_bytes()) }.write()
        })
        .collect();
    let head = SendHead {
        method: piece(request.method.as_bytes()),
        target: piece(request.target.as_bytes()),
        headers: (table.as_ptr().addr() as u32, table.len() as u32),
        body: piece(&request.body),
        response_bytes_max: request.response_bytes_max,
        timeout_ms: request.timeout_ms,
    };
    // SAFETY: the host copies the record and what it points to before it returns.
    unsafe { origin(head.write().as_ptr()) }
}

fn piece(bytes: &[u8]) -> (u32, u32) {
    (bytes.as_ptr().addr() as u32, bytes.len() as u32)
}

/// Starts a statement: a handle, or a status.
pub(crate) fn query(statement: Statement, parameters: &[u8], rows_max: u32) -> i32 {
    // SAFETY: the host only reads the parameters.
    unsafe { statement(parameters.as_ptr(), parameters.len(), rows_max) }
}

/// Starts a wait for time to pass: a handle, or a status.
pub(crate) fn sleep(milliseconds: u32) -> i32 {
    // SAFETY: the host takes a number and gives one.
    unsafe { io_sleep(milliseconds) }
}

/// Waits for an outcome and takes it.
pub(crate) fn wait(handle: i32) -> Vec<u8> {
    // SAFETY: the host writes at most as many bytes as the buffer has.
    read(|buffer, capacity| unsafe { io_wait(handle, buffer, capacity) }).unwrap_or_default()
}

/// Waits until one of the outcomes is there.
pub(crate) fn wait_any(handles: &[i32]) -> Option<usize> {
    // SAFETY: the host only reads the handles.
    usize::try_from(unsafe { io_wait_any(handles.as_ptr(), handles.len()) }).ok()
}

/// Gives a handle up.
pub(crate) fn cancel(handle: i32) {
    // SAFETY: the call takes and gives a number. A handle that is gone already needs nothing.
    let _ = unsafe { io_cancel(handle) };
}

/// Opens a file: its number, or a status.
pub(crate) fn file_open(folder: Folder, path: &str, flags: u32) -> i32 {
    // SAFETY: the host only reads the path.
    unsafe { folder(path.as_ptr(), path.len(), flags) }
}

/// What is known of a file.
pub(crate) fn file_about(file: i32) -> Option<Vec<u8>> {
    // SAFETY: the host writes at most as many bytes as the buffer has.
    read(|buffer, capacity| unsafe { files_about(file, buffer, capacity) }).ok()
}

/// Reads a part of a file.
pub(crate) fn file_read(file: i32, offset: u64, buffer: &mut [u8]) -> Result<usize, i32> {
    // SAFETY: the host writes at most as many bytes as the buffer has.
    let count =
        unsafe { files_read(file, offset.cast_signed(), buffer.as_mut_ptr(), buffer.len()) };
    usize::try_from(count).map_err(|_| count)
}

/// Answers with a file.
pub(crate) fn file_respond(head: raw::Head, file: i32) -> io::Result<raw::Sent> {
    // SAFETY: the record was written just now, and what it points to is kept.
    raw::outcome(unsafe { files_respond(head.0, file) }).map(|()| raw::Sent)
}

/// Closes a file.
pub(crate) fn file_close(file: i32) {
    // SAFETY: the call takes and gives a number. A file that is closed already needs nothing.
    let _ = unsafe { files_close(file) };
}

/// Calls `fill` until the value fits, or gives the status.
fn read(fill: impl Fn(*mut u8, usize) -> i32) -> Result<Vec<u8>, i32> {
    let mut bytes: Vec<u8> = Vec::with_capacity(GUESS_BYTES);
    loop {
        let length = fill(bytes.as_mut_ptr(), bytes.capacity());
        let Ok(length) = usize::try_from(length) else { return Err(length) };
        if length <= bytes.capacity() {
            // SAFETY: the host has written this many bytes, no more than there is room for.
            unsafe { bytes.set_len(length) };
            return Ok(bytes);
        }
        bytes.reserve_exact(length);
    }
}

/// The calls of a cache namespace; the import behind each is one of the module only if it is called.
///
/// # Safety
/// The functions are the imports of module `purview:cache`, for one namespace or for those chosen at run time.
pub unsafe trait Namespace {
    /// `get`
    ///
    /// # Safety
    /// Addresses and lengths are those of memory that may be read and written.
    unsafe fn get(&self, key: *const u8, length: usize, buffer: *mut u8, capacity: usize) -> i32;
    /// `set`
    ///
    /// # Safety
    /// As for `get`.
    unsafe fn set(
        &self,
        key: *const u8,
        length: usize,
        value: *const u8,
        value_length: usize,
        ttl_ms: i64,
    ) -> i32;
    /// `delete`
    ///
    /// # Safety
    /// As for `get`.
    unsafe fn delete(&self, key: *const u8, length: usize) -> i32;
    /// `incr`
    ///
    /// # Safety
    /// As for `get`; `out` has room for two numbers.
    unsafe fn incr(
        &self,
        key: *const u8,
        length: usize,
        delta: i64,
        ttl_ms: i64,
        out: *mut i64,
    ) -> i32;
    /// `stats`
    ///
    /// # Safety
    /// As for `get`.
    unsafe fn stats(&self, buffer: *mut u8, capacity: usize) -> i32;
}

pub(crate) fn cache_get<N: Namespace>(namespace: &N, key: &[u8]) -> Result<Option<Vec<u8>>, i32> {
    // SAFETY: the host reads the key and writes at most as many bytes as the buffer has.
    match read(|buffer, capacity| unsafe {
        namespace.get(key.as_ptr(), key.len(), buffer, capacity)
    }) {
        Ok(value) => Ok(Some(value)),
        Err(status::ABSENT) => Ok(None),
        Err(status) => Err(status),
    }
}

pub(crate) fn cache_set<N: Namespace>(
    namespace: &N,
    key: &[u8],
    value: &[u8],
    ttl_ms: i64,
) -> Result<(), i32> {
    // SAFETY: the host only reads key and value.
    done(unsafe { namespace.set(key.as_ptr(), key.len(), value.as_ptr(), value.len(), ttl_ms) })
        .map(drop)
}

pub(crate) fn cache_delete<N: Namespace>(namespace: &N, key: &[u8]) -> Result<bool, i32> {
    // SAFETY: the host only reads the key.
    done(unsafe { namespace.delete(key.as_ptr(), key.len()) }).map(|deleted| deleted > 0)
}

/// The new number, and the milliseconds that are left, below 0 for ever.
pub(crate) fn cache_incr<N: Namespace>(
    namespace: &N,
    key: &[u8],
    delta: i64,
    ttl_ms: i64,
) -> Result<(i64, i64), i32> {
    let mut out = [0; 2];
    // SAFETY: the host reads the key and writes two numbers.
    done(unsafe { namespace.incr(key.as_ptr(), key.len(), delta, ttl_ms, out.as_mut_ptr()) })?;
    Ok((out[0], out[1]))
}

pub(crate) fn cache_stats<N: Namespace>(namespace: &N) -> Result<Vec<u8>, i32> {
    // SAFETY: the host writes at most as many bytes as the buffer has.
    read(|buffer, capacity| unsafe { namespace.stats(buffer, capacity) })
}

fn done(code: i32) -> Result<i32, i32> {
    if code < 0 { Err(code) } else { Ok(code) }
}

/// A namespace whose name is chosen at run time.
#[derive(Debug, Clone)]
pub struct Chosen(pub(crate) String);

mod chosen {
    #[link(wasm_import_module = "purview:cache")]
    unsafe extern "C" {
        #[link_name = "*.get"]
        pub(super) fn get(
            namespace: *const u8,
            namespace_length: usize,
            key: *const u8,
            length: usize,
            buffer: *mut u8,
            capacity: usize,
        ) -> i32;
        #[link_name = "*.set"]
        pub(super) fn set(
            namespace: *const u8,
            namespace_length: usize,
            key: *const u8,
            length: usize,
            value: *const u8,
            value_length: usize,
            ttl_ms: i64,
        ) -> i32;
        #[link_name = "*.delete"]
        pub(super) fn delete(
            namespace: *const u8,
            namespace_length: usize,
            key: *const u8,
            length: usize,
        ) -> i32;
        #[link_name = "*.incr"]
        pub(super) fn incr(
            namespace: *const u8,
            namespace_length: usize,
            key: *const u8,
            length: usize,
            delta: i64,
            ttl_ms: i64,
            out: *mut i64,
        ) -> i32;
        #[link_name = "*.stats"]
        pub(super) fn stats(
            namespace: *const u8,
            namespace_length: usize,
            buffer: *mut u8,
            capacity: usize,
        ) -> i32;
    }
}

// SAFETY: these are the imports of namespaces chosen at run time, called with the name of this one.
unsafe impl Namespace for Chosen {
    unsafe fn get(&self, key: *const u8, length: usize, buffer: *mut u8, capacity: usize) -> i32 {
        // SAFETY: the caller keeps the contract of the call; the host reads the name.
        unsafe { chosen::get(self.0.as_ptr(), self.0.len(), key, length, buffer, capacity) }
    }
    unsafe fn set(
        &self,
        key: *const u8,
        length: usize,
        value: *const u8,
        value_length: usize,
        ttl_ms: i64,
    ) -> i32 {
        let (name, name_length) = (self.0.as_ptr(), self.0.len());
        // SAFETY: the caller keeps the contract of the call; the host reads the name.
        unsafe { chosen::set(name, name_length, key, length, value, value_length, ttl_ms) }
    }
    unsafe fn delete(&self, key: *const u8, length: usize) -> i32 {
        // SAFETY: the caller keeps the contract of the call; the host reads the name.
        unsafe { chosen::delete(self.0.as_ptr(), self.0.len(), key, length) }
    }
    unsafe fn incr(
        &self,
        key: *const u8,
        length: usize,
        delta: i64,
        ttl_ms: i64,
        out: *mut i64,
    ) -> i32 {
        // SAFETY: the caller keeps the contract of the call; the host reads the name.
        unsafe { chosen::incr(self.0.as_ptr(), self.0.len(), key, length, delta, ttl_ms, out) }
    }
    unsafe fn stats(&self, buffer: *mut u8, capacity: usize) -> i32 {
        // SAFETY: the caller keeps the contract of the call; the host reads the name.
        unsafe { chosen::stats(self.0.as_ptr(), self.0.len(), buffer, capacity) }
    }
}
