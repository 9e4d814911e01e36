//! Builds a handler. In: its folder. Out: the `.wasm` file, or what cargo said. Never here: a setting of the calling
//! process; only the handler's own files and the toolchain decide what is built.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use super::{TARGET, Toolchain, command};

/// Bytes of stack of a guest. It lies first in memory, so that an overflow traps, and it ends 2 KiB before a page does:
/// the first bytes of data and heap share that page with the hot end of the stack.
const STACK_BYTES: u32 = 128 * 1024 - 2048;

/// What to build and how.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// Cargo profile; `release` without it.
    pub profile: Option<String>,
    /// Where the build is kept; the `target` folder of the handler's workspace without it.
    pub target_dir: Option<PathBuf>,
    /// Refuse to change `Cargo.lock`.
    pub locked: bool,
    /// What becomes of cargo's messages.
    pub output: Output,
}

/// What becomes of cargo's messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Output {
    /// They are kept, and shown in the error if there is one.
    #[default]
    Keep,
    /// They go to standard error as they come.
    Show,
}

impl Toolchain {
    /// Builds the handler in `dir` and returns the path of its module.
    pub fn build(&self, dir: &Path, options: &BuildOptions) -> Result<PathBuf, BuildError> {
        let manifest = dir.join("Cargo.toml");
        if !manifest.is_file() {
            return Err(BuildError::NoManifest(manifest));
        }
        let messages = command::output_shown(
            &mut self.cargo_build(dir, options),
            options.output == Output::Show,
        )
        .map_err(BuildError::Cargo)?;
        let mut modules = modules(&messages);
        match (modules.pop(), modules.is_empty()) {
            (Some(module), true) => Ok(module),
            (None, _) => Err(BuildError::NoModule(manifest)),
            (Some(last), false) => {
                modules.push(last);
                Err(BuildError::ManyModules(modules))
            }
        }
    }

    fn cargo_build(&self, dir: &Path, options: &BuildOptions) -> std::process::Command {
        let mut cargo = command::clean(&self.cargo);
        cargo.current_dir(dir);
        cargo.args(["build", "--target", TARGET, "--message-format", "json-render-diagnostics"]);
        cargo.args(["--profile", options.profile.as_deref().unwrap_or("release")]);
        if options.locked {
            cargo.arg("--locked");
        }
        if let Some(folder) = &options.target_dir {
            cargo
                .arg("--target-dir")
                .arg(std::path::absolute(folder).unwrap_or_else(|_| folder.clone()));
        }
        cargo.env("RUSTC", &self.rustc);
        if let Some(linker) = &self.linker {
            cargo.env("CARGO_TARGET_WASM32_WASIP1_LINKER", linker);
        }
        if let Some(folder) = &self.library_path {
            cargo.env("LD_LIBRARY_PATH", folder);
        }
        cargo.env("CARGO_ENCODED_RUSTFLAGS", rust_flags().join("\u{1f}"));
        cargo
    }
}

/// Settings that make instances cheap. With `--target` they reach the guest only, not build scripts and macros.
fn rust_flags() -> Vec<String> {
    let mut flags = vec![
        "-Clink-arg=--stack-first".to_owned(),
        format!("-Clink-arg=-zstack-size={STACK_BYTES}"),
    ];
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".cargo")));
    if let Some(home) = home {
        flags.push(format!("--remap-path-prefix={}=/cargo", home.display()));
    }
    flags
}

/// The `.wasm` files among cargo's messages, one JSON object a line.
fn modules(messages: &str) -> Vec<PathBuf> {
    let mut modules = Vec::new();
    for line in messages.lines() {
        let Ok(message) = serde_json::from_str::<serde_json::Value>(line) else { continue };
        if message["reason"] != "compiler-artifact" {
            continue;
        }
        let files = message["filenames"].as_array().into_iter().flatten();
        modules.extend(
            files
                .filter_map(serde_json::Value::as_str)
                .filter(|file| file.ends_with(".wasm"))
                .map(PathBuf::from),
        );
    }
    modules
}

/// Why a handler was not built.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The folder holds no `Cargo.toml`.
    NoManifest(PathBuf),
    /// Cargo failed.
    Cargo(command::CommandError),
    /// Cargo made no module.
    NoModule(PathBuf),
    /// Cargo made several modules.
    ManyModules(Vec<PathBuf>),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoManifest(path) => {
                write!(f, "there is no `{}`: name the folder of a Rust handler", path.display())
            }
            Self::Cargo(error) => error.fmt(f),
            Self::NoModule(path) => write!(
                f,
                "`{}` makes no WebAssembly module: it needs `[lib]` with `crate-type = [\"cdylib\"]`",
                path.display()
            ),
            Self::ManyModules(modules) => {
                f.write_str(
                    "the folder makes several modules; name the folder of one of their packages:",
                )?;
                modules.iter().try_for_each(|module| write!(f, "\n  {}", module.display()))
            }
        }
    }
}

impl std::error::Error for BuildError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_found_among_the_messages() {
        let messages = concat!(
            r#"{"reason":"compiler-artifact","filenames":["/t/libserde.rlib"]}"#,
            "\nnot json\n",
            r#"{"reason":"compiler-artifact","filenames":["/t/hello.wasm"]}"#,
            "\n",
            r#"{"reason":"build-finished","success":true}"#
        );
        assert_eq!(modules(messages), [PathBuf::from("/t/hello.wasm")]);
    }
}
