//! `super`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `super`.
pub(super) const RULE: Rule = Rule {
    code: "JS125",
    title: "`super` is not part of the language",
    help: "call the other function by its name",
    explanation: "There is no inheritance, so there is nothing above an object.",
    bad: &["const o = { m() { return super.toString(); } };"],
    good: &[r#"const base = () => 1;
const derived = () => base() + 1;"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    match node {
        Node::Expr(ast::Expr::SuperProp(node)) => cx.refuse(&RULE, node.obj.span),
        Node::Expr(ast::Expr::Call(ast::CallExpr { callee: ast::Callee::Super(node), .. })) => {
            cx.refuse(&RULE, node.span)
        }
        _ => {}
    }
}
