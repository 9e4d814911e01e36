//! Assignment to a constant, a function or an import.

use crate::check::{
    names::Kind,
    rule::{Context, Rule, Run},
};

/// Assignment to a constant, a function or an import.
pub(super) const RULE: Rule = Rule {
    code: "JS158",
    title: "this cannot be assigned",
    help: "declare it with `let`",
    explanation: "A name that is declared as fixed stays fixed.",
    bad: &[
        r#"const a = 1;
a = 2;"#,
        r#"function f() { return 1; }
f = 2;"#,
        r#"import { env } from "purview:env";
env = 1;"#,
        "for (const a of [1]) { a = 2; }",
        "undefined = 1;",
        "parseInt = (a) => a;",
    ],
    good: &[
        r#"let a = 1;
a = 2;"#,
        "const f = (a: number) => { a = a + 1; return a; };",
    ],
    run: Run::Module(run),
};

fn run(cx: &mut Context<'_, '_>) {
    for (name, span, kind) in &cx.names.constant_assignments {
        let what = match kind {
            Kind::Const => "a constant",
            Kind::Function | Kind::Distinct => "a function",
            Kind::Import => "an import",
            Kind::Let | Kind::Parameter | Kind::Other => "fixed",
        };
        cx.refuse_as(&RULE, *span, format!("`{name}` is {what} and cannot be assigned"));
    }
}
