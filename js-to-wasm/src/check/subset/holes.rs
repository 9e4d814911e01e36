//! `[1, , 2]`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `[1, , 2]`.
pub(super) const RULE: Rule = Rule {
    code: "JS140",
    title: "lists have no holes",
    help: "write `undefined`",
    explanation: "A hole is neither a value nor absent, and every method treats it differently.",
    bad: &["const a = [1, , 2];", "const a = [,];"],
    good: &["const a = [1, undefined, 2];", "const [, b] = [1, 2];"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Expr(ast::Expr::Array(node)) = node
        && node.elems.iter().any(Option::is_none)
    {
        cx.refuse(&RULE, node.span);
    }
}
