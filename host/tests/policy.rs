//! Policies: what is accepted, how every mistake is reported, and what comes out for a contract.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fs;

use proptest::prelude::*;
use purview::{
    contract,
    limits::Limits,
    policy::{
        HostPattern, Policy, PolicyError,
        grant::{self, Need},
    },
};
use purview_abi::name::Origin;

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
    (import "purview:egress" "https://api.example.com" (func (param i32) (result i32)))
    (import "purview:cache" "sessions.get" (func (param i32 i32 i32 i32) (result i32)))
    (import "purview:cache" "sessions.set" (func (param i32 i32 i32 i32 i64) (result i32)))"#;

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

#[test]
fn hosts_have_one_form() {
    for (text, form) in [
        ("API.Example.COM.", "api.example.com"),
        ("localhost:8080", "localhost:8080"),
        ("[0:0:0:0:0:0:0:1]", "[::1]"),
        ("[2001:DB8::0001]:443", "[2001:db8::1]:443"),
        ("[::ffff:1.2.3.4]", "[::ffff:1.2.3.4]"),
        ("1.2.3.4", "1.2.3.4"),
        ("a_b.example", "a_b.example"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
    ] {
        assert_eq!(HostPattern::parse(text).unwrap().to_string(), form, "{text}");
        assert_eq!(HostPattern::parse(form).unwrap().to_string(), form, "{form}");
    }
    for text in [
        "01.2.3.4",
        "1.2.3",
        "1.2.3.4.5",
        "0x1",
        "example.0x7f",
        "a.123",
        "[1.2.3.4]",
        "[::1%eth0]",
        "a:b",
    ] {
        assert!(HostPattern::parse(text).is_err(), "{text}");
    }
}

#[test]
fn a_host_without_a_port_admits_every_port() {
    let admits = |pattern: &str, origin: &str| {
        HostPattern::parse(pattern).unwrap().admits(&Origin::parse(origin).unwrap())
    };
    assert!(admits("Example.com", "https://example.com"));
    assert!(admits("example.com", "http://example.com:8080"));
    assert!(admits("example.com:443", "https://example.com"));
    assert!(admits("[::1]:80", "http://[::1]"));
    assert!(!admits("example.com:443", "http://example.com"));
    assert!(!admits("example.com", "https://api.example.com"));
    assert!(!admits("ample.com", "https://example.com"));
    assert!(!admits("example.com", "https://example.com.evil.example"));
}

const READS_A: &str = r#"(import "purview:env" "A" (func (param i32 i32) (result i32)))"#;

#[test]
fn a_section_of_a_handler_stands_in_for_the_one_above() {
    let policy = policy(
        r#"{"env": {"allow": ["A"]}, "limits": {"cpu_ms": 100, "wall_ms": 1000},
            "handlers": {"closed": {"env": {"allow": []}, "limits": {"cpu_ms": 5}}, "other": {}}}"#,
    );
    let reads_a = module(READS_A);
    let base = Limits { log_bytes: 7, ..Limits::default() };
    assert!(grant::grant("closed", &reads_a, Some(&policy), &base).is_err());
    for name in ["other", "not in the policy"] {
        let grants = grant::grant(name, &reads_a, Some(&policy), &base).unwrap();
        let limits = grants.limits();
        assert_eq!((limits.cpu_ms, limits.wall_ms, limits.log_bytes), (100, 1000, 7));
    }
    let limits = policy.limits("closed", &base);
    assert_eq!((limits.cpu_ms, limits.wall_ms, limits.log_bytes), (5, 1000, 7));
    assert_eq!(policy.server_limits(&base).cpu_ms, 100);
}

#[test]
fn a_variable_with_a_value_is_allowed_and_stays_hidden() {
    let policy = policy(r#"{"env": {"values": {"A": "hidden", "B": "unused"}}}"#);
    let grants = grant::grant("h", &module(READS_A), Some(&policy), &Limits::default()).unwrap();
    assert_eq!(grants.env_value("A").unwrap().reveal(), "hidden");
    assert_eq!(grants.env_names().collect::<Vec<_>>(), ["A"]);
    assert!(!format!("{policy:?} {grants:?}").contains("hidden"));
}

#[test]
fn a_private_host_must_be_named_by_the_policy() {
    let policy = policy(r#"{"egress": {"allow_hosts": ["localhost:9000", "10.0.0.1"]}}"#);
    let grants = grant::grant("h", &module(""), Some(&policy), &Limits::default()).unwrap();
    assert!(grants.names_host("localhost", 9000) && grants.names_host("10.0.0.1", 1));
    assert!(!grants.names_host("localhost", 80) && !grants.names_host("10.0.0.2", 1));
}

#[test]
fn entries_that_no_handler_needs_are_told() {
    let policy = policy(
        r#"{"env": {"allow": ["A", "B"]}, "egress": {"allow_hosts": ["x.example"]},
            "handlers": {"own": {"env": {"allow": ["A", "C"]}}}}"#,
    );
    let (reads_a, nothing) = (module(READS_A), module(""));
    let entries = |handlers: &[(&str, &contract::Contract)]| -> Vec<String> {
        let warnings = grant::over_grants(&policy, handlers);
        warnings
            .iter()
            .map(|warning| warning.message().split('`').nth(1).unwrap().to_owned())
            .collect()
    };
    assert_eq!(entries(&[("own", &reads_a), ("other", &reads_a)]), ["B", "C", "x.example"]);
    assert_eq!(
        entries(&[("own", &nothing), ("other", &nothing)]),
        ["A", "B", "A", "C", "x.example"]
    );
}

#[test]
fn a_name_that_does_not_match_is_told_on_both_sides() {
    let policy = policy(r#"{"handlers": {"user": {"env": {"allow": []}}}}"#);
    let reads_a = module(READS_A);
    let grants = grant::grant("users", &reads_a, Some(&policy), &Limits::default()).unwrap();
    let codes: Vec<&str> = grants.warnings().iter().map(|warning| warning.code()).collect();
    assert_eq!(codes, ["policy.handler-unnamed"]);
    let warnings = grant::over_grants(&policy, &[("users", &reads_a)]);
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].code(), "policy.handler-unused");
    assert_eq!(warnings[0].address(), Some("policy.json:1:15"));
}

#[test]
fn memory_beyond_the_limit_is_a_violation() {
    let policy = policy(r#"{"limits": {"memory_bytes": 65536}}"#);
    grant::grant("h", &module(""), Some(&policy), &Limits::default()).unwrap();
    let large = wat::parse_str(
        r#"(module (memory (export "memory") 2)
            (func (export "purview:reserve/1") (param i32) (result i32) i32.const 0)
            (func (export "GET /") (param i32 i32) (result i32) i32.const 0))"#,
    );
    let large = contract::extract(&large.unwrap()).unwrap();
    let refusal = grant::grant("h", &large, Some(&policy), &Limits::default()).unwrap_err();
    assert_eq!(refusal.violations[0].need, Need::Memory { bytes: 131_072, limit: 65_536 });
}

/// Pieces of policies, put together at random: mostly almost right.
fn almost_a_policy() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"env\"",
        "\"allow\"",
        "\"values\"",
        "\"egress\"",
        "\"allow_hosts\"",
        "\"limits\"",
        "\"cpu_ms\"",
        "\"handlers\"",
        "\"A\"",
        "\"a.example:1\"",
        "\"\"",
        "1",
        "-0",
        "1e9",
        "null",
        "true",
        "\"\\ud800\"",
        "\"\\u0000\"",
        "\u{feff}",
        "\n",
        " ",
        "\"ä\"",
        "{\"env\":{\"allow\":[",
        "{\"env\":{\"values\":{\"A\":\"x\"",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_panics_and_what_is_read_is_json(text in prop_oneof![any::<String>(), almost_a_policy()]) {
        match Policy::parse(text.as_bytes(), "p.json") {
            Ok(_) => prop_assert!(serde_json::from_str::<serde_json::Value>(&text).unwrap().is_object()),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Policy::parse(&bytes, "p.json").map_err(|error| error.to_string());
    }
}
