//! Tests of handlers hold natively and in the sandbox: those of two examples, of what `purview new` makes, and of a module that was built
//! from other sources than its tests.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use purview::toolchain::{self, BuildOptions};

const PURVIEW: &str = env!("CARGO_BIN_EXE_purview");

fn target() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/guests")
}

fn module(project: &Path) -> PathBuf {
    let toolchain = toolchain::ensure(&mut |_| {}).unwrap_or_else(|error| panic!("{error}"));
    let options = BuildOptions { target_dir: Some(target()), ..BuildOptions::default() };
    toolchain.build(project, &options).unwrap_or_else(|error| panic!("{error}"))
}

/// Runs the tests of a project, against a module if one is given.
fn test(project: &Path, module: Option<&Path>) -> (bool, String) {
    let mut command = Command::new("cargo");
    command.arg("test").current_dir(project).env("CARGO_TARGET_DIR", target());
    command.env_remove("PURVIEW_TEST_MODULE");
    if let Some(module) = module {
        command.env("PURVIEW_TEST_MODULE", module).env("PURVIEW_TEST_PROGRAM", PURVIEW);
    }
    let output = command.output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

#[test]
fn examples_hold_in_both_places() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let built = |name: &str| module(&examples.join(name));
    for (name, tests) in [("cache-rust", "4 passed"), ("files-rust", "3 passed")] {
        let project = examples.join(name);
        for module in [None, Some(built(name))] {
            let (passed, said) = test(&project, module.as_deref());
            assert!(passed && said.contains(tests), "{name} {module:?}: {said}");
        }
    }
    // The tests of the one against the module of the other: nothing of it runs natively in secret.
    let (passed, said) = test(&examples.join("cache-rust"), Some(&built("files-rust")));
    assert!(!passed && said.contains("the module has no route"), "{said}");
}

#[test]
fn a_new_project_is_tested_by_one_command() {
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("fresh");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(PURVIEW);
        let output = command.args(arguments).env("CARGO_TARGET_DIR", target()).output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&text).into_owned())
    };
    let project = project.to_str().unwrap();
    let (made, said) = run(&["new", project, "--template", "rust"]);
    assert!(made, "{said}");
    let (passed, said) = run(&["test", project]);
    assert!(passed && said.matches("2 passed").count() == 2, "{said}");
}
