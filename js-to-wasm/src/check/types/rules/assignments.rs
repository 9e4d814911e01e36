//! A value where another type was declared.

use crate::check::rule::{Rule, Run};

/// A value where another type was declared.
pub(crate) const RULE: Rule = Rule {
    code: "JS201",
    title: "this value does not have the type that is declared",
    help: "change the value, or the type",
    explanation: "A declared type is a promise to every reader of the name. It is kept by every assignment.",
    bad: &[
        r#"// a.ts
const a: number = "1";"#,
        r#"// a.ts
let a: string = "a";
a = 1;"#,
        r#"// a.ts
type P = { x: number; y: number };
const p: P = { x: 1 };"#,
        r#"// a.ts
type C = "red" | "green";
const c: C = "blue";"#,
        r#"// a.ts
distinct type Id = string;
const id: Id = "a";"#,
    ],
    good: &[
        r#"// a.ts
const a: number = Number("1");"#,
        r#"// a.ts
type P = { x: number; y?: number };
const p: P = { x: 1 };"#,
        r#"// a.ts
distinct type Id = string;
const id: Id = Id("a");"#,
    ],
    run: Run::Inferred,
};
