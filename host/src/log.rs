//! What the host says while it serves: one JSON object a line on standard output, or wherever [`set_output`] sends it. In:
//! events of this thread. Out: lines, collected per thread and handed to one writer thread, so that a worker never waits
//! for a slow terminal. When the writer is behind, lines are dropped and counted, never queued without bound. Text that is
//! not ours is escaped: no control character and no broken UTF-8 reaches the log.

use std::{
    cell::RefCell,
    fmt,
    io::Write as _,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use crate::{clock, fault::Fault};

/// Most bytes that wait for the writer.
const WAITING_BYTES_MAX: usize = 4 * 1024 * 1024;

/// How important a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// For the author of a handler.
    Debug,
    /// Normal events.
    Info,
    /// Something to look at.
    Warn,
    /// Something failed.
    Error,
}

impl Level {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }
}

/// A request as the access log tells it.
#[derive(Debug, Clone, Copy)]
pub struct Access<'a> {
    /// Method, as sent.
    pub method: &'a [u8],
    /// Path, as received; the query stays out of the log.
    pub path: &'a [u8],
    /// Client's address.
    pub peer: &'a [u8],
    /// Name of the handler, or empty.
    pub handler: &'a str,
    /// Status code.
    pub status: u16,
    /// Bytes of the answer.
    pub bytes: usize,
    /// Microseconds from dispatch to the end of the answer.
    pub us: u64,
    /// What went wrong.
    pub fault: Option<Fault>,
}

/// Why a handler failed, and where in its source.
#[derive(Debug, Clone, Copy)]
pub struct Failure<'a> {
    /// Whether a limit of its time ended it: then it may be that nothing is wrong with it.
    pub stopped: bool,
    /// Name of the handler.
    pub handler: &'a str,
    /// What kind of failure.
    pub code: &'a str,
    /// The sentence.
    pub reason: &'a str,
    /// The function that failed, or empty.
    pub function: &'a str,
    /// File, line and column of the source.
    pub place: Option<(&'a str, u32, u32)>,
    /// The functions that led there, innermost first, or empty.
    pub stack: &'a str,
}

struct Shared {
    waiting: Mutex<Vec<u8>>,
    arrived: Condvar,
    dropped: AtomicU64,
    writing: AtomicBool,
}

/// Takes whole lines, one or more at a time.
type Output = Box<dyn Fn(&[u8]) + Send + Sync>;

static QUIET: AtomicBool = AtomicBool::new(false);
static SHARED: OnceLock<Arc<Shared>> = OnceLock::new();
static OUTPUT: OnceLock<Output> = OnceLock::new();

thread_local! {
    static LINES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Sends lines to `output` and no longer to standard output, for programs that embed a server. It is called on the writer's
/// thread. `false`: another output was set before, and stays.
pub fn set_output(output: impl Fn(&[u8]) + Send + Sync + 'static) -> bool {
    OUTPUT.set(Box::new(output)).is_ok()
}

/// Leaves requests out of the log.
pub fn set_quiet(quiet: bool) {
    QUIET.store(quiet, Ordering::Relaxed);
}

/// Whether requests are logged.
pub fn logs_requests() -> bool {
    !QUIET.load(Ordering::Relaxed)
}

/// Logs a request.
pub fn access(access: &Access<'_>) {
    line(Level::Info, "request", |out| {
        text(out, "method", access.method);
        text(out, "path", access.path);
        number(out, "status", u64::from(access.status));
        number(out, "bytes", access.bytes as u64);
        number(out, "us", access.us);
        if !access.handler.is_empty() {
            text(out, "handler", access.handler.as_bytes());
        }
        text(out, "peer", access.peer);
        if let Some(fault) = access.fault {
            text(out, "code", fault.code().as_bytes());
        }
    });
}

/// Logs why a handler failed.
pub fn fault(handler: &str, fault: Fault, why: fmt::Arguments<'_>) {
    let why = why.to_string();
    let level = if fault.is_limit() { Level::Warn } else { Level::Error };
    line(level, fault.code(), |out| {
        if !handler.is_empty() {
            text(out, "handler", handler.as_bytes());
        }
        text(out, "message", why.as_bytes());
    });
}

/// Logs a failure of a handler.
pub fn failure(failure: &Failure<'_>) {
    let (level, event) = match failure.stopped {
        true => (Level::Warn, "guest.stopped"),
        false => (Level::Error, Fault::Trap.code()),
    };
    line(level, event, |out| {
        text(out, "handler", failure.handler.as_bytes());
        text(out, "code", failure.code.as_bytes());
        text(out, "message", failure.reason.as_bytes());
        if !failure.function.is_empty() {
            text(out, "function", failure.function.as_bytes());
        }
        if let Some((file, line, column)) = failure.place {
            text(out, "file", file.as_bytes());
            number(out, "line", u64::from(line));
            number(out, "column", u64::from(column));
        }
        if !failure.stack.is_empty() {
            text(out, "stack", failure.stack.as_bytes());
        }
    });
}

/// Logs that a limit was reached.
pub fn limit(code: &str, message: &str) {
    line(Level::Warn, code, |out| text(out, "message", message.as_bytes()));
}

/// Logs that lines of a handler's request were dropped.
pub fn dropped_of(handler: &str, lines: u64) {
    line(Level::Warn, "limit.log", |out| {
        text(out, "handler", handler.as_bytes());
        number(out, "lines", lines);
        text(out, "message", b"log lines of a request over `log_bytes` were dropped");
    });
}

/// Logs that lines of a handler's request were cut.
pub fn cut_of(handler: &str, lines: u64) {
    line(Level::Warn, "limit.log_line", |out| {
        text(out, "handler", handler.as_bytes());
        number(out, "lines", lines);
        text(out, "message", b"log lines of a request over `log_line_bytes` were cut");
    });
}

/// Logs a guest's line, with fields if there are any: an object of JSON that was checked.
pub fn guest(level: Level, handler: &str, message: &[u8], fields: &str) {
    line(level, "guest.log", |out| {
        if !handler.is_empty() {
            text(out, "handler", handler.as_bytes());
        }
        text(out, "message", message);
        if !fields.is_empty() {
            out.extend_from_slice(b",\"fields\":");
            for character in fields.chars() {
                match character {
                    // Between the parts of a JSON text: inside of them no control character can be.
                    '\n' | '\r' | '\t' => out.push(b' '),
                    '"' | '\\' => out.push(character as u8),
                    _ => escape(out, character),
                }
            }
        }
    });
}

/// Logs an event of the host.
pub fn event(level: Level, event: &str, message: &str) {
    line(level, event, |out| text(out, "message", message.as_bytes()));
}

fn line(level: Level, event: &str, fields: impl FnOnce(&mut Vec<u8>)) {
    LINES.with_borrow_mut(|out| {
        if out.len() > WAITING_BYTES_MAX {
            drop_line();
            return;
        }
        let since_epoch = clock::since_epoch();
        out.extend_from_slice(b"{\"time\":");
        digits(out, since_epoch.as_secs());
        out.push(b'.');
        let millis = since_epoch.subsec_millis();
        for digit in [millis / 100, millis / 10 % 10, millis % 10] {
            out.push(b'0' + digit as u8);
        }
        text(out, "level", level.as_str().as_bytes());
        text(out, "event", event.as_bytes());
        fields(out);
        out.extend_from_slice(b"}\n");
    });
}

fn drop_line() {
    if let Some(shared) = SHARED.get() {
        shared.dropped.fetch_add(1, Ordering::Relaxed);
    }
}

fn digits(out: &mut Vec<u8>, value: u64) {
    out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
}

fn number(out: &mut Vec<u8>, name: &str, value: u64) {
    out.extend_from_slice(b",\"");
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":");
    digits(out, value);
}

fn text(out: &mut Vec<u8>, name: &str, value: &[u8]) {
    out.extend_from_slice(b",\"");
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":\"");
    for chunk in value.utf8_chunks() {
        for character in chunk.valid().chars() {
            escape(out, character);
        }
        if !chunk.invalid().is_empty() {
            escape(out, char::REPLACEMENT_CHARACTER);
        }
    }
    out.push(b'"');
}

fn escape(out: &mut Vec<u8>, character: char) {
    match character {
        '"' => out.extend_from_slice(b"\\\""),
        '\\' => out.extend_from_slice(b"\\\\"),
        '\n' => out.extend_from_slice(b"\\n"),
        '\t' => out.extend_from_slice(b"\\t"),
        // C0, DEL, C1 and the bidirectional controls: nothing that moves a terminal's cursor or reorders text.
        '\0'..='\x1f'
        | '\x7f'..='\u{9f}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => {
            let _ = write!(out, "\\u{:04x}", character as u32);
        }
        _ => out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
    }
}

/// Hands this thread's lines to the writer, unless that would wait for it. `false`: lines are left.
pub fn flush() -> bool {
    LINES.with_borrow_mut(|lines| {
        if lines.is_empty() {
            return true;
        }
        let shared = SHARED.get_or_init(start);
        let Ok(waiting) = shared.waiting.try_lock() else { return false };
        hand_over(shared, waiting, lines);
        true
    })
}

/// The same, waiting for the writer if need be: for a thread that ends.
pub fn flush_last() {
    LINES.with_borrow_mut(|lines| {
        if !lines.is_empty() {
            let shared = SHARED.get_or_init(start);
            let waiting = shared.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            hand_over(shared, waiting, lines);
        }
    });
}

fn hand_over(shared: &Shared, mut waiting: MutexGuard<'_, Vec<u8>>, lines: &mut Vec<u8>) {
    if waiting.len() + lines.len() > WAITING_BYTES_MAX {
        let count = lines.iter().filter(|byte| **byte == b'\n').count();
        shared.dropped.fetch_add(count as u64, Ordering::Relaxed);
    } else if waiting.is_empty() {
        std::mem::swap(&mut *waiting, lines);
    } else {
        waiting.extend_from_slice(lines);
    }
    lines.clear();
    shared.arrived.notify_one();
}

/// Waits until everything that was handed over is written, at most for `limit`.
pub fn drain(limit: Duration) {
    flush_last();
    let Some(shared) = SHARED.get() else { return };
    let end = clock::now() + limit;
    while clock::now() < end {
        let empty = shared.waiting.lock().unwrap_or_else(PoisonError::into_inner).is_empty();
        if empty && !shared.writing.load(Ordering::Acquire) {
            return;
        }
        thread::sleep(Duration::from_millis(1));
    }
}

fn start() -> Arc<Shared> {
    let shared = Arc::new(Shared {
        waiting: Mutex::new(Vec::new()),
        arrived: Condvar::new(),
        dropped: AtomicU64::new(0),
        writing: AtomicBool::new(false),
    });
    let of_thread = Arc::clone(&shared);
    // Without the thread lines are dropped when the bound is reached: serving goes on.
    let _ = thread::Builder::new().name("purview-log".into()).spawn(move || write(&of_thread));
    shared
}

fn write(shared: &Shared) {
    let mut lines = Vec::new();
    loop {
        {
            let mut waiting = shared.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            while waiting.is_empty() {
                shared.writing.store(false, Ordering::Release);
                waiting = shared.arrived.wait(waiting).unwrap_or_else(PoisonError::into_inner);
            }
            shared.writing.store(true, Ordering::Release);
            std::mem::swap(&mut *waiting, &mut lines);
        }
        let dropped = shared.dropped.swap(0, Ordering::Relaxed);
        if dropped > 0 {
            let _ = writeln!(
                lines,
                "{{\"level\":\"warn\",\"event\":\"log.dropped\",\"lines\":{dropped}}}"
            );
        }
        match OUTPUT.get() {
            Some(output) => output(&lines),
            None => {
                // A closed terminal is no reason to stop serving.
                let mut out = std::io::stdout().lock();
                let _ = out.write_all(&lines).and_then(|()| out.flush());
            }
        }
        lines.clear();
    }
}
