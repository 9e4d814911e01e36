//! `parallel` and `race` in compiled handlers, in made-up time: what overlaps, in which order effects happen, and what may not happen.
#![expect(clippy::unwrap_used, reason = "helpers of tests: what goes wrong fails the test")]

mod common;

use common::{Answer, Request, compile};
use serde_json::json;

/// What a run shows.
#[derive(Debug)]
struct Seen {
    answer: Result<Answer, String>,
    /// The paths that were sent to, in order.
    sent: Vec<String>,
    cancelled: usize,
    now_ms: u64,
}

impl Seen {
    fn body(&self) -> &str {
        self.answer.as_ref().map_or_else(|error| error.as_str(), |answer| &answer.body)
    }
}

/// Runs a handler's body. A request to `/NAME/DELAY` is answered with the name after so many milliseconds.
#[track_caller]
fn run(text: &str) -> Seen {
    let helpers = "import { parallel, race } from \"purview:io\";
        const get = (path: string): string => fetchSync(`http://a.example/${path}`).text();";
    run_file(&format!("{helpers}\n{text}"))
}

#[track_caller]
fn run_file(text: &str) -> Seen {
    let program = compile(&[("h.ts", text)]).unwrap_or_else(|error| panic!("{error}"));
    let mut session = program.session();
    for name in ["a", "b", "c", "d", "e", "f", "x", "y", "z"] {
        for delay in [0, 5, 10, 20, 30, 50, 70, 100, 1000] {
            let answer = json!({ "body": name, "delay": delay });
            let url = format!("http://a.example/{name}/{delay}");
            session.store.data_mut().world.upstreams.insert(url, answer);
        }
    }
    let answer = session.answer(&Request::get("/"));
    let world = &session.store.data().world;
    let path = |line: &String| {
        line.trim_start_matches("GET http://a.example/").split('/').next().unwrap().to_owned()
    };
    Seen {
        answer,
        sent: world.sent.iter().map(path).collect(),
        cancelled: world.cancelled,
        now_ms: world.now_ms(),
    }
}

#[test]
fn sends_one_after_the_other_overlap_with_those_of_other_branches() {
    let seen = run("function handler() {
        return Response.json(parallel([
            () => get(\"a/50\") + get(\"x/50\"),
            () => get(\"b/50\") + get(\"y/50\"),
            () => { const first = get(\"c/50\"); return `${first}${get(\"z/50\")}`; },
        ]));
    }");
    assert_eq!(seen.body(), r#"["ax","by","cz"]"#);
    assert_eq!(seen.sent, ["a", "b", "c", "x", "y", "z"]);
    assert_eq!(seen.now_ms, 100);
}

#[test]
fn who_gets_an_answer_goes_on_first() {
    let seen = run("function handler() {
        const order: string[] = [];
        const step = (name: string) => { order.push(get(name)); return name; };
        const results = parallel([
            () => { order.push(\"0\"); step(\"a/30\"); step(\"x/5\"); return 0; },
            () => { order.push(\"1\"); step(\"b/10\"); step(\"y/30\"); return 1; },
            () => { order.push(\"2\"); return 2; },
            () => { order.push(\"3\"); step(\"d/20\"); step(\"z/5\"); step(\"e/20\"); return 3; },
        ]);
        return Response.text(`${results.join(\"\")} ${order.join(\"\")}`);
    }");
    // a 30, b 10, d 20 → b at 10 (y 40), d at 20 (z 25), z at 25 (e 45), a at 30 (x 35), x 35, y 40, e 45
    assert_eq!(seen.body(), "0123 0123bdzaxye");
    assert_eq!(seen.now_ms, 45);
}

#[test]
fn sends_inside_of_callbacks_and_deep_calls_overlap() {
    let seen = run("const deep = (n: number, path: string): string => n === 0 ? get(path) : `<${deep(n - 1, path)}>`;
        const last = (n: number, path: string): string => n === 0 ? get(path) : last(n - 1, path);
        function handler() {
            return Response.json(parallel([
                () => [\"a/50\", \"b/50\"].map((path) => get(path)).join(\"\"),
                () => [3, 1, 2].toSorted((x, y) => { get(\"c/10\"); return x - y; }),
                () => [1, 2, 3].reduce((sum, n) => sum + n * get(\"d/20\").length, 0),
                () => deep(5, \"e/50\") + deep(3, \"f/50\"),
                () => last(2000, \"x/50\") + last(3, \"y/50\"),
                () => { let all = \"\"; for (const n of [1, 2, 3]) { if (n === 2) { continue; } all += get(\"z/50\") + n; } return all; },
            ]));
        }");
    assert_eq!(seen.body(), r#"["ab",[1,2,3],6,"<<<<<e>>>>><<<f>>>","xy","z1z3"]"#);
    assert_eq!(seen.now_ms, 100);
}

#[test]
fn branches_begin_branches() {
    let seen = run("function handler() {
        return Response.json(parallel([
            () => parallel([() => get(\"a/10\") + get(\"b/10\"), () => get(\"c/20\")]).join(\"\") + get(\"d/10\"),
            () => [1, 2].map((n) => parallel([() => get(\"e/10\"), () => get(\"f/5\") + n]).join(\"\")),
            () => race([() => get(\"x/1000\"), () => get(\"y/20\")]),
            () => parallel([() => parallel([() => parallel([() => get(\"z/30\")])])]),
            () => parallel([]),
        ]));
    }");
    assert_eq!(seen.body(), r#"["abcd",["ef1","ef2"],"y",[[["z"]]],[]]"#);
    assert_eq!((seen.now_ms, seen.cancelled), (30, 1));
}

#[test]
fn the_first_to_end_wins_a_race_and_the_others_never_go_on() {
    let seen = run("function handler() {
        const done: string[] = [];
        const path = (first: string, second: string) => () => {
            const one = get(first);
            const two = get(second);
            done.push(one + two);
            return one + two;
        };
        const inner = () => parallel([path(\"c/50\", \"d/50\"), path(\"e/50\", \"f/50\")]).join(\"\");
        const won = race([path(\"a/5\", \"b/100\"), inner, path(\"x/20\", \"y/10\"), path(\"z/1000\", \"z/0\")]);
        return Response.text(`${won} ${done.join()} ${get(\"a/0\")}`);
    }");
    assert_eq!(seen.body(), "xy xy a");
    // What is given up: b, c, e, z.
    assert_eq!((seen.now_ms, seen.cancelled), (30, 4));
}

#[test]
fn a_call_without_answer_stays_in_its_slot_and_does_not_win() {
    let seen = run("function handler() {
        const away = () => fetchSync(\"http://a.example/away\");
        const [first, second] = parallel([() => away().status + get(\"a/10\").length, () => get(\"b/10\")]);
        const won = race([away, () => fetchSync(\"http://a.example/c/10\")]);
        return Response.json([first, second, won?.text(), race([away, away])?.status]);
    }");
    assert_eq!(seen.body(), r#"[600,"b","c",599]"#);
}

#[test]
fn functions_as_values_begin_branches() {
    let seen = run("function handler() {
        const both = [parallel, parallel];
        const thunks = [() => get(\"a/10\") + get(\"b/10\"), () => get(\"c/20\")];
        return Response.json(both.map((run) => run(thunks)));
    }");
    assert_eq!(seen.body(), r#"[["ab","c"],["ab","c"]]"#);
    assert_eq!(seen.now_ms, 40);
}

#[test]
fn a_fault_in_a_branch_is_a_fault_of_the_request_with_its_place() {
    let text = "import { parallel } from \"purview:io\";
const get = (path: string): string => fetchSync(`http://a.example/${path}`).text();
function check(list: string[]): string {
    const text = get(\"a/10\");
    const value: unknown = list[7];
    assert value !== undefined, \"nothing there\";
    return text;
}
const wrong = (text: string): number => {
    const parsed = JSON.parse(text + get(\"b/5\"));
    return parsed.a.b.c;
};
function handler() {
    const all = parallel([() => get(\"c/50\"), () => wrong(\"{}\")]);
    return Response.json(all);
}";
    let seen = run_file(text);
    let error = seen.answer.unwrap_err();
    assert!(error.ends_with(" of undefined at h.ts:11:12"), "{error}");
    assert_eq!(seen.sent, ["c", "b"]);
}

#[test]
fn a_branch_that_waits_inside_too_many_calls_is_a_fault() {
    let seen = run(
        "const deep = (n: number): string => n === 0 ? get(\"a/5\") : `${deep(n - 1)}${n % 10}`;
        function handler() {
            return Response.json(parallel([() => deep(100).length, () => deep(4000).length]));
        }",
    );
    let error = seen.answer.unwrap_err();
    assert!(error.contains("waits inside too many calls"), "{error}");
}

#[test]
fn many_sends_take_little_memory() {
    let seen = run("function handler() {
        const count = (path: string) => () => { let n = 0; for (const _ of range(300)) { n += get(path).length; } return n; };
        return Response.json(parallel(range(16).map((n) => count(n % 2 === 0 ? \"a/5\" : \"b/10\"))));
    }");
    assert_eq!(seen.body(), format!("[{}]", ["300"; 16].join(",")));
    assert_eq!((seen.sent.len(), seen.now_ms), (4800, 3000));
}

#[test]
fn a_branch_keeps_its_variables() {
    let seen = run("function handler() {
        let shared = 0;
        const work = (name: string, scale: number) => () => {
            let [sum, text, flag] = [0.5, \"\", false];
            const list: number[] = [];
            const item = { n: 1, s: name };
            for (const n of [1, 2, 3]) {
                sum += n * scale * get(`${name}/${n * 10}`).length;
                flag = !flag && get(`${name}/5`) === name;
                text = match (n) { when 1: get(`${name}/0`) + text when 2: text + item.s default: `${text}${get(`${name}/20`)}!` };
                list.push(n * scale);
                item.n = item.n + (flag ? get(`${name}/10`).length : 0.25);
                shared += 1;
            }
            return [sum, text, flag, list, item, shared > 3];
        };
        return Response.json(parallel([work(\"a\", 1), work(\"b\", 10), work(\"c\", 100)]));
    }");
    let one = |name: &str, scale: f64| {
        let item = json!({ "n": 3.25, "s": name });
        json!([
            0.5 + 6.0 * scale,
            format!("{name}{name}{name}!"),
            true,
            [scale, 2.0 * scale, 3.0 * scale],
            item,
            true
        ])
    };
    let expected = json!([one("a", 1.0), one("b", 10.0), one("c", 100.0)]).to_string();
    assert_eq!(seen.body().replace(".0", ""), expected.replace(".0", ""));
}

/// Whether a module holds the function that begins a branch: without it nothing is made to be left in the middle.
fn holds_switches(text: &str) -> bool {
    let program = compile(&[("h.ts", text)]).unwrap_or_else(|error| panic!("{error}"));
    program.wasm.windows(13).any(|bytes| bytes == b"rt.switch.run")
}

#[test]
fn a_module_without_branches_is_left_as_it_is() {
    assert!(holds_switches(
        "import { parallel } from \"purview:io\";
        export function handler() {
            return Response.json(parallel([() => fetchSync(\"http://a.example/a\").text()]));
        }"
    ));
    assert!(!holds_switches(
        "const get = (path: string): string => fetchSync(`http://a.example/${path}`).text();
        export function handler() { return Response.json([\"a\", \"b\"].map(get)); }"
    ));
}
