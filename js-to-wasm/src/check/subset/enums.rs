//! `enum` and `const enum`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run, head},
    parse::walk::Node,
};

/// `enum` and `const enum`.
pub(super) const RULE: Rule = Rule {
    code: "JS119",
    title: "enums are not part of the language",
    help: r#"use a union of literals, `type Color = "red" | "green"`, or an object of constants"#,
    explanation: "An enum is code that looks like a type. A union of literals is only a type, and `match` over it can be checked to be complete.",
    bad: &["enum Color { Red, Green }", "const enum Color { Red }", "declare enum Color { Red }"],
    good: &[r#"type Color = "red" | "green";
const color: Color = "red";"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Decl(ast::Decl::TsEnum(node)) = node {
        let word = if node.is_const { "const" } else { "enum" };
        cx.refuse(&RULE, head(&**node, word));
    }
}
