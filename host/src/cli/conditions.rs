//! `--truthiness`: what counts as a condition in JavaScript and TypeScript handlers, instead of what `purview.json` beside them says.

use clap::{Args, ValueEnum};
use js_to_wasm::check::Truthiness;

/// The argument.
#[derive(Debug, Clone, Args)]
pub(super) struct Conditions {
    /// What counts as a condition in JavaScript and TypeScript [default: what `purview.json` beside the file says, or strict]
    #[arg(long, value_enum, value_name = "PROFILE")]
    truthiness: Option<Profile>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Profile {
    /// Booleans only
    Strict,
    /// Also numbers, strings and what may be missing
    Typed,
}

impl Conditions {
    /// What was chosen, if anything.
    pub(super) fn truthiness(&self) -> Option<Truthiness> {
        self.truthiness.map(|profile| match profile {
            Profile::Strict => Truthiness::Strict,
            Profile::Typed => Truthiness::Typed,
        })
    }
}
