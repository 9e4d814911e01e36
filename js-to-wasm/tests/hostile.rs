//! Programs whose types are large, deep or endless: an answer comes soon, without a panic and without an overflow of the stack. An ordinary
//! handler of 500 lines is checked in 20 ms.

use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

use js_to_wasm::{check_source, source::Files};

const HANDLER: &str = "\nfunction handler(): Response { return Response.text(\"ok\"); }\n";

/// Checks a program: how long it took and what was said.
fn check(text: &str) -> (Duration, String) {
    let files = Files::one("a.ts", text);
    let start = Instant::now();
    let checked = check_source(&files, "a.ts");
    (start.elapsed(), checked.render())
}

/// Longest time for one hostile program: two orders of magnitude more than an ordinary one takes.
fn longest() -> Duration {
    if cfg!(debug_assertions) { Duration::from_secs(20) } else { Duration::from_secs(2) }
}

fn repeated(count: usize, between: &str, each: impl Fn(usize) -> String) -> String {
    (0..count).map(each).collect::<Vec<_>>().join(between)
}

fn nested(depth: usize, start: &str, wrap: impl Fn(&str) -> String) -> String {
    (0..depth).fold(start.to_owned(), |inner, _| wrap(&inner))
}

#[test]
fn hostile_types_are_answered_soon() {
    let wide = repeated(250, " | ", |n| format!("{{ k: \"a{n}\"; v: {n} }}"));
    let arms = repeated(250, " ", |n| format!("when {{ k: \"a{n}\" }}: u"));
    let tests = repeated(1500, " ", |n| {
        format!(
            "const v{n} = a[{n}]; if (v{n} === undefined) {{ return {n}; }} if (v{n}.x !== undefined) {{ console.log(v{n}.x + 1); }}"
        )
    });
    let programs = [
        "type A<T> = { x: A<T[]>; y: A<[T, T]> };\ntype B<T> = { x: B<T[]>; y: B<[T, T]> };\nconst f = (a: A<string>): B<string> => a;".to_owned(),
        "type C = C;\ntype D = D | E;\ntype E = E & D;\nconst g = (c: C, d: D) => [c, d];".to_owned(),
        "interface I extends J { a: I }\ninterface J extends I { b: J }\nconst f = (i: I): J => i;".to_owned(),
        format!("type U = {wide};\nconst f = (u: U): U => match (u) {{ {arms} }};\ntype V = U & {{ z: 1 }} & U & U & U;\nconst h = (v: V): U => v;"),
        format!("function f(a: {{ x?: number }}[]) {{ {tests} return 0; }}"),
        format!("const a = {};", nested(120, "1", |inner| format!("[{inner}].map((x) => x)"))),
        format!("const a = {};", nested(100, "0", |inner| format!("[1].reduce((s, x) => s + {inner}, 0)"))),
        format!("const f = (b: boolean) => {} 2;", "b ? 1 : ".repeat(500)),
        format!("const f = (a: string | undefined, b: boolean) => {};", nested(90, "b", |inner| format!("({inner}) && a !== undefined || b"))),
        format!("const o0 = {{ a: 1 }};\n{}", repeated(60, "\n", |n| format!("const o{} = {{ ...o{n}, k{n}: o{n} }};", n + 1))),
        format!("const p = <T,>(a: T, b: T): [T, T] => [a, b];\nconst x0 = p(1, 1);\n{}", repeated(60, "\n", |n| format!("const x{} = p(x{n}, x{n});", n + 1))),
        format!("const g0 = (a: string) => a;\n{}\nconst z = g3000(\"a\");", repeated(3000, "\n", |n| format!("const g{} = (a: string) => g{n}(a);", n + 1))),
        format!("{}\nconst g3000 = (a: string) => a;", repeated(3000, "\n", |n| format!("const g{n} = (a: string) => g{}(a);", n + 1))),
        format!("{}\nconst z = f0(\"a\");", repeated(2000, "\n", |n| format!("const f{n} = (a: string): number => a.length + f{}(a);", (n + 1) % 2000))),
    ];
    for program in programs {
        let (took, said) = check(&format!("{program}{HANDLER}"));
        let shown: String = program.chars().take(200).collect();
        assert!(took < longest(), "{took:?} for {shown}\n{said}");
    }
}

#[test]
fn a_union_that_is_too_wide_gets_a_diagnostic() {
    let wide = repeated(300, " | ", |n| format!("\"k{n}\""));
    let (_, said) =
        check(&format!("type T = {wide};\nexport const f = (a: T): string => a;{HANDLER}"));
    assert!(said.contains("warning[JS215]"), "{said}");
    assert!(!said.contains("error["), "{said}");
}

#[test]
fn a_handler_of_500_lines_is_checked_quickly() {
    let mut text = String::from(
        "import { env } from \"purview:env\";\ntype User = { id: number; name: string; tags?: string[] };\n",
    );
    let mut table = String::new();
    for n in 0..20 {
        let _ = write!(
            text,
            "type Shape{n} = {{ kind: \"circle\"; r: number }} | {{ kind: \"square\"; side: number }};
const area{n} = (s: Shape{n}): number => match (s) {{
  when {{ kind: \"circle\" }}: s.r * s.r
  when {{ kind: \"square\" }}: s.side * s.side
}};
function list{n}(req: Request): Response {{
  const limit = Number(req.query.limit ?? \"10\");
  if (Number.isNaN(limit) || limit < 1) {{
    return Response.json({{ error: \"limit\" }}, {{ status: 400 }});
  }}
  const secret = env(\"SECRET_{n}\");
  if (secret === undefined) {{
    return Response.text(\"no secret\", {{ status: 500 }});
  }}
  const users: User[] = range(limit).map((id) => ({{ id, name: `user ${{id}}` }}));
  const shapes: Shape{n}[] = users.map((user) => ({{ kind: \"circle\", r: user.id }}));
  const total = shapes.map(area{n}).reduce((a, b) => a + b, 0);
  const names = users.filter((user) => user.tags === undefined).map((user) => user.name.toUpperCase());
  const counts = Map<string, number>();
  for (const name of names) {{
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }}
  return Response.json({{ total, names, secret: secret.length, counts: [...counts] }});
}}
"
        );
        let _ = write!(table, "    case \"/{n}\":\n      return list{n}(req);\n");
    }
    let _ = write!(
        text,
        "export function handler(req: Request): Response {{\n  switch (req.path) {{\n{table}    default:\n      return Response.text(\"not found\", {{ status: 404 }});\n  }}\n}}\n"
    );
    assert!(text.lines().count() >= 500);
    let mut times: Vec<Duration> = (0..5)
        .map(|_| {
            let (took, said) = check(&text);
            assert_eq!(said, "");
            took
        })
        .collect();
    times.sort();
    if cfg!(not(debug_assertions)) {
        assert!(times[2] < Duration::from_millis(20), "{times:?}");
    }
}
