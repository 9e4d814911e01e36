//! `declare …`, functions without a body.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `declare …`, functions without a body.
pub(super) const RULE: Rule = Rule {
    code: "JS118",
    title: "`declare` and overloads are not part of the language",
    help: "import what the host provides from `purview:…`, and write one function with a union type",
    explanation: "A declaration without a body claims that something exists which the compiler cannot see.",
    bad: &[
        "declare const a: number;",
        "declare function f(): void;",
        r#"function f(a: string): void;
function f(a: string) { console.log(a); }"#,
    ],
    good: &["const f = (a: string | number) => `${a}`;"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    let span = match node {
        Node::Decl(ast::Decl::Var(node)) if node.declare => node.span,
        Node::Decl(ast::Decl::Fn(node)) if node.declare || node.function.body.is_none() => {
            node.function.span
        }
        Node::Decl(ast::Decl::TsTypeAlias(node)) if node.declare => node.span,
        Node::Decl(ast::Decl::TsInterface(node)) if node.declare => node.span,
        Node::Declarator(node) if node.definite => node.span,
        _ => return,
    };
    cx.refuse(&RULE, span);
}
