//! Conditions, and the operators that choose by one. In: trees. Out: tests whose value is a boolean. Where conditions must be booleans, a
//! test is the value itself, and what is none is a fault when it runs; where the settings say `"truthiness": "typed"`, a value counts
//! as Node counts it, and `&&` and `||` give one of their operands.

use swc_ecma_ast::{BinExpr, BinaryOp, Expr as Node};

use super::{
    Lowered, Lowering,
    ir::{Expr, Stmt},
};
use crate::check::{Truthiness, types::Type};

impl Lowering<'_> {
    /// The test of `if`, `?:`, `assert` and `!`.
    pub(super) fn condition(&mut self, node: &Node) -> Lowered<Expr> {
        let value = self.expression(node)?.at(self.place(node));
        if self.is_test(node) {
            return Ok(value);
        }
        let mut body = Vec::new();
        let value = self.temporary(value, &mut body);
        Ok(self.counts_as_true(value, body))
    }

    /// `a && b`, `a || b`.
    pub(super) fn logical(&mut self, node: &BinExpr) -> Lowered<Expr> {
        let and = node.op == BinaryOp::LogicalAnd;
        let left = self.expression(&node.left)?;
        let right = self.expression(&node.right)?;
        if self.is_test(&node.left) && self.is_test(&node.right) {
            let (left, right) = (Box::new(left), Box::new(right));
            let both = if and { Expr::And(left, right) } else { Expr::Or(left, right) };
            return Ok(both.at(self.place(node)));
        }
        let mut body = Vec::new();
        let left = self.temporary(left, &mut body);
        let test = self.counts_as_true(left.clone(), Vec::new());
        let (yes, no) = if and { (right, left) } else { (left, right) };
        let chosen = Expr::If(Box::new(test), Box::new(yes), Box::new(no));
        Ok(if body.is_empty() { chosen } else { Expr::Do(body, Box::new(chosen)) })
    }

    /// Whether the value of an expression is used as it is where a boolean is wanted.
    fn is_test(&self, node: &Node) -> bool {
        let types = &self.program.types;
        types.truthiness() == Truthiness::Strict
            || types.form(self.module.span(node.unwrap_parens())) == Type::Boolean
    }

    /// Whether a value is none of `undefined`, `null`, `false`, `0`, `NaN` and `""`.
    fn counts_as_true(&mut self, value: Expr, body: Vec<Stmt>) -> Expr {
        let same = |other: Expr| Expr::Same(Box::new(value.clone()), Box::new(other));
        let not = |test: Expr| Expr::Not(Box::new(test));
        let tests = [
            not(Expr::Absent(Box::new(value.clone()))),
            not(same(Expr::Bool(false))),
            not(same(Expr::Number(0.0))),
            // `NaN` is the only value that is not equal to itself.
            same(value.clone()),
            not(same(self.text(""))),
        ];
        let all = tests.into_iter().reduce(|one, other| Expr::And(Box::new(one), Box::new(other)));
        let all = all.unwrap_or(Expr::Bool(true));
        if body.is_empty() { all } else { Expr::Do(body, Box::new(all)) }
    }
}
