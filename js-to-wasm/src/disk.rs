//! Source texts from a disk: the one place of this crate that reads files. Paths are those of the operating system, relative
//! ones count from [`Disk::root`]. Nothing is written.

use std::{fs::File, io::Read, path::PathBuf};

use crate::{
    limits,
    source::{Load, LoadError},
};

/// Files of a folder.
#[derive(Debug, Clone)]
pub struct Disk {
    /// From where relative paths count.
    pub root: PathBuf,
}

impl Load for Disk {
    fn load(&self, path: &str) -> Result<Option<Vec<u8>>, LoadError> {
        let path = self.root.join(path);
        if !path.is_file() {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        // One byte past the limit is enough to refuse the file.
        let limit = limits::FILE_BYTES_MAX as u64 + 1;
        let read = File::open(&path).and_then(|file| file.take(limit).read_to_end(&mut bytes));
        read.map(|_| Some(bytes)).map_err(|error| LoadError(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_files_and_nothing_else() {
        let disk = Disk { root: PathBuf::from(env!("CARGO_MANIFEST_DIR")) };
        assert!(
            disk.load("src/disk.rs")
                .is_ok_and(|bytes| bytes.is_some_and(|bytes| !bytes.is_empty()))
        );
        assert_eq!(disk.load("src"), Ok(None));
        assert_eq!(disk.load("none.ts"), Ok(None));
    }
}
