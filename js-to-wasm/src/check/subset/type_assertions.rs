//! `x as T`, `<T>x`, `x as const`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `x as T`, `<T>x`, `x as const`.
pub(super) const RULE: Rule = Rule {
    code: "JS147",
    title: "type assertions are not part of the language",
    help: r#"look at the value: `typeof x === "string"`, `x !== undefined`, or `decodeJson` of `purview:decode`"#,
    explanation: "An assertion claims what nobody checked.",
    bad: &["const a = 1 as number;", r#"const a = "b" as const;"#, "const a = <number>1;"],
    good: &[r#"const f = (x: unknown) => typeof x === "string" ? x : "";
const as = 1;"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    let span = match node {
        Node::Expr(ast::Expr::TsAs(node)) => node.span,
        Node::Expr(ast::Expr::TsConstAssertion(node)) => {
            let help = match node.expr.unwrap_parens() {
                ast::Expr::Object(_) => {
                    r#"leave it out, or write the type: `const Color: { readonly Red: "red" } = { Red: "red" }`"#
                }
                ast::Expr::Array(_) => {
                    r#"write the type: `const list: readonly ("a" | "b")[] = ["a", "b"]`"#
                }
                _ => "leave it out: a constant keeps the type of its literal",
            };
            return cx.refuse_with(&RULE, node.span, RULE.title, help);
        }
        Node::Expr(ast::Expr::TsTypeAssertion(node)) => node.span,
        _ => return,
    };
    cx.refuse(&RULE, span);
}
