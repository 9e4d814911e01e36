//! Bytes from and to the kernel. In: a listening socket. Out: events ([`Sink`]): a connection was accepted, bytes were
//! received, a buffer was sent. Two drivers do the same thing: [`uring`] submits operations to the kernel and collects
//! completions, [`poll`] asks which sockets are ready. Never here: what the bytes mean; a call that blocks.

#[cfg(unix)]
pub mod descriptors;
mod listener;
#[cfg(target_os = "linux")]
mod uring;
mod poll;
mod wake;

use std::{fmt, io, net::SocketAddr, time::Duration};

#[cfg(target_os = "linux")]
pub use self::uring::Uring;
pub use self::{
    listener::listen,
    poll::Poll,
    wake::{Wake, Waker},
};

/// Names an open connection of one driver. A name is used again only when nothing of the old connection is left.
pub type Token = usize;

/// What happened. The driver calls these from [`Driver::wait`] only.
pub trait Sink {
    /// A connection was accepted and is open under this name.
    fn accepted(&mut self, token: Token, peer: SocketAddr);
    /// Whether another connection may be opened.
    fn has_room(&mut self) -> bool;
    /// Accepting failed and pauses, for lack of descriptors or memory.
    fn accept_paused(&mut self, error: &io::Error);
    /// Bytes arrived.
    fn received(&mut self, token: Token, bytes: &[u8]);
    /// No more bytes will arrive.
    fn ended(&mut self, token: Token, end: ReceiveEnd);
    /// Some bytes of the buffer were sent.
    fn progressed(&mut self, token: Token, bytes: usize);
    /// The buffer was sent, or cannot be.
    fn sent(&mut self, token: Token, buffer: Vec<u8>, delivered: bool);
    /// Another thread called [`Waker::wake`].
    fn woken(&mut self);
}

/// Why no more bytes arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiveEnd {
    /// The client closed its side.
    Closed,
    /// The connection broke.
    Broken,
}

/// What became of a buffer given to [`Driver::send`].
#[derive(Debug)]
pub enum Sending {
    /// It is on its way; [`Sink::sent`] gives it back.
    Pending,
    /// It was sent at once.
    Sent(Vec<u8>),
    /// It cannot be sent.
    Failed(Vec<u8>),
}

/// A way to do socket operations.
pub trait Driver: Sized {
    /// A driver for this listener.
    fn new(listener: std::net::TcpListener) -> io::Result<Self>;
    /// The handle with which other threads interrupt [`Driver::wait`].
    fn waker(&self) -> Waker;
    /// Starts what was asked for since the last call, and reports what happened. Returns at the latest after `timeout`.
    fn wait(&mut self, timeout: Option<Duration>, sink: &mut impl Sink) -> io::Result<()>;
    /// Sends a buffer. One at a time for each connection.
    fn send(&mut self, token: Token, buffer: Vec<u8>) -> Sending;
    /// Pauses or resumes receiving. Bytes that are under way may still arrive.
    fn receive(&mut self, token: Token, wanted: bool);
    /// Tells the client that no more bytes follow.
    fn shut_write(&mut self, token: Token);
    /// Ends the connection; nothing is reported of it any more.
    fn close(&mut self, token: Token);
    /// Pauses or resumes accepting: clients wait in the listener's queue.
    fn accept(&mut self, wanted: bool);
    /// Closes the listener: clients are refused from now on.
    fn stop_listening(&mut self);
}

/// Which driver to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum DriverKind {
    /// `uring` where the kernel offers it, else `poll`.
    #[default]
    Auto,
    /// Linux's `io_uring`.
    Uring,
    /// epoll or kqueue.
    Poll,
}

impl fmt::Display for DriverKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Auto => "auto",
            Self::Uring => "uring",
            Self::Poll => "poll",
        })
    }
}
