//! `{...list}` among the children of an element.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `{...list}` among the children of an element.
pub(super) const RULE: Rule = Rule {
    code: "JS144",
    title: "`{...list}` is not a child",
    help: "write `{list}`: a list renders its items",
    explanation: "A list of children is already spread.",
    bad: &["const a = <p>{...[1, 2]}</p>;"],
    good: &["const a = <p>{[1, 2]}</p>;"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::ElementChild(ast::JSXElementChild::JSXSpreadChild(node)) = node {
        cx.refuse(&RULE, node.span);
    }
}
