//! `distinct type` inside a function.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `distinct type` inside a function.
pub(super) const RULE: Rule = Rule {
    code: "JS163",
    title: "a distinct type stands at the top of a module",
    help: "move the declaration to the top of the module",
    explanation: "A distinct type is a type and the function that makes its values; both are seen from the whole module.",
    bad: &["function f() { distinct type A = string; return 1; }"],
    good: &[r#"distinct type UserId = string;
const id = UserId("u1");"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    let Node::Decl(ast::Decl::TsTypeAlias(alias)) = node else { return };
    if cx.extensions().is_distinct(alias)
        && !matches!(cx.parents.as_slice(), [Node::Item(_)] | [Node::Item(_), Node::Stmt(_)])
    {
        cx.refuse(&RULE, alias.id.span);
    }
}
