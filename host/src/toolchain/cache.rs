//! The cache folder and the toolchain that is kept there. In: the folder. Out: the kept toolchain, if it is whole. Never
//! here: a half-made toolchain under the final name; it is built beside it and renamed.
//!
//! ```text
//!  cache folder
//!    guest-toolchain.lock      held while a toolchain is made
//!    guest-toolchain.new/      being made, by the holder of the lock
//!    guest-toolchain/          bin/rustc  lib/*.so  lib/rustlib/{host, wasm32-wasip1}
//!        stamp                 layout and version, then size and path of every file
//! ```

use std::{
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

use super::{Progress, Toolchain, ToolchainError, Way, active::Active};

/// First line of a stamp. Another layout has another number.
const STAMP_TITLE: &str = "purview guest toolchain 1";
const STAMP: &str = "stamp";

/// The kept toolchain and its neighbours.
pub(super) struct Cache {
    /// The toolchain, whole or absent.
    pub(super) folder: PathBuf,
    /// Where it is made.
    pub(super) new: PathBuf,
}

impl Cache {
    /// The user's cache folder.
    pub(super) fn folder() -> Option<PathBuf> {
        let set =
            |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        set("PURVIEW_CACHE")
            .or_else(|| set("XDG_CACHE_HOME").map(|folder| folder.join("purview")))
            .or_else(|| set("HOME").map(|folder| folder.join(".cache/purview")))
            .and_then(|folder| std::path::absolute(folder).ok())
    }

    /// The places inside the cache folder.
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.join("guest-toolchain"), new: folder.join("guest-toolchain.new") }
    }

    /// The kept toolchain, if every file of its stamp is there in full length.
    pub(super) fn open(&self, active: &Active) -> Result<Toolchain, ToolchainError> {
        let missing = || ToolchainError::NotCached(self.folder.clone());
        let stamp = fs::read_to_string(self.folder.join(STAMP)).map_err(|_| missing())?;
        let mut lines = stamp.lines();
        if lines.next() != Some(STAMP_TITLE) {
            return Err(missing());
        }
        let version = lines.next().ok_or_else(missing)?.to_owned();
        for line in lines {
            let (size, path) = line.split_once(' ').ok_or_else(missing)?;
            let file = fs::metadata(self.folder.join(path)).map_err(|_| missing())?;
            if size.parse() != Ok(file.len()) {
                return Err(missing());
            }
        }
        Ok(Toolchain {
            way: Way::Debian,
            version,
            cargo: active.cargo.clone(),
            rustc: self.folder.join("bin/rustc"),
            linker: Some(active.linker()?),
            library_path: Some(self.folder.join("lib")),
        })
    }

    /// Writes the stamp of the toolchain that was made and moves it to its final name.
    pub(super) fn keep(&self, version: &str) -> Result<(), ToolchainError> {
        let mut stamp = format!("{STAMP_TITLE}\n{version}\n");
        list(&self.new, &self.new, &mut stamp)?;
        let path = self.new.join(STAMP);
        fs::write(&path, stamp).map_err(ToolchainError::file(path))?;
        remove(&self.folder)?;
        fs::rename(&self.new, &self.folder).map_err(ToolchainError::file(&self.folder))
    }
}

fn list(root: &Path, folder: &Path, stamp: &mut String) -> Result<(), ToolchainError> {
    let fail = || ToolchainError::file(folder);
    for entry in fs::read_dir(folder).map_err(fail())? {
        let entry = entry.map_err(fail())?;
        let file = fs::metadata(entry.path()).map_err(fail())?;
        if file.is_dir() {
            list(root, &entry.path(), stamp)?;
        } else if let Ok(path) = entry.path().strip_prefix(root) {
            // Writing to text cannot fail.
            let _ = writeln!(stamp, "{} {}", file.len(), path.display());
        }
    }
    Ok(())
}

/// Removes a folder with all it holds, if it is there.
pub(super) fn remove(folder: &Path) -> Result<(), ToolchainError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(ToolchainError::file(folder)(error))
        }
        _ => Ok(()),
    }
}

/// Waits until no other process makes a toolchain in this cache folder. The lock ends with the returned file.
pub(super) fn lock(folder: &Path, progress: Progress<'_>) -> Result<fs::File, ToolchainError> {
    fs::create_dir_all(folder).map_err(ToolchainError::file(folder))?;
    let path = folder.join("guest-toolchain.lock");
    let file = fs::File::create(&path).map_err(ToolchainError::file(&path))?;
    if file.try_lock().is_err() {
        progress("waiting for another process that prepares the guest toolchain");
        file.lock().map_err(ToolchainError::file(&path))?;
    }
    Ok(file)
}
