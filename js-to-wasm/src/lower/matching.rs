//! `match`. In: subject and arms. Out: a chain of conditions.

use swc_ecma_ast::{Expr as Node, Prop, PropOrSpread, UnaryOp};

use super::{Lowered, Lowering, ir::Expr, statement::bare};
use crate::parse::Match;

impl Lowering<'_> {
    pub(super) fn matching(&mut self, matching: &Match<'_>) -> Lowered<Expr> {
        let mut body = Vec::new();
        let subject = self.expression(matching.subject)?;
        let subject = self.temporary(subject, &mut body);
        let default = matching.arms.iter().find(|arm| arm.pattern.is_none());
        let mut result = match default {
            Some(arm) => self.expression(arm.body)?,
            None => Expr::Undefined,
        };
        // Lowered in the order of the text, chained from the last to the first.
        let mut arms = Vec::new();
        for arm in &matching.arms {
            let Some(pattern) = arm.pattern else { continue };
            let test = self.test(pattern, subject.clone())?;
            arms.push((test, self.expression(arm.body)?));
        }
        for (test, value) in arms.into_iter().rev() {
            result = Expr::If(Box::new(test), Box::new(value), Box::new(result));
        }
        Ok(if body.is_empty() { result } else { Expr::Do(body, Box::new(result)) })
    }

    /// Whether a value matches a pattern.
    fn test(&mut self, pattern: &Node, value: Expr) -> Lowered<Expr> {
        match bare(pattern) {
            Node::Ident(name) if name.sym == *"_" => Ok(Expr::Bool(true)),
            Node::Ident(name) if name.sym == *"undefined" => Ok(Expr::Absent(Box::new(value))),
            Node::Lit(literal) => {
                let literal = self.literal(literal)?;
                Ok(self.same(value, literal))
            }
            Node::Unary(unary) if unary.op == UnaryOp::Minus => {
                let literal = self.expression(pattern)?;
                Ok(self.same(value, literal))
            }
            Node::Tpl(template) if template.exprs.is_empty() => {
                let literal = self.template(template)?;
                Ok(self.same(value, literal))
            }
            Node::Object(object) => self.test_object(object, value),
            other => Err(self.not_compiled(other, "this pattern")),
        }
    }

    fn test_object(&mut self, object: &swc_ecma_ast::ObjectLit, value: Expr) -> Lowered<Expr> {
        let mut test = Expr::Not(Box::new(Expr::Absent(Box::new(value.clone()))));
        for property in &object.props {
            let PropOrSpread::Prop(property) = property else {
                return Err(self.not_compiled(property, "a spread in a pattern"));
            };
            let Prop::KeyValue(pair) = &**property else {
                return Err(self.not_compiled(&**property, "this pattern"));
            };
            let key = self.property_name(&pair.key)?;
            let item = self.member_with_key(value.clone(), key);
            let mut body = Vec::new();
            let item = self.temporary(item, &mut body);
            let inner = self.test(&pair.value, item)?;
            test = Expr::And(Box::new(test), Box::new(Expr::Do(body, Box::new(inner))));
        }
        Ok(test)
    }
}
