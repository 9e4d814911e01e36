//! Conditions: where the language wants a boolean, and the two flows that follow. In: a condition. Out: what holds when it is true, and
//! what holds when it is false; a diagnostic when its type is known and is no boolean.

use swc_common::Spanned;
use swc_ecma_ast::{self as ast, BinaryOp, Expr, UnaryOp};

use super::{
    Checker,
    flow::Flow,
    ty::{Kind, Ty},
};
use crate::check::{
    Truthiness,
    booleans::{self, Place},
};

impl<'a> Checker<'a> {
    /// Checks a condition, and gives the flows in which it is true and false.
    pub(super) fn condition(&mut self, expr: &'a Expr, place: Place) -> (Flow, Flow) {
        let (ty, yes, no) = self.outcomes_of(expr);
        self.boolean(expr, ty, place);
        (yes, no)
    }

    /// The flows after an expression that was checked already, as a condition.
    pub(super) fn outcomes(&mut self, expr: &'a Expr) -> (Flow, Flow) {
        (self.narrowed(expr, true), self.narrowed(expr, false))
    }

    /// The type of a condition and both flows. Each operand is looked at once.
    fn outcomes_of(&mut self, expr: &'a Expr) -> (Ty, Flow, Flow) {
        match expr {
            Expr::Paren(node) => {
                let found = self.outcomes_of(&node.expr);
                self.record(expr, found.0);
                found
            }
            Expr::Unary(node) if node.op == UnaryOp::Bang => {
                let (yes, no) = self.condition(&node.arg, Place::Not);
                self.record(expr, Ty::BOOLEAN);
                (Ty::BOOLEAN, no, yes)
            }
            Expr::Bin(node)
                if matches!(node.op, BinaryOp::LogicalAnd | BinaryOp::LogicalOr)
                    && self.module.extensions.as_pipe(node).is_none() =>
            {
                self.logical(expr, node, false)
            }
            _ => {
                let ty = self.expr(expr, None);
                let (yes, no) = self.outcomes(expr);
                (ty, yes, no)
            }
        }
    }

    /// `a && b`, `a || b`. In an element `flag && <b/>` is an element or nothing.
    pub(super) fn logical(
        &mut self,
        expr: &'a Expr,
        node: &'a ast::BinExpr,
        in_element: bool,
    ) -> (Ty, Flow, Flow) {
        let and = node.op == BinaryOp::LogicalAnd;
        let place = if and { Place::And } else { Place::Or };
        let (left, yes, no) = self.outcomes_of(&node.left);
        let mut fits = self.boolean(&node.left, left, place);
        let before = self.flow.clone();
        self.flow = if and { yes.clone() } else { no.clone() };
        let right = match in_element {
            true => {
                let ty = self.element_value(&node.right);
                let (yes, no) = self.outcomes(&node.right);
                (ty, yes, no)
            }
            false => self.outcomes_of(&node.right),
        };
        // Where operands are given back, the right one is judged where the result is a condition.
        if !(in_element && and) && self.truthiness == Truthiness::Strict {
            fits &= self.boolean(&node.right, right.0, place);
        }
        self.flow = before;
        let kept = self.filter(left, &super::narrow::Test::Truthy, !and);
        // What was refused once is not refused again by what stands around it.
        let ty = match fits {
            true => self.store.union([kept, right.0]),
            false => Ty::DYNAMIC,
        };
        self.record(expr, ty);
        match and {
            true => (ty, right.1, no.join(&right.2, &mut self.store)),
            false => (ty, yes.join(&right.1, &mut self.store), right.2),
        }
    }

    /// Refuses what is known to be no boolean.
    pub(super) fn boolean(&mut self, expr: &'a Expr, ty: Ty, place: Place) -> bool {
        let plain = self.plain(ty);
        let mut parts = self.parts(plain);
        for part in &mut parts {
            *part = self.plain(*part);
        }
        let known = parts.iter().all(|&part| {
            !matches!(
                self.store.kind(part),
                Kind::Dynamic | Kind::Unknown | Kind::Param(_) | Kind::Intersection(_)
            )
        });
        let boolean = |kind: &Kind| matches!(kind, Kind::Boolean | Kind::BoolLiteral(..));
        let mut kinds = parts.iter().map(|&part| self.store.kind(part));
        let passes = match self.truthiness {
            _ if !known || parts.is_empty() => true,
            Truthiness::Strict => kinds.all(boolean),
            Truthiness::Typed => kinds.any(super::relate::is_primitive),
        };
        if passes {
            if self.truthiness == Truthiness::Typed && self.without_undefined(ty) == Ty::NEVER {
                self.never_true(expr, place, ty);
            }
            return true;
        }
        let class = self.class(&parts);
        let shown = self.show(ty);
        let span = self.module.span(expr.unwrap_parens());
        self.report(booleans::refuse(place, class, &shown, span, self.truthiness));
        false
    }

    /// A value that is always `undefined` decides nothing.
    fn never_true(&mut self, expr: &'a Expr, place: Place, ty: Ty) {
        if ty == Ty::NEVER {
            return;
        }
        let (rule, operator) = place.named();
        let name = self.name_of(expr);
        let message = format!("{name} is always `undefined`, and never true for `{operator}`");
        self.warning(rule, expr.span(), message, "remove it");
    }

    /// What kind of value stands where a boolean should.
    fn class(&mut self, parts: &[Ty]) -> booleans::Class {
        use booleans::Class;
        let mut classes = parts.iter().map(|&part| match self.store.kind(part) {
            Kind::Boolean | Kind::BoolLiteral(..) => Class::Boolean,
            Kind::Number | Kind::NumberLiteral(..) => Class::Number,
            Kind::String | Kind::StringLiteral(..) | Kind::Template(..) => Class::String,
            Kind::Undefined | Kind::Void => Class::Undefined,
            Kind::Function(_) => Class::Function,
            _ => Class::Object,
        });
        let optional = parts.iter().any(|&part| matches!(part, Ty::UNDEFINED | Ty::VOID));
        if optional && parts.len() > 1 {
            return Class::Optional;
        }
        let first = classes.next().unwrap_or(Class::Object);
        if classes.all(|class| class == first) { first } else { Class::Mixed }
    }
}
