//! A handler that spins is interrupted, shares its worker meanwhile, and dies at its limit. How exactly is measured by
//! `bench`; here the bounds are wide enough for a busy machine, except for processor time, which does not depend on it.

mod support;

use std::{
    io::Write,
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use support::{DRIVERS, Setup, read_response};

const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// Processor time is the whole process's: one test at a time.
static ALONE: Mutex<()> = Mutex::new(());

/// User and system time of this process.
fn process_cpu() -> Duration {
    let mut usage = std::mem::MaybeUninit::<libc::rusage>::zeroed();
    // SAFETY: `usage` is a valid place for the call's result, and zeroed memory is a valid `rusage`.
    let usage = unsafe {
        assert_eq!(libc::getrusage(libc::RUSAGE_SELF, usage.as_mut_ptr()), 0);
        usage.assume_init()
    };
    let time = |t: libc::timeval| {
        Duration::from_secs(t.tv_sec as u64) + Duration::from_micros(t.tv_usec as u64)
    };
    time(usage.ru_utime) + time(usage.ru_stime)
}

#[test]
fn a_spinning_handler_dies_at_its_limit_and_others_are_served() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    for path in ["/spin", "/fill"] {
        for driver in DRIVERS {
            let running = Setup::new("spin.wat").limit("cpu_ms", 200).start(*driver);
            let mut other = running.connect();
            other.write_all(GET).unwrap();
            assert!(read_response(&mut other).starts_with("HTTP/1.1 200"));

            let before = process_cpu();
            let mut spinner = running.connect();
            write!(spinner, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
            let spins = thread::spawn(move || read_response(&mut spinner));
            let mut served = 0;
            let mut slowest = Duration::ZERO;
            while !spins.is_finished() {
                let start = Instant::now();
                other.write_all(GET).unwrap();
                assert!(read_response(&mut other).starts_with("HTTP/1.1 200"));
                slowest = slowest.max(start.elapsed());
                served += 1;
                thread::sleep(Duration::from_millis(5));
            }
            let answer = spins.join().unwrap();
            let used = process_cpu() - before;
            assert!(answer.starts_with("HTTP/1.1 504 "), "{path}: {answer}");
            assert!(served >= 3, "{path}: {served} requests were served beside the spinning one");
            assert!(slowest < Duration::from_millis(150), "{path}: one of them took {slowest:?}");
            assert!(used >= Duration::from_millis(190), "{path}: killed after {used:?}");
            assert!(
                used < Duration::from_millis(260),
                "{path}: {used:?} were used, clients included"
            );
        }
    }
}

#[test]
fn many_spinning_handlers_share_a_worker() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let running = Setup::new("spin.wat").limit("cpu_ms", 50).start(DRIVERS[0]);
    let spinners: Vec<_> = (0..8)
        .map(|_| {
            let mut stream = running.connect();
            stream.write_all(b"GET /spin HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
            thread::spawn(move || read_response(&mut stream))
        })
        .collect();
    for spinner in spinners {
        assert!(spinner.join().unwrap().starts_with("HTTP/1.1 504 "));
    }
    let mut stream = running.connect();
    stream.write_all(GET).unwrap();
    assert!(read_response(&mut stream).ends_with("ok\n"));
}
