//! `namespace X { }`, `module X { }`, `declare global`.

use swc_common::Spanned;
use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `namespace X { }`, `module X { }`, `declare global`.
pub(super) const RULE: Rule = Rule {
    code: "JS120",
    title: "namespaces are not part of the language",
    help: "put the declarations into a file of their own and import them",
    explanation: "A file is a module already.",
    bad: &["namespace A { export const b = 1; }", "module A { }", "declare global { }"],
    good: &["export const b = 1;"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Decl(ast::Decl::TsModule(node)) = node {
        cx.refuse(&RULE, node.id.span());
    }
}
