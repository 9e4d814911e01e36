//! Summaries → Markdown tables that also read well in a terminal.

use std::fmt::Write as _;

use super::{HttpReport, InstanceReport, ModulesReport, Setting, Summary, summarize};
use crate::instance::Percentiles;

/// Others keeping more than this many cores busy makes a result doubtful.
const OTHERS_BUSY_MAX: f64 = 0.10;
/// A server that idles more than this was not the bottleneck.
const SERVER_BUSY_MIN: f64 = 0.85;

const HEADINGS: [&str; 13] = [
    "server",
    "µs CPU/req",
    "ratio",
    "spread",
    "own code",
    "req/s",
    "ratio",
    "p50 µs",
    "p99 µs",
    "idle MiB",
    "RSS MiB",
    "start ms",
    "head+body B",
];

/// The whole report as Markdown.
pub fn http_table(report: &HttpReport) -> String {
    let mut out = setting(&report.setting);
    let times = report.times;
    let _infallible = writeln!(
        out,
        "{} rounds of {:.1} s after {:.1} s of warm-up; ratios refer to {}.",
        times.rounds,
        times.measured.as_secs_f64(),
        times.warm_up.as_secs_f64(),
        report.baseline
    );
    for measured in &report.workloads {
        let lines = summarize(&measured.series, &report.baseline);
        let _infallible = writeln!(out, "\n## {} — {}\n", measured.workload, measured.title);
        out.push_str(&grid(HEADINGS, &lines.iter().map(cells).collect::<Vec<_>>()));
        // With one request under way, server and client wait for each other by design.
        let alone = measured.connections * measured.pipeline == 1;
        for doubt in lines.iter().filter_map(|line| doubt(line, alone)) {
            let _infallible = writeln!(out, "\n{doubt}");
        }
    }
    out
}

/// The parts of instances as Markdown.
pub fn instance_table(report: &InstanceReport) -> String {
    let mut out = setting(&report.setting);
    let _infallible = writeln!(
        out,
        "{} requests for each route, each in a fresh instance, without sockets; µs as p50 / p99.\n",
        report.rounds
    );
    let headings = ["route", "store", "instantiate", "call", "drop", "total"];
    let rows: Vec<_> = report
        .routes
        .iter()
        .map(|times| {
            let [store, instantiate, call, drop, total] =
                [times.store, times.instantiate, times.call, times.drop, times.total].map(micros);
            [format!("`{}`", times.route), store, instantiate, call, drop, total]
        })
        .collect();
    out + &grid(headings, &rows)
}

/// The report about calls as text.
pub fn modules_table(report: &ModulesReport) -> String {
    let mut out = setting(&report.setting);
    let _infallible = writeln!(
        out,
        "{} thousand calls of each, inside an instance; µs of one call as p50 / p99.\n",
        report.rounds
    );
    let rows: Vec<_> =
        report.calls.iter().map(|times| [times.name.to_owned(), micros(times.call)]).collect();
    out + &grid(["call", "µs"], &rows)
}

fn micros(part: Percentiles) -> String {
    format!("{:.2} / {:.2}", part.p50_ns as f64 / 1e3, part.p99_ns as f64 / 1e3)
}

/// What must be known to judge what follows.
fn setting(setting: &Setting) -> String {
    let machine = &setting.machine;
    let cores = match setting.cores {
        Some(cores) => format!("server on core {}, client on core {}", cores.server, cores.client),
        None => "nothing pinned".to_owned(),
    };
    let build = if setting.optimized { "" } else { "\n**The harness itself is a debug build.**" };
    format!(
        "# {}\n\n`{}` at commit {}\n{}, {} cores, {} MiB, {}; {cores}{build}\n",
        setting.date,
        setting.command,
        setting.commit,
        machine.cpu,
        machine.cores,
        machine.memory_mib,
        machine.kernel
    )
}

fn cells(line: &Summary) -> [String; 13] {
    let ratio = |value| number(value, 2);
    let percent =
        |value: Option<f64>| value.map_or("–".into(), |v| format!("{:.0} %", v * 100.0));
    [
        line.server.clone(),
        number(line.cpu_us, 2),
        ratio(line.cpu_ratio),
        percent(line.cpu_spread),
        percent(line.own_share),
        thousands(line.rate),
        ratio(line.rate_ratio),
        number(Some(line.p50_us), 0),
        number(Some(line.p99_us), 0),
        number(line.idle_mib, 1),
        number(line.resident_mib, 1),
        number(Some(line.first_answer_ms), 1),
        format!("{}+{}", line.head_bytes, line.body_bytes),
    ]
}

/// A sentence for a line that should not be trusted as it stands.
fn doubt(line: &Summary, alone: bool) -> Option<String> {
    let others = line.others_busy.filter(|busy| *busy > OTHERS_BUSY_MAX);
    let idle = line.server_busy.filter(|busy| *busy < SERVER_BUSY_MIN && !alone);
    match (others, idle) {
        (Some(busy), _) => Some(format!(
            "{}: other programs kept up to {busy:.2} cores busy; run again on a quiet machine.",
            line.server
        )),
        (None, Some(busy)) => Some(format!(
            "{}: ran only {:.0} % of the time, so its req/s is the client's limit, not its own.",
            line.server,
            busy * 100.0
        )),
        (None, None) => None,
    }
}

/// Rows under the headings, padded so that columns align.
fn grid<const N: usize>(headings: [&str; N], rows: &[[String; N]]) -> String {
    let mut widths = headings.map(|heading| heading.chars().count());
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |cells: &[String; N]| {
        let mut text = format!("| {:<1$} |", cells[0], widths[0]);
        for (cell, width) in cells.iter().zip(widths).skip(1) {
            let _infallible = write!(text, " {cell:>width$} |");
        }
        text + "\n"
    };
    let mut rule = format!("|{}|", "-".repeat(widths[0] + 2));
    for width in &widths[1..] {
        let _infallible = write!(rule, "{}:|", "-".repeat(width + 1));
    }
    let mut out = line(&headings.map(str::to_owned)) + &rule + "\n";
    for row in rows {
        out.push_str(&line(row));
    }
    out
}

fn number(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(|| "–".into(), |value| format!("{value:.decimals$}"))
}

/// `123456.7` → `123,457`.
fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_digits() {
        for (value, text) in [(0.4, "0"), (999.0, "999"), (1000.0, "1,000"), (1e6, "1,000,000")] {
            assert_eq!(thousands(value), text);
        }
    }

    #[test]
    fn columns_align() {
        let mut row = HEADINGS.map(str::to_owned);
        row[0] = "a much longer name".into();
        let text = grid(HEADINGS, &[row]);
        let lengths: Vec<_> = text.lines().map(|line| line.chars().count()).collect();
        assert_eq!(lengths.len(), 3);
        assert!(lengths.iter().all(|length| *length == lengths[0]), "{text}");
    }
}
