//! A list that is read by something other than a number.

use crate::check::rule::{Rule, Run};

/// A list that is read by something other than a number.
pub(crate) const RULE: Rule = Rule {
    code: "JS214",
    title: "a list is read by a number",
    help: "use a number, or a `Map` for other keys",
    explanation: "Other names of a list are its methods; they are written with a dot.",
    bad: &[
        r#"const a = [1, 2];
const b = a["0"];"#,
        r#"// a.ts
const f = (a: string[], b: boolean) => a[b];"#,
    ],
    good: &[r#"const a = [1, 2];
const b = a[0];"#],
    run: Run::Inferred,
};
