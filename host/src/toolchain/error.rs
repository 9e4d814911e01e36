//! Why no toolchain for handlers could be had. Each message names what was run, its last lines, and the way out.

use std::{fmt, io, path::PathBuf};

use super::{TARGET, Way, command::CommandError};

/// Why no toolchain for handlers could be had.
#[derive(Debug)]
#[non_exhaustive]
pub enum ToolchainError {
    /// `PURVIEW_TOOLCHAIN` names no way.
    UnknownWay(String),
    /// There is no `rustc` or no `cargo`, or it does not run.
    NoRust(CommandError),
    /// The active toolchain lacks the target's standard library.
    NotInstalled {
        /// The folder in which it would lie.
        folder: PathBuf,
    },
    /// The active toolchain is not one of rustup's.
    NotRustup,
    /// Neither `PURVIEW_CACHE` nor `XDG_CACHE_HOME` nor `HOME` is set.
    NoCacheFolder,
    /// This machine has no `apt-get`, `apt-cache` or `dpkg`.
    NotDebian,
    /// The distribution has no package new enough.
    NoPackage {
        /// Name of the package.
        package: String,
        /// The version that was found, if any.
        found: Option<String>,
    },
    /// The active toolchain has no linker for WebAssembly.
    NoLinker(PathBuf),
    /// The kept toolchain is missing, incomplete or of another layout.
    NotCached(PathBuf),
    /// A command failed.
    Command(CommandError),
    /// A file could not be read or written.
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// No way worked: each with its reason.
    NoWay(Vec<(Way, ToolchainError)>),
}

impl ToolchainError {
    /// Says which file an input or output error is about.
    pub(super) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |error| Self::File { path, error }
    }
}

impl fmt::Display for ToolchainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownWay(word) => {
                write!(
                    f,
                    "`PURVIEW_TOOLCHAIN={word}` is not known: use `installed`, `rustup` or `debian`"
                )
            }
            Self::NoRust(error) => {
                write!(
                    f,
                    "no working Rust was found; install it with rustup and try again\n{error}"
                )
            }
            Self::NotInstalled { folder } => {
                write!(
                    f,
                    "the active toolchain has no `{TARGET}`: nothing in `{}`",
                    folder.display()
                )
            }
            Self::NotRustup => f.write_str("the active toolchain was not installed by rustup"),
            Self::NoCacheFolder => f.write_str(
                "there is no place to keep a toolchain: set `PURVIEW_CACHE` to a folder",
            ),
            Self::NotDebian => f.write_str(
                "this machine has no `apt-get`, `apt-cache` and `dpkg` to get packages with",
            ),
            Self::NoPackage { package, found: None } => write!(
                f,
                "the package lists have no `{package}`; enable the distribution's security updates and try again"
            ),
            Self::NoPackage { package, found: Some(version) } => write!(
                f,
                "`{package}` {version} is too old for the guest SDK; enable the distribution's security updates and try again"
            ),
            Self::NoLinker(path) => write!(
                f,
                "there is no linker at `{}` and no `wasm-ld` or `rust-lld` in `PATH`; install the package `lld`",
                path.display()
            ),
            Self::NotCached(path) => {
                write!(f, "no complete toolchain lies in `{}`", path.display())
            }
            Self::Command(error) => error.fmt(f),
            Self::File { path, error } => write!(f, "`{}`: {error}", path.display()),
            Self::NoWay(failures) => {
                write!(f, "handlers need the Rust target `{TARGET}`, and no way to it worked:")?;
                for (way, error) in failures {
                    let text = error.to_string().replace('\n', "\n    ");
                    write!(f, "\n  {way}: {text}")?;
                }
                write!(
                    f,
                    "\nwhen the network allows it, `rustup target add {TARGET}` is all that is needed"
                )
            }
        }
    }
}

impl std::error::Error for ToolchainError {}

impl From<CommandError> for ToolchainError {
    fn from(error: CommandError) -> Self {
        Self::Command(error)
    }
}
