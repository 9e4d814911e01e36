//! Random programs give the same answer as WebAssembly and as JavaScript under Node. `PROGRAMS=10000 FROM=0` says how many and
//! from which seed; a failure names its seed, and `SEED` of `random.rs` shows the program.
#![cfg(feature = "emit-js")]

mod common;
mod generator;
mod oracle;

use std::{fmt::Write as _, fs, path::Path};

use common::Request;
use js_to_wasm::{
    check_source,
    emit_js::{self, Options},
    source::Files,
};
use serde_json::{Value, json};

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

/// What Node answers to each seed's program, none if there is no Node.
fn under_node(seeds: std::ops::Range<u64>) -> Option<Vec<Value>> {
    let name = format!("differential-{}", std::process::id());
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&to).expect("folders can be made");
    fs::write(to.join("runtime.mjs"), emit_js::RUNTIME).expect("the runtime can be written");
    fs::write(to.join("node.mjs"), emit_js::RUNNER).expect("the runner can be written");
    let mut lines = String::new();
    for seed in seeds {
        let text = generator::program(seed);
        let checked = check_source(&Files::one("a.ts", text.as_str()), "a.ts");
        let program = checked.program.as_ref().expect("generated programs are accepted");
        let options = Options { runtime: "./runtime.mjs".to_owned() };
        let emitted = emit_js::emit(program, &options).expect("both parsers agree");
        let path = to.join(format!("{seed}.mjs"));
        fs::write(&path, &emitted[0].code).expect("code can be written");
        let request = oracle::request(&text);
        let _ = writeln!(lines, "{}", json!({ "module": path, "request": request }));
    }
    let answers = oracle::node(&to, &lines);
    fs::remove_dir_all(&to).expect("the folder can be removed");
    answers
}

/// What the compiled program answers, in the form of the records.
fn as_wasm(text: &str) -> String {
    let asked = oracle::request(text);
    let target = asked["url"].as_str().expect("generated requests have a target");
    let program = match common::compile_files(&Files::one("a.ts", text), "a.ts") {
        Ok(program) => program,
        Err(error) => return format!("refused: {error}"),
    };
    match program.answer(&Request::get(target)) {
        Ok(answer) => {
            let mut out = format!("{}\n", answer.status);
            for (name, value) in &answer.headers {
                let _ = writeln!(out, "{name}: {value}");
            }
            out + "\n" + &answer.body
        }
        Err(error) => format!("fault: {error}"),
    }
}

#[test]
fn random_programs_answer_alike() {
    let from = number("FROM").unwrap_or(0);
    let seeds = from..from + number("PROGRAMS").unwrap_or(100);
    let Some(answers) = under_node(seeds.clone()) else { return };
    assert_eq!(answers.len() as u64, seeds.end - seeds.start);
    let mut wrong = String::new();
    for (seed, answer) in seeds.zip(answers) {
        let (expected, got) = (oracle::recorded(&answer), as_wasm(&generator::program(seed)));
        if got != expected {
            let lines = expected.lines().zip(got.lines());
            let first = lines.clone().find(|(left, right)| left != right);
            let _ = writeln!(wrong, "seed {seed}: {first:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
