//! `[a, b] = list`, `({ a } = object)`, `for (x of list)` without a declaration.

use swc_common::Spanned;
use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `[a, b] = list`, `({ a } = object)`, `for (x of list)` without a declaration.
pub(super) const RULE: Rule = Rule {
    code: "JS141",
    title: "patterns and loop heads must declare their names",
    help: "write `const [a, b] = list` and `for (const x of list)`",
    explanation: "An assignment changes one name; what a pattern would change is easier to see one line at a time.",
    bad: &[
        r#"let a = 1;
let b = 2;
[a, b] = [b, a];"#,
        r#"let a = 1;
({ a } = { a: 2 });"#,
        r#"let a = 1;
for (a of [1]) { }"#,
    ],
    good: &[r#"const [a, b] = [1, 2];
for (const x of [a, b]) { console.log(x); }"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    match node {
        Node::AssignTarget(ast::AssignTarget::Pat(node)) => {
            cx.refuse_with(
                &RULE,
                node.span(),
                "assignment to a pattern is not part of the language",
                "assign to one name at a time",
            );
        }
        Node::Stmt(ast::Stmt::ForOf(ast::ForOfStmt { left: ast::ForHead::Pat(node), .. })) => {
            cx.refuse_with(
                &RULE,
                node.span(),
                "a loop must declare its name",
                "write `for (const x of list)`",
            );
        }
        _ => {}
    }
}
