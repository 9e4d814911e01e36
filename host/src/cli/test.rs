//! `purview test FOLDER`: the tests of a Rust handler, once natively and once against its module in the sandbox. In: the folder of
//! the handler. Out: what `cargo test` says, twice.

use std::{path::PathBuf, process::Command};

use clap::Args;

use super::build;

/// Arguments of `test`.
#[derive(Debug, Args)]
pub(super) struct Test {
    /// The folder of a Rust handler
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
