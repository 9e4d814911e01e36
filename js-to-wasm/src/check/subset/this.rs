//! `this`, also as a parameter.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `this`, also as a parameter.
pub(super) const RULE: Rule = Rule {
    code: "JS124",
    title: "`this` is not part of the language",
    help: "pass the object as a parameter",
    explanation: "What `this` means depends on how a function is called, so a reader cannot tell from the function alone.",
    bad: &[
        "function f() { return this; }",
        "const o = { m() { return this; } };",
        "function f(this: string) { return 1; }",
    ],
    good: &["const f = (self: { n: number }) => self.n;"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    match node {
        Node::Expr(ast::Expr::This(node)) => cx.refuse(&RULE, node.span),
        Node::Function(ast::Function { this_param: Some(param), .. }) => {
            cx.refuse(&RULE, param.span)
        }
        _ => {}
    }
}
