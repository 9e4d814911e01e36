//! A default that is never used (a warning).

use crate::check::rule::{Rule, Run};

/// A default that is never used (a warning).
pub(crate) const RULE: Rule = Rule {
    code: "JS224",
    title: "the left side of `??` is never `undefined`",
    help: "remove the default",
    explanation: "`??` gives its right side only for `undefined`. A default that can never be used hides what was meant.",
    bad: &[
        r#"const a = "x" ?? "y";"#,
        r#"// a.ts
const f = (a: number) => a ?? 0;"#,
    ],
    good: &[r#"// a.ts
const f = (a?: number) => a ?? 0;"#],
    run: Run::Inferred,
};
