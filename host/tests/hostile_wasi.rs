//! Guests that give WASI the worst they can: each function that is offered, with every combination of addresses, lengths
//! and handles that lie outside, at the edge, or wrap. Each call ends as an error code or a trap, in bounded time, and the
//! server goes on.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

use purview::contract::wasi::{Function, OFFERED};
use purview_abi::call::Type;
use support::{DRIVERS, Setup, lines};

/// Bytes of the guest's memory: two pages.
const END: u32 = 131_072;

/// What the parameters of a call are taken from, two neighbours at a time.
const PAIRS: &[(u32, u32)] = &[
    (2048, 16),
    (1, END - 1),
    (2, 1),
    (END - 1, 2),
    (END - 4, 1),
    (END, 0),
    (END, 1),
    (0, END + 1),
    (0x7fff_ffff, 1),
    (0x8000_0000, 0x8000_0000),
    (0xffff_ffff, 2),
    (0xffff_fff8, 8),
    (0xffff_ffff, 0xffff_ffff),
    (0, 0xffff_ffff),
    (1, 0x1fff_ffff),
    (2, 0x2000_0001),
];

/// The parameters of a call: the pair in turn, beginning with its first or its second half.
fn arguments(function: &Function, pair: (u32, u32), swapped: bool) -> String {
    let params = function.signature.params.iter().enumerate();
    params.fold(String::new(), |mut text, (index, param)| {
        let value = if (index % 2 == 0) == swapped { pair.1 } else { pair.0 };
        match param {
            Type::I32 => write!(text, " (i32.const {value})").unwrap(),
            Type::I64 => write!(text, " (i64.const -{value})").unwrap(),
            Type::F64 => unreachable!("no function of WASI preview 1 takes a float"),
        }
        text
    })
}

/// A module with a route for each combination. Its memory below 2,048 is full of vectors that point outside.
fn module(function: &Function) -> String {
    let types = |types: &[Type]| {
        types
            .iter()
            .fold(String::new(), |text, of| text + if *of == Type::I64 { " i64" } else { " i32" })
    };
    let result =
        function.signature.result.map_or(String::new(), |of| format!("(result{})", types(&[of])));
    let mut text = format!(
        r#"(module
  (import "wasi_snapshot_preview1" "{}" (func $call (param{}) {result}))
  (memory (export "memory") 2 2)
  (func (export "purview:reserve/1") (param i32) (result i32) (i32.const 16384))
  (data (i32.const 0) "{}")
  (data (i32.const 2048) "\00\10\00\00\10\00\00\00")
  (data (i32.const 8192) "\01\00\c8\00" "\00\00\00\00" "\00\00\00\00" "\00\00\00\00" "\00\00\00\00" "\00\00\00\00")"#,
        function.name,
        types(function.signature.params),
        r"\f0\ff\01\00\ff\ff\ff\ff".repeat(64),
    );
    for (index, pair) in PAIRS.iter().enumerate() {
        for swapped in [false, true] {
            let call = format!("(call $call{})", arguments(function, *pair, swapped));
            let call =
                if function.signature.result.is_some() { format!("(drop {call})") } else { call };
            write!(
                text,
                r#"(func (export "GET /{index}/{swapped}") (param i32 i32) (result i32) {call} (i32.const 8192))"#
            )
            .unwrap();
        }
    }
    text + ")"
}

#[test]
fn no_argument_of_wasi_reaches_outside() {
    lines::capture();
    for function in OFFERED {
        let setup = Setup::text(&module(function)).limit("instances", 4);
        let running = setup.start(DRIVERS[0]);
        for (index, pair) in PAIRS.iter().enumerate() {
            for swapped in [false, true] {
                let what = format!("{} with {pair:x?}, swapped {swapped}", function.name);
                let start = Instant::now();
                let request = format!("GET /{index}/{swapped} HTTP/1.1\r\nHost: a\r\n\r\n");
                let answer = running.client().send(request).response();
                let took = start.elapsed();
                assert!(matches!(answer.status, 200 | 500), "{what}: {answer:?}");
                assert!(took < Duration::from_secs(1), "{what}: took {took:?}");
            }
        }
    }
}
