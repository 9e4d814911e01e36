//! `instanceof`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `instanceof`.
pub(super) const RULE: Rule = Rule {
    code: "JS132",
    title: "`instanceof` is not part of the language",
    help: "give the objects a field that says what they are, such as `kind`, and use `match`",
    explanation: "Objects have no classes that could be asked for.",
    bad: &["const a = [] instanceof Array;"],
    good: &["const a = Array.isArray([]);"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Expr(ast::Expr::Bin(node)) = node
        && node.op == ast::BinaryOp::InstanceOf
    {
        cx.refuse(&RULE, node.span);
    }
}
