//! The choice of a way, and a cache that is broken and mended. The ways themselves run in `tests/toolchain.rs`.

use super::*;

#[test]
fn a_way_can_be_chosen_and_a_wrong_word_is_refused() {
    assert_eq!(chosen_ways(None).unwrap(), Way::ALL);
    assert_eq!(chosen_ways(Some("debian")).unwrap(), [Way::Debian]);
    let error = chosen_ways(Some("conda")).unwrap_err().to_string();
    assert!(error.contains("`installed`, `rustup` or `debian`"), "{error}");
}

/// A kept toolchain of two small files.
fn kept(folder: &Path) -> Cache {
    let cache = Cache::new(folder);
    for path in ["bin/rustc", "lib/library.so"] {
        let file = cache.new.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, path).unwrap();
    }
    cache.keep("rustc 1.96.0").unwrap();
    cache
}

#[test]
fn a_kept_toolchain_opens_and_a_damaged_one_does_not() {
    let active = Active::find(Path::new(".")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let cache = kept(folder.path());
    let toolchain = cache.open(&active).unwrap();
    assert_eq!((toolchain.way(), toolchain.version()), (Way::Debian, "rustc 1.96.0"));

    std::fs::write(cache.folder.join("lib/library.so"), "shorter").unwrap();
    assert!(matches!(cache.open(&active), Err(ToolchainError::NotCached(_))));
    kept(folder.path());
    assert!(cache.open(&active).is_ok());
    std::fs::remove_file(cache.folder.join("bin/rustc")).unwrap();
    assert!(matches!(cache.open(&active), Err(ToolchainError::NotCached(_))));
    kept(folder.path());
    std::fs::write(cache.folder.join("stamp"), "purview guest toolchain 0\n").unwrap();
    assert!(matches!(cache.open(&active), Err(ToolchainError::NotCached(_))));
}

#[test]
fn when_no_way_works_each_says_why() {
    let error =
        ensure_by(&[Way::Debian], Path::new("."), None, &mut |_| ()).unwrap_err().to_string();
    assert_eq!(
        error,
        "handlers need the Rust target `wasm32-wasip1`, and no way to it worked:\n  \
         debian: there is no place to keep a toolchain: set `PURVIEW_CACHE` to a folder\n\
         when the network allows it, `rustup target add wasm32-wasip1` is all that is needed"
    );
}
