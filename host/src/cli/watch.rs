//! `purview serve --watch`: waits for changes on a thread of its own, loads anew, hands the new version to the workers. What does
//! not load is printed; the version before goes on serving or, with `--dev`, answers say why. Never here: a worker's thread.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
    thread,
    time::SystemTime,
};

use super::serve;
use crate::{
    clock,
    load::{self, LoadOptions, Loaded},
    log,
    server::Exchanger,
    watch::Watch,
};

/// Who watches, and what is loaded when something changes.
pub(super) struct Watcher {
    /// As they stand on the command line: folders are built.
    modules: Vec<PathBuf>,
    options: LoadOptions,
    /// Whether answers say why nothing can be loaded.
    dev: bool,
    watch: Watch,
}

impl Watcher {
    /// Loads for the first time; waits for changes until that succeeds.
    pub(super) fn start(modules: Vec<PathBuf>, options: LoadOptions, dev: bool) -> (Loaded, Self) {
        let is_folder = |path: &&PathBuf| path.is_dir();
        let watch = Watch::new(modules.iter().filter(is_folder).cloned().collect());
        let mut watcher = Self { modules, options, dev, watch };
        loop {
            match watcher.load() {
                Ok(loaded) => return (loaded, watcher),
                Err(problems) => {
                    tell!("{problems}\nwaiting for a change");
                    watcher.watch.wait();
                }
            }
        }
    }

    /// Watches from now on.
    pub(super) fn spawn(self, server: Exchanger) -> io::Result<()> {
        let thread = thread::Builder::new().name("purview-watch".into());
        thread.spawn(move || self.run(&server)).map(drop)
    }

    fn run(mut self, server: &Exchanger) {
        loop {
            self.watch.wait();
            let begun = clock::now();
            match self.load() {
                Ok(Loaded { service, engine, warnings, .. }) => {
                    server.exchange(service, &engine);
                    warnings.iter().for_each(|warning| tell!("warning: {warning}"));
                    let took = clock::now().saturating_sub(begun).as_millis();
                    let message = format!("serving the new version, loaded in {took} ms");
                    log::event(log::Level::Info, "server.reload", &message);
                }
                Err(problems) => {
                    let kept = if self.dev { "" } else { "; the version before serves on" };
                    tell!("{problems}\nnot loaded{kept}");
                    log::event(log::Level::Warn, "server.reload", &format!("not loaded{kept}"));
                    if self.dev {
                        server.notice(Some(&problems));
                    }
                }
            }
            log::flush();
        }
    }

    fn load(&mut self) -> Result<Loaded, String> {
        let since = SystemTime::now();
        let mut files: BTreeSet<PathBuf> = BTreeSet::new();
        let loaded = serve::modules(&self.modules).and_then(|modules| {
            let built = modules.clone();
            let options = LoadOptions { modules, ..self.options.clone() };
            let loaded =
                load::load_noting(&options, &mut files).map_err(|errors| errors.to_string());
            // What a build wrote is no change: its sources are watched.
            let is_built = |file: &Path| built.iter().any(|built| built == file);
            files.retain(|file| self.modules.contains(file) || !is_built(file));
            loaded
        });
        if loaded.is_ok() || !files.is_empty() {
            self.watch.files(files, since);
        }
        loaded
    }
}
