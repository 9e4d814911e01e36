//! What is proven of every program of `proofs/` is what its first line says, with the way to what speaks against the rest; and what
//! the author of a handler promises with `Spec` is held to it.
//!
//! ```text
//! // {"proven": ["pure"], "open": {"deterministic": "a part of the way"}, "cost": "constant"}
//! ```

#![expect(clippy::unwrap_used, reason = "helpers of tests: what goes wrong fails the test")]

use std::{collections::BTreeSet, fs, path::Path};

use js_to_wasm::{
    contract::{Property, Verdict, show},
    source::Files,
};
use serde_json::Value;

/// The files of one text: parts behind `// file: NAME` are other files.
fn files(name: &str, text: &str) -> Files {
    let mut parts = text.split("\n// file: ");
    let mut files = Files::one(name, parts.next().unwrap());
    for part in parts {
        let (file, body) = part.split_once('\n').unwrap();
        files = files.with(file, body);
    }
    files
}

fn property(name: &str) -> Property {
    Property::ALL.into_iter().find(|property| property.name() == name).unwrap()
}

#[test]
fn every_program_has_the_properties_it_says() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/proofs"));
    let (mut wrong, mut proven, mut open) = (String::new(), BTreeSet::new(), BTreeSet::new());
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        let line = text.lines().next().unwrap().strip_prefix("// ").unwrap();
        let expected: Value = serde_json::from_str(line).unwrap();
        let mut checked = js_to_wasm::check_source(&files(name, &text), name);
        if let Some(code) = expected["refused"].as_str() {
            // What keeps it out of the language is found here too, by another way.
            assert!(checked.render().contains(code), "{name}: {}", checked.render());
            let program = js_to_wasm::parse::parse(&files(name, &text), name).expect("it parses");
            checked.contract = Some(js_to_wasm::contract::extract(&program));
            checked.program = Some(program);
        }
        let (Some(program), Some(contract)) = (&checked.program, &checked.contract) else {
            wrong += &format!("{name} is refused:\n{}\n", checked.render());
            continue;
        };
        for claimed in expected["proven"].as_array().into_iter().flatten() {
            let claimed = property(claimed.as_str().unwrap());
            proven.insert(claimed);
            if let Verdict::Open(way) = contract.properties.verdict(claimed) {
                let way = show(way, &program.sources);
                wrong += &format!("{name}: `{}` is not proven: {way}\n", claimed.name());
            }
        }
        for (refuted, reason) in expected["open"].as_object().into_iter().flatten() {
            let refuted = property(refuted);
            open.insert(refuted);
            let Verdict::Open(way) = contract.properties.verdict(refuted) else {
                wrong += &format!("{name}: `{}` is proven\n", refuted.name());
                continue;
            };
            let way = show(way, &program.sources);
            if !way.contains(reason.as_str().unwrap()) {
                wrong += &format!("{name}: `{}` because of {way}\n", refuted.name());
            }
        }
        if let Some(cost) = expected["cost"].as_str()
            && cost != contract.properties.cost()
        {
            wrong += &format!("{name}: the cost is {}\n", contract.properties.cost());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let untested: Vec<_> = Property::ALL
        .into_iter()
        .filter(|property| !proven.contains(property) || !open.contains(property))
        .collect();
    assert!(untested.is_empty(), "no program for {untested:?}");
}

/// The diagnostics of one program.
fn checked(text: &str) -> String {
    js_to_wasm::check_source(&files("a.ts", text), "a.ts").render()
}

#[test]
fn a_promise_that_is_proven_passes() {
    for promise in [
        "Response & Spec<\"pure\">",
        "Spec<\"pure\" | \"deterministic\" | \"cost_bounded\"> & Response",
        "(Response & Spec<\"read_only\">)",
        "Proven",
    ] {
        let text = format!(
            "type Proven = Response & Spec<\"pure\">;\nexport function handler(req: Request): {promise} {{ return Response.text(\"x\"); }}"
        );
        assert_eq!(checked(&text), "", "{promise}");
    }
}

#[test]
fn a_promise_that_is_not_proven_fails_with_the_way() {
    let text = r#"import { stamp } from "./b.ts";
const show = (): string => `${stamp()}`;
export function handler(req: Request): Response & Spec<"read_only" | "deterministic"> {
  return Response.text(show());
}
// file: b.ts
export const stamp = (): number => Date.now();
"#;
    let expected = r#"error[JS710]: `deterministic` is not proven: the handler reads the clock
 --> a.ts:3:70
  |
3 | nction handler(req: Request): Response & Spec<"read_only" | "deterministic"> {
  |                                                             ^^^^^^^^^^^^^^^
   = help: the way there: handler (a.ts:3:8) → show (a.ts:4:24) → stamp (a.ts:2:31) → reads the clock (b.ts:1:36)

"#;
    assert_eq!(checked(text), expected);
}

#[test]
fn promises_of_arrows_and_aliases_are_held() {
    for text in [
        "export const handler = (req: Request): Response & Spec<\"deterministic\"> => Response.text(`${Math.random()}`);",
        "type Proven = Response & Spec<\"deterministic\">;\nexport default (req: Request): Proven => Response.text(`${Math.random()}`);",
        "function answer(req: Request): Response & Spec<\"deterministic\"> { return Response.text(`${Math.random()}`); }\nexport default answer;",
    ] {
        let found = checked(text);
        assert!(found.contains("JS710") && found.contains("takes random bytes"), "{found}");
    }
}

#[test]
fn a_promise_of_nothing_known_is_refused() {
    let found = checked(
        "export const handler = (req: Request): Response & Spec<\"fast\"> => Response.text(\"x\");",
    );
    assert!(found.contains("error[JS711]: there is no property `fast`"), "{found}");
    assert!(found.contains("the properties are pure, read_only"), "{found}");
}
