//! Each limit acts at its value and not before, answers as documented, and writes one line with its code. Every row of the
//! limits' table is named here ([`COVERED`] is checked against it).

mod support;

use std::{
    io::Write,
    thread,
    time::{Duration, Instant},
};

use purview::{limits::TABLE, load, log, socket::DriverKind};
use support::{
    DRIVERS, Running, Setup,
    client::{Client, Response},
    lines,
};

/// Where each limit is tested.
const COVERED: &[(&str, &str)] = &[
    ("memory_bytes", "a guest's memory"),
    ("cpu_ms", "processor time"),
    ("wall_ms", "time in a handler"),
    ("request_body_bytes", "request bodies"),
    ("response_body_bytes", "response bodies"),
    ("response_head_bytes", "response heads"),
    ("log_bytes", "log lines"),
    ("log_line_bytes", "long log lines"),
    ("native_bytes", "calls that compute"),
    ("schema_bytes", "long schemas"),
    ("schemas", "schemas that are kept"),
    ("head_bytes", "request heads"),
    ("head_fields", "request heads"),
    ("target_bytes", "request heads"),
    ("head_read_ms", "slow heads"),
    ("body_stall_ms", "slow bodies"),
    ("body_read_ms", "slow bodies"),
    ("write_stall_ms", "clients that do not read"),
    ("idle_ms", "idle connections"),
    ("drain_bytes", "unread bodies"),
    ("output_bytes", "piled-up answers"),
    ("connections", "connections"),
    ("instances", "instances"),
    ("module_bytes", "modules"),
    ("shutdown_ms", "the end"),
    ("handles", "`limits_outside`, files of `assets`"),
    ("egress_connect_ms", "`limits_outside`"),
    ("egress_ms", "`limits_outside`"),
    ("egress_url_bytes", "`limits_outside`"),
    ("egress_fields", "`limits_outside`"),
    ("egress_head_bytes", "`limits_outside`"),
    ("egress_request_bytes", "`limits_outside`"),
    ("egress_response_bytes", "`limits_outside`"),
    ("egress_sends", "`limits_outside`"),
    ("egress_sends_all", "`limits_outside`"),
    ("cache_bytes", "`limits_outside`"),
    ("cache_entries", "`limits_outside`"),
    ("cache_key_bytes", "`limits_outside`"),
    ("cache_namespace_bytes", "`limits_outside`"),
    ("cache_value_bytes", "`limits_outside`"),
    ("cache_ms", "`limits_outside`"),
    ("sql_ms", "`limits_outside`"),
    ("sql_parameters_bytes", "`limits_outside`"),
    ("sql_rows", "`limits_outside`"),
    ("sql_result_bytes", "`limits_outside`"),
];

#[test]
fn every_limit_is_tested() {
    let known: Vec<&str> = TABLE.iter().map(|limit| limit.name).collect();
    let covered: Vec<&str> = COVERED.iter().map(|(name, _)| *name).collect();
    for name in &known {
        assert!(covered.contains(name), "no test is named for `{name}`");
    }
    assert_eq!(known.len(), covered.len(), "a limit is named that does not exist");
}

/// Runs a test on every driver.
fn on_each(setup: &Setup, test: impl Fn(&Running, DriverKind)) {
    for driver in DRIVERS {
        let running = setup.clone().logged().start(*driver);
        settle(&running);
        test(&running, *driver);
    }
}

/// Waits until everything that was logged has arrived, and returns it. One worker writes its lines in order.
fn settle(running: &Running) -> Vec<String> {
    running.client().send("GET /mark HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").response();
    lines::until("/mark").into_iter().filter(|line| !line.contains("/mark")).collect()
}

fn code(name: &str) -> String {
    let limit = TABLE.iter().find(|limit| limit.name == name).expect("the limit is in the table");
    format!("\"{}\"", limit.code)
}

/// Exactly one line has the limit's code.
fn told_once(running: &Running, name: &str) {
    let seen = settle(running);
    assert_eq!(lines::count(&seen, &code(name)), 1, "{name}: {seen:#?}");
}

/// No line has it.
fn not_told(running: &Running, name: &str) {
    let seen = settle(running);
    assert_eq!(lines::count(&seen, &code(name)), 0, "{name}: {seen:#?}");
}

fn ask(running: &Running, request: impl AsRef<[u8]>) -> Response {
    running.client().send(request).response()
}

fn post(path: &str, body: usize) -> String {
    format!("POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: {body}\r\n\r\n{}", "x".repeat(body))
}

/// A module whose `GET /` answers with what `route` leaves; `extra` stands before.
fn module(extra: &str, route: &str) -> Setup {
    Setup::text(&format!(
        r#"(module
  (import "purview:log" "write" (func $log (param i32 i32 i32)))
  (memory (export "memory") 2 128)
  (global (export "purview:request/1") i32 (i32.const 4096))
  (func (export "purview:reserve/1") (param i32) (result i32) (i32.const 16384))
  (data (i32.const 1024) "\01\00\c8\00" "\00\00\00\00" "\00\00\00\00" "\00\00\01\00" "\00\00\00\00" "\00\00\00\00")
  {extra}
  (func (export "GET /") (param i32 i32) (result i32) {route} (i32.const 1024)))"#
    ))
}

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

#[test]
fn request_heads() {
    let _alone = lines::alone();
    let setup = Setup::new("ignore.wat")
        .limit("head_bytes", 400)
        .limit("head_fields", 5)
        .limit("target_bytes", 100);
    let head = |bytes: usize| {
        let start = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
        format!("{start}{}\r\n\r\n", "x".repeat(bytes - start.len() - 4))
    };
    let fields =
        |count: usize| format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", "A: b\r\n".repeat(count - 1));
    let target =
        |bytes: usize| format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", "a".repeat(bytes - 1));
    let of_size = |name: &str, size| match name {
        "head_bytes" => head(size),
        "head_fields" => fields(size),
        _ => target(size),
    };
    let cases = [("head_bytes", 431, 400), ("head_fields", 431, 5), ("target_bytes", 414, 100)];
    on_each(&setup, |running, _| {
        for (name, status, limit) in cases {
            for size in [limit - 1, limit] {
                assert_eq!(ask(running, of_size(name, size)).status, 202, "{name} {size}");
            }
            not_told(running, name);
            assert_eq!(ask(running, of_size(name, limit + 1)).status, status, "{name}");
            told_once(running, name);
        }
    });
}

#[test]
fn request_bodies() {
    let _alone = lines::alone();
    for guest in ["echo.wat", "ignore.wat"] {
        on_each(&Setup::new(guest).limit("request_body_bytes", 1000), |running, _| {
            let chunked = |size: usize| {
                let (half, rest) = (size / 2, size - size / 2);
                let (first, second) = ("x".repeat(half), "x".repeat(rest));
                format!(
                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{half:x}\r\n{first}\r\n{rest:x}\r\n{second}\r\n0\r\n\r\n"
                )
            };
            for size in [999, 1000] {
                assert!(ask(running, post("/", size)).status < 300);
                assert!(ask(running, chunked(size)).status < 300);
            }
            not_told(running, "request_body_bytes");
            let mut client = running.client();
            assert_eq!(client.send(post("/", 1001)).response().status, 413);
            assert!(client.closes());
            told_once(running, "request_body_bytes");
            assert_eq!(ask(running, chunked(1001)).status, 413);
            told_once(running, "request_body_bytes");
        });
    }
}

#[test]
fn response_bodies() {
    let _alone = lines::alone();
    let route =
        |size: usize| module("", &format!("(i32.store (i32.const 1040) (i32.const {size}))"));
    for size in [999, 1000, 1001] {
        on_each(&route(size).limit("response_body_bytes", 1000), |running, _| {
            let answer = ask(running, GET);
            if size <= 1000 {
                assert_eq!((answer.status, answer.body.len()), (200, size));
                not_told(running, "response_body_bytes");
            } else {
                assert_eq!(answer.status, 500);
                told_once(running, "response_body_bytes");
            }
        });
    }
}

#[test]
fn response_heads() {
    let _alone = lines::alone();
    // One field: a name of 8 bytes and a value of the rest.
    for size in [299, 300, 301] {
        let extra = format!(
            r#"(data (i32.const 2048) "x-filled" "{}")
               (data (i32.const 1088) "\00\08\00\00" "\08\00\00\00" "\08\08\00\00")"#,
            "v".repeat(size - 8)
        );
        let route = format!(
            "(i32.store (i32.const 1028) (i32.const 1088)) (i32.store (i32.const 1032) (i32.const 1))
             (i32.store (i32.const 1100) (i32.const {}))",
            size - 8
        );
        on_each(&module(&extra, &route).limit("response_head_bytes", 300), |running, _| {
            let answer = ask(running, GET);
            if size <= 300 {
                assert_eq!(answer.status, 200);
                assert_eq!(answer.header("x-filled").map(str::len), Some(size - 8));
                not_told(running, "response_head_bytes");
            } else {
                assert_eq!(answer.status, 500);
                told_once(running, "response_head_bytes");
            }
        });
    }
}

/// A module that imports `call` of `module` with `params` numbers and whose `GET /` runs `route`.
fn computing((module, call, params): (&str, &str, usize), route: &str) -> Setup {
    Setup::text(&format!(
        r#"(module
  (import "{module}" "{call}" (func $call (param {}) (result i32)))
  (memory (export "memory") 2 2)
  (global (export "purview:request/1") i32 (i32.const 4096))
  (func (export "purview:reserve/1") (param i32) (result i32) (i32.const 16384))
  (data (i32.const 1024) "\01\00\c8\00" "\00\00\00\00" "\00\00\00\00" "\00\00\01\00" "\00\00\00\00" "\00\00\00\00")
  (data (i32.const 2048) "true1{{}}{}")
  (func (export "GET /") (param i32 i32) (result i32) {route} (i32.const 1024)))"#,
        "i32 ".repeat(params),
        " ".repeat(30)
    ))
}

#[test]
fn calls_that_compute() {
    let _alone = lines::alone();
    for (size, result) in [(1999, 32), (2000, 32), (2001, -2)] {
        let route = format!(
            "(if (i32.ne (call $call (i32.const 0) (i32.const {size}) (i32.const 0) (i32.const 0)) (i32.const {result})) (then unreachable))"
        );
        let setup = computing(("purview:crypto", "sha256", 4), &route);
        on_each(&setup.limit("native_bytes", 2000), |running, _| {
            assert_eq!(ask(running, GET).status, 200, "{size}");
            if result > 0 {
                not_told(running, "native_bytes");
            } else {
                told_once(running, "native_bytes");
            }
        });
    }
}

#[test]
fn schemas_that_are_kept() {
    let _alone = lines::alone();
    // The schema `true`, then the schema `{}`, both with the data `1`.
    let check = |at: u32, length: u32| {
        format!(
            "(if (i32.ne (call $call (i32.const {at}) (i32.const {length}) (i32.const 2052) (i32.const 1) (i32.const 0) (i32.const 0)) (i32.const 1)) (then unreachable))"
        )
    };
    let route = check(2048, 4) + &check(2053, 2);
    for (limit, told) in [(1, true), (2, false), (3, false)] {
        let setup = computing(("purview:validate", "check", 6), &route);
        on_each(&setup.limit("schemas", limit), |running, _| {
            assert_eq!(ask(running, GET).status, 200);
            if told {
                told_once(running, "schemas");
            } else {
                not_told(running, "schemas");
            }
        });
    }
}

#[test]
fn log_lines() {
    let _alone = lines::alone();
    // Ten lines of ten bytes, each with its line end.
    let route = "(local $i i32) (loop $again
        (call $log (i32.const 1) (i32.const 2048) (i32.const 9))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $again (i32.lt_u (local.get $i) (i32.const 10))))";
    let setup = module(r#"(data (i32.const 2048) "a message")"#, route);
    for (limit, written) in [(99, 9), (100, 10), (101, 10), (0, 0)] {
        on_each(&setup.clone().limit("log_bytes", limit), |running, _| {
            assert_eq!(ask(running, GET).status, 200);
            let seen = settle(running);
            assert_eq!(lines::count(&seen, "a message"), written, "{limit}: {seen:#?}");
            assert_eq!(lines::count(&seen, &code("log_bytes")), usize::from(written < 10));
            if written < 10 {
                assert_eq!(
                    lines::count(&seen, &format!("\"lines\":{}", 10 - written)),
                    1,
                    "{seen:#?}"
                );
            }
        });
    }
}

#[test]
fn long_log_lines() {
    let _alone = lines::alone();
    let text = "x".repeat(97) + "éy";
    for (length, written) in [(99, "xxé\""), (100, "xxéy\"")] {
        let route = format!("(call $log (i32.const 1) (i32.const 2048) (i32.const {length}))");
        let setup = module(&format!(r#"(data (i32.const 2048) "{text}")"#), &route);
        for (limit, cut) in [(98, true), (99, length > 99), (100, false), (101, false)] {
            on_each(&setup.clone().limit("log_line_bytes", limit), |running, _| {
                assert_eq!(ask(running, GET).status, 200);
                let seen = settle(running);
                let wanted = match limit {
                    98 => "xx\"",
                    99 => "xxé\"",
                    _ => written,
                };
                assert_eq!(lines::count(&seen, wanted), 1, "{length} {limit}: {seen:#?}");
                assert_eq!(lines::count(&seen, &code("log_line_bytes")), usize::from(cut));
            });
        }
    }
}

#[test]
fn long_schemas() {
    let _alone = lines::alone();
    for (length, result) in [(19, 1), (20, 1), (21, -1)] {
        // `{}` and spaces; a verdict that is none is longer than one byte.
        let route = format!(
            "(if (i32.ne (i32.const {result}) (select (i32.const 1) (i32.const -1) (i32.eq (i32.const 1)
             (call $call (i32.const 2053) (i32.const {length}) (i32.const 2052) (i32.const 1) (i32.const 0) (i32.const 0))))) (then unreachable))"
        );
        let setup = computing(("purview:validate", "check", 6), &route);
        on_each(&setup.limit("schema_bytes", 20), |running, _| {
            assert_eq!(ask(running, GET).status, 200, "{length}");
            if result > 0 {
                not_told(running, "schema_bytes");
            } else {
                told_once(running, "schema_bytes");
            }
        });
    }
}

#[test]
fn a_guests_memory() {
    let _alone = lines::alone();
    // Two pages at first; the body's length tells how many it got when it asked for two more.
    let route = "(drop (memory.grow (i32.const 1))) (drop (memory.grow (i32.const 1))) (drop (memory.grow (i32.const 1)))
        (i32.store (i32.const 1036) (i32.const 2048)) (i32.store (i32.const 1040) (memory.size))";
    let page = 64 * 1024;
    for (limit, pages) in [(4 * page - 1, 3), (4 * page, 4), (4 * page + 1, 4), (5 * page, 5)] {
        on_each(&module("", route).limit("memory_bytes", limit), |running, _| {
            let answer = ask(running, GET);
            assert_eq!((answer.status, answer.body.len()), (200, pages), "{limit}");
            if pages < 5 {
                told_once(running, "memory_bytes");
            } else {
                not_told(running, "memory_bytes");
            }
        });
    }
    // A module that wants more from the start is not served at all.
    let setup = module("", "").limit("memory_bytes", 2 * page - 1);
    let error = load::load(&setup.load).expect_err("two pages are more than the limit");
    assert!(error.to_string().contains("memory"), "{error}");
    load::load(&module("", "").limit("memory_bytes", 2 * page).load)
        .expect("two pages are the limit");
}

#[test]
fn processor_time() {
    let _alone = lines::alone();
    on_each(&Setup::new("spin.wat").limit("cpu_ms", 60), |running, _| {
        let start = Instant::now();
        assert_eq!(ask(running, "GET /spin HTTP/1.1\r\nHost: a\r\n\r\n").status, 504);
        assert!(start.elapsed() >= Duration::from_millis(55), "{:?}", start.elapsed());
        told_once(running, "cpu_ms");
        assert_eq!(ask(running, GET).status, 200);
        not_told(running, "cpu_ms");
    });
}

#[test]
fn time_in_a_handler() {
    let _alone = lines::alone();
    on_each(&Setup::new("stream.wat").limit("wall_ms", 500), |running, _| {
        // It waits for a body that does not come; the body's own time is longer.
        let start = Instant::now();
        let mut client = running.client();
        client.send("POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello");
        assert_eq!(client.response().status, 504);
        let took = start.elapsed();
        assert!((400..2000).contains(&took.as_millis()), "{took:?}");
        told_once(running, "wall_ms");
        // Just in time.
        let mut client = running.client();
        client.send("POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello");
        thread::sleep(Duration::from_millis(200));
        assert_eq!(client.send("world").response().text(), "helloworld");
        not_told(running, "wall_ms");
    });
}

#[test]
fn slow_heads() {
    let _alone = lines::alone();
    on_each(&Setup::new("ignore.wat").limit("head_read_ms", 600), |running, _| {
        // One byte now and then is no progress: the time counts from the first byte.
        let start = Instant::now();
        let mut client = running.client();
        for byte in GET.bytes().cycle().take(20) {
            client.send([byte]);
            thread::sleep(Duration::from_millis(50));
            if start.elapsed() > Duration::from_millis(500) {
                break;
            }
        }
        assert_eq!(client.response().status, 408);
        let took = start.elapsed();
        assert!((500..2000).contains(&took.as_millis()), "{took:?}");
        assert!(client.closes());
        told_once(running, "head_read_ms");
        // Nothing at all: closed without an answer.
        let start = Instant::now();
        assert!(running.client().closes());
        let took = start.elapsed();
        assert!((500..2000).contains(&took.as_millis()), "{took:?}");
        told_once(running, "head_read_ms");
        // Just in time; and for a second request the time starts anew.
        let mut client = running.client();
        for _ in 0..2 {
            let (start, rest) = GET.split_at(20);
            client.send(start);
            thread::sleep(Duration::from_millis(300));
            assert_eq!(client.send(rest).response().status, 202);
            thread::sleep(Duration::from_millis(300));
        }
        not_told(running, "head_read_ms");
    });
}

#[test]
fn slow_bodies() {
    let _alone = lines::alone();
    // Once read before the handler starts, once while it runs.
    for (guest, path) in [("echo.wat", "/"), ("ignore.wat", "/"), ("stream.wat", "/collect")] {
        let setup = Setup::new(guest).limit("body_stall_ms", 500).limit("body_read_ms", 1200);
        on_each(&setup, |running, _| {
            let head = format!("POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n");
            let start = Instant::now();
            let mut client = running.client();
            assert_eq!(client.send(&head).send("x").response().status, 408, "{guest}");
            let took = start.elapsed();
            assert!((400..1100).contains(&took.as_millis()), "{guest}: {took:?}");
            assert!(client.closes());
            told_once(running, "body_stall_ms");
            // Progress, but too little of it.
            let start = Instant::now();
            let mut client = running.client();
            client.send(&head);
            while start.elapsed() < Duration::from_millis(1100) {
                client.send("x");
                thread::sleep(Duration::from_millis(150));
            }
            assert_eq!(client.response().status, 408, "{guest}");
            let took = start.elapsed();
            assert!((1100..3000).contains(&took.as_millis()), "{guest}: {took:?}");
            told_once(running, "body_read_ms");
            // Just in time.
            let mut client = running.client();
            client.send(&head);
            for _ in 0..3 {
                client.send("x".repeat(25));
                thread::sleep(Duration::from_millis(200));
            }
            assert!(client.send("x".repeat(25)).response().status < 300, "{guest}");
            let seen = settle(running);
            assert_eq!(lines::count(&seen, "limit.body"), 0, "{guest}: {seen:#?}");
        });
    }
}

#[test]
fn clients_that_do_not_read() {
    let _alone = lines::alone();
    let setup = Setup::new("stream.wat").limit("write_stall_ms", 500).limit("wall_ms", 20_000);
    on_each(&setup, |running, driver| {
        // One takes nothing of an endless answer, another takes it slowly.
        let start = Instant::now();
        let flood = "GET /flood HTTP/1.1\r\nHost: a\r\n\r\n";
        let mut deaf = running.client();
        deaf.send(flood);
        let mut slow = running.client();
        slow.send(flood);
        assert!(slow.takes_for(Duration::from_millis(1500)), "{driver}: a slow reader was cut");
        let seen = lines::until("limit.write_stall");
        let took = start.elapsed();
        assert!((400..3000).contains(&took.as_millis()), "{took:?}");
        assert_eq!(lines::count(&seen, "limit.write_stall"), 1, "{seen:#?}");
        drop(slow);
        lines::until("client.gone");
    });
}

#[test]
fn a_slow_reader_is_not_idle() {
    let _alone = lines::alone();
    // An answer of 8 MB, whole in the output while the client takes it, for longer than it may be idle.
    let setup = module(
        "",
        "(drop (memory.grow (i32.const 126))) (i32.store (i32.const 1040) (i32.const 8000000))",
    );
    on_each(&setup.limit("idle_ms", 300).limit("write_stall_ms", 2000), |running, driver| {
        for last in ["", "Connection: close\r\n"] {
            let mut client = running.client();
            client.send(format!("GET / HTTP/1.1\r\nHost: a\r\n{last}\r\n"));
            let body = client.takes_all(8_000_000, Duration::from_millis(1500));
            assert!(body, "{driver}: it was cut while it read");
        }
    });
}

#[test]
fn idle_connections() {
    let _alone = lines::alone();
    on_each(&Setup::new("ignore.wat").limit("idle_ms", 500), |running, _| {
        let mut client = running.client();
        for _ in 0..3 {
            assert_eq!(client.send(GET).response().status, 202);
            thread::sleep(Duration::from_millis(250));
        }
        not_told(running, "idle_ms");
        assert_eq!(client.send(GET).response().status, 202);
        let start = Instant::now();
        // Empty lines are no request: they do not keep it open.
        thread::sleep(Duration::from_millis(200));
        client.send("\r\n");
        assert!(client.closes());
        let took = start.elapsed();
        assert!((400..1000).contains(&took.as_millis()), "{took:?}");
        told_once(running, "idle_ms");
    });
}

#[test]
fn unread_bodies() {
    let _alone = lines::alone();
    on_each(&Setup::new("stream.wat").limit("drain_bytes", 1000), |running, _| {
        let declared = |size: usize| post("/ignore", size);
        for size in [999, 1000] {
            let mut client = running.client();
            let (head, body) = declared(size)
                .split_once("\r\n\r\n")
                .map(|(a, b)| (format!("{a}\r\n\r\n"), b.to_owned()))
                .unwrap();
            assert_eq!(client.send(head).response().status, 202);
            client.send(body);
            assert_eq!(client.send(post("/ignore", 0)).response().status, 202, "{size}");
        }
        not_told(running, "drain_bytes");
        let mut client = running.client();
        let request = declared(1001);
        let (head, _) = request.split_at(request.len() - 1001);
        let answer = client.send(head).response();
        assert_eq!((answer.status, answer.header("connection")), (202, Some("close")));
        assert!(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").closes());
        told_once(running, "drain_bytes");
        // Chunks: what is skipped counts as it comes.
        for (size, stays) in [(980, true), (1001, false)] {
            let mut client = running.client();
            client.send("POST /ignore HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            assert_eq!(client.response().status, 202);
            client.send(format!("{size:x}\r\n{}", "x".repeat(size)));
            client.send(if stays { "\r\n0\r\n\r\n" } else { "" });
            if stays {
                not_told(running, "drain_bytes");
            } else {
                assert!(client.closes());
                told_once(running, "drain_bytes");
            }
        }
    });
}

#[test]
fn piled_up_answers() {
    let _alone = lines::alone();
    // Answers of 40 KB to a client that reads none of them, until the sockets and the limit are full.
    let setup = module("", "(i32.store (i32.const 1040) (i32.const 40000))");
    on_each(&setup.limit("output_bytes", 100_000).limit("write_stall_ms", 20_000), |running, _| {
        let mut client = running.client();
        assert_eq!(client.send(GET).response().status, 200);
        not_told(running, "output_bytes");
        let sender = client.stream.try_clone().unwrap();
        let count = 1500;
        let writes =
            thread::spawn(move || (&sender).write_all(GET.repeat(count).as_bytes()).unwrap());
        let seen = lines::until("limit.output");
        assert_eq!(lines::count(&seen, &code("output_bytes")), 1);
        // Those that were answered before it waits are bounded by what sockets hold, which is less than all.
        thread::sleep(Duration::from_millis(200));
        let answered =
            lines::count(&seen, "\"request\"") + lines::count(&settle(running), "\"request\"");
        assert!(answered < count, "all {answered} were answered though nobody read");
        // Nothing is lost.
        for _ in 0..count {
            assert_eq!(client.response().body.len(), 40_000);
        }
        writes.join().unwrap();
    });
}

#[test]
fn connections() {
    let _alone = lines::alone();
    on_each(&Setup::new("ignore.wat").limit("connections", 3), |running, _| {
        thread::sleep(Duration::from_millis(50));
        lines::take();
        let mut open: Vec<Client> = (0..3).map(|_| running.client()).collect();
        for client in &mut open {
            assert_eq!(client.send(GET).response().status, 202);
        }
        assert_eq!(lines::count(&lines::take(), &code("connections")), 0);
        assert!(running.client().closes(), "the fourth is closed at once");
        let seen = lines::until("limit.connections");
        assert_eq!(lines::count(&seen, &code("connections")), 1);
        // Those that follow at once share a line, which tells how many they were.
        assert!((0..3).all(|_| running.client().closes()));
        thread::sleep(Duration::from_millis(1100));
        assert!(running.client().closes());
        let seen = lines::until("limit.connections");
        assert_eq!(lines::count(&seen, "refused: 4;"), 1, "{seen:#?}");
        // Room again.
        drop(open.pop());
        let end = Instant::now() + Duration::from_secs(5);
        while !running.client().send(GET).read(false).is_ok_and(|answer| answer.status == 202) {
            assert!(Instant::now() < end, "there is no room after one has left");
        }
    });
}

#[test]
fn instances() {
    let _alone = lines::alone();
    on_each(&Setup::new("stream.wat").limit("instances", 2), |running, _| {
        let mut busy: Vec<Client> = (0..2).map(|_| running.client()).collect();
        for client in &mut busy {
            client.send("POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n");
        }
        thread::sleep(Duration::from_millis(200));
        let answer = ask(running, "GET /buffered HTTP/1.1\r\nHost: a\r\n\r\n");
        assert_eq!((answer.status, answer.header("retry-after")), (503, Some("1")));
        // What no handler is asked is answered all the same.
        told_once(running, "instances");
        for client in &mut busy {
            assert_eq!(client.send("x").response().status, 200);
        }
        assert_eq!(ask(running, "GET /buffered HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
        not_told(running, "instances");
    });
}

#[test]
fn modules() {
    let _alone = lines::alone();
    let setup = module("", "");
    let size = std::fs::metadata(&setup.load.modules[0]).unwrap().len();
    for limit in [size, size + 1] {
        load::load(&setup.clone().limit("module_bytes", limit).load).expect("the module fits");
    }
    let error =
        load::load(&setup.limit("module_bytes", size - 1).load).expect_err("it does not fit");
    assert!(error.to_string().contains("`module_bytes`"), "{error}");
}

#[test]
fn the_end() {
    let _alone = lines::alone();
    for driver in DRIVERS {
        // One request ends in time, one does not.
        let running = Setup::new("stream.wat").limit("shutdown_ms", 700).logged().start(*driver);
        settle(&running);
        let (mut quick, mut slow) = (running.client(), running.client());
        for client in [&mut quick, &mut slow] {
            client.send("POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nx");
        }
        thread::sleep(Duration::from_millis(100));
        let start = Instant::now();
        running.server().drain();
        thread::sleep(Duration::from_millis(200));
        assert!(
            std::net::TcpStream::connect(running.address).is_err(),
            "{driver}: a client is let in"
        );
        assert_eq!(quick.send("y").response().text(), "xy");
        running.stop();
        let took = start.elapsed();
        assert!((650..3000).contains(&took.as_millis()), "{driver}: {took:?}");
        assert!(slow.closes());
        let seen = lines::until("limit.shutdown");
        assert_eq!(lines::count(&seen, &code("shutdown_ms")), 1, "{seen:#?}");
    }
}

#[test]
fn a_limit_is_told_without_request_lines_too() {
    let _alone = lines::alone();
    let running = Setup::new("spin.wat").limit("cpu_ms", 20).start(DRIVERS[0]);
    lines::take();
    assert_eq!(ask(&running, "GET /spin HTTP/1.1\r\nHost: a\r\n\r\n").status, 504);
    let seen = lines::until("limit.cpu");
    assert_eq!(lines::count(&seen, "limit.cpu"), 1);
    assert_eq!(lines::count(&seen, "\"request\""), 0, "{seen:#?}");
    assert!(!log::logs_requests());
}
