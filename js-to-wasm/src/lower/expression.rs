//! Expressions: operators, names, assignments. In: trees. Out: expressions with their places where they can fail.

use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, BinExpr, BinaryOp, Expr as Node, Ident, OptChainBase,
    SimpleAssignTarget, UnaryOp,
};

use super::{
    Lowered, Lowering,
    ir::{Arith, Expr, Order, Stmt},
    scope::Binding,
};
use crate::{diagnostic::Diagnostic, wasm::runtime::runtime};

impl Lowering<'_> {
    /// Lowers an expression.
    pub(super) fn expression(&mut self, node: &Node) -> Lowered<Expr> {
        if let Node::Paren(inner) = node {
            return self.expression(&inner.expr);
        }
        let value = self.value_of(node)?;
        Ok(self.looked_at(value, node))
    }

    fn value_of(&mut self, node: &Node) -> Lowered<Expr> {
        match node {
            Node::Lit(literal) => self.literal(literal),
            Node::Tpl(template) => self.template(template),
            Node::Ident(name) => self.name(name),
            Node::Array(list) => self.array(&list.elems),
            Node::Object(object) => self.object(object),
            Node::Arrow(arrow) => {
                let id = self.inner_function("(arrow)", &arrow.span);
                self.arrow_as(id, arrow)?;
                self.ir.functions[id.0 as usize].is_value = true;
                Ok(Expr::Function(id))
            }
            Node::Bin(binary) => self.binary(binary),
            Node::Unary(unary) => self.unary(unary),
            Node::Cond(node) => {
                let test = self.condition(&node.test)?;
                let (yes, no) = (self.expression(&node.cons)?, self.expression(&node.alt)?);
                Ok(Expr::If(Box::new(test), Box::new(yes), Box::new(no)))
            }
            Node::Member(member) => match self.module.extensions.as_match(member) {
                Some(matching) => self.matching(&matching),
                None => self.member(member),
            },
            Node::Call(call) => self.call(call),
            Node::OptChain(chain) => {
                let inner = self.chain(chain)?;
                Ok(Expr::Optional(Box::new(inner)))
            }
            Node::Assign(assign) => self.assign(assign),
            Node::JSXElement(element) => self.element(element),
            Node::JSXFragment(fragment) => self.fragment(fragment),
            Node::TsAs(node) => self.expression(&node.expr),
            Node::TsSatisfies(node) => self.expression(&node.expr),
            Node::TsNonNull(node) => self.expression(&node.expr),
            Node::TsConstAssertion(node) => self.expression(&node.expr),
            Node::TsInstantiation(node) => self.expression(&node.expr),
            other => Err(self.not_compiled(other, "this expression")),
        }
    }

    /// One link of an optional chain; `?.` leaves the whole chain.
    pub(super) fn chain(&mut self, chain: &swc_ecma_ast::OptChainExpr) -> Lowered<Expr> {
        match &*chain.base {
            OptChainBase::Member(member) => {
                let object = self.chain_head(&member.obj, chain.optional)?;
                let place = self.place(member);
                Ok(self.member_of(object, &member.prop)?.at(place))
            }
            OptChainBase::Call(call) => self.chain_call(call, chain.optional),
        }
    }

    /// What stands left of a link, within the same chain.
    pub(super) fn chain_head(&mut self, node: &Node, optional: bool) -> Lowered<Expr> {
        let value = match node {
            Node::OptChain(inner) => self.chain(inner)?,
            other => self.expression(other)?,
        };
        Ok(if optional { Expr::ExitIfAbsent(Box::new(value)) } else { value })
    }

    fn name(&mut self, name: &Ident) -> Lowered<Expr> {
        match self.resolve(&name.sym) {
            Some(Binding::Var(var)) => Ok(self.read(var)),
            Some(Binding::Host(module, export)) => self.host_value(name, (module, export)),
            None => match &*name.sym {
                "undefined" => Ok(Expr::Undefined),
                "NaN" => Ok(Expr::Number(f64::NAN)),
                "Infinity" => Ok(Expr::Number(f64::INFINITY)),
                "Fragment" => Ok(Expr::Undefined),
                global if let Some(function) = super::host::global(global) => {
                    self.host_value(name, function)
                }
                global if runtime().export(global).is_some() && !global.starts_with("rt.") => {
                    Ok(Expr::BuiltinValue(global.to_owned()))
                }
                _ => Err(self.unknown_name(name)),
            },
        }
    }

    /// A diagnostic for a name that means nothing here.
    pub(super) fn unknown_name(&self, name: &Ident) -> Box<Diagnostic> {
        let message = format!("`{}` is not defined", name.sym);
        Box::new(Diagnostic::error("JS802", self.place(name), message))
    }

    /// `left === right`, as cheaply as it can be said.
    pub(super) fn same(&mut self, left: Expr, right: Expr) -> Expr {
        match (left.bare(), right.bare()) {
            (Expr::Undefined, _) => Expr::Absent(Box::new(right)),
            (_, Expr::Undefined) => Expr::Absent(Box::new(left)),
            _ => Expr::Same(Box::new(left), Box::new(right)),
        }
    }

    fn binary(&mut self, node: &BinExpr) -> Lowered<Expr> {
        if let Some(pipe) = self.module.extensions.as_pipe(node) {
            return self.pipe(&pipe, node);
        }
        if matches!(node.op, BinaryOp::LogicalAnd | BinaryOp::LogicalOr) {
            return self.logical(node);
        }
        let place = self.place(node);
        if node.op == BinaryOp::In {
            let (name, target) = (self.expression(&node.left)?, self.expression(&node.right)?);
            return Ok(Expr::Direct("rt.has", vec![name, target]).at(place));
        }
        let left = self.expression(&node.left)?;
        let right = self.expression(&node.right)?;
        match operator(node.op, left, right) {
            Some(Expr::Same(left, right)) => Ok(self.same(*left, *right)),
            Some(Expr::Not(inner)) => match *inner {
                Expr::Same(left, right) => Ok(Expr::Not(Box::new(self.same(*left, *right)))),
                other => Ok(Expr::Not(Box::new(other))),
            },
            Some(expr) => Ok(expr.at(place)),
            None => Err(self.not_compiled(node, "this operator")),
        }
    }

    fn unary(&mut self, node: &swc_ecma_ast::UnaryExpr) -> Lowered<Expr> {
        let place = self.place(node);
        if node.op == UnaryOp::Bang {
            return Ok(Expr::Not(Box::new(self.condition(&node.arg)?)).at(place));
        }
        let value = self.expression(&node.arg)?;
        let value = match (node.op, value.bare()) {
            (UnaryOp::Minus, Expr::Number(number)) => return Ok(Expr::Number(-number)),
            _ => Box::new(value),
        };
        Ok(match node.op {
            UnaryOp::Minus => Expr::Negate(value).at(place),
            UnaryOp::Plus => Expr::Direct("rt.unary_plus", vec![*value]).at(place),
            UnaryOp::Bang => Expr::Not(value),
            UnaryOp::Tilde => Expr::BitNot(value).at(place),
            UnaryOp::TypeOf => Expr::Direct("rt.typeof", vec![*value]),
            UnaryOp::Void => Expr::Do(vec![Stmt::Expr(*value)], Box::new(Expr::Undefined)),
            UnaryOp::Delete => return Err(self.not_compiled(node, "`delete`")),
        })
    }

    fn assign(&mut self, node: &AssignExpr) -> Lowered<Expr> {
        let place = self.place(node);
        let AssignTarget::Simple(target) = &node.left else {
            return Err(self.not_compiled(node, "assignment to a pattern"));
        };
        match target {
            SimpleAssignTarget::Ident(name) => self.assign_name(node, &name.id),
            SimpleAssignTarget::Paren(inner) => match &*inner.expr {
                Node::Ident(name) => self.assign_name(node, name),
                Node::Member(member) => Ok(self.assign_member(node, member)?.at(place)),
                other => Err(self.not_compiled(other, "this assignment")),
            },
            SimpleAssignTarget::Member(member) => Ok(self.assign_member(node, member)?.at(place)),
            other => Err(self.not_compiled(other, "this assignment")),
        }
    }

    fn assign_name(&mut self, node: &AssignExpr, name: &Ident) -> Lowered<Expr> {
        let Some(Binding::Var(var)) = self.resolve(&name.sym) else {
            return Err(self.unknown_name(name));
        };
        let entry = &self.ir.vars[var.0 as usize];
        if entry.function.is_some() || entry.constant.is_some() {
            return Err(self.not_compiled(node, "assignment to a constant"));
        }
        self.note_use(var);
        let value = self.expression(&node.right)?;
        self.ir.vars[var.0 as usize].assigned = true;
        let value = match node.op {
            AssignOp::Assign => value,
            compound => {
                match compound.to_update().and_then(|op| operator(op, Expr::Var(var), value)) {
                    Some(expr) => expr.at(self.place(node)),
                    None => return Err(self.not_compiled(node, "this assignment")),
                }
            }
        };
        Ok(Expr::Set(var, Box::new(value)))
    }

    fn assign_member(
        &mut self,
        node: &AssignExpr,
        member: &swc_ecma_ast::MemberExpr,
    ) -> Lowered<Expr> {
        let mut body = Vec::new();
        let object = self.expression(&member.obj)?;
        let object = self.temporary(object, &mut body);
        let key = self.member_key(&member.prop)?;
        let key = self.temporary(key, &mut body);
        let value = match node.op {
            AssignOp::Assign => self.expression(&node.right)?,
            compound => {
                let old = self.member_with_key(object.clone(), key.clone());
                let old = self.temporary(old, &mut body);
                let value = self.expression(&node.right)?;
                match compound.to_update().and_then(|op| operator(op, old, value)) {
                    Some(expr) => expr,
                    None => return Err(self.not_compiled(node, "this assignment")),
                }
            }
        };
        let value = self.temporary(value, &mut body);
        let entry = if matches!(key, Expr::Text(_)) { "rt.set" } else { "rt.set_index" };
        body.push(Stmt::Expr(
            Expr::Direct(entry, vec![object, key, value.clone()]).at(self.place(node)),
        ));
        Ok(Expr::Do(body, Box::new(value)))
    }
}

/// A binary operator without `in` and those that choose.
pub(super) fn operator(op: BinaryOp, left: Expr, right: Expr) -> Option<Expr> {
    let (left, right) = (Box::new(left), Box::new(right));
    let arith = |op, left, right| Some(Expr::Arith(op, left, right));
    match op {
        BinaryOp::Add => Some(Expr::Add(left, right)),
        BinaryOp::Sub => arith(Arith::Sub, left, right),
        BinaryOp::Mul => arith(Arith::Mul, left, right),
        BinaryOp::Div => arith(Arith::Div, left, right),
        BinaryOp::Mod => arith(Arith::Rem, left, right),
        BinaryOp::Exp => arith(Arith::Pow, left, right),
        BinaryOp::BitAnd => arith(Arith::BitAnd, left, right),
        BinaryOp::BitOr => arith(Arith::BitOr, left, right),
        BinaryOp::BitXor => arith(Arith::BitXor, left, right),
        BinaryOp::LShift => arith(Arith::Shl, left, right),
        BinaryOp::RShift => arith(Arith::Shr, left, right),
        BinaryOp::ZeroFillRShift => arith(Arith::UShr, left, right),
        BinaryOp::Lt => Some(Expr::Order(Order::Less, left, right)),
        BinaryOp::LtEq => Some(Expr::Order(Order::LessEqual, left, right)),
        BinaryOp::Gt => Some(Expr::Order(Order::Greater, left, right)),
        BinaryOp::GtEq => Some(Expr::Order(Order::GreaterEqual, left, right)),
        BinaryOp::EqEqEq => Some(Expr::Same(left, right)),
        BinaryOp::NotEqEq => Some(Expr::Not(Box::new(Expr::Same(left, right)))),
        BinaryOp::NullishCoalescing => Some(Expr::Nullish(left, right)),
        BinaryOp::LogicalAnd
        | BinaryOp::LogicalOr
        | BinaryOp::EqEq
        | BinaryOp::NotEq
        | BinaryOp::In
        | BinaryOp::InstanceOf => None,
    }
}
