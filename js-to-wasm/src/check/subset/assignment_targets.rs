//! Assignment to something that is no name and no field.

use swc_common::Spanned;
use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// Assignment to something that is no name and no field.
pub(super) const RULE: Rule = Rule {
    code: "JS142",
    title: "this cannot be assigned to",
    help: "assign to a name, a field or an element",
    explanation: "Parentheses, calls and types on the left of `=` hide what changes.",
    bad: &[
        r#"const o = { a: 1 };
(o.a) = 2;"#,
        r#"let a = 1;
(a) = 2;"#,
    ],
    good: &[r#"const o = { a: 1 };
o.a = 2;
o["a"] = 3;"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    let Node::AssignTarget(ast::AssignTarget::Simple(target)) = node else { return };
    match target {
        ast::SimpleAssignTarget::Ident(_)
        | ast::SimpleAssignTarget::Member(_)
        | ast::SimpleAssignTarget::SuperProp(_) => {}
        other => cx.refuse(&RULE, other.span()),
    }
}
