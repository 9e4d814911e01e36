//! `purview build DIR`: a Rust handler to WebAssembly.

use std::path::PathBuf;

use clap::Args;

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
        let Self { folder, output } = self;
        let _ = (folder, output);
        Err("not wired yet".into())
    }
}
