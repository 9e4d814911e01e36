//! What every program of `contract/` may touch is what its first line says. Each of them tries to make the contract say too little.
//!
//! ```text
//! // {"env": ["A"], "egress": ["https://a.example"], "cache": ["sessions"], "sql": ["list"]}      "*": chosen at run time
//! program
//! // file: b.ts
//! another file of it
//! ```

#![expect(clippy::unwrap_used, reason = "helpers of tests: what goes wrong fails the test")]

use std::{collections::BTreeSet, fs, path::Path};

use js_to_wasm::{
    contract::{self, Names},
    source::Files,
};
use serde_json::Value;

/// Text, name and files of every program.
fn programs() -> Vec<(String, String, Files)> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/contract"));
    let mut programs: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let text = fs::read_to_string(&path).unwrap();
            let (first, expected) = (text.split("\n// file: ").next().unwrap(), &text);
            let mut files = Files::one(&name, first);
            for part in expected.split("\n// file: ").skip(1) {
                let (file, body) = part.split_once('\n').unwrap();
                files = files.with(file, body);
            }
            (name, text.clone(), files)
        })
        .collect();
    programs.sort_by(|a, b| a.0.cmp(&b.0));
    programs
}

fn shown(names: &Names) -> BTreeSet<String> {
    match names {
        Names::Literal(names) => names.clone(),
        Names::Dynamic => BTreeSet::from(["*".to_owned()]),
    }
}

#[test]
fn every_program_says_what_it_touches() {
    let mut wrong = String::new();
    let programs = programs();
    for (name, text, files) in &programs {
        let expected: Value = text
            .lines()
            .next()
            .and_then(|line| serde_json::from_str(line.strip_prefix("// ")?).ok())
            .unwrap_or_else(|| panic!("{name}: the first line is no contract"));
        let checked = js_to_wasm::check_source(files, name);
        let Some(program) = &checked.program else {
            wrong += &format!("{name} is refused:\n{}\n", checked.render());
            continue;
        };
        let needs = contract::extract(program).needs;
        let sections = [
            ("env", shown(&needs.env)),
            ("egress", shown(&needs.egress)),
            ("cache", shown(&needs.namespaces())),
            ("sql", shown(&needs.sql)),
        ];
        for (section, found) in sections {
            let expected: BTreeSet<String> = expected[section]
                .as_array()
                .into_iter()
                .flatten()
                .map(|name| name.as_str().unwrap().to_owned())
                .collect();
            if found != expected {
                wrong += &format!("{name}: {section} is {found:?}, should be {expected:?}\n");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(programs.len() >= 150, "only {} programs", programs.len());
}
