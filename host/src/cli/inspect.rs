//! `purview inspect FILE`: the contract, and what a policy would do with it.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `inspect`.
#[derive(Debug, Args)]
pub(super) struct Inspect {
    /// A module
    file: PathBuf,
    /// What the module may touch
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Inspect {
    pub(super) fn run(self) -> Result<(), String> {
        let Self { file, policy, json } = self;
        let _ = (file, policy, json);
        Err("not wired yet".into())
    }
}
