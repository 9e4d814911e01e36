//! `import("m")` and `import.meta`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `import("m")` and `import.meta`.
pub(super) const RULE: Rule = Rule {
    code: "JS143",
    title: "`import()` and `import.meta` are not part of the language",
    help: r#"import at the top of the module: `import { name } from "./file"`"#,
    explanation: "All modules of a program are known before it runs.",
    bad: &[r#"const a = import("./b");"#, "const a = import.meta.url;"],
    good: &[r#"import { env } from "purview:env";
const a = env("A");"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    match node {
        Node::Expr(ast::Expr::Call(ast::CallExpr {
            callee: ast::Callee::Import(node), ..
        })) => cx.refuse(&RULE, node.span),
        Node::Expr(ast::Expr::MetaProp(node)) if node.kind == ast::MetaPropKind::ImportMeta => {
            cx.refuse(&RULE, node.span)
        }
        _ => {}
    }
}
