//! `purview serve MODULE… [--policy FILE]`: loads, prints what it serves, serves until SIGTERM or SIGINT, then drains. A
//! second signal ends at once.

use std::{
    net::{IpAddr, SocketAddr, ToSocketAddrs as _},
    path::PathBuf,
    time::Duration,
};

use clap::Args;

use super::{build, conditions::Conditions, print, show, watch::Watcher, world::World};
use crate::{
    instance::engine::{EngineOptions, Instances, PagemapScan},
    limits::{Limits, TABLE, parse_size},
    load::{self, LoadOptions, Loaded},
    log,
    server::{Server, ServerOptions},
    socket::{self, DriverKind},
};

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Handlers to serve: modules, JavaScript or TypeScript files, folders of Rust handlers; without any, those that the
    /// policy names
    modules: Vec<PathBuf>,
    /// A handler as JavaScript or TypeScript text
    #[arg(short, long, value_name = "CODE")]
    eval: Option<String>,
    /// What the modules may touch; without it, what their contracts say
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Port to listen on; 0 takes a free one
    #[arg(short, long, default_value_t = 8080)]
    port: u16,
    /// Address to listen on
    #[arg(short, long, default_value = "127.0.0.1")]
    host: String,
    /// Number of workers; one for each core if not given
    #[arg(long, value_name = "N")]
    workers: Option<usize>,
    /// How sockets are driven
    #[arg(long, value_enum, default_value_t)]
    driver: DriverKind,
    /// Memory of one instance: a number with k, m or g
    #[arg(short, long, value_name = "SIZE", value_parser = size)]
    memory: Option<u64>,
    /// Another limit, as NAME=VALUE (repeatable)
    #[arg(long = "limit", value_name = "NAME=VALUE", value_parser = limit)]
    limits: Vec<(&'static str, u64)>,
    #[command(flatten)]
    world: World,
    /// How the memory of a dropped instance is reset
    #[arg(long, value_enum, default_value_t, hide = true)]
    pagemap_scan: PagemapScan,
    /// Where the instance for a request comes from
    #[arg(long, value_enum, default_value_t, hide = true)]
    instances: Instances,
    /// Load anew when a source, a module or the policy changes; what does not load leaves the version before in place
    #[arg(long)]
    watch: bool,
    /// Show in answers what failed and where, or why nothing can be loaded; watches too. Never for the public
    #[arg(long)]
    dev: bool,
    /// Whether a compiled handler exports the routes that it proves, or only one export for everything
    #[arg(long, value_enum, default_value_t, hide = true)]
    routes: Routes,
    #[command(flatten)]
    conditions: Conditions,
    /// Serve `/openapi.json` and `/docs` below each handler's mount
    #[arg(long)]
    docs: bool,
    /// No line for each request, no report at the start
    #[arg(short, long)]
    quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Routes {
    #[default]
    Proven,
    CatchAll,
}

fn size(text: &str) -> Result<u64, String> {
    parse_size(text).ok_or_else(|| "a size is a number, with k, m or g for units of 1024".into())
}

fn limit(text: &str) -> Result<(&'static str, u64), String> {
    let (name, value) = text.split_once('=').ok_or("a limit is NAME=VALUE, as in `cpu_ms=100`")?;
    let known = TABLE.iter().find(|limit| limit.name == name).ok_or_else(|| {
        let names: Vec<&str> = TABLE.iter().map(|limit| limit.name).collect();
        format!("there is no limit `{name}`; there are {}", names.join(", "))
    })?;
    let value = parse_size(value).ok_or_else(|| format!("`{value}` is not a number"))?;
    if (known.low..=known.high).contains(&value) {
        Ok((known.name, value))
    } else {
        Err(format!("`{name}` goes from {} to {}", known.low, known.high))
    }
}

impl Serve {
    pub(super) fn run(self) -> Result<(), String> {
        #[cfg(unix)]
        socket::descriptors::make_room();
        log::set_quiet(self.quiet);
        let address = self.address()?;
        if self.dev && !address.ip().is_loopback() {
            tell!("warning: `--dev` shows sources to everybody who can reach {address}");
        }
        let mut options = self.load_options()?;
        let (loaded, watcher) = if self.watch || self.dev {
            let (loaded, watcher) = Watcher::start(self.modules.clone(), options, self.dev);
            (loaded, Some(watcher))
        } else {
            options.modules = modules(&self.modules)?;
            let loaded = load::load(&options).map_err(|errors| errors.to_string())?;
            (loaded, None)
        };
        if self.quiet {
            loaded.warnings.iter().for_each(|warning| tell!("warning: {warning}"));
        } else {
            print(&show::report(&loaded));
        }
        let workers = self
            .workers
            .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
        let options = ServerOptions { address, workers, driver: self.driver };
        let Loaded { service, engine, .. } = loaded;
        let drain_ms = service.limits.shutdown_ms;
        let server = Server::start(service, engine, &options)
            .map_err(|error| format!("cannot serve on {address}: {error}"))?;
        if let Some(fallback) = &server.fallback {
            tell!("note: {fallback}");
        }
        say!(
            "serving on http://{} with {workers} workers, driver {}",
            server.address,
            server.driver
        );
        end_on_signal(&server, drain_ms)
            .map_err(|error| format!("cannot catch signals: {error}"))?;
        if let Some(watcher) = watcher {
            watcher
                .spawn(server.exchanger())
                .map_err(|error| format!("cannot watch files: {error}"))?;
        }
        let ended = server.join();
        log::drain(Duration::from_secs(1));
        ended.map_err(|error| format!("a worker ended: {error}"))
    }

    fn address(&self) -> Result<SocketAddr, String> {
        let host = self.host.trim_start_matches('[').trim_end_matches(']');
        if let Ok(address) = host.parse::<IpAddr>() {
            return Ok(SocketAddr::new(address, self.port));
        }
        let found = (host, self.port)
            .to_socket_addrs()
            .map_err(|error| format!("`{host}` is not an address: {error}"))?;
        found.into_iter().next().ok_or_else(|| format!("`{host}` has no address"))
    }

    fn load_options(&self) -> Result<LoadOptions, String> {
        let mut limits = Limits::default();
        for (name, value) in
            self.limits.iter().copied().chain(self.memory.map(|bytes| ("memory_bytes", bytes)))
        {
            limits.set(name, value).map_err(|_| format!("`{name}` cannot be {value}"))?;
        }
        self.world.set_limits(&mut limits)?;
        Ok(LoadOptions {
            modules: Vec::new(),
            code: self.eval.clone(),
            policy: self.policy.clone(),
            environment: self.world.environment()?,
            limits,
            engine: EngineOptions { pagemap_scan: self.pagemap_scan, instances: self.instances },
            compiler: js_to_wasm::Options {
                routes: self.routes == Routes::Proven,
                truthiness: self.conditions.truthiness(),
            },
            dev: self.dev,
            docs: self.docs,
            world: self.world.options(),
        })
    }
}

/// The modules; a folder is built first.
pub(super) fn modules(paths: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let built = |path: &PathBuf| if path.is_dir() { build::module(path) } else { Ok(path.clone()) };
    paths.iter().map(built).collect()
}

/// Drains at the first SIGTERM or SIGINT, ends at the second.
fn end_on_signal(server: &Server, drain_ms: u64) -> std::io::Result<()> {
    let mut signals = signal_hook::iterator::Signals::new([
        signal_hook::consts::SIGTERM,
        signal_hook::consts::SIGINT,
    ])?;
    let drain = server.drainer();
    std::thread::Builder::new().name("purview-signals".into()).spawn(move || {
        let mut signals = signals.forever();
        if signals.next().is_some() {
            log::event(
                log::Level::Info,
                "server.drain",
                &format!("finishing what is in flight, at most {drain_ms} ms"),
            );
            log::flush();
            drain();
        }
        if signals.next().is_some() {
            std::process::exit(130);
        }
    })?;
    Ok(())
}
