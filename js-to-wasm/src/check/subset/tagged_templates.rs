//! `` tag`text` ``.

use swc_common::Spanned;
use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `` tag`text` ``.
pub(super) const RULE: Rule = Rule {
    code: "JS138",
    title: "tagged templates are not part of the language",
    help: "call the function with a template: ``tag(`text`)``",
    explanation: "A call should look like a call.",
    bad: &[r#"const f = (a: string) => a;
f`b`;"#],
    good: &[r#"const f = (a: string) => a;
f(`b${1}`);"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Expr(ast::Expr::TaggedTpl(node)) = node {
        cx.refuse(&RULE, node.tag.span());
    }
}
