//! The command line of the bench. In: options. Out: tables on standard output, progress on
//! standard error, files under `bench/runs`. Exit code 1 when a number could not be had.

use std::{
    error::Error,
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
    time::Duration,
};

use clap::{Args, Parser, Subcommand};
use purview_bench::{
    instance,
    machine::{self, Cores},
    measure::{Times, measure},
    modules,
    report::{
        HttpReport, InstanceReport, ModulesReport, Setting, http_table, instance_table,
        modules_table, save,
    },
    server::{self, Kind, Places},
    workload,
};

/// Measures Purview beside its peers.
#[derive(Parser)]
#[command(name = "purview-bench")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Drive HTTP load at our server and its peers in turn.
    Http(Box<Http>),
    /// Measure the parts of a fresh instance, without sockets.
    Instance(Instance),
    /// Measure calls of the host's modules inside an instance.
    Modules(Modules),
}

#[derive(Args)]
struct Modules {
    /// Thousands of calls measured for each case.
    #[arg(long, default_value_t = 500)]
    rounds: usize,
    #[command(flatten)]
    output: Output,
}

#[derive(Args)]
struct Instance {
    /// Requests measured for each route.
    #[arg(long, default_value_t = 50_000)]
    rounds: usize,
    #[command(flatten)]
    output: Output,
}

/// What becomes of the results.
#[derive(Args)]
struct Output {
    /// Use what is built already.
    #[arg(long)]
    no_build: bool,
    /// Print JSON instead of tables.
    #[arg(long)]
    json: bool,
    /// Write no files under `bench/runs`.
    #[arg(long)]
    no_save: bool,
}

#[derive(Args)]
struct Http {
    /// Rounds over all servers, for each workload.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Seconds measured in each round.
    #[arg(long, default_value_t = 2.0)]
    seconds: f64,
    /// Seconds of load before each measurement.
    #[arg(long, default_value_t = 0.5)]
    warm_up: f64,
    /// Only these servers, by name, separated by commas.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Only these workloads, by name, separated by commas.
    #[arg(long, value_delimiter = ',')]
    workload: Vec<String>,
    /// One more server: `NAME=COMMAND`, where the command holds `{port}`. May be repeated.
    #[arg(long)]
    server_command: Vec<String>,
    /// The server that ratios refer to.
    #[arg(long, default_value = "axum")]
    baseline: String,
    /// The `node` to use instead of the one in `PATH`.
    #[arg(long)]
    node: Option<PathBuf>,
    /// The `bun` to use instead of the one in `PATH`.
    #[arg(long)]
    bun: Option<PathBuf>,
    /// The `deno` to use instead of the one in `PATH`.
    #[arg(long)]
    deno: Option<PathBuf>,
    /// The core for the servers.
    #[arg(long, requires = "client_core")]
    server_core: Option<usize>,
    /// The core for the load client.
    #[arg(long, requires = "server_core")]
    client_core: Option<usize>,
    #[command(flatten)]
    output: Output,
}

fn main() -> ExitCode {
    let Cli { command } = Cli::parse();
    let done = match command {
        Command::Http(options) => http(&options),
        Command::Instance(options) => instances(&options),
        Command::Modules(options) => calls(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn http(options: &Http) -> Result<(), Box<dyn Error>> {
    let times = times(options)?;
    let workloads = workload::select(&options.workload)?;
    let places = Places::new(named_programs(options));
    let kinds = server::select(server::find(&places, &options.server_command)?, &options.only)?;
    if !options.output.no_build {
        server::build(&places, &kinds)?;
    }
    let mut setting = Setting::read(&places.root);
    setting.cores = options
        .server_core
        .zip(options.client_core)
        .map(|(server, client)| Cores { server, client })
        .or_else(machine::two_cores)
        .filter(|cores| machine::pin(cores.client));
    let mut measured = Vec::new();
    for workload in &workloads {
        measured.push(measure(&kinds, workload, times, setting.cores, |server, sample| {
            let cpu = sample.cpu_us.map_or_else(|| "–".into(), |us| format!("{us:.2} µs CPU"));
            let rate = sample.requests as f64 / sample.seconds;
            say(&format!("{:<14} {server:<14} {cpu}  {rate:.0} req/s", workload.name));
        })?);
    }
    let baseline = baseline(&options.baseline, &kinds);
    let report = HttpReport { setting, times, baseline, workloads: measured };
    let table = http_table(&report);
    publish(&options.output, &places, "http", &report.setting, &report, &table)
}

fn instances(options: &Instance) -> Result<(), Box<dyn Error>> {
    let places = Places::new(Vec::new());
    if !options.output.no_build {
        let ours = server::find(&places, &[])?;
        server::build(&places, &server::select(ours, &["purview".to_owned()])?)?;
    }
    let mut setting = Setting::read(&places.root);
    setting.cores = machine::two_cores().filter(|cores| machine::pin(cores.client));
    let asked: Vec<_> = workload::WORKLOADS.into_iter().chain([workload::TYPED]).collect();
    let routes = instance::measure(&places.rust_module(), &asked, options.rounds)?;
    let report = InstanceReport { setting, rounds: options.rounds, routes };
    let table = instance_table(&report);
    publish(&options.output, &places, "instance", &report.setting, &report, &table)
}

fn calls(options: &Modules) -> Result<(), Box<dyn Error>> {
    let places = Places::new(Vec::new());
    let mut setting = Setting::read(&places.root);
    setting.cores = machine::two_cores().filter(|cores| machine::pin(cores.client));
    let calls = modules::measure(&places.target.join("bench-modules"), options.rounds)?;
    let report = ModulesReport { setting, rounds: options.rounds, calls };
    let table = modules_table(&report);
    publish(&options.output, &places, "modules", &report.setting, &report, &table)
}

/// Prints a report and keeps it, as the options say.
fn publish(
    output: &Output,
    places: &Places,
    name: &str,
    setting: &Setting,
    report: &impl serde::Serialize,
    table: &str,
) -> Result<(), Box<dyn Error>> {
    let text = if output.json { serde_json::to_string_pretty(report)? } else { table.to_owned() };
    writeln!(io::stdout().lock(), "{text}")?;
    if !output.no_save {
        let saved = save(&places.root, name, setting, report, table)?;
        say(&format!("saved in {}", saved.folder.display()));
    }
    Ok(())
}

fn times(options: &Http) -> Result<Times, Box<dyn Error>> {
    if options.rounds == 0 {
        return Err("`--rounds` must be at least 1".into());
    }
    let seconds = |name: &str, value: f64| {
        Duration::try_from_secs_f64(value)
            .ok()
            .filter(|time| *time <= Duration::from_secs(3600))
            .ok_or_else(|| format!("`{name}` must be between 0 and 3600"))
    };
    Ok(Times {
        rounds: options.rounds,
        warm_up: seconds("--warm-up", options.warm_up)?,
        measured: seconds("--seconds", options.seconds)?,
    })
}

fn named_programs(options: &Http) -> Vec<(String, PathBuf)> {
    [("node", &options.node), ("bun", &options.bun), ("deno", &options.deno)]
        .into_iter()
        .filter_map(|(name, path)| Some((name.to_owned(), path.clone()?)))
        .collect()
}

/// The named server if it runs, else the first one.
fn baseline(name: &str, kinds: &[Kind]) -> String {
    let named = kinds.iter().find(|kind| kind.name == name);
    named.or(kinds.first()).map_or_else(String::new, |kind| kind.name.clone())
}

/// Progress and errors, for whoever watches.
fn say(text: &str) {
    // Nobody may be listening any more; the report is what counts.
    let _unheard = writeln!(io::stderr().lock(), "{text}");
}
