//! An entry without a handler, or with two.

use swc_common::Spanned;
use swc_ecma_ast as ast;

use crate::check::{
    handler::{self, Handler},
    rule::{Context, Rule, Run},
};

/// An entry without a handler, or with two.
pub(super) const RULE: Rule = Rule {
    code: "JS164",
    title: "the entry needs one handler",
    help: r#"write `function handler(req) { return Response.text("ok"); }` or `export default`"#,
    explanation: "The handler is the function that answers every request.",
    bad: &[
        r#"// entry
const a = 1;"#,
        r#"// entry
export default () => Response.text("a");
function handler() { return Response.text("b"); }"#,
        r#"// entry
const handler = 1;"#,
        r#"// entry
function handler(a: Request, b: string, c: string) { return Response.text(b + c); }"#,
    ],
    good: &[
        r#"// entry
function handler(req: Request) { return Response.text(req.path); }"#,
        r#"// entry
const handler = () => Response.text("a");
export default handler;"#,
        r#"// entry
export default function (req: Request) { return Response.text(req.path); }"#,
    ],
    run: Run::Module(run),
};

fn run(cx: &mut Context<'_, '_>) {
    if cx.index + 1 != cx.program.modules.len() {
        return;
    }
    let found = handler::candidates(&cx.module.ast);
    match found.as_slice() {
        [] => cx.refuse(&RULE, cx.module.ast.span.with_hi(cx.module.ast.span.lo)),
        [Handler::Name(name), _] if name.sym == *"handler" => {}
        [_] => {}
        [_, second, ..] => cx.refuse_with(
            &RULE,
            second.span(),
            "the entry has two handlers",
            "keep one of the two",
        ),
    }
    match handler::find(&cx.module.ast) {
        Some(Handler::Function(function)) => {
            one_parameter(cx, function.params.iter().map(|param| &param.pat))
        }
        Some(Handler::Arrow(arrow)) => one_parameter(cx, arrow.params.iter()),
        Some(Handler::Value(value))
            if !matches!(
                value,
                ast::Expr::Call(_) | ast::Expr::Bin(_) | ast::Expr::Cond(_) | ast::Expr::Member(_)
            ) =>
        {
            cx.refuse_as(&RULE, value.span(), "the handler is not a function");
        }
        Some(Handler::Value(_) | Handler::Name(_)) | None => {}
    }
}

/// The host passes the request and nothing else.
fn one_parameter<'p>(cx: &mut Context<'_, '_>, mut params: impl Iterator<Item = &'p ast::Pat>) {
    if let Some(second) = params.nth(1) {
        cx.refuse_with(
            &RULE,
            second.span(),
            "a handler takes one parameter, the request",
            "import what else it needs",
        );
    }
}
