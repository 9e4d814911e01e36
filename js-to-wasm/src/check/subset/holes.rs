//! `[1, , 2]`.

use swc_common::Span;
use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::{offset, walk::Node},
};

/// `[1, , 2]`.
pub(super) const RULE: Rule = Rule {
    code: "JS140",
    title: "lists have no holes",
    help: "write `undefined`",
    explanation: "A hole is neither a value nor absent, and every method treats it differently.",
    bad: &["const a = [1, , 2];", "const a = [,];"],
    good: &[
        "const a = [1, undefined, 2];",
        "const [, b] = [1, 2];",
        "const a = match ([1, 2]) { when [, { b: [, 2] }]: 1 default: 2 };",
    ],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Expr(ast::Expr::Array(node)) = node
        && node.elems.iter().any(Option::is_none)
        && !in_pattern(cx, node.span)
    {
        cx.refuse(&RULE, node.span);
    }
}

/// Whether a list is a pattern of `match` or a part of one, where a hole takes any element.
fn in_pattern(cx: &Context<'_, '_>, list: Span) -> bool {
    let inside = |node: &&Node<'_>| {
        matches!(
            node,
            Node::Expr(ast::Expr::Array(_) | ast::Expr::Object(_))
                | Node::Argument(_)
                | Node::Prop(_)
        )
    };
    let whole = cx.parents.iter().rev().take_while(inside).last();
    let whole = whole.map_or(list, |node| node.span());
    cx.extensions().is_pattern(offset(whole.lo))
}
