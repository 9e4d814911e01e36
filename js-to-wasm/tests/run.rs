//! Compiled programs do what the language says: each case is a program and what it answers.

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
            "a status is an integer from 100 to 599 at handler.tsx:3:10",
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
