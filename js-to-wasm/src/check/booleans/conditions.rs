//! A condition that is no boolean.

use crate::check::rule::{Rule, Run};

/// A condition that is no boolean.
pub(crate) const RULE: Rule = Rule {
    code: "JS221",
    title: "a condition must be a boolean",
    help: "write the comparison that you mean",
    explanation: r#"`0`, `""`, `undefined` and objects count as true or false in JavaScript by rules that few know by heart. A condition says what it means. Where a type is not known before the program runs, the value is asserted to be a boolean then."#,
    bad: &[
        r#"if ("a") { console.log(1); }"#,
        "const a = 1 ? 2 : 3;",
        r#"const a = [1];
if (a.length) { console.log(a); }"#,
        r#"import { env } from "purview:env";
if (env("A")) { console.log(1); }"#,
        "assert 1;",
        "if ({}) { console.log(1); }",
        r#"const f = () => true;
if (f) { console.log(1); }"#,
    ],
    good: &[
        r#"import { env } from "purview:env";
if (env("A") !== undefined) { console.log(1); }"#,
        r#"const a = [1];
if (a.length > 0) { console.log(a); }"#,
        r#"if (JSON.parse("true")) { console.log(1); }"#,
    ],
    run: Run::Inferred,
};
