//! `purview probe FILE`: loads any module as if it were a handler, runs one export twice, each time on a fresh instance with
//! the default limits, and prints one line: `OK v1 v2`, `TRAP reason` or `REFUSED reason`. For tests with hostile modules.

use std::path::PathBuf;

use clap::Args;

use crate::instance::probe;

/// Arguments of `probe`.
#[derive(Debug, Args)]
pub(super) struct Probe {
    /// A module, binary or text
    file: PathBuf,
    /// The export to run
    #[arg(long, default_value = "run")]
    entry: String,
}

impl Probe {
    pub(super) fn run(self) -> Result<(), String> {
        let bytes = std::fs::read(&self.file)
            .map_err(|error| format!("{}: {error}", self.file.display()))?;
        match wat::parse_bytes(&bytes) {
            Ok(wasm) => say!("{}", probe::run(&wasm, &self.entry)),
            Err(error) => say!("REFUSED {}", error.to_string().replace('\n', " ")),
        }
        Ok(())
    }
}
