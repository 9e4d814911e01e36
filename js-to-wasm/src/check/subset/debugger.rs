//! `debugger`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `debugger`.
pub(super) const RULE: Rule = Rule {
    code: "JS106",
    title: "`debugger` is not part of the language",
    help: "write what you want to see with `console.log`",
    explanation: "A handler runs where no debugger is attached.",
    bad: &["debugger;"],
    good: &["console.log(1);"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Stmt(ast::Stmt::Debugger(node)) = node {
        cx.refuse(&RULE, node);
    }
}
