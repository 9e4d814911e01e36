//! Names that are declared nowhere.

use crate::{
    check::{
        globals::{self},
        rule::{Context, Rule, Run},
    },
    comptime,
    parse::offset,
};

/// Names that are declared nowhere.
pub(super) const RULE: Rule = Rule {
    code: "JS155",
    title: "this name is declared nowhere",
    help: "declare it, or import it",
    explanation: "A program has the names that it declares, those that it imports, and a short list of global ones; nothing of the machine on which it runs.",
    bad: &[
        "const a = b;",
        "const a = Promise.resolve(1);",
        "const a = process.env.A;",
        "setTimeout(() => 1, 10);",
        r#"eval("1");"#,
        r#"const a = RegExp("b");"#,
        "b = 1;",
        "const a = <Missing/>;",
    ],
    good: &[
        r#"const b = 1;
const a = b;"#,
        r#"const a = f();
function f() { return Math.max(1, 2); }"#,
    ],
    run: Run::Module(run),
};

fn run(cx: &mut Context<'_, '_>) {
    let evaluated = comptime::ranges(cx.module);
    for (name, span) in &cx.names.unbound {
        let at = offset(span.lo);
        let within = evaluated.iter().any(|(start, end)| (*start..*end).contains(&at));
        if within && comptime::NAMES.contains(&&**name) {
            continue;
        }
        if globals::find(name).is_some() {
            continue;
        }
        if let Some((_, help)) = globals::ABSENT.iter().find(|(absent, _)| absent == name) {
            cx.refuse_with(&RULE, *span, format!("`{name}` is not part of the language"), *help);
            continue;
        }
        let known = globals::GLOBALS
            .iter()
            .map(|(global, _)| *global)
            .chain(cx.names.top_level.keys().map(String::as_str));
        let help = match globals::nearest(name, known) {
            Some(other) => format!("did you mean `{other}`?"),
            None => RULE.help.to_owned(),
        };
        cx.refuse_with(&RULE, *span, format!("`{name}` is declared nowhere"), help);
    }
}
