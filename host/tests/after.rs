//! Work after the answer: the client has all of it before the handler goes on, and neither its patience nor its absence matters.

mod support;

use std::{
    thread,
    time::{Duration, Instant},
};

use support::{DRIVERS, Running, Setup, lines};

fn servers() -> impl Iterator<Item = Running> {
    DRIVERS
        .iter()
        .map(|driver| Setup::new("after.wat").limit("cpu_ms", 300).logged().start(*driver))
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n")
}

#[test]
fn the_handler_goes_on_after_a_whole_answer_or_a_stream() {
    let _alone = lines::alone();
    for running in servers() {
        let mut client = running.client();
        for path in ["/", "/stream", "/"] {
            let answer = client.send(get(path)).response();
            assert_eq!(
                (answer.status, answer.text().as_str(), answer.whole),
                (200, "answer", true)
            );
            let seen = lines::until("afterwards");
            assert!(lines::count(&seen, "afterwards") >= 1, "{path}: {seen:#?}");
        }
        // Those who wait for nothing are served in their order.
        client.send(get("/").repeat(3)).finish();
        for _ in 0..3 {
            assert_eq!(client.response().text(), "answer");
        }
        assert!(client.closes());
        let head = running
            .client()
            .send("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            .arrives_until_end();
        assert!(head.starts_with("HTTP/1.1 200") && head.ends_with("\r\n\r\n"), "{head}");
    }
}

#[test]
fn the_answer_is_there_before_the_work_and_limits_end_it() {
    let _alone = lines::alone();
    for running in servers() {
        let mut client = running.client();
        let start = Instant::now();
        let answer = client.send(get("/spin")).response();
        assert_eq!((answer.text().as_str(), answer.whole), ("answer", true));
        assert!(start.elapsed() < Duration::from_millis(250), "{:?}", start.elapsed());
        let seen = lines::until("limit.cpu");
        assert_eq!(lines::count(&seen, "limit.cpu"), 1, "{seen:#?}");
        // The connection is as good as before.
        assert_eq!(client.send(get("/trap")).response().text(), "answer");
        lines::until("guest.trap");
        assert_eq!(client.send(get("/second-record")).response().text(), "answer");
        assert_eq!(client.send(get("/")).response().text(), "answer");
    }
}

#[test]
fn a_client_that_leaves_does_not_keep_the_work_from_being_done() {
    let _alone = lines::alone();
    for running in servers() {
        lines::take();
        for index in 0..40 {
            let mut client = running.client();
            client.send(get("/"));
            if index % 2 == 0 {
                client.reset();
            }
        }
        let end = Instant::now() + Duration::from_secs(5);
        let mut done = 0;
        // A request that is reset before it was read has no handler.
        while done < 20 {
            done += lines::count(&lines::take(), "afterwards");
            assert!(Instant::now() < end, "only {done} were done");
            thread::sleep(Duration::from_millis(10));
        }
        assert_eq!(running.client().send(get("/")).response().text(), "answer");
    }
}

#[test]
fn calls_in_the_wrong_order_are_refused() {
    let _alone = lines::alone();
    for running in servers() {
        lines::take();
        assert_eq!(running.client().send(get("/wrong")).response().text(), "answer");
        let seen = lines::until("request");
        let shown: Vec<_> = seen
            .iter()
            .filter(|line| line.contains("guest.log"))
            .filter_map(|line| line.split_once(r#""message":""#))
            .map(|(_, rest)| &rest[..1])
            .collect();
        assert_eq!(shown, ["3", "2", "3", "3", "3"], "{seen:#?}");
    }
}
