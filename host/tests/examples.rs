//! Every example is built, served under its policy, and answers its recorded requests as recorded: over real sockets, on
//! both drivers. Those in TypeScript give the same under Node, as plain JavaScript. `examples/README.md` says how requests are written.

#[path = "support/around.rs"]
mod around;
mod support;
#[path = "support/upstream.rs"]
mod upstream;

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use around::{Around, refused};
use purview::{
    capability::{Environment, WorldOptions},
    load::LoadOptions,
    toolchain::{self, BuildOptions},
};
use serde_json::{Value, json};
use support::{DRIVERS, Running, Setup};

#[test]
fn recorded_requests_get_their_recorded_answers() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let examples = examples();
    assert!(examples.len() >= 8, "{examples:?}");
    for example in examples {
        let module = build(&example, &root.join("target/guests"));
        refused(&example, &module);
        let around = Around::new(&example, &module);
        let requests = requests(&example.join("requests"));
        assert!(!requests.is_empty(), "{} has no recorded requests", example.display());
        for driver in DRIVERS {
            let load = LoadOptions {
                modules: vec![around.module.clone()],
                policy: Some(around.policy.clone()),
                environment: environment(&example.join("requests/env")),
                world: WorldOptions { sql: around.database(&example), ..WorldOptions::default() },
                ..LoadOptions::default()
            };
            let running = Setup { load, workers: 1, ..Setup::default() }.start(*driver);
            for request in &requests {
                replay(&running, request);
            }
        }
    }
}

fn examples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let mut examples: Vec<PathBuf> = fs::read_dir(folder)
        .expect("there are examples")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.is_dir())
        .collect();
    examples.sort();
    examples
}

fn script(example: &Path) -> Option<PathBuf> {
    ["handler.ts", "handler.tsx"]
        .into_iter()
        .map(|name| example.join(name))
        .find(|file| file.is_file())
}

fn build(example: &Path, target: &Path) -> PathBuf {
    if let Some(script) = script(example) {
        return script;
    }
    let toolchain =
        toolchain::ensure_for(example, &mut |_| {}).unwrap_or_else(|error| panic!("{error}"));
    let options =
        BuildOptions { target_dir: Some(target.into()), locked: true, ..BuildOptions::default() };
    toolchain
        .build(example, &options)
        .unwrap_or_else(|error| panic!("{}: {error}", example.display()))
}

fn environment(file: &Path) -> Environment {
    let text = fs::read_to_string(file).unwrap_or_default();
    let pairs = text.lines().filter_map(|line| line.split_once('='));
    pairs.map(|(name, value)| (name.into(), value.into())).collect()
}

fn requests(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the example has recorded requests")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "http"))
        .collect();
    files.sort();
    files
}

/// The request and the expected response.
fn recorded(file: &Path) -> (String, String) {
    let text = fs::read_to_string(file).expect("a recorded request is text");
    let halves = text.split_once("\n###\n");
    let (request, expected) = halves.unwrap_or_else(|| panic!("{}: no `###`", file.display()));
    (request.to_owned(), expected.to_owned())
}

/// The emitted JavaScript of every example, under Node.
#[test]
fn node_gives_the_recorded_answers_too() {
    if Command::new("node").arg("--version").output().is_err() {
        eprintln!("node is not found: nothing compared");
        return;
    }
    let folder = tempfile::tempdir().expect("there is room for files");
    let mut lines = String::new();
    let mut files = Vec::new();
    let mut database = None;
    for example in examples() {
        let Some(script) = script(&example) else { continue };
        if example.join("schema.sql").is_file() {
            if !node_has_sqlite() {
                eprintln!("this node has no `node:sqlite`: {} is left out", example.display());
                continue;
            }
            assert!(database.is_none(), "Node is given one database");
            database = around::database(&example, folder.path());
        }
        let to = folder.path().join(example.file_name().expect("a folder has a name"));
        let module = emit(&script, &to);
        let variables = environment(&example.join("requests/env"));
        for file in requests(&example.join("requests")) {
            let mut request = for_node(&recorded(&file).0, &variables);
            request["upstreams"] = upstreams(&example);
            let _ = writeln!(lines, "{}", json!({ "module": module, "request": request }));
            files.push(file);
        }
    }
    let answers = under_node(folder.path(), &lines, database.as_deref());
    assert_eq!(answers.len(), files.len());
    for (answer, file) in answers.iter().zip(files) {
        let (request, expected) = recorded(&file);
        let (head, body) = expected.split_once("\n\n").unwrap_or((expected.trim_end(), ""));
        let mut head = head.lines();
        let status = head.next().and_then(|line| line.split(' ').nth(1));
        assert_eq!(Some(answer["status"].to_string().as_str()), status, "{}", file.display());
        let headers = answer["headers"].as_array().expect("headers are a list");
        for line in head {
            let (name, value) = line.split_once(": ").expect("a field has a value");
            let fit = |header: &Value| {
                header[0] == name && fits(value, header[1].as_str().unwrap_or_default())
            };
            let found = headers.iter().any(fit);
            assert!(found, "`{line}` is missing: {}: {headers:?}", file.display());
        }
        if !request.starts_with("HEAD ") {
            let got = answer["body"].as_str().unwrap_or_default();
            assert!(fits(body, got), "not {body}: {}: {got}", file.display());
        }
    }
}

/// Writes a program as JavaScript and gives the path of its entry.
fn emit(script: &Path, to: &Path) -> PathBuf {
    fs::create_dir_all(to).expect("folders can be made");
    let emitted = purview::script::emit_js(script, "../runtime.mjs", None);
    let emitted = emitted.unwrap_or_else(|error| panic!("{}: {error}", script.display()));
    let mut entry = PathBuf::new();
    for module in emitted {
        entry = to.join(Path::new(&module.path).file_name().expect("a module has a name"));
        fs::write(&entry, module.code).expect("code can be written");
    }
    entry
}

fn for_node(request: &str, variables: &Environment) -> Value {
    let (head, body) = request.split_once("\n\n").unwrap_or((request, ""));
    let mut lines = head.lines();
    let mut words = lines.next().expect("a request has a first line").split(' ');
    let (method, url) = (words.next(), words.next());
    let fields = lines.filter_map(|line| line.split_once(": "));
    let headers: serde_json::Map<String, Value> =
        fields.map(|(name, value)| (name.to_ascii_lowercase(), value.into())).collect();
    let has_body = headers.contains_key("content-length");
    let body = has_body.then_some(body);
    json!({ "method": method, "url": url, "headers": headers, "body": body, "env": variables })
}

fn node_has_sqlite() -> bool {
    let asked = Command::new("node").args(["-e", "require('node:sqlite')"]).output();
    asked.is_ok_and(|output| output.status.success())
}

/// What the other side of an example answers, by URL.
fn upstreams(example: &Path) -> Value {
    let script = fs::read_to_string(example.join("requests/upstream")).unwrap_or_default();
    let answers = script.lines().map(|line| {
        let parts: Vec<&str> = line.splitn(4, ' ').collect();
        let (status, delay) = parts[2].split_once('+').unwrap_or((parts[2], "0"));
        let number = |text: &str| text.parse::<u64>().expect("a number");
        let answer = json!({ "status": number(status), "delay": number(delay), "body": parts[3] });
        (format!("http://{}{}", around::UPSTREAM, parts[1]), answer)
    });
    Value::Object(answers.collect())
}

fn under_node(folder: &Path, lines: &str, database: Option<&Path>) -> Vec<Value> {
    for (name, text) in
        [("runtime.mjs", js_to_wasm::emit_js::RUNTIME), ("node.mjs", js_to_wasm::emit_js::RUNNER)]
    {
        fs::write(folder.join(name), text).expect("files can be written");
    }
    let input = folder.join("requests");
    fs::write(&input, lines).expect("files can be written");
    let output = Command::new("node")
        .arg(folder.join("node.mjs"))
        .arg("--batch")
        .envs(database.map(|file| ("PURVIEW_SQLITE", file)))
        .stdin(Stdio::from(fs::File::open(input).expect("it was just written")))
        .output()
        .expect("node runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("node writes UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("a response is JSON")).collect()
}

fn replay(running: &Running, file: &Path) {
    let (request, expected) = recorded(file);
    let mut client = running.client();
    client.send(on_the_wire(&request));
    let response = match request.starts_with("HEAD ") {
        true => client.head_response(),
        false => client.response(),
    };

    let (expected_head, expected_body) =
        expected.split_once("\n\n").unwrap_or((expected.trim_end(), ""));
    let shown = || format!("{}: {:?}\n{}", file.display(), response.headers, response.text());
    let mut expected_lines = expected_head.lines();
    let status = expected_lines.next().and_then(|line| line.split(' ').nth(1));
    assert_eq!(Some(response.status.to_string().as_str()), status, "{}", shown());
    for line in expected_lines {
        let mut fields = response.headers.iter();
        let found = fields.any(|(name, value)| fits(line, &format!("{name}: {value}")));
        assert!(found, "`{line}` is missing: {}", shown());
    }
    assert!(fits(expected_body, &response.text()), "not {expected_body}: {}", shown());
}

/// Bytes that modules of examples may have, in the release profile that stands in their manifests.
const MODULE_BYTES_MAX: [(&str, u64); 2] = [("hello-rust", 60_000), ("users-api-rust", 400_000)];

#[test]
fn modules_are_small() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (name, bytes_max) in MODULE_BYTES_MAX {
        let module = build(&root.join("examples").join(name), &root.join("target/guests"));
        let bytes = fs::metadata(module).expect("it was just built").len();
        assert!(bytes <= bytes_max, "{name} has {bytes} bytes, and may have {bytes_max}");
    }
}

/// Lines of the handler of an example, its unit tests left out; the last one is a service.
const LINES_MAX: usize = 100;

#[test]
fn every_example_is_short_and_stands_in_the_index() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let index = fs::read_to_string(root.join("README.md")).expect("there is an index");
    for example in examples() {
        let name = example.file_name().expect("a folder has a name").to_string_lossy();
        assert!(index.contains(&format!("]({name}/")), "{name} is not in the index");
        assert!(example.join("policy.json").is_file(), "{name} has no policy");
        let file = script(&example).unwrap_or_else(|| example.join("src/lib.rs"));
        let text = fs::read_to_string(&file).expect("an example has a handler");
        let handler = text.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = handler.lines().count();
        assert!(lines <= LINES_MAX || name == "validate-rust", "{name} has {lines} lines");
    }
}

/// Whether a text is the expected one, in which `…` stands for anything, `…{36}` for as many characters.
fn fits(expected: &str, text: &str) -> bool {
    let Some((before, after)) = expected.split_once('…') else { return expected == text };
    let Some(rest) = text.strip_prefix(before) else { return false };
    let mut ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    match counted(after) {
        Some((count, after)) => ends.nth(count).is_some_and(|at| fits(after, &rest[at..])),
        None => ends.any(|at| fits(after, &rest[at..])),
    }
}

fn counted(text: &str) -> Option<(usize, &str)> {
    let (count, after) = text.strip_prefix('{')?.split_once('}')?;
    Some((count.parse().ok()?, after))
}

#[test]
fn an_ellipsis_stands_for_anything_and_nothing_else_does() {
    for (expected, text, fit) in [
        ("a", "a", true),
        ("a", "ab", false),
        ("a…", "a", true),
        ("a…c", "abbc", true),
        ("a…c", "abb", false),
        ("…b…", "abc", true),
        ("…b…", "ac", false),
        ("a…a", "a", false),
        ("a…a", "abaca", true),
        ("a…{2}c", "abbc", true),
        ("a…{2}c", "abc", false),
        ("a…{2}", "abbb", false),
        ("…{3}", "äöü", true),
        ("…{x}", "b{x}", true),
    ] {
        assert_eq!(fits(expected, text), fit, "{expected} {text}");
    }
}

/// The head with CRLF, the body as it is.
fn on_the_wire(request: &str) -> String {
    let (head, body) = request.split_once("\n\n").unwrap_or((request.trim_end_matches('\n'), ""));
    format!("{}\r\n\r\n{body}", head.replace('\n', "\r\n"))
}
