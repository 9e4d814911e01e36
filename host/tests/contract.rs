//! Every module in `tests/contract`: its contract document (`.json`), or what is wrong with it (`.txt`).
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::path::Path;

use proptest::prelude::*;
use purview::contract::{self, Contract, ContractError, Problem};

#[path = "support/golden.rs"]
mod golden;

fn extract(text: &str) -> Result<Contract, ContractError> {
    contract::extract(&wat::parse_str(text).unwrap())
}

/// A module that serves `GET /`, with more text in it.
fn with(text: &str) -> String {
    format!(
        r#"(module {text}
            (memory (export "memory") 1)
            (func (export "purview:reserve/1") (param i32) (result i32) i32.const 0)
            (func (export "GET /") (param i32 i32) (result i32) i32.const 0))"#
    )
}

#[test]
fn every_module() {
    for input in golden::inputs("tests/contract", ".wat") {
        let bytes = wat::parse_file(&input).unwrap();
        match contract::extract(&bytes) {
            Ok(contract) => {
                assert!(!input.with_extension("txt").exists(), "{}", input.display());
                let text = contract.document.to_json();
                let value: serde_json::Value = serde_json::from_str(&text).unwrap();
                assert_eq!(text, serde_json::to_string_pretty(&value).unwrap());
                golden::check(&input.with_extension("json"), &text);
            }
            Err(error) => {
                assert!(!input.with_extension("json").exists(), "{}", input.display());
                golden::check(&input.with_extension("txt"), &error.to_string());
            }
        }
    }
}

#[test]
fn files_that_are_no_module() {
    let component = b"\0asm\x0d\0\x01\0".as_slice();
    for (bytes, code) in [
        (b"".as_slice(), "contract.not-wasm"),
        (b"\x7fELF\x02\x01\x01\0\0\0", "contract.not-wasm"),
        (b"  (module)", "contract.not-wasm"),
        (component, "contract.component"),
        (b"\0asm\x01\0\0\0\xff", "contract.invalid"),
        (b"\0asm\x02\0\0\0", "contract.not-wasm"),
    ] {
        let error = contract::extract(bytes).unwrap_err();
        assert_eq!(error.problems.len(), 1, "{error}");
        assert_eq!(error.problems[0].code(), code, "{error}");
    }
}

#[test]
fn the_request_area_is_reported_with_its_value() {
    let contract = extract(&with(
        r#"(global (export "purview:request/1") i32 (i32.const 1024))
           (func (export "_initialize"))"#,
    ))
    .unwrap();
    assert_eq!(contract.request_area, Some(1024));
    assert!(contract.initialize);
    assert_eq!(contract.document.limits.memory_bytes_min, 65_536);
    let plain = extract(&with("")).unwrap();
    assert_eq!((plain.request_area, plain.initialize), (None, false));
}

#[test]
fn a_request_area_beyond_the_memory_or_not_constant_is_refused() {
    for global in [
        "i32 (i32.const 61441)",
        "i32 (i32.const -1)",
        "(mut i32) (i32.const 8)",
        "i64 (i64.const 8)",
        "i32 (i32.add (i32.const 8) (i32.const 8))",
    ] {
        let text = with(&format!(r#"(global (export "purview:request/1") {global})"#));
        let error = extract(&text).unwrap_err();
        assert_eq!(error.problems.len(), 1, "{error}");
        assert_eq!(error.problems[0].code(), "contract.request-area", "{global}: {error}");
    }
}

#[test]
fn routes_that_answer_the_same_requests_are_named() {
    let route = |name: &str| {
        format!(r#"(func (export "{name}") (param i32 i32) (result i32) i32.const 0)"#)
    };
    let error =
        extract(&with(&(route("GET /users/{id}") + &route("GET /users/{name}")))).unwrap_err();
    assert_eq!(
        error.problems,
        [Problem::RouteConflict {
            name: "GET /users/{name}".to_owned(),
            other: "GET /users/{id}".to_owned()
        }]
    );
    let fine = ["GET /users/{id}", "POST /users/{name}", "GET /users/new", "* /users/{any}", "* *"];
    let contract = extract(&with(&fine.map(route).concat())).unwrap();
    assert_eq!(contract.document.routes.len(), fine.len() + 1);
    assert_eq!(contract.document.routes.last().unwrap().export(), "* *");
}

/// A custom section with this content, in a module that reads `A` and serves `GET /`.
fn with_claims(claims: &str) -> Result<Contract, ContractError> {
    let claims: String = claims.bytes().map(|byte| format!("\\{byte:02x}")).collect();
    extract(&with(&format!(
        r#"(import "purview:env" "A" (func (param i32 i32) (result i32)))
           (@custom "purview:contract" "{claims}")"#
    )))
}

#[test]
fn claims_complete_the_contract_where_they_agree() {
    let contract = with_claims(
        r#"{"version": 1, "handler": {"path": "h.ts", "line": 3, "column": 1},
            "env": {"literal": ["A"], "dynamic": false},
            "routes": [{"method": "GET", "pattern": "/", "status": 200, "contentType": "text/plain", "aot": true}],
            "properties": {"stateIsolated": true, "pure": false},
            "verification": {"exhaustiveReturns": true, "resultsSafe": true, "unreachableCode": true, "bytecodeVerified": true}}"#,
    )
    .unwrap();
    let document = contract.document;
    assert_eq!(document.handler.unwrap().path, "h.ts");
    assert_eq!(document.routes[0].status, Some(200));
    assert!(document.routes[0].constant);
    assert_eq!(document.properties.state_isolated, Some(true));
    assert!(document.verification.unwrap().results_safe);
}

#[test]
fn the_document_itself_is_an_acceptable_claim() {
    let first = with_claims(r#"{"version": 1}"#).unwrap();
    let second = with_claims(&first.document.to_json()).unwrap();
    assert_eq!(first, second);
}

#[test]
fn claims_that_disagree_are_refused_all_at_once() {
    let error = with_claims(
        r#"{"version": 1, "env": {"literal": ["A", "B"], "dynamic": true}, "suspends": true,
            "routes": [], "imports": [], "properties": {"pure": true}, "verification": 1}"#,
    )
    .unwrap_err();
    let keys: Vec<&str> = error
        .problems
        .iter()
        .map(|problem| match problem {
            Problem::ClaimsDisagree { key, .. } => key.as_str(),
            Problem::ClaimsShape { key, .. } => key,
            other => panic!("{other}"),
        })
        .collect();
    let expected = [
        "imports",
        "suspends",
        "env.literal",
        "env.dynamic",
        "properties.pure",
        "routes",
        "verification",
    ];
    assert_eq!(keys, expected);
    for claims in ["", "[]", "{", r#"{"version": 2}"#, "{}", r#"{"version": 1, "env": []}"#] {
        assert_eq!(
            with_claims(claims).unwrap_err().problems[0].code(),
            "contract.claims",
            "{claims}"
        );
    }
}

#[test]
fn claims_are_bounded_and_stand_once() {
    let section = r#"(@custom "purview:contract" "{\"version\":1}")"#;
    extract(&with(section)).unwrap();
    let twice = extract(&with(&section.repeat(2))).unwrap_err();
    assert_eq!(twice.problems, [Problem::ClaimsTwice]);
    let sized =
        |bytes: usize| with_claims(&format!(r#"{{"version":1}}{}"#, " ".repeat(bytes - 13)));
    sized(1 << 20).unwrap();
    assert_eq!(
        sized((1 << 20) + 1).unwrap_err().problems,
        [Problem::ClaimsTooLarge { bytes: (1 << 20) + 1 }]
    );
}

#[test]
fn wasi_functions_have_the_signatures_of_the_linker() {
    let mut config = wasmtime::Config::new();
    config.wasm_relaxed_simd(false);
    let engine = wasmtime::Engine::new(&config).unwrap();
    let mut linker: wasmtime::Linker<wasmtime_wasi::p1::WasiP1Ctx> = wasmtime::Linker::new(&engine);
    wasmtime_wasi::p1::add_to_linker_sync(&mut linker, |context| context).unwrap();
    let context = wasmtime_wasi::WasiCtxBuilder::new().build_p1();
    let mut store = wasmtime::Store::new(&engine, context);
    for offered in contract::wasi::OFFERED {
        let found = linker.get(&mut store, "wasi_snapshot_preview1", offered.name);
        let found = found.unwrap().into_func().unwrap().ty(&store);
        let spell = |kind: wasmtime::ValType| kind.to_string();
        let params: Vec<_> = found.params().map(spell).collect();
        let expected = |kind: &purview_abi::call::Type| format!("{kind:?}").to_lowercase();
        assert_eq!(
            params,
            offered.signature.params.iter().map(expected).collect::<Vec<_>>(),
            "{}",
            offered.name
        );
        let results: Vec<_> = found.results().map(spell).collect();
        assert_eq!(
            results,
            offered.signature.result.iter().map(expected).collect::<Vec<_>>(),
            "{}",
            offered.name
        );
    }
}

/// A real module, to be damaged.
fn sample() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contract/everything.wat");
    wat::parse_file(path).unwrap()
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = contract::extract(&bytes).map_err(|error| error.to_string());
        let mut with_header = b"\0asm\x01\0\0\0".to_vec();
        with_header.extend(&bytes);
        let _ = contract::extract(&with_header).map_err(|error| error.to_string());
    }

    #[test]
    fn damaged_modules_never_panic(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = sample();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = contract::extract(&bytes).map_err(|error| error.to_string());
    }
}
