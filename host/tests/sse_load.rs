//! Streams of events that wait for time to pass: that they do, and what a thousand of them cost. The load measures, so it runs alone
//! and when asked for: `cargo test --workspace --release --test sse_load -- --ignored --nocapture`.
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

use support::{DRIVERS, Running, Setup};

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

/// Reads whatever is there on all of them until the time is over: how many events came on each, and the longest time without one.
fn read_for(streams: &mut [TcpStream], time: Duration) -> (Vec<usize>, Duration) {
    let end = Instant::now() + time;
    let mut buffer = [0; 4096];
    let mut events = vec![0; streams.len()];
    let mut last = vec![Instant::now(); streams.len()];
    let mut silent = Duration::ZERO;
    while Instant::now() < end {
        for (at, stream) in streams.iter_mut().enumerate() {
            match stream.read(&mut buffer) {
                Ok(0) => panic!("a stream has ended"),
                // Each event ends with an empty line, and a chunk is one event.
                Ok(count) => {
                    events[at] += buffer[..count].windows(2).filter(|two| two == b"\n\n").count();
                    silent = silent.max(last[at].elapsed());
                    last[at] = Instant::now();
                }
                Err(error) => assert_eq!(error.kind(), ErrorKind::WouldBlock),
            }
        }
        thread::sleep(Duration::from_millis(10));
    }
    let still = last.iter().map(Instant::elapsed).max().unwrap_or_default();
    (events, silent.max(still))
}

/// Asks for events, on a connection that is read without waiting.
fn stream(running: &Running, count: u32, apart_ms: u64) -> TcpStream {
    let mut stream = running.connect();
    let request = format!("GET /ticks/{count}/{apart_ms} HTTP/1.1\r\nHost: t\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    stream.set_nonblocking(true).unwrap();
    stream
}

/// Clients that take nothing of streams without end keep nobody else from getting an event every tenth of a second, and cost no more than
/// what waits to be sent to them.
#[test]
fn readers_that_take_nothing_starve_nobody() {
    let setup = setup();
    for driver in DRIVERS {
        let running = setup.start(*driver);
        let before: u64 = memory().values().sum();
        let idle: Vec<TcpStream> = (0..300).map(|_| stream(&running, u32::MAX, 0)).collect();
        let mut streams: Vec<TcpStream> =
            (0..100).map(|_| stream(&running, 1000, APART_MS)).collect();
        // Until the idle ones are full, they keep the worker busy.
        read_for(&mut streams, Duration::from_secs(3));
        let (events, silent) = read_for(&mut streams, Duration::from_secs(3));
        let (least, most) = (events.iter().min().unwrap(), events.iter().max().unwrap());
        assert!(
            (24..=33).contains(least) && (24..=33).contains(most),
            "{driver}: {least} to {most}"
        );
        assert!(silent < Duration::from_millis(600), "{driver}: {silent:?} without an event");
        let grown = memory().values().sum::<u64>().saturating_sub(before);
        let all = (idle.len() + streams.len()) as u64;
        assert!(grown <= all * 2 * STREAM_KIB_MAX, "{driver}: {grown} KiB for {all} streams");
    }
}

#[test]
#[ignore = "measures: run it alone"]
fn a_thousand_streams_of_ten_events_a_second() {
    let setup = setup();
    for driver in DRIVERS {
        let running = setup.start(*driver);
        let before = memory();
        let mut streams: Vec<TcpStream> =
            (0..STREAMS).map(|_| stream(&running, 250, APART_MS)).collect();
        read_for(&mut streams, Duration::from_secs(2));
        let start = Instant::now();
        let (events, silent) = read_for(&mut streams, MEASURED);
        let seconds = start.elapsed().as_secs_f64();
        let rate = events.iter().sum::<usize>() as f64 / seconds / STREAMS as f64;
        let of = |count: Option<&usize>| *count.unwrap() as f64 / seconds;
        let (least, most) = (of(events.iter().min()), of(events.iter().max()));
        let after = memory();
        let mut grown: Vec<(i64, &String)> = after
            .iter()
            .map(|(kind, kib)| (*kib as i64 - before.get(kind).copied().unwrap_or(0) as i64, kind))
            .collect();
        grown.sort_by_key(|(kib, _)| -kib);
        let all: u64 = grown.iter().map(|(kib, _)| *kib).sum::<i64>().max(0).unsigned_abs();
        println!(
            "{driver}: {rate:.2} events/s a stream, from {least:.2} to {most:.2}, at most {silent:?} apart; {:.1} KiB a stream",
            all as f64 / STREAMS as f64
        );
        for (kib, kind) in grown.iter().take(5) {
            println!("    {kib:>7} KiB  {kind}");
        }
        assert!(all <= STREAM_KIB_MAX * STREAMS as u64, "{all} KiB");
        let wanted = 1000.0 / APART_MS as f64;
        assert!(rate >= 0.9 * wanted, "{rate}");
        // Nobody is served instead of another one.
        assert!(least >= 0.8 * wanted && most <= 1.2 * wanted, "{least} to {most}");
    }
}
