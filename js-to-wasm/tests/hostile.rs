//! Programs whose types are large, deep or endless: an answer comes soon, without a panic and without an overflow of the stack. An ordinary
//! handler of 500 lines is checked in 20 ms.

use std::time::{Duration, Instant};

use js_to_wasm::{check::types::WORK_MAX, check_source, source::Files};

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

/// Every value may be every other one, through one function, one list, one record.
fn entangled(count: usize) -> String {
    let objects = repeated(count, "\n", |n| {
        format!("const v{} = same({{ a: v{n}, b: [v{n}], c: () => same(v{n}) }});", n + 1)
    });
    format!(
        "const all = [];\nconst same = (x) => {{ const y = [x, ...all]; return y[0] ?? {{ held: y }}; }};\nconst v0 = {{ a: 1 }};\n{objects}"
    )
}

/// Every function may be called with every other one.
fn called_by_all(count: usize) -> String {
    let calls = repeated(count, "\n", |n| {
        format!(
            "const w{n} = run((x) => {{ const y = run((z) => [x, z, {n}]); return {{ y, f: (a) => run(() => a) }}; }});"
        )
    });
    format!("const run = (f) => {{ const r = f(f); return [r, f]; }};\n{calls}")
}

#[test]
fn entangled_values_are_answered_soon() {
    for count in [10, 100, 300, 1000] {
        let (took, _) = check(&format!("{}{HANDLER}", called_by_all(count)));
        assert!(took < longest(), "{took:?} for {count}");
    }
    let mut given_up = 0;
    for count in [10, 100, 300, 1000, 3000] {
        let (took, said) = check(&format!("{}{HANDLER}", entangled(count)));
        assert!(took < longest(), "{took:?} for {count}");
        given_up += usize::from(said.contains("error[JS702]"));
        assert!(count > 100 || given_up == 0, "{count}: {said}");
    }
    assert!(given_up > 0, "the largest is followed to its end");
}

#[test]
fn a_union_that_is_too_wide_gets_a_diagnostic() {
    let wide = repeated(300, " | ", |n| format!("\"k{n}\""));
    let (_, said) =
        check(&format!("type T = {wide};\nexport const f = (a: T): string => a;{HANDLER}"));
    assert!(said.contains("warning[JS215]"), "{said}");
    assert!(!said.contains("error["), "{said}");
}

/// The same that `cargo run --release -p js-to-wasm --bin check-time` measures.
const LARGE: &str = include_str!("large/handler.ts");

#[test]
fn a_handler_of_500_lines_is_checked_quickly() {
    assert!(LARGE.lines().count() >= 500);
    let files = Files::one("a.ts", LARGE);
    let mut times: Vec<Duration> = (0..5)
        .map(|_| {
            let (took, said) = check(LARGE);
            assert_eq!(said, "");
            took
        })
        .collect();
    times.sort();
    if cfg!(not(debug_assertions)) {
        assert!(times[2] < Duration::from_millis(20), "{times:?}");
    }
    // Steps do not depend on the machine.
    let steps = steps(&files).expect("it is accepted");
    assert!(steps < WORK_MAX / 20, "{steps} steps");
}

/// The steps that inference takes for a program that is accepted.
fn steps(files: &Files) -> Option<usize> {
    let checked = check_source(files, "a.ts");
    checked.program.map(|program| program.types.steps())
}

/// Types that grow with every use of themselves: they take no more steps than twenty times those of a large handler, or are given up
/// with a word that says so; then nothing else is said of them.
#[test]
fn types_that_multiply_take_bounded_work() {
    let names = |count: usize, letter: &str| repeated(count, " | ", |n| format!("\"{letter}{n}\""));
    let tagged = |count: usize, letter: &str| {
        repeated(count, " | ", |n| format!("{{ {letter}: {n}; all: string }}"))
    };
    let programs = [
        // Recursive generics.
        "type Deep<T> = { value: T; next?: Deep<{ held: T; more: Deep<T> }> };\nexport const f = (d: Deep<string>): Deep<number> | undefined => d.next?.next?.next === undefined ? undefined : { value: 1 };".to_owned(),
        "type Two<A, B> = { a: Two<B, A[]>; b: Two<A[], B> };\nexport const f = (x: Two<string, number>): Two<number, string> => x;".to_owned(),
        "interface Node<T> { map<U>(f: (value: T) => U): Node<U[]>; zip<U>(other: Node<U>): Node<[T, U]> }\nexport const f = (n: Node<string>): Node<string[][]> => n.map((s) => s.length).map((s) => s).zip(n.zip(n)).map((s) => s);".to_owned(),
        format!("type F0<T> = [T, T];\n{}\nexport const f = (x: F24<string>): F24<number> => x;", repeated(24, "\n", |n| format!("type F{}<T> = F{n}<[T, T]>;", n + 1))),
        // Unions multiplied by themselves.
        format!("type K = {};\nexport const f = (a: `${{K}}-${{K}}-${{K}}-${{K}}`): `${{K}}-${{string}}` => a;", names(60, "k")),
        format!("type A = {};\ntype B = {};\ntype C = {};\ntype P = A & B & C;\nexport const f = (p: P): P & A => p;", tagged(40, "a"), tagged(40, "b"), tagged(40, "c")),
        format!("type A = {};\nexport const f = (a: A, b: A, c: A, d: A) => ({{ ...a, ...b, ...c, ...d }});", tagged(60, "a")),
        format!("type A = {};\nexport const f = (a: A, b: A): [A, A] => [a, b];\nexport const g = (a: A, b: A) => {{ let x = f(a, b); x = f(x[1], x[0]); return [x, f(a, a), f(b, b)]; }};", tagged(120, "a")),
        format!("type F = {};\nexport const g = (f: F, x: {}) => f(x);", repeated(100, " | ", |n| format!("((x: \"a{n}\" | \"b\") => {n})")), names(100, "a")),
        format!("type A = {};\nexport const f = (a: A): Partial<Omit<Pick<A, \"all\">, \"x\">> & Required<A> => ({{ ...a }});", tagged(200, "a")),
        // Conditions inside of conditions.
        format!("type A = {};\nexport const f = (a: A) => {};", repeated(40, " | ", |n| format!("{{ k: {n}; v{n}: string }}")), (0..40).fold("0".to_owned(), |inner, n| format!("a.k === {n} ? a.v{n}.length : ({inner})"))),
        format!("export const f = (a?: string, b?: number) => {};", nested(200, "0", |inner| format!("a !== undefined ? (b === undefined ? a.length : {inner}) : b ?? 1"))),
        format!("export const f = (a?: {{ b?: {{ c?: string }} }}) => {{ {} return 0; }};", repeated(400, " ", |n| format!("if (a?.b?.c === \"{n}\" || a !== undefined && a.b !== undefined && a.b.c === \"x{n}\") {{ return {n}; }}"))),
    ];
    for program in programs {
        let text = format!("{program}{HANDLER}");
        let shown: String = program.chars().take(160).collect();
        let (took, said) = check(&text);
        assert!(took < longest(), "{took:?} for {shown}\n{said}");
        let given_up = said.contains("warning[JS215]");
        assert!(!given_up || !said.contains("error["), "{shown}\n{said}");
        if !given_up && let Some(steps) = steps(&Files::one("a.ts", text.as_str())) {
            assert!(steps < WORK_MAX, "{steps} steps for {shown}");
        }
    }
}
