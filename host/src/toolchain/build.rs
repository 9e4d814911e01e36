//! Builds a handler. In: its folder. Out: the `.wasm` file, or what cargo said. Never here: a setting of the calling
//! process; only the handler's own files and the toolchain decide what is built.

use std::{
    fmt,
    io::IsTerminal as _,
    path::{Path, PathBuf},
};

use super::{TARGET, Toolchain, command, messages::Messages};

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
    /// Lets tests replace the handler's dependencies. Such a module is not for serving.
    pub tests: bool,
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
        let show = options.output == Output::Show;
        let mut messages = Messages::default();
        let mut cargo = self.cargo_build(dir, options);
        command::output_lines(&mut cargo, show, &mut |line| messages.take(line, show)).map_err(
            |error| match messages.twice.pop() {
                Some(route) => BuildError::Twice { crates: messages.crates_with(&route), route },
                None if show || messages.diagnostics.is_empty() => BuildError::Cargo(error),
                None => BuildError::Cargo(error.saying(&messages.diagnostics)),
            },
        )?;
        let mut modules = std::mem::take(&mut messages.modules);
        match (modules.pop(), modules.is_empty()) {
            (Some(module), true) => {
                // A module that cannot be read is told by whoever reads it next.
                let bytes = std::fs::read(&module).unwrap_or_default();
                match messages.twice_in(&bytes) {
                    Some((route, crates)) => Err(BuildError::Twice { route, crates }),
                    None => Ok(module),
                }
            }
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
        let colours = options.output == Output::Show && std::io::stderr().is_terminal();
        let format = if colours { "json-diagnostic-rendered-ansi" } else { "json" };
        cargo.args(["build", "--target", TARGET, "--message-format", format]);
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
        cargo.env("CARGO_ENCODED_RUSTFLAGS", rust_flags(options.tests).join("\u{1f}"));
        cargo
    }
}

/// Settings that make instances cheap. With `--target` they reach the guest only, not build scripts and macros.
fn rust_flags(tests: bool) -> Vec<String> {
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
    if tests {
        flags.push("--cfg=purview_test".to_owned());
    }
    flags
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
    /// Two crates have the same route.
    Twice {
        /// Its export.
        route: String,
        /// The crates and their folders.
        crates: Vec<(String, PathBuf)>,
    },
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
            Self::Twice { route, crates } => {
                write!(f, "two crates of the module answer `{route}`:")?;
                for (name, folder) in crates {
                    write!(f, "\n  `{name}` in {}", folder.display())?;
                }
                f.write_str("\nkeep one of the two routes, or give one of them another path")
            }
        }
    }
}

impl std::error::Error for BuildError {}
