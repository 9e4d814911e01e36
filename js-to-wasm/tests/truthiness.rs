//! `"truthiness": "typed"` in `purview.json`: for each rule that it relaxes, what passes there and is refused without it, and what is
//! refused or warned of in both; and that the programs then mean what they mean under Node.
#![cfg(feature = "emit-js")]

mod common;
mod oracle;

use std::{collections::BTreeSet, fs, path::Path};

use common::{Request, compile_files};
use js_to_wasm::{
    check::Truthiness,
    check_source, check_source_with,
    diagnostic::Severity,
    emit_js::{self, Options},
    source::Files,
};
use serde_json::json;

const TYPED: &str = "{ \"truthiness\": \"typed\" }";

fn files(text: &str) -> Files {
    let text = match text.contains("handler") {
        true => text.to_owned(),
        false => format!("{text}\nfunction handler(): Response {{ return Response.text(\"\"); }}"),
    };
    Files::one("a.tsx", text)
}

/// The codes of everything but leftovers, and the whole text.
fn said(files: &Files) -> (String, String) {
    let checked = check_source(files, "a.tsx");
    let codes: BTreeSet<String> = checked
        .diagnostics
        .iter()
        .filter(|one| one.code != "JS236")
        .map(|one| match one.severity {
            Severity::Error => one.code.to_owned(),
            Severity::Warning => format!("{} warning", one.code),
        })
        .collect();
    (codes.into_iter().collect::<Vec<_>>().join(" "), checked.render())
}

/// A rule: its name, and programs with what they get in the strict and in the typed profile.
type Rule = (&'static str, &'static [(&'static str, &'static str, &'static str)]);

const RULES: &[Rule] = &[
    (
        "numbers, strings and what may be missing are conditions",
        &[
            ("const f = (a: number) => a ? 1 : 2;", "JS221", ""),
            ("const f = (a: string) => { if (a) { return 1; } return 2; };", "JS221", ""),
            ("const f = (a?: boolean) => !a;", "JS223", ""),
            ("const f = (a: string | number) => a ? 1 : 2;", "JS221", ""),
            ("const f = (a: string, b: number) => { assert a, 1; return b; };", "JS221", ""),
            ("const f = (a?: { b: number }) => a ? a.b : 0;", "JS221", ""),
            (
                "const f = (a?: number[]) => { if (!a) { return 0; } return a.length; };",
                "JS223",
                "",
            ),
            (
                "import { env } from \"purview:env\";\nconst f = () => env(\"A\") ? 1 : 2;",
                "JS221",
                "",
            ),
        ],
    ),
    (
        "what is always true is refused",
        &[
            ("const f = (a: { b: number }) => a ? 1 : 2;", "JS221", "JS221"),
            ("const f = (a: number[]) => { if (a) { return 1; } return 2; };", "JS221", "JS221"),
            ("const f = () => 1;\nconst a = f ? 1 : 2;", "JS221", "JS221"),
            ("const f = (a: number[] | { b: string }) => !a;", "JS223", "JS223"),
            ("const f = (a: { b: number }, b: boolean) => a && b;", "JS222", "JS222"),
            ("const f = (a: { b: number }, b: number[]) => (a || b) ? 1 : 2;", "JS222", "JS222"),
        ],
    ),
    (
        "what is always `undefined` is warned of",
        &[
            ("const f = () => undefined ? 1 : 2;", "JS221", "JS221 warning"),
            (
                "const f = (a: undefined) => { if (a) { return 1; } return 2; };",
                "JS221",
                "JS221 warning",
            ),
        ],
    ),
    (
        "`&&` and `||` give one of their operands",
        &[
            ("const f = (a?: string): string => a || \"none\";", "JS222", ""),
            ("const f = (a: string, b: number): string | number => a && b;", "JS222", ""),
            ("const f = (a?: string): number | string | undefined => a && a.length;", "JS222", ""),
            ("const f = (a: number): number => a || \"none\";", "JS222", "JS205"),
            ("const f = (a: number) => <p>{a && <b>1</b>}</p>;", "JS222", ""),
            ("const f = (a?: { n: number }): { n: number } => a || { n: 1 };", "JS222", ""),
        ],
    ),
    (
        "conditions say what is there",
        &[
            ("const f = (a?: string) => a ? a.length : 0;", "JS221", ""),
            ("const f = (a?: string) => { if (!a) { return 0; } return a.length; };", "JS223", ""),
            ("const f = (a?: string) => a && a.length > 2;", "JS222", ""),
            ("const f = (a?: string) => !a ? a.length : 0;", "JS223 JS234", "JS234"),
            (
                "const f = (a?: string, b?: string) => { if (a || b) { return a.length; } return 0; };",
                "JS222 JS234",
                "JS234",
            ),
        ],
    ),
    (
        "operators on other types stay errors",
        &[
            ("const f = (a: string) => a * 2;", "JS208", "JS208"),
            ("const f = (a: boolean) => a - 1;", "JS208", "JS208"),
            ("const f = (a: number[]) => a + 1;", "JS208", "JS208"),
        ],
    ),
];

#[test]
fn each_rule_is_relaxed_and_nothing_else() {
    let mut wrong = String::new();
    for (name, programs) in RULES {
        for (text, strict, typed) in *programs {
            for (files, expected, profile) in [
                (files(text), strict, "strict"),
                (files(text).with("purview.json", TYPED), typed, "typed"),
            ] {
                let (codes, rendered) = said(&files);
                if codes != *expected {
                    wrong +=
                        &format!("{name} ({profile}): {expected}, not {codes}\n{text}\n{rendered}");
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Every value that counts as false, and some that do not, in every place where they count.
const PROGRAM: &str = r#"
const show = (value: unknown): string => typeof value === "undefined" ? "undefined" : JSON.stringify(value);
const pick = (a: string | number | undefined, b: string | number | undefined): string =>
  `${show(a && b)} ${show(a || b)} ${a ? "yes" : "no"} ${!a} ${!!a}`;
const guard = (a?: string): string => {
  assert a, "nothing";
  return a.toUpperCase();
};
const first = (list: number[]): number | undefined => list[0];
const either = (a: { b: number } | undefined): number => {
  if (!a) {
    return -1;
  }
  return a.b;
};
export function handler(req: Request): Response {
  const values = [0, -0, NaN, 1, "", "0", "a", undefined];
  const lines: string[] = [];
  for (const a of values) {
    for (const b of [2, "b", undefined]) {
      lines.push(pick(a, b));
    }
  }
  const parsed = JSON.parse("[null, false, true, 0, 1, \"\", {}, []]");
  for (const value of parsed) {
    lines.push(value ? "yes" : "no");
  }
  lines.push(guard(), guard(""), guard("x"), String(either(undefined)), String(either({ b: 0 })));
  lines.push(first([]) ? "some" : "none", first([0]) ? "some" : "none", first([3]) ? "some" : "none");
  lines.push(req.query.name || "nobody", req.headers.get("x-none") || "no header");
  let calls = 0;
  const count = (): number => { calls = calls + 1; return 0; };
  const both = count() || count();
  lines.push(`${both} ${calls}`);
  return Response.html(renderToString(<ul>{lines.map((line) => <li>{line}</li>)}{calls && <b>calls</b>}</ul>));
}
"#;

#[test]
fn programs_mean_what_they_mean_under_node() {
    let files = files(PROGRAM).with("purview.json", TYPED);
    let program = compile_files(&files, "a.tsx").unwrap_or_else(|error| panic!("{error}"));
    let answer = program.answer(&Request::get("/")).unwrap();
    assert!(answer.body.contains("<li>\"b\" \"a\" yes false true</li>"), "{}", answer.body);
    assert!(answer.body.contains("<li>no</li><li>no</li><li>yes</li><li>no</li><li>yes</li><li>no</li><li>yes</li><li>yes</li>"));
    assert!(answer.body.ends_with("<li>0 2</li><b>calls</b></ul>"), "{}", answer.body);

    let folder =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("typed-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("runtime.mjs"), emit_js::RUNTIME).unwrap();
    fs::write(folder.join("node.mjs"), emit_js::RUNNER).unwrap();
    let checked = check_source(&files, "a.tsx");
    let options = Options { runtime: "./runtime.mjs".to_owned() };
    let emitted = emit_js::emit(checked.program.as_ref().unwrap(), &options).unwrap();
    let entry = folder.join("a.mjs");
    fs::write(&entry, &emitted[0].code).unwrap();
    let request = oracle::request("// request: {\"url\": \"/\"}");
    let line = json!({ "module": entry, "request": request }).to_string() + "\n";
    let answers = oracle::node(&folder, &line);
    fs::remove_dir_all(&folder).unwrap();
    if let Some(answers) = answers {
        let recorded = oracle::recorded(&answers[0]);
        assert_eq!(recorded.split_once("\n\n").unwrap().1, answer.body);
    }
}

#[test]
fn the_settings_stand_beside_the_entry() {
    let text =
        "export const f = (a: string) => a ? 1 : 2;\nexport default () => Response.json(f(\"\"));";
    let deep = Files::one("api/a.ts", text);
    let refused = |files: &Files, entry: &str| check_source(files, entry).render();
    assert!(refused(&deep, "api/a.ts").contains("JS221"));
    assert!(refused(&deep.clone().with("purview.json", TYPED), "api/a.ts").contains("JS221"));
    assert_eq!(refused(&deep.clone().with("api/purview.json", TYPED), "api/a.ts"), "");
    assert_eq!(
        refused(&deep.clone().with("api/purview.json", "{}"), "api/a.ts").matches("JS221").count(),
        1
    );
    // What the caller decides counts more.
    let typed = deep.clone().with("api/purview.json", TYPED);
    let strict = check_source_with(&typed, "api/a.ts", Some(Truthiness::Strict));
    assert!(strict.render().contains("JS221"));
    assert_eq!(check_source_with(&deep, "api/a.ts", Some(Truthiness::Typed)).render(), "");
}

#[test]
fn settings_that_are_not_understood_are_refused() {
    for (settings, part) in [
        ("", "is no JSON"),
        ("[]", "is no JSON object"),
        ("{ \"truthiness\": \"loose\" }", "has another `truthiness`"),
        ("{ \"truthiness\": true }", "has another `truthiness`"),
        ("{ \"truthyness\": \"typed\" }", "has a member `truthyness`"),
    ] {
        let checked = check_source(&files("").with("purview.json", settings), "a.tsx");
        let rendered = checked.render();
        assert!(checked.program.is_none(), "{settings}");
        assert!(
            rendered.starts_with("error[JS013]") && rendered.contains(part),
            "{settings}: {rendered}"
        );
        assert!(rendered.contains("`{ \"truthiness\": \"typed\" }`"), "{rendered}");
    }
    let large = files("").with("purview.json", " ".repeat(70_000));
    assert!(check_source(&large, "a.tsx").render().contains("larger than"));
}
