//! An argument of another type.

use crate::check::rule::{Rule, Run};

/// An argument of another type.
pub(crate) const RULE: Rule = Rule {
    code: "JS204",
    title: "this argument does not have the type that the function takes",
    help: "convert the argument, or change the parameter",
    explanation: "A function is written for values of certain types and promises nothing for others.",
    bad: &[
        r#"// a.ts
const f = (a: number) => a + 1;
const b = f("1");"#,
        r#"const a = "abc".repeat("2");"#,
        r#"import { sha256 } from "purview:crypto";
const a = sha256(1);"#,
        r#"// a.tsx
const B = ({ n }: { n: number }) => <p>{n}</p>;
const c = <B n="1" />;"#,
    ],
    good: &[
        r#"// a.ts
const f = (a: number) => a + 1;
const b = f(Number("1"));"#,
        r#"const a = "abc".repeat(2);"#,
    ],
    run: Run::Inferred,
};
