//! Samples of one server → one line: medians over rounds, and how far the rounds lie apart.

use crate::measure::{Sample, Series};

/// Medians over the rounds of one server under one workload.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// The server's name.
    pub server: String,
    /// Processor time per request in µs.
    pub cpu_us: Option<f64>,
    /// The same, divided by the baseline's.
    pub cpu_ratio: Option<f64>,
    /// (highest − lowest) / median of processor time per request.
    pub cpu_spread: Option<f64>,
    /// The part of it in the server's own code.
    pub own_share: Option<f64>,
    /// Requests per second.
    pub rate: f64,
    /// The same, divided by the baseline's.
    pub rate_ratio: Option<f64>,
    /// Median latency in µs.
    pub p50_us: f64,
    /// 99th percentile of latency in µs.
    pub p99_us: f64,
    /// Resident memory in MiB after the first answer.
    pub idle_mib: Option<f64>,
    /// Resident memory in MiB under load.
    pub resident_mib: Option<f64>,
    /// The share of the time in which the server ran.
    pub server_busy: Option<f64>,
    /// Cores that others kept busy, in the worst round.
    pub others_busy: Option<f64>,
    /// From starting the process to its first answer, in ms.
    pub first_answer_ms: f64,
    /// Bytes of an answer's head.
    pub head_bytes: usize,
    /// Bytes of an answer's body.
    pub body_bytes: usize,
}

/// One summary per series, with ratios to the series named `baseline`.
pub fn summarize(series: &[Series], baseline: &str) -> Vec<Summary> {
    let mut lines: Vec<Summary> = series.iter().filter_map(summary).collect();
    if let Some(base) = lines.iter().find(|line| line.server == baseline).cloned() {
        for line in &mut lines {
            line.cpu_ratio = line.cpu_us.zip(base.cpu_us).map(|(own, base)| own / base);
            line.rate_ratio = Some(line.rate / base.rate);
        }
    }
    lines
}

fn summary(series: &Series) -> Option<Summary> {
    let last = series.samples.last()?;
    let every = |pick: fn(&Sample) -> f64| series.samples.iter().map(pick).collect::<Vec<_>>();
    let known = |pick: fn(&Sample) -> Option<f64>| {
        series.samples.iter().filter_map(pick).collect::<Vec<_>>()
    };
    let cpu = known(|sample| sample.cpu_us);
    Some(Summary {
        server: series.server.clone(),
        cpu_us: median(&cpu),
        cpu_ratio: None,
        cpu_spread: spread(&cpu),
        own_share: median(&known(|sample| sample.own_share)),
        rate: median(&every(|sample| sample.requests as f64 / sample.seconds))?,
        rate_ratio: None,
        p50_us: median(&every(|sample| sample.p50_us))?,
        p99_us: median(&every(|sample| sample.p99_us))?,
        idle_mib: series.idle_mib,
        resident_mib: median(&known(|sample| sample.resident_mib)),
        server_busy: median(&known(|sample| sample.server_busy)),
        others_busy: known(|sample| sample.others_busy).into_iter().reduce(f64::max),
        first_answer_ms: series.first_answer_ms,
        head_bytes: last.head_bytes,
        body_bytes: last.body_bytes,
    })
}

/// The middle value, or the mean of the two in the middle.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = sorted[(sorted.len() - 1) / 2];
    Some(f64::midpoint(lower, upper))
}

/// (highest − lowest) / median, of at least two values.
pub fn spread(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let highest = values.iter().copied().reduce(f64::max)?;
    let lowest = values.iter().copied().reduce(f64::min)?;
    Some((highest - lowest) / median(values)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_and_spreads() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(spread(&[9.0, 10.0, 12.0]), Some(0.3));
        assert_eq!(spread(&[7.0]), None);
    }

    fn sample(cpu_us: f64, requests: u64) -> Sample {
        Sample {
            requests,
            seconds: 2.0,
            cpu_us: Some(cpu_us),
            own_share: None,
            server_busy: None,
            p50_us: 1.0,
            p99_us: 2.0,
            resident_mib: None,
            others_busy: None,
            head_bytes: 100,
            body_bytes: 27,
        }
    }

    #[test]
    fn ratios_refer_to_the_baseline() {
        let series = |server: &str, samples| Series {
            server: server.into(),
            first_answer_ms: 1.0,
            idle_mib: None,
            samples,
        };
        let lines = summarize(
            &[
                series("ours", vec![sample(9.0, 200), sample(8.0, 200), sample(7.0, 200)]),
                series("axum", vec![sample(10.0, 100)]),
            ],
            "axum",
        );
        assert_eq!(lines[0].cpu_us, Some(8.0));
        assert_eq!(lines[0].cpu_ratio, Some(0.8));
        assert_eq!(lines[0].rate_ratio, Some(2.0));
        assert_eq!(lines[1].cpu_ratio, Some(1.0));
        assert_eq!(summarize(&[series("ours", vec![sample(9.0, 1)])], "axum")[0].cpu_ratio, None);
    }
}
