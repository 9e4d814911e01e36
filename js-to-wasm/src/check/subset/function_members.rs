//! `f.call`, `f.apply`, `f.bind`, `f.length`, `f.name`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `f.call`, `f.apply`, `f.bind`, `f.length`, `f.name`.
pub(super) const RULE: Rule = Rule {
    code: "JS126",
    title: "functions have no members",
    help: "call the function: `f(a, b)`, `f(...list)`, or `(x) => f(a, x)`",
    explanation: "A function is code, not an object: it can be called and passed on.",
    bad: &[
        r#"function f(a: number) { return a; }
f.call(undefined, 1);"#,
        r#"const f = () => 1;
f.bind(1);"#,
        r#"import { env } from "purview:env";
env.apply(undefined, ["A"]);"#,
    ],
    good: &[
        r#"const f = (a: number) => a;
f(...[1]);"#,
        r#"const o = { call: (n: number) => n };
o.call(1);"#,
    ],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    let member = match node {
        Node::Expr(ast::Expr::Member(node)) => node,
        Node::Expr(ast::Expr::OptChain(node)) => match &*node.base {
            ast::OptChainBase::Member(node) => node,
            ast::OptChainBase::Call(_) => return,
        },
        _ => return,
    };
    let (ast::Expr::Ident(object), ast::MemberProp::Ident(name)) = (&*member.obj, &member.prop)
    else {
        return;
    };
    if cx.is_global(object) || !cx.names.functions.contains(&*object.sym) {
        return;
    }
    let message = format!("`{}` is a function and has no member `{}`", object.sym, name.sym);
    cx.refuse_as(&RULE, name.span, message);
}
