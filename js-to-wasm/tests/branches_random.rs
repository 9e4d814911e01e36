//! Random programs with sends in them give in branches of `parallel` what they give one after the other, in a module that has no branches.
//! `PROGRAMS=3000 FROM=20000` chooses others.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what goes wrong fails the test")]

mod common;
mod generator;

use std::fmt::Write as _;

use common::{Program, Request, compile_files};
use js_to_wasm::source::Files;
use serde_json::json;

/// Programs in one module.
const BATCH: u64 = 12;
/// Programs that run at the same time.
const BRANCHES: u64 = 4;

/// Sends, each time to another place.
const PAUSE: &str = "export function pause(): number {
  return fetchSync(`http://a.example/${Math.floor(Math.random() * 11)}`).text().length;
}
";
/// A value after a send. It stands there twice, so that the compiler need not think of all values in one function.
fn sent(value: &str) -> String {
    format!("(pause() > 5 ? {value} : {value})")
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

/// A program with sends where values are kept, given back, shown, and computed by callbacks.
fn with_sends(seed: u64) -> String {
    let mut text =
        generator::program(seed).replace("\nfunction handler(", "\nexport function handler(");
    for (before, value) in [
        ("=> ", "x + y"),
        ("=> ", "x - y"),
        ("=> ", "x > 1"),
        ("=> ", "[x, x]"),
        ("=> s + ", "s"),
        ("=> ", "s.length"),
        ("`<${", "x"),
    ] {
        text = text.replace(&format!("{before}{value}"), &format!("{before}{}", sent(value)));
    }
    let mut out = "import { pause } from \"./pause\";\n".to_owned();
    for line in text.lines() {
        let wrapped = wrap(line, "return ", ";").or_else(|| wrap(line, "out.push(", ");"));
        let kept = line.find("[] = ").or_else(|| line.find(": number = "));
        let kept = kept.or_else(|| line.find(": string = ")).or_else(|| line.find(": Item = "));
        let line = match (wrapped, kept) {
            (Some(line), _) => line,
            (None, Some(at)) if line.ends_with(';') => {
                let value = at + line[at..].find("= ").unwrap() + 2;
                format!("{}{};", &line[..value], sent(&line[value..line.len() - 1]))
            }
            _ => line.to_owned(),
        };
        let _ = writeln!(out, "{line}");
    }
    out
}

/// The line with a send around what stands between these, if it is such a line.
fn wrap(line: &str, before: &str, after: &str) -> Option<String> {
    let at = line.len() - line.trim_start().len();
    let inner = line.trim_start().strip_prefix(before)?.strip_suffix(after)?;
    let is_answer = inner.starts_with("Response.");
    (!is_answer).then(|| format!("{}{before}{}{after}", &line[..at], sent(inner)))
}

/// How an entry runs some handlers.
#[derive(Clone, Copy)]
enum Form {
    OneAfterTheOther,
    Branches,
    Nested,
}

fn files(from: u64, form: Form) -> Files {
    let mut files = Files::default().with("pause.ts", PAUSE);
    let (mut imports, mut cases) = (String::new(), String::new());
    for seed in from..from + BATCH {
        files = files.with(format!("p{seed}.ts"), with_sends(seed));
        let _ = writeln!(imports, "import {{ handler as h{seed} }} from \"./p{seed}\";");
    }
    for first in (from..from + BATCH).step_by(BRANCHES as usize) {
        let thunks: Vec<String> =
            (first..first + BRANCHES).map(|seed| format!("() => h{seed}(req).text()")).collect();
        let run = match form {
            Form::OneAfterTheOther => format!("[{}].map((f) => f())", thunks.join(", ")),
            Form::Branches => format!("parallel([{}])", thunks.join(", ")),
            Form::Nested => format!(
                "parallel([() => parallel([{}, {}]), () => [{}].map((f) => f()), () => [race([{}])]]).flatMap((x) => x)",
                thunks[0], thunks[1], thunks[2], thunks[3]
            ),
        };
        let _ = writeln!(cases, "    case \"/{first}\": return Response.json({run});");
    }
    let import = match form {
        Form::OneAfterTheOther => "",
        Form::Branches => "import { parallel } from \"purview:io\";\n",
        Form::Nested => "import { parallel, race } from \"purview:io\";\n",
    };
    let entry = format!(
        "{import}{imports}export function handler(req: Request): Response {{\n  switch (req.path) {{\n{cases}    default: return Response.text(\"\", {{ status: 404 }});\n  }}\n}}\n"
    );
    files.with("batch.ts", entry)
}

/// The answer to a request, and how many sends there were.
fn answer(program: &Program, seed: u64) -> (Result<String, String>, usize) {
    let mut session = program.session();
    let world = &mut session.store.data_mut().world;
    for (name, delay) in (0..11).zip([3, 0, 7, 7, 1, 20, 5, 0, 11, 2, 4]) {
        let answer = json!({ "body": name.to_string(), "delay": delay });
        world.upstreams.insert(format!("http://a.example/{name}"), answer);
    }
    let target = format!("/{seed}?n={}&t=a%C3%BCb", seed % 97);
    let answer = session.answer(&Request::get(&target)).map(|answer| answer.body);
    (answer, session.store.data().world.sent.len())
}

fn compare(from: u64) -> u64 {
    let load = |form| {
        compile_files(&files(from, form), "batch.ts").unwrap_or_else(|error| panic!("{error}"))
    };
    let plain = load(Form::OneAfterTheOther);
    let mut sends = 0;
    for form in [Form::Branches, Form::Nested] {
        let branches = load(form);
        for first in (from..from + BATCH).step_by(BRANCHES as usize) {
            let (expected, count) = answer(&plain, first);
            let (got, overlapped) = answer(&branches, first);
            assert_eq!(got, expected, "seeds from {first}");
            assert_eq!(overlapped, count, "each send happens once: seeds from {first}");
            sends += count as u64;
        }
    }
    sends
}

#[test]
fn random_programs_answer_alike_in_branches() {
    let from = number("FROM").unwrap_or(0);
    let count = number("PROGRAMS").unwrap_or(2 * BATCH);
    let sends: u64 = (from..from + count).step_by(BATCH as usize).map(compare).sum();
    assert!(sends > 50, "only {sends} sends");
}
