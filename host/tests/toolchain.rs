//! The guest toolchain, for real: it is found or made, and a handler is built with it. What a way makes is kept below
//! `target`, so that a fresh clone starts from nothing and later runs are quick.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops at the first surprise and shows its progress"
)]

use std::path::{Path, PathBuf};

use purview::toolchain::{self, BuildError, BuildOptions, Toolchain, Way};

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(name)
}

fn show(line: &str) {
    println!("{line}");
}

fn build(toolchain: &Toolchain, name: &str, target_dir: PathBuf) -> Vec<u8> {
    let options =
        BuildOptions { target_dir: Some(target_dir), locked: true, ..BuildOptions::default() };
    let module =
        toolchain.build(&example(name), &options).unwrap_or_else(|error| panic!("{error}"));
    std::fs::read(module).unwrap()
}

/// Imports and exports of a module, sorted.
fn surface(module: &[u8]) -> (Vec<String>, Vec<String>) {
    let (mut imports, mut exports) = (Vec::new(), Vec::new());
    for payload in wasmparser::Parser::new(0).parse_all(module) {
        match payload.unwrap() {
            wasmparser::Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import.unwrap();
                    imports.push(format!("{} {}", import.module, import.name));
                }
            }
            wasmparser::Payload::ExportSection(section) => {
                exports.extend(section.into_iter().map(|export| export.unwrap().name.to_owned()));
            }
            _ => {}
        }
    }
    imports.sort();
    exports.sort();
    (imports, exports)
}

#[test]
fn the_smallest_handler_is_small_and_touches_nothing() {
    let toolchain = toolchain::ensure(&mut show).unwrap_or_else(|error| panic!("{error}"));
    let module = build(&toolchain, "hello-rust", example("../target/guests"));
    let (imports, exports) = surface(&module);
    assert_eq!(imports, Vec::<String>::new());
    assert_eq!(exports, ["GET /", "memory", "purview:request/1", "purview:reserve/1"]);
    assert!(module.len() < 4096, "{} bytes", module.len());
}

/// Debian-family machines only: elsewhere there are no such packages.
#[cfg(target_os = "linux")]
#[test]
fn a_toolchain_is_made_from_the_packages_of_the_distribution() {
    if !Path::new("/usr/bin/apt-get").exists() {
        return;
    }
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache");
    let mut lines = 0;
    let mut progress = |line: &str| {
        show(line);
        lines += 1;
    };
    let ensure = |progress: &mut dyn FnMut(&str)| {
        toolchain::ensure_by(&[Way::Debian], Path::new("."), Some(cache.clone()), progress)
    };
    let made = ensure(&mut progress).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(made.way(), Way::Debian);
    let module = build(&made, "hello-rust", example("../target/guests-debian"));
    assert_eq!(surface(&module).0, Vec::<String>::new());

    // The second time nothing is done, and nothing is said.
    let again = ensure(&mut |line| panic!("{line}")).unwrap();
    assert_eq!(again, made);
    assert!(!cache.join("guest-toolchain.new").exists());
}

#[test]
fn a_folder_without_a_handler_is_named() {
    let toolchain = toolchain::ensure(&mut show).unwrap_or_else(|error| panic!("{error}"));
    let folder = tempfile::tempdir().unwrap();
    let error = toolchain.build(folder.path(), &BuildOptions::default()).unwrap_err();
    assert!(matches!(error, BuildError::NoManifest(_)), "{error}");

    std::fs::write(
        folder.path().join("Cargo.toml"),
        "[package]\nname = \"x\"\nedition = \"2024\"\n[workspace]\n",
    )
    .unwrap();
    std::fs::create_dir(folder.path().join("src")).unwrap();
    std::fs::write(folder.path().join("src/lib.rs"), "").unwrap();
    let error = toolchain.build(folder.path(), &BuildOptions::default()).unwrap_err().to_string();
    assert!(error.contains("crate-type = [\"cdylib\"]"), "{error}");

    std::fs::write(folder.path().join("src/lib.rs"), "fn broken(").unwrap();
    let error = toolchain.build(folder.path(), &BuildOptions::default()).unwrap_err().to_string();
    assert!(error.contains("this file contains an unclosed delimiter"), "{error}");
}

/// A project of two crates, each with one route; what `purview build` says of it.
fn two_crates(of_the_library: &str, of_the_handler: &str) -> (bool, String) {
    let folder = tempfile::tempdir().unwrap();
    let sdk = Path::new(env!("CARGO_MANIFEST_DIR")).join("../guest-sdk");
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/guests");
    let write = |path: &str, text: String| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let package = |name: &str, more: &str| {
        let head =
            format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
        format!("{head}[dependencies]\npurview-guest = {{ path = {sdk:?} }}\n{more}")
    };
    let lib = "shared = { path = \"shared\" }\n[lib]\ncrate-type = [\"cdylib\"]\n[workspace]\n";
    write("Cargo.toml", package("handler", lib));
    write("shared/Cargo.toml", package("shared", ""));
    write(".cargo/config.toml", format!("[build]\ntarget-dir = {target:?}\n"));
    let route = |pattern: &str, more: &str| {
        format!("#[purview_guest::get({pattern:?})]\npub fn show() -> &'static str {{ {more} }}\n")
    };
    write("shared/src/lib.rs", route(of_the_library, "\"\"") + "pub const TEXT: &str = \"\";");
    write("src/lib.rs", route(of_the_handler, "shared::TEXT"));
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_purview"))
        .arg("build")
        .arg(folder.path())
        .output()
        .unwrap();
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn crates_that_answer_the_same_requests_are_named() {
    let (built, said) = two_crates("/users/{id}", "/users/{id}");
    assert!(
        !built && said.contains("two crates of the module answer `GET /users/{id}`:"),
        "{said}"
    );
    assert!(said.contains("\n  `handler` in ") && said.contains("\n  `shared` in "), "{said}");
    assert!(!said.contains("compiler-artifact"), "{said}");

    let (built, said) = two_crates("/users/{id}", "/users/{name}");
    assert!(!built && said.contains("`GET /users/{name}` and `GET /users/{id}`"), "{said}");

    let (built, said) = two_crates("/users/{id}", "/users/me");
    assert!(built, "{said}");
}
