//! Every host call of the table, given the worst: addresses and lengths outside, at the edge, wrapping, 4 GiB, for each of its
//! parameters; sizes at its cap; a result over its own argument; code that is nothing but calls. The tests read the table, so a
//! new call is under attack from its first day.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;
#[path = "support/pairs.rs"]
mod pairs;

use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

use pairs::PAIRS;
use purview_abi::call::{self, CALLS, Call, Type};
use support::{DRIVERS, Running, Setup, client::Response, lines};

/// Calls that only compute: what they are given must lie inside, or the guest ends.
fn computes(call: &Call) -> bool {
    [call::CRYPTO, call::AUTH, call::VALIDATE].contains(&call.module)
}

fn wasm(kind: Type) -> &'static str {
    match kind {
        Type::I32 => "i32",
        Type::I64 => "i64",
        Type::F64 => "f64",
    }
}

/// A module that imports `call`, with a route for each list of arguments: its answer is the call's result, four bytes.
fn module(call: &Call, routes: &[Vec<i64>]) -> String {
    let params: Vec<&str> = call.signature.params.iter().map(|kind| wasm(*kind)).collect();
    let result =
        call.signature.result.map_or(String::new(), |kind| format!("(result {})", wasm(kind)));
    let mut text = format!(
        r#"(module
  (import "{}" "{}" (func $call (param {}) {result}))
  (memory (export "memory") 2 2)
  (global (export "purview:request/1") i32 (i32.const 4096))
  (func (export "purview:reserve/1") (param i32) (result i32) (i32.const 16384))
  (data (i32.const 1024) "\01\00\c8\00" "\00\00\00\00" "\00\00\00\00" "\00\10\00\00" "\04\00\00\00" "\00\00\00\00")
  (data (i32.const 2048) "true")
  (func (export "GET /fine") (param i32 i32) (result i32) (i32.const 1024))"#,
        call.module,
        call.name,
        params.join(" ")
    );
    for (index, arguments) in routes.iter().enumerate() {
        let kinds = call.signature.params.iter();
        let arguments: String = kinds
            .zip(arguments)
            .map(|(kind, value)| match kind {
                Type::I32 => format!("(i32.const {}) ", *value as u32),
                Type::I64 => format!("(i64.const {value}) "),
                Type::F64 => format!("(f64.const {value}) "),
            })
            .collect();
        let made = format!("(call $call {arguments})");
        let made = match call.signature.result {
            None => made,
            Some(Type::I32) => format!("(i32.store (i32.const 4096) {made})"),
            Some(_) => format!("(drop {made})"),
        };
        write!(
            text,
            r#"(func (export "POST /{index}") (param i32 i32) (result i32) {made} (i32.const 1024))"#
        )
        .unwrap();
    }
    text + ")"
}

/// Arguments that every call finds inside memory.
fn harmless(call: &Call) -> Vec<i64> {
    (0..call.signature.params.len()).map(|at| if at % 2 == 0 { 2048 } else { 4 }).collect()
}

fn start(text: &str, driver: purview::socket::DriverKind, native_bytes: u64) -> Running {
    lines::capture();
    let setup = Setup::text(text).limit("instances", 4).limit("native_bytes", native_bytes);
    setup.start(driver)
}

/// Whether this host offers the call: one that it does not offer cannot be attacked, since its module does not load.
fn is_linked(text: &str) -> bool {
    match purview::load::load(&Setup::text(text).load) {
        Ok(_) => true,
        Err(errors) => {
            let why = errors.to_string();
            assert!(why.contains("does not offer this capability"), "{why}");
            false
        }
    }
}

/// The answer of a route, in bounded time.
fn ask(running: &Running, index: usize, what: &str) -> Response {
    let start = Instant::now();
    let request = format!("POST /{index} HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
    let answer = running.client().send(request).read(false);
    let took = start.elapsed();
    assert!(took < Duration::from_secs(2), "{what}: took {took:?}");
    answer.unwrap_or_else(|why| panic!("{what}: {why}"))
}

fn result(answer: &Response) -> i32 {
    i32::from_le_bytes(answer.body[..4].try_into().unwrap())
}

fn find(module: &str, name: &str) -> &'static Call {
    call::find(module, name).unwrap()
}

#[test]
fn no_argument_of_any_call_reaches_outside() {
    for call in CALLS {
        let mut routes = Vec::new();
        let mut places = Vec::new();
        let params = call.signature.params.len();
        for at in 0..params {
            for (address, length, inside) in PAIRS {
                let mut arguments = harmless(call);
                arguments[at] = i64::from(*address);
                if at + 1 < params {
                    arguments[at + 1] = i64::from(*length);
                }
                routes.push(arguments);
                // What is before the buffer is read whole.
                places.push(at % 2 == 0 && at + 2 < params && !inside);
            }
        }
        if routes.is_empty() {
            routes.push(Vec::new());
            places.push(false);
        }
        let text = module(call, &routes);
        if !is_linked(&text) {
            continue;
        }
        for driver in DRIVERS {
            let running = start(&text, *driver, 65_536);
            for (index, outside) in places.iter().enumerate() {
                let what =
                    format!("{} {} with {:x?}, {driver}", call.module, call.name, routes[index]);
                let answer = ask(&running, index, &what);
                if computes(call) && *outside {
                    assert_eq!(answer.status, 500, "{what}");
                }
            }
            let next = running.client().send("GET /fine HTTP/1.1\r\nHost: a\r\n\r\n").response();
            assert_eq!(next.status, 200, "{} {}: afterwards", call.module, call.name);
        }
    }
}

#[test]
fn sizes_end_at_their_cap() {
    const CAP: u32 = 2048;
    for call in CALLS.iter().filter(|call| computes(call)) {
        let texts = (call.signature.params.len() - 2) / 2;
        let with = |bytes: u32| {
            // The last text takes what the others leave of it; the buffer holds nothing.
            let mut arguments = harmless(call);
            arguments[2 * texts - 1] = i64::from(bytes) - 4 * (texts as i64 - 1);
            arguments[2 * texts + 1] = 0;
            arguments
        };
        let text = module(call, &[with(CAP - 1), with(CAP), with(CAP + 1)]);
        for driver in DRIVERS {
            let running = start(&text, *driver, u64::from(CAP));
            for (index, within) in [true, true, false].into_iter().enumerate() {
                let what = format!("{} {}, {index}, {driver}", call.module, call.name);
                let answer = ask(&running, index, &what);
                assert_eq!(answer.status, 200, "{what}");
                let result = result(&answer);
                assert!(
                    if within { result > 0 } else { result == call::status::INVALID },
                    "{what}: {result}"
                );
            }
        }
    }
}

#[test]
fn a_result_may_overwrite_its_argument() {
    let overlapping = vec![4096, 5, 4096, 32];
    let hash = find(call::CRYPTO, "sha256");
    let text = module(hash, &[overlapping]).replace(
        "(i32.store (i32.const 4096) (call",
        "(i32.store (i32.const 4096) (i32.const 0x6c6c6568)) (i32.store8 (i32.const 4100) (i32.const 0x6f)) (drop (call",
    );
    let running = start(&text, DRIVERS[0], 65_536);
    assert_eq!(ask(&running, 0, "overlapping").body, purview_native::crypto::sha256(b"hello")[..4]);
}

#[test]
fn code_that_is_nothing_but_calls_ends_at_its_limit() {
    // Each call hashes 100 KB; there is no loop, so the guest itself never looks at the time.
    let hash = find(call::CRYPTO, "sha512");
    let once = "(drop (call $call (i32.const 0) (i32.const 100000) (i32.const 0) (i32.const 0)))";
    let text = module(hash, &[vec![0, 0, 0, 0]]);
    let text = text.replace(
        r#"(func (export "POST /0") (param i32 i32) (result i32)"#,
        &format!(
            r#"(func (export "POST /0") (param i32 i32) (result i32) {}"#,
            once.repeat(20_000)
        ),
    );
    lines::capture();
    let setup = Setup::text(&text).limit("cpu_ms", 50);
    for driver in DRIVERS {
        let running = setup.clone().start(*driver);
        let start = Instant::now();
        let mut endless = running.client();
        endless.send("POST /0 HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
        let meanwhile = running.client().send("GET /fine HTTP/1.1\r\nHost: a\r\n\r\n").response();
        assert_eq!(meanwhile.status, 200);
        let answer = endless.response();
        assert_eq!(answer.status, 504, "{driver}");
        assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    }
}
