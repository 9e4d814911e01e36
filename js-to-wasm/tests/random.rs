//! Random programs are accepted, can be written as JavaScript and run under Node without a fault. `PROGRAMS=10000` runs more,
//! `SEED=7` shows one. Other ways to run a program compare their answers with Node's on the same seeds.
#![cfg(feature = "emit-js")]

mod generator;
mod oracle;

use std::{fmt::Write as _, fs, path::Path};

use js_to_wasm::{
    check_source,
    emit_js::{self, Options},
    source::Files,
};
use serde_json::json;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

#[test]
fn random_programs_run() {
    let seeds = match number("SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("PROGRAMS").unwrap_or(300),
    };
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("random-{}", std::process::id()));
    fs::create_dir_all(&to).expect("folders can be made");
    fs::write(to.join("runtime.mjs"), emit_js::RUNTIME).expect("the runtime can be written");
    fs::write(to.join("node.mjs"), emit_js::RUNNER).expect("the runner can be written");
    let mut lines = String::new();
    for seed in seeds.clone() {
        let text = generator::program(seed);
        let checked = check_source(&Files::one("a.ts", text.as_str()), "a.ts");
        let program = checked
            .program
            .as_ref()
            .unwrap_or_else(|| panic!("seed {seed}\n{text}\n{}", checked.render()));
        let emitted = emit_js::emit(program, &Options { runtime: "./runtime.mjs".to_owned() });
        let emitted = emitted.unwrap_or_else(|error| panic!("seed {seed}\n{text}\n{error}"));
        let path = to.join(format!("{seed}.mjs"));
        fs::write(&path, &emitted[0].code).expect("code can be written");
        let _ = writeln!(lines, "{}", json!({ "module": path, "request": oracle::request(&text) }));
    }
    let answers = oracle::node(&to, &lines);
    fs::remove_dir_all(&to).expect("the folder can be removed");
    for (seed, answer) in seeds.zip(answers.into_iter().flatten()) {
        let recorded = oracle::recorded(&answer);
        assert!(
            recorded != "fault\n",
            "seed {seed}: {}\n{}",
            answer["fault"],
            generator::program(seed)
        );
        if number("SEED").is_some() {
            println!("{}\n{recorded}", generator::program(seed));
        }
    }
}

#[test]
fn a_seed_gives_the_same_program_again() {
    assert_eq!(generator::program(7), generator::program(7));
    assert_ne!(generator::program(7), generator::program(8));
}
