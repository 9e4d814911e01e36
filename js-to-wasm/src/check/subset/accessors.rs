//! `get name() { }` and `set name(v) { }` in objects.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run, head},
    parse::walk::Node,
};

/// `get name() { }` and `set name(v) { }` in objects.
pub(super) const RULE: Rule = Rule {
    code: "JS127",
    title: "getters and setters are not part of the language",
    help: "use a method, `name()`, or a field",
    explanation: "Reading a field never runs code, so its cost and its effects can be seen.",
    bad: &["const o = { get a() { return 1; } };", "const o = { set a(v: number) { } };"],
    good: &["const o = { a() { return 1; } };"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    match node {
        Node::Prop(ast::Prop::Getter(node)) => cx.refuse(&RULE, head(node, "get")),
        Node::Prop(ast::Prop::Setter(node)) => cx.refuse(&RULE, head(node, "set")),
        _ => {}
    }
}
