//! The boundary to the host on `wasm32`: every import and export of the SDK, and all `unsafe` but the allocator's. In:
//! calls of the host. Out: calls to the host. Never here: a copy of a body that goes out; the host reads it in place.

use std::{alloc::Layout, io, mem::ManuallyDrop, ptr, slice};

use purview_abi::{
    call::status,
    name::REQUEST_AREA_BYTES,
    wire::{FIELD_BYTES, RESPONSE_BYTES, ResponseField, ResponseHead},
};

use crate::{
    Request, Response, Route,
    alloc::{Global, Memory},
    log::{self, Level},
    stream::Stream,
};

/// Header fields of a response whose table needs no memory of its own.
const FIELDS_INLINE: usize = 8;
/// Room behind a request record for the response record and its table.
const ANSWER_BYTES: usize = RESPONSE_BYTES + FIELDS_INLINE * FIELD_BYTES;
/// Alignment of both records.
const RECORD_ALIGN: usize = 8;

#[link(wasm_import_module = "purview:http")]
unsafe extern "C" {
    #[link_name = "body"]
    fn http_body(buffer: *mut u8, capacity: usize) -> i32;
    #[link_name = "body_read"]
    fn http_body_read(buffer: *mut u8, capacity: usize) -> i32;
    #[link_name = "respond"]
    fn http_respond(record: *const u8) -> i32;
    #[link_name = "finish"]
    fn http_finish(record: *const u8) -> i32;
    #[link_name = "write"]
    fn http_write(bytes: *const u8, length: usize) -> i32;
}

#[link(wasm_import_module = "purview:env")]
unsafe extern "C" {
    #[link_name = "*"]
    fn env_read_any(name: *const u8, length: usize, buffer: *mut u8, capacity: usize) -> i32;
}

#[link(wasm_import_module = "purview:log")]
unsafe extern "C" {
    #[link_name = "write"]
    fn log_write(level: i32, text: *const u8, length: usize);
}

#[link(wasm_import_module = "purview:clock")]
unsafe extern "C" {
    #[link_name = "now"]
    fn clock_now() -> i64;
}

#[link(wasm_import_module = "purview:random")]
unsafe extern "C" {
    #[link_name = "fill"]
    fn random_fill(buffer: *mut u8, length: usize);
}

/// Says that tests may replace the dependencies of this module.
#[cfg(purview_test)]
#[used]
#[unsafe(link_section = "purview:test")]
static TEST: [u8; 1] = *b"1";

/// Where the host writes a request record that fits.
#[repr(C, align(16))]
pub struct Area([u8; REQUEST_AREA_BYTES as usize + ANSWER_BYTES]);

#[unsafe(export_name = "purview:request/1")]
static mut AREA: Area = Area([0; _]);

#[global_allocator]
static HEAP: Global<Pages> = Global::new(Pages);

/// The pages of this module's memory that lie behind its data.
struct Pages;

impl Memory for Pages {
    fn more(&mut self, end: usize, bytes: usize) -> Option<(usize, usize)> {
        use core::arch::wasm32::{memory_grow, memory_size};
        const PAGE: usize = 64 * 1024;
        unsafe extern "C" {
            static __heap_base: u8;
        }
        let heap = (&raw const __heap_base).addr();
        let size = memory_size::<0>() * PAGE;
        let start = end.max(heap);
        let missing = bytes.saturating_sub(size.saturating_sub(start)).div_ceil(PAGE);
        if missing > 0 && memory_grow::<0>(missing) == usize::MAX {
            return None;
        }
        Some((start, size + missing * PAGE))
    }
}

/// Gives the host a place for a request record.
#[unsafe(export_name = "purview:reserve/1")]
extern "C" fn reserve(bytes: usize) -> *mut u8 {
    let bytes = bytes.saturating_add(RECORD_ALIGN + ANSWER_BYTES);
    match Layout::from_size_align(bytes, RECORD_ALIGN) {
        // SAFETY: the layout has a size.
        Ok(layout) => unsafe { std::alloc::alloc(layout) },
        Err(_) => ptr::null_mut(),
    }
}

/// Answers the request in `record` with the handler of this route and returns the response record.
///
/// # Safety
/// The host has written a request record of `length` bytes into the request area or a reserved place, and neither reads
/// nor writes it until this returns.
#[inline(always)]
pub unsafe fn serve<R: Route>(record: *mut u8, length: usize) -> *const u8 {
    let area = &raw mut AREA;
    let answer = record.wrapping_add(length.next_multiple_of(RECORD_ALIGN));
    if record.cast() == area {
        // What the records leave of the area is the first memory of the heap: near to what is touched anyway.
        let (start, end) = (answer.addr() + ANSWER_BYTES, area.addr() + size_of::<Area>());
        // SAFETY: one thread; `start` does not allocate.
        unsafe { HEAP.with(|heap| heap.start(start, end)) };
    }
    if R::TAKES_ARGUMENTS {
        log_panics();
    }
    // SAFETY: the caller says that the record is there and stays as it is; an instance answers one request at a time.
    let bytes: &'static [u8] = unsafe { slice::from_raw_parts(record, length) };
    let Ok(request) = Request::new(bytes, R::PARAMS) else { core::arch::wasm32::unreachable() };
    let request = ManuallyDrop::new(request);
    // SAFETY: `answer` is the room behind the record, which the area and `reserve` provide.
    unsafe { write(R::answer(&request), answer) }
}

/// Writes the response record to `place` and returns it, or null once a streamed response is sent. What the record
/// points to stays as it is until the instance ends.
#[inline]
unsafe fn write(response: Response, place: *mut u8) -> *const u8 {
    let mut response = ManuallyDrop::new(response);
    let count = response.headers.len() + usize::from(response.content_type.is_some());
    let mut table = place.wrapping_add(RESPONSE_BYTES);
    if count > FIELDS_INLINE {
        match Layout::array::<[u8; FIELD_BYTES]>(count) {
            // SAFETY: the layout has a size, since there are fields.
            Ok(layout) => table = unsafe { std::alloc::alloc(layout) },
            Err(_) => table = ptr::null_mut(),
        }
        if table.is_null() {
            core::arch::wasm32::unreachable();
        }
    }
    for (index, (name, value)) in response.fields().enumerate() {
        let entry = ResponseField { name: piece(name.as_bytes()), value: piece(value.as_bytes()) };
        // SAFETY: the table has `count` entries, and there are as many fields.
        unsafe { table.cast::<[u8; FIELD_BYTES]>().add(index).write(entry.write()) };
    }
    let (body, body_length) = piece(response.body_bytes());
    let head = ResponseHead {
        status: response.status,
        headers: table.addr() as u32,
        headers_count: count as u32,
        body,
        body_length,
    };
    // SAFETY: the caller says that there is room.
    unsafe { place.cast::<[u8; RESPONSE_BYTES]>().write(head.write()) };
    match response.take_stream() {
        None => place,
        Some(stream) => {
            run(stream, place);
            ptr::null()
        }
    }
}

/// Sends a streamed response. If it cannot be completed the instance ends, so that the client sees that it is cut off.
#[cold]
fn run(stream: Box<dyn Stream>, record: *const u8) {
    match stream.run(Head(record)) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        Err(_) => core::arch::wasm32::unreachable(),
        Ok(Sent) => {}
    }
}

/// A response record that was written.
pub struct Head(pub(crate) *const u8);

/// Sends status and header fields.
pub(crate) fn respond(head: Head) -> io::Result<()> {
    // SAFETY: the record was written just now, and what it points to is kept.
    outcome(unsafe { http_respond(head.0) })
}

/// Sends a whole response; the handler goes on once it is on its way.
pub(crate) fn finish(head: Head) -> io::Result<()> {
    // SAFETY: the record was written just now, and what it points to is kept.
    outcome(unsafe { http_finish(head.0) })
}

/// Ends a streamed response; the handler goes on.
pub(crate) fn end() -> io::Result<()> {
    // SAFETY: null stands for no record.
    outcome(unsafe { http_finish(ptr::null()) })
}

/// Sends pieces of the body.
#[derive(Debug, Default)]
pub struct Sent;

impl Sent {
    /// Sends a piece, waiting while the client is slow.
    pub(crate) fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        // SAFETY: the host only reads the bytes.
        outcome(unsafe { http_write(bytes.as_ptr(), bytes.len()) })
    }
}

pub(crate) fn outcome(code: i32) -> io::Result<()> {
    match code {
        0.. => Ok(()),
        status::CLOSED => Err(io::ErrorKind::BrokenPipe.into()),
        status::WRONG_STATE => Err(io::Error::other("a response was sent already")),
        _ => Err(io::Error::other("the host refuses the response")),
    }
}

/// Address and length.
fn piece(bytes: &[u8]) -> (u32, u32) {
    (bytes.as_ptr().addr() as u32, bytes.len() as u32)
}

/// Sends the message of a panic to the log, as one line; the panic then ends the instance.
pub(crate) fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let message = panic.payload_as_str().unwrap_or("a panic without message");
        match panic.location() {
            Some(place) => log::write(Level::Error, format_args!("panicked at {place}: {message}")),
            None => log::write(Level::Error, format_args!("panicked: {message}")),
        }
    }));
}

/// The request's body.
pub(crate) fn body(length: Option<u32>) -> Vec<u8> {
    // SAFETY: the host writes at most as many bytes as the buffer has.
    let body = fetch(length.map_or(0, |length| length as usize), |buffer, capacity| unsafe {
        http_body(buffer, capacity)
    });
    body.unwrap_or_default()
}

/// The next piece of the request's body; waits for it. 0 at the end.
pub(crate) fn body_read(buffer: &mut [u8]) -> io::Result<usize> {
    // SAFETY: the host writes at most as many bytes as the buffer has.
    let count = unsafe { http_body_read(buffer.as_mut_ptr(), buffer.len()) };
    match count {
        0.. => Ok(count as usize),
        status::CLOSED => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Err(io::Error::other("the host does not give the body")),
    }
}

/// Reads a variable through its import.
///
/// # Safety
/// `read` is an import of module `purview:env`.
#[inline(always)]
pub unsafe fn env(read: unsafe extern "C" fn(*mut u8, usize) -> i32) -> Option<String> {
    // SAFETY: the host writes at most as many bytes as the buffer has.
    text(fetch(VALUE_BYTES, |buffer, capacity| unsafe { read(buffer, capacity) }))
}

/// Reads a variable whose name is known at run time.
pub(crate) fn env_any(name: &str) -> Option<String> {
    // SAFETY: the host reads the name and writes at most as many bytes as the buffer has.
    text(fetch(VALUE_BYTES, |buffer, capacity| unsafe {
        env_read_any(name.as_ptr(), name.len(), buffer, capacity)
    }))
}

/// First guess at the length of a variable.
const VALUE_BYTES: usize = 64;

fn text(bytes: Option<Vec<u8>>) -> Option<String> {
    let bytes = bytes?;
    Some(
        String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
    )
}

/// Calls `fill` with a buffer, and once more if the value is longer than the guess.
#[inline(always)]
pub(crate) fn fetch(guess: usize, fill: impl Fn(*mut u8, usize) -> i32) -> Option<Vec<u8>> {
    let mut bytes: Vec<u8> = Vec::with_capacity(guess);
    let mut length = fill(bytes.as_mut_ptr(), guess);
    if length > 0 && length as usize > guess {
        bytes.reserve_exact(length as usize);
        length = fill(bytes.as_mut_ptr(), length as usize).min(length);
    }
    if length <= status::ABSENT {
        return None;
    }
    // SAFETY: the host has written this many bytes, no more than there is room for.
    unsafe { bytes.set_len(length as usize) };
    Some(bytes)
}

/// Writes a line to the log.
pub(crate) fn log(level: Level, text: &str) {
    // What follows a NUL would be read as the fields of the line.
    let text: &str = if text.contains('\0') { &text.replace('\0', "\u{2400}") } else { text };
    // SAFETY: the host only reads the text.
    unsafe { log_write(level as i32, text.as_ptr(), text.len()) };
}

/// Nanoseconds since 1970-01-01 UTC.
pub(crate) fn now() -> u64 {
    // SAFETY: the call takes and gives a number.
    unsafe { clock_now() as u64 }
}

/// Fills `buffer` with random bytes.
pub(crate) fn fill(buffer: &mut [u8]) {
    const CALL_BYTES_MAX: usize = 64 * 1024;
    for part in buffer.chunks_mut(CALL_BYTES_MAX) {
        // SAFETY: the host writes this many bytes.
        unsafe { random_fill(part.as_mut_ptr(), part.len()) };
    }
}
