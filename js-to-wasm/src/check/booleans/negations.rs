//! An operand of `!` that is no boolean.

use crate::check::rule::{Rule, Run};

/// An operand of `!` that is no boolean.
pub(crate) const RULE: Rule = Rule {
    code: "JS223",
    title: "`!` takes a boolean",
    help: "write the comparison that you mean",
    explanation: r#"`!x` is true for `0`, `""` and `undefined` alike; a comparison says which one is meant."#,
    bad: &[
        r#"const a = !"x";"#,
        r#"// a.ts
const f = (a: string | undefined) => !a;"#,
        "const a = !!1;",
    ],
    good: &[
        r#"// a.ts
const f = (a: string | undefined) => a === undefined;"#,
        "const a = !(1 > 2);",
    ],
    run: Run::Inferred,
};
