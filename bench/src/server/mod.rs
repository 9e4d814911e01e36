//! Servers under load: which there are, how they are built, started, watched and ended.
//!
//! In: names and paths from the command line. Out: running processes, each on a port of
//! 127.0.0.1 and bound to the server core. A server that we started is ended when its value goes.

mod kinds;
mod build;
mod process;
mod cpu;
mod error;

pub use self::{
    build::{Build, build},
    cpu::time as cpu_time,
    error::ServerError,
    kinds::{Kind, Launch, Places, find, select},
    process::{Running, Usage},
};
