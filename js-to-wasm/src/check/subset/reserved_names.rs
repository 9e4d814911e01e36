//! Declaring `assert`, `undefined`, `arguments` and other words of the language.

use crate::check::rule::{Context, Rule, Run};

/// Declaring `assert`, `undefined`, `arguments` and other words of the language.
pub(super) const RULE: Rule = Rule {
    code: "JS160",
    title: "this name belongs to the language",
    help: "choose another name",
    explanation: "`assert` begins a statement, and names such as `undefined` must mean the same everywhere.",
    bad: &[
        "const assert = 1;",
        "const undefined = 1;",
        "function f(arguments: number) { return 1; }",
        r#"import { env as assert } from "purview:env";"#,
        "function eval() { return 1; }",
        "const NaN = 2;",
    ],
    good: &[r#"const check = 1;
const match = 2;
const when = 3;"#],
    run: Run::Module(run),
};

fn run(cx: &mut Context<'_, '_>) {
    const RESERVED: &[&str] = &[
        "Infinity",
        "NaN",
        "Result",
        "arguments",
        "assert",
        "comptime",
        "eval",
        "range",
        "undefined",
    ];
    for (name, span) in &cx.names.declared {
        if RESERVED.contains(&name.as_str()) {
            cx.refuse_as(
                &RULE,
                *span,
                format!("`{name}` belongs to the language and cannot be declared"),
            );
        }
    }
}
