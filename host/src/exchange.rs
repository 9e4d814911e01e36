//! One request and its answer, as connection and guest share them. In: received bytes, a parsed head, a decoded body.
//! Out: bytes to send. A worker lays the exchange it is busy with in front of it ([`hold`]); whoever works for that
//! request on the same thread, host calls of the guest included, reaches it with [`with`]. So nothing on the way needs a
//! lock or a shared pointer. Never here: two exchanges at a time on one thread.

use std::{cell::RefCell, ops::Range, rc::Rc, sync::Arc};

use purview_abi::wire::{self, RequestParts, Span, flag};
use purview_native::files::Asset;
use tokio::runtime::Handle;

use crate::{
    bell::Bell,
    fault::Fault,
    instance::handler::Handler,
    parse::{
        body::Decoder,
        head::{Framing, Head},
    },
    response::{self, End, Frame, ResponseLimits},
    route::Target,
};

/// Longest address of a client as text: IPv6 in brackets with port.
pub const PEER_BYTES_MAX: usize = 56;

/// The handlers of one version of what is served.
pub type Handlers = Rc<[Arc<Handler>]>;

/// A request, its answer, and their buffers. Reused.
#[derive(Debug, Default)]
pub struct Exchange {
    /// Received bytes. The current request starts at 0: its head, then what of its body is decoded.
    pub input: Vec<u8>,
    /// Bytes of the input that were looked at for a head that is not complete.
    pub seen: usize,
    /// The current request's head.
    pub head: Head,
    /// Values of its path parameters.
    pub params: Vec<Span>,
    /// Where its decoded body lies in `input`.
    pub body: Range<usize>,
    /// Whether the guest waits for the whole body.
    pub body_whole: bool,
    /// Decodes its body.
    pub decoder: Option<Decoder>,
    /// Where it goes.
    pub target: Option<Target>,
    /// The handlers that the target counts in.
    pub handlers: Option<Handlers>,
    /// Set for the task that shall serve it; taken by the task.
    pub job: Option<Target>,
    /// Bytes to send.
    pub output: Vec<u8>,
    /// How its answer is framed.
    pub frame: Frame,
    /// How far its answer is.
    pub answer: Answer,
    /// The client's address.
    pub peer: Peer,
    /// Bytes of output above which a streaming guest waits.
    pub output_high: usize,
    /// Bytes of an unread body that are skipped to keep the connection.
    pub drain_high: u64,
    /// The limits of the answer.
    pub limits: ResponseLimits,
    /// What failed, for the answer under `--dev`.
    pub report: Option<String>,
    /// Bytes of log lines that the guest may still write.
    pub log_left: u64,
    /// Bytes of one log line of the guest.
    pub log_line_max: u64,
    /// Log lines of the guest that were dropped.
    pub log_dropped: u64,
    /// Log lines of the guest that were cut.
    pub log_cut: u64,
    /// The file that is still to be sent as the body of the answer.
    pub file: Option<FileBody>,
    /// Whether a file is being sent as the body of the answer.
    pub file_moves: bool,
    /// How other threads reach the worker for it.
    pub bell: Option<Bell>,
}

/// Bytes of a file that are the body of an answer.
#[derive(Debug)]
pub struct FileBody {
    /// The open file.
    pub asset: Arc<Asset>,
    /// Where it is read.
    pub background: Handle,
    /// Which bytes.
    pub bytes: Range<u64>,
}

impl FileBody {
    /// Nothing, if there are no bytes to send.
    pub fn unless_empty(self) -> Option<Self> {
        (!self.bytes.is_empty()).then_some(self)
    }
}

/// How far an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Answer {
    /// Nothing is written.
    #[default]
    None,
    /// Head written by the guest, the body follows in pieces.
    Streaming {
        /// Status code.
        status: u16,
        /// How the body ends.
        end: End,
    },
    /// Everything is written.
    Done {
        /// Status code.
        status: u16,
        /// What went wrong, if anything did.
        fault: Option<Fault>,
        /// Whether the answer broke off: the connection must be closed so that the client can tell.
        broken: bool,
    },
}

/// A client's address as text, without allocation.
#[derive(Debug, Clone, Copy)]
pub struct Peer {
    text: [u8; PEER_BYTES_MAX],
    length: usize,
}

impl Default for Peer {
    fn default() -> Self {
        Self { text: [0; PEER_BYTES_MAX], length: 0 }
    }
}

impl Peer {
    /// The text of an address.
    pub fn new(address: std::net::SocketAddr) -> Self {
        use std::io::Write as _;
        let mut peer = Self::default();
        let mut rest = &mut peer.text[..];
        // An address always fits; if it did not, it would be cut.
        let _ = write!(rest, "{}", address.ip());
        peer.length = PEER_BYTES_MAX - rest.len();
        peer
    }

    /// The bytes of the text.
    pub fn as_bytes(&self) -> &[u8] {
        &self.text[..self.length]
    }
}

thread_local! {
    static CURRENT: RefCell<Option<Box<Exchange>>> = const { RefCell::new(None) };
}

/// Makes `exchange` the current one while `work` runs, and gives it back.
pub fn hold<R>(exchange: Box<Exchange>, work: impl FnOnce() -> R) -> (Box<Exchange>, R) {
    CURRENT.with_borrow_mut(|current| *current = Some(exchange));
    let result = work();
    let exchange =
        CURRENT.with_borrow_mut(Option::take).expect("only `hold` takes the exchange away");
    (exchange, result)
}

/// Works on the current exchange.
pub fn with<R>(work: impl FnOnce(&mut Exchange) -> R) -> R {
    CURRENT.with_borrow_mut(|current| {
        work(current.as_mut().expect("guests run only while an exchange is held"))
    })
}

impl Exchange {
    /// The parts of the guest's request record.
    pub fn request_parts(&self, mount: usize) -> RequestParts<'_> {
        let head = &self.head;
        let mut flags = 0;
        if head.query.is_some() {
            flags |= flag::QUERY;
        }
        if head.framing != Framing::None {
            flags |= flag::BODY;
        }
        if head.http_1_0 {
            flags |= flag::HTTP_1_0;
        }
        let mut path = head.path;
        if mount > 0 && mount < path.length as usize {
            path = Span { start: path.start + mount as u32, length: path.length - mount as u32 };
        } else if mount > 0 {
            // The mount's own path is the handler's `/`: the prefix starts with one.
            path = Span { start: path.start, length: 1 };
        }
        let body_length = if self.body_is_complete() {
            u32::try_from(self.body.len()).unwrap_or(wire::BODY_UNKNOWN)
        } else if let Framing::Length(length) = head.framing {
            u32::try_from(length).unwrap_or(wire::BODY_UNKNOWN)
        } else {
            wire::BODY_UNKNOWN
        };
        RequestParts {
            head: &self.input[..head.length],
            flags,
            method: head.method,
            path,
            query: head.query.unwrap_or_default(),
            headers: &head.fields,
            params: &self.params,
            peer: self.peer.as_bytes(),
            body_length,
        }
    }

    /// The handler that the request goes to.
    pub fn handler(&self) -> Option<&Handler> {
        Some(self.handlers.as_ref()?.get(self.target?.handler)?)
    }

    /// Whether the body has arrived and is decoded, as far as it ever will.
    pub fn body_is_complete(&self) -> bool {
        self.decoder.as_ref().is_none_or(Decoder::is_done)
    }

    /// Whether the client still waits for `100 Continue` and has sent nothing of its body.
    pub fn client_waits(&self) -> bool {
        self.head.expects_continue && !self.body_is_complete()
    }

    /// How an answer that starts now is framed. A client that waits for `100 Continue` and gets an answer instead may send
    /// its body or leave it (RFC 9110 section 10.1.1): the connection ends, since nobody could tell which it does.
    pub fn begin_answer(&mut self) -> Frame {
        self.frame.keep_alive &= !self.client_waits();
        self.frame
    }

    /// The same for an answer that is whole, after which nobody reads the body: too much of it ends the connection too.
    pub fn begin_whole_answer(&mut self) -> Frame {
        let missing = self.decoder.as_ref().and_then(Decoder::missing).unwrap_or(0);
        self.frame.keep_alive &= missing <= self.drain_high;
        self.begin_answer()
    }

    /// The decoded body.
    pub fn body(&self) -> &[u8] {
        self.input.get(self.body.clone()).unwrap_or_default()
    }

    /// Ends the answer: writes what is missing for `result`, after the guest returned.
    pub fn finish(&mut self, result: Result<(), Fault>) {
        self.file = None;
        self.file_moves = false;
        self.answer = match (self.answer, result) {
            (Answer::None, Ok(())) => {
                self.fail(Fault::BadResponse("the handler returned no response"));
                return;
            }
            (Answer::None, Err(fault)) => {
                self.fail(fault);
                return;
            }
            (Answer::Streaming { status, end }, Ok(())) => {
                self.end_stream(end);
                Answer::Done { status, fault: None, broken: false }
            }
            // The answer is whole: what fails after it is nothing to the client.
            (Answer::Streaming { status, end: End::Complete }, Err(fault)) => {
                Answer::Done { status, fault: Some(fault), broken: false }
            }
            // A chunked answer that breaks off has no last chunk: the client can tell.
            (Answer::Streaming { status, .. }, Err(fault)) => {
                self.frame.keep_alive = false;
                Answer::Done { status, fault: Some(fault), broken: true }
            }
            (done @ Answer::Done { .. }, _) => done,
        };
    }

    /// Ends a body that was sent in pieces.
    pub fn end_stream(&mut self, end: End) {
        if end == End::Chunks {
            response::finish_chunks(&mut self.output);
        }
        self.frame.keep_alive &= end != End::UntilClose;
    }

    /// Whether the answer is whole, though the guest may still be at work.
    pub fn answer_is_whole(&self) -> bool {
        matches!(self.answer, Answer::Streaming { end: End::Complete, .. })
    }

    /// Answers with a fault.
    pub fn fail(&mut self, fault: Fault) {
        self.fail_with(fault, ("", ""));
    }

    /// Answers with a fault and one field more.
    pub fn fail_with(&mut self, fault: Fault, field: (&str, &str)) {
        let frame = self.begin_whole_answer();
        match self.report.take() {
            Some(report) => {
                response::encode_report(&mut self.output, fault.status(), frame, &report)
            }
            None => response::encode_fault(&mut self.output, fault, frame, field),
        }
        self.frame.keep_alive &= !fault.closes();
        self.answer = Answer::Done { status: fault.status(), fault: Some(fault), broken: false };
    }
}
