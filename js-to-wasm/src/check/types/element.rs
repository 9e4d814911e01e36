//! Elements: `<p>…</p>`. In: an element. Out: the type of elements; diagnostics for what a component does not take. Conditions in child
//! position may be left out: `flag && <b/>` is an element or nothing.

use std::sync::Arc;

use swc_atoms::Atom;
use swc_ecma_ast::{self as ast, BinaryOp, Expr};

use super::{
    Checker,
    ty::{Field, Fresh, Kind, Record, Ty, field},
};

impl<'a> Checker<'a> {
    pub(super) fn element(&mut self, node: &'a ast::JSXElement) -> Ty {
        let component = self.component(&node.opening.name);
        let expected = component.and_then(|ty| {
            let signature = self.context_signature(ty)?;
            signature.generics.is_empty().then_some(())?;
            signature.params.first().map(|param| param.ty)
        });
        let mut props =
            Record { fields: Vec::new(), index: None, calls: Arc::from([]), fresh: Fresh::Yes };
        let mut unsure = false;
        for attribute in &node.opening.attrs {
            match attribute {
                ast::JSXAttrOrSpread::SpreadElement(spread) => {
                    let ty = self.expr(&spread.expr, None);
                    let plain = self.plain(ty);
                    match self.store.kind(plain).clone() {
                        Kind::Record(record) => {
                            for one in &record.fields {
                                put(&mut props, one.clone());
                            }
                        }
                        _ => unsure = true,
                    }
                }
                ast::JSXAttrOrSpread::JSXAttr(attribute) => {
                    self.attribute(&mut props, attribute, expected);
                }
            }
        }
        let children = self.children(&node.children);
        if children {
            put(&mut props, field(Atom::from("children"), Ty::DYNAMIC));
        }
        if let (Some(expected), false) = (expected, unsure) {
            let given = self.store.intern(Kind::Record(Arc::new(props)));
            self.check_component(node, given, expected);
        }
        self.element_type()
    }

    pub(super) fn fragment(&mut self, node: &'a ast::JSXFragment) -> Ty {
        self.children(&node.children);
        self.element_type()
    }

    fn element_type(&mut self) -> Ty {
        self.library_type("JSX.Element", &[])
    }

    /// The type of a component; none for an HTML element.
    fn component(&mut self, name: &'a ast::JSXElementName) -> Option<Ty> {
        match name {
            ast::JSXElementName::Ident(ident)
                if !ident.sym.starts_with(|c: char| c.is_ascii_lowercase()) =>
            {
                let id = self.use_of(ident)?;
                let path = super::flow::Path { root: id, names: Vec::new() };
                match self.flow.get(&path) {
                    Some(ty) => Some(ty),
                    None => Some(self.binding_type(id)),
                }
            }
            ast::JSXElementName::JSXMemberExpr(member) => {
                let object = self.component_object(&member.obj)?;
                self.property(object, &member.prop.sym).map(|found| found.ty)
            }
            _ => None,
        }
    }

    fn component_object(&mut self, object: &'a ast::JSXObject) -> Option<Ty> {
        match object {
            ast::JSXObject::Ident(ident) => {
                let id = self.use_of(ident)?;
                Some(self.binding_type(id))
            }
            ast::JSXObject::JSXMemberExpr(member) => {
                let object = self.component_object(&member.obj)?;
                self.property(object, &member.prop.sym).map(|found| found.ty)
            }
        }
    }

    fn attribute(&mut self, props: &mut Record, attribute: &'a ast::JSXAttr, expected: Option<Ty>) {
        let name = match &attribute.name {
            ast::JSXAttrName::Ident(name) => name.sym.clone(),
            ast::JSXAttrName::JSXNamespacedName(name) => {
                Atom::from(format!("{}:{}", name.ns.sym, name.name.sym))
            }
        };
        let context = expected.and_then(|expected| self.expected_field(expected, &name));
        let ty = match &attribute.value {
            None => Ty::FRESH_TRUE,
            Some(ast::JSXAttrValue::Str(text)) => {
                let text = Atom::from(&*text.value.to_string_lossy());
                self.store.string(text, Fresh::Yes)
            }
            Some(ast::JSXAttrValue::JSXExprContainer(node)) => match &node.expr {
                ast::JSXExpr::Expr(expr) => self.expr(expr, context),
                ast::JSXExpr::JSXEmptyExpr(_) => Ty::UNDEFINED,
            },
            Some(ast::JSXAttrValue::JSXElement(node)) => self.element(node),
            Some(ast::JSXAttrValue::JSXFragment(node)) => self.fragment(node),
        };
        put(props, field(name, ty));
    }

    /// Checks children, and says whether there are any.
    fn children(&mut self, children: &'a [ast::JSXElementChild]) -> bool {
        let mut any = false;
        for child in children {
            match child {
                ast::JSXElementChild::JSXText(text) => {
                    any |= !text.value.to_string_lossy().trim().is_empty()
                }
                ast::JSXElementChild::JSXExprContainer(node) => {
                    if let ast::JSXExpr::Expr(expr) = &node.expr {
                        any = true;
                        _ = self.element_value(expr);
                    }
                }
                ast::JSXElementChild::JSXSpreadChild(node) => _ = self.expr(&node.expr, None),
                ast::JSXElementChild::JSXElement(node) => {
                    any = true;
                    _ = self.element(node);
                }
                ast::JSXElementChild::JSXFragment(node) => {
                    any = true;
                    _ = self.fragment(node);
                }
            }
        }
        any
    }

    /// An expression in child position.
    pub(super) fn element_value(&mut self, expr: &'a Expr) -> Ty {
        match expr {
            Expr::Paren(node) => {
                let ty = self.element_value(&node.expr);
                self.record(expr, ty);
                ty
            }
            Expr::Bin(node)
                if node.op == BinaryOp::LogicalAnd
                    && self.module.extensions.as_pipe(node).is_none() =>
            {
                let (ty, yes, no) = self.logical(expr, node, true);
                let reachable = self.flow.reachable;
                self.flow = yes.join(&no, &mut self.store);
                self.flow.reachable = reachable;
                ty
            }
            _ => self.expr(expr, None),
        }
    }
}

fn put(props: &mut Record, given: Field) {
    match props.fields.iter_mut().find(|known| known.name == given.name) {
        Some(known) => *known = given,
        None => props.fields.push(given),
    }
}
