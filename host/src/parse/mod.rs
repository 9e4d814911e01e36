//! Bytes → request. In: what a connection has received so far. Out: a [`head::Head`] and, by [`body::Decoder`], the body
//! that belongs to it; or a [`ParseFault`], after which nothing of the connection is read as a request again.
//!
//! The rules are RFC 9112's, read strictly: a message that two readers could frame in two ways is refused, not repaired.
//! Never here: sockets, clocks, routes.

pub mod head;
pub mod body;
#[cfg(test)]
mod tests;

use std::fmt;

/// Why bytes are not a request. The connection gets one answer and is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseFault {
    /// Not HTTP, or not as RFC 9112 writes it.
    Syntax(&'static str),
    /// The framing of the body is ambiguous or malformed.
    Framing(&'static str),
    /// A protocol version other than 1.0 and 1.1.
    Version,
    /// A transfer coding other than `chunked` alone.
    TransferCoding,
    /// An expectation other than `100-continue`.
    Expectation,
    /// The method CONNECT: this server is not a proxy.
    Connect,
    /// The request target is longer than `target_bytes`.
    TargetTooLong,
    /// The head is longer than `head_bytes`.
    HeadTooLong,
    /// More than `head_fields` header fields.
    TooManyFields,
    /// The body is longer than `request_body_bytes`.
    BodyTooLong,
}

impl fmt::Display for ParseFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Syntax(what) | Self::Framing(what) => what,
            Self::Version => "only HTTP/1.0 and HTTP/1.1 are spoken here",
            Self::TransferCoding => "the only transfer coding is `chunked`",
            Self::Expectation => "the only expectation is `100-continue`",
            Self::Connect => "this server is not a proxy",
            Self::TargetTooLong => "the request target is too long",
            Self::HeadTooLong => "the request head is too long",
            Self::TooManyFields => "the request has too many header fields",
            Self::BodyTooLong => "the request body is too long",
        })
    }
}

impl std::error::Error for ParseFault {}
