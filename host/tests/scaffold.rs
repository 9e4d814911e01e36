//! What `purview new` makes is served at once; and a handler's description is served beside it when that is switched on.

mod support;

use std::{ffi::OsString, path::Path, process::Command};

use purview::{
    capability::Environment,
    load::LoadOptions,
    toolchain::{self, BuildOptions},
};
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
