//! Looking into types: [`Checker::resolve`] replaces a name by what it stands for, [`Checker::substitute`] type parameters by arguments.
//! In: a type. Out: a type whose outermost form is not a name. Never happens here: comparing types.

use std::sync::Arc;

use swc_atoms::Atom;

use super::{
    Checker,
    bind::TypeForm,
    ty::{
        Access, DeclId, Element, Fresh, Kind, ParamId, Parameter, Presence, Record, Signature, Ty,
        Utility,
    },
};

/// How far a chain of names is followed.
const NAMES_MAX: usize = 64;
/// Most combinations of the members of unions that are intersected.
const COMBINATIONS_MAX: usize = 4096;

impl<'a> Checker<'a> {
    /// The type behind names: never [`Kind::Named`] unless it is a distinct type, never an intersection of records.
    pub(super) fn resolve(&mut self, ty: Ty) -> Ty {
        let mut ty = ty;
        for _ in 0..NAMES_MAX {
            let next = self.resolve_once(ty);
            if next == ty {
                return ty;
            }
            ty = next;
        }
        Ty::DYNAMIC
    }

    fn resolve_once(&mut self, ty: Ty) -> Ty {
        let computed = matches!(
            self.store.kind(ty),
            Kind::Named(..)
                | Kind::Intersection(_)
                | Kind::KeyOf(_)
                | Kind::Indexed(..)
                | Kind::Utility(..)
        );
        if !computed {
            return ty;
        }
        if let Some(&known) = self.resolved.get(&ty) {
            return known;
        }
        if !self.spend(1) || self.resolving.len() > NAMES_MAX || !self.resolving.insert(ty) {
            return Ty::DYNAMIC;
        }
        let found = match self.store.kind(ty).clone() {
            Kind::Named(decl, arguments) => self.expand(ty, decl, &arguments),
            Kind::Intersection(parts) => self.intersect(ty, &parts),
            Kind::KeyOf(of) => self.key_of(ty, of),
            Kind::Indexed(object, index) => self.indexed(ty, object, index),
            Kind::Utility(utility, arguments) => self.utility(ty, utility, &arguments),
            _ => ty,
        };
        self.resolving.remove(&ty);
        self.resolved.insert(ty, found);
        found
    }

    fn expand(&mut self, ty: Ty, decl: DeclId, arguments: &[Ty]) -> Ty {
        if matches!(self.tables.decl(decl).form, TypeForm::Distinct(_)) {
            return ty;
        }
        let body = self.declared_body(decl);
        let info = self.tables.decl(decl);
        let mut params = info.params.clone();
        params.push(info.this);
        let mut arguments = arguments.to_vec();
        arguments.resize(params.len() - 1, Ty::DYNAMIC);
        arguments.push(ty);
        self.substitute(body, &params, &arguments)
    }

    /// What a declaration says, with its own parameters in it.
    pub(super) fn declared_body(&mut self, decl: DeclId) -> Ty {
        if let Some(&known) = self.bodies.get(&decl) {
            return known;
        }
        // What extends itself gets nothing from itself.
        self.bodies.insert(decl, Ty::DYNAMIC);
        let info = &self.tables.decls[decl.0 as usize];
        let unit = info.unit;
        let this = info.this;
        let body = match &info.form {
            TypeForm::Alias(alias) | TypeForm::Distinct(alias) => {
                let node = &*alias.type_ann;
                self.written(node, unit)
            }
            TypeForm::Interface(list) => {
                let list = list.clone();
                let this = self.store.intern(Kind::Param(this));
                let outer = std::mem::replace(&mut self.this, this);
                let body = self.interface(&list, unit);
                self.this = outer;
                body
            }
            TypeForm::Import(..) => Ty::DYNAMIC,
        };
        self.bodies.insert(decl, body);
        body
    }

    fn interface(&mut self, list: &[&'a swc_ecma_ast::TsInterfaceDecl], unit: usize) -> Ty {
        let own = self.members(list.iter().flat_map(|node| &node.body.body), unit);
        let mut parts = vec![own];
        for base in list.iter().flat_map(|node| &node.extends) {
            let swc_ecma_ast::Expr::Ident(ident) = &*base.expr else { continue };
            let arguments: Vec<Ty> = base
                .type_args
                .iter()
                .flat_map(|list| &list.params)
                .map(|node| self.written(node, unit))
                .collect();
            let at = crate::parse::offset(ident.span.lo);
            let Some(super::bind::TypeName::Decl(id)) =
                self.tables.units[unit].type_uses.get(&at).copied()
            else {
                self.unknown_type(ident, unit);
                continue;
            };
            let Some(id) = self.followed(id) else { continue };
            // The base speaks of `this` of the interface that extends it.
            let body = self.declared_body(id);
            let info = self.tables.decl(id);
            let mut params = info.params.clone();
            params.push(info.this);
            let mut all = arguments;
            all.resize(params.len() - 1, Ty::DYNAMIC);
            all.push(self.this);
            let ty = self.substitute(body, &params, &all);
            let base = self.resolve(ty);
            self.check_inherited(own, base, ident, unit);
            parts.push(base);
        }
        parts.into_iter().reduce(|own, base| self.inherit(own, base)).unwrap_or(own)
    }

    /// Own members stand before inherited ones.
    fn inherit(&mut self, own: Ty, base: Ty) -> Ty {
        let mut record = match self.store.kind(own).clone() {
            Kind::Record(own) => (*own).clone(),
            // Only calls of its own.
            Kind::Function(calls) => {
                Record { fields: Vec::new(), index: None, calls, fresh: Fresh::No }
            }
            _ => return own,
        };
        let Kind::Record(base) = self.store.kind(base).clone() else { return own };
        for field in &base.fields {
            if record.fields.iter().all(|known| known.name != field.name) {
                record.fields.push(field.clone());
            }
        }
        record.index = record.index.or(base.index);
        if record.calls.is_empty() {
            record.calls = Arc::clone(&base.calls);
        }
        self.store.intern(Kind::Record(Arc::new(record)))
    }

    /// All of several at once: records become one, unions are distributed.
    fn intersect(&mut self, ty: Ty, parts: &[Ty]) -> Ty {
        let mut resolved = Vec::new();
        for &part in parts {
            let part = self.resolve(part);
            if !resolved.contains(&part) {
                resolved.push(part);
            }
        }
        let parts = resolved;
        if parts.contains(&Ty::DYNAMIC) {
            return Ty::DYNAMIC;
        }
        let combinations =
            parts.iter().map(|&part| self.store.parts(part).len()).try_fold(1, usize::checked_mul);
        if combinations.is_none_or(|count| count > COMBINATIONS_MAX) {
            self.store.cut = true;
            return Ty::DYNAMIC;
        }
        let at = parts.iter().position(|&part| matches!(self.store.kind(part), Kind::Union(_)));
        if let Some(at) = at {
            let members = self.store.parts(parts[at]);
            let mut list = Vec::new();
            for member in members {
                let mut parts = parts.clone();
                parts[at] = member;
                let one = self.store.intern(Kind::Intersection(parts.into()));
                list.push(self.resolve(one));
            }
            return self.store.union(list);
        }
        let mut parts = parts;
        parts.retain(|&part| part != Ty::UNKNOWN);
        match parts.as_slice() {
            [] => return Ty::UNKNOWN,
            [one] => return *one,
            _ => {}
        }
        let records: Option<Vec<Arc<Record>>> = parts
            .iter()
            .map(|&part| match self.store.kind(part) {
                Kind::Record(record) => Some(Arc::clone(record)),
                _ => None,
            })
            .collect();
        match records {
            Some(records) => self.merge(&records),
            None if self.disjoint_primitives(&parts) => Ty::NEVER,
            None => self.narrower_primitive(&parts).unwrap_or(ty),
        }
    }

    fn disjoint_primitives(&mut self, parts: &[Ty]) -> bool {
        let mut bases: Vec<Ty> = parts.iter().map(|&part| self.store.base(part)).collect();
        bases.retain(|&base| matches!(base, Ty::STRING | Ty::NUMBER | Ty::BOOLEAN | Ty::UNDEFINED));
        bases.windows(2).any(|pair| pair[0] != pair[1])
    }

    /// `string & "a"` is `"a"`.
    fn narrower_primitive(&mut self, parts: &[Ty]) -> Option<Ty> {
        let [a, b] = parts else { return None };
        if self.store.base(*a) == *b {
            return Some(*a);
        }
        (self.store.base(*b) == *a).then_some(*b)
    }

    fn merge(&mut self, records: &[Arc<Record>]) -> Ty {
        let mut merged =
            Record { fields: Vec::new(), index: None, calls: Arc::from([]), fresh: Fresh::No };
        for record in records {
            for field in &record.fields {
                let known = merged.fields.iter().position(|known| known.name == field.name);
                match known {
                    None => merged.fields.push(field.clone()),
                    Some(at) => {
                        let both = [merged.fields[at].ty, field.ty];
                        let ty = match both[0] == both[1] {
                            true => both[0],
                            // Two tags that are never equal: there is no such value.
                            false if both.iter().all(|&ty| self.unit_of(ty).is_some()) => {
                                return Ty::NEVER;
                            }
                            false => self.store.intern(Kind::Intersection(Arc::from(both))),
                        };
                        let known = &mut merged.fields[at];
                        known.ty = ty;
                        known.optional &= field.optional;
                    }
                }
            }
            merged.index = merged.index.or(record.index);
            if merged.calls.is_empty() {
                merged.calls = Arc::clone(&record.calls);
            }
        }
        self.store.intern(Kind::Record(Arc::new(merged)))
    }

    fn key_of(&mut self, ty: Ty, of: Ty) -> Ty {
        if self.store.is_open(of) {
            return ty;
        }
        let of = self.resolve(of);
        match self.store.kind(of).clone() {
            Kind::Dynamic => Ty::DYNAMIC,
            Kind::Record(record) => {
                let mut list: Vec<Ty> = Vec::new();
                for field in &record.fields {
                    list.push(self.store.string(field.name.clone(), Fresh::No));
                }
                list.extend(record.index.map(|_| Ty::STRING));
                self.store.union(list)
            }
            Kind::Array(..) | Kind::Tuple(..) => Ty::NUMBER,
            _ => Ty::DYNAMIC,
        }
    }

    fn indexed(&mut self, ty: Ty, object: Ty, index: Ty) -> Ty {
        if self.store.is_open(object) || self.store.is_open(index) {
            return ty;
        }
        let index = self.resolve(index);
        let mut list = Vec::new();
        for part in self.parts(index) {
            list.push(match self.store.kind(part).clone() {
                Kind::StringLiteral(name, _) => self.field_type(object, &name),
                Kind::NumberLiteral(bits, _) => self.element_at(object, Some(f64::from_bits(bits))),
                Kind::Number => self.each_of(object).unwrap_or(Ty::DYNAMIC),
                _ => Ty::DYNAMIC,
            });
        }
        self.store.union(list)
    }

    fn field_type(&mut self, object: Ty, name: &Atom) -> Ty {
        match self.property(object, name) {
            Some(found) if found.optional => self.store.union([found.ty, Ty::UNDEFINED]),
            Some(found) => found.ty,
            None => Ty::DYNAMIC,
        }
    }

    fn utility(&mut self, ty: Ty, utility: Utility, arguments: &[Ty]) -> Ty {
        if self.store.is_open(ty) {
            return ty;
        }
        let first = arguments.first().copied().unwrap_or(Ty::DYNAMIC);
        let second = arguments.get(1).copied().unwrap_or(Ty::DYNAMIC);
        match utility {
            Utility::Record => self.record_of(first, second),
            Utility::Exclude | Utility::Extract => {
                let keep = utility == Utility::Extract;
                let parts = self.parts(first);
                let kept: Vec<Ty> = parts
                    .into_iter()
                    .filter(|&part| self.assignable(part, second) == keep)
                    .collect();
                self.store.union(kept)
            }
            Utility::NonNullable => self.without_undefined(first),
            Utility::ReturnType => {
                self.signatures(first).first().map_or(Ty::DYNAMIC, |signature| signature.result)
            }
            Utility::Parameters => {
                let Some(signature) = self.signatures(first).first().cloned() else {
                    return Ty::DYNAMIC;
                };
                let elements: Vec<Element> = signature
                    .params
                    .iter()
                    .map(|param| Element { ty: param.ty, presence: param.presence })
                    .collect();
                self.store.intern(Kind::Tuple(elements.into(), Access::Mutable))
            }
            Utility::Flat => {
                let parts = self.parts(first);
                let inner: Vec<Ty> = parts
                    .into_iter()
                    .map(|part| match self.store.kind(part).clone() {
                        Kind::Array(..) | Kind::Tuple(..) => {
                            self.each_of(part).unwrap_or(Ty::DYNAMIC)
                        }
                        _ => part,
                    })
                    .collect();
                self.store.union(inner)
            }
            Utility::Pick
            | Utility::Omit
            | Utility::Partial
            | Utility::Required
            | Utility::Readonly => {
                let parts = self.parts(first);
                let changed: Vec<Ty> = parts
                    .into_iter()
                    .map(|part| self.changed_fields(utility, part, second))
                    .collect();
                self.store.union(changed)
            }
        }
    }

    fn record_of(&mut self, keys: Ty, value: Ty) -> Ty {
        let mut record =
            Record { fields: Vec::new(), index: None, calls: Arc::from([]), fresh: Fresh::No };
        for key in self.parts(keys) {
            match self.store.kind(key).clone() {
                Kind::StringLiteral(name, _) => record.fields.push(super::ty::field(name, value)),
                _ => record.index = Some(value),
            }
        }
        self.store.intern(Kind::Record(Arc::new(record)))
    }

    fn changed_fields(&mut self, utility: Utility, of: Ty, keys: Ty) -> Ty {
        let of = self.resolve(of);
        let record = match self.store.kind(of).clone() {
            Kind::Record(record) => record,
            Kind::Array(of, _) if utility == Utility::Readonly => {
                return self.store.intern(Kind::Array(of, Access::ReadOnly));
            }
            Kind::Tuple(of, _) if utility == Utility::Readonly => {
                return self.store.intern(Kind::Tuple(of, Access::ReadOnly));
            }
            _ => return of,
        };
        let mut names = Vec::new();
        if matches!(utility, Utility::Pick | Utility::Omit) {
            for key in self.parts(keys) {
                match self.store.kind(key) {
                    Kind::StringLiteral(name, _) => names.push(name.clone()),
                    _ => return Ty::DYNAMIC,
                }
            }
        }
        let mut record = (*record).clone();
        record.fields.retain(|field| match utility {
            Utility::Pick => names.contains(&field.name),
            Utility::Omit => !names.contains(&field.name),
            _ => true,
        });
        for field in &mut record.fields {
            match utility {
                Utility::Partial => field.optional = true,
                Utility::Required => field.optional = false,
                Utility::Readonly => field.access = Access::ReadOnly,
                _ => {}
            }
        }
        self.store.intern(Kind::Record(Arc::new(record)))
    }

    /// The members of a union behind names, none of which is a union.
    pub(super) fn parts(&mut self, ty: Ty) -> Vec<Ty> {
        let mut out = Vec::new();
        self.collect_parts(ty, &mut out, 0);
        out
    }

    fn collect_parts(&mut self, ty: Ty, out: &mut Vec<Ty>, depth: usize) {
        let shown = self.resolve(ty);
        match self.store.kind(shown).clone() {
            Kind::Union(parts) if depth < NAMES_MAX && self.spend(parts.len()) => {
                for &part in parts.iter() {
                    self.collect_parts(part, out, depth + 1);
                }
            }
            Kind::Union(_) => out.push(Ty::DYNAMIC),
            Kind::Never => {}
            // A name says more than the record behind it.
            Kind::Record(_) => out.push(ty),
            _ => out.push(shown),
        }
    }

    /// Replaces type parameters.
    pub(super) fn substitute(&mut self, ty: Ty, params: &[ParamId], arguments: &[Ty]) -> Ty {
        if params.is_empty() || !self.store.is_open(ty) || !self.spend(1) {
            return ty;
        }
        let each = |checker: &mut Self, ty: Ty| checker.substitute(ty, params, arguments);
        match self.store.kind(ty).clone() {
            Kind::Param(id) => match params.iter().position(|&param| param == id) {
                Some(at) => arguments.get(at).copied().unwrap_or(Ty::DYNAMIC),
                None => ty,
            },
            Kind::Array(of, access) => {
                let of = each(self, of);
                self.store.intern(Kind::Array(of, access))
            }
            Kind::Tuple(elements, access) => {
                let elements: Vec<Element> = elements
                    .iter()
                    .map(|element| Element { ty: each(self, element.ty), ..*element })
                    .collect();
                self.store.intern(Kind::Tuple(elements.into(), access))
            }
            Kind::Template(texts, list) => {
                let list: Vec<Ty> = list.iter().map(|&ty| each(self, ty)).collect();
                self.store.intern(Kind::Template(texts, list.into()))
            }
            Kind::Union(list) => {
                let list: Vec<Ty> = list.iter().map(|&ty| each(self, ty)).collect();
                self.store.union(list)
            }
            Kind::Intersection(list) => {
                let list: Vec<Ty> = list.iter().map(|&ty| each(self, ty)).collect();
                self.store.intern(Kind::Intersection(list.into()))
            }
            Kind::Named(decl, list) => {
                let list: Vec<Ty> = list.iter().map(|&ty| each(self, ty)).collect();
                self.store.intern(Kind::Named(decl, list.into()))
            }
            Kind::Utility(utility, list) => {
                let list: Vec<Ty> = list.iter().map(|&ty| each(self, ty)).collect();
                self.store.intern(Kind::Utility(utility, list.into()))
            }
            Kind::KeyOf(of) => {
                let of = each(self, of);
                self.store.intern(Kind::KeyOf(of))
            }
            Kind::Indexed(a, b) => {
                let (a, b) = (each(self, a), each(self, b));
                self.store.intern(Kind::Indexed(a, b))
            }
            Kind::Function(list) => {
                let list = self.substitute_calls(&list, params, arguments);
                self.store.intern(Kind::Function(list))
            }
            Kind::Record(record) => {
                let mut record = (*record).clone();
                for field in &mut record.fields {
                    field.ty = each(self, field.ty);
                }
                record.index = record.index.map(|ty| each(self, ty));
                record.calls = self.substitute_calls(&record.calls, params, arguments);
                self.store.intern(Kind::Record(Arc::new(record)))
            }
            _ => ty,
        }
    }

    fn substitute_calls(
        &mut self,
        list: &[Signature],
        params: &[ParamId],
        arguments: &[Ty],
    ) -> Arc<[Signature]> {
        list.iter().map(|one| self.substitute_signature(one, params, arguments)).collect()
    }

    /// Replaces type parameters in a signature.
    pub(super) fn substitute_signature(
        &mut self,
        signature: &Signature,
        params: &[ParamId],
        arguments: &[Ty],
    ) -> Signature {
        let list: Vec<Parameter> = signature
            .params
            .iter()
            .map(|param| Parameter {
                ty: self.substitute(param.ty, params, arguments),
                ..param.clone()
            })
            .collect();
        Signature {
            generics: Arc::clone(&signature.generics),
            params: list.into(),
            result: self.substitute(signature.result, params, arguments),
            guard: signature.guard.map(|(at, ty)| (at, self.substitute(ty, params, arguments))),
            method: signature.method,
        }
    }

    /// The type without `undefined` and `void`.
    pub(super) fn without_undefined(&mut self, ty: Ty) -> Ty {
        let parts = self.parts(ty);
        if !parts.iter().any(|&part| matches!(part, Ty::UNDEFINED | Ty::VOID)) {
            return ty;
        }
        self.store
            .union(parts.into_iter().filter(|&part| !matches!(part, Ty::UNDEFINED | Ty::VOID)))
    }

    /// Whether `undefined` is one of the values.
    pub(super) fn may_be_undefined(&mut self, ty: Ty) -> bool {
        self.parts(ty).iter().any(|&part| matches!(part, Ty::UNDEFINED | Ty::VOID))
    }

    /// Whether the type, or one of a union, is not known.
    pub(super) fn is_dynamic(&mut self, ty: Ty) -> bool {
        self.resolve(ty) == Ty::DYNAMIC || self.parts(ty).contains(&Ty::DYNAMIC)
    }

    /// What a rest or an optional element or parameter gives to who reads it.
    pub(super) fn read_presence(&mut self, ty: Ty, presence: Presence) -> Ty {
        match presence {
            Presence::Required => ty,
            Presence::Optional | Presence::Rest => self.store.union([ty, Ty::UNDEFINED]),
        }
    }
}
