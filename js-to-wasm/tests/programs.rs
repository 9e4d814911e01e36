//! Every program of `programs/` is accepted by the gate and, as JavaScript under Node, gives the output that is recorded
//! beside it. `UPDATE_EXPECT=1 cargo test -p js-to-wasm --test programs` records. See README.md for the layout.
#![cfg(feature = "emit-js")]

mod oracle;

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use js_to_wasm::{
    check_source,
    emit_js::{self, Options},
    source::Files,
};
use oracle::{node, recorded, request};
use serde_json::json;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs")
}

/// Every program, as paths below `programs/`; files whose name begins with `_` are only imported.
fn programs() -> Vec<String> {
    let mut found = Vec::new();
    for family in fs::read_dir(folder()).expect("there are programs") {
        let family = family.expect("a folder can be read").path();
        for file in fs::read_dir(&family).expect("a family is a folder") {
            let path = file.expect("a file can be seen").path();
            let name = path.file_name().and_then(|name| name.to_str()).expect("names are UTF-8");
            let family =
                family.file_name().and_then(|name| name.to_str()).expect("names are UTF-8");
            if !name.ends_with(".out") && !name.starts_with('_') {
                found.push(format!("{family}/{name}"));
            }
        }
    }
    found.sort();
    found
}

/// All files of a family, so that a program finds what it imports.
fn files(program: &str) -> Files {
    let family = program.split('/').next().expect("a program stands in a family");
    let mut files = Files::default();
    for file in fs::read_dir(folder().join(family)).expect("the family is there") {
        let path = file.expect("a file can be seen").path();
        if path.extension().is_some_and(|extension| extension != "out") {
            let name = path.file_name().and_then(|name| name.to_str()).expect("names are UTF-8");
            files =
                files.with(format!("{family}/{name}"), fs::read(&path).expect("it can be read"));
        }
    }
    files
}

/// Emits every program below `to`, and gives the lines for the runner.
fn emit_all(programs: &[String], to: &Path) -> String {
    let mut lines = String::new();
    let mut refused = String::new();
    let runtime = to.join("runtime.mjs");
    fs::write(&runtime, emit_js::RUNTIME).expect("the runtime can be written");
    fs::write(to.join("node.mjs"), emit_js::RUNNER).expect("the runner can be written");
    for program in programs {
        let checked = check_source(&files(program), program);
        let Some(parsed) = &checked.program else {
            refused += &format!("{program}\n{}", checked.render());
            continue;
        };
        let options = Options { runtime: "../../runtime.mjs".to_owned() };
        let modules =
            emit_js::emit(parsed, &options).unwrap_or_else(|error| panic!("{program}: {error}"));
        // Names are only unique within a program, so each has a folder.
        let place = to.join(program.replace('/', "-"));
        for module in &modules {
            let path = place.join(&module.path);
            fs::create_dir_all(path.parent().expect("it has a folder"))
                .expect("folders can be made");
            fs::write(&path, &module.code).expect("code can be written");
            fs::write(path.with_extension("mjs.map"), &module.map).expect("maps can be written");
        }
        let entry = place.join(&modules.last().expect("an entry").path);
        let text = parsed.sources.file(parsed.entry().file).text();
        let _ = writeln!(lines, "{}", json!({ "module": entry, "request": request(text) }));
    }
    assert!(refused.is_empty(), "{refused}");
    lines
}

#[test]
fn programs_give_what_is_recorded() {
    let programs = programs();
    let to =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("programs-{}", std::process::id()));
    fs::create_dir_all(&to).expect("folders can be made");
    let lines = emit_all(&programs, &to);
    let responses = node(&to, &lines);
    fs::remove_dir_all(&to).expect("the folder can be removed");
    let Some(responses) = responses else { return };
    assert_eq!(responses.len(), programs.len());
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = String::new();
    for (program, response) in programs.iter().zip(&responses) {
        let path = folder().join(program).with_extension("out");
        let got = recorded(response);
        if update {
            fs::write(&path, &got).expect("it can be recorded");
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if got != expected {
            let _ = writeln!(
                wrong,
                "{program}: expected\n{expected}\ngot\n{got}\n{}",
                response["fault"]
            );
        }
        let meant = program.starts_with("faults/");
        assert_eq!(
            got == "fault\n",
            meant,
            "{program}: only programs of `faults` fail: {}",
            response["fault"]
        );
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_program_is_recorded_once() {
    let programs = programs();
    let names: BTreeSet<_> =
        programs.iter().map(|name| name.rsplit_once('.').expect("an extension").0).collect();
    assert_eq!(names.len(), programs.len(), "two programs share one record");
    assert!(programs.len() >= 600, "only {} programs", programs.len());
    for program in &programs {
        assert!(folder().join(program).with_extension("out").exists(), "{program} is not recorded");
    }
}
