//! A name used in front of its declaration.

use crate::check::rule::{Context, Rule, Run};

/// A name used in front of its declaration.
pub(super) const RULE: Rule = Rule {
    code: "JS159",
    title: "this name is used before it has a value",
    help: "move the declaration up",
    explanation: "A constant has its value from its line on. Functions may be called before their line.",
    bad: &[
        r#"const a = b;
const b = 1;"#,
        "const a = a + 1;",
        r#"console.log(a);
let a = 1;"#,
    ],
    good: &[
        r#"const f = () => b;
const b = 1;
f();"#,
        r#"const a = f();
function f() { return 1; }"#,
    ],
    run: Run::Module(run),
};

fn run(cx: &mut Context<'_, '_>) {
    for (name, span) in &cx.names.early_uses {
        cx.refuse_as(&RULE, *span, format!("`{name}` is used before it has a value"));
    }
}
