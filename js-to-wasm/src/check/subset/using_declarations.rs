//! `using` and `await using`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run, head},
    parse::walk::Node,
};

/// `using` and `await using`.
pub(super) const RULE: Rule = Rule {
    code: "JS116",
    title: "`using` is not part of the language",
    help: "use `const`: what a request holds is released when it ends",
    explanation: "There is nothing to dispose of: memory and connections end with the request.",
    bad: &[r#"using a = b();
function b() { return 1; }"#],
    good: &["const a = 1;"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Decl(ast::Decl::Using(node)) = node {
        cx.refuse(&RULE, head(&**node, "using"));
    }
}
