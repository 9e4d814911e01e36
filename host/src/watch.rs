//! Files → whether they changed. In: files that decide what is served, folders of Rust handlers. Out: an answer each time it is
//! asked; whoever asks decides when. Files are compared by what the file system says of them, so that editors which replace a
//! file, network folders and containers need no special case; a file that appears or vanishes has changed too. Never here:
//! reading what is in a file.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, Metadata},
    io,
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime},
};

use crate::clock;

/// Time between two looks. A look at a few files takes microseconds.
const LOOK_EVERY: Duration = Duration::from_millis(15);
/// Part of the time that looking may take: large folders are looked at less often.
const LOOK_SHARE: u32 = 20;
/// A file that was just written is left alone for so long: its writer may go on.
const SETTLE: Duration = Duration::from_millis(5);
/// Entries of a folder that are looked at.
const ENTRIES_MAX: usize = 20_000;
/// Depth of folders that are looked at.
const DEPTH_MAX: usize = 32;
/// How much earlier than the clock a file's time may be.
const CLOCK_STEP: Duration = Duration::from_millis(10);

/// What a file system says of a file: other content has another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    bytes: u64,
    /// On Unix the file's number and the time of its last change of any kind.
    identity: (u64, i64, i64),
}

impl Stamp {
    fn of(file: &Path) -> Option<Self> {
        fs::metadata(file).ok().map(|metadata| Self::from(&metadata))
    }
}

impl From<&Metadata> for Stamp {
    fn from(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let identity = {
            use std::os::unix::fs::MetadataExt as _;
            (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
        };
        #[cfg(not(unix))]
        let identity = (0, 0, 0);
        Self { modified: metadata.modified().ok(), bytes: metadata.len(), identity }
    }
}

type Stamps = BTreeMap<PathBuf, Option<Stamp>>;

/// Files and folders, and how they were when they were last looked at.
#[derive(Debug, Default)]
pub struct Watch {
    files: BTreeSet<PathBuf>,
    folders: Vec<PathBuf>,
    stamps: Stamps,
}

impl Watch {
    /// Watches these folders with everything in them but hidden files and `target`.
    pub fn new(folders: Vec<PathBuf>) -> Self {
        let mut watch = Self { folders, ..Self::default() };
        watch.stamps = watch.look();
        watch
    }

    /// Watches these files instead of those before. `since`: when reading them began; what was written after that has changed.
    pub fn files(&mut self, files: BTreeSet<PathBuf>, since: SystemTime) {
        for file in files.difference(&self.files) {
            let stamp = Stamp::of(file);
            let later = |stamp: &Stamp| stamp.modified.is_some_and(|at| at + CLOCK_STEP >= since);
            // The stamp of a file that was written meanwhile is not known to be that of what was read.
            let known = stamp.filter(|stamp| !later(stamp));
            self.stamps.insert(file.clone(), known);
        }
        self.stamps.retain(|path, _| files.contains(path) || !self.files.contains(path));
        self.files = files;
    }

    /// Waits until something has changed and its writer is done.
    pub fn wait(&mut self) {
        loop {
            let begun = clock::now();
            let mut stamps = self.look();
            let took = clock::now().saturating_sub(begun);
            if stamps == self.stamps {
                thread::sleep(LOOK_EVERY.max(took * LOOK_SHARE));
                continue;
            }
            loop {
                thread::sleep(SETTLE);
                let again = self.look();
                if again == stamps {
                    self.stamps = stamps;
                    return;
                }
                stamps = again;
            }
        }
    }

    fn look(&self) -> Stamps {
        let mut stamps: Stamps =
            self.files.iter().map(|file| (file.clone(), Stamp::of(file))).collect();
        for folder in &self.folders {
            // A folder that cannot be read has no files.
            let _ = walk(folder, 0, &mut stamps);
        }
        stamps
    }
}

fn walk(folder: &Path, depth: usize, stamps: &mut Stamps) -> io::Result<()> {
    if depth == DEPTH_MAX {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if name.as_encoded_bytes().starts_with(b".") || name == "target" {
            continue;
        }
        let Ok(metadata) = entry.metadata() else { continue };
        if metadata.is_dir() {
            let _ = walk(&entry.path(), depth + 1, stamps);
        } else if stamps.len() < ENTRIES_MAX {
            stamps.insert(entry.path(), Some(Stamp::from(&metadata)));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watched(folder: &Path, names: &[&str]) -> Watch {
        let mut watch = Watch::new(Vec::new());
        let files = names.iter().map(|name| folder.join(name)).collect();
        watch.files(files, SystemTime::now() + Duration::from_secs(1));
        watch
    }

    fn changed(watch: &mut Watch) -> bool {
        let stamps = watch.look();
        std::mem::replace(&mut watch.stamps, stamps) != watch.stamps
    }

    #[test]
    fn files_that_are_written_replaced_made_or_removed_have_changed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        fs::write(&file, "1").unwrap();
        let mut watch = watched(folder.path(), &["a", "b"]);
        assert!(!changed(&mut watch));
        thread::sleep(CLOCK_STEP);
        fs::write(&file, "2").unwrap();
        assert!(changed(&mut watch), "same size, other time");
        assert!(!changed(&mut watch));
        fs::write(folder.path().join("other"), "22").unwrap();
        assert!(!changed(&mut watch), "not watched");
        fs::rename(folder.path().join("other"), &file).unwrap();
        assert!(changed(&mut watch), "replaced");
        fs::write(folder.path().join("b"), "").unwrap();
        assert!(changed(&mut watch), "made");
        fs::remove_file(&file).unwrap();
        assert!(changed(&mut watch), "removed");
    }

    #[test]
    fn what_is_written_while_it_is_read_has_changed() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a"), "1").unwrap();
        let files = BTreeSet::from([folder.path().join("a")]);
        let mut watch = Watch::default();
        watch.files(files, SystemTime::now());
        assert!(changed(&mut watch));
        assert!(!changed(&mut watch));
    }

    #[test]
    fn folders_count_without_target_and_hidden_files() {
        let folder = tempfile::tempdir().unwrap();
        for inner in ["src/deep", "target", ".git"] {
            fs::create_dir_all(folder.path().join(inner)).unwrap();
        }
        let mut watch = Watch::new(vec![folder.path().to_owned()]);
        for ignored in ["target/a", ".git/a", ".a"] {
            fs::write(folder.path().join(ignored), "").unwrap();
            assert!(!changed(&mut watch), "{ignored}");
        }
        fs::write(folder.path().join("src/deep/a.rs"), "").unwrap();
        assert!(changed(&mut watch));
    }
}
