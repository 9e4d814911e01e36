//! A use of an `unknown` value.

use crate::check::rule::{Rule, Run};

/// A use of an `unknown` value.
pub(crate) const RULE: Rule = Rule {
    code: "JS213",
    title: "this value is `unknown`: it must be looked at before it is used",
    help: "test it with `typeof`, `Array.isArray` or a guard, or validate it with `purview:validate`",
    explanation: "`unknown` says that anything may come. What it is must be found out first.",
    bad: &[
        r#"// a.ts
const f = (a: unknown) => a.b;"#,
        r#"// a.ts
const f = (a: unknown) => a + 1;"#,
        r#"// a.ts
const f = (a: unknown) => { const { b } = a; return b; };"#,
    ],
    good: &[r#"// a.ts
const f = (a: unknown) => typeof a === "string" ? a.length : 0;"#],
    run: Run::Inferred,
};
