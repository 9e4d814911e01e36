//! A result of another type.

use crate::check::rule::{Rule, Run};

/// A result of another type.
pub(crate) const RULE: Rule = Rule {
    code: "JS205",
    title: "this result does not have the type that the function declares",
    help: "change the result, or the declared type",
    explanation: "Callers rely on the declared result on every path.",
    bad: &[
        r#"// a.ts
function f(): number { return "1"; }"#,
        r#"// a.ts
const f = (a: number): string => a;"#,
        r#"// a.ts
function f(a: boolean): number { if (a) { return 1; } }"#,
    ],
    good: &[r#"// a.ts
function f(a: boolean): number { if (a) { return 1; } return 2; }"#],
    run: Run::Inferred,
};
