//! Builds what a server needs, with cargo, before anything is measured.
//!
//! In: places and the kinds that will run. Out: nothing but files under the target folder. Each
//! build runs once however many servers need it; cargo decides what is stale.

use std::{
    ffi::OsString,
    path::Path,
    process::{Command, Stdio},
};

use super::{Kind, ServerError, kinds::Places};

/// What a server needs built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Build {
    /// Our program, and with it the Rust handler.
    Purview,
    /// The native peers, a workspace of their own.
    Peers,
}

/// Builds whatever `kinds` need. What cargo says goes to standard error.
pub fn build(places: &Places, kinds: &[Kind]) -> Result<(), ServerError> {
    let mut done = Vec::new();
    for step in kinds.iter().filter_map(|kind| kind.build) {
        if !done.contains(&step) {
            step.run(places)?;
            done.push(step);
        }
    }
    Ok(())
}

impl Build {
    fn run(self, places: &Places) -> Result<(), ServerError> {
        match self {
            Self::Purview => {
                let package = ["build", "--release", "-p", "purview", "--bin", "purview"];
                cargo(&places.root, &package.map(OsString::from))?;
                let module = places.rust_module();
                if let Some(folder) = module.parent() {
                    std::fs::create_dir_all(folder).map_err(|error| {
                        ServerError::Build(folder.display().to_string(), error.to_string())
                    })?;
                }
                let mut build = Command::new(places.purview());
                build.arg("build").arg(places.root.join("bench/handlers/rust"));
                run(build.arg("-o").arg(module))
            }
            Self::Peers => cargo(
                &places.root.join("bench/peers"),
                &[
                    "build".into(),
                    "--release".into(),
                    "--locked".into(),
                    "--target-dir".into(),
                    places.peers_target().into(),
                ],
            ),
        }
    }
}

fn cargo(folder: &Path, arguments: &[OsString]) -> Result<(), ServerError> {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    run(Command::new(program).args(arguments).current_dir(folder))
}

/// Runs a command whose output the operator should see.
fn run(command: &mut Command) -> Result<(), ServerError> {
    let failed = |command: &Command, reason: String| {
        let words = std::iter::once(command.get_program()).chain(command.get_args());
        let line: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
        ServerError::Build(line.join(" "), reason)
    };
    // Standard output belongs to the report.
    match command.stdin(Stdio::null()).stdout(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(failed(command, status.to_string())),
        Err(error) => Err(failed(command, error.to_string())),
    }
}
