//! `switch` without `default`, and cases that run into the next one.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run, head},
    parse::walk::Node,
};

/// `switch` without `default`, and cases that run into the next one.
pub(super) const RULE: Rule = Rule {
    code: "JS108",
    title: "a `switch` needs a `default`, and every case must leave",
    help: "end every case with `return`, or use `match`",
    explanation: "A case that runs into the next one is nearly always a mistake, and `break` inside `switch` would be a jump within a function. Empty cases may share the body that follows them.",
    bad: &[
        "function f(n: number) { switch (n) { case 1: return 1; } return 2; }",
        "function f(n: number) { switch (n) { case 1: console.log(n); default: return 2; } }",
        "function f(n: number) { switch (n) { case 1: if (n > 0) { return 1; } default: return 2; } }",
        "function f(n: number) { switch (n) { default: return 2; case 1: console.log(n); } return 3; }",
    ],
    good: &[
        r#"function f(n: number) { switch (n) { case 1: case 2: return "few"; default: return "many"; } }"#,
        "function f(n: number) { for (const x of [1, 2]) { switch (x) { case 1: continue; default: return x; } } return n; }",
        "function f(n: number) { switch (n) { case 1: { if (n > 0) { return 1; } else { return 2; } } default: { return 3; } } }",
        "function f(n: number) { switch (n) { case 1: switch (n) { default: return 4; } default: return 3; } }",
    ],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    let Node::Stmt(ast::Stmt::Switch(switch)) = node else { return };
    if switch.cases.iter().all(|case| case.test.is_some()) {
        cx.refuse_with(
            &RULE,
            head(switch, "switch"),
            "`switch` without `default`",
            "add `default:` as the last case",
        );
    }
    for (position, case) in switch.cases.iter().enumerate() {
        let word = if case.test.is_some() { "case" } else { "default" };
        let last = position + 1 == switch.cases.len();
        if case.cons.is_empty() && last {
            cx.refuse_as(&RULE, head(case, word), "the last case is empty");
        } else if !case.cons.is_empty() && !leaves(&case.cons) {
            cx.refuse_as(&RULE, head(case, word), "this case runs into what follows");
        }
    }
}

/// Whether a list of statements always leaves: by `return`, or by `continue` or `break` of a loop around the `switch`.
fn leaves(stmts: &[ast::Stmt]) -> bool {
    stmts.iter().any(|stmt| match stmt {
        ast::Stmt::Return(_)
        | ast::Stmt::Continue(_)
        | ast::Stmt::Break(_)
        | ast::Stmt::Throw(_) => true,
        ast::Stmt::Block(block) => leaves(&block.stmts),
        ast::Stmt::If(node) => {
            let alternative = node.alt.as_deref();
            leaves(std::slice::from_ref(&node.cons))
                && alternative.is_some_and(|stmt| leaves(std::slice::from_ref(stmt)))
        }
        ast::Stmt::Switch(node) => {
            let default = node.cases.iter().any(|case| case.test.is_none());
            default && node.cases.iter().all(|case| case.cons.is_empty() || leaves(&case.cons))
        }
        _ => false,
    })
}
