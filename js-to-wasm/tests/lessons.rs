//! Where the documents of the runtime whose job this does promise more than its code keeps: each point by its number, with programs that
//! show how it is here. What is not the compiler's work is held by a test elsewhere, which is named and must be there.

mod common;

use std::{fs, path::Path};

use common::{Request, compile_files};
use js_to_wasm::{check_source, contract, source::Files};

/// One thing that must hold.
enum Holds {
    /// The program is refused with this code, or warned of.
    Refused(&'static str, &'static str),
    /// The program answers a request for this target with this body.
    Answers(&'static str, &'static str, &'static str),
    /// The program's contract says that this capability is chosen at run time, or has exactly these values.
    Needs(&'static str, &'static str, &'static [&'static str]),
    /// A test of this name stands in this file of the workspace.
    Tested(&'static str, &'static str),
}

use Holds::{Answers, Needs, Refused, Tested};

/// A point: its number, how it is here, and what shows it.
type Lesson = (u32, &'static str, &'static [Holds]);

const LESSONS: &[Lesson] = &[
    (
        1,
        "handlers with file imports are verified and typed like any other",
        &[
            Refused(
                "import { answer } from \"./helper\";\nexport function handler(req: Request) { return answer(req.path); }",
                "JS231",
            ),
            Refused(
                "import { double } from \"./helper\";\nexport function handler(req: Request) { return Response.json(double(req.path)); }",
                "JS204",
            ),
            Refused(
                "import { double } from \"./helper\";\nexport function handler(req: Request) { return double(1) ? Response.text(\"a\") : Response.text(\"b\"); }",
                "JS221",
            ),
            Refused(
                "import { shared } from \"./helper\";\nexport function handler(req: Request) { shared.push(req.path); return Response.json(shared); }",
                "JS238",
            ),
        ],
    ),
    (
        2,
        "CORS, the log and time limits have an effect",
        &[
            Answers(
                "import { cors } from \"purview:http\";\nexport function handler(req: Request): Response { return Response.json(cors(\"https://a.example\")[\"access-control-allow-origin\"] ?? \"none\"); }",
                "/",
                "\"https://a.example\"",
            ),
            Tested("host/tests/limits.rs", "slow_heads"),
            Tested("host/tests/limits.rs", "idle_connections"),
            Tested("host/tests/limits.rs", "processor_time"),
            Tested("host/tests/limits.rs", "a_limit_is_told_without_request_lines_too"),
        ],
    ),
    (
        3,
        "comptime works wherever a handler is compiled; spreads, fractions, spaces and local components of HTML are right",
        &[
            Answers(
                "export function handler(req: Request): Response { return Response.json(comptime(\"a\".repeat(3))); }",
                "/",
                "\"aaa\"",
            ),
            Answers(
                "const props = { id: \"a\", title: \"b\" };\nexport function handler(req: Request): Response {\n  const Item = (item: { n: number }) => <b>Count: {item.n}</b>;\n  return Response.html(renderToString(<p {...props} lang=\"en\"><Item n={1.5} /> {0.1}</p>));\n}",
                "/",
                "<p id=\"a\" title=\"b\" lang=\"en\"><b>Count: 1.5</b> 0.1</p>",
            ),
            Tested("host/tests/check.rs", "comptime_is_evaluated_by_check_build_and_serve_alike"),
        ],
    ),
    (
        4,
        "every path returns a Response, not just something",
        &[
            Refused("export function handler(req: Request) { return { status: 200 }; }", "JS232"),
            Refused(
                "const help = (path: string) => path === \"/\" ? Response.text(\"a\") : \"b\";\nexport function handler(req: Request) { return help(req.path); }",
                "JS232",
            ),
            Refused(
                "export function handler(req: Request) { if (req.path === \"/\") { return Response.text(\"a\"); } }",
                "JS231",
            ),
            Refused(
                "const table: Record<string, Response> = {};\nexport function handler(req: Request) { return table[req.path]; }",
                "JS231",
            ),
        ],
    ),
    (
        5,
        "what is chosen at run time is said to be so, however it reaches the call",
        &[
            Needs(
                "import { env } from \"purview:env\";\nconst read = env;\nexport function handler(req: Request): Response { return Response.json(read(req.path) ?? \"\"); }",
                "env",
                &["*"],
            ),
            Needs(
                "import { env } from \"purview:env\";\nconst call = (f: (name: string) => string | undefined, name: string) => f(name);\nexport function handler(req: Request): Response { return Response.json(call(env, req.path) ?? \"\"); }",
                "env",
                &["*"],
            ),
            Needs(
                "export function handler(req: Request): Response { return Response.json(httpRequest(JSON.stringify({ url: `https://${req.path}` }))); }",
                "egress",
                &["*"],
            ),
            Needs(
                "export function handler(req: Request): Response { return Response.json(fetchSync(`https://a.example${req.path}`).status); }",
                "egress",
                &["*"],
            ),
            Needs(
                "export function handler(req: Request): Response { return Response.json(fetchSync(`https://a.example/${req.path}`).status); }",
                "egress",
                &["https://a.example"],
            ),
            Needs(
                "export function handler(req: Request): Response { return Response.json([\"https://user@A.example/\", \"http://[::1]:80/x\", \"HTTPS://b.example?c\"].map((url) => fetchSync(url).status)); }",
                "egress",
                &["http://[::1]", "https://a.example", "https://b.example"],
            ),
            Tested(
                "js-to-wasm/tests/contract.rs",
                "every_form_that_escapes_elsewhere_is_in_the_corpus",
            ),
        ],
    ),
    (
        6,
        "parallel gives what its functions give, and race ends with the first answer",
        &[
            Answers(
                "import { parallel } from \"purview:io\";\nexport function handler(req: Request): Response { return Response.json(parallel([() => 1, () => 2])); }",
                "/",
                "[1,2]",
            ),
            Tested("js-to-wasm/tests/run.rs", "a_race_gives_the_others_up"),
            Tested("host/tests/outside.rs", "the_first_answer_wins_and_the_others_end"),
        ],
    ),
    (
        7,
        "headers of answers are sent, a missing header is undefined, a query value stays a text",
        &[
            Answers(
                "export function handler(req: Request): Response {\n  const answer = Response.json(1, { headers: { \"x-a\": \"b\" } });\n  return Response.json([answer.headers.get(\"x-a\") ?? \"lost\", typeof req.headers.get(\"x-none\"), typeof req.query.n, req.query.n ?? \"\"]);\n}",
                "/?n=007",
                "[\"b\",\"undefined\",\"string\",\"007\"]",
            ),
            Refused(
                "export function handler(req: Request): Response { return Response.json(req.headers.get(\"a\").length); }",
                "JS234",
            ),
        ],
    ),
    (
        8,
        "tokens say their algorithm and it counts; dates out of range are no dates",
        &[
            Answers(
                "import { jwtVerify, jwtSign } from \"purview:auth\";\nexport function handler(req: Request): Response {\n  const none = jwtVerify(\"eyJhbGciOiJub25lIn0.e30.\", \"key\");\n  const good = jwtVerify(jwtSign(\"{\\\"sub\\\":\\\"a\\\"}\", \"key\") ?? \"\", \"key\");\n  const huge = jwtVerify(jwtSign(\"{\\\"nbf\\\":1e300}\", \"key\") ?? \"\", \"key\");\n  return Response.json([none.ok, good.ok, huge.ok]);\n}",
                "/",
                "[false,true,false]",
            ),
            Tested("guest-sdk/native/src/auth/tests.rs", "issuers_and_audiences"),
            Tested("guest-sdk/native/src/auth/tests.rs", "a_key_is_for_its_algorithm_only"),
        ],
    ),
    (
        9,
        "coercion reaches inner values, an enum may hold numbers, counts keep their time to live",
        &[
            Answers(
                "import { schemaCompile, coerceJson, validateJson } from \"purview:validate\";\nschemaCompile(\"deep\", { type: \"object\", properties: { a: { type: \"object\", properties: { b: { type: \"number\" } } } } });\nschemaCompile(\"one\", { enum: [1, 2] });\nexport function handler(req: Request): Response {\n  const deep = coerceJson(\"deep\", \"{\\\"a\\\":{\\\"b\\\":\\\"7\\\"}}\");\n  return Response.json([deep.ok ? deep.value : \"wrong\", validateJson(\"one\", \"2\").ok, validateJson(\"one\", \"3\").ok]);\n}",
                "/",
                "[{\"a\":{\"b\":7}},true,false]",
            ),
            Tested(
                "host/src/capability/cache/store.rs",
                "numbers_keep_their_expiry_unless_one_is_given",
            ),
            Tested("host/src/capability/cache/store.rs", "entries_expire"),
        ],
    ),
    (
        10,
        "what is promised of the language is there, and what is not is refused",
        &[
            Answers(
                "export function handler(req: Request): Response {\n  const bytes = Uint8Array(2);\n  bytes[0] = 257;\n  return Response.json([bytes[0] ?? 0, Math.hypot(3, 4), Math.cbrt(27), Math.PI > 3]);\n}",
                "/",
                "[1,5,3,true]",
            ),
            Refused(
                "export async function handler(req: Request) { return Response.text(\"a\"); }",
                "JS123",
            ),
            Answers(
                "const pick = (n: number): string => { switch (n) { case 1: case 2: return \"low\"; default: return \"high\"; } };\nexport function handler(req: Request): Response { return Response.json([pick(1), pick(2), pick(3)]); }",
                "/",
                "[\"low\",\"low\",\"high\"]",
            ),
            Answers(
                "const sum = (first: number, second = 10, ...rest: number[]): number => rest.reduce((a, b) => a + b, first + second);\nconst tool = { double(n: number): number { return n * 2; } };\nexport function handler(req: Request): Response {\n  const list = [1, 2, 3];\n  const [head, ...tail] = list;\n  const { a, ...others } = { a: 1, b: 2, c: 3 };\n  const shape = { kind: \"box\", size: { w: 2 } };\n  const found = match (shape) { when { kind: \"box\", size: { w: 2 } }: \"two\" default: \"other\" };\n  return Response.json([sum(1), sum(1, 2), sum(1, 2, ...list), [...list, 4], { ...others, d: 4 }, head, tail, a, tool.double(4), found]);\n}",
                "/",
                "[11,3,9,[1,2,3,4],{\"b\":2,\"c\":3,\"d\":4},1,[2,3],1,8,\"two\"]",
            ),
        ],
    ),
    (
        11,
        "no text of a request gets into JSON without being escaped",
        &[Answers(
            "export function handler(req: Request): Response { return Response.json({ greeting: `Hello, ${req.query.name ?? \"\"}!` }); }",
            "/?name=%22%2C%22admin%22%3Atrue%5C",
            "{\"greeting\":\"Hello, \\\",\\\"admin\\\":true\\\\!\"}",
        )],
    ),
    (
        12,
        "texts are UTF-16, templates read their escapes, keys of JSON are escaped",
        &[Answers(
            "export function handler(req: Request): Response { return Response.json([\"é😀\".length, \"😀\".charAt(0).length, `a\\n\\u{1F600}`.length, JSON.stringify({ [\"a\\\"b\\n\"]: 1 })]); }",
            "/",
            "[3,1,4,\"{\\\"a\\\\\\\"b\\\\n\\\":1}\"]",
        )],
    ),
    (
        13,
        "conditions know scopes: a name that hides another is another",
        &[
            Refused(
                "const a = true;\nexport function handler(req: Request): Response { const a = req.path; return a ? Response.text(\"a\") : Response.text(\"b\"); }",
                "JS221",
            ),
            Answers(
                "const a = \"text\";\nexport function handler(req: Request): Response { const b = [true].map((a) => a ? 1 : 2); return Response.json([a, ...b]); }",
                "/",
                "[\"text\",1]",
            ),
        ],
    ),
    (
        14,
        "events of AWS are answered",
        &[Tested("host/tests/scaffold.rs", "an_event_of_a_platform_is_answered")],
    ),
    (
        15,
        "places lead back to the source, OpenAPI is written",
        &[
            Tested("host/tests/faults.rs", "the_log_names_code_reason_function_and_place"),
            Tested("js-to-wasm/tests/emit_js.rs", "the_map_leads_back_to_the_original"),
            Tested("host/tests/scaffold.rs", "an_event_of_a_platform_is_answered"),
        ],
    ),
];

fn files(text: &str) -> Files {
    Files::one("a.tsx", text).with(
        "helper.ts",
        "export const answer = (path: string) => { if (path === \"/\") { return Response.text(\"a\"); } };\n\
         export const shared: string[] = [];\nexport const double = (n: number): number => n * 2;\n",
    )
}

/// What is wrong with one claim.
fn judge(holds: &Holds) -> Result<(), String> {
    match holds {
        Refused(text, code) => {
            let said = check_source(&files(text), "a.tsx").render();
            if said.contains(&format!("[{code}]")) {
                Ok(())
            } else {
                Err(format!("{text}\nis not refused as {code}:\n{said}"))
            }
        }
        Answers(text, target, body) => {
            let program = compile_files(&files(text), "a.tsx")
                .map_err(|refused| format!("{text}\n{refused}"))?;
            let answer = program
                .answer(&Request::get(target))
                .map_err(|fault| format!("{text}\n{fault}"))?;
            if answer.body == *body {
                Ok(())
            } else {
                Err(format!("{text}\nanswers {}\nand not  {body}", answer.body))
            }
        }
        Needs(text, section, values) => {
            let checked = check_source(&files(text), "a.tsx");
            let program = checked.program.as_ref().ok_or_else(|| checked.render())?;
            let needs = contract::extract(program).needs;
            let need = if *section == "env" { needs.env } else { needs.egress };
            let found: Vec<String> =
                need.literal.into_iter().chain(need.dynamic.then(|| "*".to_owned())).collect();
            if found == *values {
                Ok(())
            } else {
                Err(format!("{text}\nneeds {found:?}, not {values:?}"))
            }
        }
        Tested(path, name) => {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
            let text =
                fs::read_to_string(root.join(path)).map_err(|error| format!("{path}: {error}"))?;
            let there = text.contains(&format!("#[test]\nfn {name}("))
                || text.contains(&format!("#[test]\n    fn {name}("));
            if there { Ok(()) } else { Err(format!("{path} has no test `{name}`")) }
        }
    }
}

#[test]
fn every_point_is_better_here() {
    let mut wrong = String::new();
    for (number, title, claims) in LESSONS {
        assert!(!claims.is_empty(), "{number}");
        for claim in *claims {
            if let Err(error) = judge(claim) {
                wrong += &format!("{number} ({title}): {error}\n\n");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let numbers: Vec<u32> = LESSONS.iter().map(|(number, ..)| *number).collect();
    assert_eq!(numbers, (1..=15).collect::<Vec<u32>>());
}
