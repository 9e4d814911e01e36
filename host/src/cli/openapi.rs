//! `purview openapi MODULE`: the OpenAPI document of a handler, made of what its module says of itself.

use std::path::PathBuf;

use clap::Args;

use super::build;
use crate::{contract, limits::Limits, load, openapi};

/// Arguments of `openapi`.
#[derive(Debug, Args)]
pub(super) struct Openapi {
    /// A module, a JavaScript or TypeScript file, or the folder of a Rust handler
    module: PathBuf,
    /// Path below which the handler is served
    #[arg(long, value_name = "PATH", default_value = "")]
    mount: String,
}

impl Openapi {
    pub(super) fn run(self) -> Result<(), String> {
        let file = if self.module.is_dir() { build::module(&self.module)? } else { self.module };
        let shown = file.display();
        let wasm = load::read(&file, Limits::default().module_bytes)?;
        let contract = contract::extract(&wasm).map_err(|error| format!("{shown}: {error}"))?;
        let name = load::handler_name(&file, None, None);
        let mount = self.mount.trim_end_matches('/');
        let document = openapi::document(&name, &wasm, &contract, mount)
            .map_err(|error| format!("{shown}: {error}"))?;
        say!("{document:#}");
        Ok(())
    }
}
