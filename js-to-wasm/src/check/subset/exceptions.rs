//! `throw`, `try`, `catch`, `finally`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run, head},
    parse::walk::Node,
};

/// `throw`, `try`, `catch`, `finally`.
pub(super) const RULE: Rule = Rule {
    code: "JS105",
    title: "exceptions are not part of the language",
    help: "return `Result.ok(value)` or `Result.err(error)`, and use `assert condition, response` to leave early",
    explanation: "Without exceptions every way out of a function is a `return`, so that the compiler can see that each path answers and that each failure is looked at.",
    bad: &[
        "throw 1;",
        "try { console.log(1); } catch (e) { console.log(2); }",
        "try { console.log(1); } finally { console.log(2); }",
    ],
    good: &[
        r#"const parse = (text: string) => text === "" ? Result.err("empty") : Result.ok(text);"#,
    ],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    match node {
        Node::Stmt(ast::Stmt::Throw(node)) if cx.extensions().as_assert(node).is_none() => {
            cx.refuse_as(&RULE, head(node, "throw"), "`throw` is not part of the language");
        }
        Node::Stmt(ast::Stmt::Try(node)) => {
            cx.refuse_as(&RULE, head(node, "try"), "`try` is not part of the language")
        }
        _ => {}
    }
}
