//! Arguments of a call, before their types are known and after.

use swc_ecma_ast::{self as ast, Expr};

use super::{Checker, ty::Ty};

/// One argument.
#[derive(Debug, Clone, Copy)]
pub(super) struct Argument<'a> {
    pub(super) expr: &'a Expr,
    /// `...list`
    pub(super) spread: bool,
    /// Its type, when it was inferred.
    pub(super) ty: Option<Ty>,
}

impl<'a> Checker<'a> {
    /// The arguments of a call.
    pub(super) fn arguments(&self, list: &'a [ast::ExprOrSpread]) -> Vec<Argument<'a>> {
        list.iter()
            .map(|one| Argument { expr: &one.expr, spread: one.spread.is_some(), ty: None })
            .collect()
    }
}
