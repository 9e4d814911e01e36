//! What `--emit=js` writes: text in, text out, and places of the map.
#![cfg(feature = "emit-js")]

use js_to_wasm::{
    check_source,
    elements::{ATTRIBUTES, RAW_TEXT, VOID},
    emit_js::{self, Options},
    source::{Files, virtual_modules::MODULES},
};

const HANDLER: &str = "function handler() { return Response.text(\"ok\"); }\n";

fn emit(path: &str, files: &Files) -> Vec<emit_js::Emitted> {
    let checked = check_source(files, path);
    let program = checked.program.as_ref().unwrap_or_else(|| panic!("{}", checked.render()));
    emit_js::emit(program, &Options { runtime: "purview:runtime".to_owned() })
        .expect("it can be emitted")
}

/// The lines that one text of the language becomes, without what every handler needs.
#[track_caller]
fn check(path: &str, text: &str, expected: &str) {
    let emitted = emit(path, &Files::one(path, format!("{text}\n{HANDLER}")));
    let [module] = emitted.as_slice() else { panic!("one module") };
    let code = module.code.split("function handler()").next().expect("there is a first part");
    let code = code.trim().trim_start_matches("import { Response } from \"purview:runtime\";\n");
    assert_eq!(code, expected, "{text}");
}

#[test]
fn own_constructs_become_plain_javascript() {
    check(
        "a.ts",
        "const f = (d: number) => match (d) { when 1: \"a\" default: \"b\" };",
        "const f = (d) => d === 1 ? \"a\" : \"b\";",
    );
    check(
        "a.ts",
        "const f = (o: { k: string }) => match (o) { when { k: \"a\" }: 1 };",
        "const f = (o) => o != undefined && o.k === \"a\" ? 1 : undefined;",
    );
    check(
        "a.ts",
        "const f = (x: number) => x |> Math.abs |> String;",
        "const f = (x) => String(Math.abs(x));",
    );
    check(
        "a.ts",
        "distinct type Id = string;\nconst a: Id = Id(\"x\");",
        "function Id(value) {\n\treturn value;\n}\nconst a = Id(\"x\");",
    );
    check("a.ts", "const f = (x?: number) => x === undefined;", "const f = (x) => x == undefined;");
    check(
        "a.ts",
        "const f = (x: unknown) => typeof x;",
        "const f = (x) => typeof (x ?? undefined);",
    );
    check(
        "a.ts",
        "const a = comptime(1 + 2);",
        "import { Response, comptime } from \"purview:runtime\";\nconst a = 3;",
    );
}

#[test]
fn a_subject_is_computed_once() {
    check(
        "a.ts",
        "const f = () => match (Math.random()) { when 1: 1 default: 2 };",
        "let $match1;\nconst f = () => ($match1 = Math.random(), $match1 === 1 ? 1 : 2);",
    );
}

#[test]
fn elements_become_calls() {
    let expected = "import { Response, h as $h, Fragment as $Fragment } from \"purview:runtime\";\n\
                    const a = /* @__PURE__ */ $h($Fragment, null, $h(\"p\", { class: \"x\" }, \"a & b\"));";
    check(
        "a.tsx",
        "const a = <><p class=\"x\">a &amp; b</p></>;",
        &expected.replace("/* @__PURE__ */ ", ""),
    );
}

#[test]
fn modules_import_each_other() {
    let files = Files::one("app/main.ts", "import { a } from \"./lib/a\";\nimport { env } from \"zigttp:env\";\nexport default () => Response.text(a + (env(\"X\") ?? \"\"));")
        .with("app/lib/a.ts", "import { b } from \"../b.js\";\nexport const a = b;")
        .with("app/b.js", "export const b = \"b\";");
    let emitted = emit("app/main.ts", &files);
    let paths: Vec<_> = emitted.iter().map(|module| module.path.as_str()).collect();
    assert_eq!(paths, ["app/b.mjs", "app/lib/a.mjs", "app/main.mjs"]);
    assert!(emitted[1].code.contains("from \"../b.mjs\""));
    assert!(emitted[2].code.contains("import { a } from \"./lib/a.mjs\""));
    assert!(emitted[2].code.contains("import { env } from \"purview:runtime\""));
    assert!(emitted[2].code.ends_with("//# sourceMappingURL=main.mjs.map\n"));
}

#[test]
fn the_map_leads_back_to_the_original() {
    let text = "distinct type Id = string;\nconst f = (größe: string) => match (größe) { when \"😀\": deep(größe) default: \"\" };\nconst deep = (s: string) => s;\n";
    let emitted = emit("a.ts", &Files::one("a.ts", format!("{text}{HANDLER}")));
    let map = oxc_sourcemap::SourceMap::from_json_string(&emitted[0].map).expect("the map is one");
    let line_of = |text: &str, wanted: &str| {
        text.lines().position(|line| line.contains(wanted)).expect("it is there") as u32
    };
    let column_of = |text: &str, line: u32, wanted: &str| {
        let line = text.lines().nth(line as usize).expect("the line is there");
        line[..line.find(wanted).expect("it is there")].encode_utf16().count() as u32
    };
    for wanted in ["deep(größe)", "deep = ", "handler"] {
        let line = line_of(&emitted[0].code, wanted);
        let column = column_of(&emitted[0].code, line, wanted);
        let whole = format!("{text}{HANDLER}");
        let table = map.generate_lookup_table();
        let token = map.lookup_token(&table, line, column).expect("the place is mapped");
        let original = line_of(&whole, wanted);
        assert_eq!(
            (token.get_src_line(), token.get_src_col()),
            (original, column_of(&whole, original, wanted)),
            "{wanted}"
        );
    }
    assert_eq!(map.get_sources().collect::<Vec<_>>(), ["a.ts"]);
}

#[test]
fn the_shim_agrees_with_the_tables() {
    for module in MODULES {
        for export in module.exports {
            let found = ["const", "function"].iter().any(|word| {
                [" ", "("]
                    .iter()
                    .any(|end| emit_js::RUNTIME.contains(&format!("export {word} {export}{end}")))
            });
            assert!(found, "the shim does not export `{export}` of `{}`", module.name);
        }
    }
    for name in emit_js::RUNTIME_GLOBALS {
        let found = ["const", "function"].iter().any(|word| {
            [" ", "("]
                .iter()
                .any(|end| emit_js::RUNTIME.contains(&format!("export {word} {name}{end}")))
        });
        assert!(found, "the shim does not export `{name}`");
        assert!(js_to_wasm::check::globals::find(name).is_some(), "`{name}` is no global name");
    }
    for (from, to) in ATTRIBUTES {
        assert!(emit_js::RUNTIME.contains(&format!("\n  {from}: \"{to}\",")), "{from}");
    }
    let quoted = |names: &[&str]| {
        names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
    };
    assert!(emit_js::RUNTIME.contains(&format!("const VOID = [{}];", quoted(VOID))));
    assert!(emit_js::RUNTIME.contains(&format!("const RAW_TEXT = [{}];", quoted(RAW_TEXT))));
}

/// What editors see: every function of every module, under each of its names.
#[test]
fn the_declarations_agree_with_the_tables() {
    let declarations = include_str!("../shim/purview.d.ts");
    for module in MODULES {
        let begin = format!("declare module \"purview:{}\" {{", module.name);
        let (_, body) = declarations.split_once(&begin).unwrap_or_else(|| panic!("{begin}"));
        let body = body.split_once("\n}").expect("a module has an end").0;
        for export in module.exports {
            let declared = body.contains(&format!("export function {export}("))
                || body.contains(&format!("export function {export}<"));
            assert!(declared, "`{export}` of `{}` is not declared", module.name);
        }
        for prefix in ["zigttp", "zttp"] {
            let same = format!(
                "declare module \"{prefix}:{0}\" {{ export * from \"purview:{0}\" }}",
                module.name
            );
            assert!(declarations.contains(&same), "{same}");
        }
    }
}

/// The three prefixes mean the same module: the same code, for every function.
#[test]
fn other_names_of_modules_mean_the_same() {
    for module in MODULES {
        let list = module.exports.join(", ");
        let text = |prefix: &str| {
            format!(
                "import {{ {list} }} from \"{prefix}:{}\";\nexport const all = () => [{list}];\n{HANDLER}",
                module.name
            )
        };
        let code = |prefix: &str| emit("a.ts", &Files::one("a.ts", text(prefix)))[0].code.clone();
        let own = code("purview");
        assert!(module.exports.iter().all(|export| own.contains(export)), "{own}");
        assert_eq!(code("zigttp"), own);
        assert_eq!(code("zttp"), own);
    }
}
