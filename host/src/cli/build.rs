//! `purview build DIR`: a Rust handler to WebAssembly.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::toolchain::{self, BuildOptions, Output};

/// Arguments of `build`.
#[derive(Debug, Args)]
pub(super) struct Build {
    /// The folder of a Rust handler
    folder: PathBuf,
    /// Where the module is written
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Build {
    pub(super) fn run(self) -> Result<(), String> {
        let built = module(&self.folder)?;
        let module = match self.output {
            None => built,
            Some(output) => {
                std::fs::copy(&built, &output)
                    .map_err(|error| format!("{}: {error}", output.display()))?;
                output
            }
        };
        println!("{}", module.display());
        Ok(())
    }
}

/// Builds the handler in a folder, telling what happens on standard error, and returns its module.
pub(super) fn module(folder: &Path) -> Result<PathBuf, String> {
    let toolchain = toolchain::ensure_for(folder, &mut |line| eprintln!("{line}"))
        .map_err(|error| error.to_string())?;
    let options = BuildOptions { output: Output::Show, ..BuildOptions::default() };
    toolchain.build(folder, &options).map_err(|error| error.to_string())
}
