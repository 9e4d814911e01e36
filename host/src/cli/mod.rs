//! The command line: one file for each command. In: arguments. Out: text and an exit code: 0 for success, 1 when the
//! command's input was refused, 2 when `check` found warnings only, 64 for wrong usage (sysexits' EX_USAGE). Only here does the host print.

/// Writes a line to standard output.
macro_rules! say {
    ($($text:tt)*) => {
        $crate::cli::print(&(format!($($text)*) + "\n"))
    };
}

/// Writes a line to standard error.
macro_rules! tell {
    ($($text:tt)*) => {
        $crate::cli::print_error(&(format!($($text)*) + "\n"))
    };
}

mod serve;
mod inspect;
mod invoke;
mod new;
mod openapi;
mod build;
mod check;
mod explain;
mod probe;
mod show;
mod stand;
mod recorded;
mod test;
mod sandbox;
mod conditions;
mod watch;
mod world;

use std::{
    ffi::OsString,
    io::{self, Write as _},
    process::ExitCode,
};

use clap::{CommandFactory as _, Parser, Subcommand, error::ErrorKind};

/// Exit code for wrong usage.
const USAGE: u8 = 64;

#[derive(Debug, Parser)]
#[command(
    name = "purview",
    version,
    about = "Runs HTTP handlers as sandboxed WebAssembly",
    disable_help_flag = true
)]
struct Arguments {
    /// Print help
    #[arg(long, action = clap::ArgAction::Help, global = true)]
    help: Option<bool>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve handlers over HTTP
    #[command(disable_help_flag = true)]
    Serve(Box<serve::Serve>),
    /// Show what a module serves and may touch, and what a policy would grant
    #[command(disable_help_flag = true)]
    Inspect(inspect::Inspect),
    /// Answer one event of a serverless platform
    #[command(disable_help_flag = true)]
    Invoke(invoke::Invoke),
    /// Make a project that builds and serves at once
    #[command(disable_help_flag = true)]
    New(new::New),
    /// Print the OpenAPI document of a handler
    #[command(disable_help_flag = true)]
    Openapi(openapi::Openapi),
    /// Say what is wrong with a JavaScript or TypeScript handler
    #[command(disable_help_flag = true)]
    Check(check::Check),
    /// Explain a code of the compiler
    #[command(disable_help_flag = true)]
    Explain(explain::Explain),
    /// Build a handler to WebAssembly
    #[command(disable_help_flag = true)]
    Build(build::Build),
    /// Run the tests of a Rust handler natively and in the sandbox
    #[command(disable_help_flag = true)]
    Test(test::Test),
    /// Answer requests of a test, which stands for the world
    #[command(hide = true, disable_help_flag = true)]
    Stand(stand::StandIn),
    /// Run an export of a module twice, on two fresh instances
    #[command(hide = true, disable_help_flag = true)]
    Probe(probe::Probe),
}

/// Writes to standard output. A reader that has seen enough (`| head`) is no reason to fail.
fn print(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Writes to standard error; nobody may read it.
fn print_error(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Runs the command that the arguments name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            // A closed terminal is no reason for another exit code.
            let _ = error.print();
            return if asked { ExitCode::SUCCESS } else { ExitCode::from(USAGE) };
        }
    };
    let done = match arguments.command {
        Command::Check(check) => return check.run(),
        Command::Explain(explain) => explain.run(),
        Command::Serve(serve) => serve.run(),
        Command::Inspect(inspect) => inspect.run(),
        Command::Build(build) => build.run(),
        Command::Invoke(invoke) => invoke.run(),
        Command::New(new) => new.run(),
        Command::Openapi(openapi) => openapi.run(),
        Command::Test(test) => test.run(),
        Command::Stand(stand) => stand.run(),
        Command::Probe(probe) => probe.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            // Reports of the policy and of the compiler begin with the word themselves.
            let prefix = if message.starts_with("error") { "" } else { "error: " };
            tell!("{prefix}{message}");
            ExitCode::FAILURE
        }
    }
}

/// The whole command line as clap knows it, for tests of the documents.
pub fn command() -> clap::Command {
    Arguments::command()
}
