//! `null`, as a value, a pattern and a type.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `null`, as a value, a pattern and a type.
pub(super) const RULE: Rule = Rule {
    code: "JS133",
    title: "`null` is not part of the language",
    help: "use `undefined`",
    explanation: r#"One value that means "nothing" is enough. Where JSON says null, a program reads `undefined`, and null is written back."#,
    bad: &[
        "const a = null;",
        r#"const a: string | null = "b";"#,
        "const a = match (1) { when null: 1 default: 2 };",
    ],
    good: &["const a: string | undefined = undefined;"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    match node {
        Node::Expr(ast::Expr::Lit(ast::Lit::Null(node))) => cx.refuse(&RULE, node.span),
        Node::Type(ast::TsType::TsKeywordType(node))
            if node.kind == ast::TsKeywordTypeKind::TsNullKeyword =>
        {
            cx.refuse(&RULE, node.span)
        }
        _ => {}
    }
}
