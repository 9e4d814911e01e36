//! `function () { }` as a value.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run, head},
    parse::walk::Node,
};

/// `function () { }` as a value.
pub(super) const RULE: Rule = Rule {
    code: "JS121",
    title: "function expressions are not part of the language",
    help: "use an arrow, `(x) => …`, or declare the function",
    explanation: "A function expression has a `this` and an `arguments` of its own; an arrow has neither, and neither has this language.",
    bad: &["const f = function () { return 1; };", "const f = function g() { return 1; };"],
    good: &["const f = () => 1;", "const o = { m() { return 1; } };"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Expr(ast::Expr::Fn(node)) = node {
        cx.refuse(&RULE, head(&*node.function, "function"));
    }
}
