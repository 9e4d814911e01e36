//! `match`, `matchAll` and `search` of strings.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `match`, `matchAll` and `search` of strings.
pub(super) const RULE: Rule = Rule {
    code: "JS166",
    title: "strings have no methods that take patterns",
    help: "use `includes`, `indexOf`, `startsWith`, `split`",
    explanation: "They take regular expressions, which the language does not have.",
    bad: &[
        r#"const a = "abc".match("b");"#,
        r#"const a = `abc`.search("b");"#,
        r#"const a = "abc".trim().matchAll("b");"#,
    ],
    good: &[
        r#"const a = "abc".indexOf("b");"#,
        r#"const o = { match: (s: string) => s };
o.match("a");"#,
    ],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    let Node::Expr(ast::Expr::Call(call)) = node else { return };
    let ast::Callee::Expr(callee) = &call.callee else { return };
    let ast::Expr::Member(member) = &**callee else { return };
    let ast::MemberProp::Ident(name) = &member.prop else { return };
    if matches!(&*name.sym, "match" | "matchAll" | "search") && is_text(&member.obj) {
        cx.refuse_as(&RULE, name.span, format!("strings have no method `{}`", name.sym));
    }
}

/// Whether an expression is text whatever the program does.
fn is_text(expr: &ast::Expr) -> bool {
    const TEXT_METHODS: &[&str] = &[
        "trim",
        "toLowerCase",
        "toUpperCase",
        "replaceAll",
        "replace",
        "padStart",
        "padEnd",
        "repeat",
    ];
    match expr.unwrap_parens() {
        ast::Expr::Lit(ast::Lit::Str(_)) | ast::Expr::Tpl(_) => true,
        ast::Expr::Call(ast::CallExpr { callee: ast::Callee::Expr(callee), .. }) => match &**callee
        {
            ast::Expr::Member(member) => {
                matches!(&member.prop, ast::MemberProp::Ident(name) if TEXT_METHODS.contains(&&*name.sym))
                    && is_text(&member.obj)
            }
            _ => false,
        },
        _ => false,
    }
}
