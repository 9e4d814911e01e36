//! Status line, fields and framing into the output buffer. See the module above for what comes in and goes out.

use std::ops::Range;

use purview_abi::{
    name::is_token_byte,
    wire::{FIELD_BYTES, RESPONSE_BYTES, ResponseField, ResponseHead, WireError},
};
use purview_native::files::Part;

use super::{Frame, ResponseLimits, reason};
use crate::{clock, fault::Fault};

/// How the answer ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The whole answer was written.
    Complete,
    /// The head was written; chunks follow.
    Chunks,
    /// The head was written; bytes follow until the connection is closed (HTTP/1.0).
    UntilClose,
    /// The head was written; the body is left out, whatever the guest writes.
    NoBody,
    /// The head was written with the length of the body, which the host sends.
    Length,
}

/// Appends the answer whose record lies at `at` in guest `memory`. With `stream`, only its head (and the body so far) is
/// written and the rest follows. On a fault, `out` is as it was.
pub fn encode_guest(
    out: &mut Vec<u8>,
    memory: &[u8],
    at: u32,
    frame: Frame,
    limits: ResponseLimits,
    stream: bool,
) -> Result<(u16, End), Fault> {
    let start = out.len();
    let done = write_guest(out, memory, at, frame, limits, stream);
    if done.is_err() {
        out.truncate(start);
    }
    done
}

/// Appends the head of an answer whose body is a file, or a part of it. The guest's record has the status, which `wanted` may
/// change, and the fields. Gives the bytes of the file that follow. On a fault, `out` is as it was.
pub fn encode_file(
    out: &mut Vec<u8>,
    memory: &[u8],
    at: u32,
    frame: Frame,
    limits: ResponseLimits,
    wanted: impl FnOnce(u16) -> Part,
) -> Result<(u16, End, Range<u64>), Fault> {
    let start = out.len();
    let done = write_file(out, memory, at, frame, limits, wanted);
    if done.is_err() {
        out.truncate(start);
    }
    done
}

fn write_file(
    out: &mut Vec<u8>,
    memory: &[u8],
    at: u32,
    frame: Frame,
    limits: ResponseLimits,
    wanted: impl FnOnce(u16) -> Part,
) -> Result<(u16, End, Range<u64>), Fault> {
    let head = read_head(memory, at)?;
    if head.body_length > 0 {
        return Err(Fault::BadResponse("an answer with a file has no other body"));
    }
    let Part { status, mut bytes, content_range } = wanted(head.status);
    put_status(out, status);
    put_fields(out, memory, &head, limits)?;
    put_extra(out, ("content-range", content_range.as_deref().unwrap_or_default()));
    if matches!(status, 204 | 205 | 304) {
        bytes = 0..0;
    }
    if !matches!(status, 204 | 304) {
        put_length(out, bytes.end - bytes.start);
    }
    put_end(out, frame, false);
    if frame.head_only || bytes.is_empty() {
        return Ok((status, End::NoBody, 0..0));
    }
    Ok((status, End::Length, bytes))
}

fn read_head(memory: &[u8], at: u32) -> Result<ResponseHead, Fault> {
    let record = slice(memory, (at, RESPONSE_BYTES as u32))?;
    let record = record.first_chunk().ok_or(OUTSIDE)?;
    let head = ResponseHead::read(record).map_err(|error| match error {
        WireError::Version => Fault::BadResponse("the record is of another version"),
        _ => Fault::BadResponse("a reserved word is not zero"),
    })?;
    // RFC 9110 section 15: three digits, the first 1 to 5; a final answer is not 1xx.
    if !(200..=599).contains(&head.status) {
        return Err(Fault::BadResponse("the status is not from 200 to 599"));
    }
    Ok(head)
}

fn write_guest(
    out: &mut Vec<u8>,
    memory: &[u8],
    at: u32,
    frame: Frame,
    limits: ResponseLimits,
    stream: bool,
) -> Result<(u16, End), Fault> {
    let head = read_head(memory, at)?;
    let body = slice(memory, (head.body, head.body_length))?;
    if body.len() as u64 > limits.body_bytes {
        return Err(Fault::ResponseTooLong);
    }
    put_status(out, head.status);
    put_fields(out, memory, &head, limits)?;
    let no_body = frame.head_only || matches!(head.status, 204 | 205 | 304);
    let end = match (stream, head.status) {
        // RFC 9110 section 8.6: no Content-Length in 204; 304 may tell what 200 would have.
        (_, 204 | 304) => End::NoBody,
        (true, _) if frame.http_1_0 => End::UntilClose,
        (true, 205) | (false, 205) => {
            put_length(out, 0);
            End::NoBody
        }
        (true, _) => {
            out.extend_from_slice(b"transfer-encoding: chunked\r\n");
            if no_body { End::NoBody } else { End::Chunks }
        }
        (false, _) => {
            put_length(out, body.len() as u64);
            End::Complete
        }
    };
    put_end(out, frame, end == End::UntilClose);
    match end {
        End::Complete | End::UntilClose if !no_body => out.extend_from_slice(body),
        End::Chunks if !body.is_empty() => put_chunk(out, body),
        _ => {}
    }
    Ok((head.status, if stream { end } else { End::Complete }))
}

const OUTSIDE: Fault = Fault::BadResponse("an address lies outside memory");

fn slice(memory: &[u8], (address, length): (u32, u32)) -> Result<&[u8], Fault> {
    let start = address as usize;
    memory.get(start..start + length as usize).ok_or(OUTSIDE)
}

fn put_fields(
    out: &mut Vec<u8>,
    memory: &[u8],
    head: &ResponseHead,
    limits: ResponseLimits,
) -> Result<(), Fault> {
    // A name has at least one byte.
    if u64::from(head.headers_count) > limits.head_bytes {
        return Err(Fault::ResponseHeadTooLong);
    }
    let start = head.headers as usize;
    let table_bytes = head.headers_count as usize * FIELD_BYTES;
    let table = memory.get(start..start + table_bytes).ok_or(OUTSIDE)?;
    let mut total = 0u64;
    for entry in table.chunks_exact(FIELD_BYTES) {
        let field = ResponseField::read(entry.first_chunk().ok_or(OUTSIDE)?);
        total += u64::from(field.name.1) + u64::from(field.value.1);
        if total > limits.head_bytes {
            return Err(Fault::ResponseHeadTooLong);
        }
        let name = slice(memory, field.name)?;
        let value = slice(memory, field.value)?;
        if name.is_empty() || !name.iter().copied().all(is_token_byte) {
            return Err(Fault::BadResponse("a header name is not a token"));
        }
        if !value.iter().all(|byte| matches!(byte, b'\t' | 0x20..=0x7e | 0x80..)) {
            return Err(Fault::BadResponse("a header value holds a control character"));
        }
        if !is_the_hosts(name) {
            out.extend_from_slice(name);
            out.extend_from_slice(b": ");
            out.extend_from_slice(value);
            out.extend_from_slice(b"\r\n");
        }
    }
    Ok(())
}

/// Fields that frame the message or belong to the connection (RFC 9110 section 7.6.1), and `Date`.
fn is_the_hosts(name: &[u8]) -> bool {
    let is = |known: &str| name.eq_ignore_ascii_case(known.as_bytes());
    match name.len() {
        2 => is("te"),
        4 => is("date") || is("host"),
        7 => is("trailer") || is("upgrade"),
        10 => is("connection") || is("keep-alive"),
        14 => is("content-length"),
        16 => is("proxy-connection"),
        17 => is("transfer-encoding"),
        _ => false,
    }
}

/// Appends the host's own answer for a fault. `extra` is one whole field line, or empty.
pub fn encode_fault(out: &mut Vec<u8>, fault: Fault, frame: Frame, extra: (&str, &str)) {
    put_status(out, fault.status());
    let (before, after) = ("{\"detail\":\"", "\"}\n");
    let detail = fault.detail();
    out.extend_from_slice(b"content-type: application/json\r\n");
    put_extra(out, extra);
    put_length(out, (before.len() + detail.len() + after.len()) as u64);
    put_end(out, Frame { keep_alive: frame.keep_alive && !fault.closes(), ..frame }, false);
    if !frame.head_only {
        for part in [before, detail, after] {
            out.extend_from_slice(part.as_bytes());
        }
    }
}

/// Appends an answer for the author of a handler: plain text, which no browser takes for a page.
pub fn encode_report(out: &mut Vec<u8>, status: u16, frame: Frame, text: &str) {
    put_status(out, status);
    put_extra(out, ("content-type", "text/plain; charset=utf-8"));
    put_extra(out, ("x-content-type-options", "nosniff"));
    put_extra(out, ("cache-control", "no-store"));
    put_length(out, text.len() as u64);
    put_end(out, frame, false);
    if !frame.head_only {
        out.extend_from_slice(text.as_bytes());
    }
}

/// Appends the host's own answer to `OPTIONS`.
pub fn encode_options(out: &mut Vec<u8>, allow: &str, frame: Frame) {
    put_status(out, 204);
    put_extra(out, ("allow", allow));
    put_end(out, frame, false);
}

/// Appends the interim answer that lets a waiting client send its body.
pub fn encode_continue(out: &mut Vec<u8>) {
    out.extend_from_slice(b"HTTP/1.1 100 Continue\r\n\r\n");
}

/// Appends one chunk; an empty piece is no chunk, since that would end the body.
pub fn put_chunk(out: &mut Vec<u8>, piece: &[u8]) {
    if piece.is_empty() {
        return;
    }
    let mut digits = [0u8; 16];
    let mut at = digits.len();
    let mut rest = piece.len();
    while rest > 0 {
        at -= 1;
        digits[at] = b"0123456789abcdef"[rest & 15];
        rest >>= 4;
    }
    out.extend_from_slice(&digits[at..]);
    out.extend_from_slice(b"\r\n");
    out.extend_from_slice(piece);
    out.extend_from_slice(b"\r\n");
}

/// Appends the end of a chunked body.
pub fn finish_chunks(out: &mut Vec<u8>) {
    out.extend_from_slice(b"0\r\n\r\n");
}

fn put_status(out: &mut Vec<u8>, status: u16) {
    if status == 200 {
        out.extend_from_slice(b"HTTP/1.1 200 OK\r\n");
        return;
    }
    out.extend_from_slice(b"HTTP/1.1 ");
    out.extend_from_slice(itoa::Buffer::new().format(status).as_bytes());
    out.push(b' ');
    out.extend_from_slice(reason(status).as_bytes());
    out.extend_from_slice(b"\r\n");
}

fn put_extra(out: &mut Vec<u8>, (name, value): (&str, &str)) {
    if !name.is_empty() && !value.is_empty() {
        for part in [name, ": ", value, "\r\n"] {
            out.extend_from_slice(part.as_bytes());
        }
    }
}

fn put_length(out: &mut Vec<u8>, length: u64) {
    out.extend_from_slice(b"content-length: ");
    out.extend_from_slice(itoa::Buffer::new().format(length).as_bytes());
    out.extend_from_slice(b"\r\n");
}

/// `Date` (RFC 9110 section 6.6.1), `Connection` where it says something, and the empty line.
fn put_end(out: &mut Vec<u8>, frame: Frame, until_close: bool) {
    out.extend_from_slice(b"date: ");
    clock::with_http_date(|date| out.extend_from_slice(date));
    out.extend_from_slice(b"\r\n");
    if !frame.keep_alive || until_close {
        out.extend_from_slice(b"connection: close\r\n");
    } else if frame.http_1_0 {
        out.extend_from_slice(b"connection: keep-alive\r\n");
    }
    out.extend_from_slice(b"\r\n");
}
