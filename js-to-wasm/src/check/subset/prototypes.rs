//! `__proto__`, `prototype`, `constructor`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `__proto__`, `prototype`, `constructor`.
pub(super) const RULE: Rule = Rule {
    code: "JS145",
    title: "objects have no prototype",
    help: "copy the fields with `{ ...base }`, and call functions by their names",
    explanation: "Every field of an object is its own.",
    bad: &[
        "const o = { __proto__: { a: 1 } };",
        "const a = [].constructor;",
        r#"const o = { a: 1 };
o.__proto__;"#,
        "Array.prototype;",
        r#"const o = { a: 1 };
o["__proto__"];"#,
    ],
    good: &[r#"const base = { a: 1 };
const o = { ...base, b: 2 };"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    const NAMES: [&str; 3] = ["__proto__", "prototype", "constructor"];
    let refused = |name: &str| NAMES.contains(&name);
    match node {
        Node::Expr(ast::Expr::Member(node)) => match &node.prop {
            ast::MemberProp::Ident(name) if refused(&name.sym) => cx.refuse(&RULE, name.span),
            ast::MemberProp::Computed(name) => {
                if let ast::Expr::Lit(ast::Lit::Str(text)) = &*name.expr
                    && text.value.as_str().is_some_and(refused)
                {
                    cx.refuse(&RULE, name.span);
                }
            }
            _ => {}
        },
        Node::PropName(ast::PropName::Ident(name)) if &*name.sym == "__proto__" => {
            cx.refuse(&RULE, name.span)
        }
        Node::PropName(ast::PropName::Str(name)) if name.value.as_str() == Some("__proto__") => {
            cx.refuse(&RULE, name.span)
        }
        _ => {}
    }
}
