//! `delete object.key`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run, head},
    parse::walk::Node,
};

/// `delete object.key`.
pub(super) const RULE: Rule = Rule {
    code: "JS135",
    title: "`delete` is not part of the language",
    help: "leave the key out: `const { key, ...rest } = object`",
    explanation: "An object keeps the fields with which it was made, so that reading one costs a load.",
    bad: &[r#"const o = { a: 1 };
delete o.a;"#],
    good: &["const { a, ...rest } = { a: 1, b: 2 };"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Expr(ast::Expr::Unary(node)) = node
        && node.op == ast::UnaryOp::Delete
    {
        cx.refuse(&RULE, head(node, "delete"));
    }
}
