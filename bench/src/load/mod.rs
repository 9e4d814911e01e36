//! The load client: one thread, many keep-alive connections, a closed loop on each.
//!
//! In: an address and a workload. Out: how many answers came and how long each took. Every answer
//! is checked to the last byte; the first wrong one ends the run. A connection writes its requests
//! together and writes again only when all their answers are in, so a slow server gets less load,
//! never a queue (which also means: latency here is not that of an open loop).

mod connection;
mod response;
mod error;

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use hdrhistogram::Histogram;
use mio::{Events, Poll, Token};

use self::connection::Connection;
pub use self::{
    error::LoadError,
    response::{Mismatch, Verifier},
};
use crate::workload::Workload;

/// How long a server may stay silent while requests wait.
const STALL_MAX: Duration = Duration::from_secs(5);
/// Read at once from one connection.
const SCRATCH_BYTES: usize = 64 * 1024;
const EVENTS_PER_WAIT: usize = 1024;
/// Longer latencies count as this one.
const LATENCY_MAX_NS: u64 = 60_000_000_000;

/// Open connections to one server, ready to drive one workload.
pub struct Client {
    poll: Poll,
    events: Events,
    connections: Vec<Connection>,
    shared: Shared,
}

/// What all connections of a client use in turn.
struct Shared {
    batch: Vec<u8>,
    pipeline: usize,
    scratch: Vec<u8>,
    verifier: Verifier,
    tally: Tally,
    stopping: bool,
}

/// What came back in one [`Client::drive`].
#[derive(Clone, Debug)]
pub struct Tally {
    /// Answers that came, all of them right.
    pub requests: u64,
    /// Nanoseconds from the write of a batch to each of its answers.
    pub latency_ns: Histogram<u64>,
    /// How long it went on.
    pub elapsed: Duration,
}

/// The size of an answer on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerBytes {
    /// Status line and fields, with the empty line.
    pub head: usize,
    /// The body.
    pub body: usize,
}

impl Client {
    /// Opens all connections of `workload`.
    pub fn connect(address: SocketAddr, workload: &Workload) -> Result<Self, LoadError> {
        let poll = Poll::new().map_err(LoadError::Poll)?;
        let connections = (0..workload.connections)
            .map(|index| Connection::open(address, poll.registry(), Token(index)))
            .collect::<Result<_, _>>()?;
        let shared = Shared {
            batch: workload.request.repeat(workload.pipeline).into_bytes(),
            pipeline: workload.pipeline,
            scratch: vec![0; SCRATCH_BYTES],
            verifier: Verifier::new(workload.body),
            tally: Tally::new(),
            stopping: false,
        };
        Ok(Self { poll, events: Events::with_capacity(EVENTS_PER_WAIT), connections, shared })
    }

    /// Keeps every connection busy for `duration`. Requests under way at the end stay under way,
    /// so that a warm-up runs into the measurement without a gap.
    pub fn drive(&mut self, duration: Duration) -> Result<Tally, LoadError> {
        self.shared.tally = Tally::new();
        let start = Instant::now();
        let mut now = start;
        for connection in &mut self.connections {
            connection.start(&mut self.shared, now)?;
        }
        while now - start < duration {
            now = self.turn()?;
        }
        self.shared.tally.elapsed = now - start;
        Ok(self.shared.tally.clone())
    }

    /// Waits for the answers that are still under way and closes all connections.
    pub fn finish(mut self) -> Result<AnswerBytes, LoadError> {
        self.shared.stopping = true;
        while self.connections.iter().any(Connection::is_busy) {
            self.turn()?;
        }
        self.shared.verifier.answer_bytes().ok_or(LoadError::NoAnswer)
    }

    /// Waits once and serves whatever is ready; returns when that was.
    fn turn(&mut self) -> Result<Instant, LoadError> {
        match self.poll.poll(&mut self.events, Some(STALL_MAX)) {
            Ok(()) if self.events.is_empty() => return Err(LoadError::Stalled(STALL_MAX)),
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(LoadError::Poll(error)),
        }
        for event in &self.events {
            let connection = &mut self.connections[event.token().0];
            connection.advance(&mut self.shared, event.is_writable())?;
        }
        Ok(Instant::now())
    }
}

impl Tally {
    fn new() -> Self {
        let latency_ns = Histogram::new_with_bounds(1, LATENCY_MAX_NS, 3)
            .expect("the bounds are constants in order");
        Self { requests: 0, latency_ns, elapsed: Duration::ZERO }
    }

    fn count(&mut self, latency: Duration) {
        self.requests += 1;
        let nanos = u64::try_from(latency.as_nanos()).unwrap_or(LATENCY_MAX_NS);
        self.latency_ns.saturating_record(nanos.max(1));
    }
}
