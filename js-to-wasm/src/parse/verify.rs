//! The closed loop: which recorded constructs are really in the tree, how deep the tree is, and whether `|>` stands where its
//! meaning is clear. In: a tree and the offsets that the rewriter recorded. Nothing here changes anything.

use std::collections::BTreeSet;

use swc_common::Spanned;
use swc_ecma_ast::{self as ast, Expr};

use super::{
    Extensions, offset, place,
    walk::{Node, Visitor, walk_module},
};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    limits,
    source::FileId,
};

/// The first bytes of constructs that the tree does not have.
pub(super) fn lost(module: &ast::Module, extensions: &Extensions) -> BTreeSet<u32> {
    if extensions.is_empty() {
        return BTreeSet::new();
    }
    let mut finder = Finder { extensions, lost: all(extensions) };
    walk_module(module, &mut finder);
    finder.lost
}

fn all(extensions: &Extensions) -> BTreeSet<u32> {
    let Extensions { matches, patterns: _, pipes, asserts, distinct } = extensions;
    matches.keys().chain(pipes).chain(asserts).chain(distinct.values()).copied().collect()
}

struct Finder<'e> {
    extensions: &'e Extensions,
    lost: BTreeSet<u32>,
}

impl<'a> Visitor<'a> for Finder<'_> {
    fn enter(&mut self, node: Node<'a>, _depth: usize) -> bool {
        match node {
            Node::Expr(Expr::Member(member)) => {
                if let Some(found) = self.extensions.as_match(member) {
                    self.lost.remove(&found.start);
                }
            }
            Node::Expr(Expr::Bin(binary)) => {
                if let Some(found) = self.extensions.as_pipe(binary) {
                    self.lost.remove(&found.operator);
                }
            }
            Node::Stmt(ast::Stmt::Throw(throw)) if self.extensions.as_assert(throw).is_some() => {
                self.lost.remove(&offset(throw.span.lo));
            }
            Node::Decl(ast::Decl::TsTypeAlias(alias)) => {
                if let Some(word) = self.extensions.distinct.get(&offset(alias.span.lo)) {
                    self.lost.remove(word);
                }
            }
            _ => {}
        }
        true
    }
}

/// Refuses a tree that is deeper than every later stage expects.
pub(super) fn tree_depth(file: FileId, module: &ast::Module) -> Result<(), Diagnostics> {
    struct Depth(Option<swc_common::Span>);
    impl<'a> Visitor<'a> for Depth {
        fn enter(&mut self, node: Node<'a>, depth: usize) -> bool {
            if depth > limits::TREE_DEPTH_MAX {
                self.0.get_or_insert(node.span());
            }
            self.0.is_none()
        }
    }
    let mut depth = Depth(None);
    walk_module(module, &mut depth);
    let Some(span) = depth.0 else { return Ok(()) };
    let message = format!("this is nested more than {} levels deep", limits::TREE_DEPTH_MAX);
    let diagnostic = Diagnostic::error("JS006", place(file, span), message);
    Err(diagnostic
        .with_help("give the inner parts names, or build the value with `join` or a loop")
        .into())
}

/// Where `|>` stands beside an operator that binds as loosely, so that a reader could take it for something else.
pub(super) fn pipes(file: FileId, module: &ast::Module, extensions: &Extensions) -> Diagnostics {
    let mut mixed = Mixed { file, extensions, found: Diagnostics::default() };
    if !extensions.pipes.is_empty() {
        walk_module(module, &mut mixed);
    }
    mixed.found
}

struct Mixed<'e> {
    file: FileId,
    extensions: &'e Extensions,
    found: Diagnostics,
}

impl Mixed<'_> {
    fn pipe_in(&mut self, expr: &Expr, beside: &str) {
        let Expr::Bin(binary) = expr else { return };
        let Some(pipe) = self.extensions.as_pipe(binary) else { return };
        let span =
            crate::source::Span { file: self.file, start: pipe.operator, end: pipe.operator + 2 };
        let message = format!("`|>` and {beside} need parentheses to say which comes first");
        let help =
            format!("put parentheses around the part with `|>` or around the part with {beside}");
        self.found.push(Diagnostic::error("JS009", span, message).with_help(help));
    }

    /// Whether a conditional stands for the arms of a `match`.
    fn is_arm(&self, cond: &ast::CondExpr) -> bool {
        self.extensions.is_pattern(offset(cond.test.span().lo))
    }
}

impl<'a> Visitor<'a> for Mixed<'_> {
    fn enter(&mut self, node: Node<'a>, _depth: usize) -> bool {
        match node {
            Node::Expr(Expr::Cond(cond)) if !self.is_arm(cond) => {
                self.pipe_in(&cond.test, "`?:`");
                self.pipe_in(&cond.alt, "`?:`");
            }
            Node::Expr(Expr::Bin(binary)) => match self.extensions.as_pipe(binary) {
                Some(pipe) if matches!(pipe.function, Expr::Arrow(_)) => {
                    let span = place(self.file, pipe.function.span());
                    let diagnostic =
                        Diagnostic::error("JS009", span, "an arrow after `|>` needs parentheses");
                    self.found.push(diagnostic.with_help("write `value |> ((x) => …)`"));
                }
                Some(_) => {}
                None => {
                    self.pipe_in(&binary.left, "`||`");
                    self.pipe_in(&binary.right, "another operator");
                }
            },
            _ => {}
        }
        true
    }
}
