//! `purview check FILE`: everything that is wrong with a JavaScript or TypeScript handler, for people or, with `--json`, for
//! editors. Exit code 0: clean, 1: errors, 2: warnings only.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use crate::script;

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// A JavaScript or TypeScript file
    file: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(super) fn run(self) -> ExitCode {
        let checked = match script::check_file(&self.file) {
            Ok(checked) => checked,
            Err(message) => {
                eprintln!("error: {message}");
                return ExitCode::FAILURE;
            }
        };
        if self.json {
            println!("{:#}", checked.to_json());
        } else {
            eprint!("{}", checked.render());
        }
        match (checked.diagnostics.has_errors(), checked.diagnostics.is_empty()) {
            (true, _) => ExitCode::FAILURE,
            (false, false) => ExitCode::from(2),
            (false, true) => ExitCode::SUCCESS,
        }
    }
}
