//! A handler that may return nothing.

use crate::check::rule::{Rule, Run};

/// A handler that may return nothing.
pub(crate) const RULE: Rule = Rule {
    code: "JS231",
    title: "not all paths of the handler return a `Response`",
    help: "end every branch with `return`",
    explanation: "Every request gets an answer; this is known before the program runs.",
    bad: &[
        r#"// entry
function handler(req) { if (req.method === "GET") { return Response.text("ok"); } }"#,
        r#"// entry
function handler(req) { console.log(req.path); }"#,
        r#"// entry
function handler(req) { return req.method === "GET" ? Response.text("ok") : undefined; }"#,
        r#"// entry
const help = (a) => { if (a === "/") { return Response.text("ok"); } };
function handler(req) { return help(req.path); }"#,
        r#"// entry
function handler(req) { for (const a of [1]) { return Response.text("a"); } }"#,
    ],
    good: &[
        r#"// entry
function handler(req) { if (req.method === "GET") { return Response.text("ok"); } return Response.text("no", { status: 405 }); }"#,
        r#"// entry
const help = (a) => a === "/" ? Response.text("ok") : undefined;
function handler(req) { return help(req.path) ?? Response.text("no", { status: 404 }); }"#,
    ],
    run: Run::Inferred,
};
