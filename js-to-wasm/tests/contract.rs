//! What every program of `contract/` may touch, and what its module imports, is what its first line says. Each of them tries to make the contract say too little.
//!
//! ```text
//! // {"env": ["A"], "egress": ["https://a.example"], "cache": ["sessions"], "sql": ["list"]}      "*": chosen at run time
//! program
//! // file: b.ts
//! another file of it
//! ```

#![expect(clippy::unwrap_used, reason = "helpers of tests: what goes wrong fails the test")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use js_to_wasm::{
    contract::{self, Need},
    source::Files,
};
use purview_abi::name::Import;
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

fn shown(need: &Need) -> BTreeSet<String> {
    let dynamic = need.dynamic.then(|| "*".to_owned());
    need.literal.iter().cloned().chain(dynamic).collect()
}

/// What a module imports, by capability.
fn imports(wasm: &[u8]) -> BTreeMap<&'static str, BTreeSet<String>> {
    let mut found: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for payload in wasmparser::Parser::new(0).parse_all(wasm) {
        let wasmparser::Payload::ImportSection(section) = payload.unwrap() else { continue };
        for import in section.into_imports() {
            let import = import.unwrap();
            let (section, value) = match Import::parse(import.module, import.name).unwrap() {
                Import::Env(value) => ("env", value.to_string()),
                Import::Egress(value) => ("egress", value.to_string()),
                Import::Cache(value, _) => ("cache", value.to_string()),
                Import::Sql(name) => ("sql", name.to_owned()),
                Import::Assets(name) => ("assets", name.to_owned()),
                Import::Call(..) | Import::Wasi(_) => continue,
            };
            found.entry(section).or_default().insert(value);
        }
    }
    found
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
        let imports = match js_to_wasm::compile(files, name) {
            Ok(package) => imports(&package.wasm),
            Err(refused) => {
                wrong += &format!("{name} is not compiled:\n{}\n", refused.render());
                continue;
            }
        };
        let sections = [
            ("env", shown(&needs.env)),
            ("egress", shown(&needs.egress)),
            ("cache", needs.cache.values().flat_map(shown).collect()),
            ("sql", shown(&needs.sql)),
        ];
        for (section, found) in sections {
            let expected: BTreeSet<String> = expected[section]
                .as_array()
                .into_iter()
                .flatten()
                .map(|name| name.as_str().unwrap().to_owned())
                .collect();
            let imported = imports.get(section).cloned().unwrap_or_default();
            if imported != expected {
                wrong += &format!("{name}: {section} imports {imported:?}, not {expected:?}\n");
            }
            if found != expected {
                wrong += &format!("{name}: {section} is {found:?}, should be {expected:?}\n");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(programs.len() >= 150, "only {} programs", programs.len());
}

/// Forms of which other extractors say that everything is proven although another value can arrive: each has its programs here.
#[test]
fn every_form_that_escapes_elsewhere_is_in_the_corpus() {
    let names: BTreeSet<String> = programs().into_iter().map(|(name, ..)| name).collect();
    for (form, examples) in [
        ("an alias", &["alias.ts", "alias_dynamic.ts", "alias_of_alias.ts"][..]),
        ("the function as an argument", &["passed_as_value.ts", "passed_as_value_dynamic.ts"]),
        ("a file that hands it on", &["file_reexport.ts", "file_reexport_chain.ts"]),
        ("`httpRequest`", &["http_request_stringify.ts", "http_request_body.ts"]),
        ("a template", &["env_template.ts", "template_of_request.ts"]),
        ("a constant", &["env_const.ts", "fetch_constant_base_tail.ts"]),
        ("user info", &["fetch_user_info_trap.ts", "fetch_computed_user.ts"]),
        ("IPv6", &["fetch_ipv6.ts"]),
        ("a query behind the host", &["fetch_query.ts"]),
        ("upper case", &["fetch_upper.ts"]),
        ("the object form", &["fetch_object.ts", "fetch_object_mutated.ts"]),
        ("`cacheStats`", &["cache_stats.ts", "cache_stats_all.ts"]),
        ("a name that hides another", &["shadow_parameter.ts", "shadow_loop.ts"]),
    ] {
        for example in examples {
            assert!(names.contains(*example), "{form}: {example} is not there");
        }
    }
}
