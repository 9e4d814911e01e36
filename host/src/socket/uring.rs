//! The completion driver, on Linux's `io_uring`: one multishot accept, one multishot receive for each connection into a
//! ring of buffers that the kernel picks from, one send in flight for each connection. All submissions of a turn enter the
//! kernel with one system call, which also waits.
//!
//! An operation in flight owns what the kernel may touch: a connection's entry, its descriptor and the buffer being sent
//! stay until the last completion for them has arrived. Only then is the entry's name free again.
#![expect(unsafe_code, reason = "the kernel reads and writes memory that the ring is told of")]

use std::{
    alloc::{Layout, alloc_zeroed, dealloc, handle_alloc_error},
    io,
    net::{SocketAddr, TcpStream},
    os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd},
    ptr::NonNull,
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
    time::Duration,
};

use io_uring::{
    IoUring, cqueue, opcode, squeue,
    types::{BufRingEntry, Fd, SubmitArgs, Timespec},
};

use super::{Driver, ReceiveEnd, Sending, Sink, Token, Wake, Waker};

/// Submissions that fit before the kernel must be entered.
const SUBMISSIONS: u32 = 2048;
/// Completions that fit.
const COMPLETIONS: u32 = 8192;
/// Receive buffers: a power of two.
const BUFFERS: u16 = 1024;
/// Bytes of a receive buffer.
const BUFFER_BYTES: usize = 2048;
/// The group of the receive buffers.
const BUFFER_GROUP: u16 = 0;

/// What a completion is for: the low bits of its user data; the token stands above them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
enum Operation {
    Accept = 0,
    Receive = 1,
    Send = 2,
    Wake = 3,
    Cancel = 4,
}

const OPERATION_BITS: u32 = 3;

fn user_data(operation: Operation, token: Token) -> u64 {
    operation as u64 | (token as u64) << OPERATION_BITS
}

/// See the module.
pub struct Uring {
    ring: IoUring,
    buffers: Buffers,
    listener: Option<std::net::TcpListener>,
    event: Arc<Event>,
    sockets: Vec<Option<Socket>>,
    free: Vec<Token>,
    accept_wanted: bool,
    accept_armed: bool,
    wake_armed: bool,
    completions: Vec<cqueue::Entry>,
}

struct Socket {
    stream: TcpStream,
    receive_wanted: bool,
    receive_armed: bool,
    ended: bool,
    closing: bool,
    sending: Option<(Vec<u8>, usize)>,
}

struct Event(OwnedFd);

impl Wake for Event {
    fn wake(&self) {
        let one = 1u64;
        // SAFETY: the descriptor is open while `self` lives, and eight readable bytes are given.
        unsafe { libc::write(self.0.as_raw_fd(), (&raw const one).cast(), size_of::<u64>()) };
    }
}

impl Driver for Uring {
    fn new(listener: std::net::TcpListener) -> io::Result<Self> {
        let ring = IoUring::builder()
            .setup_single_issuer()
            .setup_defer_taskrun()
            .setup_cqsize(COMPLETIONS)
            .build(SUBMISSIONS)?;
        let buffers = Buffers::register(&ring)?;
        // SAFETY: the call takes plain numbers and returns a new descriptor or an error.
        let event = unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) };
        if event < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: `event` was just opened and belongs to nobody else.
        let event = Arc::new(Event(unsafe { OwnedFd::from_raw_fd(event) }));
        let mut driver = Self {
            ring,
            buffers,
            listener: Some(listener),
            event,
            sockets: Vec::new(),
            free: Vec::new(),
            accept_wanted: true,
            accept_armed: false,
            wake_armed: false,
            completions: Vec::with_capacity(COMPLETIONS as usize),
        };
        driver.arm_wake();
        driver.arm_accept();
        driver.ring.submit()?;
        Ok(driver)
    }

    fn waker(&self) -> Waker {
        Waker(self.event.clone())
    }

    fn wait(&mut self, timeout: Option<Duration>, sink: &mut impl Sink) -> io::Result<()> {
        if self.accept_wanted && !self.accept_armed {
            self.arm_accept();
        }
        if !self.wake_armed {
            self.arm_wake();
        }
        if let Err(error) = self.enter(timeout) {
            match error.raw_os_error() {
                // The time is up, a signal came, or completions must be taken first.
                Some(libc::ETIME | libc::EINTR | libc::EBUSY | libc::EAGAIN) => {}
                _ => return Err(error),
            }
        }
        let mut completions = std::mem::take(&mut self.completions);
        completions.extend(self.ring.completion());
        for completion in completions.drain(..) {
            self.complete(&completion, sink);
        }
        self.completions = completions;
        self.buffers.publish();
        Ok(())
    }

    fn send(&mut self, token: Token, buffer: Vec<u8>) -> Sending {
        let Some(Some(socket)) = self.sockets.get_mut(token) else {
            return Sending::Failed(buffer);
        };
        debug_assert!(socket.sending.is_none(), "one send at a time");
        let entry = send_entry(token, &socket.stream, &buffer);
        socket.sending = Some((buffer, 0));
        self.push(&entry);
        Sending::Pending
    }

    fn receive(&mut self, token: Token, wanted: bool) {
        let Some(Some(socket)) = self.sockets.get_mut(token) else { return };
        socket.receive_wanted = wanted;
        match (wanted, socket.receive_armed) {
            (true, false) if !socket.ended => self.arm_receive(token),
            (false, true) => {
                let cancel = opcode::AsyncCancel::new(user_data(Operation::Receive, token)).build();
                self.push(&cancel.user_data(user_data(Operation::Cancel, token)));
            }
            _ => {}
        }
    }

    fn shut_write(&mut self, token: Token) {
        if let Some(Some(socket)) = self.sockets.get(token) {
            // A connection that is broken already has nothing to shut.
            let _ = socket.stream.shutdown(std::net::Shutdown::Write);
        }
    }

    fn close(&mut self, token: Token) {
        let Some(Some(socket)) = self.sockets.get_mut(token) else { return };
        socket.closing = true;
        if socket.receive_armed || socket.sending.is_some() {
            // Ends the operations in flight; their completions free the entry.
            let _ = socket.stream.shutdown(std::net::Shutdown::Both);
        }
        self.release(token);
    }

    fn accept(&mut self, wanted: bool) {
        self.accept_wanted = wanted;
        if !wanted && self.accept_armed {
            let cancel = opcode::AsyncCancel::new(user_data(Operation::Accept, 0)).build();
            self.push(&cancel.user_data(user_data(Operation::Cancel, 0)));
        }
    }

    fn stop_listening(&mut self) {
        // The kernel holds the listener until the accept in flight is cancelled.
        self.accept(false);
        self.listener = None;
    }
}

fn send_entry(token: Token, stream: &TcpStream, rest: &[u8]) -> squeue::Entry {
    let length = u32::try_from(rest.len()).unwrap_or(u32::MAX);
    opcode::Send::new(Fd(stream.as_raw_fd()), rest.as_ptr(), length)
        .flags(libc::MSG_NOSIGNAL)
        .build()
        .user_data(user_data(Operation::Send, token))
}

impl Uring {
    /// Submits what is queued, and waits for a completion or the end of `timeout`.
    fn enter(&mut self, timeout: Option<Duration>) -> io::Result<usize> {
        let Some(timeout) = timeout else { return self.ring.submit_and_wait(1) };
        let timespec = Timespec::new().sec(timeout.as_secs()).nsec(timeout.subsec_nanos());
        let args = SubmitArgs::new().timespec(&timespec);
        self.ring.submitter().submit_with_args(1, &args)
    }

    fn push(&mut self, entry: &squeue::Entry) {
        loop {
            // SAFETY: every entry points to memory that its operation owns (see the module's comment): a buffer in
            // `sockets` that is not touched until the completion, or nothing.
            if unsafe { self.ring.submission().push(entry) }.is_ok() {
                return;
            }
            // The queue is full: the kernel takes what is in it.
            if let Err(error) = self.ring.submit()
                && !matches!(error.raw_os_error(), Some(libc::EINTR | libc::EBUSY | libc::EAGAIN))
            {
                return;
            }
        }
    }

    fn arm_accept(&mut self) {
        let Some(listener) = &self.listener else { return };
        self.accept_armed = true;
        let entry =
            opcode::AcceptMulti::new(Fd(listener.as_raw_fd())).flags(libc::SOCK_CLOEXEC).build();
        self.push(&entry.user_data(user_data(Operation::Accept, 0)));
    }

    fn arm_wake(&mut self) {
        self.wake_armed = true;
        let entry = opcode::PollAdd::new(Fd(self.event.0.as_raw_fd()), libc::POLLIN as u32)
            .multi(true)
            .build();
        self.push(&entry.user_data(user_data(Operation::Wake, 0)));
    }

    fn arm_receive(&mut self, token: Token) {
        let Some(Some(socket)) = self.sockets.get_mut(token) else { return };
        socket.receive_armed = true;
        let entry = opcode::RecvMulti::new(Fd(socket.stream.as_raw_fd()), BUFFER_GROUP).build();
        self.push(&entry.user_data(user_data(Operation::Receive, token)));
    }

    fn complete(&mut self, completion: &cqueue::Entry, sink: &mut impl Sink) {
        let data = completion.user_data();
        let token = (data >> OPERATION_BITS) as Token;
        let more = cqueue::more(completion.flags());
        match data & ((1 << OPERATION_BITS) - 1) {
            d if d == Operation::Accept as u64 => self.accepted(completion.result(), more, sink),
            d if d == Operation::Receive as u64 => self.received(token, completion, more, sink),
            d if d == Operation::Send as u64 => self.sent(token, completion.result(), sink),
            d if d == Operation::Wake as u64 => {
                self.wake_armed = more;
                let mut count = 0u64;
                // SAFETY: the descriptor is open and eight writable bytes are given.
                unsafe {
                    libc::read(self.event.0.as_raw_fd(), (&raw mut count).cast(), size_of::<u64>())
                };
                sink.woken();
            }
            _ => {}
        }
    }

    fn accepted(&mut self, result: i32, more: bool, sink: &mut impl Sink) {
        self.accept_armed = more;
        if result < 0 {
            let error = io::Error::from_raw_os_error(-result);
            if !matches!(-result, libc::ECONNABORTED | libc::EINTR | libc::EAGAIN | libc::ECANCELED)
            {
                self.accept_wanted = false;
                sink.accept_paused(&error);
            }
            return;
        }
        // SAFETY: the kernel just opened this descriptor for us.
        let stream = unsafe { TcpStream::from_raw_fd(result as RawFd) };
        if !sink.has_room() {
            return;
        }
        // A client that is gone again has no address.
        let Ok(peer) = stream.peer_addr() else { return };
        let token = self.open(stream);
        sink.accepted(token, peer);
    }

    fn open(&mut self, stream: TcpStream) -> Token {
        let token = self.free.pop().unwrap_or_else(|| {
            self.sockets.push(None);
            self.sockets.len() - 1
        });
        self.sockets[token] = Some(Socket {
            stream,
            receive_wanted: true,
            receive_armed: false,
            ended: false,
            closing: false,
            sending: None,
        });
        self.arm_receive(token);
        token
    }

    fn received(
        &mut self,
        token: Token,
        completion: &cqueue::Entry,
        more: bool,
        sink: &mut impl Sink,
    ) {
        let buffer = cqueue::buffer_select(completion.flags());
        let Some(Some(socket)) = self.sockets.get_mut(token) else {
            buffer.into_iter().for_each(|buffer| self.buffers.give_back(buffer));
            return;
        };
        socket.receive_armed = more;
        let result = completion.result();
        let live = !socket.closing && !socket.ended;
        if let (Some(buffer), 1..) = (buffer, result) {
            if live {
                sink.received(token, self.buffers.bytes(buffer, result as usize));
            }
        } else if live
            && !matches!(-result, libc::ENOBUFS | libc::ECANCELED | libc::EINTR | libc::EAGAIN)
        {
            socket.ended = true;
            sink.ended(token, if result == 0 { ReceiveEnd::Closed } else { ReceiveEnd::Broken });
        }
        buffer.into_iter().for_each(|buffer| self.buffers.give_back(buffer));
        let Some(Some(socket)) = self.sockets.get(token) else { return };
        if socket.closing {
            self.release(token);
        } else if !more && socket.receive_wanted && !socket.ended {
            self.arm_receive(token);
        }
    }

    fn sent(&mut self, token: Token, result: i32, sink: &mut impl Sink) {
        let Some(Some(socket)) = self.sockets.get_mut(token) else { return };
        let Some((buffer, from)) = socket.sending.take() else { return };
        if socket.closing {
            self.release(token);
            return;
        }
        let count = usize::try_from(result).unwrap_or(0);
        let to = from + count;
        let again = matches!(-result, libc::EINTR | libc::EAGAIN);
        if to >= buffer.len() {
            sink.sent(token, buffer, true);
        } else if count > 0 || again {
            let entry = send_entry(token, &socket.stream, &buffer[to..]);
            socket.sending = Some((buffer, to));
            self.push(&entry);
            sink.progressed(token, count);
        } else {
            sink.sent(token, buffer, false);
        }
    }

    /// Frees the entry of a connection that was closed, if no operation is in flight for it.
    fn release(&mut self, token: Token) {
        if let Some(slot @ Some(_)) = self.sockets.get_mut(token)
            && slot.as_ref().is_some_and(|socket| {
                socket.closing && !socket.receive_armed && socket.sending.is_none()
            })
        {
            *slot = None;
            self.free.push(token);
        }
    }
}

impl Drop for Uring {
    /// Nothing may be in flight when the buffers go: every connection is ended and its completions are awaited.
    fn drop(&mut self) {
        struct Deaf;
        impl Sink for Deaf {
            fn accepted(&mut self, _: Token, _: SocketAddr) {}
            fn has_room(&mut self) -> bool {
                false
            }
            fn accept_paused(&mut self, _: &io::Error) {}
            fn received(&mut self, _: Token, _: &[u8]) {}
            fn ended(&mut self, _: Token, _: ReceiveEnd) {}
            fn progressed(&mut self, _: Token, _: usize) {}
            fn sent(&mut self, _: Token, _: Vec<u8>, _: bool) {}
            fn woken(&mut self) {}
        }
        self.accept(false);
        for token in 0..self.sockets.len() {
            self.close(token);
        }
        for _ in 0..100 {
            if self.sockets.iter().all(Option::is_none) {
                return;
            }
            if self.wait(Some(Duration::from_millis(10)), &mut Deaf).is_err() {
                break;
            }
        }
        // The kernel may still write to a buffer that is being sent: better to keep it for ever than to free it.
        for socket in self.sockets.drain(..).flatten() {
            std::mem::forget(socket);
        }
        self.buffers.leak();
    }
}

/// The receive buffers and the ring in which they are offered to the kernel.
///
/// ```text
///  ring:    [ entry 0 │ entry 1 │ … ]   address, length, id of a free buffer; the tail stands in entry 0
///  memory:  [ buffer 0 │ buffer 1 │ … ]
/// ```
struct Buffers {
    ring: NonNull<BufRingEntry>,
    memory: NonNull<u8>,
    tail: u16,
    leaked: bool,
}

impl Buffers {
    const fn ring_layout() -> Layout {
        let bytes = BUFFERS as usize * size_of::<BufRingEntry>();
        match Layout::from_size_align(bytes, 4096) {
            Ok(layout) => layout,
            Err(_) => panic!("the ring's size is a constant that is in range"),
        }
    }

    const fn memory_layout() -> Layout {
        match Layout::from_size_align(BUFFERS as usize * BUFFER_BYTES, 4096) {
            Ok(layout) => layout,
            Err(_) => panic!("the buffers' size is a constant that is in range"),
        }
    }

    fn register(ring: &IoUring) -> io::Result<Self> {
        let allocate = |layout: Layout| {
            // SAFETY: both layouts have a size above zero.
            NonNull::new(unsafe { alloc_zeroed(layout) })
                .unwrap_or_else(|| handle_alloc_error(layout))
        };
        let mut buffers = Self {
            ring: allocate(Self::ring_layout()).cast(),
            memory: allocate(Self::memory_layout()),
            tail: 0,
            leaked: false,
        };
        let address = buffers.ring.as_ptr().expose_provenance() as u64;
        // SAFETY: the ring is page-aligned, zeroed, of the announced size, and outlives the registration: `Uring` drops
        // its `IoUring`, which ends it, before its buffers.
        unsafe {
            ring.submitter().register_buf_ring_with_flags(address, BUFFERS, BUFFER_GROUP, 0)?
        };
        for id in 0..BUFFERS {
            buffers.give_back(id);
        }
        buffers.publish();
        Ok(buffers)
    }

    /// The first `length` bytes of a buffer that the kernel handed out.
    fn bytes(&self, id: u16, length: usize) -> &[u8] {
        let at = usize::from(id % BUFFERS) * BUFFER_BYTES;
        // SAFETY: the range lies inside the allocation, is initialised (zeroed at first), and the kernel does not write to
        // it before it is given back, for which `self` must be borrowed mutably.
        unsafe {
            std::slice::from_raw_parts(self.memory.as_ptr().add(at), length.min(BUFFER_BYTES))
        }
    }

    /// Puts a buffer at the ring's tail; the kernel sees it after [`Self::publish`].
    fn give_back(&mut self, id: u16) {
        let at = usize::from(id % BUFFERS) * BUFFER_BYTES;
        // SAFETY: the index is below the ring's length, and the kernel reads only entries before the published tail.
        let entry = unsafe { &mut *self.ring.as_ptr().add(usize::from(self.tail % BUFFERS)) };
        entry.set_addr(self.memory.as_ptr().expose_provenance() as u64 + at as u64);
        entry.set_len(BUFFER_BYTES as u32);
        entry.set_bid(id % BUFFERS);
        self.tail = self.tail.wrapping_add(1);
        self.publish();
    }

    fn publish(&self) {
        // SAFETY: the tail stands inside the first entry, is aligned, and is shared with the kernel as an atomic.
        let tail = unsafe { &*BufRingEntry::tail(self.ring.as_ptr()).cast::<AtomicU16>() };
        tail.store(self.tail, Ordering::Release);
    }

    fn leak(&mut self) {
        self.leaked = true;
    }
}

impl Drop for Buffers {
    fn drop(&mut self) {
        if !self.leaked {
            // SAFETY: both were allocated with these layouts, and the ring that knew them is gone (see `register`).
            unsafe {
                dealloc(self.ring.as_ptr().cast(), Self::ring_layout());
                dealloc(self.memory.as_ptr(), Self::memory_layout());
            }
        }
    }
}
