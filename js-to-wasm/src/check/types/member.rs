//! What a value of a type has inside: fields, elements, what a loop gives, what calling it does. In: a type and a name. Out: a type, or
//! none when there is nothing. Never happens here: reporting.

use std::sync::Arc;

use swc_atoms::Atom;

use super::{
    Checker,
    bind::TypeForm,
    ty::{Access, DeclId, Fresh, Kind, Presence, Signature, Ty},
};

/// A field that was found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Property {
    /// Its type, without the `undefined` of what may be missing.
    pub(super) ty: Ty,
    /// Whether it may be missing.
    pub(super) optional: bool,
    /// Whether it may be assigned.
    pub(super) access: Access,
}

impl Property {
    fn fixed(ty: Ty) -> Self {
        Self { ty, optional: false, access: Access::Mutable }
    }
}

impl<'a> Checker<'a> {
    /// The field of this name. None: at least one of the values has none.
    pub(super) fn property(&mut self, ty: Ty, name: &Atom) -> Option<Property> {
        let shown = self.resolve(ty);
        match self.store.kind(shown).clone() {
            Kind::Dynamic | Kind::Never => Some(Property::fixed(Ty::DYNAMIC)),
            Kind::Union(_) => self.property_of_union(shown, name),
            Kind::Record(record) => {
                let field = record.fields.iter().find(|field| field.name == *name);
                match (field, record.index) {
                    (Some(field), _) => Some(Property {
                        ty: field.ty,
                        optional: field.optional,
                        access: field.access,
                    }),
                    (None, Some(ty)) => {
                        Some(Property { ty, optional: true, access: Access::Mutable })
                    }
                    (None, None) => self.library_member("Object", &[], shown, name),
                }
            }
            Kind::Array(of, Access::Mutable) => self.library_member("Array", &[of], shown, name),
            Kind::Array(of, Access::ReadOnly) => {
                self.library_member("ReadonlyArray", &[of], shown, name)
            }
            Kind::Tuple(elements, access) => {
                if let Ok(index) = name.parse::<usize>() {
                    let ty = self.element_at(shown, Some(index as f64));
                    return Some(Property { ty, optional: false, access });
                }
                let fixed = elements.iter().all(|element| element.presence == Presence::Required);
                if &**name == "length" && fixed {
                    let ty = self.store.number(elements.len() as f64, Fresh::No);
                    return Some(Property::fixed(ty));
                }
                let of = self.each_of(shown).unwrap_or(Ty::DYNAMIC);
                let interface = if access == Access::Mutable { "Array" } else { "ReadonlyArray" };
                self.library_member(interface, &[of], shown, name)
            }
            Kind::String | Kind::StringLiteral(..) | Kind::Template(..) => {
                self.library_member("String", &[], shown, name)
            }
            Kind::Number | Kind::NumberLiteral(..) => {
                self.library_member("Number", &[], shown, name)
            }
            Kind::Boolean | Kind::BoolLiteral(..) => {
                self.library_member("Boolean", &[], shown, name)
            }
            Kind::Function(_) => None,
            Kind::Named(..) => {
                let base = self.distinct_base(shown)?;
                self.property(base, name)
            }
            Kind::Intersection(parts) => parts.iter().find_map(|&part| self.property(part, name)),
            Kind::Param(id) => {
                let bound = self.bound_of(id)?;
                self.property(bound, name)
            }
            _ => None,
        }
    }

    fn property_of_union(&mut self, ty: Ty, name: &Atom) -> Option<Property> {
        let mut list = Vec::new();
        let mut found = Property::fixed(Ty::NEVER);
        for part in self.parts(ty) {
            let one = self.property(part, name)?;
            list.push(one.ty);
            found.optional |= one.optional;
            if one.access == Access::ReadOnly {
                found.access = Access::ReadOnly;
            }
        }
        found.ty = self.store.union(list);
        Some(found)
    }

    /// A member of an interface of the library.
    fn library_member(
        &mut self,
        interface: &str,
        arguments: &[Ty],
        this: Ty,
        name: &Atom,
    ) -> Option<Property> {
        let decl = *self.tables.global_types.get(&Atom::from(interface))?;
        let body = self.declared_body(decl);
        let Kind::Record(record) = self.store.kind(body).clone() else { return None };
        let field = record.fields.iter().find(|field| field.name == *name)?;
        let info = self.tables.decl(decl);
        let mut params = info.params.clone();
        params.push(info.this);
        let mut all = arguments.to_vec();
        all.push(this);
        let ty = self.substitute(field.ty, &params, &all);
        Some(Property { ty, optional: field.optional, access: field.access })
    }

    /// Every name that a type has, for suggestions.
    pub(super) fn names_in(&mut self, ty: Ty) -> Vec<Atom> {
        let shown = self.resolve(ty);
        let interface = match self.store.kind(shown).clone() {
            Kind::Record(record) => {
                return record.fields.iter().map(|field| field.name.clone()).collect();
            }
            Kind::Union(parts) => {
                return parts.iter().flat_map(|&part| self.names_in(part)).collect();
            }
            Kind::Array(_, Access::ReadOnly) => "ReadonlyArray",
            Kind::Array(..) | Kind::Tuple(..) => "Array",
            Kind::String | Kind::StringLiteral(..) | Kind::Template(..) => "String",
            Kind::Number | Kind::NumberLiteral(..) => "Number",
            _ => return Vec::new(),
        };
        let Some(&decl) = self.tables.global_types.get(&Atom::from(interface)) else {
            return Vec::new();
        };
        let body = self.declared_body(decl);
        self.names_in(body)
    }

    /// What a distinct type is made of.
    pub(super) fn distinct_base(&mut self, ty: Ty) -> Option<Ty> {
        let Kind::Named(decl, _) = *self.store.kind(ty) else { return None };
        if !matches!(self.tables.decl(decl).form, TypeForm::Distinct(_)) {
            return None;
        }
        Some(self.declared_body(decl))
    }

    /// The type itself, or what a distinct type is made of.
    pub(super) fn plain(&mut self, ty: Ty) -> Ty {
        let shown = self.resolve(ty);
        match self.distinct_base(shown) {
            Some(base) => self.plain(base),
            None => shown,
        }
    }

    /// The element at a position that is known, or at any.
    pub(super) fn element_at(&mut self, object: Ty, index: Option<f64>) -> Ty {
        let shown = self.plain(object);
        match self.store.kind(shown).clone() {
            Kind::Array(of, _) => self.store.union([of, Ty::UNDEFINED]),
            Kind::Tuple(elements, _) => match index {
                Some(index) => {
                    let element = elements.get(index as usize).copied();
                    let rest = elements
                        .last()
                        .copied()
                        .filter(|element| element.presence == Presence::Rest);
                    match element.or(rest) {
                        Some(element) => self.read_presence(element.ty, element.presence),
                        None => Ty::UNDEFINED,
                    }
                }
                None => {
                    let each = self.each_of(shown).unwrap_or(Ty::DYNAMIC);
                    self.store.union([each, Ty::UNDEFINED])
                }
            },
            Kind::String | Kind::StringLiteral(..) | Kind::Template(..) => {
                self.store.union([Ty::STRING, Ty::UNDEFINED])
            }
            Kind::Record(record) => {
                let name = index.map(|index| Atom::from(format!("{index}")));
                let named = record.fields.iter().find(|field| Some(&field.name) == name.as_ref());
                match (named, record.index) {
                    (Some(field), _) if !field.optional => field.ty,
                    (Some(field), _) => self.store.union([field.ty, Ty::UNDEFINED]),
                    (None, Some(ty)) => self.store.union([ty, Ty::UNDEFINED]),
                    (None, None) => Ty::DYNAMIC,
                }
            }
            Kind::Union(_) => {
                let list: Vec<Ty> = self
                    .parts(shown)
                    .into_iter()
                    .map(|part| self.element_at(part, index))
                    .collect();
                self.store.union(list)
            }
            _ => Ty::DYNAMIC,
        }
    }

    /// What `for … of` and a spread give. None: the value is no list.
    pub(super) fn each_of(&mut self, ty: Ty) -> Option<Ty> {
        let plain = self.plain(ty);
        if let Some((name, arguments)) = self.library_name(ty) {
            match (&*name, &*arguments) {
                ("Iterable" | "ArrayLike" | "Set" | "ReadonlySet", [of]) => return Some(*of),
                ("Map" | "ReadonlyMap", [key, value]) => {
                    let elements = [*key, *value]
                        .map(|ty| super::ty::Element { ty, presence: Presence::Required });
                    let pair = Kind::Tuple(Arc::from(elements), Access::Mutable);
                    return Some(self.store.intern(pair));
                }
                (name, []) if name.ends_with("Array") => return Some(Ty::NUMBER),
                _ => {}
            }
        }
        match self.store.kind(plain).clone() {
            Kind::Dynamic => Some(Ty::DYNAMIC),
            Kind::Never => Some(Ty::NEVER),
            Kind::Array(of, _) => Some(of),
            Kind::Tuple(elements, _) => {
                let list: Vec<Ty> = elements
                    .iter()
                    .map(|element| match element.presence {
                        Presence::Optional => self.store.union([element.ty, Ty::UNDEFINED]),
                        _ => element.ty,
                    })
                    .collect();
                Some(self.store.union(list))
            }
            Kind::String | Kind::StringLiteral(..) | Kind::Template(..) => Some(Ty::STRING),
            Kind::Union(_) => {
                let mut list = Vec::new();
                for part in self.parts(plain) {
                    list.push(self.each_of(part)?);
                }
                Some(self.store.union(list))
            }
            Kind::Param(id) => {
                let bound = self.bound_of(id)?;
                self.each_of(bound)
            }
            _ => None,
        }
    }

    /// The name and arguments of a type that the library declares.
    pub(super) fn library_name(&self, ty: Ty) -> Option<(Atom, Arc<[Ty]>)> {
        let Kind::Named(decl, arguments) = self.store.kind(ty) else { return None };
        let info = self.tables.decl(*decl);
        (info.unit == 0).then(|| (info.name.clone(), Arc::clone(arguments)))
    }

    /// A type that the library declares.
    pub(super) fn library_type(&mut self, name: &str, arguments: &[Ty]) -> Ty {
        match self.library_decl(name) {
            Some(decl) => self.store.intern(Kind::Named(decl, Arc::from(arguments))),
            None => Ty::DYNAMIC,
        }
    }

    pub(super) fn library_decl(&self, name: &str) -> Option<DeclId> {
        self.tables.global_types.get(&Atom::from(name)).copied()
    }

    /// What calling a value of this type does; empty: it cannot be called, or nobody knows.
    pub(super) fn signatures(&mut self, ty: Ty) -> Arc<[Signature]> {
        let shown = self.plain(ty);
        match self.store.kind(shown).clone() {
            Kind::Function(list) => list,
            Kind::Record(record) => Arc::clone(&record.calls),
            Kind::Param(id) => match self.bound_of(id) {
                Some(bound) => self.signatures(bound),
                None => Arc::from([]),
            },
            _ => Arc::from([]),
        }
    }
}
