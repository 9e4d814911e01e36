//! The body that follows a head. In: received bytes. Out: the decoded bytes, moved together at the front of the same
//! buffer, and whether the body is complete; or a fault. Chunk extensions are skipped and trailers are dropped, both
//! checked and capped (RFC 9112 section 7.1). Never here: more memory than what was received.

use super::{ParseFault, head::Framing};

/// Longest chunk size line, extensions included.
const SIZE_LINE_MAX: usize = 256;
/// Longest trailer section.
const TRAILERS_MAX: usize = 8 * 1024;
/// Most hexadecimal digits of a chunk size.
const SIZE_DIGITS_MAX: u32 = 16;

/// Decodes one body, however its bytes arrive.
#[derive(Debug, Clone)]
pub struct Decoder {
    state: State,
    /// Decoded bytes so far.
    decoded: u64,
    /// Most decoded bytes.
    limit: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// This many bytes of a body with a length are missing.
    Length(u64),
    /// In the digits of a chunk size.
    Size { size: u64, digits: u32, line: usize },
    /// In white space or an extension after the size.
    Extension { size: u64, line: usize, quoted: Quote, started: bool },
    /// After the CR of a size line.
    SizeEnd { size: u64 },
    /// This many bytes of a chunk are missing.
    Data(u64),
    /// Before the CR after a chunk.
    DataCr,
    /// Before the LF after a chunk.
    DataLf,
    /// In the trailer section; `at` says where in a line.
    Trailer { at: TrailerAt, length: usize },
    /// The body is complete.
    Done,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quote {
    No,
    Yes,
    Escaped,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TrailerAt {
    LineStart,
    Name,
    Value,
    Lf,
    LastLf,
}

/// What one call of [`Decoder::decode`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decoded {
    /// Bytes of the input that were used up.
    pub consumed: usize,
    /// Decoded bytes, now at the front of the input.
    pub produced: usize,
}

impl Decoder {
    /// A decoder for a body framed like this, of at most `limit` decoded bytes. A declared length over the limit is
    /// refused here, before any byte of it is read.
    pub fn new(framing: Framing, limit: u64) -> Result<Self, ParseFault> {
        let state = match framing {
            Framing::None | Framing::Length(0) => State::Done,
            Framing::Length(length) if length > limit => return Err(ParseFault::BodyTooLong),
            Framing::Length(length) => State::Length(length),
            Framing::Chunked => State::Size { size: 0, digits: 0, line: 0 },
        };
        Ok(Self { state, decoded: 0, limit })
    }

    /// Whether the whole body was decoded.
    pub fn is_done(&self) -> bool {
        self.state == State::Done
    }

    /// Bytes of a body with a length that have not arrived; `None` for chunks.
    pub fn missing(&self) -> Option<u64> {
        match self.state {
            State::Length(missing) => Some(missing),
            State::Done => Some(0),
            _ => None,
        }
    }

    /// Decodes what `input` holds, moving decoded bytes to its front. Stops behind the body's last byte.
    pub fn decode(&mut self, input: &mut [u8]) -> Result<Decoded, ParseFault> {
        let (mut from, mut to) = (0, 0);
        while from < input.len() && self.state != State::Done {
            match self.state {
                State::Length(missing) | State::Data(missing) => {
                    let count =
                        usize::try_from(missing).unwrap_or(usize::MAX).min(input.len() - from);
                    if to != from {
                        input.copy_within(from..from + count, to);
                    }
                    from += count;
                    to += count;
                    self.decoded += count as u64;
                    let missing = missing - count as u64;
                    self.state = match (self.state, missing) {
                        (State::Length(_), 0) => State::Done,
                        (State::Length(_), _) => State::Length(missing),
                        (_, 0) => State::DataCr,
                        (_, _) => State::Data(missing),
                    };
                }
                _ => {
                    self.step(input[from])?;
                    from += 1;
                }
            }
        }
        Ok(Decoded { consumed: from, produced: to })
    }

    /// One byte of chunk framing.
    fn step(&mut self, byte: u8) -> Result<(), ParseFault> {
        self.state = match self.state {
            State::Size { size, digits, line } => self.size_byte(byte, size, digits, line)?,
            State::Extension { size, line, quoted, started } => {
                extension_byte(byte, size, line, quoted, started)?
            }
            State::SizeEnd { size } => match (byte, size) {
                (b'\n', 0) => State::Trailer { at: TrailerAt::LineStart, length: 0 },
                (b'\n', _) => State::Data(size),
                _ => return Err(ParseFault::Framing("a chunk size line ends without CR LF")),
            },
            State::DataCr if byte == b'\r' => State::DataLf,
            State::DataLf if byte == b'\n' => State::Size { size: 0, digits: 0, line: 0 },
            State::DataCr | State::DataLf => {
                return Err(ParseFault::Framing("a chunk is longer than its size"));
            }
            State::Trailer { at, length } => trailer_byte(byte, at, length)?,
            state @ (State::Length(_) | State::Data(_) | State::Done) => state,
        };
        Ok(())
    }

    fn size_byte(
        &self,
        byte: u8,
        size: u64,
        digits: u32,
        line: usize,
    ) -> Result<State, ParseFault> {
        if let Some(digit) = (byte as char).to_digit(16) {
            if digits == SIZE_DIGITS_MAX {
                return Err(ParseFault::Framing("a chunk size has more than 16 digits"));
            }
            let size = size << 4 | u64::from(digit);
            return Ok(State::Size { size, digits: digits + 1, line: line + 1 });
        }
        if digits == 0 {
            return Err(ParseFault::Framing("a chunk size is not a hexadecimal number"));
        }
        // The size is complete: a body over the limit ends at this byte, before its data.
        if self.limit.saturating_sub(self.decoded) < size {
            return Err(ParseFault::BodyTooLong);
        }
        match byte {
            b'\r' => Ok(State::SizeEnd { size }),
            b';' => Ok(State::Extension { size, line: line + 1, quoted: Quote::No, started: true }),
            b' ' | b'\t' => {
                Ok(State::Extension { size, line: line + 1, quoted: Quote::No, started: false })
            }
            _ => Err(ParseFault::Framing("a chunk size is not a hexadecimal number")),
        }
    }
}

/// RFC 9112 section 7.1.1: `; name[=value]`, the value a token or a quoted string. Skipped, but only if it is text.
fn extension_byte(
    byte: u8,
    size: u64,
    line: usize,
    quoted: Quote,
    started: bool,
) -> Result<State, ParseFault> {
    const FAULT: ParseFault =
        ParseFault::Framing("a chunk extension holds a byte that no extension has");
    if line >= SIZE_LINE_MAX {
        return Err(ParseFault::Framing("a chunk size line is too long"));
    }
    let next = |quoted, started| Ok(State::Extension { size, line: line + 1, quoted, started });
    match (quoted, byte) {
        (Quote::No, b'\r') if started => Ok(State::SizeEnd { size }),
        (Quote::No, b';') => next(Quote::No, true),
        (Quote::No, b' ' | b'\t') => next(Quote::No, started),
        (Quote::No, b'"') if started => next(Quote::Yes, true),
        (Quote::No, b'=') if started => next(Quote::No, true),
        (Quote::No, _) if started && purview_abi::name::is_token_byte(byte) => {
            next(Quote::No, true)
        }
        (Quote::Yes, b'"') => next(Quote::No, true),
        (Quote::Yes, b'\\') => next(Quote::Escaped, true),
        (Quote::Yes | Quote::Escaped, b'\t' | 0x20..=0x7e | 0x80..) => next(Quote::Yes, true),
        _ => Err(FAULT),
    }
}

/// RFC 9112 section 7.1.2: field lines until an empty one. Dropped, so that none can pass for a header field.
fn trailer_byte(byte: u8, at: TrailerAt, length: usize) -> Result<State, ParseFault> {
    const FAULT: ParseFault = ParseFault::Framing("a trailer is not a field line");
    if length >= TRAILERS_MAX {
        return Err(ParseFault::HeadTooLong);
    }
    let at = match (at, byte) {
        (TrailerAt::LineStart, b'\r') => TrailerAt::LastLf,
        (TrailerAt::LineStart | TrailerAt::Name, _) if purview_abi::name::is_token_byte(byte) => {
            TrailerAt::Name
        }
        (TrailerAt::Name, b':') => TrailerAt::Value,
        (TrailerAt::Value, b'\r') => TrailerAt::Lf,
        (TrailerAt::Value, b'\t' | 0x20..=0x7e | 0x80..) => TrailerAt::Value,
        (TrailerAt::Lf, b'\n') => TrailerAt::LineStart,
        (TrailerAt::LastLf, b'\n') => return Ok(State::Done),
        _ => return Err(FAULT),
    };
    Ok(State::Trailer { at, length: length + 1 })
}
