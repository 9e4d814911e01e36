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

/// Data that takes long to hold against a schema is judged aside: the worker serves others meanwhile.
#[test]
fn a_costly_schema_holds_nobody_up() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let program = r#"
import { schemaCompile, validateJson } from "purview:validate";
const patterns = range(12).map(() => ({ pattern: "^(a|b|ab)*$" }));
schemaCompile("costly", JSON.stringify({ items: { allOf: patterns } }));
export default function handler(request: Request): Response {
  return request.path === "/fine" ? Response.text("fine") : Response.text(`${validateJson("costly", request.text()).ok}`);
}
"#;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("costly.ts");
    std::fs::write(&file, program).unwrap();
    let mut setup = Setup::new("").limit("cpu_ms", 10_000);
    setup.load.modules = vec![file];
    let body = format!("[\"{}\"]", "ab".repeat(150 * 1024));
    let costly =
        format!("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    for driver in DRIVERS {
        let running = setup.start(*driver);
        let fine = || {
            let begun = Instant::now();
            let answer = running.client().send("GET /fine HTTP/1.1\r\nHost: a\r\n\r\n").response();
            assert_eq!(answer.text(), "fine");
            begun.elapsed()
        };
        fine();
        let begun = Instant::now();
        let mut client = running.client();
        client.send(&costly);
        let (mut longest, mut count) = (Duration::ZERO, 0);
        std::thread::scope(|scope| {
            let answer = scope.spawn(|| client.response().text());
            while !answer.is_finished() {
                longest = longest.max(fine());
                count += 1;
            }
            assert_eq!(answer.join().unwrap(), "true");
        });
        let took = begun.elapsed();
        println!(
            "{driver}: judged in {took:?}; {count} others meanwhile, the longest took {longest:?}"
        );
        assert!(longest < Duration::from_millis(150), "{longest:?}");
        #[cfg(target_os = "linux")]
        assert!(threads().contains(&"purview-aside".to_owned()), "{:?}", threads());
    }
}

/// Names of this process's threads.
#[cfg(target_os = "linux")]
fn threads() -> Vec<String> {
    let tasks = std::fs::read_dir("/proc/self/task").expect("a process has threads");
    tasks
        .filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("comm")).ok())
        .map(|name| name.trim().to_owned())
        .collect()
}
