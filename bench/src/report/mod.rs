//! Samples → medians, ratios and spread; a table for people, JSON for programs, files for later.

mod summary;
mod table;
mod file;

use serde::Serialize;

pub use self::{
    file::{Saved, save},
    summary::{Summary, median, spread, summarize},
    table::{http_table, instance_table, modules_table},
};
use crate::{
    instance::RouteTimes,
    machine::{Cores, Machine},
    measure::{Measured, Times},
    modules::CallTimes,
};

/// Everything one run of the bench found out.
#[derive(Clone, Debug, Serialize)]
pub struct HttpReport {
    /// Where and when.
    pub setting: Setting,
    /// How long and how often.
    pub times: Times,
    /// The server that ratios refer to.
    pub baseline: String,
    /// One entry per workload.
    pub workloads: Vec<Measured>,
}

/// What one run found out about instances.
#[derive(Clone, Debug, Serialize)]
pub struct InstanceReport {
    /// Where and when.
    pub setting: Setting,
    /// Requests for each route.
    pub rounds: usize,
    /// One entry per route.
    pub routes: Vec<RouteTimes>,
}

/// What one run found out about calls of the host's modules.
#[derive(Clone, Debug, Serialize)]
pub struct ModulesReport {
    /// Where and when.
    pub setting: Setting,
    /// Thousands of calls of each case.
    pub rounds: usize,
    /// One entry per case.
    pub calls: Vec<CallTimes>,
}

/// What must be known to judge or repeat a result.
#[derive(Clone, Debug, Serialize)]
pub struct Setting {
    /// When the run began, UTC.
    pub date: String,
    /// The commit, with a mark when files differ from it.
    pub commit: String,
    /// The command, with paths outside the repository cut to file names.
    pub command: String,
    /// The machine.
    pub machine: Machine,
    /// Where server and client ran; `None` when nothing was pinned.
    pub cores: Option<Cores>,
    /// Whether this harness was an optimised build.
    pub optimized: bool,
}
