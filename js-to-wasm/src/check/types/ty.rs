//! What a type is. Types are interned: two equal types are the same number, so that comparing and copying them costs nothing.
//! [`Store`] makes and normalizes them. Never happens here: looking at trees, judging programs.

use std::{collections::HashMap, sync::Arc};

use swc_atoms::Atom;

/// A type: an index into the [`Store`] that made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ty(pub(super) u32);

/// A declared type: an alias, an interface or a distinct type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DeclId(pub(super) u32);

impl DeclId {
    /// Its number: no two declarations have the same.
    pub fn index(self) -> u32 {
        self.0
    }
}

/// A type parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ParamId(pub(super) u32);

/// The forms of types.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Not known before the program runs: passes everywhere, and is checked then.
    Dynamic,
    /// Written `unknown`: must be looked at before it is used.
    Unknown,
    /// No value.
    Never,
    /// `undefined`.
    Undefined,
    /// What a function without a result gives.
    Void,
    /// Anything that has fields.
    Object,
    /// `true` or `false`.
    Boolean,
    /// Any number.
    Number,
    /// Any string.
    String,
    /// `true`, or `false`. Fresh: from a literal in the program, so that a variable gets the wider type.
    BoolLiteral(bool, Fresh),
    /// One number, by its bits.
    NumberLiteral(u64, Fresh),
    /// One string.
    StringLiteral(Atom, Fresh),
    /// Strings of a form: texts and types in turn, a text at both ends.
    Template(Arc<[Atom]>, Arc<[Ty]>),
    /// A list.
    Array(Ty, Access),
    /// A list of known length.
    Tuple(Arc<[Element]>, Access),
    /// Fields, and perhaps a type for every other name, and perhaps calls.
    Record(Arc<Record>),
    /// A function; several signatures are overloads.
    Function(Arc<[Signature]>),
    /// One of several, none of which is a union.
    Union(Arc<[Ty]>),
    /// All of several at once.
    Intersection(Arc<[Ty]>),
    /// A declared type with its arguments.
    Named(DeclId, Arc<[Ty]>),
    /// A type parameter inside of what declares it.
    Param(ParamId),
    /// The names of a type's fields.
    KeyOf(Ty),
    /// The type of a field that a type names.
    Indexed(Ty, Ty),
    /// `Pick` and its kin, whose arguments are not known yet.
    Utility(Utility, Arc<[Ty]>),
}

/// Whether a type comes from a literal that nothing has held yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fresh {
    /// It does.
    Yes,
    /// It was written as a type, or has been held.
    No,
}

/// Whether elements may be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// They may.
    Mutable,
    /// They may not.
    ReadOnly,
}

/// One place of a tuple.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Element {
    /// What stands there; for a rest, what each of the others is.
    pub ty: Ty,
    /// Required, optional or the rest.
    pub presence: Presence,
}

/// How often an element or a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Once.
    Required,
    /// Once or not at all.
    Optional,
    /// Any number of times.
    Rest,
}

/// Fields and calls of an object.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Record {
    /// In the order in which they were written.
    pub fields: Vec<Field>,
    /// What every other name gives.
    pub index: Option<Ty>,
    /// What calling it does; empty: it cannot be called.
    pub calls: Arc<[Signature]>,
    /// Whether it is an object literal that nothing has held yet.
    pub fresh: Fresh,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Field {
    /// Its name.
    pub name: Atom,
    /// Its type, without the `undefined` of an optional field.
    pub ty: Ty,
    /// Whether it may be missing.
    pub optional: bool,
    /// Whether it may be assigned.
    pub access: Access,
}

/// What calling a function takes and gives.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Signature {
    /// Type parameters.
    pub generics: Arc<[ParamId]>,
    /// Parameters.
    pub params: Arc<[Parameter]>,
    /// The result.
    pub result: Ty,
    /// `x is T`: the parameter's index and the type.
    pub guard: Option<(u32, Ty)>,
    /// Written as a method, whose parameters are compared in both directions.
    pub method: bool,
}

/// One parameter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Parameter {
    /// For messages.
    pub name: Atom,
    /// Its type; for a rest, what each argument is.
    pub ty: Ty,
    /// Required, optional or the rest.
    pub presence: Presence,
}

/// The types that are computed from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is TypeScript's type of the same name")]
pub enum Utility {
    Pick,
    Omit,
    Partial,
    Required,
    Readonly,
    Record,
    Exclude,
    Extract,
    NonNullable,
    ReturnType,
    Parameters,
    Flat,
}

impl Ty {
    /// Not known before the program runs.
    pub const DYNAMIC: Self = Self(0);
    /// `unknown`.
    pub const UNKNOWN: Self = Self(1);
    /// `never`.
    pub const NEVER: Self = Self(2);
    /// `undefined`.
    pub const UNDEFINED: Self = Self(3);
    /// `void`.
    pub const VOID: Self = Self(4);
    /// `object`.
    pub const OBJECT: Self = Self(5);
    /// `boolean`.
    pub const BOOLEAN: Self = Self(6);
    /// `number`.
    pub const NUMBER: Self = Self(7);
    /// `string`.
    pub const STRING: Self = Self(8);
    /// `true`.
    pub const TRUE: Self = Self(9);
    /// `false`.
    pub const FALSE: Self = Self(10);
    /// `true` in the program.
    pub const FRESH_TRUE: Self = Self(11);
    /// `false` in the program.
    pub const FRESH_FALSE: Self = Self(12);
}

/// Most members of a union that is inferred; a wider one becomes dynamic.
pub(super) const UNION_MAX: usize = 256;

/// Every type of one program.
#[derive(Debug)]
pub struct Store {
    kinds: Vec<Kind>,
    /// Whether a type parameter stands in the type.
    open: Vec<bool>,
    known: HashMap<Kind, Ty>,
    /// Set when a union was cut.
    pub(super) cut: bool,
    /// What [`Store::widen`] and [`Store::widen_inside`] gave: types share parts, and each part is widened once.
    wide: HashMap<Ty, Ty>,
    wide_inside: HashMap<Ty, Ty>,
}

impl Default for Store {
    fn default() -> Self {
        let mut store = Self {
            kinds: Vec::new(),
            open: Vec::new(),
            known: HashMap::new(),
            cut: false,
            wide: HashMap::new(),
            wide_inside: HashMap::new(),
        };
        for kind in [
            Kind::Dynamic,
            Kind::Unknown,
            Kind::Never,
            Kind::Undefined,
            Kind::Void,
            Kind::Object,
            Kind::Boolean,
            Kind::Number,
            Kind::String,
            Kind::BoolLiteral(true, Fresh::No),
            Kind::BoolLiteral(false, Fresh::No),
            Kind::BoolLiteral(true, Fresh::Yes),
            Kind::BoolLiteral(false, Fresh::Yes),
        ] {
            store.intern(kind);
        }
        store
    }
}

impl Store {
    /// The form of a type.
    pub fn kind(&self, ty: Ty) -> &Kind {
        &self.kinds[ty.0 as usize]
    }

    /// How many types there are.
    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    /// Never: the basic types are always there.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// Whether a type parameter stands in the type.
    pub(super) fn is_open(&self, ty: Ty) -> bool {
        self.open[ty.0 as usize]
    }

    /// The type of this form.
    pub(super) fn intern(&mut self, kind: Kind) -> Ty {
        if let Some(&ty) = self.known.get(&kind) {
            return ty;
        }
        let open = self.holds_param(&kind);
        let ty = Ty(self.kinds.len() as u32);
        self.kinds.push(kind.clone());
        self.open.push(open);
        self.known.insert(kind, ty);
        ty
    }

    fn holds_param(&self, kind: &Kind) -> bool {
        let any = |list: &[Ty]| list.iter().any(|&ty| self.is_open(ty));
        let calls = |list: &[Signature]| {
            list.iter().any(|signature| {
                self.is_open(signature.result)
                    || signature.params.iter().any(|param| self.is_open(param.ty))
                    || signature.guard.is_some_and(|(_, ty)| self.is_open(ty))
            })
        };
        match kind {
            Kind::Param(_) => true,
            Kind::Array(of, _) | Kind::KeyOf(of) => self.is_open(*of),
            Kind::Tuple(elements, _) => elements.iter().any(|element| self.is_open(element.ty)),
            Kind::Template(_, list)
            | Kind::Union(list)
            | Kind::Intersection(list)
            | Kind::Named(_, list)
            | Kind::Utility(_, list) => any(list),
            Kind::Indexed(a, b) => self.is_open(*a) || self.is_open(*b),
            Kind::Function(list) => calls(list),
            Kind::Record(record) => {
                record.fields.iter().any(|field| self.is_open(field.ty))
                    || record.index.is_some_and(|ty| self.is_open(ty))
                    || calls(&record.calls)
            }
            _ => false,
        }
    }

    /// A string of the program.
    pub(super) fn string(&mut self, text: Atom, fresh: Fresh) -> Ty {
        self.intern(Kind::StringLiteral(text, fresh))
    }

    /// A number of the program.
    pub(super) fn number(&mut self, value: f64, fresh: Fresh) -> Ty {
        // The two zeros are one value to `===`.
        let value = if value == 0.0 { 0.0 } else { value };
        self.intern(Kind::NumberLiteral(value.to_bits(), fresh))
    }

    /// A list.
    pub(super) fn array(&mut self, of: Ty) -> Ty {
        self.intern(Kind::Array(of, Access::Mutable))
    }

    /// An object with these fields and nothing else.
    pub(super) fn record(&mut self, fields: Vec<Field>, fresh: Fresh) -> Ty {
        let calls = Arc::from([]);
        self.intern(Kind::Record(Arc::new(Record { fields, index: None, calls, fresh })))
    }

    /// A function with one signature.
    pub(super) fn function(&mut self, signature: Signature) -> Ty {
        self.intern(Kind::Function(Arc::from([signature])))
    }

    /// One of several: flat, without doubles, without literals whose whole type is there too.
    pub(super) fn union(&mut self, list: impl IntoIterator<Item = Ty>) -> Ty {
        let mut flat: Vec<Ty> = Vec::new();
        for ty in list {
            match self.kind(ty) {
                Kind::Union(parts) => flat.extend(parts.iter().copied()),
                _ => flat.push(ty),
            }
        }
        if flat.contains(&Ty::DYNAMIC) {
            return Ty::DYNAMIC;
        }
        if flat.contains(&Ty::UNKNOWN) {
            return Ty::UNKNOWN;
        }
        let mut seen = std::collections::HashSet::new();
        flat.retain(|&ty| ty != Ty::NEVER && seen.insert(ty));
        self.absorb(&mut flat);
        match flat.as_slice() {
            [] => Ty::NEVER,
            [one] => *one,
            _ if flat.len() > UNION_MAX => {
                self.cut = true;
                Ty::DYNAMIC
            }
            _ => self.intern(Kind::Union(flat.into())),
        }
    }

    fn absorb(&self, flat: &mut Vec<Ty>) {
        let has = |flat: &[Ty], kind: fn(&Kind) -> bool| flat.iter().any(|&ty| kind(self.kind(ty)));
        let string = flat.contains(&Ty::STRING);
        let number = flat.contains(&Ty::NUMBER);
        let yes = has(flat, |kind| matches!(kind, Kind::BoolLiteral(true, _)));
        let no = has(flat, |kind| matches!(kind, Kind::BoolLiteral(false, _)));
        let boolean = flat.contains(&Ty::BOOLEAN) || yes && no;
        if boolean && !flat.contains(&Ty::BOOLEAN) {
            let at = flat.iter().position(|&ty| matches!(self.kind(ty), Kind::BoolLiteral(..)));
            flat.insert(at.unwrap_or(0), Ty::BOOLEAN);
        }
        let held: std::collections::HashSet<Ty> =
            flat.iter().copied().filter(|&ty| self.held(ty) == Some(ty)).collect();
        flat.retain(|&ty| match self.kind(ty) {
            Kind::StringLiteral(..) | Kind::Template(..) if string => false,
            Kind::NumberLiteral(..) if number => false,
            Kind::BoolLiteral(..) if boolean => false,
            Kind::Void if flat_has_undefined(&held) => false,
            _ => self.held(ty).is_none_or(|regular| regular == ty || !held.contains(&regular)),
        });
    }

    /// The literal that is not fresh, if it is known.
    fn held(&self, ty: Ty) -> Option<Ty> {
        match self.kind(ty) {
            Kind::BoolLiteral(value, _) => Some(if *value { Ty::TRUE } else { Ty::FALSE }),
            Kind::NumberLiteral(bits, _) => {
                self.known.get(&Kind::NumberLiteral(*bits, Fresh::No)).copied()
            }
            Kind::StringLiteral(text, _) => {
                self.known.get(&Kind::StringLiteral(text.clone(), Fresh::No)).copied()
            }
            _ => Some(ty),
        }
    }

    /// The members of a union, or the type itself.
    pub(super) fn parts(&self, ty: Ty) -> Vec<Ty> {
        match self.kind(ty) {
            Kind::Union(parts) => parts.to_vec(),
            Kind::Never => Vec::new(),
            _ => vec![ty],
        }
    }

    /// The same type as it is after something has held it: literals keep their value, nothing is fresh.
    pub(super) fn regular(&mut self, ty: Ty) -> Ty {
        match self.kind(ty).clone() {
            Kind::BoolLiteral(value, _) => {
                if value {
                    Ty::TRUE
                } else {
                    Ty::FALSE
                }
            }
            Kind::NumberLiteral(bits, Fresh::Yes) => {
                self.intern(Kind::NumberLiteral(bits, Fresh::No))
            }
            Kind::StringLiteral(text, Fresh::Yes) => self.string(text, Fresh::No),
            Kind::Union(parts) => {
                let parts: Vec<Ty> = parts.iter().map(|&part| self.regular(part)).collect();
                self.union(parts)
            }
            Kind::Record(record) if record.fresh == Fresh::Yes => self
                .intern(Kind::Record(Arc::new(Record { fresh: Fresh::No, ..(*record).clone() }))),
            _ => ty,
        }
    }

    /// The type that a variable gets which starts with a value of this type: fresh literals become their whole type.
    pub(super) fn widen(&mut self, ty: Ty) -> Ty {
        if let Some(&known) = self.wide.get(&ty) {
            return known;
        }
        let wide = self.widen_once(ty);
        self.wide.insert(ty, wide);
        wide
    }

    fn widen_once(&mut self, ty: Ty) -> Ty {
        match self.kind(ty).clone() {
            Kind::BoolLiteral(_, Fresh::Yes) => Ty::BOOLEAN,
            Kind::NumberLiteral(_, Fresh::Yes) => Ty::NUMBER,
            Kind::StringLiteral(_, Fresh::Yes) => Ty::STRING,
            Kind::Union(parts) => {
                let parts: Vec<Ty> = parts.iter().map(|&part| self.widen(part)).collect();
                self.union(parts)
            }
            _ => self.widen_inside(ty),
        }
    }

    /// Widens what can be changed inside: fields of a fresh object, elements of a list. The value itself keeps its literal.
    pub(super) fn widen_inside(&mut self, ty: Ty) -> Ty {
        if let Some(&known) = self.wide_inside.get(&ty) {
            return known;
        }
        let wide = self.widen_inside_once(ty);
        self.wide_inside.insert(ty, wide);
        wide
    }

    fn widen_inside_once(&mut self, ty: Ty) -> Ty {
        match self.kind(ty).clone() {
            Kind::Record(record) if record.fresh == Fresh::Yes => {
                let mut record = (*record).clone();
                record.fresh = Fresh::No;
                for field in &mut record.fields {
                    field.ty = self.widen(field.ty);
                }
                self.intern(Kind::Record(Arc::new(record)))
            }
            Kind::Array(of, access) => {
                let wide = self.widen(of);
                if wide == of { ty } else { self.intern(Kind::Array(wide, access)) }
            }
            Kind::Tuple(elements, access) => {
                let wide: Arc<[Element]> = elements
                    .iter()
                    .map(|element| Element { ty: self.widen(element.ty), ..*element })
                    .collect();
                if wide == elements { ty } else { self.intern(Kind::Tuple(wide, access)) }
            }
            Kind::Union(parts) => {
                let parts: Vec<Ty> = parts.iter().map(|&part| self.widen_inside(part)).collect();
                self.union(parts)
            }
            _ => ty,
        }
    }

    /// The type of which this literal is one value.
    pub(super) fn base(&mut self, ty: Ty) -> Ty {
        match self.kind(ty).clone() {
            Kind::BoolLiteral(..) => Ty::BOOLEAN,
            Kind::NumberLiteral(..) => Ty::NUMBER,
            Kind::StringLiteral(..) | Kind::Template(..) => Ty::STRING,
            Kind::Union(parts) => {
                let parts: Vec<Ty> = parts.iter().map(|&part| self.base(part)).collect();
                self.union(parts)
            }
            _ => ty,
        }
    }
}

fn flat_has_undefined(held: &std::collections::HashSet<Ty>) -> bool {
    held.contains(&Ty::UNDEFINED)
}

/// A field that must be there and may be assigned.
pub(super) fn field(name: Atom, ty: Ty) -> Field {
    Field { name, ty, optional: false, access: Access::Mutable }
}
