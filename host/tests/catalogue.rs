//! Every module that handlers use has an example in each language, and every one that a policy can refuse has one that is refused: as the
//! tables of `host/src/capability/README.md` say.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use js_to_wasm::source::virtual_modules::MODULES;
use purview::limits::TABLE;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// How an example in Rust shows that it uses a module whose name is not the path of it.
const IN_RUST: &[(&str, &[&str])] = &[
    ("env", &["env!("]),
    ("router", &["#[get("]),
    ("compose", &["middleware("]),
    ("cache", &["cache!("]),
    ("fetch", &["egress!("]),
    ("decode", &[".decode_form("]),
    ("validate", &["validate::"]),
    ("sql", &["sql!("]),
    ("assets", &["assets!("]),
];

#[test]
fn every_module_has_its_examples() {
    let readme = read(&Path::new(ROOT).join("host/src/capability/README.md"));
    let sections = table(&readme, "| module | TypeScript | Rust | imports |");
    let examples = table(&readme, "| module | TypeScript | Rust | refused |");
    assert_eq!(sections.keys().collect::<Vec<_>>(), examples.keys().collect::<Vec<_>>());
    for module in MODULES {
        assert!(examples.contains_key(module.name), "`{}` has no example", module.name);
    }
    for (module, columns) in &examples {
        let [script, rust, refused] = &columns[..] else { panic!("`{module}` has four columns") };
        if MODULES.iter().any(|known| known.name == module) {
            let text = handler(name(script).unwrap_or_else(|| panic!("`{module}`: no script")));
            assert!(text.contains(&format!("from \"purview:{module}\"")), "{script}: `{module}`");
        }
        let text = handler(name(rust).unwrap_or_else(|| panic!("`{module}`: nothing in Rust")));
        let own = [format!("{module}::")];
        let mut marks: Vec<&str> = own.iter().map(String::as_str).collect();
        if let Some((_, others)) = IN_RUST.iter().find(|(known, _)| known == module) {
            marks = others.to_vec();
        }
        let shown = |mark: &&str| text.contains(*mark) || imports(&text, module);
        assert!(marks.iter().any(shown), "{rust} does not show `{module}`");
        let section = sections[module].last().is_some_and(|section| !section.is_empty());
        match name(refused).filter(|_| section) {
            Some(example) => is_refused(module, &sections[module][2], example),
            None => assert!(!section && !refused.is_empty(), "`{module}` is never refused"),
        }
    }
}

#[test]
fn every_limit_of_a_module_stands_in_the_document() {
    let readme = read(&Path::new(ROOT).join("host/src/capability/README.md"));
    let modules = ["egress_", "cache_", "sql_", "handles", "native_", "schema", "log_"];
    let mut checked = 0;
    for limit in TABLE.iter().filter(|one| modules.iter().any(|start| one.name.starts_with(start)))
    {
        let rows = |text: &str| readme.lines().any(|line| line.contains(text));
        assert!(rows(&format!("`{}` ", limit.name)), "`{}` is not in the table", limit.name);
        assert!(rows(&format!("`{}`", limit.code)), "`{}` is not in the table", limit.code);
        checked += 1;
    }
    assert!(checked > 20, "{checked}");
}

/// The refusal of an example names an import of the module.
fn is_refused(module: &str, imports: &str, example: &str) {
    let folder = Path::new(ROOT).join("examples").join(example);
    assert!(folder.join("denied.json").is_file(), "{example} has no `denied.json`");
    let report = read(&folder.join("denied.txt"));
    let import = imports.split(" / ").next().unwrap_or_default();
    let import = format!("= import: {import} / ");
    assert!(report.contains(&import), "{example} is not refused `{module}`: {report}");
}

/// Whether a module of the SDK stands in the `use` of it.
fn imports(text: &str, module: &str) -> bool {
    let Some((_, rest)) = text.split_once("use purview_guest::{") else { return false };
    let list = rest.split(";\n").next().unwrap_or_default();
    list.split([',', '{', '}', ' ', '\n', ':']).any(|word| word == module)
}

fn handler(example: &str) -> String {
    let folder = Path::new(ROOT).join("examples").join(example);
    let files = ["handler.ts", "handler.tsx", "src/lib.rs"].map(|file| folder.join(file));
    let file = files.iter().find(|file| file.is_file());
    read(file.unwrap_or_else(|| panic!("there is no example `{example}`")))
}

fn read(file: &PathBuf) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// What stands alone in backticks.
fn name(cell: &str) -> Option<&str> {
    let name = cell.strip_prefix('`')?.strip_suffix('`')?;
    (!name.contains('`')).then_some(name)
}

/// The rows of a table by their first cell, without backticks.
fn table(text: &str, head: &str) -> BTreeMap<String, Vec<String>> {
    let (_, after) = text.split_once(head).unwrap_or_else(|| panic!("no table `{head}`"));
    let rows = after.lines().skip(2).take_while(|line| line.starts_with('|'));
    let cells = rows.map(|row| {
        let row = row.trim_start_matches('|').trim_end_matches('|');
        row.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>()
    });
    cells.map(|cells| (cells[0].trim_matches('`').to_owned(), cells[1..].to_vec())).collect()
}
