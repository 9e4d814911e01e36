//! Where parts begin and end. In: bytes in pieces of any size. Out: steps; the same ones however the bytes were cut. What cannot be a
//! delimiter any more is given out at once, so that no more is kept than a delimiter and a head.
//!
//! ```text
//! Start ── delimiter ──► AfterDelimiter ── CR LF ──► Head ── empty line ──► Data ── CR LF delimiter ──┐
//!                              ▲    └── "--" ──► Done                                                 │
//!                              └──────────────────────────────────────────────────────────────────────┘
//! ```

use super::MultipartError;

/// Spaces that may stand between a delimiter and its line end (RFC 2046 section 5.1.1).
const PADDING_BYTES_MAX: usize = 256;

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A part begins: its header fields, each a line.
    Head(Vec<Vec<u8>>),
    /// Some of its content.
    Data(Vec<u8>),
    /// It ends.
    PartEnd,
    /// The form has ended; what follows is of no matter.
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    AfterDelimiter,
    Head,
    Data,
    Done,
}

/// Cuts a form into steps.
pub(super) struct Parser {
    /// CR LF, two hyphens, the boundary.
    delimiter: Vec<u8>,
    buffer: Vec<u8>,
    state: State,
    pub(super) head_bytes_max: usize,
}

const ENDED_WRONG: MultipartError =
    MultipartError::Malformed("a delimiter is followed by something else");

impl Parser {
    pub(super) fn new(boundary: &[u8], head_bytes_max: usize) -> Self {
        let delimiter = [b"\r\n--", boundary].concat();
        Self { delimiter, buffer: Vec::new(), state: State::Start, head_bytes_max }
    }

    /// Adds bytes.
    pub(super) fn feed(&mut self, bytes: &[u8]) {
        if self.state != State::Done {
            self.buffer.extend_from_slice(bytes);
        }
    }

    /// The next step, or `None` if more bytes are needed.
    pub(super) fn next(&mut self) -> Result<Option<Step>, MultipartError> {
        loop {
            let before = self.state;
            let step = match self.state {
                State::Start => self.start()?,
                State::AfterDelimiter => self.after_delimiter()?,
                State::Head => self.head()?,
                State::Data => self.data(),
                State::Done => Some(Step::End),
            };
            if step.is_some() || self.state == before {
                return Ok(step);
            }
        }
    }

    /// The first delimiter, perhaps behind empty lines. Nothing else may stand before it.
    fn start(&mut self) -> Result<Option<Step>, MultipartError> {
        let empty = self.buffer.chunks_exact(2).take_while(|pair| *pair == b"\r\n").count() * 2;
        self.buffer.drain(..empty);
        let first = &self.delimiter[2..];
        let there = self.buffer.len().min(first.len());
        if self.buffer[..there] != first[..there] && self.buffer != b"\r" {
            return Err(MultipartError::Malformed("it does not begin with its boundary"));
        }
        if there == first.len() {
            self.buffer.drain(..there);
            self.state = State::AfterDelimiter;
        }
        Ok(None)
    }

    fn after_delimiter(&mut self) -> Result<Option<Step>, MultipartError> {
        if self.buffer.starts_with(b"--") {
            self.buffer.clear();
            self.state = State::Done;
            return Ok(Some(Step::End));
        }
        let padding = self.buffer.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        if padding > PADDING_BYTES_MAX {
            return Err(ENDED_WRONG);
        }
        match &self.buffer[padding..] {
            [] | [b'\r'] => Ok(None),
            [b'-'] if padding == 0 => Ok(None),
            [b'\r', b'\n', ..] => {
                self.buffer.drain(..padding + 2);
                self.state = State::Head;
                Ok(None)
            }
            _ => Err(ENDED_WRONG),
        }
    }

    fn head(&mut self) -> Result<Option<Step>, MultipartError> {
        let end = if self.buffer.starts_with(b"\r\n") {
            Some(0)
        } else {
            find(&self.buffer, b"\r\n\r\n").map(|at| at + 2)
        };
        let length = end.unwrap_or(self.buffer.len());
        if length > self.head_bytes_max {
            return Err(MultipartError::HeadTooLong);
        }
        let head = &self.buffer[..length];
        // A line ends with CR LF and no other way; the last byte may be half of one.
        let looked_at = if end.is_some() { length } else { length.saturating_sub(1) };
        let broken = (0..looked_at).any(|at| match head[at] {
            b'\r' => head.get(at + 1) != Some(&b'\n'),
            b'\n' => at == 0 || head[at - 1] != b'\r',
            0 => true,
            _ => false,
        });
        if broken {
            return Err(MultipartError::Malformed("a header field holds a line break or NUL"));
        }
        let Some(end) = end else { return Ok(None) };
        let lines = self.buffer[..end].split(|byte| *byte == b'\n');
        let fields: Vec<Vec<u8>> = lines
            .map(|line| line.strip_suffix(b"\r").unwrap_or(line).to_vec())
            .filter(|line| !line.is_empty())
            .collect();
        if !fields.iter().all(|field| is_field(field)) {
            return Err(MultipartError::Malformed("a line of a part's head is not a header field"));
        }
        self.buffer.drain(..end + 2);
        self.state = State::Data;
        Ok(Some(Step::Head(fields)))
    }

    fn data(&mut self) -> Option<Step> {
        if self.buffer.is_empty() {
            return None;
        }
        match find(&self.buffer, &self.delimiter) {
            Some(0) => {
                let ends = is_tail(&self.buffer[self.delimiter.len()..])?;
                let delimiter: Vec<u8> = self.buffer.drain(..self.delimiter.len()).collect();
                if !ends {
                    return Some(Step::Data(delimiter));
                }
                self.state = State::AfterDelimiter;
                Some(Step::PartEnd)
            }
            Some(at) => Some(Step::Data(self.buffer.drain(..at).collect())),
            None => {
                // The end of the buffer may be the beginning of a delimiter.
                let kept = (1..self.delimiter.len().min(self.buffer.len() + 1))
                    .rev()
                    .find(|length| self.buffer.ends_with(&self.delimiter[..*length]))
                    .unwrap_or(0);
                let length = self.buffer.len() - kept;
                (length > 0).then(|| Step::Data(self.buffer.drain(..length).collect()))
            }
        }
    }
}

/// Whether what follows makes a boundary in content a delimiter: two hyphens, or a line end behind spaces. `None`: more bytes are
/// needed to tell.
fn is_tail(bytes: &[u8]) -> Option<bool> {
    let padding = bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    match &bytes[padding..] {
        _ if padding > PADDING_BYTES_MAX => Some(false),
        [] | [b'\r'] => None,
        [b'-'] if padding == 0 => None,
        [b'-', b'-', ..] if padding == 0 => Some(true),
        [b'\r', b'\n', ..] => Some(true),
        _ => Some(false),
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    let first = *what.first()?;
    let mut from = 0;
    loop {
        from += bytes.get(from..)?.iter().position(|byte| *byte == first)?;
        if bytes[from..].starts_with(what) {
            return Some(from);
        }
        from += 1;
    }
}

/// A name of RFC 9110, a colon, a value.
fn is_field(line: &[u8]) -> bool {
    let Some(colon) = line.iter().position(|byte| *byte == b':') else { return false };
    colon > 0 && line[..colon].iter().all(|byte| purview_abi::name::is_token_byte(*byte))
}
