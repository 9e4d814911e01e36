//! Patterns of `match` that are neither literals, `_` nor objects of patterns.

use swc_common::Spanned;
use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// Patterns of `match` that are neither literals, `_` nor objects of patterns.
pub(super) const RULE: Rule = Rule {
    code: "JS161",
    title: "this is no pattern",
    help: r#"use a literal, `_`, or an object of patterns such as `{ kind: "a" }`"#,
    explanation: "A pattern says what a value must be equal to; it does not compute.",
    bad: &[
        r#"const a = match (1) { when b: 1 default: 2 };
const b = 1;"#,
        "const a = match ([1]) { when [1]: 1 default: 2 };",
        r#"const a = match ("b") { when `b`: 1 default: 2 };"#,
        r#"const a = match ({ b: 1 }) { when { b }: 1 default: 2 };
const b = 1;"#,
        r#"const a = match ({ b: 1 }) { when { ...b }: 1 default: 2 };
const b = 1;"#,
    ],
    good: &[
        r#"const a = match ({ kind: "b", n: -1 }) { when { kind: "b", n: -1 }: 1 when _: 2 };"#,
        r#"const a = match (1) { when 1: "one" when undefined: "none" default: "many" };"#,
    ],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    let Node::Expr(ast::Expr::Member(member)) = node else { return };
    let Some(found) = cx.extensions().as_match(member) else { return };
    for pattern in found.arms.iter().filter_map(|arm| arm.pattern) {
        check_pattern(cx, pattern);
    }
}

fn check_pattern(cx: &mut Context<'_, '_>, pattern: &ast::Expr) {
    match pattern {
        ast::Expr::Lit(
            ast::Lit::Str(_) | ast::Lit::Num(_) | ast::Lit::Bool(_) | ast::Lit::Null(_),
        ) => {}
        ast::Expr::Ident(name) if matches!(&*name.sym, "_" | "undefined") => {}
        ast::Expr::Unary(unary)
            if unary.op == ast::UnaryOp::Minus
                && matches!(&*unary.arg, ast::Expr::Lit(ast::Lit::Num(_))) => {}
        ast::Expr::Object(object) => {
            for prop in &object.props {
                match prop {
                    ast::PropOrSpread::Prop(prop) => match &**prop {
                        ast::Prop::KeyValue(field)
                            if !matches!(field.key, ast::PropName::Computed(_)) =>
                        {
                            check_pattern(cx, &field.value);
                        }
                        other => cx.refuse(&RULE, other.span()),
                    },
                    ast::PropOrSpread::Spread(spread) => cx.refuse(&RULE, spread.span()),
                }
            }
        }
        ast::Expr::Ident(name) => {
            let help =
                format!("compare with `===` in a condition, or write the value of `{}`", name.sym);
            cx.refuse_with(
                &RULE,
                name.span,
                format!("`{}` is a name, not a pattern", name.sym),
                help,
            );
        }
        other => cx.refuse(&RULE, other.span()),
    }
}
