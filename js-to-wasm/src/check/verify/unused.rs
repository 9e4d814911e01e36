//! A name that nothing uses (a warning).

use crate::check::rule::{Rule, Run};

/// A name that nothing uses (a warning).
pub(crate) const RULE: Rule = Rule {
    code: "JS236",
    title: "this name is never used",
    help: "remove it, or begin its name with `_`",
    explanation: "A name that nothing reads is a leftover, or a mistake where it should be read.",
    bad: &[
        "const a = 1;",
        r#"import { env } from "purview:env";"#,
        r#"function f() { const a = 1; return 2; }
console.log(f());"#,
        r#"let a = 1;
a = 2;"#,
    ],
    good: &[
        "const _a = 1;",
        r#"function f() { const a = 1; return a; }
console.log(f());"#,
    ],
    run: Run::Inferred,
};
