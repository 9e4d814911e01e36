//! `for (key in object)`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run, head},
    parse::walk::Node,
};

/// `for (key in object)`.
pub(super) const RULE: Rule = Rule {
    code: "JS103",
    title: "`for … in` loops are not part of the language",
    help: "loop with `for (const key of Object.keys(object))` or over `Object.entries(object)`",
    explanation: "`for … in` also visits inherited keys; the language has no inheritance and one way to list keys.",
    bad: &["for (const key in { a: 1 }) { console.log(key); }"],
    good: &["for (const key of Object.keys({ a: 1 })) { console.log(key); }"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Stmt(ast::Stmt::ForIn(node)) = node {
        cx.refuse(&RULE, head(node, "for"));
    }
}
