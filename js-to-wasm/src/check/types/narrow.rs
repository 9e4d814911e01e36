//! What a condition says about variables. In: a condition that was inferred, and its outcome. Out: the flow in which that outcome
//! holds. Understood are `typeof`, comparisons with one value, `in`, user-written guards, `isOk`, plain booleans, constants that hold
//! such conditions, and tags of unions. Never happens here: reporting.

use swc_atoms::Atom;
use swc_ecma_ast::{self as ast, BinaryOp, Callee, Expr, Lit, MemberProp, UnaryOp};

use super::{
    Checker,
    bind::{BindingId, BindingKind},
    flow::{Flow, Path},
    relate::is_primitive,
    ty::{Fresh, Kind, Ty},
};
use crate::parse::offset;

/// What is known about a value, and whether it holds or does not.
#[derive(Debug, Clone)]
pub(super) enum Test {
    /// It counts as true.
    Truthy,
    /// It is this one value.
    Equals(Ty),
    /// `typeof` gives this word.
    TypeOf(Atom),
    /// It has a field of this name.
    Has(Atom),
    /// A guard says that it is this type.
    Is(Ty),
}

/// How many constants that hold conditions are followed.
const ALIASES_MAX: usize = 4;

impl<'a> Checker<'a> {
    /// The flow in which `condition` gave `outcome`.
    pub(super) fn narrowed(&mut self, condition: &'a Expr, outcome: bool) -> Flow {
        let mut flow = self.flow.clone();
        self.narrow(&mut flow, condition, outcome, 0);
        flow
    }

    fn narrow(&mut self, flow: &mut Flow, condition: &'a Expr, outcome: bool, aliases: usize) {
        match condition.unwrap_parens() {
            Expr::Unary(node) if node.op == UnaryOp::Bang => {
                self.narrow(flow, &node.arg, !outcome, aliases)
            }
            Expr::Bin(node) => self.narrow_binary(flow, node, outcome, aliases),
            Expr::Call(call) => self.narrow_call(flow, call, outcome),
            Expr::Ident(ident) => {
                self.apply(flow, condition, &Test::Truthy, outcome);
                self.narrow_alias(flow, ident, outcome, aliases);
            }
            other => self.apply(flow, other, &Test::Truthy, outcome),
        }
    }

    /// `const given = x !== undefined; if (given) …`
    fn narrow_alias(
        &mut self,
        flow: &mut Flow,
        ident: &'a ast::Ident,
        outcome: bool,
        aliases: usize,
    ) {
        if aliases >= ALIASES_MAX {
            return;
        }
        let Some(id) = self.use_of(ident) else { return };
        if let Some(init) = self.conditions.get(&id).copied() {
            self.narrow(flow, init, outcome, aliases + 1);
        }
    }

    fn narrow_binary(
        &mut self,
        flow: &mut Flow,
        node: &'a ast::BinExpr,
        outcome: bool,
        aliases: usize,
    ) {
        if self.module.extensions.as_pipe(node).is_some() {
            return;
        }
        match node.op {
            BinaryOp::EqEqEq => self.narrow_equal(flow, &node.left, &node.right, outcome),
            BinaryOp::NotEqEq => self.narrow_equal(flow, &node.left, &node.right, !outcome),
            BinaryOp::In => {
                if let Expr::Lit(Lit::Str(name)) = node.left.unwrap_parens() {
                    let name = Atom::from(&*name.value.to_string_lossy());
                    self.apply(flow, &node.right, &Test::Has(name), outcome);
                }
            }
            // Both sides hold, or both do not.
            BinaryOp::LogicalAnd if outcome => {
                self.narrow(flow, &node.left, true, aliases);
                self.narrow(flow, &node.right, true, aliases);
            }
            BinaryOp::LogicalOr if !outcome => {
                self.narrow(flow, &node.left, false, aliases);
                self.narrow(flow, &node.right, false, aliases);
            }
            _ => {}
        }
    }

    fn narrow_equal(&mut self, flow: &mut Flow, left: &'a Expr, right: &'a Expr, outcome: bool) {
        for (one, other) in [(left, right), (right, left)] {
            if let Expr::Unary(node) = one.unwrap_parens()
                && node.op == UnaryOp::TypeOf
                && let Expr::Lit(Lit::Str(word)) = other.unwrap_parens()
            {
                let word = Atom::from(&*word.value.to_string_lossy());
                return self.apply(flow, &node.arg, &Test::TypeOf(word), outcome);
            }
        }
        for (one, other) in [(left, right), (right, left)] {
            let value = self.known_type(other);
            let unit = self.unit_of(value);
            match unit {
                Some(unit) => self.apply(flow, one, &Test::Equals(unit), outcome),
                // Equal to one of several: what the other can be stays.
                None if outcome && value != Ty::DYNAMIC && value != Ty::UNKNOWN => {
                    let known = self.known_type(one);
                    let parts = self.parts(known);
                    if parts.len() > 1 {
                        let kept: Vec<Ty> =
                            parts.into_iter().filter(|&part| self.overlaps(part, value)).collect();
                        let ty = self.store.union(kept);
                        if let (Some(path), true) = (self.path(one), ty != Ty::NEVER) {
                            flow.set(path, ty);
                        }
                    }
                }
                None => {}
            }
        }
    }

    /// A type with a single value.
    pub(super) fn unit_of(&mut self, ty: Ty) -> Option<Ty> {
        let shown = self.resolve(ty);
        match self.store.kind(shown) {
            Kind::Undefined | Kind::Void => Some(Ty::UNDEFINED),
            Kind::BoolLiteral(..) | Kind::NumberLiteral(..) | Kind::StringLiteral(..) => {
                Some(self.store.regular(shown))
            }
            _ => None,
        }
    }

    fn narrow_call(&mut self, flow: &mut Flow, call: &'a ast::CallExpr, outcome: bool) {
        let Callee::Expr(callee) = &call.callee else { return };
        if let Some((at, ty)) = self.guards.get(&offset(call.span.lo)).copied() {
            if let Some(argument) = call.args.get(at as usize).filter(|one| one.spread.is_none()) {
                self.apply(flow, &argument.expr, &Test::Is(ty), outcome);
            }
            return;
        }
        // `result.isOk()` says what `result.ok` says.
        let Expr::Member(member) = callee.unwrap_parens() else { return };
        let MemberProp::Ident(name) = &member.prop else { return };
        let holds = match &*name.sym {
            "isOk" => outcome,
            "isErr" => !outcome,
            _ => return,
        };
        let object = self.known_type(&member.obj);
        let unit = if holds { Ty::TRUE } else { Ty::FALSE };
        if let Some(path) = self.path(&member.obj) {
            let kept = self.with_tag(object, &Atom::from("ok"), &Test::Equals(unit), true);
            flow.set(path, kept);
        }
    }

    /// Narrows what `expr` names by a test, and the object whose tag it is.
    fn apply(&mut self, flow: &mut Flow, expr: &'a Expr, test: &Test, outcome: bool) {
        let expr = expr.unwrap_parens();
        if let Some(path) = self.path(expr) {
            let known = match flow.get(&path) {
                Some(known) => known,
                None => self.known_type(expr),
            };
            let kept = self.filter(known, test, outcome);
            if kept != known {
                self.narrow_siblings(flow, path.root, &path, test, outcome);
                flow.set(path, kept);
            } else if path.names.is_empty() {
                self.narrow_siblings(flow, path.root, &path.clone(), test, outcome);
            }
        }
        let (object, name, optional) = match expr {
            Expr::Member(member) => match &member.prop {
                MemberProp::Ident(name) => (&*member.obj, name.sym.clone(), false),
                _ => return,
            },
            Expr::OptChain(chain) => match &*chain.base {
                ast::OptChainBase::Member(member) => match &member.prop {
                    MemberProp::Ident(name) => (&*member.obj, name.sym.clone(), chain.optional),
                    _ => return,
                },
                ast::OptChainBase::Call(_) => return,
            },
            _ => return,
        };
        let Some(path) = self.path(object) else { return };
        let known = match flow.get(&path) {
            Some(known) => known,
            None => self.known_type(object),
        };
        let mut kept = known;
        if optional && self.excludes_undefined(test, outcome) {
            kept = self.without_undefined(kept);
        }
        let left = self.with_tag(kept, &name, test, outcome);
        if left == kept && self.parts(kept).len() == 1 && self.is_member_of_union(&path) {
            // The last member: after all others, nothing may be left.
            let two = [kept, Ty::UNDEFINED];
            let two = self.store.union(two);
            let rest = self.with_tag(two, &name, test, outcome);
            kept = if self.parts(rest).contains(&kept) { kept } else { Ty::NEVER };
        } else {
            kept = left;
        }
        if kept != known {
            flow.set(path, kept);
        }
    }

    /// Whether what a path leads to was declared as one of several.
    fn is_member_of_union(&mut self, path: &Path) -> bool {
        let mut declared = self.binding_type(path.root);
        for name in &path.names {
            match self.property(declared, name) {
                Some(found) => declared = found.ty,
                None => return false,
            }
        }
        let declared = self.without_undefined(declared);
        self.parts(declared).len() > 1
    }

    /// Whether a test that turned out like this is not passed by `undefined`.
    fn excludes_undefined(&mut self, test: &Test, outcome: bool) -> bool {
        self.filter(Ty::UNDEFINED, test, outcome) == Ty::NEVER
    }

    /// The members of a union whose field `name` passes a test.
    fn with_tag(&mut self, ty: Ty, name: &Atom, test: &Test, outcome: bool) -> Ty {
        let parts = self.parts(ty);
        if parts.len() < 2 {
            return ty;
        }
        let mut kept = Vec::new();
        for &part in &parts {
            let passes = if matches!(part, Ty::UNDEFINED | Ty::VOID) {
                !self.excludes_undefined(test, outcome)
            } else {
                match self.property(part, name) {
                    None => true,
                    Some(found) => {
                        let ty = match found.optional {
                            true => self.store.union([found.ty, Ty::UNDEFINED]),
                            false => found.ty,
                        };
                        self.filter(ty, test, outcome) != Ty::NEVER
                    }
                }
            };
            if passes {
                kept.push(part);
            }
        }
        if kept.len() == parts.len() { ty } else { self.store.union(kept) }
    }

    /// `const { ok, value } = result; if (ok) …`: the other names that were taken from the same object.
    fn narrow_siblings(
        &mut self,
        flow: &mut Flow,
        id: BindingId,
        path: &Path,
        test: &Test,
        outcome: bool,
    ) {
        if !path.names.is_empty() {
            return;
        }
        let Some((group, name)) = self.taken.get(&id).cloned() else { return };
        let Some((source, members)) = self.groups.get(group).cloned() else { return };
        let before = self.group_type(flow, group, source);
        let kept = self.with_tag(before, &name, test, outcome);
        if kept == before {
            return;
        }
        for (member, name) in members {
            if member == id {
                continue;
            }
            if let Some(found) = self.property(kept, &name) {
                let ty = match found.optional {
                    true => self.store.union([found.ty, Ty::UNDEFINED]),
                    false => found.ty,
                };
                flow.set(Path { root: member, names: Vec::new() }, ty);
            }
        }
    }

    fn group_type(&mut self, _flow: &Flow, _group: usize, source: Ty) -> Ty {
        source
    }

    /// The values of a type that pass a test, or those that do not.
    pub(super) fn filter(&mut self, ty: Ty, test: &Test, outcome: bool) -> Ty {
        let mut kept = Vec::new();
        if let (Test::Is(wanted), true) = (test, outcome) {
            let parts = self.parts(ty);
            let fitting: Vec<Ty> =
                parts.iter().copied().filter(|&part| self.assignable(part, *wanted)).collect();
            if !fitting.is_empty() && parts.len() > 1 && !fitting.contains(&Ty::DYNAMIC) {
                return self.store.union(fitting);
            }
        }
        for part in self.parts(ty) {
            let one = match test {
                Test::Truthy => self.filter_truthy(part, outcome),
                Test::Equals(unit) => self.filter_equal(part, *unit, outcome),
                Test::TypeOf(word) => self.filter_typeof(part, word, outcome),
                Test::Has(name) => self.filter_has(part, name, outcome),
                Test::Is(wanted) => self.filter_is(part, *wanted, outcome),
            };
            kept.push(one);
        }
        let narrow = self.store.union(kept);
        let whole = self.resolve(ty);
        if narrow == whole { ty } else { narrow }
    }

    fn filter_truthy(&mut self, part: Ty, outcome: bool) -> Ty {
        let plain = self.plain(part);
        match (self.store.kind(plain), outcome) {
            (Kind::Undefined | Kind::Void, true) => Ty::NEVER,
            (Kind::Boolean, true) => Ty::TRUE,
            (Kind::Boolean, false) => Ty::FALSE,
            (Kind::BoolLiteral(value, _), _) if *value != outcome => Ty::NEVER,
            (Kind::NumberLiteral(bits, _), _) if (f64::from_bits(*bits) != 0.0) != outcome => {
                Ty::NEVER
            }
            (Kind::StringLiteral(text, _), _) if text.is_empty() == outcome => Ty::NEVER,
            (
                Kind::Record(_)
                | Kind::Array(..)
                | Kind::Tuple(..)
                | Kind::Function(_)
                | Kind::Object,
                false,
            ) => Ty::NEVER,
            _ => part,
        }
    }

    fn filter_equal(&mut self, part: Ty, unit: Ty, outcome: bool) -> Ty {
        let plain = self.plain(part);
        let same =
            self.store.regular(plain) == unit || matches!((plain, unit), (Ty::VOID, Ty::UNDEFINED));
        if !outcome {
            return match (plain, unit) {
                _ if same => Ty::NEVER,
                (Ty::BOOLEAN, Ty::TRUE) => Ty::FALSE,
                (Ty::BOOLEAN, Ty::FALSE) => Ty::TRUE,
                _ => part,
            };
        }
        if same {
            return part;
        }
        match self.store.kind(plain).clone() {
            Kind::Unknown => unit,
            Kind::Dynamic | Kind::Param(_) | Kind::Intersection(_) => part,
            _ if self.store.base(unit) == plain => {
                if part == plain {
                    unit
                } else {
                    part
                }
            }
            Kind::Template(..) if self.assignable(unit, plain) => unit,
            _ => Ty::NEVER,
        }
    }

    fn filter_typeof(&mut self, part: Ty, word: &str, outcome: bool) -> Ty {
        let plain = self.plain(part);
        let primitive = match word {
            "string" => Some(Ty::STRING),
            "number" => Some(Ty::NUMBER),
            "boolean" => Some(Ty::BOOLEAN),
            "undefined" => Some(Ty::UNDEFINED),
            _ => None,
        };
        match self.store.kind(plain) {
            Kind::Unknown | Kind::Dynamic => match (outcome, primitive, word) {
                (true, Some(ty), _) => ty,
                (true, None, "object") if plain == Ty::UNKNOWN => Ty::OBJECT,
                (true, None, _) => Ty::DYNAMIC,
                (false, ..) => part,
            },
            Kind::Param(_) | Kind::Intersection(_) => part,
            kind => {
                let own = match kind {
                    Kind::String | Kind::StringLiteral(..) | Kind::Template(..) => "string",
                    Kind::Number | Kind::NumberLiteral(..) => "number",
                    Kind::Boolean | Kind::BoolLiteral(..) => "boolean",
                    Kind::Undefined | Kind::Void => "undefined",
                    Kind::Function(_) => "function",
                    Kind::Record(record) if !record.calls.is_empty() => "function",
                    _ => "object",
                };
                if (own == word) == outcome { part } else { Ty::NEVER }
            }
        }
    }

    fn filter_has(&mut self, part: Ty, name: &Atom, outcome: bool) -> Ty {
        let plain = self.plain(part);
        match self.store.kind(plain).clone() {
            Kind::Record(record) => {
                let found = record.fields.iter().find(|field| field.name == *name);
                match (found, record.index, outcome) {
                    (Some(field), _, false) if !field.optional => Ty::NEVER,
                    (None, None, true) => Ty::NEVER,
                    _ => part,
                }
            }
            Kind::Object | Kind::Unknown if outcome => Ty::DYNAMIC,
            kind if is_primitive(&kind) => Ty::NEVER,
            _ => part,
        }
    }

    fn filter_is(&mut self, part: Ty, wanted: Ty, outcome: bool) -> Ty {
        let plain = self.plain(part);
        if matches!(self.store.kind(plain), Kind::Dynamic | Kind::Unknown) {
            return if outcome { wanted } else { part };
        }
        let fits = self.assignable(part, wanted);
        match (outcome, fits) {
            (true, true) => part,
            (true, false) if self.assignable(wanted, part) => wanted,
            (true, false) => {
                let kept: Vec<Ty> = self
                    .parts(wanted)
                    .into_iter()
                    .filter(|&one| self.assignable(one, part))
                    .collect();
                if kept.is_empty() && !is_primitive(self.store.kind(plain)) {
                    let wanted_plain = self.resolve(wanted);
                    if matches!(self.store.kind(wanted_plain), Kind::Record(_)) {
                        return self.store.intern(Kind::Intersection([part, wanted].into()));
                    }
                }
                self.store.union(kept)
            }
            (false, true) => Ty::NEVER,
            (false, false) => part,
        }
    }

    /// What a name stands for.
    pub(super) fn use_of(&self, ident: &ast::Ident) -> Option<BindingId> {
        self.tables.units[self.unit].uses.get(&offset(ident.span.lo)).copied()
    }

    /// The variable or field that an expression names, if facts about it can be kept.
    pub(super) fn path(&self, expr: &Expr) -> Option<Path> {
        match expr.unwrap_parens() {
            Expr::Ident(ident) => {
                let root = self.use_of(ident)?;
                let kept = !matches!(
                    self.tables.binding(root).kind,
                    BindingKind::Function(_) | BindingKind::Ambient
                );
                kept.then(|| Path { root, names: Vec::new() })
            }
            Expr::Member(member) => self.path_of_member(member),
            Expr::OptChain(chain) => match &*chain.base {
                ast::OptChainBase::Member(member) => self.path_of_member(member),
                ast::OptChainBase::Call(_) => None,
            },
            _ => None,
        }
    }

    fn path_of_member(&self, member: &ast::MemberExpr) -> Option<Path> {
        let name = match &member.prop {
            MemberProp::Ident(name) => name.sym.clone(),
            MemberProp::Computed(name) => match name.expr.unwrap_parens() {
                Expr::Lit(Lit::Str(text)) => Atom::from(&*text.value.to_string_lossy()),
                Expr::Lit(Lit::Num(number)) => Atom::from(format!("{}", number.value)),
                Expr::Ident(ident) => {
                    // A constant, or a variable that nothing assigns, is the same at both places.
                    let id = self.use_of(ident)?;
                    if self.tables.binding(id).assigned > 0 {
                        return None;
                    }
                    Atom::from(format!("[{}]", id.0))
                }
                _ => return None,
            },
            MemberProp::PrivateName(_) => return None,
        };
        let mut path = self.path(&member.obj)?;
        if path.names.len() >= 8 {
            return None;
        }
        path.names.push(name);
        Some(path)
    }

    /// The literal value of an expression as a type, for constants of the program.
    pub(super) fn literal_name(&mut self, ty: Ty) -> Option<Atom> {
        let shown = self.plain(ty);
        match self.store.kind(shown) {
            Kind::StringLiteral(text, Fresh::Yes | Fresh::No) => Some(text.clone()),
            Kind::NumberLiteral(bits, _) => Some(Atom::from(format!("{}", f64::from_bits(*bits)))),
            _ => None,
        }
    }
}
