//! Every file of `tests/http` is a conversation with a server: raw requests, and what must come back. Each is held on every
//! driver: sent whole, byte by byte, and in random pieces, always with the same verdict.
//!
//! ```text
//! # a comment
//! guest trace.wat            the module to serve (before the first case)
//! limit head_bytes=300       a limit that is set
//!
//! === name of a case
//! > GET / HTTP/1.1           a line that is sent, CR LF at its end; `\` at its end: without
//! >                              \r \n \t \0 \\ \xff are bytes, {x*500} is a repetition
//! < 200 handler              the next answer: status, and who gives it: a handler or the host
//! < date                     a field that must be there, `name: value` with this value, `!name` must not be there
//! < = text                   its body (with escapes); `~ text`: its body holds this
//! closes                     the server closes, with nothing more; else the connection must take another request
//! whole                      (after the name) sent as it stands only, because pieces would change its meaning
//! head                       (after `handler` or `host`) the answer to HEAD
//! ```
//!
//! How often the handler ran is counted by what it logs: `host` answers must not have started it.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use std::{fs, path::Path, thread, time::Duration};

use support::{
    DRIVERS, Running, Setup,
    client::{Client, Response},
    lines,
};

/// A case: steps in order.
struct Case {
    name: String,
    whole: bool,
    steps: Vec<Step>,
    closes: bool,
}

enum Step {
    Send(Vec<u8>),
    Expect(Expected),
}

#[derive(Default)]
struct Expected {
    status: u16,
    handler: bool,
    head: bool,
    fields: Vec<String>,
    body: Option<Vec<u8>>,
    holds: Option<Vec<u8>>,
}

#[test]
fn every_conversation_goes_as_written() {
    lines::capture();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/http");
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut failures = Vec::new();
    let mut held = 0;
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        let (setup, cases) = parse(&text);
        for driver in DRIVERS {
            let running = setup.start(*driver);
            for case in &cases {
                for (manner, pieces) in manners(case) {
                    held += 1;
                    if let Err(why) = hold(&running, case, pieces) {
                        let file = file.file_name().unwrap().to_string_lossy();
                        failures.push(format!("{file}, {}, {driver}, {manner}: {why}", case.name));
                    }
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} of {held} failed:\n{}", failures.len(), failures.join("\n"));
    assert!(held > 500, "only {held} conversations were found");
}

/// How the bytes of a case are cut.
fn manners(case: &Case) -> Vec<(String, Pieces)> {
    let mut manners = vec![("whole".to_owned(), Pieces::Whole)];
    if !case.whole {
        manners.push(("byte by byte".to_owned(), Pieces::Bytes));
        let hash =
            case.name.bytes().fold(7u64, |hash, byte| hash.wrapping_mul(31) + u64::from(byte));
        manners.extend(
            (0..2).map(|round| {
                (format!("cut with seed {}", hash + round), Pieces::Seed(hash + round))
            }),
        );
    }
    manners
}

#[derive(Clone, Copy)]
enum Pieces {
    Whole,
    Bytes,
    Seed(u64),
}

fn hold(running: &Running, case: &Case, pieces: Pieces) -> Result<(), String> {
    lines::take();
    let mut client = running.client();
    let mut wanted_runs = 0;
    for step in &case.steps {
        match step {
            Step::Send(bytes) => send(&mut client, bytes, pieces),
            Step::Expect(expected) => {
                wanted_runs += usize::from(expected.handler);
                let answer = client.read(expected.head)?;
                check(expected, &answer)
                    .map_err(|why| format!("{why}\n  in {answer:?}\n  body {:?}", answer.text()))?;
            }
        }
    }
    if case.closes {
        if !client.closes() {
            return Err(format!("does not close, or says more: {:?}", client.rest()));
        }
    } else {
        client.send("GET /after HTTP/1.1\r\nHost: after\r\n\r\n");
        let answer = client.read(false).map_err(|why| format!("afterwards: {why}"))?;
        if !matches!(answer.status, 200 | 202 | 404) {
            return Err(format!("afterwards: {answer:?}, {:?}", client.rest()));
        }
    }
    // One worker writes the lines in order: when this one is there, all are.
    running
        .client()
        .send("GET /last-of-all HTTP/1.1\r\nHost: last\r\nConnection: close\r\n\r\n")
        .response();
    let seen = lines::until("/last-of-all");
    let runs = seen
        .iter()
        .filter(|line| line.contains("\"guest.log\""))
        .filter(|line| !line.contains("/after") && !line.contains("/last-of-all"))
        .count();
    if runs != wanted_runs {
        return Err(format!("the handler ran {runs} times instead of {wanted_runs}: {seen:#?}"));
    }
    Ok(())
}

fn send(client: &mut Client, bytes: &[u8], pieces: Pieces) {
    let mut seed = match pieces {
        Pieces::Whole => {
            client.send(bytes);
            return;
        }
        Pieces::Bytes => None,
        Pieces::Seed(seed) => Some(seed | 1),
    };
    // Long ones in longer pieces: the point is where they are cut.
    let unit = bytes.len() / 400 + 1;
    let mut rest = bytes;
    while !rest.is_empty() {
        let length = match &mut seed {
            None => unit,
            Some(seed) => {
                *seed ^= *seed << 13;
                *seed ^= *seed >> 7;
                *seed ^= *seed << 17;
                usize::try_from(*seed % 40).unwrap() * unit + 1
            }
        };
        let (piece, left) = rest.split_at(length.min(rest.len()));
        client.send(piece);
        rest = left;
        thread::sleep(Duration::from_micros(30));
    }
}

fn check(expected: &Expected, answer: &Response) -> Result<(), String> {
    if answer.status != expected.status {
        return Err(format!("the status is {} instead of {}", answer.status, expected.status));
    }
    if !answer.whole {
        return Err("the body breaks off".into());
    }
    if answer.status >= 200 && answer.header("date").is_none_or(|date| !date.ends_with(" GMT")) {
        return Err("there is no date".into());
    }
    if expected.handler != answer.header("x-guest").is_some() && expected.status >= 200 {
        return Err("another one has answered".into());
    }
    for field in &expected.fields {
        let fine = match (field.strip_prefix('!'), field.split_once(": ")) {
            (Some(absent), _) => answer.header(absent).is_none(),
            (None, Some((name, value))) => answer.header(name) == Some(value),
            (None, None) => answer.header(field).is_some(),
        };
        if !fine {
            return Err(format!("the field `{field}` is not so"));
        }
    }
    if expected.body.as_ref().is_some_and(|body| *body != answer.body) {
        return Err("the body is another one".into());
    }
    let holds = |part: &Vec<u8>| answer.body.windows(part.len()).any(|window| window == part);
    if expected.holds.as_ref().is_some_and(|part| !holds(part)) {
        return Err("the body does not hold what it should".into());
    }
    Ok(())
}

fn parse(text: &str) -> (Setup, Vec<Case>) {
    let mut setup = Setup::new("trace.wat").logged();
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines() {
        let case = cases.last_mut();
        match (line, case) {
            (line, _) if line.is_empty() || line.starts_with('#') => {}
            (line, _) if line.starts_with("=== ") => {
                let name = &line[4..];
                let (name, whole) =
                    name.strip_suffix(", whole").map_or((name, false), |name| (name, true));
                cases.push(Case { name: name.into(), whole, steps: Vec::new(), closes: false });
            }
            ("closes", Some(case)) => case.closes = true,
            (line, Some(case)) if line.starts_with('>') => {
                let line = line[1..].strip_prefix(' ').unwrap_or(&line[1..]);
                let (line, end) =
                    line.strip_suffix('\\').map_or((line, &b"\r\n"[..]), |line| (line, b""));
                let bytes = [&*unescape(line), end].concat();
                match case.steps.last_mut() {
                    Some(Step::Send(sent)) => sent.extend(bytes),
                    _ => case.steps.push(Step::Send(bytes)),
                }
            }
            (line, Some(case)) if line.starts_with("< ") => expect(case, &line[2..]),
            (line, None) if line.starts_with("guest ") => {
                setup.load.modules = vec![support::guest(&line[6..])];
            }
            (line, None) if line.starts_with("limit ") => {
                let (name, value) = line[6..].split_once('=').unwrap();
                setup = setup.limit(name, value.parse().unwrap());
            }
            (line, _) => panic!("not understood: {line}"),
        }
    }
    (setup, cases)
}

fn expect(case: &mut Case, line: &str) {
    if line.starts_with(|first: char| first.is_ascii_digit()) {
        let mut words = line.split(' ');
        let status = words.next().unwrap().parse().unwrap();
        let words: Vec<&str> = words.collect();
        assert!(words.iter().all(|word| ["handler", "host", "head"].contains(word)), "{line}");
        let (handler, head) = (words.contains(&"handler"), words.contains(&"head"));
        case.steps.push(Step::Expect(Expected { status, handler, head, ..Expected::default() }));
        return;
    }
    let Some(Step::Expect(expected)) = case.steps.last_mut() else {
        panic!("a status comes first: {line}")
    };
    if let Some(body) = line.strip_prefix("= ") {
        expected.body = Some(unescape(body));
    } else if line == "=" {
        expected.body = Some(Vec::new());
    } else if let Some(part) = line.strip_prefix("~ ") {
        expected.holds = Some(unescape(part));
    } else {
        expected.fields.push(line.into());
    }
}

fn unescape(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let repeated = rest.strip_prefix('{').and_then(|inner| inner.split_once('}')).and_then(
            |(inner, behind)| inner.split_once('*').map(|(what, count)| (what, count, behind)),
        );
        if let Some((what, count, behind)) = repeated
            && let Ok(count) = count.parse::<usize>()
        {
            out.extend(unescape(what).repeat(count));
            rest = behind;
            continue;
        }
        rest = &rest[first.len_utf8()..];
        if first != '\\' {
            out.extend(first.encode_utf8(&mut [0; 4]).as_bytes());
            continue;
        }
        let kind = rest.chars().next().expect("something follows a backslash");
        rest = &rest[kind.len_utf8()..];
        out.push(match kind {
            'r' => b'\r',
            'n' => b'\n',
            't' => b'\t',
            '0' => 0,
            '\\' => b'\\',
            'x' => {
                let (digits, behind) = rest.split_at(2);
                rest = behind;
                u8::from_str_radix(digits, 16).expect("two hexadecimal digits follow \\x")
            }
            other => panic!("unknown escape \\{other}"),
        });
    }
    out
}
