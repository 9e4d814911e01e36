//! Compiled programs do what the language says: each case is a program and what it answers.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what goes wrong fails the test")]

mod common;

use common::{Answer, Request, compile};

/// The body that `handler` answers to `GET /`.
fn body(program: &str) -> String {
    match compile(&[("handler.tsx", program)]) {
        Ok(program) => match program.answer(&Request::get("/")) {
            Ok(answer) => answer.body,
            Err(fault) => format!("fault: {fault}"),
        },
        Err(diagnostics) => panic!("{diagnostics}"),
    }
}

/// The JSON of an expression.
fn value(expression: &str) -> String {
    body(&format!("function handler(req) {{ return Response.json({expression}); }}"))
}

#[test]
fn hello() {
    let program =
        compile(&[("hello.js", "function handler(req) { return Response.json({hello:'world'}) }")])
            .unwrap();
    let answer = program.answer(&Request::get("/")).unwrap();
    let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    assert_eq!(answer, Answer { status: 200, headers, body: r#"{"hello":"world"}"#.to_owned() });
    assert!(program.wasm.len() <= 40 * 1024, "{} bytes", program.wasm.len());
}

#[test]
fn expressions() {
    assert_eq!(
        value("[1 + 2, 'a' + 1, 7 % 3, 2 ** 10, 5 & 3, -1 >>> 28, ~5]"),
        "[3,\"a1\",1,1024,1,15,-6]"
    );
}

/// Copying the whole text each time would take a thousand times the memory that a program has.
#[test]
fn appending_takes_time_and_memory_of_what_is_appended() {
    let alone = "function handler(): Response {
            let s = \"\";
            for (const i of range(300000)) { s = s + \"0123456789\"; }
            return Response.json([s.length, s.slice(0, 12), s.at(-1)]);
        }";
    assert_eq!(body(alone), "[3000000,\"012345678901\",\"9\"]");
    let beside = "function handler(): Response {
            let one = \"\"; let two = \"é\"; let last = [0];
            for (const i of range(100000)) {
                one += `${i % 10}`;
                last = [i];
                two = two + \"ü\";
            }
            return Response.json([one.length, one.slice(-3), two.length, last]);
        }";
    assert_eq!(body(beside), "[100000,\"789\",100001,[99999]]");
}

#[test]
fn tail_calls_take_no_stack() {
    let sum = "function sum(n: number, total: number): number { return n === 0 ? total : sum(n - 1, total + n); }
        function handler() { return Response.json(sum(1000000, 0)); }";
    assert_eq!(body(sum), "500000500000");
    let mutual = "const even = (n: number): boolean => n === 0 ? true : odd(n - 1);
        const odd = (n: number): boolean => { if (n === 0) { return false; } return even(n - 1); };
        function handler() { return Response.json(even(300001)); }";
    assert_eq!(body(mutual), "false");
    let values = "function handler() {
            const steps = [(n: number, again: unknown): unknown => n];
            const walk = (f: (n: number) => unknown, n: number): unknown => f(n);
            return Response.json([walk((n) => n + 1, 1), steps.length]);
        }";
    assert_eq!(body(values), "[2,1]");
}

#[test]
fn closures_capture_what_they_must() {
    let program = "function handler() {
        const made: (() => number)[] = [];
        for (const i of range(3)) { let n = i * 10; made.push(() => { n = n + 1; return n; }); }
        let count = 0;
        const add = (by: number) => { count = count + by; return count; };
        const twice = (f: (by: number) => number) => { f(2); return f(3); };
        function outer(depth: number): number { return depth === 0 ? count : inner(depth); }
        function inner(depth: number): number { return outer(depth - 1); }
        return Response.json([made.map((f) => f()), made.map((f) => f()), twice(add), count, outer(3)]);
    }";
    assert_eq!(body(program), "[[1,11,21],[2,12,22],5,5,5]");
}

#[test]
fn faults_name_their_reason_and_place() {
    let cases = [
        (
            "const user = JSON.parse(\"{}\");\n  return Response.text(user.name.first);",
            "cannot read property `first` of undefined at handler.tsx:4:24",
        ),
        (
            "const n = JSON.parse(\"\\\"a\\\"\");\n  return Response.json(n * 2);",
            "arithmetic needs numbers, this is string at handler.tsx:4:24",
        ),
        (
            "const f = JSON.parse(\"1\");\n  return Response.json(f(2));",
            "number is not a function at handler.tsx:4:24",
        ),
        (
            "const c = JSON.parse(\"1\");\n  return c ? Response.json(1) : Response.json(2);",
            "a condition must be boolean, this is number at handler.tsx:4:10",
        ),
        (
            "return Response.text(\"a\", { status: 99 });",
            "a status is an integer from 200 to 599 at handler.tsx:3:10",
        ),
        (
            "assert JSON.parse(\"1\") === 2;\n  return Response.text(\"\");",
            "assertion failed at handler.tsx:3:10",
        ),
        (
            "return JSON.parse(\"1\");",
            "a handler returns a Response, this is number at handler.tsx:2:1",
        ),
    ];
    for (statements, expected) in cases {
        let program = format!("// a fault\nfunction handler() {{\n  {statements}\n}}");
        assert_eq!(body(&program), format!("fault: {expected}"), "{statements}");
    }
}

#[test]
fn annotated_json_is_checked() {
    let types = "type Named = string;
        interface User { name: Named; tags?: string[]; next?: User; kind: \"a\" | \"b\"; ok: boolean }
        type Users = readonly User[];";
    let cases = [
        ("[]", "[]"),
        (r#"[{"name":"x","kind":"a","ok":true}]"#, r#"[{"name":"x","kind":"a","ok":true}]"#),
        (
            r#"[{"name":"x","kind":"a","ok":true,"next":{"name":"y","kind":"b","ok":false,"tags":["t"]}}]"#,
            r#"[{"name":"x","kind":"a","ok":true,"next":{"name":"y","kind":"b","ok":false,"tags":["t"]}}]"#,
        ),
        ("nonsense", "fault: `users` is undefined, its annotation says array at handler.tsx:5:36"),
        ("{}", "fault: `users` is object, its annotation says array at handler.tsx:5:36"),
        (
            r#"[{"name":1,"kind":"a","ok":true}]"#,
            "fault: `users[0].name` is number, its annotation says string at handler.tsx:5:36",
        ),
        (
            r#"[{"name":"x","kind":"c","ok":true}]"#,
            "fault: `users[0].kind` is string, its annotation says something else at handler.tsx:5:36",
        ),
        (
            r#"[{"name":"x","kind":"a","ok":true,"next":{"name":"y","kind":"b"}}]"#,
            "fault: `users[0].next.ok` is undefined, its annotation says something else at handler.tsx:5:36",
        ),
        (
            r#"[{"name":"x","kind":"a","ok":true,"tags":["t",null]}]"#,
            "fault: `users[0].tags[1]` is undefined, its annotation says string at handler.tsx:5:36",
        ),
    ];
    for (json, expected) in cases {
        let program = format!(
            "{types}
            function handler() {{
              const users: Users = JSON.parse({json:?});
              return Response.json(users);
            }}"
        );
        assert_eq!(body(&program), expected, "{json}");
    }
    let returned = "function read(text: string): { n: number } | undefined { return JSON.parse(text); }
        export function handler() { return Response.json([read(\"null\"), read(\"{\\\"n\\\":1}\"), read(\"1\")]); }";
    assert_eq!(
        body(returned),
        "fault: `read()` is number, its annotation says something else at handler.tsx:1:65"
    );
}

#[test]
fn arguments_from_outside_are_checked() {
    let types = "type Line = { article: string; count: number };
        interface Order { id: string; lines: Line[] }
        const sizes = ({ lines }: Order): number => lines.length;
        function total(order: Order, factor?: number, more: string = 'x'): string { return `${order.lines.reduce((sum, line) => sum + line.count, 0) * (factor ?? 1)}${more}`; }";
    let good = r#"{"id":"1","lines":[{"article":"a","count":2}]}"#;
    let bad = r#"{"id":"1","lines":[{"article":"a","count":"2"}]}"#;
    let cases = [
        (good, "total(JSON.parse(text))", "2x"),
        (
            bad,
            "total(JSON.parse(text))",
            "fault: `order.lines[0].count` is string, its annotation says number",
        ),
        (
            bad,
            "JSON.parse(text) |> total",
            "fault: `order.lines[0].count` is string, its annotation says number",
        ),
        (good, "total(value, value.factor, value.more)", "2x"),
        (
            good,
            "total(value, value.id)",
            "fault: `factor` is string, its annotation says something else",
        ),
        (
            bad,
            "`${sizes(value)}`",
            "fault: `argument.lines[0].count` is string, its annotation says number",
        ),
        ("[]", "total(value)", "fault: `order` is array, its annotation says object"),
        (
            bad,
            "total(order(value))",
            "fault: `order().lines[0].count` is string, its annotation says number",
        ),
        (
            bad,
            "total(held(value))",
            "fault: `held.lines[0].count` is string, its annotation says number",
        ),
    ];
    for (json, call, expected) in cases {
        let program = format!(
            "{types}
            const order = (value): Order => value;
            function held(value): Order {{ const held: Order = value; return held; }}
            function handler() {{
              const text = {json:?}; const value = JSON.parse(text);
              return Response.text({call});
            }}"
        );
        let got = body(&program);
        let (got, _) = got.split_once(" at ").unwrap_or((&got, ""));
        assert_eq!(got, expected, "{call} of {json}");
    }
}

/// What stands around the cases of [`OUTSIDE`].
const SETTING: &str = r#"
        interface User { id: number; name: string; tags?: string[] }
        type Tree = { v: number; kids: Tree[] };
        type Shape = { kind: "dot"; at: [number, number] } | { kind: "text"; text: string };
        distinct type UserId = string;
        const show = (value: unknown): string => JSON.stringify(value) ?? "";
        const each = (f: (n: number) => number): number => f(1);
        const calls: Record<string, (n: number) => number> = { twice: (n) => n * 2 };
        const parse: (text: string) => User = (text) => JSON.parse(text);
        const store = { put(user: User): string { return user.name; } };
        const Card = ({ user, size = 1 }: { user: User; size?: number }) => <p>{user.name}{size}</p>;
        const optional = (user: Partial<Pick<User, "id" | "name">>): string => user.name ?? "none";"#;

/// Statements that give a value of which nothing is known a type, and the fault.
const OUTSIDE: &[(&str, &str)] = &[
    (
        "const user: User = { id: b.id, name: b.name }; return show(user);",
        "`user.name` is number, its annotation says string",
    ),
    (
        "const { id, name } = b; const user: User = { id, name }; return show(user);",
        "`user.name` is number, its annotation says string",
    ),
    (
        "const user: User = { ...b, name: \"a\" }; return show(user);",
        "`user.tags[1]` is number, its annotation says string",
    ),
    (
        "const users: User[] = [{ id: 1, name: \"a\" }, { id: 2, name: b.id === 1 ? b.name : \"b\" }]; return show(users);",
        "`users[1].name` is number, its annotation says string",
    ),
    (
        "const shape: Shape = { kind: \"dot\", at: b.at }; return show(shape);",
        "`shape.at[1]` is string, its annotation says number",
    ),
    (
        "const shape: Shape = { kind: \"dot\", at: [b.id, b.at[1]] }; return show(shape);",
        "`shape.at[1]` is string, its annotation says number",
    ),
    (
        "let name: string = \"\"; name = b.name; return name;",
        "`name` is number, its annotation says string",
    ),
    (
        "const user: User = { id: 1, name: \"a\" }; user.name = b.name; return show(user);",
        "`user.name` is number, its annotation says string",
    ),
    (
        "const user: User = { id: 1, name: \"a\", tags: [] }; const tags: string[] = user.tags ?? []; tags[0] = b.tags[1]; return show(user);",
        "`tags[…]` is number, its annotation says string",
    ),
    (
        "const names: string[] = []; names.push(\"a\", b.name); return show(names);",
        "`names.push(…)` is number, its annotation says string",
    ),
    (
        "const names: string[] = []; names.push(...b.tags); return show(names);",
        "`names.push(…)[1]` is number, its annotation says string",
    ),
    (
        "const names: string[] = [\"a\", ...b.tags]; return show(names);",
        "`names[2]` is number, its annotation says string",
    ),
    (
        "const ages: Map<string, number> = Map(); ages.set(\"a\", b.tags[0]); return show(ages.size);",
        "`ages.set(…)` is string, its annotation says number",
    ),
    (
        "return show(each((n) => n > 0 ? b.tags[0] : n));",
        "`result` is string, its annotation says number",
    ),
    (
        "const twice = calls[\"twice\"]; return show(twice === undefined ? 0 : twice(b.at[1]));",
        "`n` is string, its annotation says number",
    ),
    ("return show(parse(text));", "`parse().name` is number, its annotation says string"),
    ("return store.put(b);", "`user.name` is number, its annotation says string"),
    ("return UserId(b.id);", "`value` is number, its annotation says string"),
    (
        "return show(((tree: Tree): number => tree.v)(b.tree));",
        "`tree.kids[0].v` is string, its annotation says number",
    ),
    ("return optional(b);", "`user.name` is number, its annotation says string"),
    (
        "return show(b.tags.map((tag): string => tag));",
        "`result` is number, its annotation says string",
    ),
    (
        "return renderToString(<Card user={{ id: 1, name: \"a\" }} size={b.tags[0]} />);",
        "`size` is string, its annotation says something else",
    ),
    (
        "const made = { user: [b] }; const held: { user: User[] } = made; return show(held);",
        "`held.user[0].name` is number, its annotation says string",
    ),
];

/// Wherever a value of which nothing is known reaches a type that the program says.
#[test]
fn values_from_outside_are_checked_wherever_they_reach_a_type() {
    let text = r#"{"id":1,"name":2,"tags":["a",5],"at":[1,"2"],"tree":{"v":1,"kids":[{"v":"x","kids":[]}]}}"#;
    for (code, expected) in OUTSIDE {
        let program = format!(
            "{SETTING}
            const run = (text: string): string => {{ const b = JSON.parse(text); {code} }};
            function handler() {{ return Response.text(run({text:?})); }}"
        );
        let got = body(&program);
        let (got, _) = got.split_once(" at ").unwrap_or((&got, ""));
        assert_eq!(got, format!("fault: {expected}"), "{code}");
    }
}

/// What is only inferred asks for nothing: such programs go on as under Node.
#[test]
fn types_that_nobody_wrote_are_not_checked() {
    let program = r#"
        const page = (n = 1) => n;
        function handler() {
          const b = JSON.parse('{"n":"1"}');
          let total = 0;
          total = b.n;
          const list = [1];
          list.push(b.n);
          const o = { a: 1 };
          o.a = b.n;
          return Response.json([page(b.n), total, list, o, [1].map((n) => n === 1 ? b.n : n), [2, 1].filter(() => b.n === "1")]);
        }"#;
    assert_eq!(body(program), r#"["1","1",[1,"1"],{"a":"1"},["1"],[2,1]]"#);
    let returned = body(
        "const down = (n: number): number => n === 0 ? JSON.parse('7') : down(n - 1);
         const match_down = (n: number): number => match (n) { when 0: JSON.parse('7') default: match_down(n - 1) };
         function handler() { return Response.json([down(300000), match_down(300000)]); }",
    );
    assert_eq!(returned, "[7,7]");
}

/// A type that grows with every use of itself is looked at as far as it is written.
#[test]
fn shapes_of_endless_types_end() {
    let program = r#"
        type Deep<T> = { value: T; next?: Deep<T[]> };
        function handler() {
          const deep: Deep<number> = JSON.parse('{"value":1,"next":{"value":[1],"next":{"value":[[true]]}}}');
          return Response.json(deep.value);
        }"#;
    let got = body(program);
    assert!(got.contains("`deep.next.next.value[0][0]` is boolean"), "{got}");
}

/// Each row of the README's table of what differs from Node, with an expression and what a handler gives for it.
#[test]
fn what_differs_from_node_is_as_the_manual_says() {
    let manual = include_str!("../README.md");
    let (_, table) = manual.split_once("## Where a handler differs from Node").unwrap();
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    let cases = [
        (
            "JSON `null` that was read",
            "[typeof JSON.parse('null'), JSON.parse('[null]')]",
            "[\"undefined\",[null]]",
        ),
        ("where `x` is a JSON `null`", "`${JSON.parse('null')}`", "\"undefined\""),
        (
            "`o.constructor`, `o.valueOf`",
            "['constructor', 'valueOf'].map((name) => typeof JSON.parse('{}')[name])",
            "[\"undefined\",\"undefined\"]",
        ),
        (
            "JSON nested deeper than 512",
            "typeof JSON.parse('['.repeat(513) + ']'.repeat(513))",
            "\"undefined\"",
        ),
        (
            "and their like",
            "[['a', 'b'].keys().length, Map([['a', 1]]).entries()]",
            "[2,[[\"a\",1]]]",
        ),
        ("three holes", "Array(3).map((_, i) => i)", "[0,1,2]"),
        ("looks into `bytes`", "looked(Uint8Array(2))", "0"),
        ("deep tail recursion", "down(1000000)", "0"),
        ("what throws an exception", "'a'.repeat(-1)", "fault: invalid count value of repeat()"),
        (
            "conversions such as",
            "JSON.parse('[1]') * 2",
            "fault: arithmetic needs numbers, this is object",
        ),
        ("`JSON.parse` of malformed text", "[JSON.parse('{')]", "[null]"),
        (
            "a value that only the run tells",
            "named(JSON.parse('{}'))",
            "fault: `user.name` is undefined, its annotation says string",
        ),
        (
            "`Math.sin(x)`, `Math.cos(x)`",
            "Math.abs(Math.sin(1e22) + 0.8522008497671888) < 1e-15",
            "true",
        ),
    ];
    for (words, expression, expected) in cases {
        assert!(rows.iter().any(|row| row.contains(words)), "{words}");
        let got = body(&format!(
            "const down = (n: number): number => n === 0 ? n : down(n - 1); const named = (user: {{ name: string }}): string => user.name;
            const looked = (bytes: Uint8Array): number => {{ const part = bytes.subarray(1); part[0] = 9; return bytes[1] ?? -1; }};
            export function handler() {{ return Response.json({expression}); }}"
        ));
        let (got, _) = got.split_once(" at ").unwrap_or((&got, ""));
        assert_eq!(got, expected, "{expression}");
    }
    // The order of branches has its own tests.
    let branches = rows.iter().filter(|row| row.contains("`parallel` and `race`")).count();
    assert_eq!(rows.len(), cases.len() + branches);
}

#[test]
fn an_instance_answers_many_requests() {
    let program = compile(&[("h.ts", "const base = [1, 2];\nfunction handler(req: Request) { return Response.json([...base, req.query.n]); }")]).unwrap();
    let mut session = program.session();
    for n in 0..100 {
        let answer = session.answer(&Request::get(&format!("/?n={n}"))).unwrap();
        assert_eq!(answer.body, format!("[1,2,\"{n}\"]"));
    }
}

#[test]
fn only_what_is_used_is_imported() {
    let imports = |program: &str| {
        let program = compile(&[("h.ts", program)]).unwrap();
        let mut names = Vec::new();
        for payload in wasmparser::Parser::new(0).parse_all(&program.wasm) {
            if let Ok(wasmparser::Payload::ImportSection(section)) = payload {
                for import in section.into_imports() {
                    let import = import.unwrap();
                    names.push(format!("{}.{}", import.module, import.name));
                }
            }
        }
        names
    };
    assert!(imports("function handler(req: Request) { return Response.json({ m: req.method, q: req.query }); }").is_empty());
    assert_eq!(
        imports("function handler(req: Request) { return Response.text(req.text()); }"),
        ["purview:http.body"]
    );
    let env = "import { env } from \"purview:env\";\nfunction handler() { return Response.json([env(\"B\"), env(\"A\"), env(\"B\")]); }";
    assert_eq!(imports(env), ["purview:env.A", "purview:env.B"]);
    let any = "import { env } from \"purview:env\";\nfunction handler(req: Request) { return Response.json(env(req.path)); }";
    assert_eq!(imports(any), ["purview:env.*"]);
}

#[test]
fn large_inputs_are_no_trouble() {
    let echo = compile(&[(
        "h.ts",
        "function handler(req: Request) { return Response.json(req.json()); }",
    )])
    .unwrap();
    let long = format!("[{}1]", "1,".repeat(300_000));
    assert_eq!(echo.answer(&Request::post("/", &long)).unwrap().body, long);
    let deep = "[".repeat(100_000);
    assert_eq!(echo.answer(&Request::post("/", &deep)).unwrap().body, "{}");
    let path = format!("/{}", "p".repeat(20_000));
    let length = compile(&[(
        "h.ts",
        "function handler(req: Request) { return Response.json(req.path.length); }",
    )])
    .unwrap();
    assert_eq!(length.answer(&Request::get(&path)).unwrap().body, "20001");
}

/// The imports of a program, as `module.name`.
fn imports_of(program: &str) -> Vec<String> {
    let program = compile(&[("h.ts", program)]).unwrap();
    wasmparser::Parser::new(0)
        .parse_all(&program.wasm)
        .filter_map(|payload| match payload.unwrap() {
            wasmparser::Payload::ImportSection(section) => Some(section.into_imports()),
            _ => None,
        })
        .flatten()
        .map(|import| import.map(|import| format!("{}.{}", import.module, import.name)).unwrap())
        .filter(|name| !name.starts_with("purview:io."))
        .collect()
}

#[test]
fn names_that_are_known_become_imports() {
    let cache = "import { cacheGet, cacheSet } from \"purview:cache\";\n";
    for (program, expected) in [
        ("cacheGet(\"a\", \"k\")", vec!["purview:cache.a.get"]),
        (
            "cacheSet(req.path === \"/\" ? \"a\" : \"b\", \"k\", \"v\")",
            vec!["purview:cache.a.set", "purview:cache.b.set"],
        ),
        ("cacheGet(req.path, \"k\")", vec!["purview:cache.*.get"]),
        ("[\"x\"].map((k) => ((read) => read(\"a\", k))(cacheGet))", vec!["purview:cache.a.get"]),
        ("fetchSync(\"https://A.example:443/x\").status", vec!["purview:egress.https://a.example"]),
        (
            "fetchSync(`http://a.example:81/${req.path}`).status",
            vec!["purview:egress.http://a.example:81"],
        ),
        (
            "fetchSync({ url: req.path === \"/\" ? \"https://a.example\" : \"https://b.example\" }).status",
            vec!["purview:egress.https://a.example", "purview:egress.https://b.example"],
        ),
        ("fetchSync(`https://${req.path}`).status", vec!["purview:egress.*"]),
        (
            "httpRequest(JSON.stringify({ url: \"https://a.example/x\" }))",
            vec!["purview:egress.https://a.example"],
        ),
    ] {
        let text = format!(
            "{cache}function handler(req: Request) {{ return Response.json([{program}]); }}"
        );
        assert_eq!(imports_of(&text), expected, "{program}");
    }
}

#[test]
fn statements_stand_in_a_section() {
    let text = "import { sql, sqlExec, sqlMany, sqlOne } from \"purview:sql\";
        sql(\"one\", \"SELECT name FROM users WHERE id = ?1\");
        sql(\"all\", \"SELECT name FROM users\");
        sql(\"add\", \"INSERT INTO users (name) VALUES (:name)\");
        function handler(req: Request) {
            return Response.json([
                sqlOne(\"one\", [7]), sqlMany(\"all\"), sqlExec(\"add\", { name: \"x\" }), sqlOne(\"one\", [8]) === undefined,
            ]);
        }";
    let program = compile(&[("h.ts", text)]).unwrap();
    let section = wasmparser::Parser::new(0).parse_all(&program.wasm).find_map(|payload| {
        match payload.unwrap() {
            wasmparser::Payload::CustomSection(section) if section.name() == "purview:sql" => {
                Some(String::from_utf8(section.data().to_vec()).unwrap())
            }
            _ => None,
        }
    });
    assert_eq!(
        section.unwrap(),
        "{\"add\":\"INSERT INTO users (name) VALUES (:name)\",\"all\":\"SELECT name FROM users\",\"one\":\"SELECT name FROM users WHERE id = ?1\"}"
    );
    assert_eq!(imports_of(text), ["purview:sql.add", "purview:sql.all", "purview:sql.one"]);
    let mut session = program.session();
    let rows = |rows: serde_json::Value| serde_json::json!({ "ok": true, "rows": rows, "rowsAffected": 0 });
    let world = &mut session.store.data_mut().world;
    world
        .statements
        .insert("all".to_owned(), rows(serde_json::json!([{ "name": "a" }, { "name": "b" }])));
    world.statements.insert(
        "add".to_owned(),
        serde_json::json!({ "ok": true, "rows": [], "rowsAffected": 1, "lastInsertRowId": 3 }),
    );
    let answer = session.answer(&Request::get("/")).unwrap();
    assert_eq!(
        answer.body,
        "[null,[{\"name\":\"a\"},{\"name\":\"b\"}],{\"rowsAffected\":1,\"lastInsertRowId\":3},true]"
    );
    assert_eq!(
        session.store.data().world.sent,
        ["one [7] 1", "all  0", "add {\"name\":\"x\"} 0", "one [8] 1"]
    );
}

#[test]
fn statements_that_are_not_known_are_refused() {
    let refused = |body: &str| {
        let text = format!("import {{ sql, sqlOne }} from \"purview:sql\";\n{body}");
        compile(&[("h.ts", &text)]).err().unwrap_or_else(|| "accepted".to_owned())
    };
    let handler = "function handler() { return Response.json(sqlOne(\"a\")); }";
    assert!(refused(handler).contains("no statement `a` is registered"), "{}", refused(handler));
    let twice = format!("sql(\"a\", \"SELECT 1\");\nsql(\"a\", \"SELECT 2\");\n{handler}");
    assert!(refused(&twice).contains("registered twice"), "{}", refused(&twice));
    let dynamic = "function handler(req: Request) { return Response.json(sqlOne(req.path)); }";
    assert!(refused(dynamic).contains("JS701"), "{}", refused(dynamic));
}

#[test]
fn a_race_gives_the_others_up() {
    let text = "import { race } from \"purview:io\";
        function handler() {
            const answer = race([
                () => fetchSync(\"https://slow.example/\"),
                () => fetchSync(\"https://fast.example/\"),
                () => fetchSync(\"https://slower.example/\"),
            ]);
            return Response.text(answer?.text() ?? \"none\");
        }";
    let program = compile(&[("h.ts", text)]).unwrap();
    let mut session = program.session();
    for (host, delay) in [("slow", 500), ("fast", 5), ("slower", 900)] {
        let answer = serde_json::json!({ "body": host, "delay": delay });
        session.store.data_mut().world.upstreams.insert(format!("https://{host}.example/"), answer);
    }
    assert_eq!(session.answer(&Request::get("/")).unwrap().body, "fast");
    let world = &session.store.data().world;
    assert_eq!((world.sent.len(), world.cancelled, world.now_ms()), (3, 2, 5));
}

/// The three prefixes mean the same module: the same bytes, with every function in use.
#[test]
fn other_names_of_modules_mean_the_same() {
    for module in js_to_wasm::source::virtual_modules::MODULES {
        // A statement is no value: its functions are called.
        let (list, used) = match module.name {
            "sql" => (
                "sql, sqlExec, sqlMany, sqlOne".to_owned(),
                "sql(\"a\", \"SELECT 1\"), sqlExec(\"a\"), sqlMany(\"a\"), sqlOne(\"a\")"
                    .to_owned(),
            ),
            _ => (module.exports.join(", "), module.exports.join(", ")),
        };
        let wasm = |prefix: &str| {
            let text = format!(
                "import {{ {list} }} from \"{prefix}:{}\";
                function handler() {{ const all: unknown[] = [{used}]; return Response.json(all.length); }}",
                module.name
            );
            compile(&[("h.ts", &text)]).unwrap_or_else(|error| panic!("{error}")).wasm
        };
        let own = wasm("purview");
        assert!(own == wasm("zigttp") && own == wasm("zttp"), "{}", module.name);
    }
}
