//! `match`: which arm a value takes, and what comes out. In: a `match`. Out: the union of what its arms give; a warning when values are left
//! over that no arm takes. In each arm the subject is known to have the arm's form.

use swc_atoms::Atom;
use swc_ecma_ast::{self as ast, Expr, Lit, Prop, PropName, PropOrSpread, UnaryOp};

use super::{
    Checker,
    flow::Flow,
    narrow::Test,
    ty::{Element, Fresh, Kind, Presence, Ty},
};
use crate::parse::Match;

/// Most values of a subject that are followed one by one.
const VALUES_MAX: usize = 512;

impl<'a> Checker<'a> {
    pub(super) fn match_(&mut self, node: &Match<'a>, expected: Option<Ty>) -> Ty {
        let subject = self.expr(node.subject, None);
        let subject = self.widened_literal(subject);
        let before = self.flow.clone();
        let mut left = self.store.regular(subject);
        let mut results = Vec::new();
        let mut after: Option<Flow> = None;
        let mut default = None;
        let mut whole = false;
        for arm in &node.arms {
            let Some(pattern) = arm.pattern else {
                default = Some(arm.body);
                continue;
            };
            let kept = self.matched(left, pattern, true);
            self.check_pattern(pattern, subject, kept);
            left = match whole {
                true => Ty::NEVER,
                false => self.matched(left, pattern, false),
            };
            whole |= is_any(pattern);
            self.flow = before.clone();
            self.narrow_subject(node.subject, kept);
            let ty = self.expr(arm.body, expected);
            results.push(ty);
            after = Some(match after {
                Some(after) => after.join(&self.flow, &mut self.store),
                None => self.flow.clone(),
            });
        }
        if let Some(body) = default {
            self.flow = before.clone();
            self.narrow_subject(node.subject, left);
            let ty = self.expr(body, expected);
            results.push(ty);
            after = Some(match after {
                Some(after) => after.join(&self.flow, &mut self.store),
                None => self.flow.clone(),
            });
        } else if !whole && left != Ty::NEVER {
            self.not_exhaustive(node, left);
            results.push(Ty::UNDEFINED);
            after = after.map(|after| after.join(&before, &mut self.store));
        }
        let reachable = before.reachable;
        self.flow = after.unwrap_or(before);
        self.flow.reachable = reachable;
        let results = self.normalized(results);
        self.store.union(results)
    }

    fn narrow_subject(&mut self, subject: &'a Expr, ty: Ty) {
        if ty == Ty::NEVER {
            return;
        }
        if let Some(path) = self.path(subject) {
            self.flow.set(path, ty);
        }
        // `match (x.kind)` says something of `x`.
        if let (Expr::Member(member), Some(unit)) = (subject.unwrap_parens(), self.unit_of(ty))
            && let ast::MemberProp::Ident(name) = &member.prop
            && let Some(path) = self.path(&member.obj)
        {
            let known = self.flow.get(&path).unwrap_or_else(|| self.known_type(&member.obj));
            let mut kept = Vec::new();
            for part in self.parts(known) {
                let passes = match self.property(part, &name.sym) {
                    Some(found) => self.filter(found.ty, &Test::Equals(unit), true) != Ty::NEVER,
                    None => true,
                };
                if passes {
                    kept.push(part);
                }
            }
            let kept = self.store.union(kept);
            if kept != Ty::NEVER {
                self.flow.set(path, kept);
            }
        }
    }

    /// The values of a type that a pattern takes, or those that it leaves.
    pub(super) fn matched(&mut self, ty: Ty, pattern: &'a Expr, takes: bool) -> Ty {
        match pattern.unwrap_parens() {
            Expr::Object(node) => self.matched_object(ty, node, takes),
            Expr::Array(node) => self.matched_list(ty, node, takes),
            _ if is_any(pattern) => {
                if takes {
                    ty
                } else {
                    Ty::NEVER
                }
            }
            other => match self.pattern_unit(other) {
                Some(unit) => self.filter(ty, &Test::Equals(unit), takes),
                None => ty,
            },
        }
    }

    fn matched_object(&mut self, ty: Ty, node: &'a ast::ObjectLit, takes: bool) -> Ty {
        let parts = self.parts(ty);
        if parts.len() > VALUES_MAX {
            return Ty::DYNAMIC;
        }
        let mut kept = Vec::new();
        for part in parts {
            let plain = self.plain(part);
            if matches!(self.store.kind(plain), Kind::Dynamic | Kind::Unknown) {
                kept.push(if takes { Ty::DYNAMIC } else { part });
                continue;
            }
            if super::relate::is_primitive(self.store.kind(plain)) {
                // An object pattern takes no `undefined`; other primitives have the fields of their interfaces.
                let possible = !matches!(plain, Ty::UNDEFINED | Ty::VOID);
                if possible || !takes {
                    kept.push(part);
                }
                continue;
            }
            let (possible, certain) = self.fields_match(part, node);
            if takes && possible || !takes && !certain {
                kept.push(part);
            }
        }
        self.store.union(kept)
    }

    fn matched_list(&mut self, ty: Ty, node: &'a ast::ArrayLit, takes: bool) -> Ty {
        let parts = self.parts(ty);
        if parts.len() > VALUES_MAX {
            return Ty::DYNAMIC;
        }
        let mut kept = Vec::new();
        for part in parts {
            let plain = self.plain(part);
            let (possible, certain) = match self.store.kind(plain).clone() {
                Kind::Array(of, _) => {
                    let element = Element { ty: of, presence: Presence::Rest };
                    self.elements_match(&[element], node)
                }
                Kind::Tuple(elements, _) => self.elements_match(&elements, node),
                Kind::Dynamic | Kind::Unknown | Kind::Object | Kind::Param(_) => (true, false),
                _ => (false, false),
            };
            if takes && possible || !takes && !possible {
                kept.push(part);
            } else if !takes && !certain {
                self.lists_left(part, node, &mut kept);
            }
        }
        self.store.union(kept)
    }

    /// What a pattern leaves of a list. Of a tuple: for each place, the values there that the pattern does not take, where those in
    /// front of it are taken.
    fn lists_left(&mut self, part: Ty, node: &'a ast::ArrayLit, kept: &mut Vec<Ty>) {
        let plain = self.plain(part);
        let Kind::Tuple(elements, access) = self.store.kind(plain).clone() else {
            return kept.push(part);
        };
        if elements.iter().any(|element| element.presence != Presence::Required) {
            return kept.push(part);
        }
        let mut taken = elements.to_vec();
        for (index, pattern) in list_patterns(node).into_iter().enumerate() {
            let Some(pattern) = pattern else { continue };
            let before = taken[index].ty;
            let left = self.matched(before, pattern, false);
            if left != Ty::NEVER {
                taken[index].ty = left;
                kept.push(self.store.intern(Kind::Tuple(taken.as_slice().into(), access)));
            }
            taken[index].ty = self.matched(before, pattern, true);
        }
    }

    /// Whether a list of these elements may match a pattern, and whether it must.
    fn elements_match(&mut self, elements: &[Element], node: &'a ast::ArrayLit) -> (bool, bool) {
        let patterns = list_patterns(node);
        let open = patterns.len() < node.elems.len();
        let required =
            elements.iter().filter(|element| element.presence == Presence::Required).count();
        let endless = elements.last().is_some_and(|element| element.presence == Presence::Rest);
        let longest = elements.len() - usize::from(endless);
        if patterns.len() > longest && !endless || patterns.len() < required && !open {
            return (false, false);
        }
        // Every length that the list may have is one that the pattern takes.
        let mut certain = patterns.len() <= required
            && (open || !endless && longest == required && longest == patterns.len());
        for (index, pattern) in patterns.into_iter().enumerate() {
            let Some(element) = elements.get(index).or(elements.last()) else { break };
            // A hole takes everything.
            let Some(pattern) = pattern else { continue };
            if self.matched(element.ty, pattern, true) == Ty::NEVER {
                return (false, false);
            }
            certain &= self.matched(element.ty, pattern, false) == Ty::NEVER;
        }
        (true, certain)
    }

    /// Whether a value may have the fields of a pattern, and whether it must.
    fn fields_match(&mut self, part: Ty, node: &'a ast::ObjectLit) -> (bool, bool) {
        let mut certain = true;
        for prop in &node.props {
            let PropOrSpread::Prop(prop) = prop else { return (true, false) };
            let Prop::KeyValue(prop) = &**prop else { return (true, false) };
            let Some(name) = pattern_key(&prop.key) else { return (true, false) };
            let ty = match self.property(part, &name) {
                Some(found) if found.optional => self.store.union([found.ty, Ty::UNDEFINED]),
                Some(found) => found.ty,
                None => Ty::UNDEFINED,
            };
            if self.matched(ty, &prop.value, true) == Ty::NEVER {
                return (false, false);
            }
            certain &= self.matched(ty, &prop.value, false) == Ty::NEVER;
        }
        (true, certain)
    }

    /// The one value that a literal pattern takes.
    fn pattern_unit(&mut self, pattern: &'a Expr) -> Option<Ty> {
        match pattern {
            Expr::Lit(Lit::Str(text)) => {
                let text = Atom::from(&*text.value.to_string_lossy());
                Some(self.store.string(text, Fresh::No))
            }
            Expr::Lit(Lit::Num(number)) => Some(self.store.number(number.value, Fresh::No)),
            Expr::Lit(Lit::Bool(value)) => Some(if value.value { Ty::TRUE } else { Ty::FALSE }),
            Expr::Ident(ident) if &*ident.sym == "undefined" => Some(Ty::UNDEFINED),
            Expr::Unary(node) if node.op == UnaryOp::Minus => match &*node.arg {
                Expr::Lit(Lit::Num(number)) => Some(self.store.number(-number.value, Fresh::No)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The flows in which a `switch` takes a case, and in which it goes on.
    pub(super) fn case_flows(
        &mut self,
        open: &Flow,
        subject: &'a Expr,
        subject_ty: Ty,
        value: Ty,
    ) -> (Flow, Flow) {
        let Some(unit) = self.unit_of(value) else { return (open.clone(), open.clone()) };
        let outer = std::mem::replace(&mut self.flow, open.clone());
        let known = match self.path(subject).and_then(|path| open.get(&path)) {
            Some(known) => known,
            None => subject_ty,
        };
        let yes = self.filter(known, &Test::Equals(unit), true);
        self.narrow_subject(subject, yes);
        let taken = std::mem::replace(&mut self.flow, open.clone());
        let no = self.filter(known, &Test::Equals(unit), false);
        self.exclude_subject(subject, no, unit);
        let rest = std::mem::replace(&mut self.flow, outer);
        (taken, rest)
    }

    fn exclude_subject(&mut self, subject: &'a Expr, left: Ty, unit: Ty) {
        if let Some(path) = self.path(subject) {
            self.flow.set(path, left);
        }
        if let Expr::Member(member) = subject.unwrap_parens()
            && let ast::MemberProp::Ident(name) = &member.prop
            && let Some(path) = self.path(&member.obj)
        {
            let known = self.flow.get(&path).unwrap_or_else(|| self.known_type(&member.obj));
            let mut kept = Vec::new();
            for part in self.parts(known) {
                let passes = match self.property(part, &name.sym) {
                    Some(found) => self.filter(found.ty, &Test::Equals(unit), false) != Ty::NEVER,
                    None => true,
                };
                if passes {
                    kept.push(part);
                }
            }
            let kept = self.store.union(kept);
            self.flow.set(path, kept);
        }
    }
}

/// `_`
fn is_any(pattern: &Expr) -> bool {
    matches!(pattern.unwrap_parens(), Expr::Ident(ident) if &*ident.sym == "_")
}

/// The patterns of a list's elements up to `..._`; none for a hole.
fn list_patterns(node: &ast::ArrayLit) -> Vec<Option<&Expr>> {
    let before = |one: &&Option<ast::ExprOrSpread>| {
        one.as_ref().is_none_or(|element| element.spread.is_none())
    };
    node.elems.iter().take_while(before).map(|one| one.as_ref().map(|one| &*one.expr)).collect()
}

fn pattern_key(key: &PropName) -> Option<Atom> {
    match key {
        PropName::Ident(name) => Some(name.sym.clone()),
        PropName::Str(text) => Some(Atom::from(&*text.value.to_string_lossy())),
        _ => None,
    }
}
