//! `name: for …`, `break name`, `continue name`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `name: for …`, `break name`, `continue name`.
pub(super) const RULE: Rule = Rule {
    code: "JS104",
    title: "labels are not part of the language",
    help: "move the inner loop into a function and leave it with `return`",
    explanation: "Without labels a jump only ever leaves the loop it stands in.",
    bad: &["outer: for (const a of [1]) { break outer; }", "done: { console.log(1); }"],
    good: &["for (const a of [1]) { break; }"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    match node {
        Node::Stmt(ast::Stmt::Labeled(node)) => cx.refuse(&RULE, node.label.span),
        Node::Stmt(
            ast::Stmt::Break(ast::BreakStmt { label: Some(label), .. })
            | ast::Stmt::Continue(ast::ContinueStmt { label: Some(label), .. }),
        ) => cx.refuse(&RULE, label.span),
        _ => {}
    }
}
