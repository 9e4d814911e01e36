//! A worker's connections by token, and what the driver tells of them. In: the driver's events. Out: which connections
//! have something new. Here events are only noted; the worker acts on them afterwards, at its own pace.

use std::{io, net::SocketAddr};

use super::{ACCEPT_PAUSE_MS, Context, connection::Connection};
use crate::{
    clock::{self, Millis},
    exchange::Peer,
    log,
    socket::{ReceiveEnd, Sink, Token},
};

/// A line tells of all connections that were refused since the line before, and comes at most this often.
const REFUSED_LINE_MS: Millis = 1000;

/// Connections, and which of them changed.
#[derive(Debug)]
pub(super) struct Table {
    connections: Vec<Option<Box<Connection>>>,
    open: usize,
    /// Most connections that are open at a time.
    pub most: usize,
    changed: Vec<Token>,
    /// Connections that were refused and are not in the log yet, and when they may be.
    refused: u64,
    refused_line: Millis,
    /// When accepting resumes, if it is paused.
    pub accept_resumes: Millis,
}

/// The table while the driver reports.
pub(super) struct TableSink<'t> {
    pub table: &'t mut Table,
    pub context: &'t mut Context,
}

impl Table {
    pub(super) fn new(most: usize) -> Self {
        Self {
            connections: Vec::new(),
            open: 0,
            most,
            changed: Vec::new(),
            refused: 0,
            refused_line: 0,
            accept_resumes: Millis::MAX,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.open == 0
    }

    pub(super) fn len(&self) -> usize {
        self.connections.len()
    }

    /// Moves the tokens of changed connections to `changed`.
    pub(super) fn take_changed(&mut self, changed: &mut Vec<Token>) {
        std::mem::swap(&mut self.changed, changed);
        for token in &*changed {
            if let Some(Some(connection)) = self.connections.get_mut(*token) {
                connection.noted = false;
            }
        }
    }

    pub(super) fn get(&self, token: Token) -> Option<&Connection> {
        self.connections.get(token)?.as_deref()
    }

    /// Takes a connection out to work on it; [`Self::put`] or [`Self::remove`] follows.
    pub(super) fn take(&mut self, token: Token) -> Option<Box<Connection>> {
        self.connections.get_mut(token)?.take()
    }

    pub(super) fn put(&mut self, token: Token, connection: Box<Connection>) {
        self.connections[token] = Some(connection);
    }

    /// Forgets a connection that was taken out.
    pub(super) fn remove(&mut self, token: Token) {
        self.connections[token] = None;
        self.open -= 1;
    }

    fn refuse(&mut self, now: Millis) {
        self.refused += 1;
        if now >= self.refused_line {
            let count = std::mem::take(&mut self.refused);
            let message =
                format!("connections refused: {count}; this worker has `connections` open");
            log::limit("limit.connections", &message);
            self.refused_line = now + REFUSED_LINE_MS;
        }
    }

    fn note(&mut self, token: Token) -> Option<&mut Connection> {
        let connection = self.connections.get_mut(token)?.as_deref_mut()?;
        if !std::mem::replace(&mut connection.noted, true) {
            self.changed.push(token);
        }
        Some(connection)
    }
}

impl Sink for TableSink<'_> {
    fn accepted(&mut self, token: Token, peer: SocketAddr) {
        let connection =
            Connection::new(token, Peer::new(peer), clock::now_ms(), &self.context.service.limits);
        if self.table.connections.len() <= token {
            self.table.connections.resize_with(token + 1, || None);
        }
        self.table.connections[token] = Some(Box::new(connection));
        self.table.open += 1;
    }

    fn has_room(&mut self) -> bool {
        let room = self.table.open < self.table.most;
        if !room {
            self.table.refuse(clock::now_ms());
        }
        room
    }

    fn accept_paused(&mut self, error: &io::Error) {
        log::event(log::Level::Warn, "socket.accept", &format!("accepting pauses: {error}"));
        self.table.accept_resumes = clock::now_ms() + ACCEPT_PAUSE_MS;
    }

    fn received(&mut self, token: Token, bytes: &[u8]) {
        let Some(connection) = self.table.note(token) else { return };
        let exchange = connection.exchange.get_or_insert_with(|| {
            let mut exchange = self.context.exchanges.pop().unwrap_or_default();
            exchange.peer = connection.peer;
            exchange
        });
        exchange.input.extend_from_slice(bytes);
    }

    fn ended(&mut self, token: Token, end: ReceiveEnd) {
        if let Some(connection) = self.table.note(token) {
            connection.ended = true;
            connection.broken |= end == ReceiveEnd::Broken;
        }
    }

    fn progressed(&mut self, token: Token, bytes: usize) {
        let now = clock::now_ms();
        if let Some(Some(connection)) = self.table.connections.get_mut(token) {
            connection.send_progresses(bytes, now, &self.context.service.limits);
        }
    }

    fn sent(&mut self, token: Token, buffer: Vec<u8>, delivered: bool) {
        if let Some(connection) = self.table.note(token) {
            connection.send_ends(clock::now_ms(), &self.context.service.limits);
            connection.broken |= !delivered;
        }
        self.context.keep_buffer(buffer);
    }

    fn woken(&mut self) {}
}
