//! `class`, as a declaration and as an expression.

use crate::{
    check::rule::{Context, Rule, Run, head},
    parse::walk::Node,
};

/// `class`, as a declaration and as an expression.
pub(super) const RULE: Rule = Rule {
    code: "JS111",
    title: "classes are not part of the language",
    help: "use plain objects and functions",
    explanation: "Objects are plain data here: their fields are known where they are made, and a call leads to one function.",
    bad: &["class A { }", "const A = class { };", "export default class { }"],
    good: &["const makePoint = (x: number, y: number) => ({ x, y });"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Class(node) = node {
        cx.refuse(&RULE, head(node, "class"));
    }
}
