//! `purview check FILE`: everything that is wrong with a JavaScript or TypeScript handler, what its sandbox is, and with `--policy`
//! everything that the policy does not allow. Exit code 0: clean, 1: errors (violations of the policy too), 2: warnings only.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use js_to_wasm::{Checked, contract::Contract as Claims};
use serde_json::{Value, json};

use super::{conditions::Conditions, print_error, sandbox};
use crate::{
    contract::{self, Contract, shown},
    limits::Limits,
    load,
    policy::{
        Policy,
        grant::{self, Violation},
    },
    script,
};

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// A JavaScript or TypeScript file
    file: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Write the contract: what the handler serves and may touch, and what is proven of it; `-` prints it
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, default_missing_value = "contract.json")]
    contract: Option<PathBuf>,
    /// List everything that the handler needs and this policy does not allow
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    #[command(flatten)]
    conditions: Conditions,
}

/// What checking found, beside diagnostics.
#[derive(Default)]
struct Found {
    contract: Option<Contract>,
    violations: Vec<Violation>,
}

impl Check {
    pub(super) fn run(self) -> ExitCode {
        if self.file.is_dir() {
            let file = self.file.display();
            tell!(
                "error: `{file}` is a folder: name the JavaScript or TypeScript file in it that has the handler"
            );
            return ExitCode::FAILURE;
        }
        let done = script::check_file(&self.file, self.conditions.truthiness()).and_then(
            |(checked, wasm)| {
                let found = self.judge(wasm.as_deref())?;
                self.write(&found)?;
                Ok((checked, found))
            },
        );
        let (checked, found) = match done {
            Ok(done) => done,
            Err(message) => {
                let prefix = if message.starts_with("error") { "" } else { "error: " };
                tell!("{prefix}{message}");
                return ExitCode::FAILURE;
            }
        };
        if self.json {
            super::print(&format!("{:#}\n", self.as_json(&checked, &found)));
        } else {
            print_error(&checked.render());
            print_error(&self.violations(&checked, &found));
            if let Some(contract) = &found.contract
                && self.contract.as_deref() != Some(Path::new("-"))
            {
                super::print(&sandbox::report(&contract.document, ""));
            }
        }
        if checked.diagnostics.has_errors() || !found.violations.is_empty() {
            ExitCode::FAILURE
        } else if checked.diagnostics.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(2)
        }
    }

    /// The module's contract, and what the policy does not allow of it.
    fn judge(&self, wasm: Option<&[u8]>) -> Result<Found, String> {
        let policy = self.policy.as_deref().map(Policy::load).transpose();
        let policy = policy.map_err(|error| error.to_string())?;
        let Some(wasm) = wasm else { return Ok(Found::default()) };
        let contract =
            contract::extract(wasm).map_err(|error| format!("{}: {error}", self.file.display()))?;
        let name = load::handler_name(&self.file, policy.as_ref(), self.policy.as_deref());
        let granted = grant::grant(&name, &contract, policy.as_ref(), &Limits::default());
        let violations = granted.err().map(|refusal| refusal.violations).unwrap_or_default();
        Ok(Found { contract: Some(contract), violations })
    }

    /// Writes the contract, if that was asked for.
    fn write(&self, found: &Found) -> Result<(), String> {
        let (Some(path), Some(contract)) = (&self.contract, &found.contract) else { return Ok(()) };
        let text = contract.document.to_json() + "\n";
        if path == Path::new("-") {
            if !self.json {
                super::print(&text);
            }
            return Ok(());
        }
        std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// The diagnostics; together with the contract or with violations, an object that has them beside each other.
    fn as_json(&self, checked: &Checked, found: &Found) -> Value {
        let diagnostics = checked.to_json();
        if self.contract.is_none() && self.policy.is_none() {
            return diagnostics;
        }
        let document = found.contract.as_ref().map(|contract| contract.document.to_json());
        let document: Value =
            document.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let violations: Vec<Value> = found
            .violations
            .iter()
            .map(|violation| {
                json!({
                    "code": violation.code(), "need": violation.need.to_string(),
                    "clause": violation.clause, "address": violation.address,
                    "places": places(checked, violation), "help": violation.help(),
                })
            })
            .collect();
        json!({ "diagnostics": diagnostics, "contract": document, "violations": violations })
    }

    /// All violations: what is needed, where the program needs it, which clause does not allow it, and what would.
    fn violations(&self, checked: &Checked, found: &Found) -> String {
        let mut out = String::new();
        for violation in &found.violations {
            let _ = writeln!(
                out,
                "error[{}]: the policy does not allow {}",
                violation.code(),
                violation.need
            );
            for place in places(checked, violation) {
                let _ = writeln!(out, "  --> {place}");
            }
            let clause = shown(&violation.clause);
            let _ = writeln!(out, "  = clause: {} (`{clause}`)", violation.address);
            let _ = writeln!(out, "  = help: {}\n", violation.help());
        }
        if let Some(policy) = &self.policy
            && found.contract.is_some()
        {
            let _ = match found.violations.len() {
                0 => writeln!(out, "{}: everything the handler needs is allowed", policy.display()),
                1 => writeln!(out, "{}: 1 violation", policy.display()),
                count => writeln!(out, "{}: {count} violations", policy.display()),
            };
        }
        out
    }
}

/// Where the program needs what a violation is about: `file:line:column`.
fn places(checked: &Checked, violation: &Violation) -> Vec<String> {
    let claims: Option<&Claims> = checked.contract.as_ref();
    let mut found = Vec::new();
    for import in &violation.imports {
        for span in claims.iter().flat_map(|claims| claims.places(&import.module, &import.name)) {
            let file = checked.sources().file(span.file);
            let position = file.position(span.start);
            let place = format!("{}:{}:{}", file.path(), position.line, position.column_utf16);
            if !found.contains(&place) {
                found.push(place);
            }
        }
    }
    found
}
