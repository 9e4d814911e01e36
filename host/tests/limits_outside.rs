//! The limits on what handlers ask of the world: each lets through what is one below it and what is just at it, refuses one more as
//! documented, and writes a line with its code. The handlers are those of `scripts/`.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;
#[path = "support/upstream.rs"]
mod upstream;

use std::{
    fs,
    net::TcpListener,
    path::Path,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use purview::{capability::Outbound, limits::TABLE, policy::HostPattern};
use support::{DRIVERS, Running, Setup, lines};
use upstream::Upstream;

fn script(name: &str) -> Setup {
    let mut setup = Setup::new("");
    setup.load.modules =
        vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts").join(name)];
    setup.load.world.outbound = Outbound {
        enabled: true,
        hosts: vec![HostPattern::parse("127.0.0.1").unwrap()],
        ..Outbound::default()
    };
    setup
}

fn with_database() -> Setup {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("users.db");
    rusqlite::Connection::open(&file)
        .unwrap()
        .execute_batch(
            "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, score REAL, picture BLOB)",
        )
        .unwrap();
    let mut setup = script("sql.ts");
    setup.load.world.sql = Some(file);
    setup.folder = Some(Arc::new(folder));
    setup
}

fn ask_at(running: &Running, host: &str, method: &str, target: &str, body: &str) -> (u16, String) {
    let length = body.len();
    let answer = running
        .client()
        .send(format!(
            "{method} {target} HTTP/1.1\r\nhost: {host}\r\ncontent-length: {length}\r\n\r\n{body}"
        ))
        .response();
    (answer.status, answer.text())
}

fn get(running: &Running, target: &str) -> String {
    let (status, text) = ask_at(running, "t", "GET", target, "");
    if status == 200 { text } else { status.to_string() }
}

fn code(name: &str) -> String {
    let limit = TABLE.iter().find(|limit| limit.name == name).expect("the limit is in the table");
    format!("\"{}\"", limit.code)
}

/// A line with the limit's code comes, and none came before `act`.
fn told_by(name: &str, act: impl FnOnce()) {
    let before = lines::take();
    assert_eq!(lines::count(&before, &code(name)), 0, "{name} is told too early: {before:#?}");
    act();
    lines::until(&code(name));
}

/// What is asked with one less than a limit, with the limit and with one more: the last gets `bad` and a line.
fn at_edges(
    setup: &Setup,
    name: &str,
    limit: u64,
    ask: impl Fn(&Running, u64) -> String,
    bad: &str,
) {
    for driver in DRIVERS {
        let running = setup.clone().limit(name, limit).start(*driver);
        lines::take();
        for size in [limit - 1, limit] {
            let told = ask(&running, size);
            assert!(!told.contains(bad), "{name} {size}: {told}");
        }
        told_by(name, || {
            let told = ask(&running, limit + 1);
            assert!(told.contains(bad), "{name}: {told}");
        });
    }
}

#[test]
fn bodies_of_requests_and_answers() {
    let _alone = lines::alone();
    let upstream = Upstream::start();
    let setup = script("fetch.ts");
    let ask = |running: &Running, size: u64| {
        let body = "x".repeat(usize::try_from(size).unwrap());
        get(running, &format!("/fetch?url={}&method=POST&body={body}", upstream.url("/echo")))
    };
    at_edges(&setup, "egress_request_bytes", 500, ask, "599 InvalidBody");
    let ask = |running: &Running, size: u64| {
        get(running, &format!("/fetch?url={}", upstream.url(&format!("/bytes/{size}"))))
    };
    at_edges(&setup, "egress_response_bytes", 500, ask, "599 ResponseTooLarge");
}

#[test]
fn urls_and_fields() {
    let _alone = lines::alone();
    let upstream = Upstream::start();
    let setup = script("fetch.ts");
    let ask = |running: &Running, size: u64| {
        let url = upstream.url("/text/");
        let rest = "x".repeat(usize::try_from(size).unwrap() - url.len());
        get(running, &format!("/fetch?url={url}{rest}"))
    };
    at_edges(&setup, "egress_url_bytes", 500, ask, "599 InvalidUrl");
    let echo = upstream.url("/echo");
    let ask =
        |running: &Running, count: u64| get(running, &format!("/fetch?url={echo}&count={count}"));
    at_edges(&setup, "egress_fields", 5, ask, "599 InvalidHeaders");
    let ask = |running: &Running, size: u64| {
        let size = size - "x-0".len() as u64;
        get(running, &format!("/fetch?url={echo}&count=1&size={size}"))
    };
    at_edges(&setup, "egress_head_bytes", 500, ask, "599 InvalidHeaders");
    // Of the answer: what it always has, and more.
    let always = ["content-length", "2"];
    let ask = |running: &Running, count: u64| {
        let more = count - always.len() as u64 / 2;
        get(running, &format!("/fetch?url={}", upstream.url(&format!("/many-fields/{more}"))))
    };
    at_edges(&setup, "egress_fields", 5, ask, "599 ResponseHeadFailed");
    let ask = |running: &Running, size: u64| {
        let more = size - always.concat().len() as u64 - 1;
        get(running, &format!("/fetch?url={}", upstream.url(&format!("/long-field/{more}"))))
    };
    at_edges(&setup, "egress_head_bytes", 500, ask, "599 ResponseHeadFailed");
    // So much more that the client library does not read it to its end.
    let running = setup.limit("egress_head_bytes", 500).start(DRIVERS[0]);
    lines::take();
    told_by("egress_head_bytes", || {
        let url = upstream.url("/long-field/100000");
        assert_eq!(get(&running, &format!("/fetch?url={url}")), "599 ResponseHeadFailed");
    });
}

#[test]
fn times_of_requests() {
    let _alone = lines::alone();
    let upstream = Upstream::start();
    let url = |ms: u64| format!("/fetch?url={}", upstream.url(&format!("/delay/{ms}")));
    for driver in DRIVERS {
        let running = script("fetch.ts").limit("egress_ms", 300).start(*driver);
        lines::take();
        assert_eq!(get(&running, &url(50)), "200 50");
        told_by("egress_ms", || {
            let begun = Instant::now();
            assert_eq!(get(&running, &url(2000)), "599 ResponseHeadFailed");
            let took = begun.elapsed();
            assert!(Duration::from_millis(299) < took && took < Duration::from_secs(1), "{took:?}");
        });
        // It takes connections and never greets.
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let running = script("fetch.ts").limit("egress_connect_ms", 300).start(*driver);
        lines::take();
        assert_eq!(get(&running, &url(50)), "200 50");
        told_by("egress_connect_ms", || {
            let begun = Instant::now();
            let url = format!("/fetch?url=https://{}/", silent.local_addr().unwrap());
            assert_eq!(get(&running, &url), "599 ConnectFailed");
            let took = begun.elapsed();
            assert!(Duration::from_millis(299) < took && took < Duration::from_secs(1), "{took:?}");
        });
    }
}

#[test]
fn sends_of_one_request() {
    let _alone = lines::alone();
    let upstream = Upstream::start();
    let ask = |running: &Running, count: u64| {
        get(running, &format!("/many?base=http://{}&count={count}", upstream.address))
    };
    at_edges(&script("fetch.ts"), "handles", 3, ask, "ParallelOverflow");
}

#[test]
fn sends_of_a_handler_wait_for_their_turn() {
    let _alone = lines::alone();
    let upstream = Upstream::start();
    for driver in DRIVERS {
        let running = script("fetch.ts").limit("egress_sends", 3).start(*driver);
        lines::take();
        let ask = |count: u64| {
            get(&running, &format!("/many?base=http://{}&ms=100&count={count}", upstream.address))
        };
        assert_eq!((ask(2), ask(3)), ("100 100".into(), "100 100 100".into()));
        told_by("egress_sends", || assert_eq!(ask(4), "100 100 100 100"));
    }
}

/// Two handlers share what all of them may have under way.
#[test]
fn sends_of_all_handlers_wait_for_their_turn() {
    let _alone = lines::alone();
    let upstream = Upstream::start();
    let folder = tempfile::tempdir().unwrap();
    let module = script("fetch.ts").load.modules[0].clone();
    let handler = |host: &str| format!(r#"{{"module":{module:?},"host":"{host}"}}"#);
    let policy = folder.path().join("policy.json");
    let handlers =
        format!(r#"{{"handlers":{{"a":{},"b":{}}}}}"#, handler("a.test"), handler("b.test"));
    fs::write(&policy, handlers).unwrap();
    let target = format!("/fetch?url={}", upstream.url("/delay/300"));
    for driver in DRIVERS {
        for (limit, waits) in [(2, false), (1, true)] {
            let mut setup = script("fetch.ts").limit("egress_sends_all", limit).workers(2);
            setup.load.modules.clear();
            setup.load.policy = Some(policy.clone());
            let running = setup.start(*driver);
            lines::take();
            let begun = Instant::now();
            thread::scope(|scope| {
                for host in ["a.test", "b.test"] {
                    let (running, target) = (&running, &target);
                    scope.spawn(move || {
                        let answer = ask_at(running, host, "GET", target, "");
                        assert_eq!(answer, (200, "200 300".to_owned()));
                    });
                }
            });
            let took = begun.elapsed();
            assert_eq!(took >= Duration::from_millis(600), waits, "{took:?}");
            let told = if waits { lines::until(&code("egress_sends_all")) } else { lines::take() };
            assert_eq!(
                lines::count(&told, &code("egress_sends_all")),
                usize::from(waits),
                "{told:#?}"
            );
        }
    }
}

#[test]
fn values_of_the_cache() {
    let _alone = lines::alone();
    let set = |running: &Running, size: u64| {
        let value = "x".repeat(usize::try_from(size).unwrap());
        ask_at(running, "t", "POST", "/set?key=k", &value).1
    };
    at_edges(&script("cache.ts"), "cache_value_bytes", 1000, set, "false");
}

#[test]
fn names_of_the_cache() {
    let _alone = lines::alone();
    let long = |size: u64| "x".repeat(usize::try_from(size).unwrap());
    let ask = |running: &Running, target: String| ask_at(running, "t", "POST", &target, "v").1;
    let of_key = |running: &Running, size: u64| ask(running, format!("/set?key={}", long(size)));
    at_edges(&script("cache.ts"), "cache_key_bytes", 100, of_key, "false");
    let chosen =
        |running: &Running, size: u64| ask(running, format!("/any/set?key=k&space={}", long(size)));
    at_edges(&script("cache.ts"), "cache_namespace_bytes", 100, chosen, "false");
}

#[test]
fn room_of_the_cache() {
    let _alone = lines::alone();
    for driver in DRIVERS {
        // A value with its key, its namespace `one` and what an entry takes beside them.
        let (room, beside) = (8192, "k".len() + "one".len() + 4 + 128);
        let running = script("cache.ts").limit("cache_bytes", room).start(*driver);
        lines::take();
        let set = |size: usize| ask_at(&running, "t", "POST", "/set?key=k", &"x".repeat(size)).1;
        let just = usize::try_from(room).unwrap() - beside;
        assert_eq!((set(just - 1), set(just)), ("true".into(), "true".into()));
        told_by("cache_bytes", || assert_eq!(set(just + 1), "false"));
        let running = script("cache.ts").limit("cache_entries", 3).start(*driver);
        lines::take();
        let set = |key: &str| ask_at(&running, "t", "POST", &format!("/set?key={key}"), "x").1;
        let get = |key: &str| get(&running, &format!("/get?key={key}"));
        for key in ["a", "b", "c", "c"] {
            assert_eq!(set(key), "true");
        }
        assert_eq!(get("a"), "x", "three have room");
        told_by("cache_entries", || assert_eq!(set("d"), "true"));
        let left: Vec<String> = ["a", "b", "c", "d"].into_iter().map(get).collect();
        assert_eq!(left, ["x", "none", "x", "x"], "what was not used for longest went");
    }
}

/// A server that takes connections and never answers.
#[test]
fn time_of_the_cache_server() {
    let _alone = lines::alone();
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    for driver in DRIVERS {
        let mut setup = script("cache.ts").limit("cache_ms", 300);
        setup.load.world.cache = Some(format!("redis://{}", silent.local_addr().unwrap()));
        let running = setup.start(*driver);
        told_by("cache_ms", || {
            let begun = Instant::now();
            assert_eq!(get(&running, "/get?key=a"), "none");
            assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
        });
    }
}

#[test]
fn rows_and_results_of_statements() {
    let _alone = lines::alone();
    let rows = |running: &Running, to: u64| get(running, &format!("/rows?to={to}"));
    at_edges(&with_database(), "sql_rows", 50, rows, "500");
    // What stands around a text of this length in the outcome.
    let around = r#"{"ok":true,"rows":[{"text":""}"#.len() as u64;
    let text = |running: &Running, to: u64| get(running, &format!("/text?to={}", to - around));
    at_edges(&with_database(), "sql_result_bytes", 500, text, "500");
}

#[test]
fn parameters_of_statements() {
    let _alone = lines::alone();
    let text = |running: &Running, size: u64| {
        let around = r#"[""]"#.len() as u64;
        get(running, &format!("/text?to={}", size - around))
    };
    at_edges(&with_database(), "sql_parameters_bytes", 100, text, "500");
}

#[test]
fn time_of_statements() {
    let _alone = lines::alone();
    for driver in DRIVERS {
        let running = with_database().limit("sql_ms", 300).start(*driver);
        lines::take();
        assert_eq!(get(&running, "/count?to=10"), r#"{"count":10}"#);
        told_by("sql_ms", || {
            let begun = Instant::now();
            assert_eq!(get(&running, "/count?to=1000000000"), "500");
            let took = begun.elapsed();
            assert!(Duration::from_millis(299) < took && took < Duration::from_secs(1), "{took:?}");
        });
    }
}

/// Where the limits are named: `limits.rs` points here.
#[test]
fn every_limit_on_the_world_has_a_test_here() {
    let here = include_str!("limits_outside.rs");
    for limit in TABLE {
        let outside = ["egress_", "cache_", "sql_", "handles"];
        if outside.iter().any(|start| limit.name.starts_with(start)) {
            assert!(here.contains(&format!("\"{}\"", limit.name)), "{} has no test", limit.name);
        }
    }
}
