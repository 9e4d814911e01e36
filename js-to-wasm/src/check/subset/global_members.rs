//! Members that a global name does not have, and global names used as values.

use swc_common::Spanned;
use swc_ecma_ast as ast;

use crate::{
    check::{
        globals::{self, Global, nearest},
        rule::{Context, Rule, Run},
    },
    parse::walk::Node,
};

/// Members that a global name does not have, and global names used as values.
pub(super) const RULE: Rule = Rule {
    code: "JS156",
    title: "this member does not exist",
    help: "look up the members of the global name in the manual",
    explanation: "The list of what a program can do without an import is closed.",
    bad: &[
        "const a = Object.assign({ a: 1 }, { b: 2 });",
        "const a = Object.freeze({ a: 1 });",
        "const a = Math.foo(1);",
        "const a = Math;",
        "const a = JSON;",
        r#"const f = console.log;
f(1);
const a = Date();"#,
        r#"const a = Math["abs"](1);"#,
        "Math.abs = 1;",
    ],
    good: &[
        "const a = { ...{ a: 1 }, b: 2 };",
        "const a = Math.abs(-1) + Date.now();",
        "const f = [1, 2].map(Math.sqrt);",
        r#"const a = ["1"].map(Number);"#,
    ],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    let Node::Expr(ast::Expr::Ident(ident)) = node else { return };
    if !cx.is_global(ident) {
        return;
    }
    let members = match globals::find(&ident.sym) {
        Some(Global::Namespace(members) | Global::FunctionWith(members)) => members,
        Some(Global::Value | Global::Function) => &[],
        None => return,
    };
    let name = ident.sym.to_string();
    let assigned = cx
        .parents
        .iter()
        .rev()
        .nth(1)
        .is_some_and(|parent| matches!(parent, Node::AssignTarget(_)));
    match cx.parent() {
        Some(Node::AssignTarget(_)) => {
            cx.refuse_with(
                &RULE,
                ident.span,
                format!("a member of `{name}` cannot be assigned"),
                "declare a constant of your own",
            );
        }
        Some(Node::Expr(ast::Expr::Member(member))) if member.obj.span() == ident.span => {
            if assigned {
                return;
            }
            this_member(cx, member, &name, members);
        }
        _ if matches!(globals::find(&name), Some(Global::Namespace(_))) => {
            let message = format!("`{name}` is a group of functions, not a value");
            cx.refuse_with(
                &RULE,
                ident.span,
                message,
                format!("use one of its members, such as `{name}.{}`", members[0]),
            );
        }
        _ => {}
    }
}

fn this_member(cx: &mut Context<'_, '_>, member: &ast::MemberExpr, name: &str, members: &[&str]) {
    let ast::MemberProp::Ident(property) = &member.prop else {
        let message = format!("members of `{name}` are chosen by name");
        return cx.refuse_with(&RULE, member.span, message, "write `.member`");
    };
    if members.contains(&&*property.sym) || matches!(globals::find(name), Some(Global::Value)) {
        return;
    }
    let instead = match (name, &*property.sym) {
        ("Object", "assign") => Some("spread the objects: `{ ...a, ...b }`".to_owned()),
        ("Object", "freeze" | "isFrozen" | "seal" | "isSealed" | "preventExtensions") => {
            Some("leave it out: a handler shares its objects with nobody".to_owned())
        }
        ("Object", "create" | "setPrototypeOf" | "getPrototypeOf") => {
            Some("objects have no prototype: spread them".to_owned())
        }
        ("Object", "defineProperty" | "defineProperties") => {
            Some("write the field in the object".to_owned())
        }
        ("Date", "parse" | "UTC") => Some("use `purview:time`".to_owned()),
        ("Response", "error") => Some("use `Response.text(message, { status: 500 })`".to_owned()),
        (_, wanted) => nearest(wanted, members.iter().copied())
            .map(|other| format!("did you mean `{name}.{other}`?")),
    };
    let message = format!("`{name}` has no member `{}`", property.sym);
    let help = instead.unwrap_or_else(|| match members.len() {
        0 => format!("`{name}` has no members"),
        _ => format!("it has {}", members.join(", ")),
    });
    cx.refuse_with(&RULE, property.span, message, help);
}
