//! `purview test FOLDER`: the tests of a Rust handler, once natively and once against its module in the sandbox; of a JavaScript or
//! TypeScript handler the recorded requests beside it. In: the folder of the handler. Out: what `cargo test` says, twice; or which
//! requests were answered as recorded.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use clap::Args;

use super::{build, recorded};
use crate::{
    capability::Environment,
    load::{self, LoadOptions},
    log,
    serverless::Function,
};

/// Arguments of `test`.
#[derive(Debug, Args)]
pub(super) struct Test {
    /// The folder of a handler, or its JavaScript or TypeScript file
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Only in the sandbox
    #[arg(long)]
    sandbox: bool,
    /// Arguments for `cargo test`
    #[arg(last = true)]
    arguments: Vec<String>,
}

impl Test {
    pub(super) fn run(self) -> Result<(), String> {
        if let Some(script) = script(&self.folder) {
            return replayed(&script);
        }
        if !self.folder.join("Cargo.toml").is_file() {
            return Err(format!(
                "{} has neither a `Cargo.toml` nor a `handler.ts`: name the folder of a handler, or its file",
                self.folder.display()
            ));
        }
        if !self.sandbox {
            self.cargo("natively", |command| command.env_remove("PURVIEW_TEST_MODULE"))?;
        }
        let module = build::module_for_tests(&self.folder)?;
        let module = std::path::absolute(module).map_err(|error| error.to_string())?;
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        self.cargo("in the sandbox", |command| {
            command.env("PURVIEW_TEST_MODULE", &module).env("PURVIEW_TEST_PROGRAM", &program)
        })
    }

    fn cargo(
        &self,
        place: &str,
        with: impl FnOnce(&mut Command) -> &mut Command,
    ) -> Result<(), String> {
        tell!("testing {place}");
        let mut command = Command::new("cargo");
        command.arg("test").current_dir(&self.folder).args(&self.arguments);
        let status = with(&mut command)
            .status()
            .map_err(|error| format!("`cargo` cannot be started: {error}"))?;
        if status.success() { Ok(()) } else { Err(format!("the tests fail {place}")) }
    }
}

/// The script of a handler that has no manifest.
fn script(folder: &Path) -> Option<PathBuf> {
    if folder.is_file() {
        return Some(folder.to_owned());
    }
    if folder.join("Cargo.toml").is_file() {
        return None;
    }
    let names = ["handler.ts", "handler.tsx", "handler.js", "handler.jsx"];
    names.map(|name| folder.join(name)).into_iter().find(|file| file.is_file())
}

/// Replays the requests beside a script, under the policy beside it.
fn replayed(script: &Path) -> Result<(), String> {
    let folder = script.parent().unwrap_or(Path::new("")).to_owned();
    let requests = folder.join("requests");
    let (policy, variables) = (folder.join("policy.json"), requests.join("env"));
    if recorded::files(&requests).is_ok_and(|files| files.is_empty()) || !requests.is_dir() {
        return Err(format!(
            "{} has no recorded requests: write `NN-name.http` with a request, a line `###` and its answer",
            requests.display()
        ));
    }
    let text = fs::read_to_string(&variables).unwrap_or_default();
    let environment: Environment = text
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let options = LoadOptions {
        modules: vec![script.to_owned()],
        policy: Some(policy).filter(|policy| policy.is_file()),
        environment,
        ..LoadOptions::default()
    };
    log::set_quiet(true);
    let loaded = load::load(&options).map_err(|errors| errors.to_string())?;
    let function = Function::start(loaded)?;
    let (all, failed) = recorded::replay(&requests, &function)?;
    function.stop()?;
    match failed {
        0 => Ok(()),
        _ => Err(format!("{failed} of {all} answers are not as recorded")),
    }
}
