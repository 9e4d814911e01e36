//! `with (object) …`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run, head},
    parse::walk::Node,
};

/// `with (object) …`.
pub(super) const RULE: Rule = Rule {
    code: "JS107",
    title: "`with` is not part of the language",
    help: "name the object, or take its fields with `const { a } = object`",
    explanation: "Inside `with` nobody can tell what a name means before the program runs.",
    bad: &["with ({ a: 1 }) { console.log(1); }"],
    good: &[r#"const { a } = { a: 1 };
console.log(a);"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Stmt(ast::Stmt::With(node)) = node {
        cx.refuse(&RULE, head(node, "with"));
    }
}
