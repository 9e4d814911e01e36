//! Where source texts come from: a trait that the caller implements, and a set of files in memory. Paths are texts with
//! `/` between their parts. Nothing here reads a disk.

use std::collections::BTreeMap;

/// Why a file that exists cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError(pub String);

/// Answers paths with bytes.
pub trait Load {
    /// The bytes of a file, none if there is no such file. A loader should stop reading a little past
    /// [`crate::limits::FILE_BYTES_MAX`] bytes: longer files are refused anyway.
    fn load(&self, path: &str) -> Result<Option<Vec<u8>>, LoadError>;
}

/// Files in memory.
#[derive(Debug, Clone, Default)]
pub struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    /// One file.
    pub fn one(path: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        Self::default().with(path, text)
    }

    /// The same and one more file.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        self.0.insert(path.into(), text.into());
        self
    }
}

impl Load for Files {
    fn load(&self, path: &str) -> Result<Option<Vec<u8>>, LoadError> {
        Ok(self.0.get(path).cloned())
    }
}
