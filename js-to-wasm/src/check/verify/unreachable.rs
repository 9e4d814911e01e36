//! A statement that is never reached (a warning).

use crate::check::rule::{Rule, Run};

/// A statement that is never reached (a warning).
pub(crate) const RULE: Rule = Rule {
    code: "JS235",
    title: "this statement is never reached",
    help: "remove it, or the `return` in front of it",
    explanation: "What stands after a `return` on every path does nothing.",
    bad: &[
        "function f() { return 1; console.log(2); }",
        r#"// a.ts
function f(a: boolean) { if (a) { return 1; } else { return 2; } console.log(3); }"#,
    ],
    good: &["function f() { console.log(2); return 1; }"],
    run: Run::Inferred,
};
