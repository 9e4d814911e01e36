//! An operand that would be converted.

use crate::check::rule::{Rule, Run};

/// An operand that would be converted.
pub(crate) const RULE: Rule = Rule {
    code: "JS208",
    title: "this operator converts nothing",
    help: "convert the value with `Number(…)` or `String(…)`",
    explanation: "The language converts only numbers, booleans and `undefined` to text, beside a string in `+` and inside templates. Any other conversion hides a mistake.",
    bad: &[
        r#"const a = "5" * 2;"#,
        r#"const a = 5 - "2";"#,
        "const a = [1] + 1;",
        "const a = `${{ b: 1 }}`;",
        r#"const a = -"5";"#,
        r#"const a = 1 < "2";"#,
        r#"const a = "b" in "abc";"#,
    ],
    good: &[
        r#"const a = Number("5") * 2;"#,
        r#"const a = "n = " + 5;"#,
        "const a = `${1} ${true} ${undefined}`;",
    ],
    run: Run::Inferred,
};
