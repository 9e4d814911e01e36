//! `break` and `continue` outside a loop, `break` of a `switch`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `break` and `continue` outside a loop, `break` of a `switch`.
pub(super) const RULE: Rule = Rule {
    code: "JS109",
    title: "`break` and `continue` belong to a `for … of` loop",
    help: "leave a `switch` case with `return`, a function with `return`",
    explanation: "`break` leaves the innermost loop. Inside a `switch` it would leave only the `switch`, though it reads as if it left the loop around it, so it is refused there; `continue` and `return` are clear.",
    bad: &[
        "function f(n: number) { switch (n) { case 1: break; default: return 1; } return 2; }",
        "for (const n of [1]) { switch (n) { case 1: break; default: continue; } }",
        "break;",
        "function f() { continue; }",
    ],
    good: &[
        "for (const n of [1, 2, 3]) { if (n === 2) { continue; } if (n === 3) { break; } }",
        "for (const n of [1, 2]) { switch (n) { case 1: continue; default: console.log(n); continue; } }",
    ],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    let (word, span) = match node {
        Node::Stmt(ast::Stmt::Break(node)) if node.label.is_none() => ("break", node.span),
        Node::Stmt(ast::Stmt::Continue(node)) if node.label.is_none() => ("continue", node.span),
        _ => return,
    };
    for parent in cx.parents.iter().rev() {
        match parent {
            Node::Stmt(ast::Stmt::Switch(_)) if word == "break" => {
                let message = "`break` would leave the `switch`, not a loop";
                return cx.refuse_as(&RULE, span, message);
            }
            Node::Stmt(
                ast::Stmt::ForOf(_)
                | ast::Stmt::ForIn(_)
                | ast::Stmt::For(_)
                | ast::Stmt::While(_)
                | ast::Stmt::DoWhile(_),
            ) => return,
            Node::Function(_) | Node::Expr(ast::Expr::Arrow(_)) => break,
            _ => {}
        }
    }
    cx.refuse_as(&RULE, span, format!("`{word}` stands in no loop"));
}
