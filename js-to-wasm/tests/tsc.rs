//! What the checker accepts is well-typed for TypeScript itself (`--strict`), with `shim/purview.d.ts` for what handlers find, after the
//! language's own constructs were written out: every TypeScript program of the tests, every example of the rules, every example of
//! the workspace. Runs when `tsc` is on the path or named by `TSC`; else it says so and compares nothing.
#![cfg(feature = "emit-js")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use js_to_wasm::{
    check, check_source,
    disk::Disk,
    emit_js,
    source::{Files, Load},
};

/// The settings under which the language's types are TypeScript's. A parameter without a type is known when the program runs.
const CONFIG: &str = r#"{
  "compilerOptions": {
    "strict": true, "noImplicitAny": IMPLICIT, "noEmit": true, "target": "esnext", "lib": ["esnext"], "types": [],
    "module": "preserve", "moduleResolution": "bundler", "allowImportingTsExtensions": true, "noUncheckedIndexedAccess": true,
    "jsx": "react", "jsxFactory": "h", "jsxFragmentFactory": "Fragment", "allowJs": true, "skipLibCheck": true
  },
  "include": ["**/*"]
}"#;

/// Programs that are accepted here and refused there, on purpose: what stands in their path, and why.
const OTHERWISE: &[(&str, &str)] = &[];

/// A folder of programs for `tsc`.
struct Folder {
    path: PathBuf,
    programs: usize,
}

impl Folder {
    fn new(name: &str, implicit: bool) -> Self {
        let name = format!("tsc-{name}-{}", std::process::id());
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&path).expect("folders can be made");
        let config = CONFIG.replace("IMPLICIT", if implicit { "false" } else { "true" });
        fs::write(path.join("tsconfig.json"), config).expect("it can be written");
        let types = Path::new(env!("CARGO_MANIFEST_DIR")).join("shim/purview.d.ts");
        fs::copy(types, path.join("purview.d.ts")).expect("it can be copied");
        Self { path, programs: 0 }
    }

    /// Writes a program into a folder of its own, if the checker accepts it.
    fn add(&mut self, loader: &(dyn Load + Sync), entry: &str, below: &str) {
        let checked = check_source(loader, entry);
        let Some(parsed) = &checked.program else { return };
        if OTHERWISE.iter().any(|(part, _)| below.contains(part)) {
            return;
        }
        for (path, text) in emit_js::typescript(parsed) {
            let path = self.path.join(below).join(path.trim_start_matches("../"));
            let folder = path.parent().expect("it has a folder");
            fs::create_dir_all(folder).expect("folders can be made");
            fs::write(path, text).expect("it can be written");
        }
        self.programs += 1;
    }

    /// What `tsc` says.
    fn said(&self, tsc: &str) -> String {
        let output = Command::new(tsc).current_dir(&self.path).output().expect("tsc runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        fs::remove_dir_all(&self.path).expect("the folder can be removed");
        if output.status.success() { String::new() } else { said }
    }
}

/// The program, if there is one.
#[expect(clippy::print_stderr, reason = "a test that compares nothing must say so")]
fn tsc() -> Option<String> {
    let tsc = std::env::var("TSC").unwrap_or_else(|_| "tsc".to_owned());
    if Command::new(&tsc).arg("--version").output().is_err() {
        eprintln!("tsc is not found: nothing compared");
        return None;
    }
    Some(tsc)
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.expect("it can be seen").path()).collect();
    paths.sort();
    paths
}

fn is_typed(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "ts" || extension == "tsx")
}

#[test]
fn programs_are_well_typed() {
    let Some(tsc) = tsc() else { return };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    let mut folder = Folder::new("programs", false);
    let loader = Disk { root: root.clone() };
    for path in sorted(&root).iter().flat_map(|family| sorted(family)).filter(|path| is_typed(path))
    {
        let name = path.strip_prefix(&root).expect("it lies below").to_string_lossy().into_owned();
        if !name.contains("/_") {
            let before = folder.programs;
            folder.add(&loader, &name, &name.replace('.', "-"));
            assert_eq!(folder.programs, before + 1, "{name} is refused");
        }
    }
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    for example in sorted(&examples).iter().filter(|path| path.is_dir()) {
        let loader = Disk { root: example.clone() };
        for path in sorted(example).iter().filter(|path| is_typed(path)) {
            let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
            let below = format!(
                "examples/{}",
                example.file_name().expect("it has a name").to_string_lossy()
            );
            folder.add(&loader, &name, &format!("{below}/{}", name.replace('.', "-")));
        }
    }
    assert!(folder.programs > 600, "only {}", folder.programs);
    let said = folder.said(&tsc);
    assert!(said.is_empty(), "{said}");
}

/// Programs of which some leave the types of parameters out.
#[test]
fn small_programs_are_well_typed() {
    let Some(tsc) = tsc() else { return };
    let mut folder = Folder::new("small", true);
    for family in ["contract", "proofs", "diagnostics"] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(family);
        for path in sorted(&root).iter().filter(|path| is_typed(path)) {
            let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
            let text = fs::read_to_string(path).expect("a program is UTF-8");
            let mut parts = text.split("\n// file: ");
            let mut files = Files::one(&name, parts.next().unwrap_or_default());
            for part in parts {
                let (file, body) = part.split_once('\n').expect("a file has a name");
                files = files.with(file, body);
            }
            folder.add(&files, &name, &format!("{family}/{}", name.replace('.', "-")));
        }
    }
    for rule in check::rules() {
        for (at, good) in rule.good.iter().enumerate() {
            let name = if good.contains('<') && good.contains("/>") || good.contains("</") {
                "a.tsx"
            } else {
                "a.ts"
            };
            let name = match good.lines().next().and_then(|line| line.strip_prefix("// ")) {
                Some(path) if path.starts_with("a.ts") => path,
                Some(path) if path.starts_with("a.js") => continue,
                _ => name,
            };
            let text = if good.contains("handler") || good.contains("export default") {
                (*good).to_owned()
            } else {
                format!("{good}\nfunction handler(): Response {{ return Response.text(\"\"); }}")
            };
            folder.add(&Files::one(name, text), name, &format!("rules/{}-{at}", rule.code));
        }
    }
    assert!(folder.programs > 400, "only {}", folder.programs);
    let said = folder.said(&tsc);
    assert!(said.is_empty(), "{said}");
}

/// Mistakes that TypeScript finds, one a line: each is found here, and there.
const MISTAKES: &str = include_str!("mistakes.txt");

#[test]
fn what_typescript_refuses_is_refused() {
    let texts: Vec<String> = MISTAKES
        .lines()
        .map(|line| format!("{line}\nexport const keep = typeof f;\nexport function handler(req: Request): Response {{ return Response.text(keep + req.path); }}\n"))
        .collect();
    assert!(texts.len() >= 200, "only {}", texts.len());
    let mut accepted = String::new();
    for text in &texts {
        if check_source(&Files::one("a.ts", text.as_str()), "a.ts").program.is_some() {
            accepted += text.lines().next().unwrap_or_default();
            accepted.push('\n');
        }
    }
    assert!(accepted.is_empty(), "{accepted}");
    let Some(tsc) = tsc() else { return };
    let folder = Folder::new("mistakes", false);
    for (at, text) in texts.iter().enumerate() {
        fs::write(folder.path.join(format!("m{at:03}.ts")), text).expect("it can be written");
    }
    let said = folder.said(&tsc);
    for (at, text) in texts.iter().enumerate() {
        assert!(said.contains(&format!("m{at:03}.ts(")), "TypeScript accepts {text}");
    }
}
