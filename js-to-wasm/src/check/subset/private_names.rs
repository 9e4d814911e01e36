//! `#name`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `#name`.
pub(super) const RULE: Rule = Rule {
    code: "JS139",
    title: "private names are not part of the language",
    help: "keep the value inside a function, or start its name with `_`",
    explanation: "They belong to classes, which the language does not have.",
    bad: &[
        r#"const o = { a: 1 };
const b = #a in o;"#,
        r#"const o = { a: 1 };
o.#a;"#,
    ],
    good: &["const makeCounter = (start: number) => ({ next: (n: number) => start + n });"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    match node {
        Node::Expr(ast::Expr::PrivateName(node)) => cx.refuse(&RULE, node.span),
        Node::Expr(ast::Expr::Member(ast::MemberExpr {
            prop: ast::MemberProp::PrivateName(node),
            ..
        })) => cx.refuse(&RULE, node.span),
        _ => {}
    }
}
