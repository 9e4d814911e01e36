//! A parameter that must be given behind one that may be left out.

use swc_ecma_ast::{self as ast, Pat};

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// A parameter that must be given behind one that may be left out.
pub(super) const RULE: Rule = Rule {
    code: "JS169",
    title: "this parameter must be given, and one before it may be left out",
    help: "put it first, or make it optional too: `name?: T`, `name = value`",
    explanation: "Arguments are given in order: who leaves one out can give none of those behind it.",
    bad: &[
        "const f = (a?: string, b: number) => b;",
        "function f(a?: string, { b }: { b: number }) { return b; }",
    ],
    good: &[
        "const f = (b: number, a?: string, c = 1, ...d: number[]) => b;",
        "const f = (a = 1, b: number) => b;",
    ],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    let params: Vec<&Pat> = match node {
        Node::Function(node) => node.params.iter().map(|param| &param.pat).collect(),
        Node::Expr(ast::Expr::Arrow(node)) => node.params.iter().collect(),
        _ => return,
    };
    let mut open = false;
    for param in params {
        let (optional, span) = match param {
            Pat::Ident(node) => (node.id.optional, node.id.span),
            Pat::Object(node) => (node.optional, node.span),
            Pat::Array(node) => (node.optional, node.span),
            _ => continue,
        };
        if open && !optional {
            cx.refuse(&RULE, span);
        }
        open |= optional;
    }
}
