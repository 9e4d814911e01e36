//! What a rule is: a code, words for people, examples that behave, and the logic. Every rule is one constant in a file of its
//! own; `explain`, the manual and the tests read the same constants.

use swc_common::Spanned;
use swc_ecma_ast::Ident;

use super::names::Names;
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    parse::{Extensions, Module, Program, offset, walk::Node},
};

/// One construct that the language does not have, or one thing that a program must do.
pub struct Rule {
    /// `JS` and three digits; never reused.
    pub code: &'static str,
    /// One sentence: what is refused.
    pub title: &'static str,
    /// What to do instead, in one line.
    pub help: &'static str,
    /// Why, and what it buys.
    pub explanation: &'static str,
    /// Programs that are refused with this code. The first stands in the manual.
    pub bad: &'static [&'static str],
    /// Programs that say the same and are accepted. The first stands in the manual.
    pub good: &'static [&'static str],
    /// The logic.
    pub run: Run,
}

/// When a rule looks.
pub enum Run {
    /// At every node.
    Node(for<'a> fn(&mut Context<'a, '_>, Node<'a>)),
    /// Once per module.
    Module(for<'a> fn(&mut Context<'a, '_>)),
    /// Never by itself: inference of types finds it.
    Inferred,
}

/// What a rule sees of the program, and where it reports.
pub struct Context<'a, 'd> {
    /// The whole program.
    pub program: &'a Program,
    /// The module in which the node stands.
    pub module: &'a Module,
    /// The module's index in the program.
    pub index: usize,
    /// What its names mean.
    pub names: &'d Names,
    /// The nodes around the current one, the nearest last.
    pub parents: Vec<Node<'a>>,
    /// Where refusals are collected.
    pub found: &'d mut Diagnostics,
}

impl<'a> Context<'a, '_> {
    /// The module's `match`, `|>`, `assert` and `distinct type`.
    pub fn extensions(&self) -> &'a Extensions {
        &self.module.extensions
    }

    /// The node directly around the current one.
    pub fn parent(&self) -> Option<Node<'a>> {
        self.parents.last().copied()
    }

    /// Whether a name is bound by no declaration and no import of the program.
    pub fn is_global(&self, ident: &Ident) -> bool {
        self.names.is_global(offset(ident.span.lo))
    }

    /// Refuses a place with the rule's own words.
    pub fn refuse(&mut self, rule: &Rule, place: impl Spanned) {
        self.refuse_as(rule, place, rule.title);
    }

    /// Refuses a place with a sentence of its own.
    pub fn refuse_as(&mut self, rule: &Rule, place: impl Spanned, message: impl Into<String>) {
        self.refuse_with(rule, place, message, rule.help);
    }

    /// Refuses a place with a sentence and a way out of its own.
    pub fn refuse_with(
        &mut self,
        rule: &Rule,
        place: impl Spanned,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let span = self.module.span(place);
        self.found.push(Diagnostic::error(rule.code, span, message).with_help(help));
    }
}

/// The head of a statement: its first word, so that a caret does not underline a whole body.
pub(super) fn head(node: &impl Spanned, word: &str) -> swc_common::Span {
    let span = node.span();
    span.with_hi(swc_common::BytePos(span.lo.0 + word.len() as u32))
}
