//! An assignment to something that is `readonly`.

use crate::check::rule::{Rule, Run};

/// An assignment to something that is `readonly`.
pub(crate) const RULE: Rule = Rule {
    code: "JS212",
    title: "this is `readonly`",
    help: "make a copy with the change: `{ ...object, name: value }`, `list.with(index, value)`",
    explanation: "`readonly` says that nobody changes it after it was made.",
    bad: &[
        r#"// a.ts
type P = { readonly x: number };
const f = (p: P) => { p.x = 2; return p; };"#,
        r#"// a.ts
const f = (a: readonly number[]) => { a[0] = 1; return a; };"#,
    ],
    good: &[r#"// a.ts
type P = { readonly x: number };
const f = (p: P) => ({ ...p, x: 2 });"#],
    run: Run::Inferred,
};
