//! Random programs give the same answer as WebAssembly and as JavaScript under Node. A failure names its seed, and `SEED` of
//! `random.rs` shows the program. Programs share modules, many in each, so that ten thousand of them take about a minute:
//! `cargo test -p js-to-wasm --test differential -- --ignored`. `PROGRAMS=500 FROM=20000` chooses others.
#![cfg(feature = "emit-js")]

mod common;
mod generator;
mod oracle;

use std::{
    fmt::Write as _,
    fs,
    ops::Range,
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use common::Request;
use js_to_wasm::{
    Checked, check_source,
    emit_js::{self, Options},
    source::Files,
};
use serde_json::json;

/// Programs in one module.
const BATCH: u64 = 50;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

/// The programs of these seeds as files, with an entry that chooses by the path.
fn batch(seeds: Range<u64>) -> Files {
    let (mut files, mut imports, mut cases) = (Files::default(), String::new(), String::new());
    for seed in seeds {
        let program = generator::program(seed);
        assert_eq!(program.matches("\nfunction handler(").count(), 1, "seed {seed}");
        let program = program.replace("\nfunction handler(", "\nexport function handler(");
        files = files.with(format!("p{seed}.ts"), program);
        let _ = writeln!(imports, "import {{ handler as h{seed} }} from \"./p{seed}\";");
        let _ = writeln!(cases, "    case \"/{seed}\": return h{seed}(req);");
    }
    let entry = format!(
        "{imports}export function handler(req: Request): Response {{\n  switch (req.path) {{\n{cases}    default: return Response.text(\"\", {{ status: 404 }});\n  }}\n}}\n"
    );
    files.with("batch.ts", entry)
}

/// The target of the request that a program asks for, with its seed as the path.
fn target(seed: u64) -> String {
    let asked = oracle::request(&generator::program(seed));
    let url = asked["url"].as_str().expect("generated requests have a target");
    format!("/{seed}{}", url.trim_start_matches('/'))
}

/// Writes a batch as JavaScript and gives the path of its entry.
fn emit(checked: &Checked, to: &Path) -> PathBuf {
    fs::create_dir_all(to).expect("folders can be made");
    let program = checked.program.as_ref().expect("it is accepted");
    let options = Options { runtime: "../runtime.mjs".to_owned() };
    let mut entry = PathBuf::new();
    for module in emit_js::emit(program, &options).expect("both parsers agree") {
        entry = to.join(&module.path);
        fs::write(&entry, &module.code).expect("code can be written");
    }
    entry
}

/// What the compiled programs answer, in the form of the records.
fn as_wasm(checked: &Checked, seeds: Range<u64>) -> Vec<String> {
    let program = checked.program.as_ref().expect("it is accepted");
    let contract = checked.contract.as_ref().expect("an accepted program has one");
    let compiled = js_to_wasm::compile_program(program, contract, js_to_wasm::Options::default());
    let program = match compiled {
        Ok(package) => common::load(package),
        Err(error) => panic!("seeds {seeds:?} are refused: {}", error.render(checked.sources())),
    };
    let answer = |seed| match program.answer(&Request::get(&target(seed))) {
        Ok(answer) => {
            let mut out = format!("{}\n", answer.status);
            for (name, value) in &answer.headers {
                let _ = writeln!(out, "{name}: {value}");
            }
            out + "\n" + &answer.body
        }
        Err(error) => format!("fault: {error}"),
    };
    seeds.map(answer).collect()
}

/// What one batch gives: its first seed, its answers, its JavaScript.
type Done = (u64, Vec<String>, PathBuf);

/// Compiles and runs all batches, as many at a time as there are processors.
fn run(seeds: &Range<u64>, folder: &Path) -> Vec<Done> {
    let next = AtomicU64::new(seeds.start);
    let done: Mutex<Vec<Done>> = Mutex::default();
    let work = || {
        loop {
            let from = next.fetch_add(BATCH, Ordering::Relaxed);
            if from >= seeds.end {
                return;
            }
            let part = from..seeds.end.min(from + BATCH);
            let files = batch(part.clone());
            let checked = check_source(&files, "batch.ts");
            assert!(checked.program.is_some(), "seeds {part:?} are refused: {}", checked.render());
            let entry = emit(&checked, &folder.join(from.to_string()));
            let answers = as_wasm(&checked, part);
            done.lock().expect("no other batch panicked").push((from, answers, entry));
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    let mut done = done.into_inner().expect("no batch panicked");
    done.sort_by_key(|(from, ..)| *from);
    done
}

fn compare(seeds: Range<u64>) {
    let name = format!("differential-{}-{}", std::process::id(), seeds.end);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("folders can be made");
    fs::write(folder.join("runtime.mjs"), emit_js::RUNTIME).expect("the runtime can be written");
    fs::write(folder.join("node.mjs"), emit_js::RUNNER).expect("the runner can be written");
    let done = run(&seeds, &folder);
    let mut lines = String::new();
    for (from, answers, entry) in &done {
        for seed in (*from..).take(answers.len()) {
            let request = json!({ "url": target(seed) });
            let _ = writeln!(lines, "{}", json!({ "module": entry, "request": request }));
        }
    }
    let answers = oracle::node(&folder, &lines);
    fs::remove_dir_all(&folder).expect("the folder can be removed");
    let Some(answers) = answers else { return };
    assert_eq!(answers.len() as u64, seeds.end - seeds.start);
    let mut wrong = String::new();
    let got = done.into_iter().flat_map(|(_, answers, _)| answers);
    for ((seed, answer), got) in seeds.zip(answers).zip(got) {
        let expected = oracle::recorded(&answer);
        if got != expected {
            let mut lines = expected.lines().zip(got.lines());
            let first = lines.find(|(left, right)| left != right);
            let _ = writeln!(wrong, "seed {seed}: {first:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn random_programs_answer_alike() {
    let from = number("FROM").unwrap_or(0);
    compare(from..from + number("PROGRAMS").unwrap_or(100));
}

#[test]
#[ignore = "takes about a minute: CI runs it"]
fn ten_thousand_random_programs_answer_alike() {
    let from = number("FROM").unwrap_or(100_000);
    compare(from..from + number("PROGRAMS").unwrap_or(10_000));
}
