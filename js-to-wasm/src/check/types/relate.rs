//! Whether a value of one type may stand where another is expected. In: two types. Out: yes, or no and why. Recursion through declared
//! types is bounded: what is being compared is taken to hold. Never happens here: reporting.

use std::sync::Arc;

use swc_atoms::Atom;

use super::{
    Checker,
    bind::TypeForm,
    ty::{Access, DeclId, Element, Field, Kind, Presence, Record, Signature, Ty},
};

/// How deep types are compared; deeper parts are taken to fit.
const DEPTH_MAX: usize = 48;
/// How often two declared types are compared inside of themselves.
const REPEATS_MAX: usize = 3;

impl<'a> Checker<'a> {
    /// Whether `from` may stand where `to` is expected.
    pub(super) fn assignable(&mut self, from: Ty, to: Ty) -> bool {
        if from == to
            || matches!(to, Ty::DYNAMIC | Ty::UNKNOWN)
            || matches!(from, Ty::DYNAMIC | Ty::NEVER)
        {
            return true;
        }
        if let Some(&known) = self.related.get(&(from, to)) {
            return known;
        }
        if self.relating.len() >= DEPTH_MAX || !self.spend(1) || self.relating.contains(&(from, to))
        {
            return true;
        }
        if self.repeats(from, to) {
            return true;
        }
        self.relating.push((from, to));
        let answer = self.relate(from, to);
        self.relating.pop();
        // What was taken to hold inside of a comparison is only known when the outermost one ends.
        if self.relating.is_empty() || !answer {
            self.related.insert((from, to), answer);
        }
        answer
    }

    /// Whether two declared types are being compared inside of themselves with ever other arguments.
    fn repeats(&self, from: Ty, to: Ty) -> bool {
        let (Kind::Named(a, _), Kind::Named(b, _)) = (self.store.kind(from), self.store.kind(to))
        else {
            return false;
        };
        let same = |&&(from, to): &&(Ty, Ty)| {
            matches!((self.store.kind(from), self.store.kind(to)),
                (Kind::Named(x, _), Kind::Named(y, _)) if x == a && y == b)
        };
        self.relating.iter().filter(same).count() >= REPEATS_MAX
    }

    fn relate(&mut self, from: Ty, to: Ty) -> bool {
        if let Some(answer) = self.relate_named(from, to) {
            return answer;
        }
        let (a, b) = (self.resolve(from), self.resolve(to));
        if (a, b) != (from, to) && (a == b || self.store.kind(a) == &Kind::Dynamic) {
            return true;
        }
        match (self.store.kind(a).clone(), self.store.kind(b).clone()) {
            (Kind::Dynamic | Kind::Never, _) | (_, Kind::Dynamic | Kind::Unknown) => true,
            (Kind::Union(parts), _) => parts.iter().all(|&part| self.assignable(part, to)),
            (_, Kind::Intersection(parts)) => parts.iter().all(|&part| self.assignable(from, part)),
            (_, Kind::Union(parts)) => self.fits_union(from, a, &parts),
            (Kind::Intersection(parts), _) => parts.iter().any(|&part| self.assignable(part, to)),
            (Kind::Undefined | Kind::Void, Kind::Undefined | Kind::Void) => true,
            (Kind::BoolLiteral(x, _), Kind::BoolLiteral(y, _)) => x == y,
            (Kind::NumberLiteral(x, _), Kind::NumberLiteral(y, _)) => x == y,
            (Kind::StringLiteral(x, _), Kind::StringLiteral(y, _)) => x == y,
            (Kind::BoolLiteral(..), Kind::Boolean)
            | (Kind::NumberLiteral(..), Kind::Number)
            | (Kind::StringLiteral(..) | Kind::Template(..), Kind::String) => true,
            (Kind::StringLiteral(text, _), Kind::Template(texts, types)) => {
                self.fits_template(&text, &texts, &types)
            }
            (Kind::Template(texts, types), Kind::Template(others, more)) => {
                texts == others
                    && types.iter().zip(more.iter()).all(|(&a, &b)| self.assignable(a, b))
            }
            (Kind::Array(x, how), Kind::Array(y, wanted)) => {
                !(how == Access::ReadOnly && wanted == Access::Mutable) && self.assignable(x, y)
            }
            (Kind::Tuple(elements, how), Kind::Array(y, wanted)) => {
                !(how == Access::ReadOnly && wanted == Access::Mutable)
                    && elements.iter().all(|element| self.assignable(element.ty, y))
            }
            (Kind::Tuple(x, how), Kind::Tuple(y, wanted)) => {
                !(how == Access::ReadOnly && wanted == Access::Mutable) && self.tuples(&x, &y)
            }
            (Kind::Function(list), Kind::Function(wanted)) => self.functions(&list, &wanted),
            (Kind::Record(record), Kind::Function(wanted)) if !record.calls.is_empty() => {
                self.functions(&record.calls, &wanted)
            }
            (_, Kind::Object) => !is_primitive(self.store.kind(a)),
            (Kind::Param(x), Kind::Param(y)) if x == y => true,
            (Kind::Param(x), _) => match self.bound_of(x) {
                Some(bound) => self.assignable(bound, to),
                None => {
                    matches!(self.store.kind(b), Kind::Record(record) if record.fields.is_empty() && record.index.is_none() && record.calls.is_empty())
                }
            },
            (_, Kind::Record(record)) => self.fits_record(from, a, to, &record),
            (Kind::Named(..), _) => match self.distinct_base(a) {
                Some(base) => self.assignable(base, to),
                None => false,
            },
            // What is not computed because a parameter stands in it is checked where the parameter is known.
            (Kind::Utility(..) | Kind::Indexed(..) | Kind::KeyOf(_), _)
            | (_, Kind::Utility(..) | Kind::Indexed(..) | Kind::KeyOf(_)) => true,
            _ => false,
        }
    }

    /// Two declared types, where their names and arguments decide.
    fn relate_named(&mut self, from: Ty, to: Ty) -> Option<bool> {
        if let (Kind::Named(a, left), Kind::Named(b, right)) =
            (self.store.kind(from).clone(), self.store.kind(to).clone())
            && a == b
        {
            // A parameter of the program's own types may stand where values go in: then what fits is the other way round.
            let decl = self.tables.decl(a);
            let (library, distinct) = (decl.unit == 0, matches!(decl.form, TypeForm::Distinct(_)));
            let fits = left.iter().zip(right.iter()).all(|(&left, &right)| {
                self.assignable(left, right) && (library || self.assignable(right, left))
            });
            return if fits { Some(true) } else { distinct.then_some(false) };
        }
        let decl = self.nominal(to)?;
        Some(self.is_the(from, decl))
    }

    /// An interface whose members are all functions, or a distinct type: nothing but itself fits.
    fn nominal(&mut self, ty: Ty) -> Option<DeclId> {
        let Kind::Named(decl, _) = *self.store.kind(ty) else { return None };
        match &self.tables.decl(decl).form {
            TypeForm::Distinct(_) => Some(decl),
            TypeForm::Interface(_) => {
                let body = self.declared_body(decl);
                let Kind::Record(record) = self.store.kind(body).clone() else { return None };
                let all = !record.fields.is_empty()
                    && record.index.is_none()
                    && record
                        .fields
                        .iter()
                        .all(|field| matches!(self.store.kind(field.ty), Kind::Function(_)));
                all.then_some(decl)
            }
            _ => None,
        }
    }

    /// The name of an interface of the program whose members are all functions.
    pub(super) fn functions_only(&mut self, ty: Ty) -> Option<String> {
        let decl = self.nominal(ty)?;
        let info = self.tables.decl(decl);
        let own = info.unit != 0 && matches!(info.form, TypeForm::Interface(_));
        own.then(|| info.name.to_string())
    }

    /// Whether a type is the declared one, or extends it.
    fn is_the(&mut self, from: Ty, wanted: DeclId) -> bool {
        match self.store.kind(from).clone() {
            Kind::Named(decl, _) if decl == wanted => true,
            Kind::Named(decl, _) if self.extends(decl, wanted) => true,
            Kind::Named(decl, _)
                if matches!(self.tables.decl(decl).form, TypeForm::Interface(_)) =>
            {
                false
            }
            Kind::Union(parts) => parts.iter().all(|&part| self.is_the(part, wanted)),
            Kind::Intersection(parts) => parts.iter().any(|&part| self.is_the(part, wanted)),
            Kind::Param(id) => self.bound_of(id).is_some_and(|bound| self.is_the(bound, wanted)),
            Kind::Dynamic | Kind::Never => true,
            _ => {
                let shown = self.resolve(from);
                shown != from && self.is_the(shown, wanted)
            }
        }
    }

    fn extends(&mut self, decl: DeclId, wanted: DeclId) -> bool {
        let info = self.tables.decl(decl);
        let (unit, bases) = match &info.form {
            TypeForm::Interface(list) => (
                info.unit,
                list.iter()
                    .flat_map(|node| &node.extends)
                    .map(|base| &*base.expr)
                    .collect::<Vec<_>>(),
            ),
            _ => return false,
        };
        let mut ids = Vec::new();
        for base in bases {
            let swc_ecma_ast::Expr::Ident(ident) = base else { continue };
            let at = crate::parse::offset(ident.span.lo);
            if let Some(super::bind::TypeName::Decl(id)) =
                self.tables.units[unit].type_uses.get(&at)
            {
                ids.push(*id);
            }
        }
        ids.into_iter()
            .any(|id| id == wanted || id != decl && self.spend(1) && self.extends(id, wanted))
    }

    fn fits_union(&mut self, from: Ty, shown: Ty, parts: &[Ty]) -> bool {
        if parts.contains(&from) || parts.contains(&shown) {
            return true;
        }
        if shown == Ty::BOOLEAN {
            return [Ty::TRUE, Ty::FALSE].iter().all(|&one| {
                parts.iter().any(|&part| part == Ty::BOOLEAN || self.assignable(one, part))
            });
        }
        if parts.iter().any(|&part| self.assignable(from, part)) {
            return true;
        }
        // A record whose tag is one of several fits when it fits for each tag.
        let Kind::Record(record) = self.store.kind(shown).clone() else { return false };
        let tag = record
            .fields
            .iter()
            .position(|field| matches!(self.store.kind(field.ty), Kind::Union(_) | Kind::Boolean));
        let Some(at) = tag else { return false };
        let mut values = self.parts(record.fields[at].ty);
        if values == [Ty::BOOLEAN] {
            values = vec![Ty::TRUE, Ty::FALSE];
        }
        if values.len() > 24 {
            return false;
        }
        values.into_iter().all(|value| {
            let mut one = (*record).clone();
            one.fields[at].ty = value;
            let one = self.store.intern(Kind::Record(Arc::new(one)));
            parts.iter().any(|&part| self.assignable(one, part))
        })
    }

    fn tuples(&mut self, from: &[Element], to: &[Element]) -> bool {
        let rest =
            |list: &[Element]| list.last().copied().filter(|last| last.presence == Presence::Rest);
        let longest = from.len().max(to.len());
        for at in 0..longest {
            let wanted = to.get(at).copied().or(rest(to));
            let given = from.get(at).copied().or(rest(from));
            match (given, wanted) {
                (Some(given), Some(wanted)) => {
                    let missing = given.presence != Presence::Required
                        && wanted.presence == Presence::Required;
                    if missing || !self.assignable(given.ty, wanted.ty) {
                        return false;
                    }
                }
                (None, Some(wanted)) if wanted.presence == Presence::Required => return false,
                (Some(_), None) => return false,
                _ => {}
            }
        }
        true
    }

    fn functions(&mut self, from: &[Signature], to: &[Signature]) -> bool {
        to.iter().all(|wanted| from.iter().any(|given| self.signature_fits(given, wanted)))
    }

    fn signature_fits(&mut self, given: &Signature, wanted: &Signature) -> bool {
        let given = match given.generics.is_empty() {
            true => given.clone(),
            // Type parameters of what is given are free: they fit what is wanted.
            false => {
                let free = vec![Ty::DYNAMIC; given.generics.len()];
                let generics = given.generics.to_vec();
                self.substitute_signature(given, &generics, &free)
            }
        };
        let required =
            given.params.iter().filter(|param| param.presence == Presence::Required).count();
        let open = wanted.params.iter().any(|param| param.presence == Presence::Rest);
        if required > wanted.params.len() && !open {
            return false;
        }
        let both = given.method || wanted.method;
        for (at, param) in given.params.iter().enumerate() {
            let other = wanted.params.get(at).or(wanted.params.last().filter(|_| open));
            let Some(other) = other else { break };
            let mut a = param.ty;
            let mut b = other.ty;
            if other.presence == Presence::Optional {
                b = self.store.union([b, Ty::UNDEFINED]);
            }
            if param.presence != Presence::Required {
                a = self.store.union([a, Ty::UNDEFINED]);
            }
            let fits = self.assignable(b, a) || both && self.assignable(a, b);
            if !fits {
                return false;
            }
        }
        if let (Some((x, a)), Some((y, b))) = (given.guard, wanted.guard)
            && (x != y || !self.assignable(a, b))
        {
            return false;
        }
        if wanted.guard.is_some() && given.guard.is_none() {
            return false;
        }
        wanted.result == Ty::VOID || self.assignable(given.result, wanted.result)
    }

    fn fits_record(&mut self, from: Ty, shown: Ty, to: Ty, record: &Record) -> bool {
        if let (Some((name, left)), Some((other, right))) =
            (self.library_name(from), self.library_name(to))
            && matches!((&*name, &*other), ("Map", "Map") | ("Set", "Set"))
        {
            return left.iter().zip(right.iter()).all(|(&a, &b)| self.assignable(a, b));
        }
        if let Some((name, arguments)) = self.library_name(to)
            && let ("Iterable" | "ArrayLike", [of]) = (&*name, &*arguments)
            && !matches!(self.store.kind(shown), Kind::Undefined | Kind::Void | Kind::Unknown)
        {
            if let Some(each) = self.each_of(from) {
                return self.assignable(each, *of);
            }
            let length = (&*name == "ArrayLike")
                .then(|| self.property(shown, &Atom::from("length")))
                .flatten();
            return length.is_some_and(|length| self.assignable(length.ty, Ty::NUMBER));
        }
        let kind = self.store.kind(shown).clone();
        if matches!(kind, Kind::Undefined | Kind::Void | Kind::Unknown | Kind::Never) {
            return false;
        }
        if self.shares_nothing(shown, &kind, record) {
            return false;
        }
        if !record.calls.is_empty() {
            let given = self.signatures(shown);
            if !self.functions(&given, &record.calls) {
                return false;
            }
        }
        if let Some(index) = record.index {
            match &kind {
                Kind::Record(given) => {
                    let fields = given
                        .fields
                        .iter()
                        .filter(|field| record.fields.iter().all(|known| known.name != field.name));
                    let fits = fields
                        .map(|field| field.ty)
                        .chain(given.index)
                        .all(|ty| ty == Ty::UNDEFINED || self.assignable(ty, index));
                    if !fits {
                        return false;
                    }
                }
                Kind::Array(of, _) if !self.assignable(*of, index) => return false,
                Kind::Tuple(..) | Kind::Object | Kind::Array(..) => {}
                _ => return false,
            }
        }
        record.fields.iter().all(|field| self.has_field(shown, field))
    }

    /// Whether something that is no record meets one whose fields are all optional, and has none of them: it would do nothing there.
    fn shares_nothing(&mut self, from: Ty, kind: &Kind, record: &Record) -> bool {
        let other = matches!(
            kind,
            Kind::Number
                | Kind::String
                | Kind::Boolean
                | Kind::NumberLiteral(..)
                | Kind::StringLiteral(..)
                | Kind::BoolLiteral(..)
                | Kind::Template(..)
                | Kind::Array(..)
                | Kind::Tuple(..)
                | Kind::Function(_)
        );
        other
            && !record.fields.is_empty()
            && record.index.is_none()
            && record.calls.is_empty()
            && record.fields.iter().all(|field| field.optional)
            && record.fields.iter().all(|field| self.property(from, &field.name).is_none())
    }

    fn has_field(&mut self, from: Ty, field: &Field) -> bool {
        // A type with an index says nothing of single fields.
        let indexed = matches!(self.store.kind(from), Kind::Record(given)
            if given.index.is_some() && given.fields.iter().all(|known| known.name != field.name));
        match self.property(from, &field.name) {
            None => field.optional,
            Some(found) => {
                if found.optional && !field.optional {
                    return false;
                }
                let wanted = match field.optional {
                    true => self.store.union([field.ty, Ty::UNDEFINED]),
                    false => field.ty,
                };
                self.assignable(found.ty, wanted) || indexed && field.optional
            }
        }
    }

    /// Whether a string has the form of a template.
    fn fits_template(&mut self, text: &str, texts: &[Atom], types: &[Ty]) -> bool {
        let Some((first, rest)) = texts.split_first() else { return false };
        let Some(text) = text.strip_prefix(&**first) else { return false };
        let Some((ty, types)) = types.split_first() else { return text.is_empty() };
        let Some(next) = rest.first() else { return false };
        let ends: Vec<usize> = if rest.len() == 1 {
            match text.strip_suffix(&**next) {
                Some(piece) => vec![piece.len()],
                None => return false,
            }
        } else {
            text.match_indices(&**next).map(|(at, _)| at).collect()
        };
        ends.into_iter().any(|end| {
            self.spend(1)
                && self.piece_fits(&text[..end], *ty)
                && (rest.len() == 1 || self.fits_template(&text[end..], rest, types))
        })
    }

    fn piece_fits(&mut self, piece: &str, ty: Ty) -> bool {
        self.parts(ty).into_iter().any(|part| match self.store.kind(part).clone() {
            Kind::String | Kind::Dynamic => true,
            Kind::Number => piece.trim() == piece && piece.parse::<f64>().is_ok(),
            Kind::Boolean => matches!(piece, "true" | "false"),
            Kind::Undefined => piece == "undefined",
            Kind::StringLiteral(text, _) => &*text == piece,
            Kind::BoolLiteral(value, _) => piece == if value { "true" } else { "false" },
            Kind::NumberLiteral(bits, _) => {
                piece.parse::<f64>().is_ok_and(|value| value.to_bits() == bits)
            }
            Kind::Template(texts, types) => self.fits_template(piece, &texts, &types),
            _ => false,
        })
    }

    /// Whether some value can have both types.
    pub(super) fn overlaps(&mut self, a: Ty, b: Ty) -> bool {
        let (left, right) = (self.parts(a), self.parts(b));
        left.iter().any(|&a| right.iter().any(|&b| self.overlaps_one(a, b)))
    }

    fn overlaps_one(&mut self, a: Ty, b: Ty) -> bool {
        if self.assignable(a, b) || self.assignable(b, a) {
            return true;
        }
        let (a, b) = (self.plain(a), self.plain(b));
        match (self.store.kind(a), self.store.kind(b)) {
            (Kind::Unknown | Kind::Param(_), _) | (_, Kind::Unknown | Kind::Param(_)) => true,
            (x, y) => {
                if is_primitive(x) || is_primitive(y) {
                    return false;
                }
                true
            }
        }
    }
}

/// Whether values of this form have no fields of their own.
pub(super) fn is_primitive(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Undefined
            | Kind::Void
            | Kind::Boolean
            | Kind::Number
            | Kind::String
            | Kind::BoolLiteral(..)
            | Kind::NumberLiteral(..)
            | Kind::StringLiteral(..)
            | Kind::Template(..)
    )
}
