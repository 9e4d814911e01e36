//! Node as an oracle: runs emitted programs in one process and gives their answers in the form of the records.

use std::{
    fmt::Write as _,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::{Value, json};

/// The request that a program's first line asks for.
pub(crate) fn request(text: &str) -> Value {
    let line = text.lines().next().and_then(|line| line.strip_prefix("// request: "));
    line.map_or_else(|| json!({}), |line| serde_json::from_str(line).expect("the request is JSON"))
}

/// A response as it is recorded: status, headers, log lines, an empty line, the body.
pub(crate) fn recorded(response: &Value) -> String {
    if response["fault"].is_string() {
        return "fault\n".to_owned();
    }
    let mut out = format!("{}\n", response["status"]);
    for header in response["headers"].as_array().expect("headers are a list") {
        let _ = writeln!(
            out,
            "{}: {}",
            header[0].as_str().unwrap_or(""),
            header[1].as_str().unwrap_or("")
        );
    }
    for line in response["log"].as_array().expect("the log is a list") {
        let _ = writeln!(out, "> {}", line.as_str().unwrap_or(""));
    }
    out + "\n" + response["body"].as_str().expect("a body is text")
}

/// The answers to the lines for the runner in `folder`, none if there is no Node.
#[expect(clippy::print_stderr, reason = "a test that compares nothing must say so")]
pub(crate) fn node(folder: &Path, lines: &str) -> Option<Vec<Value>> {
    let started = Command::new("node")
        .arg(folder.join("node.mjs"))
        .arg("--batch")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut child) = started else {
        eprintln!("node is not found: nothing compared");
        return None;
    };
    let mut input = child.stdin.take().expect("standard input is a pipe");
    let lines = lines.to_owned();
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = child.wait_with_output().expect("node runs");
    writer.join().expect("the writer does not panic").expect("node reads everything");
    assert!(output.status.success(), "node ends with {}", output.status);
    let text = String::from_utf8(output.stdout).expect("node writes UTF-8");
    Some(text.lines().map(|line| serde_json::from_str(line).expect("a response is JSON")).collect())
}
