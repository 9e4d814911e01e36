//! Fields and elements, read and assigned. In: member accesses and assignments. Out: types; what is known of a variable after it was
//! assigned; diagnostics for what is not there, may be missing, or may not be changed.

use swc_atoms::Atom;
use swc_common::Spanned;
use swc_ecma_ast::{self as ast, Expr, MemberProp};

use super::{
    Checker,
    bind::BindingId,
    flow::Path,
    ty::{Access, Kind, Ty},
};

impl<'a> Checker<'a> {
    /// `a.b`, `a[b]`
    pub(super) fn member(&mut self, expr: &'a Expr, node: &'a ast::MemberExpr) -> Ty {
        let object = self.expr(&node.obj, None);
        let object = self.defined(&node.obj, object, &node.prop);
        let ty = self.inside(node, object);
        self.narrowed_place(expr, ty)
    }

    /// What is known of a place beyond what its object says.
    fn narrowed_place(&mut self, expr: &'a Expr, ty: Ty) -> Ty {
        match self.path(expr).and_then(|path| self.flow.get(&path)) {
            Some(known) => known,
            None => ty,
        }
    }

    /// The value of a member access on an object that is there.
    fn inside(&mut self, node: &'a ast::MemberExpr, object: Ty) -> Ty {
        match &node.prop {
            MemberProp::Ident(name) => self.field(&node.obj, object, &name.sym, name.span),
            MemberProp::Computed(name) => {
                let index = self.expr(&name.expr, None);
                self.element_of(node, object, &name.expr, index)
            }
            MemberProp::PrivateName(_) => Ty::DYNAMIC,
        }
    }

    fn field(&mut self, of: &'a Expr, object: Ty, name: &Atom, span: swc_common::Span) -> Ty {
        if object == Ty::NEVER {
            return Ty::DYNAMIC;
        }
        match self.property(object, name) {
            Some(found) => {
                if found.ty == Ty::UNDEFINED {
                    // `{ ok: true; error?: undefined }`
                    self.wrong_side(object, name, span);
                }
                match found.optional {
                    true => self.store.union([found.ty, Ty::UNDEFINED]),
                    false => found.ty,
                }
            }
            None => {
                self.no_field(of, object, name, span);
                Ty::DYNAMIC
            }
        }
    }

    fn element_of(
        &mut self,
        node: &'a ast::MemberExpr,
        object: Ty,
        index_expr: &'a Expr,
        index: Ty,
    ) -> Ty {
        let plain = self.plain(object);
        if matches!(plain, Ty::DYNAMIC | Ty::NEVER) || self.is_dynamic(plain) {
            return Ty::DYNAMIC;
        }
        if plain == Ty::UNKNOWN {
            self.unknown_use(&node.obj, plain);
            return Ty::DYNAMIC;
        }
        let index = self.plain(index);
        let list = self.parts(plain).into_iter().all(|part| {
            let part = self.plain(part);
            matches!(
                self.store.kind(part),
                Kind::Array(..) | Kind::Tuple(..) | Kind::String | Kind::StringLiteral(..)
            )
        });
        match self.store.kind(index).clone() {
            Kind::NumberLiteral(bits, _) => {
                self.beyond(plain, f64::from_bits(bits) as usize, index_expr.span());
                let name = Atom::from(format!("{}", f64::from_bits(bits)));
                if matches!(self.store.kind(plain), Kind::Record(_))
                    && self.property(plain, &name).is_none()
                {
                    self.known_names(plain, index_expr, index);
                }
                self.element_at(plain, Some(f64::from_bits(bits)))
            }
            Kind::Number => {
                self.known_names(plain, index_expr, index);
                self.element_at(plain, None)
            }
            Kind::StringLiteral(name, _) if !list => {
                self.field(&node.obj, plain, &name, index_expr_span(index_expr))
            }
            Kind::Dynamic | Kind::Param(_) | Kind::KeyOf(_) => Ty::DYNAMIC,
            Kind::Union(parts) if list && self.are_numbers(&parts) => {
                let mut found = Vec::new();
                for &part in parts.iter() {
                    let at = match self.store.kind(part) {
                        Kind::NumberLiteral(bits, _) => Some(f64::from_bits(*bits)),
                        _ => None,
                    };
                    found.push(self.element_at(plain, at));
                }
                self.store.union(found)
            }
            _ if list => {
                self.bad_index(index_expr, index);
                Ty::DYNAMIC
            }
            Kind::String | Kind::Template(..) => {
                self.known_names(plain, index_expr, index);
                self.any_field(plain)
            }
            Kind::Union(parts) => self.fields_named(plain, index_expr, &parts),
            _ => Ty::DYNAMIC,
        }
    }

    /// What names of which one is meant give.
    fn fields_named(&mut self, object: Ty, index_expr: &'a Expr, names: &[Ty]) -> Ty {
        let mut found = Vec::new();
        for &part in names {
            found.push(match self.literal_name(part) {
                Some(name) => match self.property(object, &name) {
                    Some(one) if one.optional => self.store.union([one.ty, Ty::UNDEFINED]),
                    Some(one) => one.ty,
                    None => {
                        self.known_names(object, index_expr, part);
                        Ty::DYNAMIC
                    }
                },
                None => self.any_field(object),
            });
        }
        self.store.union(found)
    }

    fn are_numbers(&mut self, parts: &[Ty]) -> bool {
        parts.iter().all(|&part| self.store.base(part) == Ty::NUMBER)
    }

    fn are_names(&mut self, index: Ty) -> bool {
        let parts = self.parts(index);
        parts.len() > 1
            && parts.iter().all(|&part| matches!(self.store.kind(part), Kind::StringLiteral(..)))
    }

    /// What may be written to a field of which only some names are known: what all of them take.
    fn every_field(&mut self, object: Ty, names: Ty) -> Ty {
        let mut list = Vec::new();
        for part in self.parts(names) {
            let name = self.literal_name(part);
            let Some(found) = name.and_then(|name| self.property(object, &name)) else {
                return Ty::DYNAMIC;
            };
            if !list.contains(&found.ty) {
                list.push(found.ty);
            }
        }
        match list.as_slice() {
            [one] => *one,
            _ => {
                let all = self.store.intern(Kind::Intersection(list.into()));
                self.resolve(all)
            }
        }
    }

    /// An object whose fields are known has none for every name. In JavaScript nobody could say otherwise.
    fn known_names(&mut self, object: Ty, index_expr: &'a Expr, index: Ty) {
        let Kind::Record(record) = self.store.kind(object) else { return };
        if record.index.is_none() && self.module.language.has_types() {
            self.no_index(object, index_expr, index);
        }
    }

    /// What a name that is not known gives.
    fn any_field(&mut self, object: Ty) -> Ty {
        match self.store.kind(object).clone() {
            Kind::Record(record) => match record.index {
                Some(ty) => self.store.union([ty, Ty::UNDEFINED]),
                None => Ty::DYNAMIC,
            },
            _ => Ty::DYNAMIC,
        }
    }

    /// The object of a member access, without `undefined`.
    fn defined(&mut self, of: &'a Expr, object: Ty, prop: &'a MemberProp) -> Ty {
        if !self.may_be_undefined(object) {
            if self.resolve(object) == Ty::UNKNOWN {
                self.unknown_use(of, object);
                return Ty::DYNAMIC;
            }
            return object;
        }
        let what = match prop {
            MemberProp::Ident(name) => format!("`.{}`", name.sym),
            _ => "`[…]`".to_owned(),
        };
        self.maybe_missing(of, object, &what);
        let present = self.without_undefined(object);
        if present == Ty::NEVER { Ty::DYNAMIC } else { present }
    }

    /// `a?.b`, `a?.[b]`, `a?.(b)`
    pub(super) fn chain(
        &mut self,
        expr: &'a Expr,
        node: &'a ast::OptChainExpr,
        expected: Option<Ty>,
    ) -> Ty {
        let (ty, short) = self.chained(node, expected);
        let ty = if short { self.store.union([ty, Ty::UNDEFINED]) } else { ty };
        self.narrowed_place(expr, ty)
    }

    /// The value of a chain when it is not cut short, and whether it may be.
    fn chained(&mut self, node: &'a ast::OptChainExpr, expected: Option<Ty>) -> (Ty, bool) {
        match &*node.base {
            ast::OptChainBase::Member(member) => {
                let (object, mut short) = self.link(&member.obj);
                let object = match (node.optional, self.may_be_undefined(object)) {
                    (true, true) => {
                        short = true;
                        self.without_undefined(object)
                    }
                    (true, false) => object,
                    (false, _) => self.defined(&member.obj, object, &member.prop),
                };
                (self.inside(member, object), short)
            }
            ast::OptChainBase::Call(call) => {
                let (callee, mut short) = self.link(&call.callee);
                let callee = match (node.optional, self.may_be_undefined(callee)) {
                    (true, true) => {
                        short = true;
                        self.without_undefined(callee)
                    }
                    _ => callee,
                };
                let arguments = self.arguments(&call.args);
                let written = call.type_args.as_deref();
                let ty =
                    self.call_value(&call.callee, callee, arguments, written, node.span, expected);
                (ty, short)
            }
        }
    }

    fn link(&mut self, expr: &'a Expr) -> (Ty, bool) {
        match expr {
            Expr::OptChain(inner) => {
                let (ty, short) = self.chained(inner, None);
                let whole = if short { self.store.union([ty, Ty::UNDEFINED]) } else { ty };
                let known = self.narrowed_place(expr, whole);
                self.record(expr, known);
                if known == whole { (ty, short) } else { (known, false) }
            }
            _ => (self.expr(expr, None), false),
        }
    }

    pub(super) fn assignment(&mut self, node: &'a ast::AssignExpr) -> Ty {
        use ast::SimpleAssignTarget as Simple;
        match &node.left {
            ast::AssignTarget::Simple(Simple::Ident(target)) => self.assign_name(node, &target.id),
            ast::AssignTarget::Simple(Simple::Member(target)) => self.assign_member(node, target),
            _ => {
                _ = self.expr(&node.right, None);
                Ty::DYNAMIC
            }
        }
    }

    fn assign_name(&mut self, node: &'a ast::AssignExpr, ident: &'a ast::Ident) -> Ty {
        let Some(id) = self.use_of(ident) else { return self.expr(&node.right, None) };
        let declared = self.binding_type(id);
        let path = Path { root: id, names: Vec::new() };
        let value = match node.op {
            ast::AssignOp::Assign => {
                let ty = self.expr(&node.right, Some(declared));
                self.check_assign(&node.right, ty, declared);
                self.arrives_at(&node.right, declared, &node.left);
                ty
            }
            op => {
                let before = self.flow.get(&path).unwrap_or(declared);
                let right = self.expr(&node.right, None);
                // The target is no expression of the tree: messages point at the value.
                let ty = self.compound(op, (&node.right, before), (&node.right, right));
                self.check_assign(&node.right, ty, declared);
                ty
            }
        };
        self.expressions.insert(self.module.span(ident.span), declared);
        self.learn(id, declared, value);
        value
    }

    /// What is known of a variable after it was assigned.
    pub(super) fn learn(&mut self, id: BindingId, declared: Ty, value: Ty) {
        let path = Path { root: id, names: Vec::new() };
        self.flow.forget(&path);
        if self.tables.binding(id).assigned_inside {
            return;
        }
        if let Some(ty) = self.reduced(declared, value) {
            self.flow.set(path, ty);
        }
    }

    /// The values of a declared type that the assigned one may be. None: all of them.
    fn reduced(&mut self, declared: Ty, value: Ty) -> Option<Ty> {
        if declared == Ty::DYNAMIC {
            let wide = self.store.widen(value);
            return (wide != Ty::DYNAMIC).then_some(wide);
        }
        let parts = self.parts(declared);
        if parts.len() < 2 || self.is_dynamic(value) {
            return None;
        }
        let values = self.parts(value);
        let mut kept = Vec::new();
        for &part in &parts {
            if values.iter().any(|&value| self.assignable(value, part)) {
                kept.push(part);
            }
        }
        (kept.len() < parts.len() && !kept.is_empty()).then(|| self.store.union(kept))
    }

    fn assign_member(&mut self, node: &'a ast::AssignExpr, target: &'a ast::MemberExpr) -> Ty {
        let object = self.expr(&target.obj, None);
        let object = self.defined(&target.obj, object, &target.prop);
        let declared = self.place_type(target, object);
        self.expressions.insert(self.module.span(target.span), declared);
        let value = match node.op {
            ast::AssignOp::Assign => {
                let ty = self.expr(&node.right, Some(declared));
                self.check_assign(&node.right, ty, declared);
                self.arrives_at(&node.right, declared, &node.left);
                ty
            }
            op => {
                let before = self
                    .path_of_target(target)
                    .and_then(|path| self.flow.get(&path))
                    .unwrap_or_else(|| self.read_target(target, object, declared));
                let right = self.expr(&node.right, None);
                let ty = self.compound(op, (&node.right, before), (&node.right, right));
                self.check_assign(&node.right, ty, declared);
                ty
            }
        };
        match self.path_of_target(target) {
            Some(path) => {
                self.flow.forget(&path);
                if let Some(ty) = self.reduced(declared, value) {
                    self.flow.set(path, ty);
                }
            }
            // Some element was assigned: nothing is known of any.
            None => {
                if let Some(path) = self.path(&target.obj) {
                    let known = self.flow.get(&path);
                    self.flow.forget(&path);
                    if let Some(ty) = known {
                        self.flow.set(path, ty);
                    }
                }
            }
        }
        value
    }

    fn path_of_target(&self, target: &ast::MemberExpr) -> Option<Path> {
        self.path(&Expr::Member(target.clone()))
    }

    /// What an element gives when it is read before it is assigned.
    fn read_target(&mut self, target: &'a ast::MemberExpr, object: Ty, declared: Ty) -> Ty {
        let plain = self.plain(object);
        match (&target.prop, self.store.kind(plain)) {
            (MemberProp::Computed(_), Kind::Array(..)) => {
                self.store.union([declared, Ty::UNDEFINED])
            }
            (_, Kind::Record(record))
                if record.index == Some(declared) && record.fields.is_empty() =>
            {
                self.store.union([declared, Ty::UNDEFINED])
            }
            _ => declared,
        }
    }

    /// What may be assigned to a place.
    fn place_type(&mut self, target: &'a ast::MemberExpr, object: Ty) -> Ty {
        let plain = self.plain(object);
        match &target.prop {
            MemberProp::Ident(name) => self.assigned_field(target, plain, &name.sym, name.span),
            MemberProp::Computed(name) => {
                let index = self.expr(&name.expr, None);
                let index = self.plain(index);
                match self.store.kind(plain).clone() {
                    Kind::Array(_, Access::ReadOnly) | Kind::Tuple(_, Access::ReadOnly) => {
                        self.read_only_place(target.span, "an element of a `readonly` list");
                        Ty::DYNAMIC
                    }
                    Kind::Array(of, _) => {
                        if matches!(self.store.base(index), Ty::STRING | Ty::BOOLEAN) {
                            self.bad_index(&name.expr, index);
                        }
                        of
                    }
                    Kind::Record(record) => match self.literal_name(index) {
                        Some(name) => self.assigned_field(target, plain, &name, target.span),
                        None if self.are_names(index) => self.every_field(plain, index),
                        None => {
                            if self.store.base(index) == Ty::STRING {
                                self.known_names(plain, &name.expr, index);
                            }
                            record.index.unwrap_or(Ty::DYNAMIC)
                        }
                    },
                    Kind::Tuple(elements, _) => match *self.store.kind(index) {
                        Kind::NumberLiteral(bits, _) => {
                            let at = f64::from_bits(bits) as usize;
                            self.beyond(plain, at, name.expr.span());
                            elements.get(at).map_or(Ty::DYNAMIC, |element| element.ty)
                        }
                        _ => Ty::DYNAMIC,
                    },
                    _ => Ty::DYNAMIC,
                }
            }
            MemberProp::PrivateName(_) => Ty::DYNAMIC,
        }
    }

    fn assigned_field(
        &mut self,
        target: &'a ast::MemberExpr,
        object: Ty,
        name: &Atom,
        span: swc_common::Span,
    ) -> Ty {
        match self.property(object, name) {
            Some(found) => {
                if found.access == Access::ReadOnly {
                    self.read_only_place(span, &format!("`{name}`"));
                }
                let declared = found.ty;
                match found.optional && self.has_named_field(object, name) {
                    true => self.store.union([declared, Ty::UNDEFINED]),
                    false => declared,
                }
            }
            None => {
                self.no_field(&target.obj, object, name, span);
                Ty::DYNAMIC
            }
        }
    }

    fn has_named_field(&mut self, object: Ty, name: &Atom) -> bool {
        let shown = self.resolve(object);
        match self.store.kind(shown) {
            Kind::Record(record) => record.fields.iter().any(|field| field.name == *name),
            _ => true,
        }
    }
}

fn index_expr_span(expr: &Expr) -> swc_common::Span {
    swc_common::Spanned::span(expr)
}
