//! `x!`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `x!`.
pub(super) const RULE: Rule = Rule {
    code: "JS149",
    title: "`x!` is not part of the language",
    help: "look first: `if (x === undefined) { return … }`, or give a default with `x ?? value`",
    explanation: "It claims that a value is there without looking.",
    bad: &["const f = (a: string | undefined) => a!.length;"],
    good: &[r#"const f = (a: string | undefined) => (a ?? "").length;"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Expr(ast::Expr::TsNonNull(node)) = node {
        cx.refuse(&RULE, node.span);
    }
}
