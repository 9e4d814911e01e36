//! `assert` with a list, or with a result where nothing can be returned.

use swc_common::Spanned;
use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `assert` with a list, or with a result where nothing can be returned.
pub(super) const RULE: Rule = Rule {
    code: "JS162",
    title: "`assert` takes a condition and perhaps a result",
    help: "write `assert condition;` or `assert condition, result;`",
    explanation: "`assert condition, result` returns the result from the function when the condition does not hold, so it stands in a function.",
    bad: &["assert 1 > 0, 2;"],
    good: &[
        r#"function f(n: number) { assert n > 0, Response.text("too small", { status: 400 }); return Response.text("ok"); }"#,
        "assert 1 > 0;",
    ],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    let Node::Stmt(ast::Stmt::Throw(throw)) = node else { return };
    let Some(assert) = cx.extensions().as_assert(throw) else { return };
    let inside = cx
        .parents
        .iter()
        .any(|parent| matches!(parent, Node::Function(_) | Node::Expr(ast::Expr::Arrow(_))));
    if let Some(otherwise) = assert.otherwise
        && !inside
    {
        cx.refuse_as(&RULE, otherwise.span(), "`assert` with a result stands in no function");
    }
}
