//! Schemas and data, what is said about them, and what no schema can do.

use std::time::{Duration, Instant};

use super::*;

fn told(verdict: Verdict) -> String {
    String::from_utf8(verdict.write()).unwrap()
}

fn check(schema: &str, data: &str) -> String {
    match Schema::read(schema.as_bytes()) {
        Ok(schema) => told(schema.check(data.as_bytes())),
        Err(problem) => told(Verdict::Problem(problem)),
    }
}

fn coerce(schema: &str, data: &str) -> String {
    told(Schema::read(schema.as_bytes()).unwrap().coerce(data.as_bytes()))
}

const USER: &str = r##"{"type":"object","required":["name","tags"],"properties":{
    "name":{"type":"string","minLength":2,"maxLength":5},
    "age":{"type":"integer","minimum":0,"maximum":150},
    "role":{"enum":["a",1,null]},
    "mail":{"type":"string","format":"email"},
    "tags":{"type":"array","items":{"type":"string"}},
    "at":{"$ref":"#/$defs/place"}},
    "$defs":{"place":{"type":"object","properties":{"x":{"type":"number"}},"additionalProperties":false}}}"##;

#[test]
fn violations_have_the_words_that_handlers_know() {
    assert_eq!(check(USER, r#"{"name":"ab","tags":[]}"#), "+");
    for (data, path, message) in [
        ("[]", "", "type mismatch"),
        (r#"{"tags":[]}"#, "", "missing required field"),
        (r#"{"name":"a","tags":[]}"#, "name", "string too short"),
        (r#"{"name":"abcdef","tags":[]}"#, "name", "string too long"),
        (r#"{"name":5,"tags":[]}"#, "name", "type mismatch"),
        (r#"{"name":"ab","tags":[],"age":-1}"#, "age", "below minimum"),
        (r#"{"name":"ab","tags":[],"age":151}"#, "age", "above maximum"),
        (r#"{"name":"ab","tags":[],"age":1.5}"#, "age", "type mismatch"),
        (r#"{"name":"ab","tags":[],"role":"b"}"#, "role", "value not in enum"),
        (r#"{"name":"ab","tags":[],"mail":"x"}"#, "mail", "invalid email format"),
        (r#"{"name":"ab","tags":["a",1]}"#, "tags[1]", "type mismatch"),
        (r#"{"name":"ab","tags":[],"at":{"x":"1"}}"#, "at.x", "type mismatch"),
        (r#"{"name":"ab","tags":[],"at":{"y":1}}"#, "at", "unexpected field"),
    ] {
        let expected = format!(r#"-[{{"path":"{path}","message":"{message}"}}]"#);
        assert_eq!(check(USER, data), expected, "{data}");
    }
    // All of them at once, and letters are counted, not bytes.
    assert_eq!(check(USER, r#"{"age":-1}"#).matches("path").count(), 3);
    assert_eq!(check(USER, r#"{"name":"äöüßé","tags":[]}"#), "+");
    for data in ["", "{", "{} {}", "\u{feff}{}", "NaN", "[1e400]", r#""\ud800""#] {
        assert_eq!(check(USER, data), "!invalid JSON", "{data}");
    }
}

#[test]
fn formats() {
    let format = |name: &str, text: &str| {
        check(&format!(r#"{{"format":"{name}"}}"#), &format!("\"{text}\""))
    };
    for (name, good, bad) in [
        ("email", "a@b.example", "a@"),
        ("uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567"),
        ("iso-date", "2024-02-29", "2023-02-29"),
        ("iso-datetime", "2026-11-22T01:31:00.5+01:00", "2026-11-22T24:00:00Z"),
        ("iso-datetime", "2026-11-22T01:31:00", "2026-11-22"),
        ("date", "2026-11-22", "2026-13-01"),
        ("date-time", "2026-11-22T01:31:00Z", "2026-11-22"),
        ("ipv4", "127.0.0.1", "127.0.0.256"),
        ("uri", "https://a.example/", "a b"),
        ("hostname", "a.example", "-"),
    ] {
        assert_eq!(format(name, good), "+", "{name} {good}");
        let expected = format!(r#"-[{{"path":"","message":"invalid {name} format"}}]"#);
        assert_eq!(format(name, bad), expected, "{name} {bad}");
    }
    assert_eq!(format("unknown", "anything"), "+");
}

#[test]
fn coercion_goes_to_the_bottom() {
    let schema = r##"{"type":"object","properties":{
        "n":{"type":"number"},"i":{"type":"integer"},"b":{"type":"boolean"},"s":{"type":"string"},
        "l":{"type":"array","items":{"type":"integer"}},"o":{"$ref":"#"},"e":{"type":["integer","string"]}}}"##;
    for (data, expected) in [
        (r#"{"n":"1.5"}"#, r#"+{"n":1.5}"#),
        (r#"{"n":"-1e3"}"#, r#"+{"n":-1000}"#),
        (r#"{"i":"42"}"#, r#"+{"i":42}"#),
        (r#"{"i":"42.0"}"#, r#"+{"i":42}"#),
        (r#"{"b":"true","s":1.5}"#, r#"+{"b":true,"s":"1.5"}"#),
        (r#"{"s":1e21}"#, r#"+{"s":"1e+21"}"#),
        (r#"{"l":["1","2"],"o":{"o":{"i":"3"}}}"#, r#"+{"l":[1,2],"o":{"o":{"i":3}}}"#),
        (r#"{"e":"5"}"#, r#"+{"e":"5"}"#),
    ] {
        assert_eq!(coerce(schema, data), expected, "{data}");
    }
    for data in [
        r#"{"i":"1.5"}"#,
        r#"{"i":" 1"}"#,
        r#"{"i":"0x1"}"#,
        r#"{"i":""}"#,
        r#"{"i":"1e400"}"#,
        r#"{"b":"TRUE"}"#,
        r#"{"b":1}"#,
        r#"{"s":true}"#,
    ] {
        assert!(coerce(schema, data).contains("type mismatch"), "{data}: {}", coerce(schema, data));
    }
}

#[test]
fn forms() {
    let schema = Schema::read(br##"{"type":"object","required":["a"],"properties":{"a":{"type":"integer"},
        "l":{"$ref":"#/$defs/l"},"f":{"type":"object"}},"$defs":{"l":{"type":"array","items":{"type":"number"}}}}"##)
    .unwrap();
    let form = |text: &str| told(schema.decode_form(text.as_bytes()));
    assert_eq!(form("a=1&a=2&l=3&l=4.5&x=%20y+z"), r#"+{"a":2,"l":[3,4.5],"x":" y z"}"#);
    assert_eq!(form("l=1"), r#"-[{"path":"","message":"missing required field"}]"#);
    assert_eq!(form("a=x"), r#"-[{"path":"a","message":"type mismatch"}]"#);
    let body = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n7\r\n--b\r\n\
        Content-Disposition: form-data; name=f; filename=n.bin\r\n\r\n\u{1}\r\n--b--";
    let multipart = |content_type: &str| {
        told(schema.decode_multipart(body.as_bytes(), content_type.as_bytes()))
    };
    assert_eq!(
        multipart("multipart/form-data; boundary=b"),
        r#"+{"a":7,"f":{"filename":"n.bin","contentType":null,"size":1,"base64":"AQ=="}}"#
    );
    assert_eq!(multipart("text/plain"), "!the content type is not multipart/form-data");
}

#[test]
fn references_within_a_schema() {
    for schema in [
        r##"{"$ref":"#/definitions/a","definitions":{"a":{"type":"integer"}}}"##,
        r##"{"$ref":"#/$defs/a%20~1~0","$defs":{"a /~":{"type":"integer"}}}"##,
        r##"{"$ref":"#here","$defs":{"a":{"$anchor":"here","type":"integer"}}}"##,
        r##"{"$id":"http://a.example/s","$ref":"http://a.example/s#/$defs/a","$defs":{"a":{"type":"integer"}}}"##,
        r##"{"$dynamicRef":"#here","$defs":{"a":{"$dynamicAnchor":"here","type":"integer"}}}"##,
        r##"{"allOf":[{"type":"integer"},true],"default":{"$ref":"nothing"}}"##,
    ] {
        assert_eq!(check(schema, "1"), "+", "{schema}");
        assert_eq!(
            check(schema, "\"1\""),
            r#"-[{"path":"","message":"type mismatch"}]"#,
            "{schema}"
        );
    }
}

#[test]
fn schemas_that_are_refused() {
    for (schema, part) in [
        ("{", "the schema is not JSON"),
        ("1", "cannot be used"),
        (r#"{"type":"text"}"#, "cannot be used"),
        (r#"{"$ref":"http://127.0.0.1/x"}"#, "is outside of it"),
        (r#"{"$ref":"file:///etc/passwd"}"#, "is outside of it"),
        (r#"{"$ref":"other.json"}"#, "is outside of it"),
        (r##"{"$ref":"#/nowhere"}"##, "does not lead"),
        (r##"{"const":{"not":{}},"$ref":"#/const/not"}"##, "does not lead"),
        (r##"{"$ref":"#"}"##, "without end"),
        (
            r##"{"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"allOf":[{"$ref":"#/$defs/a"}]}},"$ref":"#/$defs/a"}"##,
            "without end",
        ),
        (r#"{"$schema":"http://json-schema.org/draft-07/schema#"}"#, "its `$schema` is not"),
        (r#"{"pattern":"("}"#, "cannot be used"),
        (r#"{"pattern":"(a{1000}){1000}"}"#, "patterns are too large"),
        (r#"{"pattern":"(?=a)b"}"#, "cannot be used"),
        (r#"{"pattern":"(a)\\1"}"#, "cannot be used"),
        (r#"{"format":"regex"}"#, "not offered"),
    ] {
        let said = check(schema, "{}");
        assert!(said.starts_with('!') && said.contains(part), "{schema}: {said}");
    }
    let long = format!(r#"{{"const":"{}"}}"#, "x".repeat(SCHEMA_BYTES_MAX));
    assert!(check(&long, "1").contains("longer than"));
}

/// A chain of schemas that doubles at each step.
fn doubling(steps: usize, end: &str, edge: impl Fn(usize) -> String) -> String {
    let defs: Vec<_> = (0..steps).map(|at| format!(r#""d{at}":{}"#, edge(at + 1))).collect();
    format!(r##"{{"$ref":"#/$defs/d0","$defs":{{{},"d{steps}":{end}}}}}"##, defs.join(","))
}

#[test]
fn no_schema_takes_long() {
    let list = format!("[{}]", vec!["1"; 100_000].join(","));
    let text = format!("\"{}\"", "a".repeat(1_000_000));
    let deep = |levels: usize| format!("{}1{}", r#"{"x":"#.repeat(levels), "}".repeat(levels));
    let twice = |at: usize| {
        format!(r##"{{"anyOf":[{{"$ref":"#/$defs/d{at}"}},{{"$ref":"#/$defs/d{at}"}}]}}"##)
    };
    let tree = r##"{"anyOf":[{"properties":{"x":{"$ref":"#"}},"required":["q"]},{"properties":{"x":{"$ref":"#"}},"required":["r"]}]}"##;
    for (what, schema, data) in [
        ("a doubling chain", doubling(15, "false", twice), "1".to_owned()),
        ("a tree that doubles with the data", tree.to_owned(), deep(60)),
        (
            "a pattern that others go back in",
            r#"{"pattern":"^(a+)+$"}"#.into(),
            text.replace("a\"", "b\""),
        ),
        ("a wide pattern", r#"{"pattern":"(.*a){1,400}b"}"#.into(), text.clone()),
        (
            "a large enum over a long list",
            format!(
                r#"{{"items":{{"enum":{}}}}}"#,
                (0..6000)
                    .map(|n| n + 5)
                    .collect::<Vec<_>>()
                    .as_slice()
                    .iter()
                    .fold(String::from("[0"), |all, n| format!("{all},{n}"))
                    + "]"
            ),
            list.clone(),
        ),
        ("unique items", r#"{"uniqueItems":true}"#.into(), list.clone()),
        (
            "unevaluated within unevaluated",
            doubling(14, r#"{"properties":{"a":{}}}"#, |at| {
                format!(
                    r##"{{"$ref":"#/$defs/d{at}","unevaluatedProperties":{{"type":"integer"}}}}"##
                )
            }),
            deep(1),
        ),
        (
            "many alternatives for much data",
            format!(r#"{{"anyOf":[{}]}}"#, vec![r#"{"type":"string"}"#; 3000].join(",")),
            list.clone(),
        ),
    ] {
        let start = Instant::now();
        let said = check(&schema, &data);
        let took = start.elapsed();
        assert!(took < Duration::from_millis(1500), "{what}: {took:?} {said:.100}");
        assert!(said.len() < 100_000, "{what}");
    }
}

#[test]
fn no_data_reaches_the_end_of_the_stack() {
    let tree = r##"{"type":["object","integer"],"properties":{"x":{"$ref":"#"}}}"##;
    let deep = |levels: usize| format!("{}1{}", r#"{"x":"#.repeat(levels), "}".repeat(levels));
    assert_eq!(check(tree, &deep(DATA_DEPTH_MAX)), "+");
    assert_eq!(check(tree, &deep(DATA_DEPTH_MAX + 1)), "!invalid JSON");
    assert_eq!(check(tree, &"[".repeat(100_000)), "!invalid JSON");
    // On a stack that is smaller than that of host calls: the most steps that are taken there, and the most of all.
    let small = |schema: String, data: String| {
        let run = move || check(&schema, &data);
        let thread = std::thread::Builder::new().stack_size(256 * 1024).spawn(run).unwrap();
        thread.join().unwrap()
    };
    let end = r##"{"properties":{"x":{"$ref":"#"}},"required":["y"]}"##;
    for steps in [2, 3, 6, 14, 30, 62] {
        let reference = |at: usize| format!(r##"{{"$ref":"#/$defs/d{at}"}}"##);
        let all = |at: usize| format!(r##"{{"allOf":[{{"$ref":"#/$defs/d{at}"}}]}}"##);
        let any = |at: usize| format!(r##"{{"anyOf":[{{"$ref":"#/$defs/d{at}"}}]}}"##);
        for levels in [256 / (steps + 2) - 1, DATA_DEPTH_MAX - 1] {
            let data = deep(levels.min(DATA_DEPTH_MAX - 1));
            for schema in [
                doubling(steps, end, reference),
                doubling(steps / 2, end, all),
                doubling(steps / 2, end, any),
            ] {
                let said = small(schema, data.clone());
                assert!(said.starts_with('-'), "{steps} {levels}: {said:.200}");
            }
        }
    }
    // The longest way through a schema itself.
    let inside = |at: usize| format!(r##"{{"items":{{"$ref":"#/$defs/d{at}"}}}}"##);
    assert_eq!(small(doubling(1500, "false", inside), "[[]]".into()), "+");
    let circle = |at: usize| format!(r##"{{"items":{{"$ref":"#/$defs/d{}"}}}}"##, at % 1500);
    assert_eq!(small(doubling(1500, "false", circle), "[[]]".into()), "+");
}

#[test]
fn schemas_are_kept_by_their_text() {
    let mut schemas = Schemas::new(NonZeroUsize::new(2).unwrap());
    let read = |text: &[u8]| Arc::new(Schema::read(text).unwrap());
    let first = read(b"true");
    assert!(schemas.known(b"true").is_none());
    assert!(!schemas.keep(b"true", &first) && !schemas.keep(b"{}", &read(b"{}")));
    assert!(Arc::ptr_eq(&first, &schemas.known(b"true").unwrap()));
    assert!(!schemas.keep(b"true", &first), "it takes its own place");
    assert!(schemas.keep(b"false", &read(b"false")), "another one makes room");
    assert!(schemas.known(b"{}").is_none() && schemas.known(b"true").is_some());
}

/// What takes more than a moment is left to somebody who has the time, and is judged there.
#[test]
fn only_short_verdicts_are_given_at_once() {
    let schema = Schema::read(br#"{"items":{"type":"string","pattern":"^(a|b|ab)*$"}}"#).unwrap();
    let judged = |data: &str| schema.judge_at_once(Asked::Check(data.as_bytes()));
    assert_eq!(judged(r#"["aab"]"#), Some(Verdict::Valid));
    assert!(matches!(judged(r#"["c"]"#), Some(Verdict::Refused(_))));
    assert_eq!(judged("["), Some(Verdict::Problem(Problem::Json)));
    let long = format!("[\"{}\"]", "ab".repeat(40 * 1024));
    assert_eq!(judged(&long), None, "there is too much of it");
    assert_eq!(schema.judge(Asked::Check(long.as_bytes()).to_owned().borrow()), Verdict::Valid);
    let patterns = vec![r#"{"pattern":"^(a|b|ab)*$"}"#; 200].join(",");
    let costly =
        Schema::read(format!(r#"{{"items":{{"allOf":[{patterns}]}}}}"#).as_bytes()).unwrap();
    let data = format!("[\"{}\"]", "ab".repeat(4 * 1024));
    assert_eq!(
        costly.judge_at_once(Asked::Check(data.as_bytes())),
        None,
        "there is too much to do"
    );
    assert_eq!(costly.check(data.as_bytes()), Verdict::Valid);
}

mod any {
    use proptest::prelude::*;

    use super::*;

    /// Schemas of known keywords, however they are put together.
    fn schemas() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(serde_json::json!({"type": "integer", "minimum": 3})),
            Just(serde_json::json!({"type": ["string", "null"], "pattern": "^a+$"})),
            Just(serde_json::json!({"enum": [1, "a", null], "format": "email"})),
            Just(serde_json::json!({"$ref": "#"})),
            Just(serde_json::json!({"$ref": "#/properties/a"})),
            any::<bool>().prop_map(Value::from),
        ];
        let names = ["allOf", "anyOf", "oneOf", "prefixItems"];
        let single = [
            "not",
            "items",
            "additionalProperties",
            "contains",
            "unevaluatedProperties",
            "propertyNames",
            "if",
        ];
        leaf.prop_recursive(4, 24, 3, move |inner| {
            prop_oneof![
                (0..names.len(), proptest::collection::vec(inner.clone(), 1..3))
                    .prop_map(move |(at, list)| serde_json::json!({ names[at]: list })),
                (0..single.len(), inner.clone())
                    .prop_map(move |(at, one)| serde_json::json!({ single[at]: one })),
                (inner.clone(), inner)
                    .prop_map(|(a, b)| serde_json::json!({"properties": {"a": a, "b": b}})),
            ]
        })
    }

    fn data() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<i8>().prop_map(Value::from),
            "[a1]{0,3}|true".prop_map(Value::from)
        ];
        leaf.prop_recursive(4, 24, 3, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                proptest::collection::hash_map("[ab]", inner, 0..3)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        /// A verdict, always; and what coercion gives is valid as it is.
        #[test]
        fn a_schema_judges_or_is_refused(schema in schemas(), data in data()) {
            if let Ok(schema) = Schema::read(schema.to_string().as_bytes()) {
                let text = data.to_string();
                let plain = schema.check(text.as_bytes());
                match schema.coerce(text.as_bytes()) {
                    Verdict::Value(value) => {
                        prop_assert_eq!(schema.check(value.to_string().as_bytes()), Verdict::Valid)
                    }
                    Verdict::Valid => prop_assert!(false, "coercion gives a value"),
                    Verdict::Refused(_) | Verdict::Problem(_) => {
                        prop_assert!(plain != Verdict::Valid || text.contains("true") || text.contains('1'))
                    }
                }
            }
        }

        #[test]
        fn any_text_is_judged_or_refused(schema in ".{0,40}", data: Vec<u8>) {
            let _ = Schema::read(schema.as_bytes());
            let schema = Schema::read(br#"{"properties":{"a":{"type":"array"}}}"#).unwrap();
            let _ = schema.check(&data);
            let _ = schema.decode_form(&data);
            let _ = schema.decode_multipart(&data, b"multipart/form-data; boundary=x");
        }
    }
}
