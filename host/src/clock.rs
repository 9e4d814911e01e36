//! The only place that reads time. Out: a monotonic clock for deadlines, the processor time of this thread, and the date
//! as HTTP writes it, rendered once a second.

use std::{
    cell::RefCell,
    sync::OnceLock,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

/// Milliseconds on the monotonic clock, from an arbitrary start.
pub type Millis = u64;

/// Now, for deadlines.
pub fn now_ms() -> Millis {
    now().as_millis() as Millis
}

/// Now, for measuring.
pub fn now() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    // Starts at one minute, so that a deadline in the past is not below zero.
    START.get_or_init(Instant::now).elapsed() + Duration::from_secs(60)
}

/// Time since 1970-01-01 UTC; zero if the system's clock is before that.
pub fn since_epoch() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// Processor time that this thread has used.
pub fn thread_cpu() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    #[expect(unsafe_code, reason = "the standard library does not offer this clock")]
    // SAFETY: `time` is a valid timespec for the length of the call, which writes nothing else.
    let code = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    if code != 0 {
        return Duration::ZERO;
    }
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}

struct Date {
    text: String,
    rendered_ms: Millis,
    now_ms: Millis,
}

thread_local! {
    static DATE: RefCell<Date> = const { RefCell::new(Date { text: String::new(), rendered_ms: 0, now_ms: 0 }) };
}

/// Tells this thread's date what time it is; called once per turn of a worker's loop.
pub fn tick(now_ms: Millis) {
    DATE.with_borrow_mut(|date| date.now_ms = now_ms);
}

/// Hands out the date, at most a second old.
pub fn with_http_date(mut use_it: impl FnMut(&[u8])) {
    DATE.with_borrow_mut(|date| {
        if date.text.is_empty() || date.now_ms >= date.rendered_ms + 500 {
            use std::fmt::Write as _;
            date.text.clear();
            write!(date.text, "{}", httpdate::HttpDate::from(SystemTime::now()))
                .expect("writing to a string succeeds");
            date.rendered_ms = date.now_ms;
        }
        use_it(date.text.as_bytes());
    });
}
