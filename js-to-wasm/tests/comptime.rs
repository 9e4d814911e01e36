//! What `comptime` gives is what the same expression gives when it runs, to the byte; what it cannot evaluate is refused with its place.
//! The list of operations and limits is that of the language's manual.

mod common;

use common::{Request, compile};
use js_to_wasm::{check_source, source::Files};

/// Expressions that can be evaluated.
const EXPRESSIONS: &[&str] = &[
    "1 + 2 * 3",
    "\"hello\".toUpperCase()",
    "Math.PI",
    "{ timeout: 30 }",
    "1 / 0",
    "-1 / 0",
    "0 / 0",
    "-0",
    "0.1 + 0.2",
    "2 ** 53 + 1",
    "2 ** -1074",
    "7 % -3",
    "-7 % 3",
    "5.5 % 2",
    "1 << 31",
    "1 << 33",
    "-1 >> 28",
    "-1 >>> 28",
    "~5",
    "5 & 3",
    "5 | 3",
    "5 ^ 3",
    "1e21 + 1",
    "1e-7",
    "123456789012345680000",
    "+3",
    "!true",
    "true && false",
    "true || false",
    "undefined ?? 4",
    "3 ?? 4",
    "1 < 2 ? \"yes\" : \"no\"",
    "\"a\" < \"b\"",
    "\"b\" <= \"a\"",
    "2 > 1",
    "2 >= 3",
    "1 === 1",
    "\"a\" !== \"b\"",
    "typeof 1",
    "typeof \"a\"",
    "typeof undefined",
    "`a${1 + 1}b${true}c${undefined}`",
    "\"a\" + 1",
    "1 + \"a\"",
    "\"a\" + true",
    "\"é😀\".length",
    "\"é😀\".charAt(1)",
    "\"😀\".charCodeAt(1)",
    "\"abc\".at(-1)",
    "\"  a b \".trim()",
    "\"  a\".trimStart()",
    "\"a  \".trimEnd()",
    "\"hello\".slice(1, -1)",
    "\"hello\".substring(3, 1)",
    "\"hello\".includes(\"ell\")",
    "\"hello\".startsWith(\"he\")",
    "\"hello\".endsWith(\"lo\")",
    "\"hello\".indexOf(\"l\")",
    "\"hello\".lastIndexOf(\"l\")",
    "\"a,b,c\".split(\",\")",
    "\"ab\".repeat(3)",
    "\"aXbX\".replace(\"X\", \"-\")",
    "\"aXbX\".replaceAll(\"X\", \"-\")",
    "\"7\".padStart(3, \"0\")",
    "\"7\".padEnd(3, \"ab\")",
    "\" Hello \".trim().toLowerCase().split(\"l\").join(\"L\")",
    "parseInt(\"42px\")",
    "parseInt(\"ff\", 16)",
    "parseFloat(\"3.5e2x\")",
    "Number(\"12\")",
    "String(1.5)",
    "JSON.parse(\"{\\\"a\\\":[1,null,true]}\")",
    "JSON.parse(\"not json\")",
    "JSON.stringify({ b: 1, a: [undefined, \"x\"] })",
    "encodeURIComponent(\"a b/é\")",
    "decodeURIComponent(\"a%20b\")",
    "[1, \"a\", [true], undefined]",
    "[...[1, 2], 3]",
    "{ a: 1, \"b c\": 2, 3: 4, [\"d\" + 1]: 5 }",
    "{ ...{ a: 1, b: 2 }, b: 3 }",
    "{ a: { b: [1, 2] } }.a.b[1]",
    "[1, 2, 3].length",
    "[1, 2, 3].includes(2)",
    "[1, 2, 3].slice(1)",
    "[1, 2].concat([3])",
    "(1.005).toFixed(2)",
    "Math.abs(-1.5)",
    "Math.floor(-1.5)",
    "Math.ceil(1.2)",
    "Math.round(-0.5)",
    "Math.trunc(-1.7)",
    "Math.sqrt(2)",
    "Math.cbrt(27)",
    "Math.sin(1)",
    "Math.cos(1)",
    "Math.tan(1)",
    "Math.asin(0.5)",
    "Math.acos(0.5)",
    "Math.atan(1)",
    "Math.atan2(1, 2)",
    "Math.log(10)",
    "Math.log2(8)",
    "Math.log10(1000)",
    "Math.exp(1)",
    "Math.pow(2, 0.5)",
    "Math.min(3, 1, 2)",
    "Math.max(1, 5, 3)",
    "Math.max()",
    "Math.sign(-3)",
    "Math.clz32(1)",
    "Math.imul(65535, 65537)",
    "Math.fround(5.5)",
    "Math.hypot(3, 4)",
    "Math.E + Math.LN2 + Math.LN10 + Math.LOG2E + Math.LOG10E + Math.SQRT2 + Math.SQRT1_2",
    "Number.MAX_SAFE_INTEGER",
];

#[test]
fn comptime_gives_the_bytes_of_run_time() {
    let lines: Vec<String> = EXPRESSIONS
        .iter()
        .flat_map(|e| [format!("show(comptime({e}))"), format!("show({})", at_run_time(e))])
        .collect();
    let text = format!(
        "const show = (value) => typeof value === \"number\" && (value !== value || 1 / value < 0) ? `${{value}} ${{1 / value}}` : JSON.stringify([value, typeof value]);\n\
         function handler(req) {{ return Response.text([\n{}\n].join(\"\\n\")); }}",
        lines.join(",\n")
    );
    let program = compile(&[("a.js", &text)]).unwrap_or_else(|refused| panic!("{refused}"));
    let answer = program.answer(&Request::get("/")).unwrap();
    let shown: Vec<&str> = answer.body.split('\n').collect();
    assert_eq!(shown.len(), EXPRESSIONS.len() * 2);
    let mut wrong = String::new();
    for (expression, pair) in EXPRESSIONS.iter().zip(shown.chunks(2)) {
        if pair[0] != pair[1] {
            wrong +=
                &format!("{expression}: {} while compiling, {} when it runs\n", pair[0], pair[1]);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The expression in parentheses, so that an object is no block.
fn at_run_time(expression: &str) -> String {
    format!("({expression})")
}

/// The diagnostics of a program with this expression.
fn refusal(expression: &str) -> String {
    let text = format!(
        "const limit = 3;\nexport function handler(req: Request): Response {{\n  const v = comptime({expression});\n  return Response.text(JSON.stringify([v, limit]));\n}}\n"
    );
    check_source(&Files::one("a.ts", text.as_str()), "a.ts").render()
}

#[test]
fn what_cannot_be_evaluated_is_refused_with_its_reason() {
    let deep = format!("{}1{}", "(".repeat(70), ")".repeat(70));
    let long = format!("\"{}\"", "x".repeat(9000));
    let cases: &[(&str, &str, &str)] = &[
        ("limit", "JS721", "`limit` is not known while compiling"),
        ("req.path", "JS721", "`req` is not known while compiling"),
        ("(() => 1)()", "JS726", "this call is not evaluated while compiling"),
        ("Math.random()", "JS726", "`Math.random` cannot be called while compiling"),
        ("Date.now()", "JS726", "`Date.now` cannot be called while compiling"),
        ("console.log(1)", "JS726", "`console.log` cannot be called while compiling"),
        ("() => 1", "JS720", "this cannot be evaluated while compiling"),
        ("\"x\".repeat(10000000)", "JS725", "the count is out of range"),
        ("\"x\".padEnd(1000000)", "JS725", "the text would be longer than"),
        ("hash(1)", "JS722", "`hash` takes one text"),
        (&deep, "JS723", "nested more than 64 deep"),
        (&long, "JS724", "longer than 8192 bytes"),
    ];
    let mut wrong = String::new();
    for (expression, code, message) in cases {
        let found = refusal(expression);
        if !found.contains(&format!("error[{code}]")) || !found.contains(message) {
            wrong += &format!("{expression}:\n{found}\n");
        }
        assert!(!found.contains("JS155"), "{found}");
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn names_of_the_building_machine_are_undefined_and_the_version_is_known() {
    let text = "export function handler(req: Request): Response {\n  return Response.text(JSON.stringify([comptime(hash(\"a\")), comptime(hash(\"\")), comptime(Env.HOME ?? \"none\"), comptime(__BUILD_TIME__ ?? \"none\"), comptime(__GIT_COMMIT__ ?? \"none\"), comptime(__VERSION__)]));\n}\n";
    let program = compile(&[("a.ts", text)]).unwrap_or_else(|refused| panic!("{refused}"));
    let expected = format!(
        "[\"e40c292c\",\"811c9dc5\",\"none\",\"none\",\"none\",\"{}\"]",
        env!("CARGO_PKG_VERSION")
    );
    assert_eq!(program.answer(&Request::get("/")).unwrap().body, expected);
}

#[test]
fn a_name_that_the_program_declares_is_not_the_built_in() {
    let text = "const hash = (text: string): string => text;\nexport function handler(req: Request): Response {\n  return Response.text(comptime(hash(\"a\")));\n}\n";
    let found = check_source(&Files::one("a.ts", text), "a.ts").render();
    assert!(found.contains("error[JS721]: `hash` is not known while compiling"), "{found}");
}

#[test]
fn outside_of_comptime_its_names_are_declared_nowhere() {
    let text = "export function handler(req: Request): Response {\n  return Response.text(hash(\"a\"));\n}\n";
    let found = check_source(&Files::one("a.ts", text), "a.ts").render();
    assert!(found.contains("error[JS155]"), "{found}");
}
