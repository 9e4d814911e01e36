//! Answers and bodies in pieces, where time and the other side's behaviour matter. What comes back byte for byte is told in
//! `tests/http/streams.http`.

mod support;

use std::{
    thread,
    time::{Duration, Instant},
};

use support::{DRIVERS, Running, Setup, lines};

fn servers() -> impl Iterator<Item = Running> {
    DRIVERS
        .iter()
        .map(|driver| Setup::new("stream.wat").limit("instances", 20).logged().start(*driver))
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n")
}

fn post(path: &str, length: usize) -> String {
    format!("POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n")
}

/// Resident memory of this process in KiB.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0 kB");
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
}

/// Asks more often than there are instances: none was left behind.
fn nothing_is_left(running: &Running) {
    for _ in 0..30 {
        let answer = running.client().send(get("/buffered")).response();
        assert_eq!(answer.status, 200);
    }
    let busy: Vec<_> = (0..20)
        .map(|_| {
            let mut client = running.client();
            client.send(post("/collect", 1));
            client
        })
        .collect();
    thread::sleep(Duration::from_millis(100));
    for mut client in busy {
        assert_eq!(client.send("x").response().status, 200, "an instance was left behind");
    }
}

#[test]
fn pieces_arrive_while_the_handler_waits_for_more() {
    let _alone = lines::alone();
    for running in servers() {
        let mut client = running.client();
        client.send("POST /pieces HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        assert!(client.is_silent(Duration::from_millis(100)), "an answer before the body");
        client.send("3\r\nabc\r\n");
        let first = client.arrives("[abc]");
        assert!(first.starts_with("HTTP/1.1 200"), "{first}");
        client.send("6\r\ndefg");
        client.arrives("[defg]");
        client.send("hi\r\n0\r\n\r\n");
        assert!(client.arrives("0\r\n\r\n").contains("[hi]"));
        // The connection goes on.
        assert_eq!(client.send(get("/buffered")).response().text(), "one");
        nothing_is_left(&running);
    }
}

#[test]
fn a_large_body_goes_through_in_bounded_memory() {
    let _alone = lines::alone();
    let size = 64 << 20;
    for driver in DRIVERS {
        let running =
            Setup::new("stream.wat").limit("request_body_bytes", size as u64).start(*driver);
        let mut client = running.client();
        client.send(get("/buffered")).response();
        let before = resident();
        client.send(post("/echo", size));
        let mut writer = client.stream.try_clone().unwrap();
        let writes = thread::spawn(move || {
            let piece = vec![b'x'; 1 << 20];
            for _ in 0..size / piece.len() {
                std::io::Write::write_all(&mut writer, &piece).unwrap();
            }
        });
        // Nobody reads at first: the server stops reading too.
        thread::sleep(Duration::from_millis(300));
        assert!(!writes.is_finished(), "{driver}: everything was taken though nobody reads");
        let grown = resident().saturating_sub(before);
        assert!(grown < 24 << 10, "{driver}: {grown} KiB more");
        let (status, taken) = client.drain_chunks();
        assert_eq!((status, taken), (200, size), "{driver}");
        writes.join().unwrap();
    }
}

#[test]
fn an_endless_answer_takes_bounded_memory_and_ends_with_its_reader() {
    let _alone = lines::alone();
    for running in servers() {
        nothing_is_left(&running);
        let before = resident();
        let mut deaf: Vec<_> = (0..10).map(|_| running.client()).collect();
        for client in &mut deaf {
            client.send(get("/flood"));
        }
        thread::sleep(Duration::from_millis(500));
        let grown = resident().saturating_sub(before);
        // Each: 256 KiB and a piece, with the driver and behind it; and the pages of its guest.
        assert!(grown < 16 << 10, "{grown} KiB more for ten");
        assert_eq!(running.client().send(get("/buffered")).response().text(), "one");
        drop(deaf);
        let end = Instant::now() + Duration::from_secs(5);
        let mut gone = 0;
        while gone < 10 {
            gone += lines::count(&lines::take(), "client.gone");
            assert!(Instant::now() < end, "only {gone} of 10 handlers ended with their clients");
            thread::sleep(Duration::from_millis(10));
        }
        nothing_is_left(&running);
    }
}

#[test]
fn a_trap_breaks_the_answer_off_where_a_client_can_tell() {
    let _alone = lines::alone();
    for running in servers() {
        let mut client = running.client();
        let answer = client.send(get("/trap")).response();
        assert_eq!((answer.status, answer.text().as_str(), answer.whole), (200, "half", false));
        assert!(client.closes());
        let seen = lines::until("guest.trap");
        assert!(lines::count(&seen, "after its response had begun") <= 1);
        let answer = running.client().send(get("/trap-first")).response();
        assert_eq!((answer.status, answer.whole), (500, true));
        // So does a second answer behind the first.
        let answer = running.client().send(get("/second-record")).response();
        assert_eq!((answer.status, answer.text().as_str(), answer.whole), (200, "half", false));
        nothing_is_left(&running);
    }
}

#[test]
fn a_limit_breaks_the_answer_off_too() {
    let _alone = lines::alone();
    for driver in DRIVERS {
        let running = Setup::new("stream.wat")
            .limit("cpu_ms", 50)
            .limit("wall_ms", 400)
            .logged()
            .start(*driver);
        let answer = running.client().send(get("/spin")).response();
        assert_eq!((answer.status, answer.text().as_str(), answer.whole), (200, "half", false));
        assert_eq!(lines::count(&lines::until("limit.cpu"), "limit.cpu"), 1);
        // One that waits for its reader for too long.
        let mut client = running.client();
        client.send(get("/flood"));
        let seen = lines::until("limit.wall");
        assert_eq!(lines::count(&seen, "limit.wall"), 1, "{seen:#?}");
        let answer = client.response();
        assert_eq!((answer.status, answer.whole), (200, false));
    }
}

#[test]
fn a_body_that_ends_early_ends_the_handler() {
    let _alone = lines::alone();
    for running in servers() {
        // The client closes its side inside the body: it is told, and the handler does not go on.
        for path in ["/wait", "/collect", "/whole"] {
            let mut client = running.client();
            client.send(post(path, 100)).send("hello").finish();
            assert_eq!(client.response().status, 400, "{path}");
            assert!(client.closes());
        }
        // After the answer has begun, it breaks off.
        let mut client = running.client();
        client.send(post("/echo", 100)).send("hello");
        client.arrives("hello");
        client.finish();
        assert_eq!(client.arrives_until_end(), "\r\n", "only the end of its chunk");
        // Bad framing in the middle.
        let mut client = running.client();
        client.send(
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        );
        client.arrives("hello");
        client.send("zz\r\n");
        assert_eq!(client.arrives_until_end(), "\r\n");
        // Gone without a word.
        for _ in 0..30 {
            let mut client = running.client();
            client.send(post("/wait", 100)).send("hello");
            thread::sleep(Duration::from_millis(2));
            client.reset();
        }
        nothing_is_left(&running);
        let seen = lines::take();
        assert_eq!(lines::count(&seen, "\"guest.log\""), 0, "a handler went on: {seen:#?}");
    }
}

#[test]
fn what_a_handler_leaves_unread_is_no_request() {
    let _alone = lines::alone();
    for running in servers() {
        // It reads once; the rest is skipped, and what follows is the next request.
        let mut client = running.client();
        let smuggled = get("/smuggled");
        client.send(post("/once", 8 + smuggled.len())).send("12345678");
        assert_eq!(client.response().text(), "12345678");
        client.send(&smuggled);
        assert_eq!(client.send(get("/buffered")).response().text(), "one");
        // Bad framing in what nobody reads: the end.
        let mut client = running.client();
        client.send(
            "POST /ignore HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        );
        assert_eq!(client.response().status, 202);
        client.send("zz\r\n").send(&smuggled);
        assert!(client.closes());
        // More than is skipped: the end.
        let mut client = running.client();
        client.send(post("/ignore", 900_000));
        let answer = client.response();
        assert_eq!((answer.status, answer.header("connection")), (202, Some("close")));
        client.send(smuggled.repeat(2000));
        assert!(client.closes());
        let last = running.client().send(get("/buffered")).response();
        assert_eq!(last.status, 200);
        let seen = lines::take();
        assert_eq!(lines::count(&seen, "smuggled"), 0, "{seen:#?}");
    }
}

#[test]
fn a_half_closed_client_gets_its_answers() {
    let _alone = lines::alone();
    for running in servers() {
        let mut client = running.client();
        client.send(get("/chunks").repeat(3)).send(get("/buffered")).finish();
        for _ in 0..3 {
            assert_eq!(client.response().text(), "onetwothree");
        }
        assert_eq!(client.response().text(), "one");
        assert!(client.closes());
        // An earlier answer arrives though a later request is cut.
        let mut client = running.client();
        client.send(get("/buffered")).send(post("/collect", 10)).send("cut").finish();
        assert_eq!(client.response().text(), "one");
        assert_eq!(client.response().status, 400);
        assert!(client.closes());
    }
}
