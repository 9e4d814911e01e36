//! What a worker keeps about one connection, and the states it goes through.
//!
//! ```text
//!            ┌───────────── next request ─────────────┐
//!            ▼                                        │
//!  Reading ──► Body ──► Handling ──► (answer) ──► Skipping ──► Closing ──► closed
//!     │  head   │ body     │ guest        what of the body        │ output sent,
//!     │         │          │ waits        nobody read             │ input ignored
//!     └─────────┴── fault ─┴──────────────────────────────────────►
//! ```

use std::time::Duration;

use crate::{
    clock::Millis,
    exchange::{Exchange, Peer},
    limits::Limits,
    socket::Token,
};

/// Bytes that count as progress while a response is sent.
const PROGRESS_BYTES: usize = 4096;
/// Time for a client to close its side after the last answer.
const LINGER_MS: Millis = 1000;
/// Bytes that are thrown away from a client that goes on sending after the last answer.
pub(super) const LINGER_BYTES_MAX: u64 = 1024 * 1024;

/// Where a connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Between requests, or in a head.
    Reading,
    /// The head is complete, the body is arriving, the guest has not started.
    Body,
    /// A guest works on the request.
    Handling {
        /// Its task.
        task: usize,
    },
    /// The answer is written; the rest of the body is thrown away.
    Skipping {
        /// Bytes that may still be thrown away.
        left: u64,
    },
    /// The last answer is written; what arrives is thrown away until the client closes its side.
    Closing {
        /// Bytes that may still be thrown away.
        left: u64,
    },
}

/// An open connection.
#[derive(Debug)]
pub(super) struct Connection {
    pub state: State,
    /// `None` while nothing is received and nothing is to be sent.
    pub exchange: Option<Box<Exchange>>,
    pub peer: Peer,
    /// Its name with the driver.
    pub token: Token,
    /// Whether a buffer is with the driver.
    pub sending: bool,
    /// Whether the driver receives.
    pub receiving: bool,
    /// Whether the client closed its side.
    pub ended: bool,
    /// Whether the last answer was sent and our side is shut.
    pub shut: bool,
    /// Whether a request was answered before.
    pub used: bool,
    /// When the current state ends with a time-out.
    pub deadline: Millis,
    /// The same for the buffer with the driver.
    pub send_deadline: Millis,
    /// Bytes of it that were sent since the deadline was last moved.
    pub send_progress: usize,
    /// When the body's time is over, whatever progress there is.
    pub body_deadline: Millis,
    /// When it is over unless more of it arrives.
    pub stall_deadline: Millis,
    /// Bytes of answers before the current one in the output.
    pub answer_at: usize,
    /// Bytes of the current answer that the driver was given.
    pub answer_sent: usize,
    /// When the current request was dispatched.
    pub started: Duration,
    /// Whether the guest's time slice ended: it goes on when its turn comes.
    pub queued: bool,
    /// Whether the connection stands in the worker's queue.
    pub in_queue: bool,
    /// Whether the driver noted something new.
    pub noted: bool,
    /// Whether the connection broke.
    pub broken: bool,
    /// Whether bytes of a head have arrived.
    pub in_head: bool,
    /// Whether the log says that its answers pile up.
    pub piled_up: bool,
}

impl Connection {
    pub(super) fn new(token: Token, peer: Peer, now: Millis, limits: &Limits) -> Self {
        Self {
            token,
            state: State::Reading,
            exchange: None,
            peer,
            sending: false,
            receiving: true,
            ended: false,
            shut: false,
            used: false,
            // A client that connects and says nothing is treated like one that is slow with its head.
            deadline: now + limits.head_read_ms,
            send_deadline: Millis::MAX,
            send_progress: 0,
            body_deadline: Millis::MAX,
            stall_deadline: Millis::MAX,
            answer_at: 0,
            answer_sent: 0,
            started: Duration::ZERO,
            queued: false,
            in_queue: false,
            noted: false,
            broken: false,
            in_head: false,
            piled_up: false,
        }
    }

    /// The last answer is in the output: from now on input is thrown away.
    pub(super) fn close_after_output(&mut self, now: Millis, limits: &Limits) {
        self.state = State::Closing { left: LINGER_BYTES_MAX };
        self.deadline = now + LINGER_MS + limits.write_stall_ms;
        self.body_ends();
        self.queued = false;
    }

    /// The body's time starts.
    pub(super) fn body_starts(&mut self, now: Millis, limits: &Limits) {
        self.body_deadline = now + limits.body_read_ms;
        self.stall_deadline = now + limits.body_stall_ms;
    }

    /// Nothing more is expected of the body.
    pub(super) fn body_ends(&mut self) {
        self.body_deadline = Millis::MAX;
        self.stall_deadline = Millis::MAX;
    }

    /// The output is sent and our side is shut.
    pub(super) fn linger(&mut self, now: Millis) {
        self.shut = true;
        self.deadline = now + LINGER_MS;
    }

    pub(super) fn send_starts(&mut self, now: Millis, limits: &Limits) {
        self.sending = true;
        self.send_progress = 0;
        self.send_deadline = now + limits.write_stall_ms;
    }

    /// The client took the buffer: the time in which it may be idle starts.
    pub(super) fn send_ends(&mut self, now: Millis, limits: &Limits) {
        self.sending = false;
        match self.state {
            State::Reading if self.used && !self.in_head => self.deadline = now + limits.idle_ms,
            State::Skipping { .. } => self.deadline = now + limits.body_stall_ms,
            _ => {}
        }
    }

    /// Moves the deadline of the buffer being sent, if the client took enough of it to count.
    pub(super) fn send_progresses(&mut self, bytes: usize, now: Millis, limits: &Limits) {
        self.send_progress += bytes;
        if self.send_progress >= PROGRESS_BYTES {
            self.send_progress = 0;
            self.send_deadline = now + limits.write_stall_ms;
        }
    }
}
