//! `any` as a type.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `any` as a type.
pub(super) const RULE: Rule = Rule {
    code: "JS146",
    title: "`any` is not part of the language",
    help: "name the type, use a union, or `unknown` and look before use",
    explanation: "`any` switches off what the compiler could prove about everything it touches.",
    bad: &[
        "const a: any = 1;",
        "const f = (a: any[]) => a;",
        "type A = Record<string, any>;",
        "const f = <T extends any>(a: T) => a;",
    ],
    good: &[r#"const a: string | number = 1;
const any = 2;"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Type(ast::TsType::TsKeywordType(node)) = node
        && node.kind == ast::TsKeywordTypeKind::TsAnyKeyword
    {
        cx.refuse(&RULE, node.span);
    }
}
