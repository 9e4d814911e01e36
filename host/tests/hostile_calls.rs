//! Every call of the table of host calls, with each of its addresses and lengths outside, at the edge, wrapping, overlapping, of 4 GiB
//! and beyond its cap, one at a time. What each parameter is stands in [`SHAPES`]; a call that is not there fails the test, and so does
//! one whose parameters are others. Each use ends in an answer or in the end of that guest, in bounded time.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;
#[path = "support/pairs.rs"]
mod pairs;

use std::{
    fmt::Write as _,
    path::Path,
    time::{Duration, Instant},
};

use pairs::{END, PAIRS};
use purview::capability::Outbound;
use purview_abi::{
    call::{self, Signature, Type},
    name::{CacheVerb, Import, Value},
    wire::{ResponseHead, SendHead},
};
use support::{DRIVERS, Setup, lines};

/// What a parameter of a call is, one letter for each, pairs as one: `p` bytes that are read, `b` a buffer that is filled, `h` the
/// handle of something that was started, `f` a file that was opened, `l` a list of handles with its count, `r` the address of a response record, `s` of a send
/// record, `o` of sixteen bytes that are filled, `n` a number, `i` a long one.
const SHAPES: &[(&str, &str)] = &[
    ("purview:http.body", "b"),
    ("purview:http.body_read", "b"),
    ("purview:http.respond", "r"),
    ("purview:http.write", "p"),
    ("purview:http.finish", "r"),
    ("purview:io.wait", "hb"),
    ("purview:io.wait_any", "l"),
    ("purview:io.cancel", "h"),
    ("purview:io.sleep", "n"),
    ("purview:log.write", "np"),
    ("purview:clock.now", ""),
    ("purview:random.fill", "b"),
    ("purview:crypto.sha1", "pb"),
    ("purview:crypto.sha256", "pb"),
    ("purview:crypto.sha384", "pb"),
    ("purview:crypto.sha512", "pb"),
    ("purview:crypto.hmac_sha1", "ppb"),
    ("purview:crypto.hmac_sha256", "ppb"),
    ("purview:crypto.hmac_sha384", "ppb"),
    ("purview:crypto.hmac_sha512", "ppb"),
    ("purview:auth.jwt_verify", "pppb"),
    ("purview:auth.jwt_sign", "pppb"),
    ("purview:validate.compile", "pb"),
    ("purview:validate.check", "ppb"),
    ("purview:validate.coerce", "ppb"),
    ("purview:validate.decode_form", "ppb"),
    ("purview:validate.decode_multipart", "pppb"),
    ("purview:env.HOSTILE", "b"),
    ("purview:env.*", "pb"),
    ("purview:egress.http://127.0.0.1:9", "s"),
    ("purview:egress.*", "s"),
    ("purview:cache.n.get", "pb"),
    ("purview:cache.n.set", "ppi"),
    ("purview:cache.n.delete", "p"),
    ("purview:cache.n.incr", "piio"),
    ("purview:cache.n.stats", "b"),
    ("purview:cache.*.get", "ppb"),
    ("purview:cache.*.set", "pppi"),
    ("purview:cache.*.delete", "pp"),
    ("purview:cache.*.incr", "ppiio"),
    ("purview:cache.*.stats", "pb"),
    ("purview:sql.s", "pn"),
    ("purview:assets.a", "pn"),
    ("purview:files.about", "fb"),
    ("purview:files.read", "fib"),
    ("purview:files.respond", "rf"),
    ("purview:files.close", "f"),
];

/// Module and name of every import that the agreement knows, one of each kind where the name holds a value.
fn imports() -> Vec<(String, String)> {
    let mut imports: Vec<(String, String)> =
        call::CALLS.iter().map(|call| (call.module.into(), call.name.into())).collect();
    let verbs = [
        (CacheVerb::Get, "get"),
        (CacheVerb::Set, "set"),
        (CacheVerb::Delete, "delete"),
        (CacheVerb::Incr, "incr"),
        (CacheVerb::Stats, "stats"),
    ];
    for verb in verbs {
        for namespace in ["n", "*"] {
            let value = if namespace == "*" { Value::Any } else { Value::Literal(namespace) };
            let name = format!("{namespace}.{}", verb.1);
            assert_eq!(Import::parse("purview:cache", &name), Ok(Import::Cache(value, verb.0)));
            imports.push(("purview:cache".into(), name));
        }
    }
    for (module, name) in [
        ("purview:env", "HOSTILE"),
        ("purview:env", "*"),
        ("purview:egress", "http://127.0.0.1:9"),
        ("purview:egress", "*"),
        ("purview:sql", "s"),
        ("purview:assets", "a"),
    ] {
        // A new kind of import has to be thought of here; WASI has hostile guests of its own.
        match Import::parse(module, name).unwrap() {
            Import::Env(_) | Import::Egress(_) | Import::Sql(_) | Import::Assets(_) => {}
            Import::Cache(..) | Import::Call(..) | Import::Wasi(_) => unreachable!("see above"),
        }
        imports.push((module.into(), name.into()));
    }
    imports
}

fn shape_of(module: &str, name: &str) -> &'static str {
    let whole = format!("{module}.{name}");
    SHAPES.iter().find(|(known, _)| *known == whole).map_or("", |(_, shape)| shape)
}

fn types(shape: &str) -> Vec<Type> {
    let of = |letter| match letter {
        'p' | 'b' | 'l' => vec![Type::I32, Type::I32],
        'i' => vec![Type::I64],
        _ => vec![Type::I32],
    };
    shape.chars().flat_map(of).collect()
}

#[test]
fn every_call_has_its_hostile_uses() {
    let imports = imports();
    for (module, name) in &imports {
        let whole = format!("{module}.{name}");
        let shape = SHAPES.iter().find(|(known, _)| *known == whole);
        let (_, shape) = shape.unwrap_or_else(|| panic!("{whole} has no hostile uses"));
        let signature = call::signature_of(&Import::parse(module, name).unwrap()).unwrap();
        assert_eq!(types(shape), signature.params, "{whole} takes something else");
    }
    assert_eq!(imports.len(), SHAPES.len(), "a shape is of no call");
}

/// Where things lie in the guests' memory.
const REFUSED: u32 = 1024;
const TAKEN: u32 = 1056;
const SEND: u32 = 1088;
const RESPONSE: u32 = 1152;
const METHOD: u32 = 1200;
const TARGET: u32 = 1210;
const FILE: u32 = 1212;
const HANDLES: u32 = 1220;
const TEXT: u32 = 2048;
const BUFFER: u32 = 8192;
/// Records whose parts are hostile, 48 bytes each.
const RECORDS: u32 = 20_480;

fn escaped(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("\\{byte:02x}")).collect()
}

fn answer(status: u16) -> String {
    let head = ResponseHead { status, headers: 0, headers_count: 0, body: 0, body_length: 0 };
    escaped(&head.write())
}

const GOOD: SendHead = SendHead {
    method: (METHOD, 3),
    target: (TARGET, 1),
    headers: (0, 0),
    body: (0, 0),
    response_bytes_max: 0,
    timeout_ms: 1,
};

/// Send records, each with one part that is hostile.
fn send_records() -> Vec<[u8; 48]> {
    let mut records = Vec::new();
    for &(at, length, _) in PAIRS {
        for part in 0..4 {
            let mut head = GOOD;
            *[&mut head.method, &mut head.target, &mut head.headers, &mut head.body][part] =
                (at, length);
            records.push(head.write());
        }
    }
    records
}

/// The same of response records, as long as a send record each.
fn response_records() -> Vec<[u8; 48]> {
    let mut records = Vec::new();
    for &(at, length, _) in PAIRS {
        for in_fields in [true, false] {
            let mut head =
                ResponseHead { status: 200, headers: 0, headers_count: 0, body: 0, body_length: 0 };
            if in_fields {
                (head.headers, head.headers_count) = (at, length);
            } else {
                (head.body, head.body_length) = (at, length);
            }
            let mut record = [0; 48];
            let bytes = head.write();
            record[..bytes.len()].copy_from_slice(&bytes);
            records.push(record);
        }
    }
    records
}

/// One use of a call: its arguments, and whether bytes are read that are not there.
struct Use {
    arguments: Vec<String>,
    outside: bool,
}

fn i32s(values: &[u32]) -> Vec<String> {
    values.iter().map(|value| format!("(i32.const {value})")).collect()
}

/// What stands in for a parameter when another one is the hostile one.
fn good(letter: char) -> Vec<String> {
    match letter {
        'p' => i32s(&[TEXT, 2]),
        'b' => i32s(&[BUFFER, 4096]),
        'h' => vec!["(call $started)".into()],
        'f' => vec!["(call $opened)".into()],
        'l' => i32s(&[HANDLES, 1]),
        'r' => i32s(&[RESPONSE]),
        's' => i32s(&[SEND]),
        'o' => i32s(&[BUFFER]),
        'i' => vec!["(i64.const 1)".into()],
        _ => i32s(&[1]),
    }
}

fn hostile(letter: char) -> Vec<(Vec<String>, bool)> {
    let pairs = PAIRS.iter();
    match letter {
        'p' => pairs.map(|(at, n, inside)| (i32s(&[*at, *n]), !inside)).collect(),
        'b' | 'l' => pairs.map(|(at, n, _)| (i32s(&[*at, *n]), false)).collect(),
        'h' | 'f' | 'n' => pairs.map(|(at, ..)| (i32s(&[*at]), false)).collect(),
        'o' => pairs.map(|(at, ..)| (i32s(&[*at]), *at > END - 16)).collect(),
        'r' | 's' => {
            let count = if letter == 's' { send_records() } else { response_records() }.len();
            let records = (0..count).map(|at| RECORDS + at as u32 * 48);
            let addresses = pairs.map(|(at, ..)| *at).chain(records);
            addresses.map(|at| (i32s(&[at]), at > END - 24)).collect()
        }
        _ => ["0", "-1", "9223372036854775807", "-9223372036854775808"]
            .map(|number| (vec![format!("(i64.const {number})")], false))
            .into(),
    }
}

/// Each parameter hostile in each way, and everything at one place.
fn uses(shape: &str) -> Vec<Use> {
    let letters: Vec<char> = shape.chars().collect();
    let mut uses =
        vec![Use { arguments: letters.iter().flat_map(|l| good(*l)).collect(), outside: false }];
    for at in 0..letters.len() {
        for (there, outside) in hostile(letters[at]) {
            let arguments = letters
                .iter()
                .enumerate()
                .flat_map(|(index, letter)| if index == at { there.clone() } else { good(*letter) })
                .collect();
            uses.push(Use { arguments, outside });
        }
    }
    for (at, length) in [(TEXT, 2), (TEXT, 4096), (0, END)] {
        let place = |letter: char| match letter {
            'p' | 'b' => i32s(&[at, length]),
            'o' => i32s(&[at]),
            other => good(other),
        };
        uses.push(Use {
            arguments: letters.iter().flat_map(|l| place(*l)).collect(),
            outside: false,
        });
    }
    uses
}

/// A module with a route for each use; a call that takes what it was given is answered with 201, one that refuses it with 200.
fn module(module: &str, name: &str, signature: Signature, uses: &[Use]) -> String {
    let whole = format!("{module}.{name}");
    let word = |kind: &Type| match kind {
        Type::I32 => "i32",
        Type::I64 => "i64",
        Type::F64 => "f64",
    };
    let params: Vec<&str> = signature.params.iter().map(word).collect();
    let result = signature.result.as_ref().map(|kind| format!("(result {})", word(kind)));
    let mut text = format!(
        r#"(module (import "{module}" "{name}" (func $call (param {}) {}))
        (import "purview:egress" "http://127.0.0.1:8" (func $start (param i32) (result i32)))
        (import "purview:assets" "b" (func $open (param i32 i32 i32) (result i32)))
        (import "purview:http" "respond" (func $respond (param i32) (result i32)))
        (memory (export "memory") 2 2)
        (global (export "purview:request/1") i32 (i32.const 4096))
        (func (export "purview:reserve/1") (param i32) (result i32) i32.const 16384)
        (func $started (result i32) (call $start (i32.const {SEND})))
        (func $opened (result i32) (call $open (i32.const {FILE}) (i32.const 1) (i32.const 0)))
        (data (i32.const {REFUSED}) "{}") (data (i32.const {TAKEN}) "{}")
        (data (i32.const {SEND}) "{}") (data (i32.const {RESPONSE}) "{}")
        (data (i32.const {METHOD}) "GET") (data (i32.const {TARGET}) "/") (data (i32.const {FILE}) "f") (data (i32.const {TEXT}) "{{}}")
        (data (i32.const {RECORDS}) "{}")
        (@custom "purview:sql" "{{\"s\":\"SELECT 1\"}}")
        (func (export "GET /fine") (param i32 i32) (result i32) (i32.const {TAKEN}))"#,
        params.join(" "),
        result.unwrap_or_default(),
        answer(200),
        answer(201),
        escaped(&GOOD.write()),
        answer(202),
        escaped(
            &if shape_of(module, name).contains('r') { response_records() } else { send_records() }
                .concat()
        ),
    );
    let begin = match name {
        // A piece of the body follows a head.
        "write" if whole == "purview:http.write" => {
            format!("(drop (call $respond (i32.const {RESPONSE})))")
        }
        // The list of handles holds one.
        "wait_any" => format!("(i32.store (i32.const {HANDLES}) (call $started))"),
        _ => String::new(),
    };
    for (at, one) in uses.iter().enumerate() {
        let call = format!("(call $call {})", one.arguments.join(" "));
        let done = match signature.result {
            Some(Type::I32) => format!(
                "(if (i32.lt_s {call} (i32.const 0)) (then (return (i32.const {REFUSED}))))"
            ),
            Some(_) => format!("(drop {call})"),
            None => call,
        };
        // After a response of its own the route gives none.
        let answers = matches!(name, "respond" | "finish") || whole == "purview:http.write";
        let after = if answers { 0 } else { TAKEN };
        write!(
            text,
            r#"(func (export "POST /{at}") (param i32 i32) (result i32) {begin} {done} (i32.const {after}))"#
        )
        .unwrap();
    }
    text + ")"
}

fn setup(text: &str, database: &Path) -> Setup {
    let mut setup = Setup::text(text)
        .limit("instances", 4)
        .limit("native_bytes", 1024)
        .limit("cache_value_bytes", 1000)
        .limit("egress_request_bytes", 1000);
    setup.load.world.outbound = Outbound { enabled: true, ..Outbound::default() };
    setup.load.world.sql = Some(database.to_owned());
    let files = database.parent().unwrap();
    setup.load.world.assets =
        [("a".to_owned(), files.to_owned()), ("b".to_owned(), files.to_owned())].into();
    setup.load.environment.insert("HOSTILE".into(), "a value of some length".into());
    setup
}

#[test]
fn no_call_reaches_outside_of_its_guest() {
    lines::capture();
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("empty.db");
    rusqlite::Connection::open(&database).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    std::fs::write(folder.path().join("f"), "a file").unwrap();
    let (mut taken, mut refused, mut ended) = (0, 0, 0);
    for (import_module, name) in imports() {
        let whole = format!("{import_module}.{name}");
        let (_, shape) = SHAPES.iter().find(|(known, _)| *known == whole).unwrap();
        let signature = call::signature_of(&Import::parse(&import_module, &name).unwrap()).unwrap();
        let mut uses = uses(shape);
        if whole == "purview:log.write" {
            // A line is cut: of a longer one only its beginning is read.
            uses.iter_mut().for_each(|one| one.outside = false);
        }
        let setup = setup(&module(&import_module, &name, signature, &uses), &database);
        for driver in DRIVERS {
            let running = setup.start(*driver);
            for (at, one) in uses.iter().enumerate() {
                let what = format!("{whole} {}, {driver}", one.arguments.join(" "));
                let begun = Instant::now();
                let mut client = running.client();
                client.send(format!(
                    "POST /{at} HTTP/1.1\r\nhost: t\r\ncontent-length: 5\r\n\r\nhello"
                ));
                let answer = client.read(false).unwrap_or_else(|why| panic!("{what}: {why}"));
                assert!(begun.elapsed() < Duration::from_secs(1), "{what}: {:?}", begun.elapsed());
                match answer.status {
                    _ if !answer.whole => ended += 1,
                    201 | 202 if one.outside => panic!("{what}: taken"),
                    201 | 202 => taken += 1,
                    200 => refused += 1,
                    500 => ended += 1,
                    other => panic!("{what}: {other}"),
                }
            }
            let next = running.client().send("GET /fine HTTP/1.1\r\nhost: t\r\n\r\n").response();
            assert_eq!(next.status, 201, "{whole}: afterwards");
        }
    }
    assert!(taken > 500 && refused > 100 && ended > 1000, "{taken} {refused} {ended}");
}
