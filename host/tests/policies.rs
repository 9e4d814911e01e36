//! The folder `policies`: every sample is read and means what its schema says, and the schema is our reader in other words.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{fs, path::PathBuf};

use purview::{
    limits::{Limit, Scope, TABLE},
    policy::Policy,
};
use serde_json::{Value, json};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../policies")
}

fn schema() -> Value {
    serde_json::from_slice(&fs::read(folder().join("policy.schema.json")).unwrap()).unwrap()
}

fn samples() -> Vec<PathBuf> {
    let mut samples: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.to_string_lossy();
            name.ends_with(".json") && !name.ends_with(".schema.json")
        })
        .collect();
    samples.sort();
    samples
}

#[test]
fn every_sample_is_read_and_listed() {
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    let readme = fs::read_to_string(folder().join("README.md")).unwrap();
    let samples = samples();
    for path in &samples {
        Policy::load(path).unwrap_or_else(|error| panic!("{error}"));
        let value: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let errors: Vec<String> = validator.iter_errors(&value).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", path.display());
        let row = format!("| `{}` |", path.file_name().unwrap().to_string_lossy());
        assert!(readme.contains(&row), "{row} is missing from policies/README.md");
    }
    let rows = readme.lines().filter(|line| line.starts_with("| `") && line.contains(".json` |"));
    assert_eq!(rows.count(), samples.len(), "policies/README.md lists a sample that is not there");
}

#[test]
fn the_schema_lists_the_limits() {
    let expected = |scope: fn(&Limit) -> bool| -> Value {
        let rows = TABLE.iter().filter(|row| scope(row));
        let rows = rows.map(|row| {
            let words = row.meaning.trim();
            let entry = json!({
                "description": words, "type": "integer", "minimum": row.low, "maximum": row.high, "default": row.default,
            });
            (row.name.to_owned(), entry)
        });
        Value::Object(rows.collect())
    };
    let schema = schema();
    let handler = expected(|row| row.scope == Scope::Handler);
    let server = expected(|_| true);
    assert_eq!(
        schema["$defs"]["handlerLimits"]["properties"], handler,
        "put this there: {handler}"
    );
    assert_eq!(schema["$defs"]["serverLimits"]["properties"], server, "put this there: {server}");
}

/// Text of policies, each with one thing to judge. What the schema cannot say is left to the tests of the reader: repeated keys,
/// hosts that differ in case only, numeric hosts, whole numbers written with a fraction, places of handlers.
const CASES: &[(bool, &str)] = &[
    (true, r#"{}"#),
    (true, r#"{"$schema": "x"}"#),
    (true, r#"{"env": {"allow": []}}"#),
    (true, r#"{"env": {"allow": ["A", "B C", "ÄÖ", "a.b-c"]}}"#),
    (true, r#"{"env": {"values": {"A": "", "B": "\n"}}}"#),
    (true, r#"{"env": {"allow": ["A"], "values": {"A": "x"}}}"#),
    (
        true,
        r#"{"egress": {"allow_hosts": ["API.Example.com.", "a_b:1", "localhost", "1.2.3.4:65535", "[::1]:80", "[::ffff:1.2.3.4]"]}}"#,
    ),
    (true, r#"{"cache": {"allow_namespaces": ["a=b", "**"]}, "sql": {"allow_queries": ["q"]}}"#),
    (true, r#"{"limits": {"cpu_ms": 1, "shutdown_ms": 0}}"#),
    (true, r#"{"handlers": {}}"#),
    (
        true,
        r#"{"handlers": {"a": {}, "B-2_c.d": {"module": "a b.wasm", "mount": "/", "host": "Example.com"}}}"#,
    ),
    (
        true,
        r#"{"handlers": {"a": {"mount": "/a/b%20c", "limits": {"cpu_ms": 5}, "env": {"allow": ["A"]}}}}"#,
    ),
    (false, r#"[]"#),
    (false, r#"null"#),
    (false, r#"{"version": 1}"#),
    (false, r#"{"env": {}}"#),
    (false, r#"{"env": ["A"]}"#),
    (false, r#"{"env": {"allow": "A"}}"#),
    (false, r#"{"env": {"allow": ["A", "A"]}}"#),
    (false, r#"{"env": {"allow": [""]}}"#),
    (false, r#"{"env": {"allow": ["*"]}}"#),
    (false, r#"{"env": {"allow": ["A=B"]}}"#),
    (false, r#"{"env": {"allow": [" A"]}}"#),
    (false, r#"{"env": {"allow": ["A\u0000"]}}"#),
    (false, r#"{"env": {"allow": ["\ufeffA"]}}"#),
    (false, r#"{"env": {"allow": [1]}}"#),
    (false, r#"{"env": {"allow": null}}"#),
    (false, r#"{"env": {"values": {"A": 1}}}"#),
    (false, r#"{"env": {"values": {"": "x"}}}"#),
    (false, r#"{"env": {"values": {"A": "\u0000"}}}"#),
    (false, r#"{"env": {"allow": [], "deny": []}}"#),
    (false, r#"{"egress": {}}"#),
    (false, r#"{"egress": {"hosts": []}}"#),
    (false, r#"{"egress": {"allow_hosts": ["https://a.example"]}}"#),
    (false, r#"{"egress": {"allow_hosts": ["*"]}}"#),
    (false, r#"{"egress": {"allow_hosts": ["*.a.example"]}}"#),
    (false, r#"{"egress": {"allow_hosts": ["a.example/"]}}"#),
    (false, r#"{"egress": {"allow_hosts": ["a..example"]}}"#),
    (false, r#"{"egress": {"allow_hosts": ["::1"]}}"#),
    (false, r#"{"egress": {"allow_hosts": ["a:0"]}}"#),
    (false, r#"{"egress": {"allow_hosts": ["a:"]}}"#),
    (false, r#"{"egress": {"allow_hosts": ["a:123456"]}}"#),
    (false, r#"{"egress": {"allow_hosts": ["bücher.example"]}}"#),
    (false, r#"{"egress": {"allow_hosts": [""]}}"#),
    (false, r#"{"cache": {"allow_namespaces": ["a", 2]}}"#),
    (false, r#"{"cache": {"allow": ["a"]}}"#),
    (false, r#"{"sql": {"allow_queries": {}}}"#),
    (true, r#"{"assets": {"folders": {}}}"#),
    (
        true,
        r#"{"assets": {"folders": {"a": "x", "b": "x/y z/", "c": ".", "d": "x/.y", "e": "..x"}}}"#,
    ),
    (false, r#"{"assets": {}}"#),
    (false, r#"{"assets": {"folders": []}}"#),
    (false, r#"{"assets": {"folders": {"a": 1}}}"#),
    (false, r#"{"assets": {"folders": {"*": "x"}}}"#),
    (false, r#"{"assets": {"folders": {"": "x"}}}"#),
    (false, r#"{"assets": {"folders": {"a": ""}}}"#),
    (false, r#"{"assets": {"folders": {"a": "/x"}}}"#),
    (false, r#"{"assets": {"folders": {"a": "./x"}}}"#),
    (false, r#"{"assets": {"folders": {"a": "x/../y"}}}"#),
    (false, r#"{"assets": {"folders": {"a": "x//y"}}}"#),
    (false, r#"{"assets": {"folders": {"a": ".."}}}"#),
    (false, r#"{"assets": {"folders": {"a": "x\\y"}}}"#),
    (false, r#"{"limits": []}"#),
    (false, r#"{"limits": {"cpu_ms": 0}}"#),
    (false, r#"{"limits": {"cpu_ms": "5"}}"#),
    (false, r#"{"limits": {"cpu_ms": 1.5}}"#),
    (false, r#"{"limits": {"cpu": 1}}"#),
    (false, r#"{"handlers": []}"#),
    (false, r#"{"handlers": {"": {}}}"#),
    (false, r#"{"handlers": {"-a": {}}}"#),
    (false, r#"{"handlers": {"a": null}}"#),
    (false, r#"{"handlers": {"a": {"module": ""}}}"#),
    (false, r#"{"handlers": {"a": {"mount": "a"}}}"#),
    (false, r#"{"handlers": {"a": {"mount": "/a/"}}}"#),
    (false, r#"{"handlers": {"a": {"mount": "/{id}"}}}"#),
    (false, r#"{"handlers": {"a": {"mount": "//"}}}"#),
    (false, r#"{"handlers": {"a": {"host": "a.example:80"}}}"#),
    (false, r#"{"handlers": {"a": {"limits": {"idle_ms": 1000}}}}"#),
    (false, r#"{"handlers": {"a": {"handlers": {}}}}"#),
];

#[test]
fn schema_and_reader_agree() {
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    for (is_good, text) in CASES {
        let value: Value = serde_json::from_str(text).unwrap();
        assert_eq!(validator.is_valid(&value), *is_good, "the schema on {text}");
        let read = Policy::parse(text.as_bytes(), "policy.json");
        assert_eq!(read.is_ok(), *is_good, "the reader on {text}: {read:?}");
    }
}

#[test]
fn the_schema_is_a_schema() {
    assert!(jsonschema::draft202012::meta::is_valid(&schema()));
}
