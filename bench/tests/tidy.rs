//! Reads every file of the repository and says what is untidy: dead paths in documents, paths of
//! someone's machine, files without an opening sentence, files that grew too long, dependencies
//! without a reason, work left for later. All complaints of a check come at once, each with its place.

#![expect(clippy::unwrap_used, reason = "a test helper that fails is a failed test")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Rust files may have this many lines; longer ones stand in [`LONG`].
const LINES_MAX: usize = 800;

/// Files that are longer, each with the reason. The list may only shrink.
const LONG: &[(&str, &str)] = &[];

/// Folders that documents may name although nothing in them is committed.
const GENERATED: &[&str] = &["bench/runs", "target"];

/// Documents whose paths are checked: these names anywhere in the tree.
const DOCUMENTS: &[&str] = &["README.md", "CONTRIBUTING.md"];

/// Files that may name absolute paths, each with the reason.
const MAY_NAME_PATHS: &[(&str, &str)] = &[("bench/tests/tidy.rs", "holds the patterns themselves")];

/// What ends a check: what to do, then one line per place.
fn refuse(what: &str, complaints: &[String]) {
    assert!(complaints.is_empty(), "{what}\n  {}\n", complaints.join("\n  "));
}

#[test]
fn documents_name_real_paths() {
    let tree = Tree::read();
    let mut complaints = Vec::new();
    for file in tree.files.iter().filter(|file| DOCUMENTS.contains(&file_name(file))) {
        let Some(text) = tree.text(file) else { continue };
        for (number, line) in numbered(&text) {
            let links = links(line).filter_map(|link| beside(file, link));
            for path in links.chain(mentions(line, &tree).map(str::to_owned)) {
                if !tree.has(&path) {
                    complaints.push(format!("{file}:{number}: `{path}` is not in the repository"));
                }
            }
        }
    }
    refuse("correct these paths, or the documents that name them:", &complaints);
}

#[test]
fn nothing_names_the_machine_it_was_written_on() {
    // Written in parts, so that this file does not name what it looks for.
    let folders = ["home", "root", "work", "Users"].map(|name| format!("/{name}/"));
    let temporary = format!("/{}/", "tmp");
    let hosts = [
        ["index.crates", ".io"],
        ["static.crates", ".io"],
        ["registry.npmjs", ".org"],
        ["files.pythonhosted", ".org"],
        ["deb.debian", ".org"],
        ["security.debian", ".org"],
    ]
    .map(|parts| parts.concat());
    let tree = Tree::read();
    let mut complaints = Vec::new();
    for file in &tree.files {
        if MAY_NAME_PATHS.iter().any(|(exempt, _)| exempt == file) {
            continue;
        }
        let Some(text) = tree.text(file) else { continue };
        for (number, line) in numbered(&text) {
            let absolute = folders.iter().find(|folder| starts_path(line, folder));
            let scratch = (!is_script(file) && starts_path(line, &temporary)).then_some(&temporary);
            let host = hosts.iter().find(|host| line.contains(host.as_str()));
            if let Some(found) = absolute.or(scratch).or(host) {
                complaints.push(format!("{file}:{number}: names `{found}…`"));
            }
        }
    }
    refuse("say it without a path or a host of one machine:", &complaints);
}

#[test]
fn every_rust_file_opens_with_its_purpose() {
    let tree = Tree::read();
    let apart = tree.workspaces_apart();
    let mut complaints = Vec::new();
    for file in
        tree.rust_files().filter(|file| !apart.iter().any(|folder| file.starts_with(folder)))
    {
        let Some(text) = tree.text(file) else { continue };
        // The compiler's messages about these files name their lines.
        if file.contains("/tests/ui/") {
            continue;
        }
        // A crate may open with its README, which is then tested like any other documentation.
        if !text.starts_with("//!") && !text.starts_with("#![doc = include_str!(") {
            complaints.push(format!("{file}:1: does not open with `//!`"));
        }
    }
    refuse("say in the first lines what comes in, what goes out, what never happens:", &complaints);
}

#[test]
fn files_stay_short() {
    let tree = Tree::read();
    let mut complaints = Vec::new();
    for file in tree.rust_files() {
        let lines = tree.text(file).map_or(0, |text| text.lines().count());
        let listed = LONG.iter().any(|(long, _)| long == file);
        match (lines > LINES_MAX, listed) {
            (true, false) => {
                complaints.push(format!("{file}: {lines} lines; split it by its jobs"))
            }
            (false, true) => {
                complaints.push(format!("{file}: {lines} lines; take it off the list"))
            }
            _ => {}
        }
    }
    for (file, reason) in LONG {
        if !tree.has(file) || reason.is_empty() {
            complaints.push(format!("{file}: listed without a file or without a reason"));
        }
    }
    refuse(&format!("files have at most {LINES_MAX} lines:"), &complaints);
}

#[test]
fn every_dependency_has_its_reason() {
    let text = Tree::read().text("Cargo.toml").unwrap();
    refuse("put a comment above that says what it is for:", &without_reason(&text));
}

#[test]
fn no_work_is_left_for_later() {
    let marks = [["TO", "DO"], ["FIX", "ME"], ["X", "XX"]].map(|parts| parts.concat());
    let tree = Tree::read();
    let mut complaints = Vec::new();
    for file in &tree.files {
        let Some(text) = tree.text(file) else { continue };
        for (number, line) in numbered(&text) {
            let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
            if let Some(word) = words.find(|word| marks.iter().any(|mark| mark == word)) {
                complaints.push(format!("{file}:{number}: `{word}`"));
            }
        }
    }
    refuse("do it, or delete it:", &complaints);
}

/// The files of the repository: tracked ones, and new ones that are not ignored.
struct Tree {
    root: PathBuf,
    files: BTreeSet<String>,
}

impl Tree {
    fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf();
        let output = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(&root)
            .output()
            .expect("`git` must be there: these checks are about the files it knows");
        assert!(output.status.success(), "`git ls-files` failed; is this a clone?");
        let listed = String::from_utf8(output.stdout).expect("file names are UTF-8");
        let present = |file: &&str| !file.is_empty() && root.join(file).is_file();
        let files = listed.split('\0').filter(present).map(str::to_owned).collect();
        Self { root, files }
    }

    /// The text of a file; `None` for binary ones.
    fn text(&self, file: &str) -> Option<String> {
        String::from_utf8(fs::read(self.root.join(file)).ok()?).ok()
    }

    /// Whether this is a file, or a folder with files in it.
    fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let inside = format!("{path}/");
        path.is_empty()
            || self.files.contains(path)
            || self
                .files
                .range(inside.clone()..)
                .next()
                .is_some_and(|next| next.starts_with(&inside))
            || GENERATED.iter().any(|folder| Path::new(path).starts_with(folder))
    }

    fn rust_files(&self) -> impl Iterator<Item = &String> {
        self.files.iter().filter(|file| file.ends_with(".rs"))
    }

    /// Folders that are workspaces of their own: examples, peers, fuzz targets.
    fn workspaces_apart(&self) -> Vec<String> {
        let is_workspace = |file: &str| {
            self.text(file).is_some_and(|text| text.lines().any(|line| line == "[workspace]"))
        };
        self.files
            .iter()
            .filter_map(|file| Some((file, file.strip_suffix("Cargo.toml")?)))
            .filter(|(file, folder)| !folder.is_empty() && is_workspace(file))
            .map(|(_, folder)| folder.to_owned())
            .collect()
    }
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(index, line)| (index + 1, line))
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn is_script(file: &str) -> bool {
    file.starts_with(".ci/") || file.ends_with(".sh") || file.ends_with(".yml")
}

/// Whether `line` holds an absolute path that starts with `folder` (`/name/`), rather than a longer
/// path or an address in which the same letters come later.
fn starts_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + folder.len()..].chars().next();
        let fresh = before.is_none_or(|c| !c.is_alphanumeric() && !"_-.~}*/{>)]".contains(c));
        fresh && after.is_some_and(|c| c.is_alphanumeric() || c == '.')
    })
}

/// Relative targets of Markdown links, without their fragments.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices("](").filter_map(|(at, mark)| {
        let target = &line[at + mark.len()..];
        let target = &target[..target.find([')', ' '])?];
        let path = target.split('#').next().unwrap_or(target);
        (!path.is_empty() && !path.contains(':')).then_some(path)
    })
}

/// A link of a document as a path from the root; `None` when it leaves the repository.
fn beside(document: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = document.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Words that look like paths of the repository: they start with one of its top folders. What
/// stands for something else (`NAME`, `*`, `{…}`) ends the part that must exist.
fn mentions<'a>(line: &'a str, tree: &Tree) -> impl Iterator<Item = &'a str> {
    let word_ends = |c: char| c.is_whitespace() || "`'\"()[]<>,;=|:".contains(c);
    let words = line.split(word_ends).map(|word| word.trim_start_matches("./"));
    words.filter_map(|word| real_part(word.trim_end_matches(['.', '…']))).filter(|path| {
        let top = path.split('/').next().unwrap_or(path);
        !top.is_empty() && path.contains('/') && tree.has(top) && !tree.files.contains(top)
    })
}

/// The path up to the first part that stands for something else; `None` for files that builds make.
fn real_part(word: &str) -> Option<&str> {
    if word.ends_with(".wasm") || word.contains("//") {
        return None;
    }
    let mut end = 0;
    for part in word.split_inclusive('/') {
        let name = part.trim_end_matches('/');
        let plain = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
        let stands_for =
            name.len() > 1 && !name.contains(char::is_lowercase) && !name.contains('.');
        if !name.chars().all(plain) || stands_for || name == "target" {
            break;
        }
        end += part.len();
    }
    Some(&word[..end]).filter(|path| !path.is_empty())
}

/// Dependencies in `[workspace.dependencies]` without a comment on the line above. Packages of
/// this repository need none.
fn without_reason(manifest: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut inside = false;
    let mut explained = false;
    for (number, line) in numbered(manifest) {
        let line = line.trim();
        if line.starts_with('[') {
            inside = line == "[workspace.dependencies]";
        } else if let Some(comment) = line.strip_prefix('#') {
            explained = !comment.trim_start().starts_with("---");
            continue;
        } else if let Some((name, value)) = line.split_once('=').filter(|_| inside) {
            let ours = value.contains("path =");
            let name = name.trim();
            if !explained && !ours && !name.contains([' ', '"']) {
                complaints.push(format!("Cargo.toml:{number}: `{name}`"));
            }
        }
        explained = false;
    }
    complaints
}

#[test]
fn the_checks_see_what_they_look_for() {
    assert!(starts_path("see /opt/x and \"/srv/data\"", "/srv/"));
    assert!(!starts_path("https://example.com/srv/data, a/srv/b, /srv/", "/srv/"));
    assert_eq!(links("[a](b/c.md#d) [e](https://f) [g](#h)").collect::<Vec<_>>(), ["b/c.md"]);
    assert_eq!(beside("a/b/README.md", "../c/d.rs").as_deref(), Some("a/c/d.rs"));
    assert_eq!(beside("README.md", "../c"), None);
    assert_eq!(real_part("bench/runs/DATE-MACHINE/http.json"), Some("bench/runs/"));
    assert_eq!(real_part("host/src/*.rs"), Some("host/src/"));
    assert_eq!(real_part("host/README.md"), Some("host/README.md"));
    assert_eq!(real_part("examples/a/a.wasm"), None);
    let manifest = "[workspace.dependencies]\nours = { path = \"x\" }\n\n# --- part ---\na = \"1\"\n\
                    # reason\nb = \"1\"\nc = \"1\"\n[profile.dev]\nd = 1\n";
    assert_eq!(without_reason(manifest), ["Cargo.toml:5: `a`", "Cargo.toml:8: `c`"]);
    let tree = Tree::read();
    let line = "look at `bench/src/main.rs` and `bench/none.rs`, not at and/or, /users/42";
    let seen: Vec<_> = mentions(line, &tree).collect();
    assert_eq!(seen, ["bench/src/main.rs", "bench/none.rs"]);
    assert!(tree.has("bench/src") && tree.has("Cargo.toml") && !tree.has("bench/none.rs"));
}
