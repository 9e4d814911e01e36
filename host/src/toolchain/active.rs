//! The Rust toolchain that is active in a folder. In: the folder. Out: its sysroot, its cargo and its linker, and the
//! target in it, there already or added by rustup.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use super::{Progress, TARGET, Toolchain, ToolchainError, Way, command};

/// Longest time that rustup gets: where its server cannot be reached it would retry for long.
const RUSTUP_LIMIT: Duration = Duration::from_secs(180);

/// What is known of the active toolchain.
pub(super) struct Active {
    version: String,
    /// The platform that the toolchain runs on.
    pub(super) host: String,
    sysroot: PathBuf,
    rustc: PathBuf,
    /// Its cargo, which also builds with another rustc.
    pub(super) cargo: PathBuf,
}

impl Active {
    /// Asks `rustc` in `dir`; rustup answers for the toolchain that it would take there.
    pub(super) fn find(dir: &Path) -> Result<Self, ToolchainError> {
        let mut ask = command::clean("rustc");
        let sysroot = command::output(ask.args(["--print", "sysroot"]).current_dir(dir));
        let sysroot = PathBuf::from(sysroot.map_err(ToolchainError::NoRust)?.trim());
        let tool = |name: &str| {
            let own =
                sysroot.join("bin").join(name).with_extension(std::env::consts::EXE_EXTENSION);
            if own.is_file() { own } else { PathBuf::from(name) }
        };
        let (rustc, cargo) = (tool("rustc"), tool("cargo"));
        let about =
            command::output(command::clean(&rustc).arg("-vV")).map_err(ToolchainError::NoRust)?;
        let host = about.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
        let version = about.lines().next().unwrap_or_default().to_owned();
        Ok(Self { version, host: host.to_owned(), sysroot, rustc, cargo })
    }

    /// Step 1: the target is there.
    pub(super) fn installed(&self) -> Result<Toolchain, ToolchainError> {
        self.with_target(Way::Installed)
    }

    /// Step 2: rustup brings it.
    pub(super) fn add_target(&self, progress: Progress<'_>) -> Result<Toolchain, ToolchainError> {
        let toolchains = self.sysroot.parent().and_then(Path::file_name);
        let name = self.sysroot.file_name().and_then(|name| name.to_str());
        let (Some("toolchains"), Some(name)) = (toolchains.and_then(|name| name.to_str()), name)
        else {
            return Err(ToolchainError::NotRustup);
        };
        progress(&format!("adding the Rust target {TARGET} to toolchain {name}"));
        let mut rustup = command::clean("rustup");
        rustup.args(["target", "add", "--toolchain", name, TARGET]);
        command::output_within(&mut rustup, RUSTUP_LIMIT)?;
        self.with_target(Way::Rustup)
    }

    fn with_target(&self, way: Way) -> Result<Toolchain, ToolchainError> {
        let folder = self.sysroot.join("lib/rustlib").join(TARGET).join("lib");
        let std = std::fs::read_dir(&folder).ok().and_then(|mut files| {
            files.find(|file| {
                file.as_ref()
                    .is_ok_and(|file| file.file_name().to_string_lossy().starts_with("libstd-"))
            })
        });
        if std.is_none() {
            return Err(ToolchainError::NotInstalled { folder });
        }
        Ok(Toolchain {
            way,
            version: self.version.clone(),
            cargo: self.cargo.clone(),
            rustc: self.rustc.clone(),
            linker: None,
            library_path: None,
        })
    }

    /// The linker for WebAssembly: the one that comes with rustup's toolchains, or the distribution's.
    pub(super) fn linker(&self) -> Result<PathBuf, ToolchainError> {
        let own = self.sysroot.join("lib/rustlib").join(&self.host).join("bin/rust-lld");
        if own.is_file() {
            return Ok(own);
        }
        command::in_path("wasm-ld")
            .or_else(|| command::in_path("rust-lld"))
            .ok_or(ToolchainError::NoLinker(own))
    }
}
