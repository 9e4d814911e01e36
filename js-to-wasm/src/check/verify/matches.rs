//! A `match` that may find nothing (a warning).

use crate::check::rule::{Rule, Run};

/// A `match` that may find nothing (a warning).
pub(crate) const RULE: Rule = Rule {
    code: "JS237",
    title: "this `match` may find nothing",
    help: "add `default:` or the missing `when`",
    explanation: "A `match` in which no arm fits gives `undefined`. When its arms take every value of the subject, it needs no default.",
    bad: &[
        r#"// a.ts
const f = (a: "x" | "y") => match (a) { when "x": 1 };"#,
        r#"// a.ts
const f = (a: string) => match (a) { when "x": 1 when "y": 2 };"#,
    ],
    good: &[
        r#"// a.ts
const f = (a: "x" | "y") => match (a) { when "x": 1 when "y": 2 };"#,
        r#"// a.ts
const f = (a: string) => match (a) { when "x": 1 default: 2 };"#,
    ],
    run: Run::Inferred,
};
