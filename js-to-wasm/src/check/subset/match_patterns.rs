//! Patterns of `match` that are neither literals, `_` nor objects and lists of patterns.

use swc_common::Spanned;
use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// Patterns of `match` that are neither literals, `_` nor objects and lists of patterns.
pub(super) const RULE: Rule = Rule {
    code: "JS161",
    title: "this is no pattern",
    help: r#"use a literal, `_`, an object of patterns such as `{ kind: "a" }`, or a list of them such as `["a", _]`"#,
    explanation: "A pattern says what a value must be equal to; it does not compute. An object has at least the fields of its \
        pattern. A list is as long as its pattern, or at least as long when that ends with `..._`.",
    bad: &[
        r#"const a = match (1) { when b: 1 default: 2 };
const b = 1;"#,
        r#"const a = match ([1]) { when [1 + 1]: 1 default: 2 };"#,
        r#"const a = match ([1, 2]) { when [..._, 2]: 1 default: 2 };"#,
        r#"const a = match ([1, 2]) { when [1, ...rest]: 1 default: 2 };
const rest = [2];"#,
        r#"const a = match ("b") { when `b`: 1 default: 2 };"#,
        r#"const a = match ({ b: 1 }) { when { b }: 1 default: 2 };
const b = 1;"#,
        r#"const a = match ({ b: 1 }) { when { ...b }: 1 default: 2 };
const b = 1;"#,
    ],
    good: &[
        r#"const a = match ({ kind: "b", n: -1 }) { when { kind: "b", n: -1 }: 1 when _: 2 };"#,
        r#"const a = match (["get", "users", "7"]) { when ["get", "users"]: 1 when ["get", _, { length: 1 }]: 2 when ["get", ..._]: 3 default: 4 };"#,
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
        ast::Expr::Ident(name) if is_any(pattern) || &*name.sym == "undefined" => {}
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
        ast::Expr::Array(list) => {
            for (index, element) in list.elems.iter().enumerate() {
                match element {
                    Some(element) if element.spread.is_none() => check_pattern(cx, &element.expr),
                    Some(rest) if is_any(&rest.expr) && index + 1 == list.elems.len() => {}
                    Some(rest) => {
                        let help = "end the list with `..._`, which takes all further elements";
                        let message = "a pattern has no other spread than `..._` at its end";
                        cx.refuse_with(&RULE, rest.span(), message, help);
                    }
                    None => {}
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

/// `_`
fn is_any(pattern: &ast::Expr) -> bool {
    matches!(pattern, ast::Expr::Ident(name) if &*name.sym == "_")
}
