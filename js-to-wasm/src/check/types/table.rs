//! The result of inference: which type stands at which place. Written once, then only read.

use std::collections::HashMap;

use swc_atoms::Atom;

use super::{
    forms::{FormId, Forms},
    ty::{Kind, Store, Ty},
};
use crate::{check::Truthiness, source::Span};

/// The types of a program.
///
/// [`Types::of`] is what TypeScript would say of an expression. It may be wrong where values come from outside of what was checked:
/// a field that somebody changed through another name, an element of a list that is held under a wider type, a guard that lies, an
/// annotation over parsed JSON before it was checked. Code that relies on a type must either use what [`Types::checks`] asks for, or
/// look at the value. Where nothing is known [`Types::of`] gives [`Kind::Dynamic`].
#[derive(Debug, Default)]
pub struct Types {
    store: Store,
    expressions: HashMap<Span, Ty>,
    checks: Checks,
    opened: HashMap<Ty, Ty>,
    names: Vec<Atom>,
    proven: Proven,
    truthiness: Truthiness,
    steps: usize,
}

/// Expressions of which nothing is known and that reach a type that the program says: parsed JSON that is given a type, an unannotated
/// parameter that is passed on. The value must be looked at when the program runs.
#[derive(Debug, Default)]
pub struct Checks {
    pub(super) at: HashMap<Span, Check>,
    /// The types that stand behind the forms.
    pub(super) types: HashMap<Span, Ty>,
    /// What the values must look like.
    pub forms: Forms,
}

/// What an expression must be looked at for.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// What its value must look like.
    pub form: FormId,
    /// What the value is called in a message: a variable, a parameter, a field; of a result the way into it.
    pub name: String,
    /// Whether it is what the function around it returns.
    pub result: bool,
}

impl Checks {
    /// What the expression at a place must be looked at for, if it must.
    pub fn at(&self, span: Span) -> Option<&Check> {
        self.at.get(&span)
    }
}

/// What inference proved of the whole program, where it refused nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Proven {
    /// Every path of the handler gives a Response: none gives a value of which nothing is known.
    pub answers: bool,
    /// Every statement can be reached.
    pub reached: bool,
}

/// The coarse form of a type, for code generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Not known, or one of several forms.
    Unknown,
    /// `undefined` and nothing else.
    Undefined,
    /// A boolean.
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// A list.
    Array,
    /// An object with fields.
    Object,
    /// A function.
    Function,
}

impl Types {
    pub(super) fn new(
        store: Store,
        expressions: HashMap<Span, Ty>,
        (checks, opened): (Checks, HashMap<Ty, Ty>),
        names: Vec<Atom>,
        proven: Proven,
        (truthiness, steps): (Truthiness, usize),
    ) -> Self {
        Self { store, expressions, checks, opened, names, proven, truthiness, steps }
    }

    /// How much work inference was: of at most [`WORK_MAX`](super::WORK_MAX).
    pub fn steps(&self) -> usize {
        self.steps
    }

    /// What counts as a condition.
    pub fn truthiness(&self) -> Truthiness {
        self.truthiness
    }

    /// What was proven of the whole program.
    pub fn proven(&self) -> Proven {
        self.proven
    }

    /// The type of the expression at a place; dynamic where there is none.
    pub fn of(&self, span: Span) -> Ty {
        self.expressions.get(&span).copied().unwrap_or(Ty::DYNAMIC)
    }

    /// What a type that crosses the border as JSON stands for; itself where it is no name.
    pub fn behind(&self, ty: Ty) -> Ty {
        self.opened.get(&ty).copied().unwrap_or(ty)
    }

    /// The form of a type.
    pub fn kind(&self, ty: Ty) -> &Kind {
        self.store.kind(ty)
    }

    /// The coarse form of the expression at a place.
    pub fn form(&self, span: Span) -> Type {
        self.form_of(self.of(span))
    }

    /// The coarse form of a type.
    pub fn form_of(&self, ty: Ty) -> Type {
        match self.store.kind(ty) {
            Kind::Undefined | Kind::Void => Type::Undefined,
            Kind::Boolean | Kind::BoolLiteral(..) => Type::Boolean,
            Kind::Number | Kind::NumberLiteral(..) => Type::Number,
            Kind::String | Kind::StringLiteral(..) | Kind::Template(..) => Type::String,
            Kind::Array(..) | Kind::Tuple(..) => Type::Array,
            Kind::Record(_) => Type::Object,
            Kind::Function(_) => Type::Function,
            Kind::Union(parts) => {
                let mut forms = parts.iter().map(|&part| self.form_of(part));
                let first = forms.next().unwrap_or(Type::Unknown);
                if forms.all(|form| form == first) { first } else { Type::Unknown }
            }
            _ => Type::Unknown,
        }
    }

    /// What must be looked at when the program runs.
    pub fn checks(&self) -> &Checks {
        &self.checks
    }

    /// The type that the expression at a place must be checked to have, if it must.
    pub fn check_at(&self, span: Span) -> Option<Ty> {
        self.checks.types.get(&span).copied()
    }

    /// The name of a declared type.
    pub fn name(&self, decl: super::ty::DeclId) -> &str {
        self.names.get(decl.0 as usize).map_or("", |name| name)
    }

    /// How many expressions have a type.
    pub fn len(&self) -> usize {
        self.expressions.len()
    }

    /// Whether nothing was inferred.
    pub fn is_empty(&self) -> bool {
        self.expressions.is_empty()
    }
}
