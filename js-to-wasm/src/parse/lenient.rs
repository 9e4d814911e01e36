//! What the parser reads although no other one does. In: a tree and its text. Out: diagnostics. Nothing here changes anything.

use swc_common::Spanned;
use swc_ecma_ast::{Expr, Module, OptChainBase};

use super::{
    offset,
    walk::{Node, Visitor, walk_module},
};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    source::{FileId, Span},
};

/// `a? .b`: the two signs of `?.` belong together.
pub(super) fn chains(file: FileId, module: &Module, text: &str) -> Diagnostics {
    let mut chains = Chains { file, text, found: Diagnostics::default() };
    if text.contains('?') {
        walk_module(module, &mut chains);
    }
    chains.found
}

struct Chains<'t> {
    file: FileId,
    text: &'t str,
    found: Diagnostics,
}

impl<'a> Visitor<'a> for Chains<'_> {
    fn enter(&mut self, node: Node<'a>, _depth: usize) -> bool {
        let Node::Expr(Expr::OptChain(chain)) = node else { return true };
        let (from, to) = match &*chain.base {
            OptChainBase::Member(member) => (member.obj.span().hi, member.prop.span().lo),
            OptChainBase::Call(call) => (call.callee.span().hi, call.span.hi),
        };
        let (from, to) = (offset(from), offset(to));
        let between = self.text.get(from as usize..to as usize).unwrap_or("");
        // What follows the opening bracket of a call is not between.
        let between = between.split('(').next().unwrap_or("");
        if chain.optional && between.contains('?') && !between.contains("?.") {
            let start = from + between.find('?').unwrap_or(0) as u32;
            let span = Span { file: self.file, start, end: start + 1 };
            let diagnostic = Diagnostic::error("JS010", span, "`?` and `.` stand apart here");
            self.found.push(diagnostic.with_help("write `?.`"));
        }
        true
    }
}
