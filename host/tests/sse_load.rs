//! Streams of events that wait for time to pass: that they do, and what a thousand of them cost. The load measures, so it runs alone
//! and when asked for: `cargo test -p purview --release --test sse_load -- --ignored --nocapture`.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use std::{
    collections::BTreeMap,
    fs,
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use support::{DRIVERS, Setup};

const STREAMS: usize = 1000;
/// What one stream may take, its part of everything that grows.
const STREAM_KIB_MAX: u64 = 64;
const APART_MS: u64 = 100;
const MEASURED: Duration = Duration::from_secs(5);

fn setup() -> Setup {
    let mut setup = Setup::new("").limit("instances", 1200);
    setup.load.modules = vec![support::built("guest-sdk/tests/ticks")];
    setup
}

#[test]
fn events_come_as_time_passes() {
    let setup = setup();
    for driver in DRIVERS {
        let running = setup.start(*driver);
        let mut client = running.client();
        let start = Instant::now();
        client.send("GET /ticks/3/100 HTTP/1.1\r\nHost: t\r\n\r\n");
        for tick in 1..=3u64 {
            client.arrives(&format!("id: {tick}\nevent: tick\ndata: tick {tick}\n\n"));
            assert!(start.elapsed() >= Duration::from_millis(100 * tick - 5), "{tick} is early");
        }
        assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
        client.arrives("0\r\n\r\n");
        let start = Instant::now();
        client.send("GET /both HTTP/1.1\r\nHost: t\r\n\r\n");
        assert_eq!(client.response().text(), "both");
        let took = start.elapsed();
        assert!(
            Duration::from_millis(295) <= took && took < Duration::from_millis(490),
            "{took:?}"
        );
    }
}

/// What this process has in memory, by kind of mapping, in KiB; what is shared counts in part.
fn memory() -> BTreeMap<String, u64> {
    let mut kinds: BTreeMap<String, u64> = BTreeMap::new();
    let mut kind = String::new();
    for line in fs::read_to_string("/proc/self/smaps").unwrap().lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            [range, access, _, _, _, name @ ..] if range.contains('-') => {
                let name =
                    name.first().map_or("anonymous", |name| name.rsplit('/').next().unwrap());
                kind = format!("{name} {access}");
            }
            ["Pss:", kib, "kB"] => {
                *kinds.entry(kind.clone()).or_default() += kib.parse::<u64>().unwrap()
            }
            _ => {}
        }
    }
    kinds
}

/// Reads whatever is there on all of them until the time is over: how many events came.
fn read_for(streams: &mut [TcpStream], time: Duration) -> usize {
    let end = Instant::now() + time;
    let mut buffer = [0; 4096];
    let mut events = 0;
    while Instant::now() < end {
        for stream in &mut *streams {
            match stream.read(&mut buffer) {
                Ok(0) => panic!("a stream has ended"),
                // Each event ends with an empty line, and a chunk is one event.
                Ok(count) => {
                    events += buffer[..count].windows(2).filter(|two| two == b"\n\n").count()
                }
                Err(error) => assert_eq!(error.kind(), ErrorKind::WouldBlock),
            }
        }
        thread::sleep(Duration::from_millis(10));
    }
    events
}

#[test]
#[ignore = "measures: run it alone"]
fn a_thousand_streams_of_ten_events_a_second() {
    let setup = setup();
    for driver in DRIVERS {
        let running = setup.start(*driver);
        let before = memory();
        let request = format!("GET /ticks/250/{APART_MS} HTTP/1.1\r\nHost: t\r\n\r\n");
        let mut streams: Vec<TcpStream> = (0..STREAMS)
            .map(|_| {
                let mut stream = running.connect();
                stream.write_all(request.as_bytes()).unwrap();
                stream.set_nonblocking(true).unwrap();
                stream
            })
            .collect();
        read_for(&mut streams, Duration::from_secs(2));
        let start = Instant::now();
        let events = read_for(&mut streams, MEASURED);
        let rate = events as f64 / start.elapsed().as_secs_f64() / STREAMS as f64;
        let after = memory();
        let mut grown: Vec<(i64, &String)> = after
            .iter()
            .map(|(kind, kib)| (*kib as i64 - before.get(kind).copied().unwrap_or(0) as i64, kind))
            .collect();
        grown.sort_by_key(|(kib, _)| -kib);
        let all: u64 = grown.iter().map(|(kib, _)| *kib).sum::<i64>().max(0).unsigned_abs();
        println!(
            "{driver}: {rate:.2} events/s a stream; {:.1} KiB a stream",
            all as f64 / STREAMS as f64
        );
        for (kib, kind) in grown.iter().take(5) {
            println!("    {kib:>7} KiB  {kind}");
        }
        assert!(all <= STREAM_KIB_MAX * STREAMS as u64, "{all} KiB");
        assert!(rate >= 0.9 * 1000.0 / APART_MS as f64, "{rate}");
    }
}
