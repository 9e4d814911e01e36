//! Runs workloads against servers in turn: A B C, A B C, … so that a change of the machine in
//! between meets all of them alike.
//!
//! In: server kinds, workloads and times. Out: every sample of every round, unjudged. Servers start
//! afresh for each workload, so memory belongs to that workload alone.

use std::{fmt, time::Duration};

use serde::Serialize;

use crate::{
    load::{Client, LoadError},
    machine::{self, Cores},
    server::{Kind, Running, ServerError},
    workload::Workload,
};

/// How long and how often.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Times {
    /// Rounds over all servers, for each workload.
    pub rounds: usize,
    /// Load before each measurement, not counted.
    pub warm_up: Duration,
    /// Load that is counted, in each round.
    pub measured: Duration,
}

/// One round of one server under one workload.
#[derive(Clone, Debug, Serialize)]
pub struct Sample {
    /// Requests answered, each checked.
    pub requests: u64,
    /// Seconds that this took.
    pub seconds: f64,
    /// Processor time of the server process divided by requests, in µs.
    pub cpu_us: Option<f64>,
    /// The part of it that the server spent in its own code, 0 to 1.
    pub own_share: Option<f64>,
    /// The share of the time in which the server was running on a core, 0 to 1.
    pub server_busy: Option<f64>,
    /// Median latency in µs.
    pub p50_us: f64,
    /// 99th percentile of latency in µs.
    pub p99_us: f64,
    /// Resident memory in MiB at the end of the round.
    pub resident_mib: Option<f64>,
    /// Cores that programs other than the server and the client kept busy.
    pub others_busy: Option<f64>,
    /// Bytes of an answer's head.
    pub head_bytes: usize,
    /// Bytes of an answer's body.
    pub body_bytes: usize,
}

/// All rounds of one server under one workload.
#[derive(Clone, Debug, Serialize)]
pub struct Series {
    /// The server's name.
    pub server: String,
    /// From starting the process to its first answer, in ms.
    pub first_answer_ms: f64,
    /// Resident memory in MiB after that answer.
    pub idle_mib: Option<f64>,
    /// One sample per round.
    pub samples: Vec<Sample>,
}

/// Everything measured for one workload.
#[derive(Clone, Debug, Serialize)]
pub struct Measured {
    /// The workload's name.
    pub workload: &'static str,
    /// The workload in words.
    pub title: &'static str,
    /// Connections kept open.
    pub connections: usize,
    /// Requests under way on each.
    pub pipeline: usize,
    /// One series per server.
    pub series: Vec<Series>,
}

/// Measures `workload` on all `kinds`. Runs on the calling thread, which should be bound to the
/// client's core. `progress` hears of each sample.
pub fn measure(
    kinds: &[Kind],
    workload: &Workload,
    times: Times,
    cores: Option<Cores>,
    mut progress: impl FnMut(&str, &Sample),
) -> Result<Measured, MeasureError> {
    let mut running = Vec::new();
    let mut series = Vec::new();
    for kind in kinds {
        let server = Running::start(&kind.name, &kind.launch, cores.map(|cores| cores.server))
            .map_err(MeasureError::Server)?;
        series.push(Series {
            server: kind.name.clone(),
            first_answer_ms: server.first_answer.as_secs_f64() * 1e3,
            idle_mib: server.usage().resident_kib.map(|(now, _)| now as f64 / 1024.0),
            samples: Vec::new(),
        });
        running.push(server);
    }
    for _ in 0..times.rounds {
        for (server, series) in running.iter().zip(&mut series) {
            let sample = sample(server, workload, times)
                .map_err(|error| MeasureError::Load(series.server.clone(), workload.name, error))?;
            progress(&series.server, &sample);
            series.samples.push(sample);
        }
    }
    Ok(Measured {
        workload: workload.name,
        title: workload.title,
        connections: workload.connections,
        pipeline: workload.pipeline,
        series,
    })
}

fn sample(server: &Running, workload: &Workload, times: Times) -> Result<Sample, LoadError> {
    let mut client = Client::connect(server.address, workload)?;
    client.drive(times.warm_up)?;
    let (before, busy_before) = (server.usage(), machine::busy_seconds());
    let own_before = own_seconds();
    let tally = client.drive(times.measured)?;
    let (after, busy_after) = (server.usage(), machine::busy_seconds());
    let client_seconds = own_before.zip(own_seconds()).map(|(from, to)| to - from);
    let answer = client.finish()?;

    let seconds = tally.elapsed.as_secs_f64();
    let cpu = before.cpu.zip(after.cpu).map(|(from, to)| (to - from).as_secs_f64());
    let others =
        busy_before.zip(busy_after).zip(cpu).zip(client_seconds).map(
            |(((from, to), server), client)| ((to - from - server - client) / seconds).max(0.0),
        );
    let quantile = |q| tally.latency_ns.value_at_quantile(q) as f64 / 1e3;
    Ok(Sample {
        requests: tally.requests,
        seconds,
        cpu_us: cpu.map(|cpu| cpu * 1e6 / tally.requests as f64),
        own_share: own_share(before.ticks, after.ticks),
        server_busy: cpu.map(|cpu| cpu / seconds),
        p50_us: quantile(0.5),
        p99_us: quantile(0.99),
        resident_mib: after.resident_kib.map(|(now, _)| now as f64 / 1024.0),
        others_busy: others,
        head_bytes: answer.head,
        body_bytes: answer.body,
    })
}

/// Processor time of this process in seconds.
fn own_seconds() -> Option<f64> {
    crate::server::cpu_time(std::process::id()).map(|time| time.as_secs_f64())
}

fn own_share(before: Option<(u64, u64)>, after: Option<(u64, u64)>) -> Option<f64> {
    let ((own_from, kernel_from), (own_to, kernel_to)) = before.zip(after)?;
    let (own, kernel) = (own_to - own_from, kernel_to - kernel_from);
    (own + kernel > 0).then(|| own as f64 / (own + kernel) as f64)
}

/// Why measuring stopped.
#[derive(Debug)]
pub enum MeasureError {
    /// A server did not start.
    Server(ServerError),
    /// A server failed under load.
    Load(String, &'static str, LoadError),
}

impl fmt::Display for MeasureError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Server(error) => error.fmt(out),
            Self::Load(server, workload, error) => {
                write!(out, "`{server}` under `{workload}`: {error}")
            }
        }
    }
}

impl std::error::Error for MeasureError {}
