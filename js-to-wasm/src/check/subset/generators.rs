//! `function*` and `yield`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run, head},
    parse::walk::Node,
};

/// `function*` and `yield`.
pub(super) const RULE: Rule = Rule {
    code: "JS122",
    title: "generators are not part of the language",
    help: "build a list and return it, or use `range`",
    explanation: "A generator is a function that stops in the middle; here a call ends before the next statement runs.",
    bad: &["function* f() { yield 1; }", "const o = { *m() { yield 1; } };"],
    good: &["const f = () => [1, 2, 3];"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    match node {
        Node::Function(function) if function.is_generator => {
            cx.refuse(&RULE, head(function, "function"))
        }
        Node::Expr(ast::Expr::Yield(node)) => {
            cx.refuse_as(&RULE, head(node, "yield"), "`yield` is not part of the language")
        }
        _ => {}
    }
}
