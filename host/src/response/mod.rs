//! Answers → bytes. In: a guest's response record with the memory it points into, or a [`Fault`]. Out: bytes appended to
//! the connection's output, or the fault that the record is. What frames the message is the host's alone: a guest's
//! `Content-Length`, `Transfer-Encoding`, `Connection`, `Date` and other hop-by-hop fields are left out.
//! Never here: a byte of a name or value that was not checked (RFC 9110 section 5).

mod encode;
mod reason;

pub use self::{
    encode::{
        End, encode_continue, encode_fault, encode_file, encode_guest, encode_options,
        encode_report, finish_chunks, put_chunk,
    },
    reason::reason,
};

/// What of the request decides how its answer is framed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Frame {
    /// Whether the answer may leave the connection open.
    pub keep_alive: bool,
    /// Whether the request was HEAD: no body follows.
    pub head_only: bool,
    /// Whether the client speaks HTTP/1.0.
    pub http_1_0: bool,
}

/// The limits that act on a guest's answer.
#[derive(Debug, Clone, Copy, Default)]
pub struct ResponseLimits {
    /// Bytes of names and values.
    pub head_bytes: u64,
    /// Bytes of a buffered body.
    pub body_bytes: u64,
}
