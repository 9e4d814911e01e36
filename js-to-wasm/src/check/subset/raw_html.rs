//! `dangerouslySetInnerHTML`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// `<p dangerouslySetInnerHTML={…} />`.
pub(super) const RULE: Rule = Rule {
    code: "JS168",
    title: "HTML that is text is not put into elements",
    help: "make it of elements; or put it between texts: `renderToString(<Head />) + html + renderToString(<Foot />)`",
    explanation: "What stands in elements is always escaped. The attribute does not exist here; HTML from elsewhere is joined to a page where everybody sees it.",
    bad: &[
        "const html = \"<b>x</b>\"; const a = <p dangerouslySetInnerHTML={{ __html: html }} />;",
    ],
    good: &["const a = <p><b>x</b></p>;"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    if let Node::Attribute(ast::JSXAttrOrSpread::JSXAttr(attribute)) = node
        && let ast::JSXAttrName::Ident(name) = &attribute.name
        && name.sym == "dangerouslySetInnerHTML"
    {
        cx.refuse(&RULE, name.span);
    }
}
