//! The toolchain that builds Rust handlers for `wasm32-wasip1`. In: a folder with a handler, and what is installed on this
//! machine. Out: a [`Toolchain`] that surely has the target's standard library, and from it a `.wasm` file. Never here:
//! installing packages, asking for root, or letting settings of the calling process leak into a handler's build.
//!
//! [`ensure`] takes the first way that works:
//! 1. the active Rust toolchain already has the target;
//! 2. `rustup target add wasm32-wasip1` works;
//! 3. on Debian-family machines the standard library is built from the distribution's packages, unpacked into a cache
//!    folder, and kept there as a toolchain of its own.
//!
//! | variable | meaning |
//! |---|---|
//! | `PURVIEW_CACHE` | the cache folder; without it `$XDG_CACHE_HOME/purview`, then `~/.cache/purview` |
//! | `PURVIEW_TOOLCHAIN` | take only this way: `installed`, `rustup` or `debian` |

mod active;
mod build;
mod cache;
mod command;
mod debian;
mod error;
mod messages;

pub use build::{BuildError, BuildOptions, Output};
pub use error::ToolchainError;

use std::{
    fmt,
    path::{Path, PathBuf},
};

use active::Active;
use cache::Cache;

/// The target of every Rust handler.
pub const TARGET: &str = "wasm32-wasip1";

/// Receives one line of progress at a time.
pub type Progress<'p> = &'p mut dyn FnMut(&str);

/// A Rust toolchain that can build for [`TARGET`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toolchain {
    way: Way,
    version: String,
    cargo: PathBuf,
    rustc: PathBuf,
    linker: Option<PathBuf>,
    library_path: Option<PathBuf>,
}

impl Toolchain {
    /// How this toolchain came by the target.
    pub fn way(&self) -> Way {
        self.way
    }

    /// The compiler's version, as `rustc --version` prints it.
    pub fn version(&self) -> &str {
        &self.version
    }
}

/// How a toolchain comes by the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The active toolchain has it.
    Installed,
    /// `rustup target add`.
    Rustup,
    /// Built from the packages of a Debian-family distribution.
    Debian,
}

impl Way {
    /// Every way, in the order in which they are tried.
    pub const ALL: [Self; 3] = [Self::Installed, Self::Rustup, Self::Debian];

    /// The word for it in `PURVIEW_TOOLCHAIN`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Installed => "installed",
            Self::Rustup => "rustup",
            Self::Debian => "debian",
        }
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Makes sure that handlers in the current folder can be built; see [`ensure_for`].
pub fn ensure(progress: Progress<'_>) -> Result<Toolchain, ToolchainError> {
    ensure_for(Path::new("."), progress)
}

/// Makes sure that the handler in `dir` can be built with the Rust toolchain that is active there. The first time this
/// may download and build for a minute; afterwards it only looks.
pub fn ensure_for(dir: &Path, progress: Progress<'_>) -> Result<Toolchain, ToolchainError> {
    let ways = chosen_ways(std::env::var("PURVIEW_TOOLCHAIN").ok().as_deref())?;
    ensure_by(&ways, dir, Cache::folder(), progress)
}

fn chosen_ways(choice: Option<&str>) -> Result<Vec<Way>, ToolchainError> {
    match choice {
        None | Some("") => Ok(Way::ALL.to_vec()),
        Some(word) => Way::ALL
            .into_iter()
            .find(|way| way.as_str() == word)
            .map(|way| vec![way])
            .ok_or_else(|| ToolchainError::UnknownWay(word.to_owned())),
    }
}

/// Tries `ways` in order, with the given cache folder. Other processes that do the same at the same time wait.
pub fn ensure_by(
    ways: &[Way],
    dir: &Path,
    cache_folder: Option<PathBuf>,
    progress: Progress<'_>,
) -> Result<Toolchain, ToolchainError> {
    let active = Active::find(dir)?;
    let mut lock = None;
    let mut failures = Vec::new();
    for way in ways {
        let found = match way {
            Way::Installed => active.installed(),
            Way::Rustup => {
                take_lock(&mut lock, cache_folder.as_deref(), progress)?;
                active.installed().or_else(|_| active.add_target(progress))
            }
            Way::Debian => match &cache_folder {
                None => Err(ToolchainError::NoCacheFolder),
                Some(folder) => {
                    let cache = Cache::new(folder);
                    cache.open(&active).or_else(|_| {
                        take_lock(&mut lock, Some(folder), progress)?;
                        cache.open(&active).or_else(|_| debian::make(&active, &cache, progress))
                    })
                }
            },
        };
        match found {
            Ok(toolchain) => return Ok(toolchain),
            Err(error) => failures.push((*way, error)),
        }
    }
    Err(ToolchainError::NoWay(failures))
}

/// Takes the lock that keeps concurrent calls from building the same thing; without a cache folder there is none.
fn take_lock(
    lock: &mut Option<std::fs::File>,
    folder: Option<&Path>,
    progress: Progress<'_>,
) -> Result<(), ToolchainError> {
    if let (None, Some(folder)) = (&lock, folder) {
        *lock = Some(cache::lock(folder, progress)?);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
