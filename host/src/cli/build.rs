//! `purview build DIR` or `purview build FILE`: a Rust, JavaScript or TypeScript handler to WebAssembly.

use std::path::{Path, PathBuf};

use clap::{Args, builder::PossibleValue};

use super::{conditions::Conditions, print, print_error, sandbox};
use crate::{
    contract,
    script::{self, Reader},
    toolchain::{self, BuildOptions, Output},
};

/// Arguments of `build`.
#[derive(Debug, Args)]
pub(super) struct Build {
    /// The folder of a Rust handler, or a JavaScript or TypeScript file
    source: PathBuf,
    /// Where the module is written
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write plain JavaScript modules with source maps instead, into the folder OUTPUT
    #[arg(long, value_parser = [PossibleValue::new("js"), PossibleValue::new("ir").hide(true)])]
    emit: Option<String>,
    #[command(flatten)]
    conditions: Conditions,
}

impl Build {
    pub(super) fn run(self) -> Result<(), String> {
        let written = match (self.emit.as_deref(), script::is_script(&self.source)) {
            (Some("ir"), true) => {
                print(&script::emit_ir(&self.source, self.conditions.truthiness())?);
                return Ok(());
            }
            (Some(_), true) => return self.emit_js(),
            (Some(form), false) => {
                return Err(format!("`--emit={form}` takes a JavaScript or TypeScript file"));
            }
            (None, true) => {
                let module = script::compile(&Reader::default(), &self.source, self.options())?;
                let output = self.output.unwrap_or_else(|| self.source.with_extension("wasm"));
                let contract = contract::extract(&module)
                    .map_err(|error| format!("{}: {error}", self.source.display()))?;
                write(&output, &module)?;
                print_error(&sandbox::report(&contract.document, ""));
                output
            }
            (None, false) => match (module(&self.source)?, self.output) {
                (built, None) => built,
                (built, Some(output)) => {
                    std::fs::copy(&built, &output)
                        .map_err(|error| format!("{}: {error}", output.display()))?;
                    output
                }
            },
        };
        say!("{}", written.display());
        Ok(())
    }

    fn options(&self) -> js_to_wasm::Options {
        let truthiness = self.conditions.truthiness();
        js_to_wasm::Options { truthiness, ..js_to_wasm::Options::default() }
    }

    /// Writes the modules, their maps, the runtime they import and the program that runs them under Node.
    fn emit_js(self) -> Result<(), String> {
        let truthiness = self.conditions.truthiness();
        let folder = self.output.unwrap_or_else(|| PathBuf::from("."));
        for emitted in script::emit_js(&self.source, "./runtime.mjs", truthiness)? {
            let path = folder.join(Path::new(&emitted.path).file_name().unwrap_or_default());
            write(&path, emitted.code.as_bytes())?;
            write(&path.with_extension("mjs.map"), emitted.map.as_bytes())?;
            say!("{}", path.display());
        }
        write(&folder.join("runtime.mjs"), js_to_wasm::emit_js::RUNTIME.as_bytes())?;
        write(&folder.join("node.mjs"), js_to_wasm::emit_js::RUNNER.as_bytes())
    }
}

/// Writes a file, in a folder that is made if it is not there.
fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let folder = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    folder
        .and_then(|()| std::fs::write(path, bytes))
        .map_err(|error| format!("{}: {error}", path.display()))
}

/// Builds the handler in a folder, telling what happens on standard error, and returns its module.
pub(super) fn module(folder: &Path) -> Result<PathBuf, String> {
    build(folder, BuildOptions::default())
}

/// The same in a folder of its own, for tests, which may replace its dependencies. What is served is never this module.
pub(super) fn module_for_tests(folder: &Path) -> Result<PathBuf, String> {
    let target_dir = Some(folder.join("target/purview-test"));
    build(folder, BuildOptions { tests: true, target_dir, ..BuildOptions::default() })
}

fn build(folder: &Path, options: BuildOptions) -> Result<PathBuf, String> {
    let toolchain = toolchain::ensure_for(folder, &mut |line| tell!("{line}"))
        .map_err(|error| error.to_string())?;
    let options = BuildOptions { output: Output::Show, ..options };
    let module = toolchain.build(folder, &options).map_err(|error| error.to_string())?;
    // What no compiler of one crate sees: two of its crates that answer the same requests.
    let bytes = std::fs::read(&module).map_err(|error| format!("{}: {error}", module.display()))?;
    contract::extract(&bytes).map_err(|error| format!("{}: {error}", module.display()))?;
    Ok(module)
}
