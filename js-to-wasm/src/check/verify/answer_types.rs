//! A handler that returns something other than a Response.

use crate::check::rule::{Rule, Run};

/// A handler that returns something other than a Response.
pub(crate) const RULE: Rule = Rule {
    code: "JS232",
    title: "the handler returns something other than a `Response`",
    help: "wrap it: `Response.json(value)` or `Response.text(value)`",
    explanation: "The host sends responses. Where the type is not known before the program runs, anything else is a fault then.",
    bad: &[
        r#"// entry
function handler(req) { return "hello"; }"#,
        r#"// entry
function handler(req) { return { ok: true }; }"#,
        r#"// entry
const help = () => 5;
const handler = () => help();"#,
        r#"// entry
function handler(req) { if (req.path === "/") { return Response.text("a"); } return 404; }"#,
    ],
    good: &[r#"// entry
function handler(req) { return Response.text("hello"); }"#],
    run: Run::Inferred,
};
