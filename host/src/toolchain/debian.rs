//! A toolchain made from the packages of a Debian-family distribution. In: the active toolchain (its cargo and linker) and
//! the cache folder. Out: a complete toolchain in it. Never here: installing a package, asking for root, or changing the
//! system's package lists; if those are missing or old, lists of our own are fetched into the cache folder.
//!
//! The packages hold a `rustc` with the sources of its standard library and a C library for WASI. The standard library
//! is built from them once, offline, and laid beside that `rustc` as its sysroot.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    Progress, TARGET, Toolchain, ToolchainError,
    active::Active,
    cache::{self, Cache},
    command::{self, CommandError},
};

/// The compiler's package; its version decides the versions of the others.
const RUSTC: &str = "rustc-web";
/// Packages whose names do not change with the version.
const FIXED: [&str; 4] = [RUSTC, "libstd-rust-web-dev", "rust-web-src", "wasi-libc"];
/// Packages that the compiler's packages depend on, by how their names start.
const DEPENDED: [(&str, &str); 2] =
    [("libstd-rust-web-dev", "libstd-rust-web-1."), ("libstd-rust-web-1.", "libllvm")];
/// Oldest compiler that builds the guest SDK.
const VERSION_MIN: (u32, u32) = (1, 95);

/// Downloads, unpacks, builds, keeps. The caller holds the cache's lock.
pub(super) fn make(
    active: &Active,
    cache: &Cache,
    progress: Progress<'_>,
) -> Result<Toolchain, ToolchainError> {
    for tool in ["apt-get", "apt-cache", "dpkg"] {
        command::in_path(tool).ok_or(ToolchainError::NotDebian)?;
    }
    let linker = active.linker()?;
    let work = Work::start(cache)?;
    work.unpack(progress)?;
    work.arrange(&active.host)?;
    progress("building the standard library for wasm32-wasip1 (about half a minute, once)");
    work.build_std(active, &linker)?;
    let version = command::output(work.rustc().arg("--version"))?;
    cache::remove(&work.scratch)?;
    cache.keep(version.trim())?;
    progress(&format!("guest toolchain ready: {}", version.trim()));
    cache.open(active)
}

/// The toolchain being made, and a scratch folder in it that does not stay.
struct Work {
    new: PathBuf,
    scratch: PathBuf,
}

impl Work {
    fn start(cache: &Cache) -> Result<Self, ToolchainError> {
        cache::remove(&cache.new)?;
        let work = Self { new: cache.new.clone(), scratch: cache.new.join("scratch") };
        for folder in [work.packages(), work.unpacked(), work.apt()] {
            fs::create_dir_all(&folder).map_err(ToolchainError::file(folder))?;
        }
        Ok(work)
    }

    fn packages(&self) -> PathBuf {
        self.scratch.join("packages")
    }

    fn unpacked(&self) -> PathBuf {
        self.scratch.join("unpacked")
    }

    fn apt(&self) -> PathBuf {
        self.scratch.join("apt")
    }

    /// Downloads the packages, with the system's lists or else with fresh ones of our own, and unpacks them.
    fn unpack(&self, progress: Progress<'_>) -> Result<(), ToolchainError> {
        progress(
            "downloading rustc, its sources and wasi-libc from the distribution (about 140 MB, once)",
        );
        let apt = Apt { lists: None };
        if apt.download(&self.packages()).is_err() {
            progress("fetching the distribution's package lists");
            let apt = Apt { lists: Some(self.apt()) };
            apt.update()?;
            apt.download(&self.packages())?;
        }
        progress("unpacking");
        let folder = self.packages();
        for entry in fs::read_dir(&folder).map_err(ToolchainError::file(&folder))? {
            let package = entry.map_err(ToolchainError::file(&folder))?.path();
            if package.extension().is_some_and(|extension| extension == "deb") {
                command::output(
                    command::clean("dpkg").arg("-x").arg(package).arg(self.unpacked()),
                )?;
            }
        }
        Ok(())
    }

    /// Moves what stays of the packages to where a toolchain has it.
    fn arrange(&self, host: &str) -> Result<(), ToolchainError> {
        let (from, to) = (self.unpacked().join("usr"), &self.new);
        let target = to.join("lib/rustlib").join(TARGET).join("lib/self-contained");
        for folder in [to.join("bin"), target.clone()] {
            fs::create_dir_all(&folder).map_err(ToolchainError::file(folder))?;
        }
        rename(&from.join("bin/rustc"), &to.join("bin/rustc"))?;
        rename(&from.join("lib/rustlib").join(host), &to.join("lib/rustlib").join(host))?;
        for object in ["crt1.o", "crt1-command.o", "crt1-reactor.o", "libc.a"] {
            let source = from.join("lib/wasm32-wasi").join(object);
            if source.exists() {
                rename(&source, &target.join(object))?;
            }
        }
        // The distribution keeps shared libraries in a folder named after the machine, as in `x86_64-linux-gnu`.
        for folder in folders(&from.join("lib"))? {
            if folder.file_name().is_some_and(|name| name.to_string_lossy().ends_with("-linux-gnu"))
            {
                for file in folders(&folder)? {
                    rename(&file, &to.join("lib").join(file.file_name().unwrap_or_default()))?;
                }
            }
        }
        let sources =
            folders(&from.join("src"))?.into_iter().find(|path| path.join("library").is_dir());
        let sources = sources.ok_or_else(|| ToolchainError::NotCached(from.join("src")))?;
        let library = to.join("lib/rustlib/src/rust");
        fs::create_dir_all(&library).map_err(ToolchainError::file(&library))?;
        rename(&sources.join("library"), &library.join("library"))
    }

    fn rustc(&self) -> Command {
        let mut rustc = command::clean(self.new.join("bin/rustc"));
        rustc.env("LD_LIBRARY_PATH", self.new.join("lib"));
        rustc
    }

    /// Builds the standard library as a dependency of an empty crate, from the vendored sources alone, and lays its
    /// libraries into the sysroot. Nothing of it refers to the folder it was built in.
    fn build_std(&self, active: &Active, linker: &Path) -> Result<(), ToolchainError> {
        let probe = self.scratch.join("probe");
        let manifest = "[package]\nname = \"probe\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[lib]\npath = \"probe.rs\"\n[workspace]\n[profile.release]\npanic = \"abort\"\n";
        fs::create_dir_all(&probe).map_err(ToolchainError::file(&probe))?;
        for (name, text) in [("Cargo.toml", manifest), ("probe.rs", "")] {
            fs::write(probe.join(name), text).map_err(ToolchainError::file(probe.join(name)))?;
        }
        let sources = self.new.join("lib/rustlib/src");
        let vendored = sources.join("rust/library/vendor");
        let mut cargo = command::clean(&active.cargo);
        cargo.current_dir(&probe);
        cargo.args([
            "build",
            "--release",
            "--offline",
            "-Zbuild-std=std,panic_abort",
            "-Zbuild-std-features=",
        ]);
        cargo.args(["--target", TARGET, "--target-dir", "target"]);
        cargo.args(["--config", "source.crates-io.replace-with='vendored'"]);
        cargo.arg("--config").arg(format!("source.vendored.directory='{}'", vendored.display()));
        cargo.env("RUSTC_BOOTSTRAP", "1").env("RUSTC", self.new.join("bin/rustc"));
        cargo
            .env("LD_LIBRARY_PATH", self.new.join("lib"))
            .env("CARGO_TARGET_WASM32_WASIP1_LINKER", linker);
        // Handlers are linked with LTO, which needs the bitcode.
        let remap = format!("--remap-path-prefix={}=/rustc", sources.display());
        cargo.env(
            "CARGO_ENCODED_RUSTFLAGS",
            format!("-Cembed-bitcode=yes\u{1f}-Cdebuginfo=0\u{1f}{remap}"),
        );
        command::output(&mut cargo)?;

        let to = self.new.join("lib/rustlib").join(TARGET).join("lib");
        for file in folders(&probe.join("target").join(TARGET).join("release/deps"))? {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.ends_with(".rlib") && !name.starts_with("libprobe") {
                rename(&file, &to.join(name))?;
            }
        }
        cache::remove(&sources)
    }
}

/// What a folder holds.
fn folders(folder: &Path) -> Result<Vec<PathBuf>, ToolchainError> {
    let entries = fs::read_dir(folder).map_err(ToolchainError::file(folder))?;
    entries
        .map(|entry| entry.map(|entry| entry.path()).map_err(ToolchainError::file(folder)))
        .collect()
}

fn rename(from: &Path, to: &Path) -> Result<(), ToolchainError> {
    fs::rename(from, to).map_err(ToolchainError::file(from))
}

/// The package manager, reading the system's lists or lists of our own.
struct Apt {
    lists: Option<PathBuf>,
}

impl Apt {
    fn command(&self, program: &str) -> Command {
        let mut command = command::clean(program);
        command.env("LC_ALL", "C").args(["-q", "-o", "APT::Sandbox::User="]);
        if let Some(folder) = &self.lists {
            for (option, name) in [("Dir::State::Lists", "lists"), ("Dir::Cache", "cache")] {
                command.arg("-o").arg(format!("{option}={}", folder.join(name).display()));
            }
        }
        command
    }

    /// Fetches package lists. A source that fails matters only if the packages are then not found.
    fn update(&self) -> Result<(), ToolchainError> {
        for folder in self.lists.iter().flat_map(|folder| {
            [folder.join("lists/partial"), folder.join("cache/archives/partial")]
        }) {
            fs::create_dir_all(&folder).map_err(ToolchainError::file(folder))?;
        }
        let updated = command::output(self.command("apt-get").arg("update"));
        match (updated, self.candidate(RUSTC)?) {
            (Err(error), None) => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Downloads every package into `folder`.
    fn download(&self, folder: &Path) -> Result<(), ToolchainError> {
        let version = self.compiler_version()?;
        let mut names: Vec<String> = FIXED.map(str::to_owned).to_vec();
        for (of, prefix) in DEPENDED {
            let of = names.iter().find(|name| name.starts_with(of)).cloned().unwrap_or_default();
            names.push(self.dependency(&of, prefix)?);
        }
        let mut download = self.command("apt-get");
        download.arg("download").current_dir(folder);
        for name in names {
            // All packages of the compiler are of one version.
            let exact = name.contains("rust");
            download.arg(if exact { format!("{name}={version}") } else { name });
        }
        command::output(&mut download)?;
        Ok(())
    }

    /// The version of the compiler's package, if it is new enough.
    fn compiler_version(&self) -> Result<String, ToolchainError> {
        let found = self.candidate(RUSTC)?;
        match &found {
            Some(version) if is_new_enough(version) => Ok(version.clone()),
            _ => Err(ToolchainError::NoPackage { package: RUSTC.to_owned(), found }),
        }
    }

    fn candidate(&self, package: &str) -> Result<Option<String>, CommandError> {
        let text = command::output(self.command("apt-cache").args(["policy", package]))?;
        Ok(candidate(&text).map(str::to_owned))
    }

    /// The package that `of` depends on and whose name starts like this.
    fn dependency(&self, of: &str, prefix: &str) -> Result<String, ToolchainError> {
        let text = command::output(self.command("apt-cache").args(["depends", of]))?;
        dependency(&text, prefix)
            .map(str::to_owned)
            .ok_or_else(|| ToolchainError::NoPackage {
                package: format!("{prefix}…"), found: None
            })
    }
}

fn candidate(policy: &str) -> Option<&str> {
    let version = policy.lines().find_map(|line| line.trim().strip_prefix("Candidate: "))?;
    (version != "(none)").then_some(version)
}

fn dependency<'t>(depends: &'t str, prefix: &str) -> Option<&'t str> {
    depends
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Depends: "))
        .find(|name| name.starts_with(prefix))
}

fn is_new_enough(version: &str) -> bool {
    let mut numbers = version.split(['.', '+']).map(|number| number.parse::<u32>().ok());
    match (numbers.next().flatten(), numbers.next().flatten()) {
        (Some(major), Some(minor)) => (major, minor) >= VERSION_MIN,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_candidate_is_read_from_the_policy() {
        let text = "rustc-web:\n  Installed: (none)\n  Candidate: 1.96.0+dfsg1-1~deb12u2\n  Version table:\n";
        assert_eq!(candidate(text), Some("1.96.0+dfsg1-1~deb12u2"));
        assert_eq!(candidate("x:\n  Installed: (none)\n  Candidate: (none)\n"), None);
        assert_eq!(candidate(""), None);
    }

    #[test]
    fn versioned_names_are_read_from_the_dependencies() {
        let text = "libstd-rust-web-dev\n  Depends: libstd-rust-web-1.96\n  Suggests: libstd-rust-web-1.85\n";
        assert_eq!(dependency(text, "libstd-rust-web-1."), Some("libstd-rust-web-1.96"));
        assert_eq!(dependency(text, "libllvm"), None);
    }

    #[test]
    fn an_old_compiler_is_not_new_enough() {
        assert!(is_new_enough("1.96.0+dfsg1-1~deb12u2"));
        assert!(is_new_enough("1.95.1"));
        assert!(is_new_enough("2.0.0"));
        assert!(!is_new_enough("1.85.0+dfsg3-1~deb12u3"));
        assert!(!is_new_enough("one"));
    }
}
