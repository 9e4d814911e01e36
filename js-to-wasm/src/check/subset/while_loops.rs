//! `while` and `do … while`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run, head},
    parse::walk::Node,
};

/// `while` and `do … while`.
pub(super) const RULE: Rule = Rule {
    code: "JS101",
    title: "`while` loops are not part of the language",
    help: "loop over a finite list with `for (const item of list)` or `for (const i of range(n))`, or call the function again in tail position",
    explanation: "Every loop runs over a list that exists before it starts, so every program without recursion ends, and the paths through a handler can be listed.",
    bad: &[
        r#"let i = 0;
while (i < 3) { i = i + 1; }"#,
        "do { console.log(1); } while (false);",
    ],
    good: &["for (const i of range(3)) { console.log(i); }"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    match node {
        Node::Stmt(ast::Stmt::While(node)) => cx.refuse(&RULE, head(node, "while")),
        Node::Stmt(ast::Stmt::DoWhile(node)) => {
            cx.refuse_as(&RULE, head(node, "do"), "`do` loops are not part of the language")
        }
        _ => {}
    }
}
