//! The rules of the language's checks, one by one: for each a program that passes and programs that do not, with the codes that they get.
//! The names say which rule is meant: S1 to S5 are those of conditions, V1 to V7 those of verification, T those of types, and G the
//! places where the documents of the runtime whose job this does promise more than its code keeps.

use std::collections::BTreeSet;

use js_to_wasm::{check_source, diagnostic::Severity, source::Files};

/// A rule: its name, what passes, and what does not, with codes.
type Rule = (&'static str, &'static [&'static str], &'static [(&'static str, &'static str)]);

/// The statements stand in a handler unless the program has one.
fn placed(text: &str) -> String {
    let deep = format!("{}1{}", "(".repeat(70), ")".repeat(70));
    let text =
        &text.replace("NINE KILOBYTES", &"x".repeat(9 * 1024)).replace("SEVENTY LEVELS", &deep);
    match text.contains("handler") || text.contains("export default") {
        true => text.to_owned(),
        false => {
            format!("{text}\nfunction handler(): Response {{ return Response.text(\"ok\"); }}")
        }
    }
}

fn codes(text: &str) -> (BTreeSet<String>, String) {
    let files = Files::one("a.tsx", placed(text)).with(
        "helper.ts",
        "export const answer = (path: string) => { if (path === \"/\") { return Response.text(\"a\"); } };\n\
         export const shared: string[] = [];\nexport const double = (n: number): number => n * 2;\n",
    );
    let checked = check_source(&files, "a.tsx");
    // Leftovers are not what the other programs are about.
    let about = text.contains("/* leftovers */");
    let counted = checked.diagnostics.iter().filter(|one| about || one.code != "JS236");
    let codes = counted
        .map(|one| match one.severity {
            Severity::Error => one.code.to_owned(),
            Severity::Warning => format!("{} warning", one.code),
        })
        .collect();
    (codes, checked.render())
}

const BOOLEANS: &[Rule] = &[
    (
        "S1: the condition of `if` and `?:` is a boolean; what is unknown passes",
        &[
            "if (1 > 2) { console.log(1); }",
            "const f = (a) => a ? 1 : 2;",
            "const a = JSON.parse(\"1\") ? 1 : 2;",
            "const f = (a: { on: boolean }) => a.on ? 1 : 2;",
            "import { timingSafeEqual } from \"purview:auth\";\nif (timingSafeEqual(\"a\", \"b\")) { console.log(1); }",
            "import { cacheSet } from \"purview:cache\";\nif (cacheSet(\"a\", \"b\", \"c\")) { console.log(1); }",
        ],
        &[
            ("if (1) { console.log(1); }", "JS221"),
            ("const a = \"\" ? 1 : 2;", "JS221"),
            ("import { env } from \"purview:env\";\nif (env(\"X\")) { console.log(1); }", "JS221"),
            (
                "import { sha256 as hash } from \"purview:crypto\";\nif (hash(\"X\")) { console.log(1); }",
                "JS221",
            ),
            ("const f = () => 1;\nif (f()) { console.log(1); }", "JS221"),
            ("const f = (a: boolean | undefined) => a ? 1 : 2;", "JS221"),
            ("let a: string | number = 1;\na = \"x\";\nif (a) { console.log(1); }", "JS221"),
            ("const a = { b: [1] };\nif (a.b.length) { console.log(1); }", "JS221"),
        ],
    ),
    (
        "S2: both operands of `&&` and `||` are booleans",
        &["const f = (a: boolean, b: boolean) => a && b || a;"],
        &[
            ("const f = (a: boolean, b: string) => a && b;", "JS222"),
            ("const f = (a: string, b: boolean) => a || b;", "JS222"),
            (
                "const f = (a: boolean, b: number) => { if (a && b) { return 1; } return 2; };",
                "JS222",
            ),
        ],
    ),
    (
        "S3: the operand of `!` is a boolean",
        &["const f = (a: boolean) => !a;", "const f = (a) => !a;"],
        &[
            ("const f = (a: string) => !a;", "JS223"),
            ("const f = (a: number[]) => !a.length;", "JS223"),
        ],
    ),
    (
        "S4: a default that is never used is a warning",
        &["const f = (a: string | undefined) => a ?? \"\";", "const a = JSON.parse(\"1\") ?? 2;"],
        &[("const f = (a: string) => a ?? \"\";", "JS224 warning")],
    ),
    (
        "S5: `==` and `!=` are refused",
        &["const f = (a: string) => a === \"\";"],
        &[("const f = (a: string) => a == \"\";", "JS129")],
    ),
    (
        "narrowing: typeof in both orders, joined guards, undefined, early return, until an assignment",
        &[
            "const f = (a: boolean | string) => typeof a === \"boolean\" ? !a : false;",
            "const f = (a: boolean | string) => \"boolean\" === typeof a ? !a : false;",
            "const f = (a: boolean | string) => typeof a !== \"boolean\" ? false : !a;",
            "const f = (a?: boolean, b?: boolean) => a !== undefined && b !== undefined && a && b;",
            "const f = (a?: boolean) => { if (a === undefined) { return false; } return !a; };",
        ],
        &[
            ("const f = (a: boolean | string) => typeof a === \"string\" ? !a : false;", "JS223"),
            (
                "const f = (a?: boolean) => { let b = a; if (b === undefined) { return false; } b = a; return !b; };",
                "JS223",
            ),
        ],
    ),
];

const VERIFICATION: &[Rule] = &[
    (
        "V1: every path returns a Response",
        &[
            "function handler(req: Request) { if (req.path === \"/\") { return Response.text(\"a\"); } else { return Response.text(\"b\"); } }",
            "function handler(req: Request) { switch (req.method) { case \"GET\": return Response.text(\"a\"); default: return Response.text(\"b\"); } }",
            "function handler(req: Request) { return match (req.method) { when \"GET\": Response.text(\"a\") default: Response.text(\"b\") }; }",
            "function handler(req: Request) { assert req.path === \"/\", Response.text(\"no\"); return Response.text(\"b\"); }",
        ],
        &[
            (
                "function handler(req: Request) { if (req.path === \"/\") { return Response.text(\"a\"); } }",
                "JS231",
            ),
            (
                "function handler(req: Request) { for (const a of [1]) { return Response.json(a); } }",
                "JS231",
            ),
            (
                "function handler(req: Request) { return match (req.method) { when \"GET\": Response.text(\"a\") }; }",
                "JS231 JS237 warning",
            ),
            (
                "function handler(req: Request) { assert req.path === \"/\", \"no\"; return Response.text(\"b\"); }",
                "JS232",
            ),
        ],
    ),
    (
        "V2: a result is tested before its value, in every accepted form",
        &[
            "import { jwtVerify } from \"purview:auth\";\nconst f = (t: string) => { const r = jwtVerify(t, \"s\"); if (r.ok) { return r.value; } return r.error; };",
            "import { jwtVerify as check } from \"purview:auth\";\nconst f = (t: string) => { const r = check(t, \"s\"); if (!r.ok) { return r.error; } return r.value; };",
            "import { jwtVerify } from \"purview:auth\";\nconst f = (t: string) => { const r = jwtVerify(t, \"s\"); if (r.isErr()) { return r.error; } return r.value; };",
            "import { jwtVerify } from \"purview:auth\";\nconst f = (t: string) => { const r = jwtVerify(t, \"s\"); if (r.ok === true) { return r.value; } return 0; };",
            "import { jwtVerify } from \"purview:auth\";\nconst f = (t: string) => { const r = jwtVerify(t, \"s\"); if (r.ok !== true) { return 0; } return r.value; };",
            "import { jwtVerify } from \"purview:auth\";\nconst f = (t: string) => { const r = jwtVerify(t, \"s\"); const good = r.ok; return good ? r.value : 0; };",
            "import { jwtVerify } from \"purview:auth\";\nconst f = (t: string) => { const { ok, value } = jwtVerify(t, \"s\"); return ok ? value : 0; };",
        ],
        &[
            (
                "import { jwtVerify } from \"purview:auth\";\nconst f = (t: string) => jwtVerify(t, \"s\").value;",
                "JS233",
            ),
            (
                "import { jwtVerify } from \"purview:auth\";\nconst f = (t: string) => { const r = jwtVerify(t, \"s\"); const s = r; return s.value; };",
                "JS233",
            ),
            (
                "import { jwtVerify } from \"purview:auth\";\nconst f = (t: string) => { const { value } = jwtVerify(t, \"s\"); return value.sub; };",
                "JS233",
            ),
            (
                "import { jwtVerify } from \"purview:auth\";\nconst g = (t: string) => jwtVerify(t, \"s\");\nconst f = (t: string) => g(t).value;",
                "JS233",
            ),
            (
                "import { jwtVerify } from \"purview:auth\";\nconst f = (t: string, b: boolean) => { const r = jwtVerify(t, \"s\"); if (b) { if (!r.ok) { return 0; } } return r.value; };",
                "JS233",
            ),
        ],
    ),
    (
        "V3: a statement after a return is never reached",
        &["function f() { console.log(1); return 1; }"],
        &[("function f() { return 1; console.log(1); }", "JS235 warning")],
    ),
    (
        "V4: a name that nothing reads is a warning, unless it begins with `_`",
        &[
            "/* leftovers */ export default (req: Request): Response => { const path = req.path; const _kept = 1; return Response.text(path); };",
            "/* leftovers */ const a = (n: number) => n;\nexport default (): Response => { const n = 1; return Response.json(a(n)); };",
        ],
        &[
            (
                "/* leftovers */ export default (): Response => { const a = 1; return Response.text(\"a\"); };",
                "JS236 warning",
            ),
            (
                "/* leftovers */ export default (): Response => { const a = 1; const f = (a: number) => a; return Response.json(f(2)); };",
                "JS236 warning",
            ),
            (
                "/* leftovers */ import { env } from \"purview:env\";\nexport default (): Response => Response.text(\"a\");",
                "JS236 warning",
            ),
        ],
    ),
    (
        "V5: a match that may find nothing is a warning, an exhaustive one needs no default",
        &[
            "const f = (a: boolean) => match (a) { when true: 1 when false: 2 };",
            "const f = (a: [boolean, boolean]): number => match (a) { when [true, true]: 1 when [false, _]: 2 when [_, false]: 3 };",
            "const f = (a: [string] | [string, number]): string => match (a) { when [\"x\"]: \"x\" when [_]: a[0] when [, 1]: \"1\" when [_, _]: a[0] };",
            "const f = (a: string[]): number => match (a) { when []: 0 when [_, ..._]: 1 default: 2 };",
            "const f = (a: { at: [0 | 1, \"l\" | \"r\"] }): number => match (a) { when { at: [0, _] }: 0 when { at: [1, \"l\"] }: 1 when { at: [_, \"r\"] }: 2 default: 3 };",
        ],
        &[
            ("const f = (a: boolean) => match (a) { when true: 1 };", "JS237 warning"),
            (
                "const f = (a: [boolean, boolean]) => match (a) { when [true, true]: 1 when [false, _]: 2 };",
                "JS237 warning",
            ),
            ("const f = (a: string[]) => match (a) { when []: 0 when [_]: 1 };", "JS237 warning"),
            ("const f = (a: [string, number?]) => match (a) { when [_]: 1 };", "JS237 warning"),
        ],
    ),
    (
        "V5: a pattern that takes no value of the subject is refused",
        &[
            "const f = (a: string | [number, ...string[]]) => match (a) { when [1, _, \"x\"]: 1 default: 2 };",
        ],
        &[
            ("const f = (a: number) => match (a) { when [1]: 1 default: 2 };", "JS209"),
            ("const f = (a: [number, number]) => match (a) { when [1]: 1 default: 2 };", "JS209"),
            (
                "const f = (a: [number, number]) => match (a) { when [1, 2, _, ..._]: 1 default: 2 };",
                "JS209",
            ),
            ("const f = (a: string[]) => match (a) { when [1, ..._]: 1 default: 2 };", "JS209"),
        ],
    ),
    (
        "V6: what may be missing is tested before use, in every accepted form",
        &[
            "import { env } from \"purview:env\";\nconst f = () => { const a = env(\"A\"); if (a === undefined) { return 0; } return a.length; };",
            "import { env } from \"purview:env\";\nconst f = () => { const a = env(\"A\"); return a !== undefined ? a.length : 0; };",
            "import { env } from \"purview:env\";\nconst f = () => (env(\"A\") ?? \"\").length;",
            "import { env } from \"purview:env\";\nconst f = () => env(\"A\")?.length;",
            "import { env } from \"purview:env\";\nconst f = () => { let a = env(\"A\"); a = \"b\"; return a.length; };",
        ],
        &[
            ("import { env } from \"purview:env\";\nconst f = () => env(\"A\").length;", "JS234"),
            (
                "import { cacheGet } from \"purview:cache\";\nconst f = () => cacheGet(\"a\", \"b\").length;",
                "JS234",
            ),
            (
                "import { parseBearer } from \"purview:auth\";\nconst f = () => parseBearer(\"a\").length;",
                "JS234",
            ),
            (
                "import { routerMatch } from \"purview:router\";\nconst f = (r: Request) => routerMatch({}, r).params;",
                "JS234",
            ),
        ],
    ),
    (
        "V7: nothing that outlives a request is changed",
        &[
            "const list = [1];\nlist.push(2);\nfunction handler() { const own = [...list]; own.push(3); return Response.json(own); }",
            "const make = () => { const own: number[] = []; own.push(1); return own; };\nfunction handler() { const list = make(); list.push(2); return Response.json(list); }",
        ],
        &[
            ("let n = 0;\nfunction handler() { n = n + 1; return Response.json(n); }", "JS238"),
            (
                "const list = [1];\nfunction handler() { list.push(2); return Response.json(list); }",
                "JS238",
            ),
            (
                "import { shared } from \"./helper\";\nfunction handler() { shared.push(\"a\"); return Response.json(shared); }",
                "JS238",
            ),
            (
                "const table = { list: () => { hits = hits + 1; return Response.json(hits); } };\nlet hits = 0;\nfunction handler() { return table.list(); }",
                "JS238",
            ),
        ],
    ),
];

const TYPES: &[Rule] = &[
    (
        "T: declarations and assignments",
        &[
            "const a: number = 1;",
            "let a: string | number = 1;\na = \"b\";",
            "const a: unknown = 1;",
        ],
        &[
            ("const a: number = \"1\";", "JS201"),
            ("let a = 1;\na = \"b\";", "JS201"),
            ("const f = (a: unknown): string => a;", "JS205"),
        ],
    ),
    (
        "T: fields of a known record",
        &["const a: { b: number; c?: string } = { b: 1 };"],
        &[
            ("const a = { b: 1 };\nconst c = a.d;", "JS202"),
            ("const a: { b: number } = { b: 1, c: 2 };", "JS206"),
        ],
    ),
    (
        "T: number and types of arguments, of user functions too",
        &[
            "const f = (a: number, b?: string) => `${a}${b}`;\nconst c = f(1);",
            "const f = (a: { length?: number }) => a.length;\nconst c = f(\"1\");\nconst d = f([1]);",
        ],
        &[
            ("const f = (a: number) => a;\nconst c = f();", "JS203"),
            ("const f = (a: number) => a;\nconst c = f(\"1\");", "JS204"),
            ("const a = Response.json({ b: 1 }, 404);", "JS204"),
            ("const f = (a: { b?: number }) => a.b;\nconst c = f([1]);", "JS204"),
        ],
    ),
    (
        "T: results",
        &["function f(): number { return 1; }"],
        &[("function f(): number { return \"1\"; }", "JS205")],
    ),
    (
        "T: functions are contravariant in parameters, covariant in results",
        &["const f: (a: \"x\") => string = (a: string) => a;"],
        &[
            ("const f: (a: string) => string = (a: \"x\") => a;", "JS201"),
            ("const f: () => \"x\" = () => String(1);", "JS205"),
        ],
    ),
    (
        "T: an interface of functions only is nominal",
        &["interface Store { get(key: string): string }\nconst f = (s: Store) => s.get(\"a\");"],
        &[(
            "interface Store { get(key: string): string }\nconst s: Store = { get: (k) => k };",
            "JS201",
        )],
    ),
    (
        "T: distinct types, template types, intersections, generics, utility types, guards",
        &[
            "distinct type Id = string;\nconst f = (a: Id): string => a;\nconst b = f(Id(\"x\"));",
            "type P = `/${string}`;\nconst p: P = \"/a\";",
            "type A = { a: number } & { b: string };\nconst a: A = { a: 1, b: \"x\" };",
            "type Box<T> = { value: T };\nconst b: Box<string> = { value: \"a\" };",
            "type U = { a: number; b: string };\nconst a: Pick<U, \"a\"> = { a: 1 };\nconst b: Omit<U, \"a\"> = { b: \"x\" };\nconst c: Partial<U> = {};",
            "const isText = (x: unknown): x is string => typeof x === \"string\";\nconst f = (x: unknown) => isText(x) ? x.length : 0;",
        ],
        &[
            ("distinct type Id = string;\nconst f = (a: Id) => a;\nconst b = f(\"x\");", "JS204"),
            ("type P = `/${string}`;\nconst p: P = \"a\";", "JS201"),
            ("type A = { a: number } & { b: string };\nconst a: A = { a: 1 };", "JS201"),
            ("type Box<T> = { value: T };\nconst b: Box<string> = { value: 1 };", "JS201"),
            (
                "type U = { a: number; b: string };\nconst a: Required<Partial<U>> = { a: 1 };",
                "JS201",
            ),
            ("const a: readonly number[] = [1];\na.push(2);", "JS202"),
        ],
    ),
    (
        "T: what is unknown is looked at before it is used, what is not inferred is not",
        &[
            "const f = (x: unknown) => typeof x === \"string\" ? x.length : 0;",
            "const a: number = JSON.parse(\"1\");",
        ],
        &[
            ("const f = (x: unknown) => x.length;", "JS213"),
            ("const f = (x: unknown) => { const n: number = x; return n; };", "JS201"),
        ],
    ),
    (
        "T: tags of unions say which member it is, in `if`, `switch` and `match`",
        &[
            "type S = { k: \"a\"; n: number } | { k: \"b\"; s: string };\nconst f = (s: S) => s.k === \"a\" ? s.n : s.s.length;",
            "type S = { k: \"a\"; n: number } | { k: \"b\"; s: string };\nconst f = (s: S): number => { switch (s.k) { case \"a\": return s.n; default: return s.s.length; } };",
            "type S = { k: \"a\"; n: number } | { k: \"b\"; s: string };\nconst f = (s: S): number => match (s) { when { k: \"a\" }: s.n when { k: \"b\" }: s.s.length };",
            "type S = { k: \"a\"; n: number } | { k: \"b\"; s: string };\nconst never = (x: never): number => 0;\nconst f = (s: S): number => { if (s.k === \"a\") { return s.n; } if (s.k === \"b\") { return s.s.length; } return never(s); };",
            "type S = { k: \"a\"; n: number } | { k: \"b\"; s: string };\nconst never = (x: never): number => 0;\nconst f = (o: { s: S }): number => { if (o.s.k === \"a\") { return 1; } if (o.s.k === \"b\") { return 2; } return never(o.s); };",
        ],
        &[
            (
                "type S = { k: \"a\"; n: number } | { k: \"b\"; s: string };\nconst f = (s: S) => s.n;",
                "JS202",
            ),
            (
                "type S = { k: \"a\"; n: number } | { k: \"b\"; s: string };\nconst f = (s: S) => s.k === \"c\";",
                "JS209",
            ),
            (
                "type S = { k: \"a\"; n: number } | { k: \"b\"; s: string };\nconst f = (s: S): number => match (s) { when { k: \"a\" }: s.n };",
                "JS234 JS237 warning",
            ),
        ],
    ),
    (
        "T: literals of constants keep their value, those of variables do not",
        &["const a = \"x\";\nconst f = (b: \"x\" | \"y\") => b;\nconst c = f(a);"],
        &[("let a = \"x\";\nconst f = (b: \"x\" | \"y\") => b;\nconst c = f(a);", "JS204")],
    ),
    (
        "T: unions, tuples and lists",
        &[
            "const f = <A, B>(a: A[], b: B[]): [A, B][] => a.flatMap((x, i) => { const y = b[i]; return y === undefined ? [] : [[x, y]]; });",
            "const f = (a: number[]): [number, string][] => a.flatMap((x, i) => x > 1 ? [[x, `${i}`]] : []);",
            "const f = (m: ReadonlyMap<string, number>, s: ReadonlySet<string>): number => [...m.values(), s.size].length;\nconst g = () => f(Map([[\"a\", 1]]), Set([\"a\"]));",
            "const a: number[] = Array(3).fill(0);\nconst b: string[] = Array(\"x\", \"y\");",
            "const a: [number, string] = [1, \"a\"];\nconst b: number = a[0];",
            "const a: Array<string | number> = [1, \"a\"];",
            "const f = (a: number[]) => { const first = a[0]; return first === undefined ? 0 : first + 1; };",
        ],
        &[
            ("const a: [number, string] = [1, 2];", "JS201"),
            ("const a: [number, string] = [1];", "JS201"),
            ("const a: string[] = [\"a\", 1];", "JS201"),
            ("const f = (a: number[]) => a[0] + 1;", "JS234"),
        ],
    ),
    (
        "T: every module's signatures",
        &[
            "import { cacheIncr } from \"purview:cache\";\nconst a = (cacheIncr(\"a\", \"b\") ?? 0) + 1;",
        ],
        &[
            (
                "import { cacheIncr } from \"purview:cache\";\nconst a = (cacheIncr(\"a\", \"b\") ?? 0).length;",
                "JS202",
            ),
            ("import { sha256 } from \"purview:crypto\";\nconst a = sha256(1);", "JS204"),
            (
                "import { rateCheck } from \"purview:ratelimit\";\nconst a = rateCheck(\"a\", \"1\", 2);",
                "JS204",
            ),
        ],
    ),
];

const GAPS: &[Rule] = &[
    (
        "G1: handlers with file imports are checked like any other",
        &["import { double } from \"./helper\";\nconst a = double(1);"],
        &[
            (
                "import { answer } from \"./helper\";\nfunction handler(req: Request) { return answer(req.path); }",
                "JS231",
            ),
            ("import { double } from \"./helper\";\nconst a = double(\"1\");", "JS204"),
            ("import { double } from \"./helper\";\nif (double(1)) { console.log(1); }", "JS221"),
        ],
    ),
    (
        "G4: every path returns a Response, not just something",
        &["function handler() { return Response.text(\"a\"); }"],
        &[
            ("function handler() { return \"a\"; }", "JS232"),
            ("const help = () => ({ a: 1 });\nfunction handler() { return help(); }", "JS232"),
        ],
    ),
    (
        "G7: a missing header is `undefined`, and a query value is a text",
        &[
            "const f = (req: Request) => req.headers.get(\"a\") ?? \"\";",
            "const f = (req: Request) => Number(req.query.n ?? \"0\") + 1;",
        ],
        &[
            ("const f = (req: Request) => req.headers.get(\"a\").length;", "JS234"),
            ("const f = (req: Request) => req.query.n * 2;", "JS208"),
        ],
    ),
    (
        "G13: names are those of their scope",
        &[
            "const f = (a: string) => { const g = (a: boolean) => a ? 1 : 2; return g(a === \"\"); };",
            "const a = \"text\";\nfunction f() { const a = true; return a ? 1 : 2; }",
        ],
        &[("const a = true;\nfunction f() { const a = \"text\"; return a ? 1 : 2; }", "JS221")],
    ),
];

const INFERENCE: &[Rule] = &[
    (
        "I: literals, templates, comparisons and logic have their own class",
        &[
            "const a = 1 < 2;\nif (a && \"a\" in { a: 1 } || !a) { console.log(1); }",
            "const a = `x${1}`;\nif (a === \"x1\") { console.log(1); }",
        ],
        &[
            ("const a = `x`;\nif (a) { console.log(1); }", "JS221"),
            ("const a = 1;\nconst f = (b: boolean) => b || a;", "JS222"),
        ],
    ),
    (
        "I: `+` gives a string beside a string, a number beside a number; other operators a number",
        &["const a = (1 + 2 - 3 * 4) % 5 > 0;\nif (a) { console.log(1); }"],
        &[
            ("if (\"a\" + 1) { console.log(1); }", "JS221"),
            ("if (1 + 2) { console.log(1); }", "JS221"),
            ("if (~1 | 2) { console.log(1); }", "JS221"),
        ],
    ),
    (
        "I: `typeof` gives a string, `void` undefined",
        &["const f = (a: unknown) => typeof a === \"string\" ? 1 : 2;"],
        &[
            ("const f = (a: unknown) => typeof a ? 1 : 2;", "JS221"),
            ("const f = (a: number) => void a ? 1 : 2;", "JS221"),
        ],
    ),
    (
        "I: objects, lists and functions are what they are",
        &["const a = [true];\nconst f = () => a[0] ?? false;\nif (f()) { console.log(1); }"],
        &[
            ("if ([]) { console.log(1); }", "JS221"),
            ("if ({ a: 1 }) { console.log(1); }", "JS221"),
            ("if (() => true) { console.log(1); }", "JS221"),
        ],
    ),
    (
        "I: `??`, `?:` and `match` join their sides",
        &[
            "const f = (a: boolean | undefined, b: boolean) => (a ?? b) ? 1 : 2;",
            "const f = (a: boolean, n: number) => match (n) { when 1: a default: !a } ? 1 : 2;",
        ],
        &[
            ("const f = (a: string | undefined) => (a ?? \"b\") ? 1 : 2;", "JS221"),
            ("const f = (a: boolean) => (a ? \"x\" : undefined) ? 1 : 2;", "JS221"),
            (
                "const f = (n: number) => match (n) { when 1: \"a\" default: \"b\" } ? 1 : 2;",
                "JS221",
            ),
        ],
    ),
    (
        "I: a variable is what it was given last",
        &[
            "let a: boolean | string = \"x\";\na = true;\nif (a) { console.log(1); }",
            "const f = (list: boolean[]) => { let any = false; for (const one of list) { any = any || one; } return any ? 1 : 2; };",
        ],
        &[
            ("let a: boolean | string = true;\na = \"x\";\nif (a) { console.log(1); }", "JS221"),
            ("let a = 1;\na += 1;\nif (a) { console.log(1); }", "JS221"),
        ],
    ),
    (
        "I: a call is what the function returns, by any name",
        &[
            "const even = (n: number) => n % 2 === 0;\nconst same = even;\nif (same(2)) { console.log(1); }",
            "import { schemaCompile, schemaDrop } from \"purview:validate\";\nimport { cacheDelete as gone } from \"purview:cache\";\nif (schemaCompile(\"a\", {}) && schemaDrop(\"a\") || gone(\"a\", \"b\")) { console.log(1); }",
        ],
        &[
            (
                "function half(n: number) { return n / 2; }\nif (half(2)) { console.log(1); }",
                "JS221",
            ),
            (
                "import { cacheGet as read } from \"purview:cache\";\nif (read(\"a\", \"b\")) { console.log(1); }",
                "JS221",
            ),
            (
                "import { routerMatch } from \"purview:router\";\nconst f = (r: Request) => routerMatch({}, r) ? 1 : 2;",
                "JS221",
            ),
            (
                "import { cacheStats } from \"purview:cache\";\nif (cacheStats(\"a\")) { console.log(1); }",
                "JS221",
            ),
            (
                "import { jwtSign } from \"purview:auth\";\nif (jwtSign(\"{}\", \"k\")) { console.log(1); }",
                "JS221",
            ),
        ],
    ),
    (
        "I: the parts of a result have types",
        &[
            "import { jwtVerify } from \"purview:auth\";\nconst r = jwtVerify(\"t\", \"s\");\nif (r.ok) { console.log(1); }",
        ],
        &[(
            "import { jwtVerify } from \"purview:auth\";\nconst f = () => { const r = jwtVerify(\"t\", \"s\"); if (r.ok) { return 1; } return r.error ? 2 : 3; };",
            "JS221",
        )],
    ),
];

const COMPTIME: &[Rule] = &[
    (
        "C: values and operators",
        &[
            "const a = comptime([1, \"a\", true, undefined, { b: -1 + 2 ** 3 }, NaN, Infinity, `x`]);",
            "const a = comptime((1 << 3 | 2) >= 3 && !(1 === 2) ? \"a\" : \"b\");",
            "const a = comptime(undefined ?? 1);",
        ],
        &[
            ("const a = comptime(() => 1);", "JS720"),
            ("const a = comptime(1 == 1);", "JS129"),
            ("const a = comptime(null);", "JS133"),
        ],
    ),
    (
        "C: `Math`, texts, numbers, JSON, `hash`",
        &[
            "const a = comptime(Math.hypot(3, 4) + Math.PI);",
            "const a = comptime(\" A \".trim().toLowerCase().padEnd(3, \"-\"));",
            "const a = comptime(parseInt(\"7\") + parseFloat(\"1.5\"));",
            "const a = comptime(JSON.parse(\"[1]\"));",
            "const a = comptime(hash(\"a\"));",
        ],
        &[
            ("const a = comptime(Math.random());", "JS726"),
            ("const a = comptime(\"a\".repeat(10000000));", "JS725"),
            ("const a = comptime(hash(1));", "JS722"),
        ],
    ),
    (
        "C: `Env`, `__VERSION__`, `__BUILD_TIME__`, `__GIT_COMMIT__`",
        &[
            "const a = comptime(Env.NAME ?? \"none\");",
            "const a = comptime(`${__VERSION__} ${__BUILD_TIME__ ?? \"\"} ${__GIT_COMMIT__ ?? \"\"}`);",
        ],
        &[("const a = __VERSION__;", "JS155")],
    ),
    (
        "C: variables, closures, other calls, the clock are refused",
        &["const a = comptime(1);\nconst b = a + 1;"],
        &[
            ("const a = 1;\nconst b = comptime(a);", "JS721"),
            ("const b = comptime(Date.now());", "JS726"),
            ("const b = comptime((() => 1)());", "JS726"),
            ("const b = comptime(console.log(1));", "JS726"),
        ],
    ),
    (
        "C: limits on length and depth",
        &["const a = comptime(((((((((1)))))))));"],
        &[(DEEP, "JS723"), (LONG, "JS724")],
    ),
];

/// More than 64 levels: [`placed`] writes them out.
const DEEP: &str = "const a = comptime(SEVENTY LEVELS);";

/// More than eight kilobytes: [`placed`] writes them out.
const LONG: &str = "const a = comptime(\"NINE KILOBYTES\");";

/// Every rule that must be shown with programs that pass and programs that do not.
const REQUIRED: &[&str] = &[
    "S1:",
    "S2:",
    "S3:",
    "S4:",
    "S5:",
    "narrowing:",
    "I: literals",
    "I: `+`",
    "I: `typeof`",
    "I: objects",
    "I: `??`",
    "I: a variable",
    "I: a call",
    "I: the parts",
    "V1:",
    "V2:",
    "V3:",
    "V4:",
    "V5:",
    "V6:",
    "V7:",
    "T: declarations",
    "T: fields",
    "T: number and types",
    "T: results",
    "T: functions are contravariant",
    "T: an interface",
    "T: distinct",
    "T: every module's",
    "T: what is unknown",
    "T: tags",
    "T: literals of constants",
    "T: unions, tuples and lists",
    "C: values",
    "C: `Math`",
    "C: `Env`",
    "C: variables",
    "C: limits",
    "G1:",
    "G4:",
    "G7:",
    "G13:",
];

fn rules() -> impl Iterator<Item = &'static Rule> {
    [BOOLEANS, INFERENCE, VERIFICATION, TYPES, COMPTIME, GAPS].into_iter().flatten()
}

#[test]
fn every_rule_has_programs_that_pass_and_programs_that_do_not() {
    let shown = |name: &&&str| {
        rules().any(|(title, good, bad)| {
            title.starts_with(**name) && !good.is_empty() && !bad.is_empty()
        })
    };
    let missing: Vec<_> = REQUIRED.iter().filter(|name| !shown(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn rules_decide_as_they_say() {
    let mut wrong = String::new();
    for (name, good, bad) in rules() {
        for text in *good {
            let (codes, rendered) = codes(text);
            if !codes.is_empty() {
                wrong += &format!("{name}: should pass\n{text}\n{rendered}\n");
            }
        }
        for (text, expected) in *bad {
            let (codes, rendered) = codes(text);
            let codes: Vec<String> = codes.into_iter().collect();
            if codes.join(" ") != *expected {
                wrong += &format!("{name}: should give {expected}\n{text}\n{rendered}\n");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
