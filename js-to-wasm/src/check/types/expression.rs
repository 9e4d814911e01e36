//! The type of an expression. In: an expression, and perhaps the type that is expected of it. Out: its type, recorded by place. Literals
//! keep their value; whoever holds them widens.

use swc_atoms::Atom;
use swc_ecma_ast::{self as ast, Expr, Lit};

use super::{
    Checker,
    flow::Path,
    function::FunctionNode,
    ty::{Fresh, Kind, Ty},
};
use crate::check::booleans::Place;

impl<'a> Checker<'a> {
    /// Infers an expression and records its type.
    pub(super) fn expr(&mut self, expr: &'a Expr, expected: Option<Ty>) -> Ty {
        let ty = match self.spend(1) {
            true => self.infer(expr, expected),
            false => Ty::DYNAMIC,
        };
        self.record(expr, ty);
        ty
    }

    /// Records the type of an expression.
    pub(super) fn record(&mut self, expr: &'a Expr, ty: Ty) {
        self.expressions.insert(self.module.span(expr), ty);
    }

    fn infer(&mut self, expr: &'a Expr, expected: Option<Ty>) -> Ty {
        if let Some(found) = self.module.extensions.match_of(expr) {
            return self.match_(&found, expected);
        }
        match expr {
            Expr::Paren(node) => self.expr(&node.expr, expected),
            Expr::Lit(lit) => self.literal(lit),
            Expr::Ident(ident) => self.name(ident),
            Expr::Tpl(node) => self.template(node),
            Expr::Array(node) => self.array(node, expected),
            Expr::Object(node) => self.object(node, expected),
            Expr::Arrow(node) => self.arrow(node, expected),
            Expr::Unary(node) => self.unary(expr, node),
            Expr::Bin(node) => self.binary(expr, node, expected),
            Expr::Assign(node) => self.assignment(node),
            Expr::Cond(node) => self.conditional(node, expected),
            Expr::Member(node) => self.member(expr, node),
            Expr::Call(node) => self.call(node, expected),
            Expr::OptChain(node) => self.chain(expr, node, expected),
            Expr::JSXElement(node) => self.element(node),
            Expr::JSXFragment(node) => self.fragment(node),
            Expr::Seq(node) => {
                let mut last = Ty::UNDEFINED;
                for one in &node.exprs {
                    last = self.expr(one, None);
                }
                last
            }
            // Refused by other rules; what is inside is looked at all the same.
            Expr::TsAs(node) => self.refused(&node.expr),
            Expr::TsSatisfies(node) => self.refused(&node.expr),
            Expr::TsNonNull(node) => self.refused(&node.expr),
            Expr::TsTypeAssertion(node) => self.refused(&node.expr),
            Expr::TsConstAssertion(node) => self.refused(&node.expr),
            Expr::Await(node) => self.refused(&node.arg),
            Expr::Update(node) => self.refused(&node.arg),
            Expr::New(node) => {
                _ = self.refused(&node.callee);
                for argument in node.args.iter().flatten() {
                    _ = self.expr(&argument.expr, None);
                }
                Ty::DYNAMIC
            }
            _ => Ty::DYNAMIC,
        }
    }

    fn refused(&mut self, expr: &'a Expr) -> Ty {
        _ = self.expr(expr, None);
        Ty::DYNAMIC
    }

    fn literal(&mut self, lit: &Lit) -> Ty {
        match lit {
            Lit::Str(node) => {
                let text = Atom::from(&*node.value.to_string_lossy());
                self.store.string(text, Fresh::Yes)
            }
            Lit::Num(node) => self.store.number(node.value, Fresh::Yes),
            Lit::Bool(node) if node.value => Ty::FRESH_TRUE,
            Lit::Bool(_) => Ty::FRESH_FALSE,
            Lit::Null(_) | Lit::BigInt(_) | Lit::Regex(_) | Lit::JSXText(_) => Ty::DYNAMIC,
        }
    }

    fn name(&mut self, ident: &'a ast::Ident) -> Ty {
        let Some(id) = self.use_of(ident) else {
            return if &*ident.sym == "undefined" { Ty::UNDEFINED } else { Ty::DYNAMIC };
        };
        let path = Path { root: id, names: Vec::new() };
        if let Some(ty) = self.flow.get(&path) {
            return ty;
        }
        if let (Some(name), false) = (self.unread.get(&id).cloned(), self.compared) {
            self.unread_result(ident, &name);
        }
        self.binding_type(id)
    }

    fn template(&mut self, node: &'a ast::Tpl) -> Ty {
        for expr in &node.exprs {
            let ty = self.expr(expr, None);
            self.must_be_text(expr, ty, "a template");
        }
        match (node.exprs.as_slice(), node.quasis.as_slice()) {
            ([], [only]) => {
                let text = super::declare::cooked(only);
                self.store.string(text, Fresh::Yes)
            }
            _ => Ty::STRING,
        }
    }

    fn arrow(&mut self, node: &'a ast::ArrowExpr, expected: Option<Ty>) -> Ty {
        let flow = self.flow.clone();
        self.function_value(FunctionNode::Arrow(node), expected, flow)
    }

    fn conditional(&mut self, node: &'a ast::CondExpr, expected: Option<Ty>) -> Ty {
        let (yes, no) = self.condition(&node.test, Place::Conditional);
        let outer = std::mem::replace(&mut self.flow, yes);
        let left = self.expr(&node.cons, expected);
        let after_left = std::mem::replace(&mut self.flow, no);
        let right = self.expr(&node.alt, expected);
        let joined = after_left.join(&self.flow, &mut self.store);
        self.flow = joined;
        self.flow.reachable = outer.reachable;
        let both = self.normalized(vec![left, right]);
        self.store.union(both)
    }

    /// Object literals of one list, or of the arms of one choice, all get each other's fields as optional ones.
    pub(super) fn normalized(&mut self, list: Vec<Ty>) -> Vec<Ty> {
        let mut names: Vec<Atom> = Vec::new();
        let mut literals = 0;
        for &ty in &list {
            if let Kind::Record(record) = self.store.kind(ty)
                && record.fresh == Fresh::Yes
                && record.index.is_none()
            {
                literals += 1;
                for field in &record.fields {
                    if !names.contains(&field.name) {
                        names.push(field.name.clone());
                    }
                }
            }
        }
        if literals < 2 || names.len() > 64 {
            return list;
        }
        let mut out = Vec::with_capacity(list.len());
        for ty in list {
            let Kind::Record(record) = self.store.kind(ty).clone() else {
                out.push(ty);
                continue;
            };
            if record.fresh == Fresh::No || record.fields.len() == names.len() {
                out.push(ty);
                continue;
            }
            let mut record = (*record).clone();
            for name in &names {
                if record.fields.iter().all(|field| field.name != *name) {
                    let field = super::ty::field(name.clone(), Ty::UNDEFINED);
                    record.fields.push(super::ty::Field { optional: true, ..field });
                }
            }
            out.push(self.store.intern(Kind::Record(std::sync::Arc::new(record))));
        }
        out
    }
}
