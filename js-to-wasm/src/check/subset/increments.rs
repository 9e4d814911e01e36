//! `++` and `--`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `++` and `--`.
pub(super) const RULE: Rule = Rule {
    code: "JS130",
    title: "`++` and `--` are not part of the language",
    help: "write `x = x + 1` or `x += 1`",
    explanation: "An assignment inside an expression is easy to miss; as a statement of its own it is not.",
    bad: &[
        r#"let a = 1;
a++;"#,
        r#"let a = 1;
--a;"#,
    ],
    good: &[r#"let a = 1;
a += 1;"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Expr(ast::Expr::Update(node)) = node {
        let help = match node.op {
            ast::UpdateOp::PlusPlus => "write `x = x + 1` or `x += 1`",
            ast::UpdateOp::MinusMinus => "write `x = x - 1` or `x -= 1`",
        };
        cx.refuse_with(&RULE, node.span, RULE.title, help);
    }
}
