//! Policies: what is accepted, how every mistake is reported, and what comes out for a contract.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use purview::{
    contract,
    limits::Limits,
    policy::{
        Policy,
        grant::{self, Need},
    },
};

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
