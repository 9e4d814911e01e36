//! Texts in, constructs out: what the rewriter finds, what it leaves alone, and what is refused before the parser runs.

use std::time::{Duration, Instant};

use js_to_wasm::{
    parse::{
        Program, Target, offset,
        walk::{Node, Visitor, walk_module},
    },
    source::Files,
};
use swc_common::Spanned;
use swc_ecma_ast::{Decl, Expr, Stmt};

fn parse(path: &str, text: &str) -> Result<Program, String> {
    let program = js_to_wasm::parse::parse(&Files::one(path, text), path);
    match program {
        Ok(program) if program.faults.is_empty() => Ok(program),
        Ok(program) => Err(program.faults.render(&program.sources)),
        Err((sources, diagnostics)) => Err(diagnostics.render(&sources)),
    }
}

/// Every construct as text: the original pieces that its parts cover.
struct Found<'p> {
    text: &'p str,
    program: &'p Program,
    lines: Vec<String>,
}

impl Found<'_> {
    fn piece(&self, node: &impl Spanned) -> &str {
        let span = node.span();
        &self.text[offset(span.lo) as usize..offset(span.hi) as usize]
    }
}

impl<'a> Visitor<'a> for Found<'_> {
    fn enter(&mut self, node: Node<'a>, _depth: usize) -> bool {
        let extensions = &self.program.entry().extensions;
        let line = match node {
            Node::Expr(expr @ Expr::Member(_)) => extensions.match_of(expr).map(|found| {
                let arms = found.arms.iter().map(|arm| {
                    let pattern = arm.pattern.map_or("default", |pattern| self.piece(pattern));
                    format!(" [{pattern}: {}]", self.piece(arm.body))
                });
                format!("match {}{}", self.piece(found.subject), arms.collect::<String>())
            }),
            Node::Expr(Expr::Bin(binary)) => extensions.as_pipe(binary).map(|pipe| {
                format!("pipe {} | {}", self.piece(pipe.value), self.piece(pipe.function))
            }),
            Node::Stmt(Stmt::Throw(throw)) => extensions.as_assert(throw).map(|assert| {
                let otherwise = assert.otherwise.map_or("fault", |otherwise| self.piece(otherwise));
                format!("assert {} else {otherwise}", self.piece(assert.condition))
            }),
            Node::Decl(Decl::TsTypeAlias(alias)) if extensions.is_distinct(alias) => {
                Some(format!("distinct {}", alias.id.sym))
            }
            _ => None,
        };
        self.lines.extend(line);
        true
    }
}

fn constructs(path: &str, text: &str) -> Vec<String> {
    let program = parse(path, text).unwrap_or_else(|error| panic!("{text}\n{error}"));
    let mut found = Found { text, program: &program, lines: Vec::new() };
    walk_module(&program.entry().ast, &mut found);
    found.lines
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    for path in ["a.ts", "a.tsx"] {
        assert_eq!(constructs(path, text), expected, "{path}: {text}");
    }
}

#[test]
fn finds_match() {
    check("const a = match (d) { when 'x': 1 default: 2 };", &["match d [\'x\': 1] [default: 2]"]);
    check("match (d) { default: 2 }", &["match d [default: 2]"]);
    check("match (d) { when 1: a }", &["match d [1: a]"]);
    check("match (d) { when 1: a when -2: b, when _: c, }", &["match d [1: a] [-2: b] [_: c]"]);
    check("match (d) { default: 0 when 1: a when 2: b }", &["match d [default: 0] [1: a] [2: b]"]);
    check("match (d) { when 1: a default : 0 when 2: b }", &["match d [1: a] [default: 0] [2: b]"]);
    check(
        "match (d) { when {k: {n: 1}}: d.k default: 0 }",
        &["match d [{k: {n: 1}}: d.k] [default: 0]"],
    );
    check(
        "match (d)\n{\nwhen true:\n (x) => x\nwhen undefined: {a: 1}\n}",
        &["match d [true: (x) => x] [undefined: {a: 1}]"],
    );
    check(
        "match (d) { when 1: c ? x : y when 2: c ? x : y default: c ? x : y }",
        &["match d [1: c ? x : y] [2: c ? x : y] [default: c ? x : y]"],
    );
    check(
        "match (d) { when 1: `a${match (e) { when 2: 'when 3:' }}b` default: 0 }",
        &[
            "match d [1: `a${match (e) { when 2: 'when 3:' }}b`] [default: 0]",
            "match e [2: 'when 3:']",
        ],
    );
    check("match (d) { when 1: (x) default: (y) => y }", &["match d [1: (x)] [default: (y) => y]"]);
    check(
        "match (d) { when /* a: */ 1 /* b */: // c\n x default: y }",
        &["match d [1: x] [default: y]"],
    );
    check("match(f(x)) { when 1: when.x when 2: y }", &["match f(x) [1: when.x] [2: y]"]);
}

#[test]
fn finds_pipe_assert_and_distinct() {
    check("const a = x |> f |> g;", &["pipe x |> f | g", "pipe x | f"]);
    check("const a = x || y |> f", &["pipe x || y | f"]);
    check("const a = x |> ((v) => v + 1)", &["pipe x | ((v) => v + 1)"]);
    check(
        "match (d) { when 1: x |> f default: y |> g }",
        &["match d [1: x |> f] [default: y |> g]", "pipe x | f", "pipe y | g"],
    );
    check(
        "function f(x) { assert x > 0; assert y, z\n assert(q); return 1 }",
        &["assert x > 0 else fault", "assert y else z", "assert (q) else fault"],
    );
    check("if (a) assert b, c; else assert d", &["assert b else c", "assert d else fault"]);
    check("distinct type A = string; export distinct type B<T> = T", &["distinct A", "distinct B"]);
}

#[test]
fn leaves_what_only_looks_alike() {
    for text in [
        "const match = 1; const a = match;",
        "const a = { match: 1, assert: 2, distinct: 3, when: 4 }; a.match; a.assert(1)",
        "match(x); { when; }",
        "const a = { assert(x) { return x } }",
        "const a = { match(x) { return x } }",
        "const s = 'a |> b'; const t = `match (x) { when 1: 2 }`; // assert x\n/* a |> b */",
        "const r = /a|>b/; const q = a / b / c;",
        "const distinct = 1; type type = 2",
        "assert = 2",
        "match (x)\n{ when (1) }",
    ] {
        check(text, &[]);
    }
}

#[test]
fn reads_elements() {
    let jsx = |text, expected: &[&str]| assert_eq!(constructs("a.tsx", text), expected, "{text}");
    jsx("const a = <p>assert x; it's {x |> f} match (d) {'{'} when 1: 2</p>", &["pipe x | f"]);
    jsx("const f = <T,>(x: T) => x |> g", &["pipe x | g"]);
    jsx("type F = <T>(x: T) => T; const a = <b>{x |> f}</b>", &["pipe x | f"]);
    jsx("const a = x < y; const b = x |> f", &["pipe x | f"]);
    jsx(
        "match (d) { when 1: <b>hi</b> when 2: <br/> default: <></> }",
        &["match d [1: <b>hi</b>] [2: <br/>] [default: <></>]"],
    );
    jsx("const a = <A.B c:d='>' {...e} f-g={h |> i}>{/* |> */}</A.B>", &["pipe h | i"]);
    jsx("const f = (a) => <p>don't</p>; const g = f |> h", &["pipe f | h"]);
    assert_eq!(constructs("a.ts", "const f = <T>(x: T) => x |> g"), ["pipe x | g"]);
}

#[test]
fn refuses_unclear_pipes() {
    for text in ["a |> f ? b : c", "a ? b : c |> f", "a |> f || g", "a ?? b |> f"] {
        let error = parse("a.ts", text).expect_err(text);
        assert!(error.contains("parentheses"), "{text}\n{error}");
    }
    for text in
        ["(a |> f) ? b : c", "a ? b : (c |> f)", "(a |> f) || g", "(a ?? b) |> f", "a ? b |> f : c"]
    {
        assert_eq!(constructs("a.ts", text).len(), 1, "{text}");
    }
}

#[test]
fn syntax_errors_say_what_to_do() {
    let said = |path, text: &str, words: &[&str]| {
        let error = parse(path, text).expect_err(text);
        for word in words {
            assert!(error.contains(word), "{text}\n{error}");
        }
    };
    said(
        "a.ts",
        "const a = match (1) { when 1 => 2 default: 3 };",
        &["JS008", "a.ts:1:11", "when pattern: value"],
    );
    said(
        "a.ts",
        "const a = match (1) { default: 1 default: 2 };",
        &["JS008", "at most one `default`"],
    );
    said("a.ts", "const a = <p>hello</p>;", &["JS010", ".tsx or .jsx"]);
    said("a.ts", "const a = (1 + ;", &["JS010", "a.ts:1:16"]);
    said("a.ts", "const a = a ?? b || c;", &["JS010", "needs parentheses"]);
    said("a.ts", "const a = {", &["JS010"]);
    // The parser reads these.
    for text in ["a? .b", "a?\n.b", "a ? .[0]", "a? .(b?.c)"] {
        let said = parse("a.ts", &format!("const x = {text};")).err().unwrap_or_default();
        assert!(said.contains("JS010") && said.contains("apart"), "{text}: {said}");
    }
    assert!(
        parse("a.ts", "const x = [a ?.b, a?.\n b, a ?.[0], a?.(b ? .5 : 1), a ?.5:1];").is_ok()
    );
    // The parser panics here.
    said("a.tsx", "const b = 1;\nconst a = <x:y.z />;", &["JS010", "a.tsx:2:1", "cannot be read"]);
}

#[test]
fn characters_that_steer_a_terminal_are_refused() {
    for text in ["const a = 1;\u{1b}[2J", "const a = \"\u{7}\";", "// \u{9b}31m", "/* \u{0} */"] {
        let error = parse("a.ts", text).expect_err(text);
        assert!(error.contains("JS005") && error.contains("has no meaning"), "{error}");
        assert!(error.chars().all(|c| c == '\n' || !c.is_control()), "{error:?}");
    }
    assert!(parse("a.ts", "const a =\u{b}\u{c}\t1;\r\n").is_ok());
}

#[test]
fn follows_imports() {
    let files = Files::default()
        .with("app/main.ts", "import { a } from './lib/a'; import { env } from 'zigttp:env'; import { b } from './b.js'")
        .with("app/lib/a.tsx", "import { b } from '../b'; export const a = b")
        .with("app/b.js", "export const b = 1");
    let program = js_to_wasm::parse::parse(&files, "./app/main.ts").expect("it parses");
    let paths: Vec<_> = program.modules.iter().map(|module| module.path.as_str()).collect();
    assert_eq!(paths, ["app/b.js", "app/lib/a.tsx", "app/main.ts"]);
    let targets: Vec<_> = program.entry().imports.iter().map(|import| import.target).collect();
    assert!(
        matches!(targets[..], [Target::Local(1), Target::Virtual(module), Target::Local(0)] if module.name == "env")
    );
}

#[test]
fn refuses_circles_and_what_is_missing() {
    let refused = |files: Files| {
        let (sources, diagnostics) =
            js_to_wasm::parse::parse(&files, "a.ts").expect_err("it is refused");
        diagnostics.render(&sources)
    };
    let circle =
        Files::one("a.ts", "import { b } from './b'").with("b.ts", "import { a } from './a'");
    assert!(
        refused(circle).contains("error[JS011]: `a.ts` imports itself in a circle\n --> b.ts:1:19")
    );
    assert!(refused(Files::one("a.ts", "import { b } from './a'")).contains("JS011"));
    let missing = refused(Files::one(
        "a.ts",
        "import { b } from './b'; import x from 'express'; import y from 'purview:nope'",
    ));
    assert!(missing.contains("file not found: `b.ts`, `b.tsx`, `b.js`, `b.jsx`"), "{missing}");
    assert_eq!(missing.matches("error[JS012]").count(), 2, "{missing}");
    assert!(refused(Files::default()).contains("JS002"));
    assert!(refused(Files::one("a.ts", &b"const a = '\xff'"[..])).contains("JS004"));
    assert!(refused(Files::one("a.ts", "const a = '\u{202e}'")).contains("write `\\u202e`"));
    let chain = (0..40).fold(Files::one("a.ts", "import { x } from './0'"), |files, n| {
        files.with(format!("{n}.ts"), format!("import {{ x }} from './{}'", n + 1))
    });
    assert!(refused(chain).contains("JS011"));
}

#[test]
fn keeps_a_byte_order_mark() {
    let program = parse("a.ts", "\u{feff}const a = x |> f").expect("it parses");
    assert_eq!(program.entry().ast.body[0].span().lo.0, 4);
    assert_eq!(constructs("a.ts", "\u{feff}const é = 'ü' |> f"), ["pipe 'ü' | f"]);
}

#[test]
fn hostile_texts_get_an_answer_quickly() {
    let hostile: &[(&str, String)] = &[
        ("parentheses", "(".repeat(100_000)),
        ("closed parentheses", format!("{}1{}", "(".repeat(100_000), ")".repeat(100_000))),
        ("a long line", format!("const a = '{}'", "x".repeat(10 * 1024 * 1024))),
        ("a long sum", format!("const a = {}1", "a+".repeat(400_000))),
        ("a medium sum", format!("const a = {}1", "a+".repeat(5_000))),
        ("not not", format!("const a = {}1", "!".repeat(400_000))),
        ("conditionals", format!("const a = {}1", "a?b:".repeat(200_000))),
        ("open conditionals", format!("const a = {}1", "a?".repeat(200_000))),
        ("arrows", format!("const a = {}1", "x=>".repeat(200_000))),
        ("parenthesised arrows", format!("const a = {}1", "(x)=>".repeat(200_000))),
        ("else if", format!("if(a){{}}{}", "else if(a){}".repeat(70_000))),
        ("if if", "if(a)".repeat(100_000)),
        ("members", format!("a{}", ".b".repeat(400_000))),
        ("calls", format!("a{}", "()".repeat(300_000))),
        ("elements", "<a>".repeat(100_000)),
        ("tags", "<a b={".repeat(50_000)),
        ("templates", "`${".repeat(100_000)),
        ("types", format!("type A = {}b", "B<".repeat(100_000))),
        ("labels", "a:".repeat(200_000)),
        ("matches", "match(a){when 1:".repeat(30_000)),
        ("pipes", format!("a{}", "|>f".repeat(200_000))),
        ("less", "a<".repeat(200_000)),
        ("operators", "<a ;".repeat(200_000)),
        ("arrow starts", "a=(b,".repeat(100_000)),
        ("240 parentheses", format!("x = {}1{}", "(".repeat(240), ")".repeat(240))),
        ("240 open parentheses", format!("x = {}1", "(".repeat(240))),
        ("240 arrow starts", format!("x = {}1{}", "(a = ".repeat(240), ")".repeat(240))),
        ("240 arrays", format!("x = {}1{}", "[".repeat(240), "]".repeat(240))),
        ("240 objects", format!("x = {}1{}", "{a:".repeat(240), "}".repeat(240))),
        ("240 conditionals", format!("x = {}1{}", "a ? (".repeat(240), ") : b".repeat(240))),
        (
            "240 arrow conditionals",
            format!("x = {}1{}", "a ? (b) : (".repeat(240), ")".repeat(240)),
        ),
        ("240 arrows", format!("x = {}1{}", "(a) => (".repeat(240), ")".repeat(240))),
        (
            "240 default arrows",
            format!("x = {}1{}", "(a = (".repeat(120), ") => 1) => 2".repeat(120)),
        ),
        ("240 generics", format!("x = {}1{}", "a<b<c>(".repeat(240), ")".repeat(240))),
        ("240 async", format!("x = {}1{}", "async(".repeat(240), ")".repeat(240))),
        ("240 types", format!("type A = {}b{}", "(a: ".repeat(240), ") => c".repeat(240))),
        ("240 function types", format!("type A = {}b{}", "(".repeat(240), ")".repeat(240))),
        ("240 less", format!("x = {}1", "a<(".repeat(240))),
        ("240 elements", format!("x = {}{}", "<a>".repeat(240), "</a>".repeat(240))),
    ];
    for (name, text) in hostile {
        for path in ["a.ts", "a.tsx"] {
            let start = Instant::now();
            let result = parse(path, text);
            let took = start.elapsed();
            assert!(took < Duration::from_secs(10), "{name} in {path} took {took:?}");
            if took > Duration::from_millis(300) {
                eprintln!(
                    "{name} in {path}: {took:?}, {:?}",
                    result.as_ref().map(|_| ()).map_err(|e| e.lines().next().map(str::to_owned))
                );
            }
        }
    }
}
