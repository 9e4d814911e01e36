//! `a, b` as an expression.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `a, b` as an expression.
pub(super) const RULE: Rule = Rule {
    code: "JS136",
    title: "the comma operator is not part of the language",
    help: "write two statements",
    explanation: "A comma outside a list is nearly always a mistake.",
    bad: &[
        r#"let a = 1;
a = 2, a = 3;"#,
        "const a = (1, 2);",
    ],
    good: &[r#"let a = 2;
a = 3;"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    let Node::Expr(ast::Expr::Seq(list)) = node else { return };
    let own = match cx.parent() {
        Some(Node::Stmt(ast::Stmt::Throw(throw))) => cx.extensions().as_assert(throw).is_some(),
        Some(Node::Expr(ast::Expr::Member(member))) => cx.extensions().as_match(member).is_some(),
        _ => false,
    };
    if !own {
        cx.refuse(&RULE, list.span);
    }
}
