//! A loop, spread or pattern over something that is no list.

use crate::check::rule::{Rule, Run};

/// A loop, spread or pattern over something that is no list.
pub(crate) const RULE: Rule = Rule {
    code: "JS210",
    title: "this is no list",
    help: "use `Object.keys`, `Object.values` or `Object.entries` for the fields of an object",
    explanation: "`for … of`, `...` and `[a, b] =` take lists, strings, maps and sets.",
    bad: &[
        r#"const a = { b: 1 };
const c = [...a];"#,
        "function f() { for (const a of 5) { console.log(a); } return 1; }",
        "const [a] = { b: 1 };",
    ],
    good: &[
        r#"const a = { b: 1 };
const c = [...Object.values(a)];"#,
        "function f() { for (const a of range(5)) { console.log(a); } return 1; }",
    ],
    run: Run::Inferred,
};
