//! Every rule's own examples behave, every code is explained, and the manual page is what the rules say.

use std::collections::BTreeSet;

use js_to_wasm::{
    check::{self, manual, rules},
    diagnostic::Severity,
    parse,
    source::Files,
};

/// Other files that examples may import.
const NEIGHBOUR: &str = "export const c = 1; export type C = string; export const f = () => 1;";

/// The diagnostics of one text, as codes with their lines. Warnings count only for the rule that is shown.
fn refusals(path: &str, text: &str, shown: &str) -> (BTreeSet<String>, String) {
    let (found, sources) = found(path, text);
    let counts = |one: &&js_to_wasm::diagnostic::Diagnostic| {
        one.severity == Severity::Error || one.code == shown
    };
    let codes = found.iter().filter(counts).map(|one| one.code.to_owned()).collect();
    (codes, found.render(&sources))
}

/// The diagnostics of one text, as codes with their lines.
fn codes(path: &str, text: &str) -> (BTreeSet<String>, String) {
    let (found, sources) = found(path, text);
    (found.iter().map(|diagnostic| diagnostic.code.to_owned()).collect(), found.render(&sources))
}

fn found(
    path: &str,
    text: &str,
) -> (js_to_wasm::diagnostic::Diagnostics, js_to_wasm::source::Sources) {
    let files = Files::one(path, text).with("b.ts", NEIGHBOUR);
    match parse::parse(&files, path) {
        Ok(program) => {
            let found = check::check(&program);
            (found, program.sources)
        }
        Err((sources, found)) => (found, sources),
    }
}

/// Where an example stands: its first line may name the file, and an example that is no entry gets a handler.
fn placed(example: &str, path: &str) -> (String, String) {
    let handler = "\nfunction handler() { return Response.text(\"ok\"); }";
    match example.split_once('\n') {
        Some(("// entry", _)) => (path.to_owned(), example.to_owned()),
        Some((first, _)) if first.starts_with("// a.") => {
            (first[3..].to_owned(), format!("{example}{handler}"))
        }
        _ if example.contains("handler") || example.contains("export default (") => {
            (path.to_owned(), example.to_owned())
        }
        _ => (path.to_owned(), format!("{example}{handler}")),
    }
}

/// Whether an example is TypeScript or JSX, so that it cannot stand in every kind of file.
fn paths(example: &str) -> Vec<&'static str> {
    let plain = example.replace("? ", "").replace("{ a: 1", "{").replace("e: \"", "");
    let typed = [
        ": string",
        ": number",
        ": any",
        ": unknown",
        ": Request",
        "type ",
        "interface ",
        "declare ",
        "enum ",
        "namespace ",
        "module ",
        " as ",
        "satisfies",
        "!.",
        "<T",
        ": Color",
        ": B ",
        "implements",
        "private ",
        "public ",
        "protected ",
        "(): ",
        "() => string",
        "import a = ",
        "export = ",
        "<number>",
        "f<",
    ]
    .iter()
    .any(|word| plain.contains(word));
    let jsx = example.contains("<p>") || example.contains("/>");
    match (typed, jsx) {
        (_, true) => vec!["a.tsx"],
        (true, _) if example.contains("<number>") => vec!["a.ts"],
        (true, _) => vec!["a.ts", "a.tsx"],
        (false, false) => vec!["a.ts", "a.tsx", "a.js", "a.jsx"],
    }
}

#[test]
fn bad_examples_are_refused_with_the_rule() {
    let mut wrong = String::new();
    for rule in rules() {
        assert!(!rule.bad.is_empty(), "{} has no example", rule.code);
        for example in rule.bad {
            for path in paths(example) {
                let (path, text) = placed(example, path);
                let (codes, rendered) = codes(&path, &text);
                if !codes.contains(rule.code) {
                    wrong += &format!("{} {path}: {example}\n{rendered}\n", rule.code);
                }
                assert!(rendered.contains("= help: "), "{rendered}");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn good_examples_are_accepted() {
    let mut wrong = String::new();
    for rule in rules() {
        assert!(!rule.good.is_empty(), "{} has no example", rule.code);
        for example in rule.good {
            for path in paths(example) {
                let (path, text) = placed(example, path);
                let (codes, rendered) = refusals(&path, &text, rule.code);
                if !codes.is_empty() {
                    wrong += &format!("{} {path}: {example}\n{rendered}\n", rule.code);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn codes_are_unique_and_sorted() {
    let codes: Vec<&str> = rules().map(|rule| rule.code).collect();
    assert!(codes.windows(2).all(|pair| pair[0] < pair[1]));
    let folders = ["subset", "types/rules", "booleans", "verify"];
    let files = folders.map(|folder| {
        let folder = format!("{}/src/check/{folder}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_dir(folder).expect("it is there").count() - 1
    });
    assert_eq!(files.iter().sum::<usize>(), codes.len(), "one file for each rule, and mod.rs");
}

#[test]
fn the_manual_is_what_the_rules_say() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/RULES.md");
    let manual = manual::rules();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(path, &manual).expect("the manual can be written");
    }
    let written = std::fs::read_to_string(path).expect("run with UPDATE_EXPECT=1 once");
    assert!(
        written == manual,
        "RULES.md is stale: run `UPDATE_EXPECT=1 cargo test -p js-to-wasm --test rules`"
    );
}

#[test]
fn several_faults_come_at_once_with_their_places() {
    let text = "var a = 1;\nwhile (a == 2) {\n\ta++;\n}\nfunction handler(req) { return Response.text(\"ü\" + nul); }\n";
    let (codes, rendered) = codes("a.js", text);
    assert_eq!(
        codes.into_iter().collect::<Vec<_>>(),
        ["JS101", "JS115", "JS129", "JS130", "JS155"]
    );
    let expected = "error[JS130]: `++` and `--` are not part of the language
 --> a.js:3:2
  |
3 |  a++;
  |  ^^^
   = help: write `x = x + 1` or `x += 1`
";
    assert!(rendered.contains(expected), "{rendered}");
}

#[test]
fn diagnostics_have_a_form_for_editors() {
    let program = parse::parse(
        &Files::one("a.ts", "const é = '😀' == 'b';\nexport default () => Response.text(é)"),
        "a.ts",
    )
    .expect("it parses");
    let json = check::check(&program).to_json(&program.sources);
    let place = &json[0]["place"];
    assert_eq!(
        (json[0]["code"].as_str(), place["line"].as_u64(), place["column"].as_u64()),
        (Some("JS129"), Some(1), Some(11))
    );
    assert_eq!(place["endColumn"].as_u64(), Some(22));
}
