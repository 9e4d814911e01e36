//! The `purview` binary: what was typed, what it returns. Everything else is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    purview::cli::run(std::env::args_os())
}
