//! Every module in `tests/inspect`, with the policy beside it if there is one: the text (`.txt`) and the JSON (`.json`).
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use purview::{
    contract,
    inspect::{self, Inspection},
    limits::Limits,
    policy::Policy,
};

#[path = "support/golden.rs"]
mod golden;

#[test]
fn every_module_with_its_policy() {
    for input in golden::inputs("tests/inspect", ".wat") {
        let handler = input.file_stem().unwrap().to_str().unwrap();
        let contract = contract::extract(&wat::parse_file(&input).unwrap()).unwrap();
        let policy = input.with_extension("policy");
        let policy = policy.exists().then(|| {
            let bytes = std::fs::read(&policy).unwrap();
            Policy::parse(&bytes, "policy.json").unwrap_or_else(|error| panic!("{error}"))
        });
        let file = format!("{handler}.wasm");
        let inspection =
            Inspection::new(&file, handler, &contract, policy.as_ref(), &Limits::default());
        golden::check(&input.with_extension("txt"), &inspection.to_text());
        golden::check(&input.with_extension("json"), &inspection.to_json());
        let json: serde_json::Value = serde_json::from_str(&inspection.to_json()).unwrap();
        assert_eq!(json["grants"]["loads"], inspection.is_granted());
    }
}

#[test]
fn a_file_that_is_no_handler_gives_its_problems() {
    let error = contract::extract(b"#!/bin/sh\n").unwrap_err();
    let json: serde_json::Value =
        serde_json::from_str(&inspect::not_a_handler("run.sh", &error)).unwrap();
    assert_eq!(json["file"], "run.sh");
    assert_eq!(json["errors"][0]["code"], "contract.not-wasm");
}
