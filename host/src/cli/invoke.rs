//! `purview invoke MODULE --event FILE`: answers one event of a serverless platform, as it would be answered there.

use std::{io::Read as _, path::PathBuf};

use clap::Args;

use super::build;
use crate::{
    capability::Environment,
    load::{self, LoadOptions},
    log, serverless,
};

/// Longest event.
const EVENT_BYTES_MAX: u64 = 16 << 20;

/// Arguments of `invoke`.
#[derive(Debug, Args)]
pub(super) struct Invoke {
    /// A module, a JavaScript or TypeScript file, or the folder of a Rust handler
    module: PathBuf,
    /// The event as JSON; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    event: PathBuf,
    /// What the module may touch; without it, what its contract says
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
}

impl Invoke {
    pub(super) fn run(self) -> Result<(), String> {
        log::set_quiet(true);
        let event = self.read_event()?;
        let module = if self.module.is_dir() { build::module(&self.module)? } else { self.module };
        let environment: Environment = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        let options = LoadOptions {
            modules: vec![module],
            policy: self.policy,
            environment,
            ..LoadOptions::default()
        };
        let loaded = load::load(&options).map_err(|errors| errors.to_string())?;
        say!("{}", serverless::invoke(loaded, &event)?);
        Ok(())
    }

    fn read_event(&self) -> Result<serde_json::Value, String> {
        let shown = match self.event.as_os_str() == "-" {
            true => "standard input".to_owned(),
            false => self.event.display().to_string(),
        };
        let mut text = String::new();
        let read = if self.event.as_os_str() == "-" {
            std::io::stdin().take(EVENT_BYTES_MAX).read_to_string(&mut text)
        } else {
            std::fs::File::open(&self.event)
                .and_then(|file| file.take(EVENT_BYTES_MAX).read_to_string(&mut text))
        };
        read.map_err(|error| format!("{shown}: {error}"))?;
        serde_json::from_str(&text).map_err(|error| format!("{shown} is not JSON: {error}"))
    }
}
