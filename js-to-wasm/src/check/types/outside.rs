//! Values of which nothing is known and that reach a type that the program says: parsed JSON that is given to a variable, a field, a
//! parameter, a result. In: an expression, the type that it reaches, a name for the place. Out: what must be looked at when the program
//! runs, at the smallest expressions. Never here: what the library takes, which looks at its values itself; types that were only inferred.

use std::collections::HashSet;

use swc_atoms::Atom;
use swc_common::Spanned;
use swc_ecma_ast::{self as ast, Expr, MemberProp, Pat, PropName, PropOrSpread};

use super::{
    Checker,
    arguments::Argument,
    bind::{BindingId, BindingKind},
    declare::imported_name,
    function::annotation,
    ty::{Kind, Parameter, Presence, Ty},
};
use crate::parse::Target;

/// What a value must be looked at for.
#[derive(Debug, Clone)]
pub(super) struct Check {
    pub(super) ty: Ty,
    pub(super) place: Place,
}

/// What reaches a type, for messages.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// A variable, a parameter, a field.
    Name(String),
    /// What a function gives, and the way into it.
    Result(String),
}

impl Place {
    fn part(&self, way: &str) -> Self {
        match self {
            Self::Name(name) => Self::Name(format!("{name}{way}")),
            Self::Result(name) => Self::Result(format!("{name}{way}")),
        }
    }
}

/// Methods of the library that put a value into what they are called on, and the first argument that is one.
const KEEPING: &[(&str, usize)] =
    &[("push", 0), ("unshift", 0), ("add", 0), ("fill", 0), ("set", 0), ("with", 1), ("splice", 2)];

impl<'a> Checker<'a> {
    /// A variable's value.
    pub(super) fn arrives_in(&mut self, expr: &'a Expr, wanted: Ty, pattern: &Pat) {
        let name = match pattern {
            Pat::Ident(ident) => ident.id.sym.to_string(),
            _ => "value".to_owned(),
        };
        self.arrives(expr, wanted, &Place::Name(name));
    }

    /// A value that is assigned.
    pub(super) fn arrives_at(&mut self, expr: &'a Expr, wanted: Ty, target: &ast::AssignTarget) {
        use ast::SimpleAssignTarget as Simple;
        let place = match target {
            ast::AssignTarget::Simple(Simple::Ident(ident)) => self.said(&ident.id),
            ast::AssignTarget::Simple(Simple::Member(member)) => self.said_member(member),
            _ => None,
        };
        if let Some(name) = place {
            self.arrives(expr, wanted, &Place::Name(name));
        }
    }

    /// What a function returns.
    pub(super) fn arrives_from(&mut self, expr: &'a Expr, wanted: Ty) {
        self.arrives(expr, wanted, &Place::Result(String::new()));
    }

    /// An argument of a call.
    pub(super) fn arrives_as(
        &mut self,
        callee: &'a Expr,
        argument: &Argument<'a>,
        at: usize,
        param: &Parameter,
        wanted: Ty,
    ) {
        let wanted = match argument.spread {
            true if param.presence == Presence::Rest => self.store.array(wanted),
            true => return,
            false => wanted,
        };
        if let Some(name) = self.said_parameter(callee, at, param) {
            self.arrives(argument.expr, wanted, &Place::Name(name));
        }
    }

    /// Asks for a look at a value, or at the parts of it that the program writes out.
    pub(super) fn arrives(&mut self, expr: &'a Expr, wanted: Ty, place: &Place) {
        let inner = expr.unwrap_parens();
        if self.says_nothing(wanted) {
            return;
        }
        match inner {
            Expr::Object(node) if self.fields_arrive(node, wanted, place) => return,
            Expr::Array(node) if self.elements_arrive(node, wanted, place) => return,
            Expr::Cond(node) => {
                self.arrives(&node.cons, wanted, place);
                return self.arrives(&node.alt, wanted, place);
            }
            Expr::Arrow(_) => return,
            other => {
                if let Some(found) = self.module.extensions.match_of(other) {
                    return found.arms.iter().for_each(|arm| self.arrives(arm.body, wanted, place));
                }
            }
        }
        let given = self.known_type(inner);
        self.look(inner.span(), given, wanted, place);
    }

    fn look(&mut self, span: swc_common::Span, given: Ty, wanted: Ty, place: &Place) {
        if self.lacks(given, wanted, &mut HashSet::new()) {
            let check = Check { ty: wanted, place: place.clone() };
            self.checks.insert(self.module.span(span), check);
        }
    }

    /// False: the object is looked at as a whole.
    fn fields_arrive(&mut self, node: &'a ast::ObjectLit, wanted: Ty, place: &Place) -> bool {
        let span = self.module.span(node.span);
        let Some(&given) = self.expressions.get(&span) else { return false };
        let Some(target) = self.record_wanted(given, wanted) else { return false };
        for prop in &node.props {
            let PropOrSpread::Spread(spread) = prop else { continue };
            let ty = self.known_type(&spread.expr);
            if self.lacks(ty, target, &mut HashSet::new()) {
                return false;
            }
        }
        for prop in &node.props {
            let PropOrSpread::Prop(prop) = prop else { continue };
            match &**prop {
                ast::Prop::KeyValue(prop) => {
                    if let Some((wanted, way)) = self.wanted_field(target, &prop.key) {
                        self.arrives(&prop.value, wanted, &place.part(&way));
                    }
                }
                ast::Prop::Shorthand(ident) => {
                    let Some(wanted) = self.wanted_name(target, &ident.sym) else { continue };
                    let span = self.module.span(ident.span);
                    let given = self.expressions.get(&span).copied().unwrap_or(Ty::DYNAMIC);
                    self.look(ident.span, given, wanted, &place.part(&format!(".{}", ident.sym)));
                }
                _ => {}
            }
        }
        true
    }

    fn wanted_field(&mut self, target: Ty, key: &PropName) -> Option<(Ty, String)> {
        let name = match key {
            PropName::Ident(name) => name.sym.clone(),
            PropName::Str(text) => Atom::from(&*text.value.to_string_lossy()),
            PropName::Computed(_) => {
                let shown = self.resolve(target);
                let Kind::Record(record) = self.store.kind(shown) else { return None };
                return record.index.map(|ty| (ty, "[…]".to_owned()));
            }
            PropName::Num(_) | PropName::BigInt(_) => return None,
        };
        self.wanted_name(target, &name).map(|ty| (ty, format!(".{name}")))
    }

    fn wanted_name(&mut self, target: Ty, name: &Atom) -> Option<Ty> {
        let ty = self.expected_field(target, name)?;
        let shown = self.resolve(target);
        let Kind::Record(record) = self.store.kind(shown) else { return Some(ty) };
        let optional = record.fields.iter().any(|field| field.name == *name && field.optional);
        Some(if optional { self.store.union([ty, Ty::UNDEFINED]) } else { ty })
    }

    /// False: the list is looked at as a whole.
    fn elements_arrive(&mut self, node: &'a ast::ArrayLit, wanted: Ty, place: &Place) -> bool {
        let shown = self.present(wanted);
        let shown = self.resolve(shown);
        let kind = self.store.kind(shown).clone();
        if node.elems.iter().flatten().any(|element| element.spread.is_some()) {
            let Kind::Array(of, _) = kind else { return false };
            for element in node.elems.iter().flatten().filter(|one| one.spread.is_some()) {
                let ty = self.known_type(&element.expr);
                let each = self.each_of(ty).unwrap_or(Ty::DYNAMIC);
                if self.lacks(each, of, &mut HashSet::new()) {
                    return false;
                }
            }
        }
        for (at, element) in node.elems.iter().enumerate() {
            let Some(element) = element.as_ref().filter(|one| one.spread.is_none()) else {
                continue;
            };
            let expected = match &kind {
                Kind::Array(of, _) => *of,
                Kind::Tuple(list, _) => match list.get(at) {
                    Some(element) => element.ty,
                    None => continue,
                },
                _ => return false,
            };
            self.arrives(&element.expr, expected, &place.part(&format!("[{at}]")));
        }
        true
    }

    /// What a component is given.
    pub(super) fn attributes_arrive(&mut self, node: &'a ast::JSXElement, wanted: Ty) {
        for attribute in &node.opening.attrs {
            let ast::JSXAttrOrSpread::JSXAttr(attribute) = attribute else { continue };
            if let ast::JSXAttrName::Ident(name) = &attribute.name
                && let Some(ast::JSXAttrValue::JSXExprContainer(container)) = &attribute.value
                && let ast::JSXExpr::Expr(expr) = &container.expr
                && let Some(wanted) = self.wanted_name(wanted, &name.sym)
            {
                self.arrives(expr, wanted, &Place::Name(name.sym.to_string()));
            }
        }
    }

    /// Whether every value has the type, or one that only the library makes.
    fn says_nothing(&mut self, wanted: Ty) -> bool {
        if self.store.is_open(wanted) || self.is_library(wanted) {
            return true;
        }
        matches!(self.resolve(wanted), Ty::DYNAMIC | Ty::UNKNOWN | Ty::VOID | Ty::NEVER)
    }

    pub(super) fn is_library(&self, ty: Ty) -> bool {
        match self.store.kind(ty) {
            Kind::Named(decl, _) => self.module_of(self.tables.decl(*decl).unit).is_none(),
            _ => false,
        }
    }

    /// Whether something of which nothing is known stands where the type says something.
    fn lacks(&mut self, given: Ty, wanted: Ty, seen: &mut HashSet<(Ty, Ty)>) -> bool {
        if self.says_nothing(wanted) || !seen.insert((given, wanted)) || !self.spend(1) {
            return false;
        }
        if self.is_dynamic(given) {
            return true;
        }
        if self.is_library(given) {
            return false;
        }
        let parts = self.parts(wanted);
        for given in self.parts(given) {
            let given = self.plain(given);
            let given = self.store.kind(given).clone();
            for &wanted in &parts {
                let wanted = self.plain(wanted);
                let wanted = self.store.kind(wanted).clone();
                if self.parts_lack(&given, &wanted, seen) {
                    return true;
                }
            }
        }
        false
    }

    fn parts_lack(&mut self, given: &Kind, wanted: &Kind, seen: &mut HashSet<(Ty, Ty)>) -> bool {
        match (given, wanted) {
            (Kind::Array(a, _), Kind::Array(b, _)) => self.lacks(*a, *b, seen),
            (Kind::Array(a, _), Kind::Tuple(list, _)) => {
                list.iter().any(|element| self.lacks(*a, element.ty, seen))
            }
            (Kind::Tuple(list, _), Kind::Array(b, _)) => {
                list.iter().any(|element| self.lacks(element.ty, *b, seen))
            }
            (Kind::Tuple(a, _), Kind::Tuple(b, _)) => {
                a.iter().zip(b.iter()).any(|(a, b)| self.lacks(a.ty, b.ty, seen))
            }
            (Kind::Record(a), Kind::Record(b)) => {
                let field = |name: &Atom| b.fields.iter().find(|field| field.name == *name);
                let wanted = |name: &Atom| field(name).map(|field| field.ty).or(b.index);
                a.fields
                    .iter()
                    .filter_map(|field| Some((field.ty, wanted(&field.name)?)))
                    .chain(a.index.zip(b.index))
                    .any(|(a, b)| self.lacks(a, b, seen))
            }
            _ => false,
        }
    }

    /// The name of a variable that has a type of its own.
    fn said(&self, ident: &ast::Ident) -> Option<String> {
        let id = self.use_of(ident)?;
        self.tables.binding(id).annotated.then(|| ident.sym.to_string())
    }

    fn said_member(&self, member: &ast::MemberExpr) -> Option<String> {
        let object = self.said_path(&member.obj)?;
        Some(match &member.prop {
            MemberProp::Ident(name) => format!("{object}.{}", name.sym),
            _ => format!("{object}[…]"),
        })
    }

    fn said_path(&self, expr: &Expr) -> Option<String> {
        match expr.unwrap_parens() {
            Expr::Ident(ident) => self.said(ident),
            Expr::Member(member) => self.said_member(member),
            _ => None,
        }
    }

    /// The name of the parameter that an argument reaches, if the program says its type.
    fn said_parameter(&mut self, callee: &'a Expr, at: usize, param: &Parameter) -> Option<String> {
        let typed = self.module.language.has_types();
        match callee.unwrap_parens() {
            Expr::Ident(ident) => {
                let id = self.declaration_of(self.use_of(ident)?)?;
                let params: Vec<&Pat> = match self.tables.binding(id).kind {
                    BindingKind::Function(node) => {
                        node.params.iter().map(|param| &param.pat).collect()
                    }
                    BindingKind::Arrow(node) if annotation(&node.name).is_none() => {
                        match node.init.as_deref().map(Expr::unwrap_parens) {
                            Some(Expr::Arrow(arrow)) => arrow.params.iter().collect(),
                            _ => return None,
                        }
                    }
                    BindingKind::Ambient | BindingKind::Import(..) | BindingKind::Other => {
                        return None;
                    }
                    _ => return typed.then(|| param.name.to_string()),
                };
                let pattern = params.get(at).or(params.last()).copied()?;
                annotation(pattern)?;
                Some(match pattern {
                    Pat::Object(_) | Pat::Array(_) => "argument".to_owned(),
                    _ => param.name.to_string(),
                })
            }
            Expr::Member(member) if self.is_library_value(&member.obj) => {
                let MemberProp::Ident(name) = &member.prop else { return None };
                let (_, first) = KEEPING.iter().find(|(known, _)| *known == &*name.sym)?;
                let object = self.said_path(&member.obj)?;
                (at >= *first).then(|| format!("{object}.{}(…)", name.sym))
            }
            _ => typed.then(|| param.name.to_string()),
        }
    }

    /// The declaration behind imports of the program's own files.
    fn declaration_of(&self, id: BindingId) -> Option<BindingId> {
        let binding = self.tables.binding(id);
        let BindingKind::Import(import, named) = binding.kind else { return Some(id) };
        match self.module_of(binding.unit)?.target_of(&import.src)? {
            Target::Local(index) => {
                let unit = self.tables.units.get(index + 1)?;
                unit.exports.get(&imported_name(named)).copied()
            }
            Target::Virtual(_) => None,
        }
    }

    /// Whether a function is one of the library's.
    pub(super) fn is_library_function(&mut self, callee: &'a Expr) -> bool {
        match callee.unwrap_parens() {
            Expr::Ident(ident) => match self.use_of(ident) {
                Some(id) => self
                    .declaration_of(id)
                    .is_none_or(|id| matches!(self.tables.binding(id).kind, BindingKind::Ambient)),
                None => true,
            },
            Expr::Member(member) => self.is_library_value(&member.obj),
            _ => false,
        }
    }

    /// Whether the methods of a value are the library's.
    fn is_library_value(&mut self, expr: &'a Expr) -> bool {
        if let Expr::Ident(ident) = expr.unwrap_parens() {
            let binding = self.use_of(ident).map(|id| self.tables.binding(id).kind);
            if matches!(binding, None | Some(BindingKind::Ambient)) {
                return true;
            }
        }
        let ty = self.known_type(expr);
        self.parts(ty).into_iter().any(|part| {
            let plain = self.plain(part);
            self.is_library(part) || !matches!(self.store.kind(plain), Kind::Record(_))
        })
    }
}
