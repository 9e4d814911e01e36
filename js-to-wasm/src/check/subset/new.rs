//! `new X()` and `new.target`.

use swc_ecma_ast as ast;

use crate::{
    check::{
        globals::{self, Global},
        rule::{Context, Rule, Run, head},
    },
    parse::walk::Node,
};

/// `new X()` and `new.target`.
pub(super) const RULE: Rule = Rule {
    code: "JS128",
    title: "`new` is not part of the language",
    help: "call the factory: `Response.json(…)`, `Map()`, `Headers()`, `Uint8Array(8)`",
    explanation: "A constructor is a function that must be called in a special way; here every call looks the same.",
    bad: &["const m = new Map();", "const d = new Date;", "function f() { return new.target; }"],
    good: &["const m = Map();"],
    run: Run::Node(run),
};

/// What to write instead of `new NAME(…)`.
fn instead(name: &str) -> String {
    if let Some((_, help)) = globals::ABSENT.iter().find(|(absent, _)| *absent == name) {
        return (*help).to_owned();
    }
    match name {
        "Date" => "use `Date.now()` and `formatIso`, `parseIso` of `purview:time`".to_owned(),
        "Error" | "RangeError" | "ReferenceError" | "SyntaxError" | "TypeError" => {
            format!("return `Result.err(…)`, or call `{name}(message)`")
        }
        "Object" => "write `{}`".to_owned(),
        "" => RULE.help.to_owned(),
        name => match globals::find(name) {
            Some(Global::Function | Global::FunctionWith(_)) => {
                format!("call it without `new`: `{name}(…)`")
            }
            _ => RULE.help.to_owned(),
        },
    }
}

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    match node {
        Node::Expr(ast::Expr::New(node)) => {
            let name = match &*node.callee {
                ast::Expr::Ident(name) if cx.is_global(name) => &*name.sym,
                _ => "",
            };
            cx.refuse_with(&RULE, head(node, "new"), RULE.title, instead(name));
        }
        Node::Expr(ast::Expr::MetaProp(node)) if node.kind == ast::MetaPropKind::NewTarget => {
            cx.refuse(&RULE, node.span)
        }
        _ => {}
    }
}
