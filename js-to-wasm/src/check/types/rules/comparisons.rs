//! A comparison whose outcome is always the same.

use crate::check::rule::{Rule, Run};

/// A comparison whose outcome is always the same.
pub(crate) const RULE: Rule = Rule {
    code: "JS209",
    title: "these two are never equal",
    help: "compare values of the same type",
    explanation: "When two types have no value in common, the comparison is decided before the program runs: one of the two sides is not what was meant.",
    bad: &[
        r#"// a.ts
const f = (a: string) => a === 1;"#,
        r#"// a.ts
type C = "red" | "green";
const f = (c: C) => c === "blue";"#,
        r#"// a.ts
const f = (a: "x" | "y") => match (a) { when "z": 1 default: 2 };"#,
        r#"// a.ts
function f(a: number) { switch (a) { case "1": return 1; default: return 2; } }"#,
    ],
    good: &[
        r#"// a.ts
const f = (a: string) => a === "1";"#,
        r#"// a.ts
const f = (a: string | number) => a === 1;"#,
    ],
    run: Run::Inferred,
};
