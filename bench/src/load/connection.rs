//! One keep-alive connection: writes a batch of requests, takes its answers, writes the next.
//!
//! ```text
//! idle ── start ──▶ writing ── all written ──▶ waiting ── last answer ──▶ writing …
//!                                                            └─ stopping ──▶ idle
//! ```
//!
//! Events are edge-triggered. A read that does not fill the scratch buffer has emptied the socket,
//! so in the common case a round trip costs one write and one read.

use std::{
    io::{ErrorKind, Read, Write},
    net::SocketAddr,
    time::Instant,
};

use mio::{Interest, Registry, Token, net::TcpStream};

use super::{LoadError, Shared};

pub(super) struct Connection {
    stream: TcpStream,
    /// When the batch under way was written.
    sent_at: Instant,
    /// Answers that are still to come.
    outstanding: usize,
    /// Bytes of the batch that the socket has not taken yet.
    unsent: usize,
    /// An answer that came in part.
    partial: Vec<u8>,
}

impl Connection {
    pub(super) fn open(
        address: SocketAddr,
        registry: &Registry,
        token: Token,
    ) -> Result<Self, LoadError> {
        // Connecting waits on purpose: a backlog that is too short shows here, not as latency.
        let stream = std::net::TcpStream::connect(address).map_err(LoadError::Connect)?;
        stream.set_nodelay(true).map_err(LoadError::Connect)?;
        stream.set_nonblocking(true).map_err(LoadError::Connect)?;
        let mut stream = TcpStream::from_std(stream);
        registry
            .register(&mut stream, token, Interest::READABLE | Interest::WRITABLE)
            .map_err(LoadError::Poll)?;
        let sent_at = Instant::now();
        Ok(Self { stream, sent_at, outstanding: 0, unsent: 0, partial: Vec::new() })
    }

    pub(super) fn is_busy(&self) -> bool {
        self.outstanding > 0
    }

    /// Writes a batch unless one is under way.
    pub(super) fn start(&mut self, shared: &mut Shared, now: Instant) -> Result<(), LoadError> {
        if self.is_busy() {
            return Ok(());
        }
        self.sent_at = now;
        self.outstanding = shared.pipeline;
        self.unsent = shared.batch.len();
        self.write(shared)
    }

    /// Moves on after an event: writes what is left, reads what has come.
    pub(super) fn advance(&mut self, shared: &mut Shared, writable: bool) -> Result<(), LoadError> {
        if writable && self.unsent > 0 {
            self.write(shared)?;
        }
        loop {
            let count = match self.stream.read(&mut shared.scratch) {
                Ok(0) => return Err(LoadError::Closed),
                Ok(count) => count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(LoadError::Socket(error)),
            };
            let now = Instant::now();
            self.take(shared, count, now)?;
            if self.outstanding == 0 && !shared.stopping {
                self.start(shared, now)?;
            }
            if count < shared.scratch.len() {
                return Ok(());
            }
        }
    }

    /// Counts the answers in the first `count` bytes of the scratch buffer.
    fn take(&mut self, shared: &mut Shared, count: usize, now: Instant) -> Result<(), LoadError> {
        let joined = !self.partial.is_empty();
        if joined {
            self.partial.extend_from_slice(&shared.scratch[..count]);
        }
        let bytes = if joined { &self.partial[..] } else { &shared.scratch[..count] };
        let mut used = 0;
        while let Some(length) = shared.verifier.take(&bytes[used..])? {
            self.outstanding = self.outstanding.checked_sub(1).ok_or(LoadError::Unasked)?;
            shared.tally.count(now - self.sent_at);
            used += length;
        }
        if joined {
            self.partial.drain(..used);
        } else {
            self.partial.extend_from_slice(&shared.scratch[used..count]);
        }
        Ok(())
    }

    fn write(&mut self, shared: &Shared) -> Result<(), LoadError> {
        while self.unsent > 0 {
            let rest = &shared.batch[shared.batch.len() - self.unsent..];
            match self.stream.write(rest) {
                Ok(count) => self.unsent -= count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(LoadError::Socket(error)),
            }
        }
        Ok(())
    }
}
