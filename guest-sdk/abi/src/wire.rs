//! How a request and a response lie in guest memory. In: parts or bytes. Out: a record, or a view of one, or an error.
//! All numbers are little-endian `u32` unless a picture says otherwise. Never here: memory of a real guest; the host
//! copies in and out with its own bounds checks and hands plain byte slices to this module.
//!
//! The host writes **one flat record** into memory the guest reserved; positions in it are offsets from its first byte.
//!
//! ```text
//!  request record
//!    0  length of the whole record        4  version u16 │ flags u16
//!    8  method      offset, length       16  path       offset, length    (as received, not decoded)
//!   24  query       offset, length       32  header table  offset, entries
//!   40  parameters  offset, entries      48  peer address  offset, length
//!   56  body length (BODY_UNKNOWN: chunked and not read yet)
//!   60  zero
//!   64  header table: per field  name offset, name length, value offset, value length   names in lower case
//!    …  parameter table: per path parameter  offset, length of its value, in the order of the pattern
//!    …  text: the request head as received, then the peer's address
//! ```
//!
//! The guest answers with the address of **a response record in place**; positions in it are addresses in guest memory.
//!
//! ```text
//!  response record
//!    0  version u16 │ status u16
//!    4  header table  address, entries    12  body  address, length
//!   20  zero
//!  header table: per field  name address, name length, value address, value length
//! ```
//!
//! What the guest sends out through `purview:egress` is **a send record in place**; positions in it are addresses too.
//!
//! ```text
//!  send record
//!    0  version u16 │ zero u16           4  method  address, length
//!   12  target  address, length          20  header table  address, entries  (as in a response record)
//!   28  body    address, length
//!   36  most bytes of the answer's body; 0: the host's limit
//!   40  most milliseconds for the whole exchange; 0: the host's limit
//!   44  zero
//! ```
//!
//! The target is a path with its query (`/users?id=1`) where the import names the origin, and the whole URL where it is `*`. What came
//! of it is **one flat record** again, which `purview:io` / `wait` copies out; positions in it are offsets from its first byte.
//!
//! ```text
//!  outcome record
//!    0  length of the whole record        4  version u16 │ status u16
//!    8  error code    offset, length     16  error details  offset, length     both empty if an answer came
//!   24  header table  offset, entries    32  body  offset, length
//!   40  header table: per field  name offset, name length, value offset, value length     names in lower case
//!    …  text
//! ```
//!
//! Without an answer the status is 599 ([`NO_ANSWER`]) and the error code is one of [`error`].

use alloc::vec::Vec;
use core::{fmt, ops::Range};

use crate::VERSION;

/// Bytes of a request record before its tables.
pub const REQUEST_HEAD_BYTES: usize = 64;
/// Bytes of a response record.
pub const RESPONSE_BYTES: usize = 24;
/// Bytes of an entry of a header table.
pub const FIELD_BYTES: usize = 16;
/// Bytes of an entry of the parameter table.
pub const PARAM_BYTES: usize = 8;
/// Body length of a request whose body has not been read.
pub const BODY_UNKNOWN: u32 = u32::MAX;

/// Bytes of a send record.
pub const SEND_BYTES: usize = 48;
/// Bytes of an outcome record before its tables.
pub const OUTCOME_HEAD_BYTES: usize = 40;
/// Status of an outcome that is not an answer of the other side.
pub const NO_ANSWER: u16 = 599;

/// Why no answer came: the error codes of an outcome, in the order in which a request is checked and sent. A guest checks its own
/// arguments first and may use the codes marked so.
pub mod error {
    /// The operator has not allowed outbound requests.
    pub const DISABLED: &str = "OutboundHttpDisabled";
    /// The call's arguments are not understood (guest).
    pub const ARGUMENTS: &str = "InvalidArgs";
    /// Text that should be JSON is not (guest).
    pub const JSON: &str = "InvalidJson";
    /// The URL is not one, or not `http` or `https`.
    pub const URL: &str = "InvalidUrl";
    /// The host is not allowed, or its name leads to an address that is not.
    pub const HOST: &str = "HostNotAllowed";
    /// The method is not GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS.
    pub const METHOD: &str = "InvalidMethod";
    /// The body cannot be sent: too long, or not text (guest).
    pub const BODY: &str = "InvalidBody";
    /// A header field is malformed, or one that the host alone sets.
    pub const HEADERS: &str = "InvalidHeaders";
    /// The wanted maximum of the answer is not a size (guest) or above the host's limit.
    pub const RESPONSE_BYTES: &str = "InvalidMaxResponseBytes";
    /// More requests at one time than allowed.
    pub const OVERFLOW: &str = "ParallelOverflow";
    /// No connection could be made: name, address, refusal, TLS, time.
    pub const CONNECT: &str = "ConnectFailed";
    /// The request could not be begun.
    pub const INIT: &str = "RequestInitFailed";
    /// The request could not be sent completely.
    pub const SEND: &str = "RequestSendFailed";
    /// No whole, valid answer head came in time.
    pub const HEAD: &str = "ResponseHeadFailed";
    /// The answer is longer than allowed.
    pub const TOO_LARGE: &str = "ResponseTooLarge";
    /// The answer's body broke off or did not come in time.
    pub const READ: &str = "ResponseReadFailed";
    /// A defect of the host.
    pub const INTERNAL: &str = "InternalError";
}

/// Flags of a request record.
pub mod flag {
    /// The target had a `?`.
    pub const QUERY: u16 = 1;
    /// The request has a body, perhaps an empty one.
    pub const BODY: u16 = 2;
    /// The client speaks HTTP/1.0.
    pub const HTTP_1_0: u16 = 4;
}

/// A piece of the request head, as offset and length in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Number of bytes.
    pub length: u32,
}

impl Span {
    /// The span from `range.start` to `range.end`; positions beyond 4 GiB do not occur in a request head.
    pub const fn new(range: Range<usize>) -> Self {
        Self { start: range.start as u32, length: (range.end - range.start) as u32 }
    }

    /// The bytes of this span in `text`, or nothing if it lies outside.
    pub fn of<'t>(&self, text: &'t [u8]) -> &'t [u8] {
        let start = self.start as usize;
        text.get(start..start.saturating_add(self.length as usize)).unwrap_or_default()
    }
}

/// A header field: name and value as spans of the head.
pub type Field = (Span, Span);

/// What a request record is made of. Spans point into `head`.
#[derive(Debug, Clone, Copy)]
pub struct RequestParts<'a> {
    /// The request head as received, header names in lower case.
    pub head: &'a [u8],
    /// [`flag`]s.
    pub flags: u16,
    /// The method.
    pub method: Span,
    /// The path.
    pub path: Span,
    /// The query, without `?`.
    pub query: Span,
    /// Header fields in order.
    pub headers: &'a [Field],
    /// Values of the path parameters in the order of the pattern.
    pub params: &'a [Span],
    /// Address of the client, as text.
    pub peer: &'a [u8],
    /// Length of the body, or [`BODY_UNKNOWN`].
    pub body_length: u32,
}

impl RequestParts<'_> {
    /// Bytes that the record takes.
    pub fn record_bytes(&self) -> usize {
        REQUEST_HEAD_BYTES
            + self.headers.len() * FIELD_BYTES
            + self.params.len() * PARAM_BYTES
            + self.head.len()
            + self.peer.len()
    }

    /// Writes the record into the first [`Self::record_bytes`] bytes of `record`; an error if it is shorter.
    pub fn write(&self, record: &mut [u8]) -> Result<(), WireError> {
        let length = self.record_bytes();
        let record = record.get_mut(..length).ok_or(WireError::Truncated)?;
        let headers_at = REQUEST_HEAD_BYTES;
        let params_at = headers_at + self.headers.len() * FIELD_BYTES;
        let text_at = params_at + self.params.len() * PARAM_BYTES;
        let peer_at = text_at + self.head.len();

        let (fixed, rest) = record.split_at_mut(REQUEST_HEAD_BYTES);
        let moved = |span: Span| [text_at as u32 + span.start, span.length];
        let [method, path, query] = [moved(self.method), moved(self.path), moved(self.query)];
        let words = [
            length as u32,
            u32::from(VERSION) | u32::from(self.flags) << 16,
            method[0],
            method[1],
            path[0],
            path[1],
            query[0],
            query[1],
            headers_at as u32,
            self.headers.len() as u32,
            params_at as u32,
            self.params.len() as u32,
            peer_at as u32,
            self.peer.len() as u32,
            self.body_length,
            0,
        ];
        put(fixed, &words);
        let (table, rest) = rest.split_at_mut(self.headers.len() * FIELD_BYTES);
        for (entry, (name, value)) in table.chunks_exact_mut(FIELD_BYTES).zip(self.headers) {
            let ([name, name_length], [value, value_length]) = (moved(*name), moved(*value));
            put(entry, &[name, name_length, value, value_length]);
        }
        let (table, text) = rest.split_at_mut(self.params.len() * PARAM_BYTES);
        for (entry, value) in table.chunks_exact_mut(PARAM_BYTES).zip(self.params) {
            put(entry, &moved(*value));
        }
        let (head, peer) = text.split_at_mut(self.head.len());
        head.copy_from_slice(self.head);
        peer.copy_from_slice(self.peer);
        Ok(())
    }
}

fn put(target: &mut [u8], words: &[u32]) {
    for (bytes, word) in target.chunks_exact_mut(4).zip(words) {
        bytes.copy_from_slice(&word.to_le_bytes());
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    match bytes.get(at..at + 4) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
}

/// A request record, read in place.
#[derive(Debug, Clone, Copy)]
pub struct RequestView<'a> {
    record: &'a [u8],
}

impl<'a> RequestView<'a> {
    /// Checks the fixed part and the extent of the tables. Texts that lie outside read as empty.
    pub fn new(record: &'a [u8]) -> Result<Self, WireError> {
        if record.len() < REQUEST_HEAD_BYTES {
            return Err(WireError::Truncated);
        }
        let length = word(record, 0) as usize;
        let record = record.get(..length).ok_or(WireError::Truncated)?;
        if word(record, 4) as u16 != VERSION {
            return Err(WireError::Version);
        }
        let view = Self { record };
        view.table(32, FIELD_BYTES)?;
        view.table(40, PARAM_BYTES)?;
        Ok(view)
    }

    fn table(&self, at: usize, entry_bytes: usize) -> Result<&'a [u8], WireError> {
        let start = word(self.record, at) as usize;
        let bytes = (word(self.record, at + 4) as usize)
            .checked_mul(entry_bytes)
            .ok_or(WireError::Truncated)?;
        let end = start.checked_add(bytes).ok_or(WireError::Truncated)?;
        self.record.get(start..end).ok_or(WireError::Truncated)
    }

    fn text(&self, at: usize) -> &'a [u8] {
        Span { start: word(self.record, at), length: word(self.record, at + 4) }.of(self.record)
    }

    /// The bytes of the whole record.
    pub fn record(&self) -> &'a [u8] {
        self.record
    }

    /// The method, as sent.
    pub fn method(&self) -> &'a [u8] {
        self.text(8)
    }

    /// The path, as received.
    pub fn path(&self) -> &'a [u8] {
        self.text(16)
    }

    /// The query without `?`, if the target had one.
    pub fn query(&self) -> Option<&'a [u8]> {
        (self.flags() & flag::QUERY != 0).then(|| self.text(24))
    }

    /// The [`flag`]s.
    pub fn flags(&self) -> u16 {
        (word(self.record, 4) >> 16) as u16
    }

    /// The client's address.
    pub fn peer(&self) -> &'a [u8] {
        self.text(48)
    }

    /// Length of the body in bytes; `None` while it is not known.
    pub fn body_length(&self) -> Option<u32> {
        Some(word(self.record, 56)).filter(|length| *length != BODY_UNKNOWN)
    }

    /// Names and values of the header fields, in order.
    pub fn headers(&self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> + use<'a> {
        let record = self.record;
        self.table(32, FIELD_BYTES).unwrap_or_default().chunks_exact(FIELD_BYTES).map(
            move |entry| {
                let name = Span { start: word(entry, 0), length: word(entry, 4) };
                let value = Span { start: word(entry, 8), length: word(entry, 12) };
                (name.of(record), value.of(record))
            },
        )
    }

    /// The value of the path parameter at this place of the pattern, as received.
    pub fn param(&self, index: usize) -> Option<&'a [u8]> {
        let table = self.table(40, PARAM_BYTES).ok()?;
        let entry = table.chunks_exact(PARAM_BYTES).nth(index)?;
        Some(Span { start: word(entry, 0), length: word(entry, 4) }.of(self.record))
    }
}

/// The fixed part of a response record. Addresses are the guest's and unchecked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResponseHead {
    /// Status code.
    pub status: u16,
    /// Address of the header table.
    pub headers: u32,
    /// Entries of the header table.
    pub headers_count: u32,
    /// Address of the body.
    pub body: u32,
    /// Length of the body in bytes.
    pub body_length: u32,
}

impl ResponseHead {
    /// Reads a record.
    pub fn read(record: &[u8; RESPONSE_BYTES]) -> Result<Self, WireError> {
        let first = word(record, 0);
        if first as u16 != VERSION {
            return Err(WireError::Version);
        }
        if word(record, 20) != 0 {
            return Err(WireError::Reserved);
        }
        Ok(Self {
            status: (first >> 16) as u16,
            headers: word(record, 4),
            headers_count: word(record, 8),
            body: word(record, 12),
            body_length: word(record, 16),
        })
    }

    /// The bytes of the record.
    pub fn write(&self) -> [u8; RESPONSE_BYTES] {
        let mut record = [0; RESPONSE_BYTES];
        let first = u32::from(VERSION) | u32::from(self.status) << 16;
        put(
            &mut record,
            &[first, self.headers, self.headers_count, self.body, self.body_length, 0],
        );
        record
    }
}

/// An entry of a response's header table: addresses and lengths of name and value, unchecked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResponseField {
    /// Address and length of the name.
    pub name: (u32, u32),
    /// Address and length of the value.
    pub value: (u32, u32),
}

impl ResponseField {
    /// Reads an entry.
    pub fn read(entry: &[u8; FIELD_BYTES]) -> Self {
        Self { name: (word(entry, 0), word(entry, 4)), value: (word(entry, 8), word(entry, 12)) }
    }

    /// The bytes of the entry.
    pub fn write(&self) -> [u8; FIELD_BYTES] {
        let mut entry = [0; FIELD_BYTES];
        put(&mut entry, &[self.name.0, self.name.1, self.value.0, self.value.1]);
        entry
    }
}

/// The fixed part of a send record. Addresses are the guest's and unchecked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SendHead {
    /// Address and length of the method.
    pub method: (u32, u32),
    /// Address and length of the target.
    pub target: (u32, u32),
    /// Address and entries of the header table.
    pub headers: (u32, u32),
    /// Address and length of the body.
    pub body: (u32, u32),
    /// Most bytes of the answer's body; 0: the host's limit.
    pub response_bytes_max: u32,
    /// Most milliseconds for the whole exchange; 0: the host's limit.
    pub timeout_ms: u32,
}

impl SendHead {
    /// Reads a record.
    pub fn read(record: &[u8; SEND_BYTES]) -> Result<Self, WireError> {
        let first = word(record, 0);
        if first as u16 != VERSION {
            return Err(WireError::Version);
        }
        if first >> 16 != 0 || word(record, 44) != 0 {
            return Err(WireError::Reserved);
        }
        let pair = |at| (word(record, at), word(record, at + 4));
        Ok(Self {
            method: pair(4),
            target: pair(12),
            headers: pair(20),
            body: pair(28),
            response_bytes_max: word(record, 36),
            timeout_ms: word(record, 40),
        })
    }

    /// The bytes of the record.
    pub fn write(&self) -> [u8; SEND_BYTES] {
        let mut record = [0; SEND_BYTES];
        let words = [
            u32::from(VERSION),
            self.method.0,
            self.method.1,
            self.target.0,
            self.target.1,
            self.headers.0,
            self.headers.1,
            self.body.0,
            self.body.1,
            self.response_bytes_max,
            self.timeout_ms,
            0,
        ];
        put(&mut record, &words);
        record
    }
}

/// What an outcome record is made of.
#[derive(Debug, Clone, Copy)]
pub struct OutcomeParts<'a> {
    /// Status code.
    pub status: u16,
    /// Error code, or empty.
    pub error: &'a str,
    /// Error details, or empty.
    pub details: &'a str,
    /// Names, in lower case, and values of the header fields in order.
    pub headers: &'a [(&'a [u8], &'a [u8])],
    /// The body.
    pub body: &'a [u8],
}

impl OutcomeParts<'_> {
    /// The record; an error if it would be longer than 2 GiB.
    pub fn to_record(&self) -> Result<Vec<u8>, WireError> {
        let fields = self.headers.len();
        let table_bytes = fields * FIELD_BYTES;
        let text: usize =
            self.headers.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>()
                + self.error.len()
                + self.details.len()
                + self.body.len();
        let length = OUTCOME_HEAD_BYTES + table_bytes + text;
        if i32::try_from(length).is_err() {
            return Err(WireError::Truncated);
        }
        let mut record = alloc::vec![0; OUTCOME_HEAD_BYTES + table_bytes];
        record.reserve_exact(text);
        let add = |record: &mut Vec<u8>, bytes: &[u8]| {
            let at = record.len() as u32;
            record.extend_from_slice(bytes);
            [at, bytes.len() as u32]
        };
        for (index, (name, value)) in self.headers.iter().enumerate() {
            let [name, name_length] = add(&mut record, name);
            let [value, value_length] = add(&mut record, value);
            let entry = OUTCOME_HEAD_BYTES + index * FIELD_BYTES;
            put(&mut record[entry..], &[name, name_length, value, value_length]);
        }
        let [error, error_length] = add(&mut record, self.error.as_bytes());
        let [details, details_length] = add(&mut record, self.details.as_bytes());
        let [body, body_length] = add(&mut record, self.body);
        let words = [
            length as u32,
            u32::from(VERSION) | u32::from(self.status) << 16,
            error,
            error_length,
            details,
            details_length,
            OUTCOME_HEAD_BYTES as u32,
            fields as u32,
            body,
            body_length,
        ];
        put(&mut record, &words);
        Ok(record)
    }
}

/// An outcome record, read in place.
#[derive(Debug, Clone, Copy)]
pub struct OutcomeView<'a> {
    record: &'a [u8],
}

impl<'a> OutcomeView<'a> {
    /// Checks the fixed part and the extent of the table. Texts that lie outside read as empty.
    pub fn new(record: &'a [u8]) -> Result<Self, WireError> {
        if record.len() < OUTCOME_HEAD_BYTES {
            return Err(WireError::Truncated);
        }
        let record = record.get(..word(record, 0) as usize).ok_or(WireError::Truncated)?;
        if word(record, 4) as u16 != VERSION {
            return Err(WireError::Version);
        }
        let view = Self { record };
        view.table().ok_or(WireError::Truncated)?;
        Ok(view)
    }

    fn table(&self) -> Option<&'a [u8]> {
        let start = word(self.record, 24) as usize;
        let bytes = (word(self.record, 28) as usize).checked_mul(FIELD_BYTES)?;
        self.record.get(start..start.checked_add(bytes)?)
    }

    fn text(&self, at: usize) -> &'a [u8] {
        Span { start: word(self.record, at), length: word(self.record, at + 4) }.of(self.record)
    }

    /// Status code; [`NO_ANSWER`] with an error code if no answer came.
    pub fn status(&self) -> u16 {
        (word(self.record, 4) >> 16) as u16
    }

    /// Why no answer came: one of [`error`]; empty if one did.
    pub fn error(&self) -> &'a [u8] {
        self.text(8)
    }

    /// The same in words.
    pub fn details(&self) -> &'a [u8] {
        self.text(16)
    }

    /// Names and values of the header fields, in order.
    pub fn headers(&self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> + Clone + use<'a> {
        let record = self.record;
        self.table().unwrap_or_default().chunks_exact(FIELD_BYTES).map(move |entry| {
            let name = Span { start: word(entry, 0), length: word(entry, 4) };
            let value = Span { start: word(entry, 8), length: word(entry, 12) };
            (name.of(record), value.of(record))
        })
    }

    /// The body.
    pub fn body(&self) -> &'a [u8] {
        self.text(32)
    }
}

/// Why bytes are not a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WireError {
    /// The record or a table of it ends outside the bytes given.
    Truncated,
    /// The record is of another version of the agreement.
    Version,
    /// A reserved word is not zero.
    Reserved,
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated => f.write_str("the record ends outside the memory given for it"),
            Self::Version => write!(f, "the record is not of version {VERSION}"),
            Self::Reserved => f.write_str("a reserved word of the record is not zero"),
        }
    }
}

impl core::error::Error for WireError {}
