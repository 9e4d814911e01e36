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
    let (passed, said) = test(&examples.join("files-rust"), Some(&built("cache-rust")));
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

/// A handler whose dependencies its tests replace; `more` is the body of a last test.
fn with_dependencies(more: &str) -> String {
    let handler = r#"
        use purview_guest::{Bearer, Depends, HttpError, dependency, env, get};
        use serde::{Deserialize, Serialize};

        #[derive(Serialize, Deserialize)]
        pub struct User { name: String }

        #[dependency]
        pub fn user(Bearer(token): Bearer<'_>) -> Result<User, HttpError> {
            match env!("TOKEN") {
                Some(secret) if secret == token => Ok(User { name: "of the token".into() }),
                _ => Err(HttpError::unauthorized("unknown token")),
            }
        }

        #[derive(Serialize)]
        pub struct Greeting(String);

        #[dependency]
        pub fn greeting(Depends(user): Depends<'_, User>) -> Greeting {
            Greeting(format!("Hello, {}!", user.name))
        }

        #[get("/me")]
        pub fn me(Depends(greeting): Depends<'_, Greeting>, Depends(user): Depends<'_, User>) -> String {
            format!("{} {}", greeting.0, user.name)
        }

        #[cfg(test)]
        mod tests {
            use super::*;
            use purview_guest::{routes, testing::TestApp};

            #[test]
            fn as_it_is() {
                let app = TestApp::new(routes![me]).env("TOKEN", "t");
                assert_eq!(app.get("/me").send().status(), 401);
                let answer = app.get("/me").header("authorization", "Bearer t").send();
                assert_eq!(answer.text(), "Hello, of the token! of the token");
            }

            #[test]
            fn replaced() {
                let app = TestApp::new(routes![me]).replace(|| User { name: "Ada".into() });
                for _ in 0..2 {
                    assert_eq!(app.get("/me").send().text(), "Hello, Ada! Ada");
                }
            }

            #[test]
            MORE
        }
    "#;
    handler.replace("MORE", more)
}

#[test]
fn dependencies_are_replaced_in_both_places() {
    // A place that stays, so that later runs are quick.
    let project = Path::new(env!("CARGO_TARGET_TMPDIR")).join("dependencies");
    let sdk = Path::new(env!("CARGO_MANIFEST_DIR")).join("../guest-sdk");
    let manifest = format!(
        "[package]\nname = \"dependencies\"\nedition = \"2024\"\n[lib]\ncrate-type = [\"cdylib\"]\n\
         [dependencies]\npurview-guest = {{ path = {sdk:?} }}\nserde = \"1\"\n[workspace]\n"
    );
    std::fs::create_dir_all(project.join("src")).unwrap();
    std::fs::write(project.join("Cargo.toml"), manifest).unwrap();
    let run = |more: &str, arguments: &[&str]| {
        std::fs::write(project.join("src/lib.rs"), with_dependencies(more)).unwrap();
        let mut command = Command::new(PURVIEW);
        command.arg("test").arg(&project).args(arguments).env("CARGO_TARGET_DIR", target());
        let output = command.output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&text).into_owned())
    };
    let (passed, said) = run("fn nothing() {}", &[]);
    assert!(passed && said.matches("3 passed").count() == 2, "{said}");

    // What cannot be read is no stand-in, in neither place.
    let unreadable = r#"fn unreadable() {
        let app = TestApp::new(routes![me]).replace(|| Greeting("Ahoy".into()));
        app.get("/me").send();
    }"#;
    let (passed, said) = run(unreadable, &[]);
    assert!(!passed && said.contains("`dependencies::Greeting` cannot be replaced"), "{said}");

    // A module that is to be served takes no values of tests.
    let (passed, said) = test(&project, Some(&module(&project)));
    assert!(!passed && said.contains("let `purview test` build it"), "{said}");
    assert!(said.contains("test tests::as_it_is ... ok"), "{said}");
    let served = std::fs::read(module(&project)).unwrap();
    assert!(memchr::memmem::find(&served, b"purview:dependency").is_none());
}
