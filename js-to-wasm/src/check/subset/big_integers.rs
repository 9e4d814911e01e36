//! `1n`, as a value, a key and a type.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `1n`, as a value, a key and a type.
pub(super) const RULE: Rule = Rule {
    code: "JS137",
    title: "big integers are not part of the language",
    help: "use numbers up to `Number.MAX_SAFE_INTEGER`, or keep the digits as a string",
    explanation: "There is one kind of number: a double.",
    bad: &["const a = 1n;", "const o = { 1n: 2 };", "type A = bigint;", "type A = 1n;"],
    good: &["const a = 9007199254740991;"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    match node {
        Node::Expr(ast::Expr::Lit(ast::Lit::BigInt(node))) => cx.refuse(&RULE, node.span),
        Node::PropName(ast::PropName::BigInt(node)) => cx.refuse(&RULE, node.span),
        Node::Type(ast::TsType::TsLitType(ast::TsLitType {
            lit: ast::TsLit::BigInt(node),
            ..
        })) => cx.refuse(&RULE, node.span),
        Node::Type(ast::TsType::TsKeywordType(node))
            if node.kind == ast::TsKeywordTypeKind::TsBigIntKeyword =>
        {
            cx.refuse(&RULE, node.span)
        }
        _ => {}
    }
}
