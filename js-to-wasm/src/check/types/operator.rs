//! Operators: what they take and give. In: operands. Out: a type; a diagnostic for operands that would be converted, for comparisons that
//! cannot hold and for defaults that are never used.

use swc_ecma_ast::{self as ast, BinaryOp, Expr, UnaryOp};

use super::{
    Checker,
    narrow::Test,
    ty::{Fresh, Kind, Ty},
};
use crate::{
    check::{booleans::Place, types::rules},
    diagnostic::Diagnostic,
};

impl<'a> Checker<'a> {
    pub(super) fn unary(&mut self, expr: &'a Expr, node: &'a ast::UnaryExpr) -> Ty {
        match node.op {
            UnaryOp::Bang => {
                let (_, _) = self.condition(&node.arg, Place::Not);
                self.record(expr, Ty::BOOLEAN);
                Ty::BOOLEAN
            }
            UnaryOp::TypeOf => {
                _ = self.expr(&node.arg, None);
                Ty::STRING
            }
            UnaryOp::Void => {
                _ = self.expr(&node.arg, None);
                Ty::UNDEFINED
            }
            UnaryOp::Minus | UnaryOp::Plus | UnaryOp::Tilde => {
                let ty = self.expr(&node.arg, None);
                self.must_be_number(&node.arg, ty, node.op.as_str());
                match (node.op, self.store.kind(ty)) {
                    (UnaryOp::Minus, Kind::NumberLiteral(bits, fresh)) => {
                        let (value, fresh) = (-f64::from_bits(*bits), *fresh);
                        self.store.number(value, fresh)
                    }
                    _ => Ty::NUMBER,
                }
            }
            UnaryOp::Delete => {
                _ = self.expr(&node.arg, None);
                Ty::BOOLEAN
            }
        }
    }

    pub(super) fn binary(
        &mut self,
        expr: &'a Expr,
        node: &'a ast::BinExpr,
        expected: Option<Ty>,
    ) -> Ty {
        if let Some(pipe) = self.module.extensions.as_pipe(node) {
            return self.pipe(pipe.value, pipe.function, node.span, expected);
        }
        match node.op {
            BinaryOp::LogicalAnd | BinaryOp::LogicalOr => {
                let (ty, yes, no) = self.logical(expr, node, false);
                let after = yes.join(&no, &mut self.store);
                let reachable = self.flow.reachable;
                self.flow = after;
                self.flow.reachable = reachable;
                ty
            }
            BinaryOp::NullishCoalescing => self.default(node, expected),
            BinaryOp::EqEqEq | BinaryOp::NotEqEq => {
                let outer = std::mem::replace(&mut self.compared, true);
                let left = self.expr(&node.left, None);
                let right = self.expr(&node.right, None);
                self.compared = outer;
                self.comparable(node, left, right);
                Ty::BOOLEAN
            }
            BinaryOp::EqEq | BinaryOp::NotEq | BinaryOp::InstanceOf => {
                _ = self.expr(&node.left, None);
                _ = self.expr(&node.right, None);
                Ty::BOOLEAN
            }
            BinaryOp::In => {
                _ = self.expr(&node.left, None);
                let right = self.expr(&node.right, None);
                self.must_be_object(&node.right, right);
                Ty::BOOLEAN
            }
            BinaryOp::Lt | BinaryOp::LtEq | BinaryOp::Gt | BinaryOp::GtEq => {
                self.ordered(node);
                Ty::BOOLEAN
            }
            BinaryOp::Add => {
                let left = self.expr(&node.left, None);
                let right = self.expr(&node.right, None);
                self.sum((&node.left, left), (&node.right, right))
            }
            _ => {
                let left = self.expr(&node.left, None);
                self.must_be_number(&node.left, left, node.op.as_str());
                let right = self.expr(&node.right, None);
                self.must_be_number(&node.right, right, node.op.as_str());
                Ty::NUMBER
            }
        }
    }

    /// `a ?? b`
    fn default(&mut self, node: &'a ast::BinExpr, expected: Option<Ty>) -> Ty {
        let left = self.expr(&node.left, expected);
        let parts = self.parts(left);
        let unsure = parts.iter().any(|&part| {
            let plain = self.plain(part);
            matches!(
                self.store.kind(plain),
                Kind::Undefined | Kind::Void | Kind::Dynamic | Kind::Unknown | Kind::Param(_)
            )
        });
        if !unsure && !parts.is_empty() {
            self.useless_default(&node.left, left);
        }
        let before = self.flow.clone();
        let right = self.expr(&node.right, expected);
        let after = before.join(&self.flow, &mut self.store);
        self.flow = after;
        let kept = self.without_undefined(left);
        // `unknown` without `undefined` is anything else.
        if kept == Ty::UNKNOWN {
            return Ty::UNKNOWN;
        }
        self.store.union([kept, right])
    }

    /// What `+` gives: a text beside a text, a number of two numbers.
    pub(super) fn sum(&mut self, left: (&'a Expr, Ty), right: (&'a Expr, Ty)) -> Ty {
        let (left, right) = self.summands_present(left, right);
        let (a, b) = (self.summand(left.1), self.summand(right.1));
        match (a, b) {
            (Summand::Text, _) => {
                self.must_be_text(right.0, right.1, "`+` beside a string");
                Ty::STRING
            }
            (_, Summand::Text) => {
                self.must_be_text(left.0, left.1, "`+` beside a string");
                Ty::STRING
            }
            (Summand::Number, Summand::Number) => Ty::NUMBER,
            (Summand::Unsure, _) | (_, Summand::Unsure) => Ty::DYNAMIC,
            (Summand::Number, _) => {
                self.must_be_number(right.0, right.1, "+");
                Ty::NUMBER
            }
            (_, _) => {
                self.must_be_number(left.0, left.1, "+");
                self.must_be_number(right.0, right.1, "+");
                Ty::NUMBER
            }
        }
    }

    /// `undefined` becomes text beside a text, and nothing else.
    fn summands_present(
        &mut self,
        left: (&'a Expr, Ty),
        right: (&'a Expr, Ty),
    ) -> ((&'a Expr, Ty), (&'a Expr, Ty)) {
        let mut sides = [left, right];
        for at in 0..2 {
            let (expr, ty) = sides[at];
            let beside = self.summand(sides[1 - at].1);
            let present = self.without_undefined(ty);
            if present != ty
                && present != Ty::NEVER
                && beside == Summand::Number
                && self.summand(present) == Summand::Text
            {
                self.maybe_missing(expr, ty, "`+`");
                sides[at].1 = present;
            }
        }
        (sides[0], sides[1])
    }

    fn summand(&mut self, ty: Ty) -> Summand {
        let mut parts = self.parts(ty);
        for part in &mut parts {
            *part = self.plain(*part);
            if let Kind::Param(id) = *self.store.kind(*part)
                && let Some(bound) = self.bound_of(id)
            {
                *part = self.plain(bound);
            }
        }
        let text = |kind: &Kind| {
            matches!(kind, Kind::String | Kind::StringLiteral(..) | Kind::Template(..))
        };
        let number = |kind: &Kind| matches!(kind, Kind::Number | Kind::NumberLiteral(..));
        let unsure = |kind: &Kind| matches!(kind, Kind::Dynamic | Kind::Intersection(_));
        let all =
            |test: &dyn Fn(&Kind) -> bool| parts.iter().all(|&part| test(self.store.kind(part)));
        if parts.is_empty() || parts.iter().any(|&part| unsure(self.store.kind(part))) {
            Summand::Unsure
        } else if all(&text) {
            Summand::Text
        } else if all(&number) {
            Summand::Number
        } else if all(&|kind| text(kind) || number(kind)) {
            // A text or a number: what comes out is one of the two.
            Summand::Unsure
        } else {
            Summand::Other
        }
    }

    fn ordered(&mut self, node: &'a ast::BinExpr) {
        let left = self.expr(&node.left, None);
        let right = self.expr(&node.right, None);
        let (a, b) = (self.summand(left), self.summand(right));
        let operator = node.op.as_str();
        match (a, b) {
            (Summand::Number, Summand::Text) | (Summand::Text, Summand::Number) => {
                let (left, right) = (self.show(left), self.show(right));
                let message = format!("`{operator}` cannot compare `{left}` with `{right}`");
                let span = self.module.span(node.span);
                self.report(
                    Diagnostic::error(rules::conversions::RULE.code, span, message)
                        .with_help("convert one of them: `Number(text)` or `` `${number}` ``"),
                );
            }
            (Summand::Other, _) => {
                if b == Summand::Text {
                    self.must_be_string(&node.left, left, operator);
                } else {
                    self.must_be_number(&node.left, left, operator);
                }
            }
            (_, Summand::Other) => {
                if a == Summand::Text {
                    self.must_be_string(&node.right, right, operator);
                } else {
                    self.must_be_number(&node.right, right, operator);
                }
            }
            _ => {}
        }
    }

    /// A comparison of values that are never the same.
    fn comparable(&mut self, node: &'a ast::BinExpr, left: Ty, right: Ty) {
        if matches!(left, Ty::UNDEFINED | Ty::NEVER) || matches!(right, Ty::UNDEFINED | Ty::NEVER) {
            return;
        }
        let fresh = |ty: Ty| {
            let parts = self.store.parts(ty);
            parts.iter().all(|&part| super::show::is_fresh(self.store.kind(part)))
        };
        // Two literals are compared on purpose, if by nobody but a generator of programs.
        if fresh(left) && fresh(right) {
            return;
        }
        let (left, right) = (self.store.regular(left), self.store.regular(right));
        if self.overlaps(left, right) {
            return;
        }
        self.never_equal(node, left, right);
    }

    /// Assigning through an operator: `a += b`.
    pub(super) fn compound(
        &mut self,
        op: ast::AssignOp,
        target: (&'a Expr, Ty),
        value: (&'a Expr, Ty),
    ) -> Ty {
        match op {
            ast::AssignOp::AddAssign => self.sum(target, value),
            _ => {
                let word = op.as_str();
                self.must_be_number(target.0, target.1, word);
                self.must_be_number(value.0, value.1, word);
                Ty::NUMBER
            }
        }
    }

    /// Whether a type's values are all numbers, or nobody knows.
    pub(super) fn is_number_or_unsure(&mut self, ty: Ty) -> bool {
        matches!(self.summand(ty), Summand::Number | Summand::Unsure) && {
            let parts = self.parts(ty);
            parts.iter().all(|&part| {
                let plain = self.plain(part);
                !matches!(
                    self.store.kind(plain),
                    Kind::String | Kind::StringLiteral(..) | Kind::Template(..)
                )
            })
        }
    }

    /// Whether a type's values are all texts, or nobody knows.
    pub(super) fn is_text_or_unsure(&mut self, ty: Ty) -> bool {
        matches!(self.summand(ty), Summand::Text | Summand::Unsure)
    }

    /// The values of a type that are not `undefined`, when it holds others too.
    pub(super) fn present(&mut self, ty: Ty) -> Ty {
        self.filter(ty, &Test::Equals(Ty::UNDEFINED), false)
    }

    /// A literal of the program becomes what a variable of it would be.
    pub(super) fn widened_literal(&mut self, ty: Ty) -> Ty {
        match self.store.kind(ty) {
            Kind::StringLiteral(_, Fresh::Yes)
            | Kind::NumberLiteral(_, Fresh::Yes)
            | Kind::BoolLiteral(_, Fresh::Yes) => self.store.widen(ty),
            _ => ty,
        }
    }
}

/// What stands beside `+`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Summand {
    Text,
    Number,
    /// Not known.
    Unsure,
    /// Known, and neither.
    Other,
}
