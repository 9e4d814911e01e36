//! `var`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run, head},
    parse::walk::Node,
};

/// `var`.
pub(super) const RULE: Rule = Rule {
    code: "JS115",
    title: "`var` is not part of the language",
    help: "use `const`, or `let` for what changes",
    explanation: "A `var` exists in the whole function, also before its line and outside its block.",
    bad: &["var a = 1;", "for (var a of [1]) { }"],
    good: &[r#"const a = 1;
let b = 2;
b = a;"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    let declared = match node {
        Node::Decl(ast::Decl::Var(node)) => node,
        Node::Stmt(
            ast::Stmt::ForOf(ast::ForOfStmt { left: ast::ForHead::VarDecl(node), .. })
            | ast::Stmt::ForIn(ast::ForInStmt { left: ast::ForHead::VarDecl(node), .. })
            | ast::Stmt::For(ast::ForStmt { init: Some(ast::VarDeclOrExpr::VarDecl(node)), .. }),
        ) => node,
        _ => return,
    };
    if declared.kind == ast::VarDeclKind::Var {
        cx.refuse(&RULE, head(&**declared, "var"));
    }
}
