//! `==` and `!=`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `==` and `!=`.
pub(super) const RULE: Rule = Rule {
    code: "JS129",
    title: "`==` and `!=` are not part of the language",
    help: "use `===` or `!==`",
    explanation: "Loose equality converts its operands by rules that few people know.",
    bad: &["const a = 1 == 2;", "const a = 1 != 2;"],
    good: &["const a = Math.PI === 2;"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Expr(ast::Expr::Bin(node)) = node {
        match node.op {
            ast::BinaryOp::EqEq => {
                cx.refuse_with(&RULE, node.span, "`==` is not part of the language", "use `===`")
            }
            ast::BinaryOp::NotEq => {
                cx.refuse_with(&RULE, node.span, "`!=` is not part of the language", "use `!==`")
            }
            _ => {}
        }
    }
}
