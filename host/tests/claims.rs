//! A contract that says less than the module may do is refused: every claim of every program of the compiler's corpus is narrowed or
//! changed, one at a time, and the host must find each.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what goes wrong fails the test")]

use std::{borrow::Cow, fs, path::Path};

use js_to_wasm::source::Files;
use purview::contract;
use serde_json::{Value, json};
use wasm_encoder::{CustomSection, Section as _};

const SECTION: &str = purview_abi::name::CONTRACT_SECTION;

/// Name and module of every program of the corpus that compiles.
fn modules() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../js-to-wasm/tests/contract");
    let mut modules = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let mut parts = text.split("\n// file: ");
        let mut files = Files::one(&name, parts.next().unwrap());
        for part in parts {
            let (file, body) = part.split_once('\n').unwrap();
            files = files.with(file, body);
        }
        let package = js_to_wasm::compile(&files, &name).map_err(|refused| refused.render());
        modules.push((name, package.unwrap().wasm));
    }
    modules.sort();
    modules
}

/// The claims of a module, and the module without them.
fn take_claims(wasm: &[u8]) -> (Value, Vec<u8>) {
    let mut claims = Value::Null;
    let mut rest = wasm[..8].to_vec();
    for payload in wasmparser::Parser::new(0).parse_all(wasm) {
        let payload = payload.unwrap();
        if let wasmparser::Payload::CustomSection(section) = &payload
            && section.name() == SECTION
        {
            claims = serde_json::from_slice(section.data()).unwrap();
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            let data = Cow::Borrowed(&wasm[range]);
            wasm_encoder::RawSection { id, data: &data }.append_to(&mut rest);
        }
    }
    (claims, rest)
}

fn with_claims(wasm: &[u8], claims: &Value) -> Vec<u8> {
    let mut bytes = wasm.to_vec();
    let data = claims.to_string().into_bytes();
    CustomSection { name: SECTION.into(), data: data.into() }.append_to(&mut bytes);
    bytes
}

/// Every single change of the claims that makes them say something else of what the module may touch.
fn changes(claims: &Value) -> Vec<(String, Value)> {
    let mut changed = Vec::new();
    let mut change = |what: String, edit: &dyn Fn(&mut Value)| {
        let mut copy = claims.clone();
        edit(&mut copy);
        changed.push((what, copy));
    };
    for (section, list) in [
        ("env", "literal"),
        ("egress", "origins"),
        ("egress", "hosts"),
        ("cache", "namespaces"),
        ("sql", "queries"),
    ] {
        let items = claims[section][list].as_array().unwrap();
        for at in 0..items.len() {
            change(format!("{section}.{list} without {}", items[at]), &|copy| {
                copy[section][list].as_array_mut().unwrap().remove(at);
            });
            change(format!("{section}.{list} with another name for {}", items[at]), &|copy| {
                copy[section][list][at] = json!("other");
            });
        }
        change(format!("{section}.{list} with one more"), &|copy| {
            copy[section][list].as_array_mut().unwrap().push(json!("more"));
        });
    }
    for section in ["env", "egress", "cache"] {
        let dynamic = claims[section]["dynamic"].as_bool().unwrap();
        change(format!("{section}.dynamic flipped"), &|copy| {
            copy[section]["dynamic"] = json!(!dynamic);
        });
    }
    changed
}

#[test]
fn every_change_of_a_contract_is_caught() {
    let modules = modules();
    assert!(modules.len() >= 150, "only {} programs", modules.len());
    let (mut wrong, mut tried) = (String::new(), 0);
    for (name, wasm) in &modules {
        let first = contract::extract(wasm).unwrap_or_else(|error| panic!("{name}: {error}"));
        let (claims, bare) = take_claims(wasm);
        let again = contract::extract(&with_claims(&bare, &claims)).unwrap();
        assert_eq!(first.document, again.document, "{name}");
        for (what, changed) in changes(&claims) {
            tried += 1;
            if contract::extract(&with_claims(&bare, &changed)).is_ok() {
                wrong += &format!("{name}: {what}\n");
            }
        }
        // A property that imports speak against cannot be claimed.
        for property in ["pure", "readOnly", "stateless", "deterministic"] {
            let derived: Value = {
                let bare = contract::extract(&bare).unwrap();
                serde_json::from_str(&bare.document.to_json()).unwrap()
            };
            if derived["properties"][property] == json!(false) {
                let mut changed = claims.clone();
                changed["properties"][property] = json!(true);
                tried += 1;
                if contract::extract(&with_claims(&bare, &changed)).is_ok() {
                    wrong += &format!("{name}: {property} is claimed\n");
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(tried > 1500, "only {tried} changes");
}

#[test]
fn the_claims_of_one_program_do_not_fit_another() {
    let modules = modules();
    let taken: Vec<_> = modules.iter().map(|(name, wasm)| (name, take_claims(wasm))).collect();
    let sections = |claims: &Value| {
        ["env", "egress", "cache", "sql"].map(|section| claims[section].to_string())
    };
    for pair in taken.windows(2) {
        let [(name, (claims, _)), (other, (others, bare))] = pair else { continue };
        if sections(claims) != sections(others) {
            let mixed = with_claims(bare, claims);
            assert!(contract::extract(&mixed).is_err(), "the claims of {name} pass with {other}");
        }
    }
}
