//! Guests that give the host the worst they can: every address and length that is outside, at the edge, or wraps, to every
//! host call; response records that point anywhere; fields that are not fields. Each ends as an error code or a trap, costs
//! a bounded time, and the server goes on. And modules that could never run are refused when they are loaded.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;
#[path = "support/pairs.rs"]
mod pairs;

use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

use pairs::{END, PAIRS};
use purview::load;
use support::{DRIVERS, Running, Setup, client::Response, lines};

/// Serves, with the log kept away from the terminal.
fn start(setup: &Setup, driver: purview::socket::DriverKind) -> Running {
    lines::capture();
    setup.start(driver)
}

/// A module with these imports whose `POST /` runs `route`.
fn module(imports: &str, data: &str, route: &str) -> String {
    format!(
        r#"(module
  {imports}
  (memory (export "memory") 2 2)
  (global (export "purview:request/1") i32 (i32.const 4096))
  (func (export "purview:reserve/1") (param i32) (result i32) (i32.const 16384))
  (data (i32.const 1024) "\01\00\c8\00" "\00\00\00\00" "\00\00\00\00" "\00\08\00\00" "\02\00\00\00" "\00\00\00\00")
  (data (i32.const 2048) "ok")
  {data}
  (func (export "GET /fine") (param i32 i32) (result i32) (i32.const 1024))
  (func (export "POST /") (param i32 i32) (result i32) {route}))"#
    )
}

const POST: &str = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";

/// The answer to a request, and that the server serves the next one as before.
fn ask(running: &Running, what: &str) -> Response {
    let start = Instant::now();
    let answer = running.client().send(POST).response();
    let took = start.elapsed();
    assert!(took < Duration::from_secs(2), "{what}: took {took:?}");
    let next = running.client().send("GET /fine HTTP/1.1\r\nHost: a\r\n\r\n").response();
    assert_eq!((next.status, next.text().as_str()), (200, "ok"), "{what}: afterwards");
    answer
}

/// Serves a module on each driver for one request.
fn serve(module: &str, what: &str, check: impl Fn(&Response)) {
    let setup = Setup::text(module).limit("instances", 4);
    for driver in DRIVERS {
        let running = start(&setup, *driver);
        let answer = ask(&running, &format!("{what}, {driver}"));
        check(&answer);
    }
}

/// A host call under attack: its import, and the call with `$at` and `$length`.
struct Attack {
    name: &'static str,
    import: &'static str,
    call: &'static str,
    /// Whether the call copies no more than it has, so that a huge length is no error where the address is inside.
    fills: bool,
}

const ATTACKS: &[Attack] = &[
    Attack {
        name: "body",
        import: r#"(import "purview:http" "body" (func $c (param i32 i32) (result i32)))"#,
        call: "(drop (call $c (local.get $at) (local.get $length)))",
        fills: true,
    },
    Attack {
        name: "body_read",
        import: r#"(import "purview:http" "body_read" (func $c (param i32 i32) (result i32)))"#,
        call: "(drop (call $c (local.get $at) (local.get $length)))",
        fills: true,
    },
    Attack {
        name: "respond",
        import: r#"(import "purview:http" "respond" (func $c (param i32) (result i32)))"#,
        call: "(drop (call $c (local.get $at)))",
        fills: true,
    },
    Attack {
        name: "write",
        import: r#"(import "purview:http" "respond" (func $r (param i32) (result i32)))
                   (import "purview:http" "write" (func $c (param i32 i32) (result i32)))"#,
        call: "(drop (call $r (i32.const 1024))) (drop (call $c (local.get $at) (local.get $length)))",
        fills: false,
    },
    Attack {
        name: "log",
        import: r#"(import "purview:log" "write" (func $c (param i32 i32 i32)))"#,
        call: "(call $c (local.get $at) (local.get $at) (local.get $length))",
        fills: false,
    },
    Attack {
        name: "env, a literal name",
        import: r#"(import "purview:env" "HOSTILE" (func $c (param i32 i32) (result i32)))"#,
        call: "(drop (call $c (local.get $at) (local.get $length)))",
        fills: true,
    },
    Attack {
        name: "env, the name",
        import: r#"(import "purview:env" "*" (func $c (param i32 i32 i32 i32) (result i32)))"#,
        call: "(drop (call $c (local.get $at) (local.get $length) (i32.const 2048) (i32.const 16)))",
        fills: true,
    },
    Attack {
        name: "env, the value",
        import: r#"(import "purview:env" "*" (func $c (param i32 i32 i32 i32) (result i32)))"#,
        call: "(i64.store (i32.const 2048) (i64.const 0x454c4954534f48)) (drop (call $c (i32.const 2048) (i32.const 7) (local.get $at) (local.get $length)))",
        fills: true,
    },
    Attack {
        name: "random",
        import: r#"(import "purview:random" "fill" (func $c (param i32 i32)))"#,
        call: "(call $c (local.get $at) (local.get $length))",
        fills: false,
    },
];

#[test]
fn no_address_and_no_length_reaches_outside() {
    for attack in ATTACKS {
        // One route per pair keeps the number of compilations small.
        let mut text = module(attack.import, "", "(i32.const 1024)");
        text.truncate(text.len() - 1);
        for (index, (at, length, _)) in PAIRS.iter().enumerate() {
            write!(
                text,
                r#"(func (export "POST /{index}") (param i32 i32) (result i32) (local $at i32) (local $length i32)
                   (local.set $at (i32.const {at})) (local.set $length (i32.const {length}))
                   {} (i32.const 1024))"#,
                attack.call
            )
            .unwrap();
        }
        text.push(')');
        let mut setup = Setup::text(&text).limit("instances", 4);
        setup.load.environment.insert("HOSTILE".into(), "value".into());
        for driver in DRIVERS {
            let running = start(&setup, *driver);
            for (index, (at, length, inside)) in PAIRS.iter().enumerate() {
                let what = format!("{} with {at:#x} and {length:#x}, {driver}", attack.name);
                let start = Instant::now();
                let request = POST.replace("POST / ", &format!("POST /{index} "));
                let answer = running.client().send(request).read(false);
                let took = start.elapsed();
                assert!(took < Duration::from_secs(1), "{what}: took {took:?}");
                match answer {
                    // A length that is cut to what there is may be fine; one that is used must not be.
                    Ok(answer) if *inside || attack.fills => {
                        assert!(matches!(answer.status, 200 | 500), "{what}: {answer:?}");
                    }
                    Ok(answer) => {
                        let refused = answer.status == 500 || !answer.whole;
                        let cut = attack.name == "log"
                            && at.checked_add(8192).is_some_and(|end| end <= END);
                        assert!(refused || cut, "{what}: {answer:?}");
                    }
                    Err(why) => panic!("{what}: {why}"),
                }
            }
            ask(&running, attack.name);
        }
    }
}

#[test]
fn records_that_point_anywhere_are_refused() {
    // Where the record is, as the route returns it; then what stands in it.
    for at in
        [1, 2, END - 23, END - 1, END, END + 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffe8, 0xffff_ffff]
    {
        serve(
            &module("", "", &format!("(i32.const {at})")),
            &format!("a record at {at:#x}"),
            |answer| {
                assert_eq!(answer.status, 500);
            },
        );
    }
    let word =
        |at: u32, value: u32| format!("(i32.store (i32.const {}) (i32.const {value}))", 1024 + at);
    for (at, length, inside) in PAIRS {
        // The header table, whose entries are 16 bytes long; then the body.
        let (table, body) = (word(4, *at) + &word(8, *length), word(12, *at) + &word(16, *length));
        let what = format!("{at:#x}, {length:#x}");
        serve(
            &module("", "", &format!("{table} (i32.const 1024)")),
            &format!("a table at {what}"),
            |answer| {
                assert_eq!(
                    answer.status,
                    if *length == 0 && *inside { 200 } else { 500 },
                    "{what}"
                );
            },
        );
        serve(
            &module("", "", &format!("{body} (i32.const 1024)")),
            &format!("a body at {what}"),
            |answer| {
                assert_eq!(answer.status, if *inside { 200 } else { 500 }, "{what}");
                assert!(!*inside || answer.body.len() == *length as usize, "{what}");
            },
        );
    }
    for (what, change) in [
        ("version 2", word(0, 2 | 200 << 16)),
        ("version 0", word(0, 200 << 16)),
        ("a reserved word", word(20, 1)),
    ] {
        serve(&module("", "", &format!("{change} (i32.const 1024)")), what, |answer| {
            assert_eq!(answer.status, 500, "{what}");
        });
    }
}

#[test]
fn a_status_is_a_final_one() {
    for status in [0u32, 1, 99, 100, 101, 103, 199, 600, 999, 1000, 65535] {
        let route = format!(
            "(i32.store (i32.const 1024) (i32.const {})) (i32.const 1024)",
            1 | status << 16
        );
        serve(&module("", "", &route), &format!("status {status}"), |answer| {
            assert_eq!(answer.status, 500)
        });
    }
    for status in [200u32, 204, 205, 299, 304, 404, 599] {
        let route = format!(
            "(i32.store (i32.const 1024) (i32.const {})) (i32.const 1024)",
            1 | status << 16
        );
        serve(&module("", "", &route), &format!("status {status}"), |answer| {
            assert_eq!(u32::from(answer.status), status);
            let none = matches!(status, 204 | 205 | 304);
            assert_eq!(answer.body.is_empty(), none, "status {status}");
        });
    }
}

/// A module whose answer has one field.
fn with_field(name: &str, value: &str) -> String {
    let bytes =
        |bytes: &[u8]| bytes.iter().fold(String::new(), |all, byte| all + &format!("\\{byte:02x}"));
    let escape = |text: &str| bytes(text.as_bytes());
    let le = |number: usize| bytes(&u32::try_from(number).unwrap().to_le_bytes());
    let data = format!(
        r#"(data (i32.const 8192) "{}") (data (i32.const 12288) "{}")
           (data (i32.const 1088) "{}" "{}" "{}" "{}")"#,
        escape(name),
        escape(value),
        le(8192),
        le(name.len()),
        le(12288),
        le(value.len())
    );
    let route = "(i32.store (i32.const 1028) (i32.const 1088)) (i32.store (i32.const 1032) (i32.const 1)) (i32.const 1024)";
    module("", &data, route)
}

#[test]
fn a_field_cannot_split_the_answer() {
    for value in [
        "a\r\nx-injected: 1",
        "a\nx-injected: 1",
        "a\rx-injected: 1",
        "\r\n\r\n<html>",
        "a\r\n x: 1",
        "a\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\nx-injected: 1",
        "a\0b",
        "\u{7f}",
        "\u{1}",
        "\u{b}",
        "\u{1b}[2J",
    ] {
        serve(&with_field("x-value", value), &format!("the value {value:?}"), |answer| {
            assert_eq!(answer.status, 500, "{value:?}");
            assert!(answer.header("x-injected").is_none());
        });
    }
    for name in [
        "",
        " ",
        "a b",
        "a:",
        ":",
        "a\r\nb",
        "a\n",
        "a\0",
        "\u{e9}",
        "(a)",
        "a\t",
        "x-injected: 1\r\nb",
    ] {
        serve(&with_field(name, "value"), &format!("the name {name:?}"), |answer| {
            assert_eq!(answer.status, 500, "{name:?}");
        });
    }
    for (name, value) in
        [("x-fine", ""), ("x-fine", "a\tb c"), ("X-Fine", "\u{e9}"), ("x-fine", "a: b; c=\"d\"")]
    {
        serve(&with_field(name, value), &format!("{name}: {value}"), |answer| {
            assert_eq!((answer.status, answer.header("x-fine")), (200, Some(value)));
        });
    }
}

#[test]
fn what_frames_the_answer_is_the_hosts() {
    for (name, value) in [
        ("Content-Length", "1000"),
        ("content-length", "0"),
        ("Transfer-Encoding", "chunked"),
        ("Connection", "close"),
        ("connection", "upgrade"),
        ("Keep-Alive", "timeout=1"),
        ("Proxy-Connection", "close"),
        ("Date", "yesterday"),
        ("Host", "evil"),
        ("TE", "trailers"),
        ("Trailer", "x"),
        ("Upgrade", "h2c"),
    ] {
        serve(&with_field(name, value), &format!("{name}: {value}"), |answer| {
            assert_eq!((answer.status, answer.text().as_str()), (200, "ok"), "{name}");
            let lower = name.to_ascii_lowercase();
            let count = answer.headers.iter().filter(|(known, _)| *known == lower).count();
            let own = matches!(&*lower, "content-length" | "date");
            assert_eq!(count, usize::from(own), "{name}: {:?}", answer.headers);
            assert!(answer.header(&lower) != Some(value), "{name}");
        });
    }
}

#[test]
fn a_hundred_thousand_fields_and_a_field_of_a_gigabyte_are_refused() {
    let route = |table: u32, count: u32| {
        format!(
            "(i32.store (i32.const 1028) (i32.const {table})) (i32.store (i32.const 1032) (i32.const {count})) (i32.const 1024)"
        )
    };
    for count in [8000, 100_000, 0x1000_0000, 0xffff_ffff] {
        serve(&module("", "", &route(0, count)), &format!("{count} fields"), |answer| {
            assert_eq!(answer.status, 500);
        });
    }
    // One name, used by every entry of a table that fills the memory: 4,096 times 17 bytes are more than 64 KiB.
    let fill = "(local $i i32) (loop $again
        (i32.store (i32.add (i32.const 65536) (i32.mul (local.get $i) (i32.const 16))) (i32.const 2048))
        (i32.store (i32.add (i32.const 65540) (i32.mul (local.get $i) (i32.const 16))) (i32.const 2))
        (i32.store (i32.add (i32.const 65544) (i32.mul (local.get $i) (i32.const 16))) (i32.const 2048))
        (i32.store (i32.add (i32.const 65548) (i32.mul (local.get $i) (i32.const 16))) (i32.const 0))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $again (i32.lt_u (local.get $i) (i32.const 4096))))";
    for (count, status) in [(4096, 200), (4097, 500)] {
        let module = module("", "", &format!("{fill} {}", route(65536, count)));
        let running = start(&Setup::text(&module), DRIVERS[0]);
        let answer = running.client().send(POST).response();
        assert_eq!(answer.status, status, "{count} fields");
    }
    let huge =
        r#"(data (i32.const 1088) "\00\08\00\00" "\02\00\00\00" "\00\08\00\00" "\00\00\00\40")"#;
    serve(&module("", huge, &route(1088, 1)), "a value of 1 GB", |answer| {
        assert_eq!(answer.status, 500)
    });
    let huge =
        r#"(data (i32.const 1088) "\00\08\00\00" "\00\00\00\40" "\00\08\00\00" "\00\00\00\00")"#;
    serve(&module("", huge, &route(1088, 1)), "a name of 1 GB", |answer| {
        assert_eq!(answer.status, 500)
    });
}

#[test]
fn a_reserved_place_outside_is_refused() {
    for at in [END - 10, END, 0x7fff_ffff, 0xffff_ffff] {
        let text = module("", "", "(i32.const 1024)")
            .replace("(result i32) (i32.const 16384)", &format!("(result i32) (i32.const {at})"))
            .replace(r#"(global (export "purview:request/1") i32 (i32.const 4096))"#, "");
        let running = start(&Setup::text(&text), DRIVERS[0]);
        assert_eq!(running.client().send(POST).response().status, 500, "{at:#x}");
    }
}

#[test]
fn modules_that_could_never_run_are_not_loaded() {
    let fine = module("", "", "(i32.const 1024)");
    load::load(&Setup::text(&fine).load).expect("the module is fine");
    let with = |what: &str| {
        fine.replace(
            r#"(func (export "GET /fine")"#,
            &format!(r#"{what} (func (export "GET /fine")"#),
        )
    };
    for (what, text) in [
        ("data outside", with(r#"(data (i32.const 131072) "x")"#)),
        ("data that wraps", with(r#"(data (i32.const -1) "xx")"#)),
        ("elements outside", with("(table 1 funcref) (func $f) (elem (i32.const 1) $f)")),
        ("a start function that traps", with("(func $s (unreachable)) (start $s)")),
        ("a start function without end", with("(func $s (loop $l (br $l))) (start $s)")),
        ("a table that is too large", with("(table 1000000 funcref)")),
        ("an initialize that traps", with(r#"(func (export "_initialize") (unreachable))"#)),
        ("memory over the limit", fine.replace("2 2)", "2000 2000)")),
        ("two memories", with("(memory 1)")),
        (
            "64-bit memory",
            fine.replace(
                r#"(memory (export "memory") 2 2)"#,
                r#"(memory (export "memory") i64 2 2)"#,
            ),
        ),
        ("shared memory", fine.replace("2 2)", "2 2 shared)")),
    ] {
        let error = match load::load(&Setup::text(&text).load) {
            Err(error) => error.to_string(),
            Ok(_) => panic!("{what}: it is loaded"),
        };
        assert!(!error.is_empty() && error.len() < 2000, "{what}: {error}");
    }
}
