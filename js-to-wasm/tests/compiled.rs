//! Every program of `programs/`, compiled to WebAssembly, gives what is recorded beside it: what Node gives.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what goes wrong fails the test")]

mod common;

use std::{fmt::Write as _, fs, path::Path};

use common::{Answer, Program, Request};
use js_to_wasm::source::Files;
use serde_json::Value;

/// Fields that the host alone writes, whatever the handler says.
const OF_THE_HOST: &[&str] = &["connection", "content-length"];

/// A response as it is recorded.
fn recorded(answer: &Answer, log: &[String]) -> String {
    let mut out = format!("{}\n", answer.status);
    let sent = answer.headers.iter().filter(|(name, _)| !OF_THE_HOST.contains(&name.as_str()));
    for (name, value) in sent {
        let _ = writeln!(out, "{name}: {value}");
    }
    for line in log {
        let _ = writeln!(out, "> {line}");
    }
    out + "\n" + &answer.body
}

fn files(family: &Path) -> Files {
    let mut files = Files::default();
    for file in fs::read_dir(family).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension != "out") {
            let name = path.strip_prefix(family.parent().unwrap()).unwrap();
            files = files.with(name.to_str().unwrap(), fs::read(&path).unwrap());
        }
    }
    files
}

fn run(program: &Program, text: &str) -> String {
    let line = text.lines().next().and_then(|line| line.strip_prefix("// request: "));
    let asked: Value = line.map_or(Value::Null, |line| serde_json::from_str(line).unwrap());
    let headers: Vec<(&str, &str)> = asked["headers"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
        .collect();
    let request = Request {
        method: asked["method"].as_str().unwrap_or("GET"),
        target: asked["url"].as_str().unwrap_or("/"),
        headers: &headers,
        body: asked["body"].as_str(),
    };
    let mut session = program.session();
    for (name, value) in asked["env"].as_object().into_iter().flatten() {
        session.store.data_mut().env.insert(name.clone(), value.as_str().unwrap().to_owned());
    }
    for (url, answer) in asked["upstreams"].as_object().into_iter().flatten() {
        session.store.data_mut().world.upstreams.insert(url.clone(), answer.clone());
    }
    match session.answer(&request) {
        Ok(answer) => recorded(&answer, &session.store.data().lines()),
        Err(_) => "fault\n".to_owned(),
    }
}

/// Runs the programs of one family whose records exist; what is wrong comes back as text.
fn check(family: &Path, wrong: &mut String) -> usize {
    let files = files(family);
    let mut count = 0;
    let mut paths: Vec<_> =
        fs::read_dir(family).unwrap().map(|file| file.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_str().unwrap();
        let record = path.with_extension("out");
        if name.ends_with(".out") || name.starts_with('_') || !record.exists() {
            continue;
        }
        count += 1;
        let entry = path.strip_prefix(family.parent().unwrap()).unwrap().to_str().unwrap();
        let expected = fs::read_to_string(&record).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        let got = match common::compile_files(&files, entry) {
            Ok(program) => run(&program, &text),
            Err(error) => format!("not compiled\n{error}"),
        };
        if got != expected {
            let _ = writeln!(wrong, "=== {entry}: expected\n{expected}\ngot\n{got}\n");
        }
    }
    count
}

#[test]
fn compiled_programs_give_what_is_recorded() {
    let programs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    let (mut wrong, mut count) = (String::new(), 0);
    for family in fs::read_dir(programs).unwrap() {
        count += check(&family.unwrap().path(), &mut wrong);
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count >= 190, "only {count} programs");
}
