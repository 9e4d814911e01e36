//! Types in `.js` and `.jsx` files.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// Types in `.js` and `.jsx` files.
pub(super) const RULE: Rule = Rule {
    code: "JS151",
    title: "types need a TypeScript file",
    help: "rename the file to .ts or .tsx",
    explanation: "A file that ends in .js must be JavaScript, so that every tool reads it alike.",
    bad: &[
        r#"// a.js
const a: number = 1;"#,
        r#"// a.js
type A = string;"#,
        r#"// a.jsx
const f = (a?: string) => a;"#,
        r#"// a.js
interface A { }"#,
        r#"// a.js
f<string>(1);
function f(a) { return a; }"#,
    ],
    good: &[
        r#"// a.js
const a = 1;"#,
        "const a: number = 1;",
    ],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if cx.module.language.has_types() {
        return;
    }
    let span = match node {
        Node::TypeAnnotation(node) => node.span,
        Node::TypeArguments(node) => node.span,
        Node::TypeParam(node) => node.span,
        Node::Decl(ast::Decl::TsInterface(node)) => node.span,
        Node::Decl(ast::Decl::TsTypeAlias(node)) => node.span,
        Node::Pat(ast::Pat::Ident(node)) if node.id.optional => node.id.span,
        Node::Item(ast::ModuleItem::ModuleDecl(ast::ModuleDecl::Import(node)))
            if node.type_only =>
        {
            node.span
        }
        _ => return,
    };
    cx.refuse(&RULE, span);
}
