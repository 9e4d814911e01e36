//! Every TypeScript program of the corpus is well-typed for TypeScript itself (`--strict`), with `shim/purview.d.ts` for what
//! handlers find. Runs when `tsc` is on the path or named by `TSC`.
#![cfg(feature = "emit-js")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use js_to_wasm::{check_source, disk::Disk, emit_js};

/// The settings under which the language's types are TypeScript's.
const CONFIG: &str = r#"{
  "compilerOptions": {
    "strict": true, "noEmit": true, "target": "esnext", "lib": ["esnext"], "types": [], "module": "preserve",
    "moduleResolution": "bundler", "allowImportingTsExtensions": true, "noUncheckedIndexedAccess": true,
    "jsx": "react", "jsxFactory": "h", "jsxFragmentFactory": "Fragment", "allowJs": true, "skipLibCheck": true
  },
  "include": ["**/*"]
}"#;

#[test]
fn programs_are_well_typed() {
    let tsc = std::env::var("TSC").unwrap_or_else(|_| "tsc".to_owned());
    if Command::new(&tsc).arg("--version").output().is_err() {
        eprintln!("tsc is not found: nothing compared");
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("tsc-{}", std::process::id()));
    fs::create_dir_all(&to).expect("folders can be made");
    fs::write(to.join("tsconfig.json"), CONFIG).expect("it can be written");
    let types = Path::new(env!("CARGO_MANIFEST_DIR")).join("shim/purview.d.ts");
    fs::copy(types, to.join("purview.d.ts")).expect("it can be copied");
    let loader = Disk { root: root.clone() };
    for program in typed_programs(&root) {
        let checked = check_source(&loader, &program);
        let parsed = checked.program.as_ref().unwrap_or_else(|| panic!("{}", checked.render()));
        for (path, text) in emit_js::typescript(parsed) {
            let path = to.join(path);
            fs::create_dir_all(path.parent().expect("it has a folder"))
                .expect("folders can be made");
            fs::write(path, text).expect("it can be written");
        }
    }
    let output = Command::new(&tsc).current_dir(&to).output().expect("tsc runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    fs::remove_dir_all(&to).expect("the folder can be removed");
    assert!(output.status.success(), "{said}");
}

/// The programs whose families are about types that hold; `faults` shows programs that go wrong.
fn typed_programs(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for family in fs::read_dir(root).expect("there are programs") {
        let family: PathBuf = family.expect("a folder can be seen").path();
        for file in fs::read_dir(&family).expect("a family is a folder") {
            let path = file.expect("a file can be seen").path();
            let typed =
                path.extension().is_some_and(|extension| extension == "ts" || extension == "tsx");
            let name =
                path.strip_prefix(root).expect("it lies below").to_string_lossy().into_owned();
            if typed && !name.contains("/_") {
                found.push(name);
            }
        }
    }
    found.sort();
    found
}
