//! Policies: what is accepted, how every mistake is reported, and what comes out for a contract.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fs;

use purview::{
    contract,
    limits::Limits,
    policy::{
        Policy, PolicyError,
        grant::{self, Need},
    },
};

#[path = "support/golden.rs"]
mod golden;

fn policy(text: &str) -> Policy {
    Policy::parse(text.as_bytes(), "policy.json").unwrap_or_else(|error| panic!("{error}"))
}

/// A module with these function imports that serves `GET /`.
fn module(imports: &str) -> contract::Contract {
    let text = format!(
        r#"(module {imports}
            (memory (export "memory") 1)
            (func (export "purview:reserve/1") (param i32) (result i32) i32.const 0)
            (func (export "GET /") (param i32 i32) (result i32) i32.const 0))"#
    );
    contract::extract(&wat::parse_str(text).unwrap()).unwrap()
}

const MIXED: &str = r#"
    (import "purview:env" "JWT_SECRET" (func (param i32 i32) (result i32)))
    (import "purview:env" "*" (func (param i32 i32 i32 i32) (result i32)))
    (import "purview:egress" "https://api.example.com" (func))
    (import "purview:cache" "sessions.get" (func))
    (import "purview:cache" "sessions.set" (func))"#;

#[test]
fn violations_come_all_at_once_and_in_order() {
    let policy = policy(
        r#"{"env": {"allow": ["PUBLIC_KEY"]}, "egress": {"allow_hosts": ["API.example.com."]}, "cache": {"allow_namespaces": ["metrics"]}}"#,
    );
    let refusal = grant::grant("h", &module(MIXED), Some(&policy), &Limits::default()).unwrap_err();
    let needs: Vec<&Need> = refusal.violations.iter().map(|violation| &violation.need).collect();
    assert_eq!(
        needs,
        [
            &Need::Env("JWT_SECRET".to_owned()),
            &Need::EnvDynamic,
            &Need::Namespace("sessions".to_owned())
        ]
    );
    assert_eq!(refusal.violations[2].imports.len(), 2);
    assert_eq!(refusal.violations[0].address, "policy.json:1:10");
    assert_eq!(refusal.violations[0].clause, "env.allow");
    assert_eq!(refusal.violations[0].help(), r#"add "JWT_SECRET" to `env.allow`"#);
}

#[test]
fn without_a_policy_the_contract_is_what_is_granted() {
    let contract = module(MIXED);
    let grants = grant::grant("h", &contract, None, &Limits::default()).unwrap();
    assert_eq!(grants.imports().count(), contract.document.imports.len());
    assert_eq!(grants.warnings().len(), 1, "the dynamic section is said loudly");
    assert_eq!(grants.env_names().collect::<Vec<_>>(), ["JWT_SECRET"]);
    assert!(!grants.names_host("api.example.com", 443));
    assert_eq!(grants.limits(), &Limits::default());
}

#[test]
fn every_mistake_is_reported_with_its_place() {
    for input in golden::inputs("tests/policy", ".json") {
        let name = input.file_name().unwrap().to_string_lossy().into_owned();
        let error = Policy::parse(&fs::read(&input).unwrap(), &name).unwrap_err();
        assert!(!error.to_string().contains("hidden"), "{error}");
        golden::check(&input.with_extension("txt"), &error.to_string());
    }
}

#[test]
fn a_file_that_cannot_be_used_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let missing = Policy::load(&folder.path().join("missing.json")).unwrap_err();
    assert!(matches!(missing, PolicyError::Unreadable { .. }), "{missing}");
    let unreadable = Policy::load(folder.path()).unwrap_err();
    assert!(matches!(unreadable, PolicyError::Unreadable { .. }), "{unreadable}");
    let large = folder.path().join("large.json");
    fs::write(&large, " ".repeat(1 << 20) + "{}").unwrap();
    assert!(matches!(Policy::load(&large).unwrap_err(), PolicyError::TooLarge { .. }));
    let largest = folder.path().join("largest.json");
    fs::write(&largest, " ".repeat((1 << 20) - 2) + "{}").unwrap();
    Policy::load(&largest).unwrap();
    let binary = Policy::parse(b"{\"env\": \"\xff\"}", "binary.json").unwrap_err();
    assert_eq!(binary, PolicyError::NotText { file: "binary.json".to_owned(), at: 9 });
}

#[test]
fn a_hundred_problems_are_listed_and_the_others_counted() {
    let text = format!(r#"{{"env": {{"allow": [{}]}}}}"#, vec!["0"; 150].join(","));
    let Err(PolicyError::Invalid(report)) = Policy::parse(text.as_bytes(), "p.json") else {
        panic!("numbers are not names");
    };
    assert_eq!(report.problems().len(), 100);
    assert!(
        report
            .to_string()
            .ends_with("… and 50 more\np.json: 150 problems; nothing of this policy is used")
    );
}

/// The worst file of the largest size takes no time worth attacking for.
#[test]
fn the_largest_bad_file_is_reported_quickly() {
    let start = std::time::Instant::now();
    for item in ["0,", "\"a\",", "{},", "\"A\":1,", "\n"] {
        let (open, close) = if item.contains(':') { ("{", "}") } else { ("[", "]") };
        let room = (1 << 20) - 40;
        let text = format!(
            r#"{{"env": {{"values": {open}{}0{close} }} }}"#,
            item.repeat(room / item.len())
        );
        let error = Policy::parse(text.as_bytes(), "p.json").unwrap_err();
        assert!(!error.to_string().is_empty());
    }
    let names: String = (0..100_000).map(|at| format!("\"N{at}\",")).collect();
    let text = format!(r#"{{"env": {{"allow": [{names} "LAST"]}}}}"#);
    policy(&text);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
