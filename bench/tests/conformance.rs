//! What the conformance program answers, through its line protocol: cases for the operations whose published data is not everywhere
//! at hand (URLs, the hosts that requests go to, schemas).

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Command, Stdio},
};

use serde_json::{Value, json};

/// The answers to these cases, in order.
fn answers(cases: &[Value]) -> Vec<Value> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_conformance"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program was built for this test");
    let mut input = program.stdin.take().expect("it is piped");
    let lines: String = cases.iter().map(|case| format!("{case}\n")).collect();
    input.write_all(lines.as_bytes()).expect("the program reads");
    drop(input);
    let output = BufReader::new(program.stdout.take().expect("it is piped"));
    let answers: Vec<Value> = output
        .lines()
        .map(|line| serde_json::from_str(&line.expect("a line")).expect("an answer is JSON"))
        .collect();
    assert!(program.wait().expect("it ends").success());
    assert_eq!(answers.len(), cases.len());
    answers
}

/// A URL, and the host that is dialled for it, if one is; allowed are `api.example.com` and `good.example:8443`.
const URLS: &[(&str, Option<&str>)] = &[
    ("https://api.example.com/", Some("api.example.com")),
    ("https://API.example.COM:443/x?y#z", Some("api.example.com")),
    ("http://api.example.com:8080/", Some("api.example.com")),
    ("https://api.example.com./", Some("api.example.com")),
    ("https://api%2eexample%2ecom/", Some("api.example.com")),
    ("https://good.example:8443/", Some("good.example")),
    ("https://good.example/", None),
    ("https://good.example:8444/", None),
    ("https://evil.example/", None),
    ("https://api.example.com.evil.example/", None),
    ("https://xapi.example.com/", None),
    ("https://api.example.com@evil.example/", None),
    ("https://api.example.com:443@evil.example/", None),
    ("https://evil.example\\@api.example.com/", None),
    ("https://evil.example#@api.example.com/", None),
    ("https://evil.example?@api.example.com/", None),
    ("https://evil.example/api.example.com", None),
    ("https://api.example.com%00.evil.example/", None),
    ("https://api.example.com%2f.evil.example/", None),
    ("https://api.example.com%40evil.example/", None),
    ("https://api\u{3002}example\u{3002}com/", None),
    ("https://\u{ff41}pi.example.com/", None),
    ("https://\u{430}pi.example.com/", None),
    ("https:/api.example.com/", None),
    ("https:api.example.com/", None),
    ("//api.example.com/", None),
    ("ftp://api.example.com/", None),
    ("file://api.example.com/etc/passwd", None),
    ("https://api.exa\tmple.com/", None),
    ("https://api.example.com\r\n/", None),
    (" https://api.example.com/", None),
    ("https://api.example.com:99999/", None),
    ("https://api.example.com:0/", None),
    ("https://[::1]/", None),
    ("http://127.0.0.1/", None),
    ("", None),
];

#[test]
fn requests_go_to_allowed_hosts_only() {
    let allow = json!(["api.example.com", "good.example:8443"]);
    let cases: Vec<Value> = URLS
        .iter()
        .map(|(url, _)| json!({ "op": "egress", "url": url, "allow": allow, "deny_special": true }))
        .collect();
    for ((url, host), answer) in URLS.iter().zip(answers(&cases)) {
        assert_eq!(answer["ok"], host.is_some(), "{url}: {answer}");
        if let Some(host) = host {
            assert_eq!(answer["host"], *host, "{url}");
        }
    }
}

/// Addresses in many forms: each is refused where every host is allowed but no special address.
const SPECIAL: &[&str] = &[
    "127.0.0.1",
    "127.1",
    "0x7f.1",
    "0177.0.0.1",
    "2130706433",
    "0x7f000001",
    "017700000001",
    "0",
    "0.0.0.0",
    "127.0.0.1.",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "0xa9fea9fe",
    "2852039166",
    "224.0.0.1",
    "255.255.255.255",
    "198.18.0.1",
    "192.0.2.1",
    "[::]",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::ffff:169.254.169.254]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::169.254.169.254]",
    "[64:ff9b:1::1]",
    "[2002:7f00:1::]",
    "[2001::1]",
    "[fe80::1]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[ff02::1]",
    "[2001:db8::1]",
    "localhost",
    "LOCALHOST.",
    "a.localhost",
];

#[test]
fn special_addresses_are_refused_unless_they_are_named() {
    let case = |host: &str, allow: &str| json!({ "op": "egress", "url": format!("http://{host}/"), "allow": [allow], "deny_special": true });
    let cases: Vec<Value> = SPECIAL.iter().map(|host| case(host, "*")).collect();
    for (host, answer) in SPECIAL.iter().zip(answers(&cases)) {
        assert_eq!(answer["ok"], false, "{host}: {answer}");
    }
    let named = answers(&[
        case("127.0.0.1", "127.0.0.1"),
        case("[::1]", "[::1]"),
        case("localhost", "localhost"),
        case("127.0.0.2", "127.0.0.1"),
        case("8.8.8.8", "*"),
        case("[2606:4700::1111]", "*"),
    ]);
    let ok: Vec<&Value> = named.iter().map(|answer| &answer["ok"]).collect();
    assert_eq!(ok, [true, true, true, false, true, true]);
}

#[test]
fn urls_are_read_as_browsers_read_them() {
    let case =
        |input: &str, base: Option<&str>| json!({ "op": "url", "input": input, "base": base });
    let base = Some("http://example.org/foo/bar");
    let cases = [
        (
            case("http://User:p%40ss@EXAMPLE.com:80/a/../b?q#h", None),
            json!("http://User:p%40ss@example.com/b?q#h"),
        ),
        (case("../x y", base), json!("http://example.org/x%20y")),
        (case("//other.example:8080", base), json!("http://other.example:8080/")),
        (case("http://0x7f.1/", None), json!("http://127.0.0.1/")),
        (case("http://[::1]:x/", None), Value::Null),
        (case("relative", None), Value::Null),
        (case("http://ex\u{e4}mple.org/", None), json!("http://xn--exmple-cua.org/")),
    ];
    let asked: Vec<Value> = cases.iter().map(|(case, _)| case.clone()).collect();
    for ((case, href), answer) in cases.iter().zip(answers(&asked)) {
        assert_eq!(answer["href"], *href, "{case}: {answer}");
        assert_eq!(answer["fail"] == true, href.is_null(), "{case}: {answer}");
    }
}

#[test]
fn schemas_judge_as_draft_2020_12_says() {
    let cases = [
        (json!({ "type": "integer" }), json!(1.0), true),
        (json!({ "type": "integer" }), json!(1.5), false),
        (json!({ "const": { "a": [1] } }), json!({ "a": [1.0] }), true),
        (json!({ "enum": [false] }), json!(0), false),
        (json!({ "prefixItems": [{ "type": "string" }], "items": false }), json!(["a", 1]), false),
        (
            json!({ "unevaluatedProperties": false, "allOf": [{ "properties": { "a": true } }] }),
            json!({ "a": 1 }),
            true,
        ),
        (
            json!({ "unevaluatedProperties": false, "allOf": [{ "properties": { "a": true } }] }),
            json!({ "b": 1 }),
            false,
        ),
        (
            json!({ "$ref": "#/$defs/a", "$defs": { "a": { "minLength": 2 } } }),
            json!("\u{1f600}"),
            false,
        ),
        (json!({ "dependentRequired": { "a": ["b"] } }), json!({ "a": 1 }), false),
        (json!({ "contains": { "type": "null" }, "minContains": 2 }), json!([null, 1, null]), true),
        (json!({ "multipleOf": 0.01 }), json!(0.07), true),
        (
            json!({ "$dynamicRef": "#n", "$defs": { "a": { "$dynamicAnchor": "n", "type": "null" } } }),
            json!(null),
            true,
        ),
    ];
    let asked: Vec<Value> = cases
        .iter()
        .map(|(schema, data, _)| {
            json!({ "op": "schema", "draft": "draft2020-12", "schema": schema, "data": data })
        })
        .collect();
    for ((schema, data, ok), answer) in cases.iter().zip(answers(&asked)) {
        assert_eq!(answer["ok"], *ok, "{schema} {data}: {answer}");
    }
    let remote = json!({ "op": "schema", "draft": "draft2020-12", "schema": { "$ref": "http://example.com/s" }, "data": 1 });
    assert!(answers(&[remote])[0]["unsupported"].is_string(), "nothing is fetched");
}

/// URLs, what they stand in, and their one spelling, after the WHATWG URL standard; `None` where there is none.
const SPELLINGS: &[(&str, Option<&str>, Option<&str>)] = &[
    (
        "HTTP://User:pa ss@EXAMPLE.com:80/a/./b/../c",
        None,
        Some("http://User:pa%20ss@example.com/a/c"),
    ),
    ("http:x", Some("http://h/a/b"), Some("http://h/a/x")),
    ("sc://@/", None, None),
    ("sc:/..//p", None, Some("sc:/.//p")),
    ("file:c:\\foo\\bar", Some("file:///tmp/x"), Some("file:///c:/foo/bar")),
    ("C|/foo", Some("file:///tmp/x"), Some("file:///C:/foo")),
    ("//C|/foo", Some("file:///tmp/x"), Some("file:///C:/foo")),
    ("..", Some("file:///C:/"), Some("file:///C:/")),
    ("/x", Some("file://h/C:/a/b"), Some("file://h/C:/x")),
    ("file:////one/two", None, Some("file:////one/two")),
    ("file:\\\\localhost//", None, Some("file:////")),
    ("file://a:80/", None, None),
    ("http://foo.0xffffffffffffffffffff", None, None),
    ("http://\u{ff27}\u{ff4f}.com", None, Some("http://go.com/")),
    ("http://xn--/", None, None),
    ("http://10.0.0.xn--pokxncvks", None, None),
    ("http://a%C2%ADb/", None, Some("http://ab/")),
    ("http://\u{fffd}", None, None),
    ("http://h/^", None, Some("http://h/%5E")),
];

#[test]
fn urls_have_one_spelling() {
    let case = |(input, base, _): &(&str, Option<&str>, _)| json!({ "op": "url", "input": input, "base": base });
    let cases: Vec<Value> = SPELLINGS.iter().map(case).collect();
    for ((input, base, expected), answer) in SPELLINGS.iter().zip(answers(&cases)) {
        assert_eq!(answer["href"].as_str(), *expected, "{input} in {base:?}: {answer}");
        assert_eq!(answer["fail"] == true, expected.is_none(), "{input}");
    }
    let blob = json!({ "op": "url", "input": "blob:https://h:1/x" });
    assert_eq!(answers(&[blob])[0]["origin"], "https://h:1");
}
