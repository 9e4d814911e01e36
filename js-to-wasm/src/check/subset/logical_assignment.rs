//! `&&=`, `||=`, `??=`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `&&=`, `||=`, `??=`.
pub(super) const RULE: Rule = Rule {
    code: "JS131",
    title: "`&&=`, `||=` and `??=` are not part of the language",
    help: "write `x = x ?? value`, `x = x || value` or `x = x && value`",
    explanation: "An assignment that sometimes does not happen is a condition in disguise.",
    bad: &[
        r#"let a: string | undefined;
a ??= "b";"#,
        r#"let a = true;
a &&= false;"#,
        r#"let a = true;
a ||= false;"#,
    ],
    good: &[r#"let a: string | undefined;
a = a ?? "b";"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Expr(ast::Expr::Assign(node)) = node
        && matches!(
            node.op,
            ast::AssignOp::AndAssign | ast::AssignOp::OrAssign | ast::AssignOp::NullishAssign
        )
    {
        let message = format!("`{}` is not part of the language", node.op);
        let operator = node.op.as_str().trim_end_matches('=');
        let help = format!("write `x = x {operator} value`");
        cx.refuse_with(&RULE, node.span, message, help);
    }
}
