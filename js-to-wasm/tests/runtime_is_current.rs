//! `runtime.wasm` was built from the sources that lie beside it: the hash in `runtime.wasm.meta` is that of the sources and of the file.
//! `runtime/build.sh` writes both.
#![expect(clippy::unwrap_used, reason = "helpers of tests: what goes wrong fails the test")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// FNV-1a with 64 bits.
fn hash(bytes: &[u8], start: u64) -> u64 {
    bytes.iter().fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn the_runtime_is_built_from_its_sources() {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&crate_folder.join("runtime/src"), &mut files);
    files.sort();
    let mut source_hash = 0xcbf2_9ce4_8422_2325;
    for file in files {
        let name = file.strip_prefix(crate_folder).unwrap().to_str().unwrap().replace('\\', "/");
        source_hash = hash(name.as_bytes(), source_hash);
        source_hash = hash(&fs::read(&file).unwrap(), source_hash);
    }
    let wasm = hash(&fs::read(crate_folder.join("runtime.wasm")).unwrap(), 0xcbf2_9ce4_8422_2325);
    let current = format!("sources {source_hash:016x}\nwasm {wasm:016x}\n");
    let meta = crate_folder.join("runtime.wasm.meta");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&meta, &current).unwrap();
    }
    let noted = fs::read_to_string(&meta).unwrap_or_default();
    assert_eq!(noted, current, "runtime.wasm is stale: run js-to-wasm/runtime/build.sh");
}
