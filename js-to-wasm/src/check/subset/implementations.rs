//! `class A implements B`.

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `class A implements B`.
pub(super) const RULE: Rule = Rule {
    code: "JS114",
    title: "`implements` is not part of the language",
    help: "give the object a type: `const a: B = { … }`",
    explanation: "A value has a type when its fields fit it; nothing needs to be declared.",
    bad: &[r#"interface B { x: number }
class A implements B { x = 1; }"#],
    good: &[r#"interface B { x: number }
const a: B = { x: 1 };"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Class(class) = node {
        for base in &class.implements {
            cx.refuse(&RULE, base.span);
        }
    }
}
