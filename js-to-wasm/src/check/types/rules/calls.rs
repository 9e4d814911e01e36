//! A call of something that is no function.

use crate::check::rule::{Rule, Run};

/// A call of something that is no function.
pub(crate) const RULE: Rule = Rule {
    code: "JS207",
    title: "only functions can be called",
    help: "remove the parentheses, or call a function",
    explanation: "Calling anything else is a fault when the program runs.",
    bad: &[
        r#"const a = 1;
const b = a();"#,
        r#"const a = { b: 1 };
const c = a.b(2);"#,
    ],
    good: &[r#"const a = () => 1;
const b = a();"#],
    run: Run::Inferred,
};
