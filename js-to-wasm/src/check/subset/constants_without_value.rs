//! `const a;`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `const a;`.
pub(super) const RULE: Rule = Rule {
    code: "JS117",
    title: "a constant needs a value",
    help: "write `const name = value`, or `let` for what gets its value later",
    explanation: "A constant that has no value when it is declared can never get one.",
    bad: &["const a;"],
    good: &[
        "const a = 1;",
        r#"let a: number;
a = 1;"#,
    ],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Decl(ast::Decl::Var(node)) = node
        && node.kind == ast::VarDeclKind::Const
        && !node.declare
    {
        for declarator in node.decls.iter().filter(|declarator| declarator.init.is_none()) {
            cx.refuse(&RULE, declarator.span);
        }
    }
}
