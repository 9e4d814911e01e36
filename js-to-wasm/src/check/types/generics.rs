//! Type arguments that nobody wrote. In: what a signature takes, and what it is given. Out: a type for each of its parameters.

use std::sync::Arc;

use super::{
    Checker,
    ty::{Kind, ParamId, Presence, Signature, Ty},
};

/// How deep types are compared for type arguments.
const DEPTH_MAX: usize = 24;

/// What is known of the type parameters of one call.
#[derive(Debug)]
pub(super) struct Solution {
    params: Arc<[ParamId]>,
    /// What was written, or found.
    found: Vec<Vec<Ty>>,
    fixed: Vec<Option<Ty>>,
    /// What the place of the call expects.
    hints: Vec<Option<Ty>>,
}

impl Solution {
    pub(super) fn new(params: &Arc<[ParamId]>) -> Self {
        let count = params.len();
        Self {
            params: Arc::clone(params),
            found: vec![Vec::new(); count],
            fixed: vec![None; count],
            hints: vec![None; count],
        }
    }

    /// Takes a written type argument.
    pub(super) fn fix(&mut self, at: usize, ty: Ty) {
        if let Some(slot) = self.fixed.get_mut(at) {
            *slot = Some(ty);
        }
    }
}

impl<'a> Checker<'a> {
    /// Learns from what the place of a call expects.
    pub(super) fn infer_hint(&mut self, solution: &mut Solution, result: Ty, expected: Ty) {
        if self.is_dynamic(expected) {
            return;
        }
        let mut other = Solution::new(&solution.params);
        // Of a union, the members that are of the same declared type or have the same tag say what is wanted.
        for part in self.alike(result, expected) {
            self.infer_from(&mut other, result, part, 0);
        }
        for (at, found) in other.found.into_iter().enumerate() {
            if let [one] = found.as_slice()
                && !matches!(*one, Ty::UNKNOWN | Ty::DYNAMIC | Ty::VOID)
            {
                solution.hints[at] = Some(*one);
            }
        }
    }

    /// The members of a union that a result can be; all of it where nothing tells them apart.
    fn alike(&mut self, result: Ty, expected: Ty) -> Vec<Ty> {
        let declared = match *self.store.kind(result) {
            Kind::Named(decl, _) => Some(decl),
            _ => None,
        };
        let parts = self.parts(expected);
        let same = |checker: &Self, part: Ty| match checker.store.kind(part) {
            Kind::Named(decl, _) => Some(*decl) == declared,
            _ => false,
        };
        let named: Vec<Ty> = parts.iter().copied().filter(|&part| same(self, part)).collect();
        if declared.is_some() && parts.len() > 1 && !named.is_empty() {
            named
        } else {
            vec![expected]
        }
    }

    /// Learns from a value of type `given` where `wanted` is taken.
    pub(super) fn infer_from(
        &mut self,
        solution: &mut Solution,
        wanted: Ty,
        given: Ty,
        depth: usize,
    ) {
        if depth > DEPTH_MAX || !self.store.is_open(wanted) || !self.spend(1) {
            return;
        }
        match self.store.kind(wanted).clone() {
            Kind::Param(id) => {
                if let Some(at) = solution.params.iter().position(|&param| param == id)
                    && !solution.found[at].contains(&given)
                {
                    solution.found[at].push(given);
                }
            }
            Kind::Union(parts) => self.infer_from_union(solution, &parts, given, depth),
            Kind::Array(of, _) => {
                if let Some(each) = self.list_of(given) {
                    self.infer_from(solution, of, each, depth + 1);
                }
            }
            Kind::Tuple(elements, _) => self.infer_from_tuple(solution, &elements, given, depth),
            Kind::Function(list) => {
                if let Some(signature) = list.first() {
                    self.infer_from_function(solution, signature, given, depth);
                }
            }
            Kind::Named(decl, arguments) => {
                if let Kind::Named(other, others) = self.store.kind(given).clone()
                    && other == decl
                {
                    for (&wanted, &given) in arguments.iter().zip(others.iter()) {
                        self.infer_from(solution, wanted, given, depth + 1);
                    }
                    return;
                }
                if let Some((name, list)) = self.library_name(wanted)
                    && let ("Iterable" | "ArrayLike", [of]) = (&*name, &*list)
                {
                    if let Some(each) = self.each_of(given) {
                        self.infer_from(solution, *of, each, depth + 1);
                    }
                    return;
                }
                let shown = self.resolve(wanted);
                if shown != wanted {
                    self.infer_from(solution, shown, given, depth + 1);
                }
            }
            Kind::Record(record) => self.infer_from_record(solution, &record, given, depth),
            Kind::Intersection(parts) => {
                for &part in parts.iter() {
                    self.infer_from(solution, part, given, depth + 1);
                }
            }
            Kind::Utility(_, arguments) => {
                // `Partial<T>`, `Readonly<T>`: the fields of what is given.
                if let Some(&first) = arguments.first() {
                    self.infer_from(solution, first, given, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn list_of(&mut self, given: Ty) -> Option<Ty> {
        let parts = self.parts(given);
        let mut list = Vec::new();
        for part in parts {
            let plain = self.plain(part);
            let listed = plain == Ty::DYNAMIC
                || matches!(self.store.kind(plain), Kind::Array(..) | Kind::Tuple(..))
                || self
                    .library_name(part)
                    .is_some_and(|(name, _)| matches!(&*name, "Iterable" | "ArrayLike"));
            if listed {
                list.extend(self.each_of(part));
            }
        }
        if list.is_empty() { None } else { Some(self.store.union(list)) }
    }

    /// Members that are the same on both sides say nothing; a bare parameter takes the rest.
    fn infer_from_union(&mut self, solution: &mut Solution, parts: &[Ty], given: Ty, depth: usize) {
        let closed: Vec<Ty> =
            parts.iter().copied().filter(|&part| !self.store.is_open(part)).collect();
        let mut rest: Vec<Ty> = self.parts(given);
        rest.retain(|&one| {
            !closed.iter().any(|&part| self.assignable(one, part)) || one == Ty::DYNAMIC
        });
        let (bare, shaped): (Vec<Ty>, Vec<Ty>) = parts
            .iter()
            .copied()
            .filter(|&part| self.store.is_open(part))
            .partition(|&part| matches!(self.store.kind(part), Kind::Param(_)));
        if !bare.is_empty() {
            let mut left = Vec::new();
            for one in rest {
                let fits = shaped.iter().any(|&part| self.same_shape(part, one));
                if fits {
                    for &part in &shaped {
                        self.infer_from(solution, part, one, depth + 1);
                    }
                } else {
                    left.push(one);
                }
            }
            if !left.is_empty() {
                let left = self.store.union(left);
                for part in bare {
                    self.infer_from(solution, part, left, depth + 1);
                }
            }
            return;
        }
        let rest = self.store.union(rest);
        for part in shaped {
            self.infer_from(solution, part, rest, depth + 1);
        }
    }

    fn same_shape(&mut self, wanted: Ty, given: Ty) -> bool {
        let given = self.plain(given);
        matches!(
            (self.store.kind(wanted), self.store.kind(given)),
            (
                Kind::Array(..) | Kind::Tuple(..) | Kind::Named(..),
                Kind::Array(..) | Kind::Tuple(..)
            ) | (Kind::Function(_), Kind::Function(_))
                | (Kind::Named(..) | Kind::Record(_), Kind::Record(_))
        )
    }

    fn infer_from_tuple(
        &mut self,
        solution: &mut Solution,
        elements: &[super::ty::Element],
        given: Ty,
        depth: usize,
    ) {
        let plain = self.plain(given);
        match self.store.kind(plain).clone() {
            Kind::Tuple(others, _) => {
                for (at, element) in elements.iter().enumerate() {
                    if element.presence == Presence::Rest {
                        let rest: Vec<Ty> = others.iter().skip(at).map(|other| other.ty).collect();
                        let rest = self.store.union(rest);
                        self.infer_from(solution, element.ty, rest, depth + 1);
                    } else if let Some(other) = others.get(at) {
                        self.infer_from(solution, element.ty, other.ty, depth + 1);
                    }
                }
            }
            Kind::Union(parts) => {
                for &part in parts.iter() {
                    self.infer_from_tuple(solution, elements, part, depth + 1);
                }
            }
            Kind::Array(of, _) => {
                for element in elements {
                    self.infer_from(solution, element.ty, of, depth + 1);
                }
            }
            Kind::Dynamic => {
                for element in elements {
                    self.infer_from(solution, element.ty, Ty::DYNAMIC, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn infer_from_function(
        &mut self,
        solution: &mut Solution,
        wanted: &Signature,
        given: Ty,
        depth: usize,
    ) {
        let signatures = self.signatures(given);
        let Some(given) = signatures.last().cloned() else {
            if self.is_dynamic(given) {
                self.infer_from(solution, wanted.result, Ty::DYNAMIC, depth + 1);
            }
            return;
        };
        let given = match given.generics.is_empty() {
            true => given,
            false => {
                let free = vec![Ty::DYNAMIC; given.generics.len()];
                let generics = given.generics.to_vec();
                self.substitute_signature(&given, &generics, &free)
            }
        };
        for (wanted, given) in wanted.params.iter().zip(given.params.iter()) {
            // An unannotated parameter took its type from here and says nothing new.
            if given.ty != Ty::DYNAMIC {
                self.infer_from(solution, wanted.ty, given.ty, depth + 1);
            }
        }
        if let (Some((_, wanted)), Some((_, given))) = (wanted.guard, given.guard) {
            self.infer_from(solution, wanted, given, depth + 1);
        }
        self.infer_from(solution, wanted.result, given.result, depth + 1);
    }

    fn infer_from_record(
        &mut self,
        solution: &mut Solution,
        wanted: &super::ty::Record,
        given: Ty,
        depth: usize,
    ) {
        for field in &wanted.fields {
            if !self.store.is_open(field.ty) {
                continue;
            }
            if let Some(found) = self.property(given, &field.name) {
                let ty = match found.optional && !field.optional {
                    true => self.store.union([found.ty, Ty::UNDEFINED]),
                    false => found.ty,
                };
                self.infer_from(solution, field.ty, ty, depth + 1);
            }
        }
        if let Some(index) = wanted.index {
            let plain = self.plain(given);
            match self.store.kind(plain).clone() {
                Kind::Record(record) => {
                    let list: Vec<Ty> =
                        record.fields.iter().map(|field| field.ty).chain(record.index).collect();
                    let all = self.store.union(list);
                    if all != Ty::NEVER {
                        self.infer_from(solution, index, all, depth + 1);
                    }
                }
                Kind::Array(..) | Kind::Tuple(..) | Kind::Dynamic => {
                    if let Some(each) = self.each_of(plain) {
                        self.infer_from(solution, index, each, depth + 1);
                    }
                }
                _ => {}
            }
        }
        if let (Some(wanted), calls) = (wanted.calls.first().cloned(), self.signatures(given))
            && !calls.is_empty()
        {
            self.infer_from_function(solution, &wanted, given, depth + 1);
        }
    }

    /// A parameter's type with what is known so far; what is not known is dynamic.
    pub(super) fn partial(&mut self, solution: &Solution, ty: Ty) -> Ty {
        if solution.params.is_empty() || !self.store.is_open(ty) {
            return ty;
        }
        let mut known = Vec::new();
        for at in 0..solution.params.len() {
            let found = self.candidate(solution, at);
            let bound = match found {
                Some(_) => None,
                None => self.bound_of(solution.params[at]),
            };
            let ty = found.or(solution.hints[at]).or(bound).unwrap_or(Ty::DYNAMIC);
            let wide = found.is_some() && !self.keeps_literals(solution.params[at]);
            let ty = if wide { self.store.widen(ty) } else { ty };
            known.push(ty);
        }
        let params = Arc::clone(&solution.params);
        self.substitute(ty, &params, &known)
    }

    fn candidate(&mut self, solution: &Solution, at: usize) -> Option<Ty> {
        if let Some(ty) = solution.fixed[at] {
            return Some(ty);
        }
        let found = &solution.found[at];
        if found.is_empty() {
            return None;
        }
        let list = self.without_doubles(found.clone());
        let all = self.store.union(list);
        // A literal stays where the parameter asks for one.
        match self.keeps_literals(solution.params[at]) {
            true => Some(self.store.regular(all)),
            false => Some(all),
        }
    }

    /// What fits another candidate says nothing more than that one does.
    fn without_doubles(&mut self, list: Vec<Ty>) -> Vec<Ty> {
        if list.len() < 2 || list.len() > 16 {
            return list;
        }
        let vague = |checker: &mut Self, ty: Ty| match checker.store.kind(ty) {
            Kind::Array(of, _) => *of == Ty::DYNAMIC,
            _ => ty == Ty::DYNAMIC,
        };
        let mut kept: Vec<Ty> = Vec::new();
        for (at, &one) in list.iter().enumerate() {
            let double = list.iter().enumerate().any(|(other_at, &other)| {
                other_at != at
                    && self.assignable(one, other)
                    && !vague(self, other)
                    && (!self.assignable(other, one) || vague(self, one) || other_at < at)
            });
            if !double {
                kept.push(one);
            }
        }
        if kept.is_empty() { list } else { kept }
    }

    fn keeps_literals(&mut self, param: ParamId) -> bool {
        let Some(bound) = self.bound_of(param) else { return false };
        let parts = self.parts(bound);
        parts.iter().any(|&part| {
            matches!(
                self.store.kind(part),
                Kind::String
                    | Kind::Number
                    | Kind::Boolean
                    | Kind::StringLiteral(..)
                    | Kind::NumberLiteral(..)
                    | Kind::BoolLiteral(..)
                    | Kind::Template(..)
                    | Kind::KeyOf(_)
            )
        })
    }

    /// A type for every parameter.
    pub(super) fn solve(&mut self, solution: &mut Solution, result: Ty) -> Vec<Ty> {
        let mut solved = Vec::new();
        for at in 0..solution.params.len() {
            let param = solution.params[at];
            let ty = match self.candidate(solution, at) {
                Some(ty) if solution.fixed[at].is_some() || self.keeps_literals(param) => ty,
                Some(ty) => {
                    let bare = self.parts_of_result(result).contains(&param);
                    let wide = self.store.widen(ty);
                    // What is expected may ask for the literals.
                    let asked = match solution.hints[at] {
                        Some(hint) => self.assignable(ty, hint) && !self.assignable(wide, hint),
                        None => false,
                    };
                    match solution.hints[at] {
                        Some(hint) if asked => hint,
                        _ if bare => ty,
                        _ => wide,
                    }
                }
                None => match (solution.hints[at], self.default_of(param)) {
                    (Some(hint), _) => hint,
                    (None, Some(node)) => {
                        let unit = self.tables.params[param.0 as usize].unit;
                        let ty = self.written(node, unit);
                        let params = Arc::clone(&solution.params);
                        self.substitute(ty, &params, &solved)
                    }
                    (None, None) => Ty::DYNAMIC,
                },
            };
            solved.push(ty);
        }
        self.within_bounds(solution, &mut solved);
        solved
    }

    /// What does not fit what its parameter must be is replaced by that, so that the argument is refused.
    fn within_bounds(&mut self, solution: &Solution, solved: &mut [Ty]) {
        let params = Arc::clone(&solution.params);
        for at in 0..solved.len() {
            if solution.fixed[at].is_some() {
                continue;
            }
            let Some(bound) = self.bound_of(params[at]) else { continue };
            let bound = self.substitute(bound, &params, solved);
            if !self.store.is_open(bound) && !self.assignable(solved[at], bound) {
                solved[at] = bound;
            }
        }
    }

    /// The parameters that stand alone in a result.
    fn parts_of_result(&mut self, result: Ty) -> Vec<ParamId> {
        self.store
            .parts(result)
            .into_iter()
            .filter_map(|part| match self.store.kind(part) {
                Kind::Param(id) => Some(*id),
                _ => None,
            })
            .collect()
    }
}
