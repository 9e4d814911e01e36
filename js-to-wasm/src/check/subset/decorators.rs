//! `@decorator`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `@decorator`.
pub(super) const RULE: Rule = Rule {
    code: "JS112",
    title: "decorators are not part of the language",
    help: "call the function: `const handler = guard(inner)`",
    explanation: "A decorator runs code at a place where nobody sees a call.",
    bad: &["@log class A { }", "class A { @log m() { } }"],
    good: &[r#"const logged = (f: () => string) => () => { console.log("called"); return f(); };"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    let Node::Class(class) = node else { return };
    let inner = class.body.iter().flat_map(|member| match member {
        ast::ClassMember::Method(method) => method.function.decorators.as_slice(),
        ast::ClassMember::ClassProp(prop) => prop.decorators.as_slice(),
        _ => &[],
    });
    for decorator in class.decorators.iter().chain(inner) {
        cx.refuse(&RULE, decorator.span);
    }
}
