//! Patterns: names that take their values out of lists and objects. In: a pattern and the type of what it takes apart. Out: a type for
//! each name. Names that one pattern takes from one object are remembered together: a test of one says something of the others.

use std::sync::Arc;

use swc_atoms::Atom;
use swc_common::Spanned;
use swc_ecma_ast::{self as ast, Pat};

use super::{
    Checker, Value,
    bind::BindingId,
    flow::Path,
    function::annotation,
    ty::{Access, Element, Kind, Record, Ty},
};

/// How the names of a pattern hold their values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// `const`: literals stay.
    Constant,
    /// `let` and parameters without a type of their own.
    Variable,
}

impl<'a> Checker<'a> {
    /// Gives a parameter's names their types.
    pub(super) fn declare_parameter(&mut self, pattern: &'a Pat, ty: Ty) {
        match pattern {
            Pat::Assign(assign) => {
                // The default was looked at when the signature was made only where it gives the type.
                let given = self.expr(&assign.right, Some(ty));
                if annotation(&assign.left).is_some() {
                    self.check_assign(&assign.right, given, ty);
                    self.arrives_in(&assign.right, ty, &assign.left);
                }
                self.declare_pattern(&assign.left, ty, Holds::Variable);
            }
            Pat::Rest(rest) => self.declare_pattern(&rest.arg, ty, Holds::Variable),
            _ => self.declare_pattern(pattern, ty, Holds::Variable),
        }
    }

    /// Gives the names of a pattern their types.
    pub(super) fn declare_pattern(&mut self, pattern: &'a Pat, ty: Ty, holds: Holds) {
        match pattern {
            Pat::Ident(ident) => {
                if let Some(id) = self.declared_at(&ident.id) {
                    self.set_value(id, ty);
                }
            }
            Pat::Array(node) => self.declare_list(node, ty, holds),
            Pat::Object(node) => self.declare_object(node, ty, holds),
            Pat::Assign(node) => {
                let present = self.without_undefined(ty);
                let given = self.expr(&node.right, Some(present));
                let both = match self.resolve(ty) {
                    Ty::DYNAMIC => Ty::DYNAMIC,
                    _ if self.assignable(given, present) => present,
                    _ => {
                        let given = self.store.widen(given);
                        self.store.union([present, given])
                    }
                };
                self.declare_pattern(&node.left, both, holds);
            }
            Pat::Rest(rest) => self.declare_pattern(&rest.arg, ty, holds),
            Pat::Invalid(_) | Pat::Expr(_) => {}
        }
    }

    pub(super) fn set_value(&mut self, id: BindingId, ty: Ty) {
        self.values[id.0 as usize] = Value::Known(ty);
        self.flow.forget(&Path { root: id, names: Vec::new() });
    }

    fn declare_list(&mut self, node: &'a ast::ArrayPat, ty: Ty, holds: Holds) {
        if self.each_of(ty).is_none() {
            self.not_a_list_pattern(node, ty);
        }
        for (at, pattern) in node.elems.iter().enumerate() {
            let Some(pattern) = pattern else { continue };
            // A default says what stands there when the list is shorter.
            if !matches!(pattern, Pat::Rest(_) | Pat::Assign(_)) {
                self.beyond(ty, at, pattern.span());
            }
            let inside = match pattern {
                Pat::Rest(_) => self.rest_of_list(ty, at),
                _ => self.taken_element(ty, at),
            };
            self.declare_pattern(pattern, inside, holds);
        }
    }

    /// The element that a pattern takes at a position.
    fn taken_element(&mut self, ty: Ty, at: usize) -> Ty {
        let plain = self.plain(ty);
        let indexed = matches!(
            self.store.kind(plain),
            Kind::Array(..) | Kind::Tuple(..) | Kind::String | Kind::StringLiteral(..)
        ) || matches!(self.store.kind(plain), Kind::Union(_))
            && self.library_name(ty).is_none();
        if indexed {
            return self.element_at(plain, Some(at as f64));
        }
        match self.each_of(ty) {
            Some(Ty::DYNAMIC) | None => Ty::DYNAMIC,
            Some(of) => self.store.union([of, Ty::UNDEFINED]),
        }
    }

    fn rest_of_list(&mut self, ty: Ty, from: usize) -> Ty {
        let plain = self.plain(ty);
        if let Kind::Tuple(elements, _) = self.store.kind(plain).clone() {
            let rest: Arc<[Element]> = elements.iter().skip(from).copied().collect();
            return self.store.intern(Kind::Tuple(rest, Access::Mutable));
        }
        let of = self.each_of(ty).unwrap_or(Ty::DYNAMIC);
        self.store.array(of)
    }

    fn declare_object(&mut self, node: &'a ast::ObjectPat, ty: Ty, holds: Holds) {
        let ty = if self.may_be_undefined(ty) && !self.is_dynamic(ty) {
            self.maybe_missing_pattern(node, ty);
            self.without_undefined(ty)
        } else {
            ty
        };
        let mut names: Vec<Atom> = Vec::new();
        let mut members: Vec<(BindingId, Atom)> = Vec::new();
        for prop in &node.props {
            match prop {
                ast::ObjectPatProp::KeyValue(prop) => {
                    let span = swc_common::Spanned::span(&prop.key);
                    match self.key(&prop.key) {
                        Some(name) => {
                            let inside = self.taken_field(ty, &name, span, false);
                            if let Pat::Ident(ident) = &*prop.value
                                && let Some(id) = self.declared_at(&ident.id)
                            {
                                members.push((id, name.clone()));
                            }
                            names.push(name);
                            self.declare_pattern(&prop.value, inside, holds);
                        }
                        None => self.declare_pattern(&prop.value, Ty::DYNAMIC, holds),
                    }
                }
                ast::ObjectPatProp::Assign(prop) => {
                    let name = prop.key.id.sym.clone();
                    let span = prop.key.id.span;
                    names.push(name.clone());
                    let inside = self.taken_field(ty, &name, span, prop.value.is_some());
                    let Some(id) = self.declared_at(&prop.key.id) else { continue };
                    match &prop.value {
                        Some(default) => {
                            let present = self.without_undefined(inside);
                            let given = self.expr(default, Some(present));
                            let both = match self.resolve(inside) {
                                Ty::DYNAMIC => Ty::DYNAMIC,
                                _ if self.assignable(given, present) => present,
                                _ => {
                                    let given = self.store.widen(given);
                                    self.store.union([present, given])
                                }
                            };
                            self.set_value(id, both);
                        }
                        None => {
                            members.push((id, name));
                            self.set_value(id, inside);
                        }
                    }
                }
                ast::ObjectPatProp::Rest(rest) => {
                    let inside = self.rest_of_object(ty, &names);
                    self.declare_pattern(&rest.arg, inside, holds);
                }
            }
        }
        self.remember(ty, members, holds);
    }

    /// Names of one object, none of which is ever assigned.
    fn remember(&mut self, ty: Ty, members: Vec<(BindingId, Atom)>, holds: Holds) {
        let tag = Atom::from("ok");
        let mut result = self.parts(ty).len() > 1;
        for part in self.parts(ty) {
            result &= self.property(part, &tag).is_some();
        }
        for (id, name) in &members {
            let part = super::report::result_side(name).is_some();
            if result && part && self.binding_type(*id) == Ty::DYNAMIC {
                self.unread.insert(*id, name.clone());
            }
        }
        let fixed = members.iter().all(|&(id, _)| self.tables.binding(id).assigned == 0);
        let parts = self.parts(ty).len();
        if !fixed || members.len() < 2 || parts < 2 {
            return;
        }
        _ = holds;
        let group = self.groups.len();
        for (id, name) in &members {
            self.taken.insert(*id, (group, name.clone()));
        }
        self.groups.push((ty, members));
    }

    fn taken_field(&mut self, ty: Ty, name: &Atom, span: swc_common::Span, default: bool) -> Ty {
        let shown = self.resolve(ty);
        if matches!(shown, Ty::DYNAMIC | Ty::NEVER) {
            return Ty::DYNAMIC;
        }
        if shown == Ty::UNKNOWN {
            self.unknown_pattern(span);
            return Ty::DYNAMIC;
        }
        match self.property(ty, name) {
            Some(found) if found.optional => self.store.union([found.ty, Ty::UNDEFINED]),
            Some(found) => found.ty,
            None => self.field_of_some(ty, name, span, default),
        }
    }

    /// A field that only some members of a union have: undefined in the others. A test of another name may tell which it is.
    fn field_of_some(&mut self, ty: Ty, name: &Atom, span: swc_common::Span, default: bool) -> Ty {
        let mut list = Vec::new();
        let parts = self.parts(ty);
        let mut missing = 0;
        for &part in &parts {
            match self.property(part, name) {
                Some(found) => list.push(found.ty),
                None => missing += 1,
            }
        }
        if missing == parts.len() || parts.len() < 2 {
            self.no_field_pattern(ty, name, span);
            return Ty::DYNAMIC;
        }
        _ = default;
        list.push(Ty::UNDEFINED);
        self.store.union(list)
    }

    fn rest_of_object(&mut self, ty: Ty, taken: &[Atom]) -> Ty {
        let plain = self.plain(ty);
        match self.store.kind(plain).clone() {
            Kind::Record(record) => {
                let mut rest: Record = (*record).clone();
                rest.fields.retain(|field| !taken.contains(&field.name));
                self.store.intern(Kind::Record(Arc::new(rest)))
            }
            Kind::Union(_) => {
                let parts = self.parts(plain);
                let list: Vec<Ty> =
                    parts.into_iter().map(|part| self.rest_of_object(part, taken)).collect();
                self.store.union(list)
            }
            _ => Ty::DYNAMIC,
        }
    }
}
