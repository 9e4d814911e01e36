//! What `purview new` makes is served at once; and a handler's description is served beside it when that is switched on.

#[path = "../examples/embed.rs"]
#[expect(dead_code, reason = "a test has its own main function")]
mod embed;
mod support;

use std::{ffi::OsString, path::Path, process::Command};

use purview::{
    capability::Environment,
    load::LoadOptions,
    toolchain::{self, BuildOptions},
};
use serde_json::{Value, json};
use support::{DRIVERS, Setup};

fn purview(arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_purview"));
    let output = command.args(arguments.iter().map(OsString::from)).output().expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.success(), text(&output.stdout) + &text(&output.stderr))
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n")
}

fn options(module: &Path, policy: Option<&Path>) -> LoadOptions {
    LoadOptions {
        modules: vec![module.to_owned()],
        policy: policy.map(Path::to_owned),
        environment: Environment::from([("GREETING".into(), "Ahoy".into())]),
        docs: true,
        ..LoadOptions::default()
    }
}

#[test]
fn every_template_is_served_as_it_is() {
    let folder = tempfile::tempdir().expect("there is room");
    for (template, file, path, part) in [
        ("ts", "handler.ts", "/", r#"{"text":"Ahoy, world!"}"#),
        ("tsx", "handler.tsx", "/", "<h1>Ahoy, world!</h1>"),
        ("htmx", "handler.tsx", "/part", "fetched with GET"),
        ("rust", "", "/hello/Ada", r#"{"text":"Ahoy, Ada!"}"#),
    ] {
        let project = folder.path().join(format!("my-{template}"));
        let shown = project.to_str().expect("it is text");
        let (made, said) = purview(&["new", shown, "--template", template]);
        assert!(made, "{said}");
        let (again, said) = purview(&["new", shown, "--template", template]);
        assert!(!again && said.contains("is not empty"), "{said}");
        if !file.is_empty() {
            let read =
                |name: &str| std::fs::read_to_string(project.join(name)).expect("it is made");
            assert!(read("purview.d.ts").contains("declare module \"purview:cache\""));
            assert!(read("tsconfig.json").contains("\"./purview\""));
            replayed(&project, file);
            typed(&project);
        }
        let module = if file.is_empty() {
            tested(&project);
            build(&project)
        } else {
            checked(&project.join(file))
        };
        let load = options(&module, Some(&project.join("policy.json")));
        let running = Setup { load, workers: 1, ..Setup::default() }.start(DRIVERS[0]);
        let answer = running.client().send(get(path)).response();
        assert_eq!(answer.status, 200, "{template}");
        assert!(answer.text().contains(part), "{template}: {}", answer.text());
    }
    let (made, said) =
        purview(&["new", folder.path().join("Not A Name").to_str().expect("it is text")]);
    assert!(!made && said.contains("is not a name"), "{said}");
}

/// The recorded requests of a project are answered as recorded, and one that is not is told.
fn replayed(project: &Path, file: &str) {
    let shown = |path: &Path| path.to_str().expect("it is text").to_owned();
    for what in [shown(project), shown(&project.join(file))] {
        let (passed, said) = purview(&["test", &what]);
        assert!(passed && said.contains(".http: ok") && !said.contains("not as"), "{said}");
    }
    let wrong = project.join("requests/99-wrong.http");
    std::fs::write(&wrong, "GET /none HTTP/1.1\n\n###\nHTTP/1.1 200 OK\n\nno")
        .expect("there is room");
    let (passed, said) = purview(&["test", &shown(project)]);
    assert!(!passed && said.contains("status: 200, not 404"), "{said}");
    assert!(said.contains("1 of "), "{said}");
    std::fs::remove_file(wrong).expect("it was just written");
}

/// TypeScript's compiler, where it is known, has no complaint about a project.
#[expect(clippy::print_stderr, reason = "whoever runs the tests learns what is left out")]
fn typed(project: &Path) {
    let Some(tsc) = std::env::var_os("TSC") else {
        eprintln!("TSC is not set: projects are not compared with TypeScript");
        return;
    };
    let output = Command::new(tsc).arg("-p").arg(project).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn names_and_folders_that_cannot_be_are_refused() {
    let folder = tempfile::tempdir().expect("there is room");
    let at = |name: &str| folder.path().join(name).to_str().expect("it is text").to_owned();
    std::fs::write(at("file"), "").expect("there is room");
    for (name, template, why) in [
        ("file", "ts", "is there already, and no folder"),
        ("fn", "rust", "is a word of Rust"),
        ("test", "rust", "is a word of Rust"),
        ("1st", "ts", "is not a name"),
        ("Big", "ts", "is not a name"),
        ("a b", "tsx", "is not a name"),
        ("..", "ts", "is not a name"),
        ("ok", "cobol", "possible values: rust, ts, tsx, htmx"),
    ] {
        let (made, said) = purview(&["new", &at(name), "--template", template]);
        assert!(!made && said.contains(why), "{name}: {said}");
    }
    let (made, said) = purview(&["test", &at("nothing")]);
    assert!(!made && said.contains("nothing"), "{said}");
    let entries = std::fs::read_dir(folder.path()).expect("it is there").count();
    assert_eq!(entries, 1, "nothing was made");
}

/// The tests that a project of Rust begins with pass as they are.
fn tested(project: &Path) {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/guests");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.arg("test").current_dir(project).env("CARGO_TARGET_DIR", target);
    let output = cargo.output().expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("2 passed"), "{said}");
}

/// A program as it is made is right, and becomes a module, from which it is served.
fn checked(script: &Path) -> std::path::PathBuf {
    let shown = script.to_str().expect("it is text");
    let (right, said) = purview(&["check", shown]);
    assert!(right, "{said}");
    let module = script.with_extension("wasm");
    let (built, said) = purview(&["build", shown, "-o", module.to_str().expect("it is text")]);
    assert!(built, "{said}");
    module
}

fn build(project: &Path) -> std::path::PathBuf {
    let toolchain = toolchain::ensure(&mut |_| {}).unwrap_or_else(|error| panic!("{error}"));
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/guests");
    let options = BuildOptions { target_dir: Some(target), ..BuildOptions::default() };
    toolchain.build(project, &options).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn an_event_of_a_platform_is_answered() {
    let folder = tempfile::tempdir().expect("there is room");
    let module = folder.path().join("handler.ts");
    let code = "export default function handler(r: Request): Response {\n  return Response.json({ method: r.method, path: r.path, query: r.query });\n}\n";
    std::fs::write(&module, code).expect("there is room");
    let event = folder.path().join("event.json");
    let text = r#"{"version":"2.0","rawPath":"/x","rawQueryString":"a=1","requestContext":{"http":{"method":"GET"}}}"#;
    std::fs::write(&event, text).expect("there is room");
    let (module, event) =
        (module.to_str().expect("it is text"), event.to_str().expect("it is text"));
    let (answered, said) = purview(&["invoke", module, "--event", event]);
    assert!(answered, "{said}");
    let answer: serde_json::Value = serde_json::from_str(&said).expect("it is JSON");
    assert_eq!((&answer["statusCode"], &answer["isBase64Encoded"]), (&200.into(), &false.into()));
    assert_eq!(answer["headers"]["content-type"], "application/json");
    let body = answer["body"].as_str().expect("it is text");
    assert!(body.contains(r#""path":"/x""#), "{body}");
    std::fs::write(event, "{}").expect("there is room");
    let (answered, said) = purview(&["invoke", module, "--event", event]);
    assert!(!answered && said.contains("not an HTTP event"), "{said}");
}

/// Bytes and fields that are easily lost on the way, there and back, in each form of event.
#[test]
fn bodies_cookies_and_repeated_fields_survive_every_form() {
    let module = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/guests/echo.wat");
    let base64 = "/wABwyg=";
    let events = [
        json!({ "version": "2.0", "rawPath": "/a", "rawQueryString": "q=a+b", "headers": {}, "cookies": ["a=1", "b=2"],
            "requestContext": { "http": { "method": "POST", "path": "/a" } }, "body": base64, "isBase64Encoded": true }),
        json!({ "httpMethod": "POST", "path": "/a", "multiValueHeaders": { "X": ["1", "2"] }, "body": base64, "isBase64Encoded": true }),
        json!({ "httpMethod": "POST", "path": "/a", "headers": { "x": "1" }, "requestContext": { "elb": {} }, "body": base64, "isBase64Encoded": true }),
        json!({ "httpMethod": "POST", "path": "/a", "multiValueHeaders": { "x": ["1"] }, "requestContext": { "elb": {} }, "body": base64, "isBase64Encoded": true }),
        json!({ "method": "POST", "url": "http://a/a", "headers": {}, "body": base64, "isBase64Encoded": true }),
        json!({ "httpMethod": "POST", "path": "/a", "body": "!", "isBase64Encoded": true }),
        json!({ "method": "POST", "url": "http://a/a", "body": "text" }),
    ];
    let lines: String = events.iter().map(|event| format!("{event}\n")).collect();
    let mut answers = Vec::new();
    embed::serve(&module, None, format!("{lines}not JSON\n").as_bytes(), &mut answers)
        .expect("every event is answered");
    let answers: Vec<Value> = String::from_utf8(answers)
        .expect("answers are text")
        .lines()
        .map(|line| serde_json::from_str(line).expect("an answer is JSON"))
        .collect();
    assert_eq!(answers.len(), events.len() + 1);
    for answer in &answers[..5] {
        assert_eq!(
            (&answer["body"], &answer["isBase64Encoded"]),
            (&json!(base64), &json!(true)),
            "{answer}"
        );
    }
    assert_eq!(answers[2]["statusDescription"], "200 OK");
    assert!(answers[2]["headers"].is_object() && answers[3]["multiValueHeaders"].is_object());
    assert_eq!(answers[5]["error"], "the event's body is not base64");
    assert_eq!(
        (&answers[6]["body"], &answers[6]["isBase64Encoded"]),
        (&json!("text"), &json!(false))
    );
    assert!(answers[7]["error"].is_string());
}

/// What a handler sees of an event, and how its cookies go back.
#[test]
fn an_embedded_handler_is_asked_many_times() {
    let folder = tempfile::tempdir().expect("there is room");
    let module = folder.path().join("handler.ts");
    let code = "import { env } from \"purview:env\";
        import { parseCookies } from \"purview:http\";
        export default function handler(r: Request): Response {
          const fields: [string, string][] = [[\"set-cookie\", \"a=1\"], [\"set-cookie\", \"b=2\"], [\"vary\", \"x\"], [\"vary\", \"y\"]];
          return Response.json({ who: env(\"WHO\"), q: r.query.q, cookies: parseCookies(r.headers.get(\"cookie\") ?? \"\") }, { headers: fields });
        }";
    std::fs::write(&module, code).expect("there is room");
    let policy = folder.path().join("policy.json");
    std::fs::write(&policy, r#"{ "env": { "allow": ["WHO"] } }"#).expect("there is room");
    let event = json!({ "version": "2.0", "rawPath": "/", "rawQueryString": "q=a+b%2B", "cookies": ["x=1", "y=2"],
        "requestContext": { "http": { "method": "GET", "path": "/" } } });
    let many = json!({ "httpMethod": "GET", "path": "/", "multiValueQueryStringParameters": { "q": ["1", "2 3"] }, "multiValueHeaders": { "cookie": ["z=3"] } });
    let mut answers = Vec::new();
    let lines = format!("{event}\n{many}\n");
    embed::serve(&module, Some(&policy), lines.as_bytes(), &mut answers).expect("it answers");
    let answers: Vec<Value> = String::from_utf8(answers)
        .expect("answers are text")
        .lines()
        .map(|line| serde_json::from_str(line).expect("an answer is JSON"))
        .collect();
    assert_eq!(answers[0]["cookies"], json!(["a=1", "b=2"]));
    assert_eq!(answers[0]["headers"]["vary"], "x, y");
    let body = |answer: &Value| -> Value {
        serde_json::from_str(answer["body"].as_str().expect("a body")).expect("it is JSON")
    };
    assert_eq!(
        body(&answers[0]),
        json!({ "who": "embedded", "q": "a b+", "cookies": { "x": "1", "y": "2" } })
    );
    assert_eq!(answers[1]["multiValueHeaders"]["set-cookie"], json!(["a=1", "b=2"]));
    assert_eq!(body(&answers[1])["q"], "2 3");
}

#[test]
fn a_description_is_served_when_it_is_switched_on() {
    let module = build(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/users-rust"));
    let (printed, text) = purview(&["openapi", module.to_str().expect("it is text")]);
    assert!(printed, "{text}");
    let printed: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(printed["info"]["title"], "users-rust");
    let create = &printed["paths"]["/users"]["post"];
    assert_eq!(create["responses"]["201"]["description"], "Created");
    let schema = &printed["components"]["schemas"]["NewUser"]["properties"]["name"];
    assert_eq!((&schema["minLength"], &schema["maxLength"]), (&1.into(), &80.into()));
    for driver in DRIVERS {
        let load = options(&module, None);
        let running = Setup { load, workers: 1, ..Setup::default() }.start(*driver);
        let answer = running.client().send(get("/openapi.json")).response();
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")));
        let served: serde_json::Value = serde_json::from_str(&answer.text()).expect("it is JSON");
        assert_eq!(served, printed);
        let page = running.client().send(get("/docs")).response();
        assert_eq!(page.status, 200);
        assert!(page.text().contains("/users/{id}") && !page.text().contains("<script"));
        assert_eq!(running.client().send(get("/users/7")).response().status, 200);
        let off = LoadOptions { docs: false, ..options(&module, None) };
        let running = Setup { load: off, workers: 1, ..Setup::default() }.start(*driver);
        assert_eq!(running.client().send(get("/docs")).response().status, 404);
    }
}
