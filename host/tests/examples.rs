//! Every example is built, served under its policy, and answers its recorded requests as recorded: over real sockets, on
//! both drivers. `examples/README.md` says how requests are written.

mod support;

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use purview::{
    capability::Environment,
    load::LoadOptions,
    toolchain::{self, BuildOptions},
};
use support::{DRIVERS, Running, Setup, read_response};

#[test]
fn recorded_requests_get_their_recorded_answers() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut examples: Vec<PathBuf> = fs::read_dir(root.join("examples"))
        .expect("there are examples")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.is_dir())
        .collect();
    examples.sort();
    assert!(examples.len() >= 3, "{examples:?}");
    for example in examples {
        let module = build(&example, &root.join("target/guests"));
        let load = LoadOptions {
            modules: vec![module],
            policy: Some(example.join("policy.json")),
            environment: environment(&example.join("requests/env")),
            ..LoadOptions::default()
        };
        let requests = requests(&example.join("requests"));
        assert!(!requests.is_empty(), "{} has no recorded requests", example.display());
        for driver in DRIVERS {
            let running =
                Setup { load: load.clone(), workers: 1, ..Setup::default() }.start(*driver);
            for request in &requests {
                replay(&running, request);
            }
        }
    }
}

fn build(example: &Path, target: &Path) -> PathBuf {
    let script = example.join("handler.tsx");
    if script.is_file() {
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

fn replay(running: &Running, file: &Path) {
    let text = fs::read_to_string(file).expect("a recorded request is text");
    let (request, expected) =
        text.split_once("\n###\n").unwrap_or_else(|| panic!("{}: no `###`", file.display()));
    let mut stream = running.connect();
    stream.write_all(on_the_wire(request).as_bytes()).expect("the server reads");
    let response = read_response(&mut stream);

    let (head, body) = response.split_once("\r\n\r\n").expect("a response has a head");
    let (expected_head, expected_body) =
        expected.split_once("\n\n").unwrap_or((expected.trim_end(), ""));
    let shown = || format!("{}\n{response}", file.display());
    let mut expected_lines = expected_head.lines();
    assert_eq!(head.lines().next(), expected_lines.next(), "{}", shown());
    for line in expected_lines {
        assert!(head.lines().any(|field| field == line), "`{line}` is missing: {}", shown());
    }
    assert_eq!(body, expected_body, "{}", shown());
}

/// The head with CRLF, the body as it is.
fn on_the_wire(request: &str) -> String {
    let (head, body) = request.split_once("\n\n").unwrap_or((request.trim_end_matches('\n'), ""));
    format!("{}\r\n\r\n{body}", head.replace('\n', "\r\n"))
}
