//! Measures Purview beside its peers: starts servers, drives load at them in turn, reports.
//!
//! In: a list of servers and workloads. Out: CPU time per request of each server process, requests
//! per second, latency and memory, as a table and as JSON. What never happens here: a number from
//! answers that were not checked, a request to anything but this machine.

pub mod workload;
pub mod machine;
pub mod load;
pub mod server;
pub mod measure;
pub mod instance;
pub mod modules;
pub mod report;
