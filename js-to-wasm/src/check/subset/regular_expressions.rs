//! `/pattern/`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `/pattern/`.
pub(super) const RULE: Rule = Rule {
    code: "JS134",
    title: "regular expressions are not part of the language",
    help: "use string methods such as `includes`, `startsWith`, `split` and `replaceAll`",
    explanation: "A pattern can take time without bound on hostile input. Formats of input are checked by schemas, with `purview:validate`.",
    bad: &["const a = /b+/;", r#"const a = /b+/gi.test("b");"#],
    good: &[r#"const a = "abb".includes("bb");"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Expr(ast::Expr::Lit(ast::Lit::Regex(node))) = node {
        cx.refuse(&RULE, node.span);
    }
}
