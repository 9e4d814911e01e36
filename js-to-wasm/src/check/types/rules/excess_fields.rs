//! A field in an object literal that its type does not have.

use crate::check::rule::{Rule, Run};

/// A field in an object literal that its type does not have.
pub(crate) const RULE: Rule = Rule {
    code: "JS206",
    title: "this field is not part of the type",
    help: "remove it, or declare it in the type",
    explanation: "Nobody could read it: the type does not say that it is there. Most often it is misspelt.",
    bad: &[
        r#"// a.ts
type P = { name: string; age?: number };
const p: P = { name: "a", agee: 1 };"#,
        "const a = Response.json({}, { code: 404 });",
    ],
    good: &[
        r#"// a.ts
type P = { name: string; age?: number };
const p: P = { name: "a", age: 1 };"#,
        "const a = Response.json({}, { status: 404 });",
    ],
    run: Run::Inferred,
};
