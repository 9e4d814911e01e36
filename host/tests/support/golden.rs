//! Files that lie beside their input: compared, or rewritten when `UPDATE_EXPECT` is set.

use std::{fs, path::Path};

/// Compares `actual` with the file, or rewrites the file.
pub(crate) fn check(path: &Path, actual: &str) {
    let actual = format!("{}\n", actual.trim_end());
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(path, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert!(
        actual == expected,
        "{} differs; `UPDATE_EXPECT=1 cargo test` rewrites it. Now it is:\n{actual}",
        path.display()
    );
}

/// The files of a folder with this ending, in order.
pub(crate) fn inputs(folder: &str, ending: &str) -> Vec<std::path::PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no file in {}", folder.display());
    files
}
