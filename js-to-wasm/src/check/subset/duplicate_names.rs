//! A name declared twice in one scope.

use crate::check::rule::{Context, Rule, Run};

/// A name declared twice in one scope.
pub(super) const RULE: Rule = Rule {
    code: "JS157",
    title: "this name is declared twice",
    help: "rename one of the two",
    explanation: "Two declarations of one name in one scope cannot both be meant.",
    bad: &[
        r#"const a = 1;
let a = 2;"#,
        "const f = (a: number, a: string) => a;",
        "function f(a: number) { const a = 2; return a; }",
        r#"function f() { return 1; }
function f() { return 2; }"#,
        r#"import { env } from "purview:env";
const env = 1;"#,
    ],
    good: &[r#"const a = 1;
const f = (a: number) => a;"#],
    run: Run::Module(run),
};

fn run(cx: &mut Context<'_, '_>) {
    for (name, span) in &cx.names.duplicates {
        cx.refuse_as(&RULE, *span, format!("`{name}` is declared twice in this scope"));
    }
}
