//! `purview inspect FILE`: the contract, and what a policy would do with it.

use std::path::PathBuf;

use clap::Args;

use crate::{
    contract,
    inspect::{self, Inspection},
    limits::Limits,
    load,
    policy::Policy,
};

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
        let shown = self.file.display().to_string();
        let limits = Limits::default();
        let policy = self
            .policy
            .as_deref()
            .map(Policy::load)
            .transpose()
            .map_err(|error| error.to_string())?;
        let wasm = load::read(&self.file, limits.module_bytes)?;
        let contract = match contract::extract(&wasm) {
            Ok(contract) => contract,
            Err(error) if self.json => {
                say!("{}", inspect::not_a_handler(&shown, &error));
                return Err(format!("{shown} is not a handler"));
            }
            Err(error) => return Err(format!("{shown}: {error}")),
        };
        let name = load::handler_name(&self.file, policy.as_ref(), self.policy.as_deref());
        let inspection = Inspection::new(&shown, &name, &contract, policy.as_ref(), &limits);
        say!("{}", if self.json { inspection.to_json() } else { inspection.to_text() });
        if inspection.is_granted() {
            Ok(())
        } else {
            Err(format!("handler `{name}` would not be loaded"))
        }
    }
}
