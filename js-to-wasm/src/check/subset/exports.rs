//! `export { x }`, `export … from`, `export =`, and default exports that are no function.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `export { x }`, `export … from`, `export =`, and default exports that are no function.
pub(super) const RULE: Rule = Rule {
    code: "JS153",
    title: "exports stand at their declaration",
    help: "write `export const`, `export function` or `export default` in front of the function",
    explanation: "What a file offers is seen where it is declared.",
    bad: &[
        r#"const a = 1;
export { a };"#,
        r#"export * from "./b";"#,
        r#"export { a } from "./b";"#,
        "export default 1;",
        "export default { a: 1 };",
        r#"const a = 1;
export = a;"#,
        "export as namespace A;",
    ],
    good: &[
        r#"export const a = 1;
export function f() { return a; }"#,
        "export default (req: Request) => Response.text(req.path);",
        r#"const handler = () => Response.text("ok");
export default handler;"#,
    ],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    let Node::Item(ast::ModuleItem::ModuleDecl(decl)) = node else { return };
    match decl {
        ast::ModuleDecl::ExportNamed(node) => cx.refuse(&RULE, node.span),
        ast::ModuleDecl::ExportAll(node) => cx.refuse(&RULE, node.span),
        ast::ModuleDecl::TsExportAssignment(node) => cx.refuse(&RULE, node.span),
        ast::ModuleDecl::TsNamespaceExport(node) => cx.refuse(&RULE, node.span),
        ast::ModuleDecl::ExportDefaultExpr(node) => match node.expr.unwrap_parens() {
            ast::Expr::Arrow(_) | ast::Expr::Ident(_) | ast::Expr::Fn(_) => {}
            ast::Expr::Call(call) if is_composition(call) => {}
            _ => cx.refuse_as(
                &RULE,
                node.span,
                "a default export is the handler: a function, an arrow or a name",
            ),
        },
        _ => {}
    }
}

/// `export default pipe(…)`: a call that makes the handler from a name of the program.
fn is_composition(call: &ast::CallExpr) -> bool {
    matches!(&call.callee, ast::Callee::Expr(callee) if matches!(&**callee, ast::Expr::Ident(_)))
}
