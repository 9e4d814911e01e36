//! What waiting costs: handlers by the thousand that wait for another server, requests of others meanwhile, a value read from the
//! cache. These measure, so they run alone and when asked for: `cargo test -p purview --release --test outside_load -- --ignored
//! --nocapture --test-threads 1`. With `PURVIEW_UNTIMED` in the environment, as where other things run too, times are printed and nothing
//! is asked of them.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;
#[path = "support/upstream.rs"]
mod upstream;

use std::{
    collections::VecDeque,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use purview::{
    capability::{Outbound, WorldOptions},
    policy::HostPattern,
};
use support::{DRIVERS, Running, Setup};

const HANDLERS: usize = 1000;

/// What they may take more than none of them; code that is not optimised has larger frames.
const GROWN_MIB_MAX: u64 = if cfg!(debug_assertions) { 96 } else { 64 };

/// Whether times count.
fn is_timed() -> bool {
    std::env::var_os("PURVIEW_UNTIMED").is_none()
}

fn setup(folder: &Path) -> Setup {
    let database = folder.join("users.db");
    rusqlite::Connection::open(&database)
        .unwrap()
        .execute_batch("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT UNIQUE, score REAL, picture BLOB)")
        .unwrap();
    let mut setup = Setup::new("").limit("instances", 1200).workers(2);
    setup.load.modules = vec![support::built("guest-sdk/tests/outside")];
    setup.load.world = WorldOptions {
        outbound: Outbound {
            enabled: true,
            hosts: vec![HostPattern::parse("127.0.0.1").unwrap()],
            ..Outbound::default()
        },
        sql: Some(database),
        ..WorldOptions::default()
    };
    setup
}

/// The other side in a process of its own, so that its work is not the host's.
struct SlowUpstream {
    process: Child,
    address: SocketAddr,
}

impl SlowUpstream {
    fn start() -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "the_other_side", "--nocapture"])
            .env("PURVIEW_OTHER_SIDE", "1")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let address = lines.find_map(|line| line.unwrap().strip_prefix("at ")?.parse().ok());
        Self { process, address: address.unwrap() }
    }
}

impl Drop for SlowUpstream {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

#[test]
#[ignore = "what `SlowUpstream` starts"]
fn the_other_side() {
    if std::env::var_os("PURVIEW_OTHER_SIDE").is_some() {
        purview::socket::descriptors::make_room();
        answer_after_a_second();
    }
}

/// A server in one thread that answers each request after a second.
#[expect(clippy::print_stdout, reason = "this is how it says where it is")]
fn answer_after_a_second() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("\nat {}", listener.local_addr().unwrap());
    listener.set_nonblocking(true).unwrap();
    let mut waiting: VecDeque<(Instant, TcpStream)> = VecDeque::new();
    loop {
        while let Ok((mut stream, _)) = listener.accept() {
            stream.set_nonblocking(false).unwrap();
            let mut head = Vec::new();
            let mut buffer = [0; 1024];
            while !head.ends_with(b"\r\n\r\n") {
                let count = stream.read(&mut buffer).unwrap_or(0);
                if count == 0 {
                    break;
                }
                head.extend_from_slice(&buffer[..count]);
            }
            waiting.push_back((Instant::now() + Duration::from_secs(1), stream));
        }
        while waiting.front().is_some_and(|(end, _)| *end <= Instant::now()) {
            let (_, mut stream) = waiting.pop_front().unwrap();
            let _ = stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok");
        }
        thread::sleep(Duration::from_millis(1));
    }
}

/// Memory of this process, pages that it shares with itself counted once: instances share what they have not written.
fn memory_kib() -> u64 {
    let rollup = std::fs::read_to_string("/proc/self/smaps_rollup").unwrap();
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

/// The 99th percentile of requests on one connection.
fn p99(running: &Running, requests: usize) -> Duration {
    let mut client = running.client();
    let mut took: Vec<Duration> = (0..requests)
        .map(|_| {
            let start = Instant::now();
            client.send("GET /cache/get?key=x HTTP/1.1\r\nhost: t\r\n\r\n");
            assert_eq!(client.read(false).unwrap().status, 200);
            start.elapsed()
        })
        .collect();
    took.sort();
    took[requests * 99 / 100]
}

#[test]
#[ignore = "measures: run it alone"]
fn a_thousand_handlers_wait_for_a_second() {
    let folder = tempfile::tempdir().unwrap();
    let setup = setup(folder.path());
    purview::socket::descriptors::make_room();
    let slow = SlowUpstream::start();
    let upstream = slow.address;
    for driver in DRIVERS {
        let running = setup.start(*driver);
        p99(&running, 500);
        let alone = p99(&running, 2000);
        let before = memory_kib();
        let request = format!("GET /fetch?url=http://{upstream}/ HTTP/1.1\r\nhost: t\r\n\r\n");
        let start = Instant::now();
        let mut clients: Vec<TcpStream> = (0..HANDLERS)
            .map(|_| {
                let mut stream = running.connect();
                stream.write_all(request.as_bytes()).unwrap();
                stream
            })
            .collect();
        let sent = start.elapsed();
        let beginning = p99(&running, 200);
        // By now each of them has its connection and waits.
        thread::sleep(Duration::from_millis(300).saturating_sub(start.elapsed()));
        let meanwhile = p99(&running, 2000);
        let during = memory_kib();
        for stream in &mut clients {
            assert!(support::read_response(stream).ends_with("200 ok"));
        }
        let (all, grown) = (start.elapsed(), during.saturating_sub(before));
        println!(
            "{driver}: {HANDLERS} sent in {sent:?}, answered after {all:?}; {grown} KiB more; p99 of others {alone:?} alone, {beginning:?} while they begin, {meanwhile:?} while they wait"
        );
        assert!(grown <= GROWN_MIB_MAX * 1024, "{grown} KiB");
        let unchanged = meanwhile < alone + Duration::from_millis(1);
        assert!(unchanged || !is_timed(), "{meanwhile:?} after {alone:?}");
    }
}

/// Three upstreams of 50 ms, asked at once from Rust and from TypeScript.
#[test]
#[ignore = "measures: run it alone"]
fn three_upstreams_at_once() {
    let upstream = upstream::Upstream::start();
    let folder = tempfile::tempdir().unwrap();
    let mut scripted = setup(folder.path());
    scripted.load.modules =
        vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts/fetch.ts")];
    let folder = tempfile::tempdir().unwrap();
    let url = upstream.url("/delay/50");
    let requests = [
        (setup(folder.path()), format!("/parallel?urls={url}%20{url}%20{url}")),
        (scripted, format!("/parallel?base=http://{}", upstream.address)),
    ];
    for (setup, target) in &requests {
        for driver in DRIVERS {
            let running = setup.start(*driver);
            let mut client = running.client();
            let mut took: Vec<Duration> = (0..21)
                .map(|_| {
                    let begun = Instant::now();
                    client.send(format!("GET {target} HTTP/1.1\r\nhost: t\r\n\r\n"));
                    assert_eq!(client.read(false).unwrap().status, 200);
                    begun.elapsed()
                })
                .collect();
            took.sort();
            println!(
                "{driver}: three upstreams of 50 ms: median {:?}, longest {:?}",
                took[10], took[20]
            );
            assert!(took[10] <= Duration::from_millis(60) || !is_timed(), "{took:?}");
        }
    }
}

#[test]
#[ignore = "measures: run it alone"]
fn a_value_is_read_from_the_cache() {
    let folder = tempfile::tempdir().unwrap();
    let running = setup(folder.path()).start(DRIVERS[0]);
    let mut client = running.client();
    let mut ask = |request: &str| {
        client.send(request);
        client.read(false).unwrap().text()
    };
    ask(
        "POST /cache/set?key=session-0123456789 HTTP/1.1\r\nhost: t\r\ncontent-length: 32\r\n\r\n0123456789abcdef0123456789abcdef",
    );
    let best = (0..20)
        .map(|_| {
            ask("GET /cache/many?key=session-0123456789&rounds=20000 HTTP/1.1\r\nhost: t\r\n\r\n")
        })
        .inspect(|answer| assert!(answer.ends_with(" 640000"), "{answer}"))
        .map(|answer| answer.split(' ').next().unwrap().parse::<u64>().unwrap())
        .min();
    println!("cache get: {best:?} ns");
    assert!(best.is_some_and(|best| cfg!(debug_assertions) || best <= 300 || !is_timed()));
}
