//! A change of what outlives the request.

use crate::check::rule::{Rule, Run};

/// A change of what outlives the request.
pub(crate) const RULE: Rule = Rule {
    code: "JS238",
    title: "the handler changes nothing that outlives the request",
    help: "keep it inside the handler, or use `purview:cache` for what other requests should see",
    explanation: "Requests do not see each other. A module holds what all of them share, so it is built once and only read while requests are answered. This is also what lets the host use one instance for many requests.",
    bad: &[
        r#"// entry
let count = 0;
function handler() { count += 1; return Response.text(`${count}`); }"#,
        r#"// entry
const seen = [];
function handler(req) { seen.push(req.path); return Response.json(seen); }"#,
        r#"// entry
const state = { n: 0 };
const bump = (s) => { s.n = s.n + 1; };
function handler() { bump(state); return Response.json(state); }"#,
        r#"// entry
const users = Map([["a", { n: 1 }]]);
function handler() { const user = users.get("a"); if (user !== undefined) { user.n = 2; } return Response.text("ok"); }"#,
        r#"// entry
const list = [{ n: 1 }];
function handler() { for (const one of list) { one.n = 2; } list.forEach((one) => { one.n = 3; }); return Response.json(list); }"#,
    ],
    good: &[
        r#"// entry
const primes = [2];
const add = (n) => primes.push(n);
add(3);
function handler() { return Response.json(primes); }"#,
        r#"// entry
const names = ["b", "a"];
function handler() { const own = [...names]; own.sort(); return Response.json(own); }"#,
    ],
    run: Run::Inferred,
};
