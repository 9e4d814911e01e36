//! `x satisfies T`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `x satisfies T`.
pub(super) const RULE: Rule = Rule {
    code: "JS148",
    title: "`satisfies` is not part of the language",
    help: "annotate the declaration: `const x: T = …`",
    explanation: "One way to say what type a value has is enough.",
    bad: &["const a = { b: 1 } satisfies { b: number };"],
    good: &["const a: { b: number } = { b: 1 };"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Expr(ast::Expr::TsSatisfies(node)) = node {
        cx.refuse(&RULE, node.span);
    }
}
