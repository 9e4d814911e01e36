//! How long a fresh instance takes, part by part, without sockets: store, instantiation, call, drop.
//!
//! In: the bench's Rust handler, compiled. Out: percentiles per part and route. Each request goes the
//! way that it goes in the server, on one thread, in an instance of its own.

use std::{fmt, path::Path, time::Duration};

use purview::{
    fault::Fault,
    instance::measure::{self, Sample},
    load::{LoadErrors, LoadOptions, load},
};
use serde::Serialize;

use crate::workload::Workload;

/// Requests before those that count: caches, branch predictors and memory images settle.
const WARM_UP: usize = 2_000;

/// Nanoseconds of one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Percentiles {
    /// Median.
    pub p50_ns: u64,
    /// 99th percentile.
    pub p99_ns: u64,
}

/// Where the time of one route's requests goes.
#[derive(Clone, Debug, Serialize)]
pub struct RouteTimes {
    /// The route's name.
    pub route: String,
    /// Making the store.
    pub store: Percentiles,
    /// Making the instance in it.
    pub instantiate: Percentiles,
    /// Writing the request, running the guest, writing the answer.
    pub call: Percentiles,
    /// Dropping both, which resets memory.
    pub drop: Percentiles,
    /// All of it.
    pub total: Percentiles,
}

/// Measures each of `workloads` `rounds` times on the handler in `module`.
/// A route that several workloads share is measured once.
pub fn measure(
    module: &Path,
    workloads: &[Workload],
    rounds: usize,
) -> Result<Vec<RouteTimes>, InstanceError> {
    let options = LoadOptions { modules: vec![module.to_path_buf()], ..LoadOptions::default() };
    let loaded = load(&options).map_err(InstanceError::Load)?;
    let handler = loaded.service.handlers.first().ok_or(InstanceError::NoHandler)?;
    let mut times: Vec<RouteTimes> = Vec::new();
    for workload in workloads {
        let route = route_of(workload.request);
        if times.iter().any(|known| known.route == route) {
            continue;
        }
        let index = handler
            .routes
            .iter()
            .position(|name| *name == route)
            .ok_or_else(|| InstanceError::NoRoute(route.clone()))?;
        let request = workload.request.as_bytes();
        let run = |rounds| measure::run(handler, index, request, rounds);
        run(WARM_UP).map_err(InstanceError::Fault)?;
        let samples = run(rounds).map_err(InstanceError::Fault)?;
        times.push(summary(route, &samples));
    }
    Ok(times)
}

/// The route that a request of the bench goes to.
fn route_of(request: &str) -> String {
    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let path = target.split('?').next().unwrap_or(target);
    let pattern = if path.starts_with("/users/") { "/users/{id}" } else { path };
    format!("{method} {pattern}")
}

fn summary(route: String, samples: &[Sample]) -> RouteTimes {
    let part = |pick: fn(&Sample) -> Duration| {
        let nanos = |sample| u64::try_from(pick(sample).as_nanos()).unwrap_or(u64::MAX);
        let mut sorted: Vec<u64> = samples.iter().map(nanos).collect();
        sorted.sort_unstable();
        let at = |percent: usize| sorted.get(sorted.len() * percent / 100).copied().unwrap_or(0);
        Percentiles { p50_ns: at(50), p99_ns: at(99) }
    };
    RouteTimes {
        route,
        store: part(|sample| sample.store),
        instantiate: part(|sample| sample.instantiate),
        call: part(|sample| sample.call),
        drop: part(|sample| sample.drop),
        total: part(Sample::total),
    }
}

/// Why instances could not be measured.
#[derive(Debug)]
pub enum InstanceError {
    /// The handler was not let in.
    Load(LoadErrors),
    /// Nothing was loaded.
    NoHandler,
    /// The handler does not have this route.
    NoRoute(String),
    /// A request failed.
    Fault(Fault),
}

impl fmt::Display for InstanceError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Load(errors) => errors.fmt(out),
            Self::NoHandler => out.write_str("no handler was loaded"),
            Self::NoRoute(route) => write!(out, "the handler has no route `{route}`"),
            Self::Fault(fault) => write!(out, "a request failed: {}", fault.code()),
        }
    }
}

impl std::error::Error for InstanceError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workload::WORKLOADS;

    #[test]
    fn every_request_has_a_route() {
        let mut routes: Vec<_> = WORKLOADS.iter().map(|w| route_of(w.request)).collect();
        routes.dedup();
        assert_eq!(routes, ["GET /", "GET /users/{id}", "POST /users", "GET /auth"]);
    }

    #[test]
    fn percentiles_are_of_each_part() {
        let samples: Vec<_> = (0..200)
            .map(|n| Sample { call: Duration::from_nanos(n), ..Sample::default() })
            .collect();
        let times = summary("GET /".into(), &samples);
        assert_eq!(times.call, Percentiles { p50_ns: 100, p99_ns: 198 });
        assert_eq!(times.total, times.call);
        assert_eq!(times.drop, Percentiles { p50_ns: 0, p99_ns: 0 });
    }
}
