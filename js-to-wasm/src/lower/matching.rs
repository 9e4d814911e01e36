//! `match`. In: subject and arms. Out: a chain of conditions.

use swc_ecma_ast::{ArrayLit, Expr as Node, ExprOrSpread, Prop, PropOrSpread, UnaryOp};

use super::{
    Lowered, Lowering,
    ir::{Expr, Order},
    statement::bare,
};
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
            Node::Array(list) => self.test_list(list, value),
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

    /// A list has the length that its pattern says, and elements that match.
    fn test_list(&mut self, list: &ArrayLit, value: Expr) -> Lowered<Expr> {
        let open = list.elems.last().is_some_and(|last| is_rest(last.as_ref()));
        let wanted = Box::new(Expr::Number((list.elems.len() - usize::from(open)) as f64));
        let count = Box::new(Expr::Direct("rt.count", vec![value.clone()]));
        let long = match open {
            true => Expr::Order(Order::GreaterEqual, count, wanted),
            false => Expr::Same(count, wanted),
        };
        // Not `IsArray`, which also takes typed arrays.
        let is_array = Expr::Builtin(
            "Array.isArray".to_owned(),
            Box::new(Expr::Undefined),
            vec![value.clone()],
        );
        let mut test = Expr::And(Box::new(is_array), Box::new(long));
        for (index, element) in list.elems.iter().enumerate() {
            let Some(element) = element.as_ref().filter(|one| !is_rest(Some(one))) else {
                continue;
            };
            let mut body = Vec::new();
            let item = Expr::Direct("rt.item", vec![value.clone(), Expr::Int(index as u32)]);
            let item = self.temporary(item, &mut body);
            let inner = self.test(&element.expr, item)?;
            test = Expr::And(Box::new(test), Box::new(Expr::Do(body, Box::new(inner))));
        }
        Ok(test)
    }
}

/// `..._`
fn is_rest(element: Option<&ExprOrSpread>) -> bool {
    element.is_some_and(|element| element.spread.is_some())
}
