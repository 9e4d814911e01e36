//! `async`, `await`, `for await`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run, head},
    parse::walk::Node,
};

/// `async`, `await`, `for await`.
pub(super) const RULE: Rule = Rule {
    code: "JS123",
    title: "`async` and `await` are not part of the language",
    help: "call the function and use its result; overlap calls with `parallel` of `purview:io`",
    explanation: "A call that waits returns when it is done, and meanwhile the server runs other requests. Nothing can happen between two statements.",
    bad: &[
        "async function f() { return 1; }",
        "const f = async () => 1;",
        "const o = { async m() { return 1; } };",
        "await 1;",
        "for await (const a of [1]) { }",
    ],
    good: &[r#"const f = () => fetchSync("https://example.com/").text();"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    let (span, word) = match node {
        Node::Function(function) if function.is_async => (function.span, "async"),
        Node::Expr(ast::Expr::Arrow(arrow)) if arrow.is_async => (arrow.span, "async"),
        Node::Expr(ast::Expr::Await(node)) => (node.span, "await"),
        Node::Stmt(ast::Stmt::ForOf(node)) if node.is_await => (node.span, "for await"),
        _ => return,
    };
    cx.refuse_as(&RULE, head(&span, word), format!("`{word}` is not part of the language"));
}
