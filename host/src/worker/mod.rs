//! One thread and all it owns: its driver, its connections, its buffers, its tasks. In: a listening socket, the loaded
//! handlers, their routes. Out: answers. The loop is: wait for the kernel, note what happened, then walk each connection
//! that has something new through the stages as far as it goes; then one guest whose time slice had ended goes on.
//! Never here: a lock, a call that blocks, an allocation for a request after warm-up.

mod connection;
pub mod live;
mod table;
mod way;

use std::{
    collections::VecDeque,
    io,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use self::{
    connection::{Connection, State},
    live::{Current, Live},
    table::{Table, TableSink},
};
use crate::{
    bell::Bells,
    clock::{self, Millis},
    exchange::{Answer, Exchange, Handlers},
    fault::Fault,
    instance::{
        handler::Handler,
        task::Tasks,
        ticker::{Activity, Ticker},
    },
    limits::Limits,
    log,
    parse::head::HeadLimits,
    route::Routes,
    socket::{Driver, Sending, Token},
};

/// How often deadlines are looked at.
const SWEEP_MS: Millis = 100;
/// How long accepting pauses when descriptors or memory ran out.
const ACCEPT_PAUSE_MS: Millis = 100;

/// The loaded modules and what they serve: one version of it, unchanged while it lives.
#[derive(Debug)]
pub struct Service {
    /// The loaded modules.
    pub handlers: Vec<Arc<Handler>>,
    /// Which of their exports answers what.
    pub routes: Routes,
    /// The server's limits.
    pub limits: Limits,
}

/// What one worker is given besides.
#[derive(Debug)]
pub struct Seat {
    /// The process's ticker.
    pub ticker: Ticker,
    /// This worker's counter for the ticker.
    pub activity: Arc<Activity>,
    /// Which of the workers this is.
    pub index: usize,
    /// How many there are.
    pub workers: usize,
}

impl Seat {
    /// This worker's part of all `instances`.
    fn tasks(&self, limits: &Limits) -> usize {
        let instances = usize::try_from(limits.instances).unwrap_or(usize::MAX);
        (instances / self.workers + usize::from(self.index < instances % self.workers)).max(1)
    }
}

/// A worker with its driver.
pub struct Worker<D> {
    driver: D,
    table: Table,
    context: Context,
}

/// What the way needs besides the connection.
struct Context {
    live: Arc<Live>,
    /// The version that is served; see [`Live`].
    version: u64,
    service: Arc<Service>,
    handlers: Handlers,
    /// The answer to every request, if there is such a thing.
    notice: Option<Arc<str>>,
    tasks: Tasks,
    seat: Seat,
    bells: Arc<Bells>,
    head_limits: HeadLimits,
    now: Millis,
    draining: bool,
    log_requests: bool,
    /// Exchanges and buffers that are free.
    #[expect(
        clippy::vec_box,
        reason = "connections hold them boxed; they move in and out as they are"
    )]
    exchanges: Vec<Box<Exchange>>,
    buffers: Vec<Vec<u8>>,
}

/// Most free exchanges and buffers that are kept, and the largest buffer that is.
const SPARE_MAX: usize = 1024;
const SPARE_BYTES_MAX: usize = 64 * 1024;

impl<D: Driver> Worker<D> {
    /// A worker; it must run on the thread that made it.
    pub fn new(driver: D, live: Arc<Live>, seat: Seat) -> Self {
        let version = live.version();
        let Current { service, notice } = live.current();
        let limits = &service.limits;
        let tasks = Tasks::new(seat.tasks(limits));
        let table = Table::new(size(limits.connections));
        let context = Context {
            live,
            version,
            handlers: service.handlers.clone().into(),
            notice,
            tasks,
            seat,
            head_limits: head_limits(limits),
            bells: Arc::new(Bells::new(driver.waker())),
            now: clock::now_ms(),
            draining: false,
            log_requests: log::logs_requests(),
            exchanges: Vec::new(),
            buffers: Vec::new(),
            service,
        };
        Self { driver, table, context }
    }

    /// Serves until the service drains and the last connection is closed.
    pub fn run(&mut self) -> io::Result<()> {
        let mut queue: VecDeque<Token> = VecDeque::new();
        let mut changed: Vec<Token> = Vec::new();
        let mut rung: Vec<Token> = Vec::new();
        let mut swept = self.context.now;
        let mut drain_deadline = Millis::MAX;
        let mut lines_left = false;
        loop {
            let timeout = self.timeout(&queue, swept, lines_left);
            self.driver.wait(
                timeout,
                &mut TableSink { table: &mut self.table, context: &mut self.context },
            )?;
            self.context.now = clock::now_ms();
            clock::tick(self.context.now);
            if self.context.live.version() != self.context.version {
                self.take_version();
            }
            self.table.take_changed(&mut changed);
            for token in changed.drain(..) {
                self.advance(token, &mut queue);
            }
            self.context.bells.take(&mut rung);
            for token in rung.drain(..) {
                self.advance(token, &mut queue);
            }
            if let Some(token) = queue.pop_front() {
                self.resume(token, &mut queue);
            }
            if self.context.now >= swept + SWEEP_MS {
                swept = self.context.now;
                self.sweep(&mut queue, drain_deadline);
            }
            if !self.context.draining && self.context.live.draining.load(Ordering::Acquire) {
                drain_deadline = self.start_draining(&mut queue);
            }
            let logged = log::flush();
            if self.context.draining && self.table.is_empty() {
                log::flush_last();
                return Ok(());
            }
            lines_left = !logged;
        }
    }

    /// From now on requests are answered by what was loaded last. Those that have begun keep their handlers.
    fn take_version(&mut self) {
        let context = &mut self.context;
        context.version = context.live.version();
        let Current { service, notice } = context.live.current();
        context.notice = notice;
        if !Arc::ptr_eq(&service, &context.service) {
            context.handlers = service.handlers.clone().into();
            context.head_limits = head_limits(&service.limits);
            context.tasks.renew(context.seat.tasks(&service.limits));
            self.table.most = size(service.limits.connections);
            context.service = service;
        }
    }

    fn timeout(
        &self,
        queue: &VecDeque<Token>,
        swept: Millis,
        lines_left: bool,
    ) -> Option<Duration> {
        if !queue.is_empty() {
            return Some(Duration::ZERO);
        }
        if self.table.is_empty()
            && self.table.accept_resumes == Millis::MAX
            && !self.context.draining
            && !lines_left
        {
            return None;
        }
        Some(Duration::from_millis((swept + SWEEP_MS).saturating_sub(clock::now_ms())))
    }

    /// Walks a connection as far as it goes, then hands its output to the driver.
    fn advance(&mut self, token: Token, queue: &mut VecDeque<Token>) {
        let Some(mut connection) = self.table.take(token) else { return };
        way::walk(&mut connection, &mut self.context);
        self.settle(token, connection, queue);
    }

    /// Gives a guest whose time slice had ended its next one.
    fn resume(&mut self, token: Token, queue: &mut VecDeque<Token>) {
        let Some(mut connection) = self.table.take(token) else { return };
        connection.in_queue = false;
        if std::mem::take(&mut connection.queued) {
            way::poll_task(&mut connection, &mut self.context);
            way::walk(&mut connection, &mut self.context);
        }
        self.settle(token, connection, queue);
    }

    /// Sends, pauses, closes: what the connection's state asks of the driver.
    fn settle(
        &mut self,
        token: Token,
        mut connection: Box<Connection>,
        queue: &mut VecDeque<Token>,
    ) {
        loop {
            match self.flush(token, &mut connection) {
                Flushed::Nothing => break,
                Flushed::Failed if way::runs_on(&connection) => {
                    connection.broken = true;
                    way::walk(&mut connection, &mut self.context);
                }
                Flushed::Failed => return self.close(token, connection, Fault::Gone),
                // Room in the output: a guest may be waiting for it, or a pipelined request.
                Flushed::Sent => way::walk(&mut connection, &mut self.context),
            }
        }
        if way::is_over(&connection) {
            return self.close(token, connection, Fault::Gone);
        }
        if matches!(connection.state, State::Closing { .. })
            && !connection.sending
            && !connection.shut
        {
            self.driver.shut_write(token);
            connection.linger(self.context.now);
        }
        let wanted = !connection.broken && way::wants_input(&connection, &self.context);
        if wanted != connection.receiving {
            connection.receiving = wanted;
            self.driver.receive(token, wanted);
        }
        way::rest(&mut connection, &mut self.context);
        if connection.queued && !connection.in_queue {
            connection.in_queue = true;
            queue.push_back(token);
        }
        self.table.put(token, connection);
    }

    fn flush(&mut self, token: Token, connection: &mut Connection) -> Flushed {
        let Some(exchange) = &mut connection.exchange else { return Flushed::Nothing };
        if connection.sending || exchange.output.is_empty() {
            return Flushed::Nothing;
        }
        let empty = self.context.buffers.pop().unwrap_or_default();
        let buffer = std::mem::replace(&mut exchange.output, empty);
        connection.answer_sent += buffer.len().saturating_sub(connection.answer_at);
        connection.answer_at = 0;
        match self.driver.send(token, buffer) {
            Sending::Pending => {
                connection.send_starts(self.context.now, &self.context.service.limits);
                Flushed::Nothing
            }
            Sending::Sent(buffer) => {
                self.context.keep_buffer(buffer);
                Flushed::Sent
            }
            Sending::Failed(_) => Flushed::Failed,
        }
    }

    /// Ends a connection. A request that a guest is still working on ends with it, for the reason `why`.
    fn close(&mut self, token: Token, mut connection: Box<Connection>, why: Fault) {
        way::abandon(&mut connection, &mut self.context, why);
        if let Some(exchange) = connection.exchange.take() {
            self.context.keep_exchange(exchange);
        }
        self.driver.close(token);
        self.table.remove(token);
    }

    /// Ends what took too long, and resumes accepting.
    fn sweep(&mut self, queue: &mut VecDeque<Token>, drain_deadline: Millis) {
        let now = self.context.now;
        if now >= self.table.accept_resumes && !self.context.draining {
            self.table.accept_resumes = Millis::MAX;
            self.driver.accept(true);
        }
        for token in 0..self.table.len() {
            let late =
                self.table.get(token).is_some_and(|connection| way::is_late(connection, now));
            if !late && now < drain_deadline {
                continue;
            }
            let Some(mut connection) = self.table.take(token) else { continue };
            if now >= drain_deadline {
                let answered = connection.shut;
                self.close(token, connection, if answered { Fault::Gone } else { Fault::Shutdown });
            } else if connection.sending && now >= connection.send_deadline {
                self.close(token, connection, Fault::WriteStall);
            } else if way::time_out(&mut connection, &mut self.context) {
                self.settle(token, connection, queue);
            } else {
                self.close(token, connection, Fault::Gone);
            }
        }
    }

    fn start_draining(&mut self, queue: &mut VecDeque<Token>) -> Millis {
        self.context.draining = true;
        self.driver.stop_listening();
        let limits = Arc::clone(&self.context.service);
        let (now, limits) = (self.context.now, &limits.limits);
        for token in 0..self.table.len() {
            let Some(mut connection) = self.table.take(token) else { continue };
            if connection.state == State::Reading && connection.exchange.is_none() {
                if !connection.sending {
                    self.close(token, connection, Fault::Gone);
                    continue;
                }
                connection.close_after_output(now, limits);
            }
            self.settle(token, connection, queue);
        }
        now + limits.shutdown_ms
    }
}

fn size(bytes: u64) -> usize {
    usize::try_from(bytes).unwrap_or(usize::MAX)
}

fn head_limits(limits: &Limits) -> HeadLimits {
    HeadLimits {
        head_bytes: size(limits.head_bytes),
        head_fields: size(limits.head_fields),
        target_bytes: size(limits.target_bytes),
    }
}

enum Flushed {
    /// Nothing to send, or it is on its way.
    Nothing,
    /// Everything was sent at once.
    Sent,
    /// The connection is broken.
    Failed,
}

impl Context {
    fn keep_exchange(&mut self, mut exchange: Box<Exchange>) {
        if self.exchanges.len() >= SPARE_MAX {
            return;
        }
        for buffer in [&mut exchange.input, &mut exchange.output] {
            buffer.clear();
            if buffer.capacity() > SPARE_BYTES_MAX {
                *buffer = Vec::new();
            }
        }
        exchange.seen = 0;
        exchange.body = 0..0;
        exchange.decoder = None;
        exchange.target = None;
        exchange.job = None;
        exchange.handlers = None;
        exchange.answer = Answer::None;
        exchange.file = None;
        exchange.file_moves = false;
        self.exchanges.push(exchange);
    }

    fn keep_buffer(&mut self, mut buffer: Vec<u8>) {
        if buffer.capacity() <= SPARE_BYTES_MAX && self.buffers.len() < SPARE_MAX {
            buffer.clear();
            self.buffers.push(buffer);
        }
    }
}
