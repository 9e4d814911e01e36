//! Methods whose result depends on a language or a place.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// Methods whose result depends on a language or a place.
pub(super) const RULE: Rule = Rule {
    code: "JS165",
    title: "this method depends on where it runs",
    help: "compare with `<`, change case with `toLowerCase`, format with string methods",
    explanation: "A handler gives the same answer on every machine.",
    bad: &[
        r#"const a = "a".localeCompare("b");"#,
        "const a = (1234.5).toLocaleString();",
        r#"const a = "I".toLocaleLowerCase();"#,
        r#"const a = ["b", "a"].toSorted((x, y) => x.localeCompare(y));"#,
    ],
    good: &[r#"const a = ["b", "a"].toSorted((x, y) => x < y ? -1 : x > y ? 1 : 0);"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    let member = match node {
        Node::Expr(ast::Expr::Member(member)) => member,
        Node::Expr(ast::Expr::OptChain(chain)) => match &*chain.base {
            ast::OptChainBase::Member(member) => member,
            ast::OptChainBase::Call(_) => return,
        },
        _ => return,
    };
    if let ast::MemberProp::Ident(name) = &member.prop
        && (&*name.sym == "localeCompare" || name.sym.starts_with("toLocale"))
    {
        let help = match &*name.sym {
            "localeCompare" => "compare with `<` and `>`",
            "toLocaleLowerCase" | "toLocaleUpperCase" => "use `toLowerCase` or `toUpperCase`",
            _ => "format with `toFixed`, `padStart` or `purview:time`",
        };
        cx.refuse_with(&RULE, name.span, format!("`{}` depends on where it runs", name.sym), help);
    }
}
