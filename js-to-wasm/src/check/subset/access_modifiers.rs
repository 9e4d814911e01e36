//! `public`, `private`, `protected`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `public`, `private`, `protected`.
pub(super) const RULE: Rule = Rule {
    code: "JS113",
    title: "access modifiers are not part of the language",
    help: "start the name with `_` to say that it is not for others, or keep the value inside a function",
    explanation: "There are no classes whose members they could guard.",
    bad: &[
        "class A { private x = 1; }",
        "class A { constructor(public x: number) { } }",
        "class A { protected m() { } }",
    ],
    good: &["const counter = { _count: 0 };"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    let Node::Class(class) = node else { return };
    for member in &class.body {
        let modified = match member {
            ast::ClassMember::Method(method) => method.accessibility.map(|_| method.span),
            ast::ClassMember::ClassProp(prop) => prop.accessibility.map(|_| prop.span),
            ast::ClassMember::Constructor(constructor) => {
                constructor.params.iter().find_map(|param| match param {
                    ast::ParamOrTsParamProp::TsParamProp(prop) => Some(prop.span),
                    ast::ParamOrTsParamProp::Param(_) => None,
                })
            }
            _ => None,
        };
        if let Some(span) = modified {
            cx.refuse(&RULE, span);
        }
    }
}
