//! A handler inside of another program: loaded once under its policy, then asked with events, as a platform's runtime or a gateway of
//! your own would. In: events on standard input, one a line of JSON. Out: an answer a line, in the form of its event.
//!
//! ```text
//! cargo run -p purview --example embed -- examples/hello-ts/handler.ts <events.jsonl
//! ```
#![expect(clippy::print_stderr, reason = "a program says on standard error what is wrong")]

use std::{
    io::{self, BufRead, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use purview::{
    capability::Environment,
    load::{self, LoadOptions},
    serverless::Function,
};
use serde_json::{Value, json};

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(module), policy) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: embed MODULE [POLICY] <EVENTS");
        return ExitCode::from(64);
    };
    match serve(&module, policy.as_deref(), io::stdin().lock(), io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Answers every event.
pub(crate) fn serve(
    module: &Path,
    policy: Option<&Path>,
    events: impl BufRead,
    mut answers: impl Write,
) -> Result<(), String> {
    let options = LoadOptions {
        modules: vec![module.to_owned()],
        policy: policy.map(Path::to_owned),
        // The variables that the policy grants; what the program's own environment holds stays its own.
        environment: Environment::from([("WHO".to_owned(), "embedded".to_owned())]),
        ..LoadOptions::default()
    };
    let loaded = load::load(&options).map_err(|errors| errors.to_string())?;
    let function = Function::start(loaded)?;
    for line in events.lines() {
        let line = line.map_err(|error| error.to_string())?;
        let event = serde_json::from_str::<Value>(&line).map_err(|error| error.to_string());
        // An event that is none is told to whoever sent it; the next one is answered all the same.
        let answer = event
            .and_then(|event| function.answer(&event))
            .unwrap_or_else(|error| json!({ "error": error }));
        writeln!(answers, "{answer}").map_err(|error| error.to_string())?;
    }
    function.stop()
}
