//! Why a server could not be built, started or watched. The operator's to solve.

use std::{fmt, io, time::Duration};

/// Why a server could not be built, started or watched.
#[derive(Debug)]
pub enum ServerError {
    /// `--only` names something that is not here.
    Unknown(String, Vec<String>),
    /// `--server-command` is not `NAME=COMMAND` with `{port}` in it.
    Command(String),
    /// A build command could not be run or failed.
    Build(String, String),
    /// No free port on 127.0.0.1.
    Port(io::Error),
    /// The program could not be started.
    Start(String, io::Error),
    /// The program ended before it answered.
    Ended(String, String),
    /// The program runs but does not accept connections.
    Silent(String, Duration),
}

impl fmt::Display for ServerError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(name, known) => {
                write!(out, "there is no server `{name}` here; found are {}", known.join(", "))
            }
            Self::Command(text) => {
                write!(out, "`{text}` is not `NAME=COMMAND` with `{{port}}` in the command")
            }
            Self::Build(command, reason) => write!(out, "`{command}` failed: {reason}"),
            Self::Port(error) => write!(out, "no free port on 127.0.0.1: {error}"),
            Self::Start(name, error) => write!(out, "`{name}` could not be started: {error}"),
            Self::Ended(name, how) => write!(out, "`{name}` ended before it answered: {how}"),
            Self::Silent(name, time) => {
                write!(out, "`{name}` accepted no connection within {time:?}")
            }
        }
    }
}

impl std::error::Error for ServerError {}
