//! `&#xD800;` in the text or an attribute of an element.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    elements::entity,
    parse::walk::Node,
};

/// `&#xD800;`: half of a character.
pub(super) const RULE: Rule = Rule {
    code: "JS167",
    title: "this number stands for no character",
    help: "write the whole character, or its code: `&#x1F600;`",
    explanation: "Codes from D800 to DFFF are halves of characters, which no HTML can hold.",
    bad: &["const a = <p>&#xD83D;&#xDE00;</p>;", "const a = <p title=\"&#55296;\" />;"],
    good: &["const a = <p>&#x1F600; &#128512;</p>;"],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    match node {
        Node::ElementChild(ast::JSXElementChild::JSXText(text)) if has_half(&text.raw) => {
            cx.refuse(&RULE, text.span);
        }
        Node::Attribute(ast::JSXAttrOrSpread::JSXAttr(attribute)) => {
            if let Some(ast::JSXAttrValue::Str(text)) = &attribute.value
                && text.raw.as_ref().is_some_and(|raw| has_half(raw))
            {
                cx.refuse(&RULE, text.span);
            }
        }
        _ => {}
    }
}

/// Whether a numeric reference in the text is a surrogate.
fn has_half(text: &str) -> bool {
    text.match_indices("&#").any(|(at, _)| {
        let digits = entity(&text[at..]).and_then(|entity| entity.get(2..entity.len() - 1));
        let code = digits.and_then(|digits| match digits.strip_prefix('x') {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => digits.parse().ok(),
        });
        code.is_some_and(|code| (0xD800..0xE000).contains(&code))
    })
}
