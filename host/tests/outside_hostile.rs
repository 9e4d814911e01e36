//! Guests that call the imports named by a value, and those of `purview:io`, with addresses, lengths, numbers and records that no
//! correct guest uses. Each call ends in an answer or in the end of that guest; the server goes on.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use std::fmt::Write as _;

use purview::capability::{Outbound, WorldOptions};
use purview_abi::{
    call::{self, Type},
    name::Import,
    wire::{ResponseHead, SendHead},
};
use support::{DRIVERS, Setup};

const IMPORTS: &[(&str, &str)] = &[
    ("purview:env", "HOME"),
    ("purview:env", "*"),
    ("purview:egress", "http://127.0.0.1:9"),
    ("purview:egress", "*"),
    ("purview:cache", "n.get"),
    ("purview:cache", "n.set"),
    ("purview:cache", "n.delete"),
    ("purview:cache", "n.incr"),
    ("purview:cache", "n.stats"),
    ("purview:cache", "*.get"),
    ("purview:cache", "*.set"),
    ("purview:cache", "*.delete"),
    ("purview:cache", "*.incr"),
    ("purview:cache", "*.stats"),
    ("purview:sql", "s"),
    ("purview:assets", "a"),
    ("purview:files", "about"),
    ("purview:files", "read"),
    ("purview:files", "respond"),
    ("purview:files", "close"),
    ("purview:io", "wait"),
    ("purview:io", "wait_any"),
    ("purview:io", "cancel"),
    ("purview:io", "sleep"),
];

/// Addresses, lengths and handles; the memory has 64 KiB.
const WORDS: [u32; 12] = [
    0,
    1,
    7,
    1024,
    4097,
    65_520,
    65_535,
    65_536,
    0x7fff_ffff,
    0x8000_0000,
    0xffff_fff0,
    0xffff_ffff,
];
const LONG_WORDS: [i64; 6] = [0, 1, -1, 1000, i64::MIN, i64::MAX];
/// Calls of one import.
const CALLS: usize = 80;
/// Where the response record and the send records lie.
const RESPONSE: u32 = 512;
const RECORDS: u32 = 2048;

/// The same numbers in each run.
struct Random(u64);

impl Random {
    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        list[usize::try_from(self.0 >> 33).unwrap() % list.len()]
    }
}

fn data(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("\\{byte:02x}")).collect()
}

/// Records of the right version whose parts lie anywhere.
fn records(random: &mut Random) -> Vec<[u8; 48]> {
    (0..20)
        .map(|_| {
            let mut pair = || (random.pick(&WORDS), random.pick(&WORDS));
            let head = SendHead {
                method: pair(),
                target: pair(),
                headers: pair(),
                body: pair(),
                response_bytes_max: pair().0,
                timeout_ms: 1,
            };
            head.write()
        })
        .collect()
}

/// A module with a route for each call.
fn module(module: &str, name: &str, random: &mut Random) -> String {
    let signature = call::signature_of(&Import::parse(module, name).unwrap()).unwrap();
    let params: Vec<&str> = signature
        .params
        .iter()
        .map(|kind| if *kind == Type::I64 { "i64" } else { "i32" })
        .collect();
    let response =
        ResponseHead { status: 200, headers: 0, headers_count: 0, body: 0, body_length: 0 };
    let records = records(random);
    let mut text = format!(
        r#"(module (import "{module}" "{name}" (func $call (param {}) (result i32)))
        (memory (export "memory") 1 1)
        (data (i32.const {RESPONSE}) "{}") (data (i32.const {RECORDS}) "{}")
        (func (export "purview:reserve/1") (param i32) (result i32) i32.const 32768)
        (@custom "purview:sql" "{{\"s\":\"SELECT ?1\"}}")"#,
        params.join(" "),
        data(&response.write()),
        data(&records.concat()),
    );
    let opens = module == "purview:files";
    if opens {
        // Imports come first.
        let import = r#"(module (import "purview:assets" "a" (func $open (param i32 i32 i32) (result i32)))"#;
        text = text.replacen("(module", import, 1) + r#"(data (i32.const 4094) "f")"#;
    }
    let open =
        if opens { "(drop (call $open (i32.const 4094) (i32.const 1) (i32.const 0)))" } else { "" };
    for at in 0..CALLS {
        let mut arguments = String::new();
        for (index, kind) in signature.params.iter().enumerate() {
            let argument = match kind {
                Type::I64 => format!("(i64.const {})", random.pick(&LONG_WORDS)),
                _ if module == "purview:egress" && at < records.len() => {
                    format!("(i32.const {})", RECORDS as usize + at * 48)
                }
                // A handle that is there makes the rest of the arguments count; so do short names.
                _ if index == 1 && at % 2 == 0 => "(i32.const 3)".into(),
                _ => format!("(i32.const {})", random.pick(&WORDS)),
            };
            arguments.push_str(&argument);
        }
        write!(
            text,
            r#"(func (export "GET /{at}") (param i32 i32) (result i32) {open} (drop (call $call {arguments})) (i32.const {RESPONSE}))"#
        )
        .unwrap();
    }
    text + ")"
}

#[test]
fn no_argument_reaches_beyond_the_guest() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("empty.db");
    rusqlite::Connection::open(&database).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    std::fs::write(folder.path().join("f"), "x".repeat(5000)).unwrap();
    let mut random = Random(42);
    let (mut answered, mut ended) = (0, 0);
    for (import_module, name) in IMPORTS {
        let mut setup = Setup::text(&module(import_module, name, &mut random));
        setup.load.world = WorldOptions {
            outbound: Outbound { enabled: true, ..Outbound::default() },
            sql: Some(database.clone()),
            assets: [("a".to_owned(), folder.path().to_owned())].into(),
            ..WorldOptions::default()
        };
        setup.load.environment.insert("HOME".into(), "somewhere".into());
        for driver in DRIVERS {
            let running = setup.start(*driver);
            for at in 0..CALLS {
                let mut client = running.client();
                client.send(format!("GET /{at} HTTP/1.1\r\nhost: t\r\n\r\n"));
                let status = client
                    .read(false)
                    .unwrap_or_else(|error| panic!("{name} {at}: {error}"))
                    .status;
                match status {
                    200 => answered += 1,
                    500 => ended += 1,
                    other => panic!("{import_module} {name} {at}: {other}"),
                }
            }
        }
    }
    assert!(answered > 200 && ended > 200, "{answered} answered, {ended} ended");
}

/// A guest that starts as much as it can and never looks at it.
#[test]
fn what_is_started_is_bounded_and_ends_with_the_guest() {
    let text = format!(
        r#"(module (import "purview:sql" "s" (func $start (param i32 i32 i32) (result i32)))
        (memory (export "memory") 1 1) (data (i32.const {RESPONSE}) "{}")
        (func (export "purview:reserve/1") (param i32) (result i32) i32.const 32768)
        (@custom "purview:sql" "{{\"s\":\"SELECT 1\"}}")
        (func (export "GET /") (param i32 i32) (result i32)
          (loop $more (br_if $more (i32.ge_s (call $start (i32.const 0) (i32.const 0) (i32.const 0)) (i32.const 0))))
          (i32.const {RESPONSE})))"#,
        data(
            &ResponseHead { status: 200, headers: 0, headers_count: 0, body: 0, body_length: 0 }
                .write()
        )
    );
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("empty.db");
    rusqlite::Connection::open(&database).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    let mut setup = Setup::text(&text);
    setup.load.world.sql = Some(database);
    for driver in DRIVERS {
        let running = setup.start(*driver);
        for _ in 0..100 {
            let mut client = running.client();
            client.send("GET / HTTP/1.1\r\nhost: t\r\n\r\n");
            assert_eq!(client.read(false).unwrap().status, 200);
        }
    }
}
