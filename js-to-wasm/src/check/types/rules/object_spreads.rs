//! A spread of something that has no fields into an object.

use crate::check::rule::{Rule, Run};

/// A spread of something that has no fields into an object.
pub(crate) const RULE: Rule = Rule {
    code: "JS216",
    title: "this has no fields to spread",
    help: "spread an object or a list, or what may be missing: `...(x ?? {})`, `...(on ? { a: 1 } : {})`",
    explanation: "`{ ...x }` copies the fields of `x`. A number or a boolean has none, and those of a string are its characters by index: \
        `[...text]` takes them as a list.",
    bad: &[
        "const a = { ...5 };",
        r#"// a.ts
const f = (a: number) => ({ b: 1, ...a });"#,
        r#"const a = { ..."text" };"#,
        r#"// a.ts
const f = (a: boolean) => ({ ...a });"#,
        r#"// a.ts
const f = (a: { b: number } | string) => ({ ...a });"#,
    ],
    good: &[
        "const a = { ...{ b: 5 } };",
        r#"// a.ts
const f = (a: boolean, b: { c: number } | undefined) => ({ ...(a ? { d: 1 } : undefined), ...b, ...[1] });"#,
    ],
    run: Run::Inferred,
};
