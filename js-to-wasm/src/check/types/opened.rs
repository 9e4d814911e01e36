//! Types of values that cross the handler's border as JSON → what the names in them stand for. In: the types of arguments of `json(…)`
//! and of values that are checked when they arrive. Out: for each name, indexed or computed type in them the type behind it, so that
//! who describes the border needs no declarations. Never happens here: reporting; what takes too long stays a name.

use std::collections::{BTreeSet, HashMap};

use swc_ecma_ast::{Callee, Expr, MemberProp};

use super::{
    Checker,
    ty::{Kind, Ty},
};
use crate::parse::{
    Module,
    walk::{Node, Visitor, walk_module},
};

/// Most types that are looked into.
const TYPES_MAX: usize = 4096;

impl Checker<'_> {
    /// What the names stand for.
    pub(super) fn opened(&mut self) -> HashMap<Ty, Ty> {
        let mut open: Vec<Ty> = self.checks.values().map(|check| check.ty).collect();
        for module in &self.program.modules {
            let mut arguments = Arguments { module, spans: Vec::new() };
            walk_module(&module.ast, &mut arguments);
            open.extend(arguments.spans.iter().filter_map(|span| self.expressions.get(span)));
        }
        let mut seen: BTreeSet<Ty> = open.iter().copied().collect();
        let mut opened = HashMap::new();
        while let Some(ty) = open.pop() {
            if seen.len() > TYPES_MAX || self.store.is_open(ty) {
                continue;
            }
            if self.is_of_the_library(ty) {
                continue;
            }
            let mut behind = self.resolve(ty);
            if behind == ty && matches!(self.store.kind(ty), Kind::Named(..)) {
                behind = self.distinct_base(ty).unwrap_or(Ty::DYNAMIC);
            }
            if behind != ty {
                opened.insert(ty, behind);
            }
            let inside: Vec<Ty> = match self.store.kind(behind) {
                Kind::Array(of, _) => vec![*of],
                Kind::Tuple(elements, _) => elements.iter().map(|element| element.ty).collect(),
                Kind::Record(record) => {
                    record.fields.iter().map(|field| field.ty).chain(record.index).collect()
                }
                Kind::Union(parts) | Kind::Intersection(parts) => parts.to_vec(),
                Kind::Named(..) => vec![behind],
                _ => Vec::new(),
            };
            open.extend(inside.into_iter().filter(|inner| seen.insert(*inner)));
        }
        opened
    }

    /// Whether it is the library's own: what JSON shows of it is not what its declaration says. A `Result` is like an object.
    fn is_of_the_library(&self, ty: Ty) -> bool {
        let Kind::Named(decl, _) = *self.store.kind(ty) else { return false };
        let decl = self.tables.decl(decl);
        decl.unit == 0 && decl.name != *"Result"
    }
}

/// Finds the first arguments of calls of a method `json`.
struct Arguments<'a> {
    module: &'a Module,
    spans: Vec<crate::source::Span>,
}

impl<'a> Visitor<'a> for Arguments<'_> {
    fn enter(&mut self, node: Node<'a>, _depth: usize) -> bool {
        if let Node::Expr(Expr::Call(call)) = node
            && let Callee::Expr(callee) = &call.callee
            && let Expr::Member(member) = callee.unwrap_parens()
            && let MemberProp::Ident(name) = &member.prop
            && name.sym == *"json"
            && let Some(argument) = call.args.first()
        {
            self.spans.push(self.module.span(argument.expr.unwrap_parens()));
        }
        true
    }
}
