//! `return` outside a function.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run, head},
    parse::walk::Node,
};

/// `return` outside a function.
pub(super) const RULE: Rule = Rule {
    code: "JS110",
    title: "`return` stands in no function",
    help: "move the statement into the handler",
    explanation: "The statements at the top of a module run once, when it is loaded; there is nobody to return to.",
    bad: &["return 1;"],
    good: &[r#"function handler() { return Response.text("ok"); }"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Stmt(ast::Stmt::Return(node)) = node {
        let inside = cx
            .parents
            .iter()
            .any(|parent| matches!(parent, Node::Function(_) | Node::Expr(ast::Expr::Arrow(_))));
        if !inside {
            cx.refuse(&RULE, head(node, "return"));
        }
    }
}
