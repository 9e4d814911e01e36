//! A field that a value does not have.

use crate::check::rule::{Rule, Run};

/// A field that a value does not have.
pub(crate) const RULE: Rule = Rule {
    code: "JS202",
    title: "this value has no such field",
    help: "check the spelling, or declare the field",
    explanation: "What a value has is known from its type; reading something else would always give `undefined`.",
    bad: &[
        r#"const a = { b: 1 };
const c = a.d;"#,
        r#"const a = "abc".size;"#,
        "const a = [1, 2].first();",
        r#"// a.ts
type S = { kind: "a"; a: number } | { kind: "b"; b: number };
const f = (s: S) => s.a;"#,
    ],
    good: &[
        r#"const a = { b: 1 };
const c = a.b;"#,
        r#"// a.ts
type S = { kind: "a"; a: number } | { kind: "b"; b: number };
const f = (s: S) => s.kind === "a" ? s.a : s.b;"#,
    ],
    run: Run::Inferred,
};
