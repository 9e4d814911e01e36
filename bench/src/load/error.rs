//! Why a load run ended early. All blame lies with the server or the machine; nothing is retried.

use std::{fmt, io, time::Duration};

use super::Mismatch;

/// Why a load run ended early.
#[derive(Debug)]
pub enum LoadError {
    /// No connection to the server.
    Connect(io::Error),
    /// The operating system would not wait for events.
    Poll(io::Error),
    /// A connection failed while requests were under way.
    Socket(io::Error),
    /// The server closed a keep-alive connection.
    Closed,
    /// An answer is not the one that the workload asks for.
    Answer(Mismatch),
    /// More answers came than requests were sent.
    Unasked,
    /// Nothing came for this long although requests were under way.
    Stalled(Duration),
    /// The run ended before the first answer.
    NoAnswer,
}

impl fmt::Display for LoadError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect(error) => write!(out, "no connection to the server: {error}"),
            Self::Poll(error) => write!(out, "waiting for sockets failed: {error}"),
            Self::Socket(error) => write!(out, "a connection broke under load: {error}"),
            Self::Closed => {
                out.write_str("the server closed a keep-alive connection; lift its request limit")
            }
            Self::Answer(mismatch) => write!(out, "wrong answer: {mismatch}"),
            Self::Unasked => out.write_str("the server sent an answer that nobody asked for"),
            Self::Stalled(time) => {
                write!(out, "no answer for {time:?} although requests were under way")
            }
            Self::NoAnswer => out.write_str("the run ended before the first answer; run longer"),
        }
    }
}

impl std::error::Error for LoadError {}

impl From<Mismatch> for LoadError {
    fn from(mismatch: Mismatch) -> Self {
        Self::Answer(mismatch)
    }
}
