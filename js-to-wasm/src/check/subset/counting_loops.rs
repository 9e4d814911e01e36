//! `for (init; test; step)`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run, head},
    parse::walk::Node,
};

/// `for (init; test; step)`.
pub(super) const RULE: Rule = Rule {
    code: "JS102",
    title: "`for (;;)` loops are not part of the language",
    help: "loop with `for (const item of list)` or `for (const i of range(start, end, step))`",
    explanation: "Every loop runs over a list that exists before it starts, so it ends.",
    bad: &["for (let i = 0; i < 3; i = i + 1) { console.log(i); }", "for (;;) { }"],
    good: &["for (const i of range(0, 3)) { console.log(i); }"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Stmt(ast::Stmt::For(node)) = node {
        cx.refuse(&RULE, head(node, "for"));
    }
}
