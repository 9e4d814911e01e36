//! `new X()` and `new.target`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run, head},
    parse::walk::Node,
};

/// `new X()` and `new.target`.
pub(super) const RULE: Rule = Rule {
    code: "JS128",
    title: "`new` is not part of the language",
    help: "call the factory: `Response.json(…)`, `Map()`, `Headers()`, `Uint8Array(8)`",
    explanation: "A constructor is a function that must be called in a special way; here every call looks the same.",
    bad: &["const m = new Map();", "const d = new Date;", "function f() { return new.target; }"],
    good: &["const m = Map();"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    match node {
        Node::Expr(ast::Expr::New(node)) => cx.refuse(&RULE, head(node, "new")),
        Node::Expr(ast::Expr::MetaProp(node)) if node.kind == ast::MetaPropKind::NewTarget => {
            cx.refuse(&RULE, node.span)
        }
        _ => {}
    }
}
