//! The readiness driver, on epoll or kqueue by way of `mio`. A socket is read while it has bytes and its turn lasts; a
//! buffer is written at once and the rest when the socket is ready again.

use std::{
    io::{self, Read, Write},
    sync::Arc,
    time::Duration,
};

use mio::{
    Events, Interest,
    net::{TcpListener, TcpStream},
};

use super::{Driver, ReceiveEnd, Sending, Sink, Token, Wake, Waker};

const LISTENER: mio::Token = mio::Token(usize::MAX);
const WAKER: mio::Token = mio::Token(usize::MAX - 1);
/// Bytes read from one socket in one turn.
const TURN_BYTES: usize = 64 * 1024;
/// Connections accepted in one turn.
const TURN_ACCEPTS: usize = 64;

/// See the module.
#[derive(Debug)]
pub struct Poll {
    poll: mio::Poll,
    events: Events,
    listener: Option<TcpListener>,
    waker: Arc<mio::Waker>,
    sockets: Vec<Option<Socket>>,
    free: Vec<Token>,
    /// Sockets that may have bytes and were not read to the end.
    readable: Vec<Token>,
    turn: Vec<Token>,
    scratch: Box<[u8]>,
    accept_wanted: bool,
    acceptable: bool,
}

#[derive(Debug)]
struct Socket {
    stream: TcpStream,
    receive_wanted: bool,
    /// Whether it is listed in `readable`.
    listed: bool,
    /// Whether it may have bytes.
    readable: bool,
    /// Whether the client closed its side, or the connection broke: there is something to read until that is seen.
    hung_up: bool,
    ended: bool,
    sending: Option<(Vec<u8>, usize)>,
}

impl Wake for mio::Waker {
    fn wake(&self) {
        // Only a broken event queue fails here, and then the worker has ended.
        let _ = Self::wake(self);
    }
}

impl Driver for Poll {
    fn new(listener: std::net::TcpListener) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        let poll = mio::Poll::new()?;
        let mut listener = TcpListener::from_std(listener);
        poll.registry().register(&mut listener, LISTENER, Interest::READABLE)?;
        let waker = Arc::new(mio::Waker::new(poll.registry(), WAKER)?);
        Ok(Self {
            poll,
            events: Events::with_capacity(1024),
            listener: Some(listener),
            waker,
            sockets: Vec::new(),
            free: Vec::new(),
            readable: Vec::new(),
            turn: Vec::new(),
            scratch: vec![0; TURN_BYTES].into(),
            accept_wanted: true,
            acceptable: false,
        })
    }

    fn waker(&self) -> Waker {
        Waker(self.waker.clone())
    }

    fn wait(&mut self, timeout: Option<Duration>, sink: &mut impl Sink) -> io::Result<()> {
        let more = !self.readable.is_empty() || (self.acceptable && self.accept_wanted);
        let timeout = if more { Some(Duration::ZERO) } else { timeout };
        match self.poll.poll(&mut self.events, timeout) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(()),
            Err(error) => return Err(error),
        }
        let events = std::mem::replace(&mut self.events, Events::with_capacity(0));
        for event in &events {
            match event.token() {
                LISTENER => self.acceptable = true,
                WAKER => sink.woken(),
                mio::Token(token) => self.ready(token, event, sink),
            }
        }
        self.events = events;
        self.read_turn(sink);
        if self.acceptable && self.accept_wanted {
            self.accept_turn(sink);
        }
        Ok(())
    }

    fn send(&mut self, token: Token, buffer: Vec<u8>) -> Sending {
        let Some(Some(socket)) = self.sockets.get_mut(token) else {
            return Sending::Failed(buffer);
        };
        match write(&mut socket.stream, &buffer, 0) {
            Ok(sent) if sent == buffer.len() => Sending::Sent(buffer),
            Ok(sent) => {
                socket.sending = Some((buffer, sent));
                Sending::Pending
            }
            Err(_) => Sending::Failed(buffer),
        }
    }

    fn receive(&mut self, token: Token, wanted: bool) {
        let Some(Some(socket)) = self.sockets.get_mut(token) else { return };
        socket.receive_wanted = wanted;
        if wanted && socket.readable && !socket.listed {
            socket.listed = true;
            self.readable.push(token);
        }
    }

    fn shut_write(&mut self, token: Token) {
        if let Some(Some(socket)) = self.sockets.get(token) {
            // A connection that is broken already has nothing to shut.
            let _ = socket.stream.shutdown(std::net::Shutdown::Write);
        }
    }

    fn close(&mut self, token: Token) {
        if let Some(mut socket) = self.sockets.get_mut(token).and_then(Option::take) {
            // Closing the descriptor removes it from the queue; this is for platforms where it does not.
            let _ = self.poll.registry().deregister(&mut socket.stream);
            self.readable.retain(|listed| *listed != token);
            self.free.push(token);
        }
    }

    fn accept(&mut self, wanted: bool) {
        self.accept_wanted = wanted;
    }

    fn stop_listening(&mut self) {
        self.accept_wanted = false;
        if let Some(mut listener) = self.listener.take() {
            // Closing the descriptor removes it from the queue; this is for platforms where it does not.
            let _ = self.poll.registry().deregister(&mut listener);
        }
    }
}

impl Poll {
    fn ready(&mut self, token: Token, event: &mio::event::Event, sink: &mut impl Sink) {
        let Some(Some(socket)) = self.sockets.get_mut(token) else { return };
        if event.is_readable() || event.is_read_closed() || event.is_error() {
            socket.readable = true;
            socket.hung_up |= event.is_read_closed() || event.is_error();
            if socket.receive_wanted && !socket.listed {
                socket.listed = true;
                self.readable.push(token);
            }
        }
        if event.is_writable()
            && let Some((buffer, from)) = socket.sending.take()
        {
            match write(&mut socket.stream, &buffer, from) {
                Ok(sent) if sent == buffer.len() => sink.sent(token, buffer, true),
                Ok(sent) => {
                    socket.sending = Some((buffer, sent));
                    sink.progressed(token, sent - from);
                }
                Err(_) => sink.sent(token, buffer, false),
            }
        }
    }

    fn read_turn(&mut self, sink: &mut impl Sink) {
        std::mem::swap(&mut self.turn, &mut self.readable);
        let mut turn = std::mem::take(&mut self.turn);
        for token in turn.drain(..) {
            let Some(Some(socket)) = self.sockets.get_mut(token) else { continue };
            socket.listed = false;
            if !socket.receive_wanted || socket.ended {
                continue;
            }
            match socket.stream.read(&mut self.scratch) {
                Ok(0) => {
                    socket.ended = true;
                    sink.ended(token, ReceiveEnd::Closed);
                }
                Ok(count) => {
                    // A short read means the socket is empty: epoll tells when bytes arrive again. What it told already it
                    // does not repeat: the end must be read.
                    if count == self.scratch.len() || socket.hung_up {
                        socket.listed = true;
                        self.readable.push(token);
                    } else {
                        socket.readable = false;
                    }
                    sink.received(token, &self.scratch[..count]);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => socket.readable = false,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                    socket.listed = true;
                    self.readable.push(token);
                }
                Err(_) => {
                    socket.ended = true;
                    sink.ended(token, ReceiveEnd::Broken);
                }
            }
        }
        self.turn = turn;
    }

    fn accept_turn(&mut self, sink: &mut impl Sink) {
        for _ in 0..TURN_ACCEPTS {
            let Some(listener) = &self.listener else { return };
            match listener.accept() {
                Ok((stream, peer)) => {
                    if sink.has_room()
                        && let Some(token) = self.open(stream)
                    {
                        sink.accepted(token, peer);
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.acceptable = false;
                    return;
                }
                // The client went away before it was accepted.
                Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.accept_wanted = false;
                    sink.accept_paused(&error);
                    return;
                }
            }
        }
    }

    fn open(&mut self, mut stream: TcpStream) -> Option<Token> {
        let token = self.free.pop().unwrap_or_else(|| {
            self.sockets.push(None);
            self.sockets.len() - 1
        });
        let interest = Interest::READABLE | Interest::WRITABLE;
        if self.poll.registry().register(&mut stream, mio::Token(token), interest).is_err() {
            self.free.push(token);
            return None;
        }
        self.sockets[token] = Some(Socket {
            stream,
            receive_wanted: true,
            listed: false,
            readable: false,
            hung_up: false,
            ended: false,
            sending: None,
        });
        Some(token)
    }
}

/// Writes what the socket takes; the position behind the last byte written.
fn write(stream: &mut TcpStream, buffer: &[u8], mut from: usize) -> io::Result<usize> {
    while from < buffer.len() {
        match stream.write(&buffer[from..]) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(count) => from += count,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(from)
}
