//! Too many arguments, or too few.

use crate::check::rule::{Rule, Run};

/// Too many arguments, or too few.
pub(crate) const RULE: Rule = Rule {
    code: "JS203",
    title: "the number of arguments is wrong",
    help: "pass what the function takes",
    explanation: "An argument that is missing would be `undefined`, one too many would be ignored; both are nearly always mistakes.",
    bad: &[
        r#"// a.ts
const f = (a: number, b: number) => a + b;
const c = f(1);"#,
        r#"// a.ts
const f = (a: number) => a;
const c = f(1, 2);"#,
        r#"import { env } from "purview:env";
const a = env();"#,
    ],
    good: &[
        r#"// a.ts
const f = (a: number, b?: number) => a + (b ?? 0);
const c = f(1);"#,
        r#"// a.ts
const f = (...a: number[]) => a.length;
const c = f(1, 2, 3);"#,
    ],
    run: Run::Inferred,
};
