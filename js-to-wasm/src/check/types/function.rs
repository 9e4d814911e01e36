//! Functions: their signatures, their bodies, what they return. In: a function's tree and perhaps the type that is expected of it. Out:
//! its type. A body is checked once, in the flow in which its names have their values.

use std::sync::Arc;

use swc_atoms::Atom;
use swc_ecma_ast::{self as ast, Expr, Pat};

use super::{
    Checker, Value,
    bind::{Ambient, BindingId, BindingKind},
    declare::imported_name,
    flow::Flow,
    narrow::Test,
    ty::{Kind, ParamId, Parameter, Presence, Signature, Ty},
};
use crate::parse::{Target, offset};

/// How many functions may ask for each other's results at once.
const ASKED_MAX: usize = 100;

/// What is going on around a statement.
#[derive(Debug, Default)]
pub(super) struct Frame {
    /// What the function was said to return.
    pub(super) expected: Option<Ty>,
    /// What who takes it would like it to return.
    pub(super) hint: Option<Ty>,
    /// Which of them the program says: what is returned is looked at.
    pub(super) enforced: Option<Ty>,
    /// What its `return`s gave.
    pub(super) returns: Vec<Ty>,
    /// Flows that leave the loops around the statement, innermost last.
    pub(super) breaks: Vec<Vec<Flow>>,
    /// Whether it is the handler, with the places of its returns.
    pub(super) handler: bool,
    /// Whether the end of the body can be reached.
    pub(super) falls: bool,
}

/// A function in the tree.
#[derive(Debug, Clone, Copy)]
pub(super) enum FunctionNode<'a> {
    Function(&'a ast::Function),
    Arrow(&'a ast::ArrowExpr),
}

impl<'a> FunctionNode<'a> {
    pub(super) fn span(self) -> swc_common::Span {
        match self {
            Self::Function(node) => node.span,
            Self::Arrow(node) => node.span,
        }
    }

    fn params(self) -> Vec<&'a Pat> {
        match self {
            Self::Function(node) => node.params.iter().map(|param| &param.pat).collect(),
            Self::Arrow(node) => node.params.iter().collect(),
        }
    }

    fn generics(self) -> Option<&'a ast::TsTypeParamDecl> {
        match self {
            Self::Function(node) => node.type_params.as_deref(),
            Self::Arrow(node) => node.type_params.as_deref(),
        }
    }

    pub(super) fn first_parameter(self) -> Option<&'a Pat> {
        self.params().first().copied()
    }

    pub(super) fn result(self) -> Option<&'a ast::TsTypeAnn> {
        match self {
            Self::Function(node) => node.return_type.as_deref(),
            Self::Arrow(node) => node.return_type.as_deref(),
        }
    }
}

impl<'a> Checker<'a> {
    /// The type of what a name stands for, as it was declared.
    pub(super) fn binding_type(&mut self, id: BindingId) -> Ty {
        match self.values[id.0 as usize] {
            Value::Known(ty) => return ty,
            Value::Busy => return Ty::DYNAMIC,
            Value::Unset => {}
        }
        let binding = &self.tables.bindings[id.0 as usize];
        let (kind, unit) = (binding.kind, binding.unit);
        self.values[id.0 as usize] = Value::Busy;
        let ty = match kind {
            BindingKind::Ambient => self.ambient(id, unit),
            BindingKind::Import(import, named) => self.imported(import, named, unit),
            BindingKind::Distinct(decl) => self.constructor(decl),
            BindingKind::Function(node) if unit == self.unit => {
                self.declared_function(FunctionNode::Function(node), None, Flow::default())
            }
            BindingKind::Arrow(declarator) if unit == self.unit => {
                self.constant_function(id, declarator)
            }
            _ => {
                // Nothing is known before the declaration.
                self.values[id.0 as usize] = Value::Unset;
                return Ty::DYNAMIC;
            }
        };
        self.values[id.0 as usize] = Value::Known(ty);
        ty
    }

    fn ambient(&mut self, id: BindingId, unit: usize) -> Ty {
        let list = self.tables.units[unit].ambient.get(&id).cloned().unwrap_or_default();
        let mut signatures = Vec::new();
        for one in list {
            match one {
                Ambient::Value(node) => return self.written(node, unit),
                Ambient::Function(node) => {
                    let params: Vec<&Pat> = node.params.iter().map(|param| &param.pat).collect();
                    let params = self.written_params(&params, unit);
                    let result = match &node.return_type {
                        Some(annotation) => self.written(&annotation.type_ann, unit),
                        None => Ty::DYNAMIC,
                    };
                    let guard = self.guard(node.return_type.as_deref(), &params, unit);
                    let generics = self.generics(node.type_params.as_deref(), unit);
                    let params = params.into();
                    signatures.push(Signature { generics, params, result, guard, method: false });
                }
            }
        }
        self.store.intern(Kind::Function(signatures.into()))
    }

    /// Parameters of which every one has a type.
    fn written_params(&mut self, params: &[&'a Pat], unit: usize) -> Vec<Parameter> {
        let mut list = Vec::new();
        for pattern in params {
            let (name, annotation, presence) = match pattern {
                Pat::Ident(node) => {
                    let optional = node.id.optional;
                    let presence = if optional { Presence::Optional } else { Presence::Required };
                    (node.id.sym.clone(), node.type_ann.as_deref(), presence)
                }
                Pat::Rest(node) => {
                    let name = match &*node.arg {
                        Pat::Ident(ident) => ident.id.sym.clone(),
                        _ => Atom::from("rest"),
                    };
                    (name, node.type_ann.as_deref(), Presence::Rest)
                }
                _ => (Atom::from("value"), None, Presence::Required),
            };
            let mut ty = match annotation {
                Some(annotation) => self.written(&annotation.type_ann, unit),
                None => Ty::DYNAMIC,
            };
            if presence == Presence::Rest {
                ty = self.each_of(ty).unwrap_or(Ty::DYNAMIC);
            }
            list.push(Parameter { name, ty, presence });
        }
        list
    }

    fn imported(
        &mut self,
        import: &'a ast::ImportDecl,
        named: &'a ast::ImportNamedSpecifier,
        unit: usize,
    ) -> Ty {
        let name = imported_name(named);
        let target = self.module_of(unit).and_then(|module| module.target_of(&import.src));
        let id = match target {
            Some(Target::Virtual(module)) => {
                self.tables.host.get(module.name).and_then(|known| known.values.get(&name)).copied()
            }
            Some(Target::Local(index)) => {
                self.tables.units.get(index + 1).and_then(|unit| unit.exports.get(&name)).copied()
            }
            None => None,
        };
        match id {
            Some(id) => self.binding_type(id),
            None => Ty::DYNAMIC,
        }
    }

    fn constructor(&mut self, decl: super::ty::DeclId) -> Ty {
        let base = self.declared_body(decl);
        let result = self.store.intern(Kind::Named(decl, Arc::from([])));
        let param = Parameter { name: Atom::from("value"), ty: base, presence: Presence::Required };
        let params = Arc::from([param]);
        self.store.function(Signature {
            generics: Arc::from([]),
            params,
            result,
            guard: None,
            method: false,
        })
    }

    fn constant_function(&mut self, id: BindingId, declarator: &'a ast::VarDeclarator) -> Ty {
        let init = declarator.init.as_deref().map(Expr::unwrap_parens);
        let Some(Expr::Arrow(arrow)) = init else { return Ty::DYNAMIC };
        let flow = self.snapshots.get(&id).cloned().unwrap_or_default();
        if let Pat::Ident(ident) = &declarator.name
            && let Some(annotation) = &ident.type_ann
        {
            return self.written(&annotation.type_ann, self.unit);
        }
        self.declared_function(FunctionNode::Arrow(arrow), None, flow)
    }

    /// The type of a declared function. Its body is checked now only when its result has no type.
    fn declared_function(
        &mut self,
        node: FunctionNode<'a>,
        context: Option<&Signature>,
        flow: Flow,
    ) -> Ty {
        let (params, entry) = self.parameters(node, context);
        let generics = self.generics(node.generics(), self.unit);
        let guard = self.guard(node.result(), &params, self.unit);
        let (result, guard) = match node.result() {
            Some(annotation) => (self.written(&annotation.type_ann, self.unit), guard),
            // A long chain of functions that ask for each other's results: it is looked at when its block ends.
            None if self.depth >= ASKED_MAX => (Ty::DYNAMIC, None),
            None => {
                self.depth += 1;
                let found = self.body(node, &entry, None, flow);
                self.depth -= 1;
                found
            }
        };
        let params = params.into();
        self.store.function(Signature { generics, params, result, guard, method: false })
    }

    /// Checks the body of a declared function that nothing asked for yet.
    pub(super) fn declared_body_of(&mut self, id: BindingId) {
        let (node, flow, context) = match self.tables.bindings[id.0 as usize].kind {
            BindingKind::Function(node) => (FunctionNode::Function(node), Flow::default(), None),
            BindingKind::Arrow(declarator) => {
                let init = declarator.init.as_deref().map(Expr::unwrap_parens);
                let Some(Expr::Arrow(arrow)) = init else { return };
                let flow = self.snapshots.get(&id).cloned().unwrap_or_default();
                let annotated =
                    matches!(&declarator.name, Pat::Ident(ident) if ident.type_ann.is_some());
                let context = annotated.then(|| self.binding_type(id));
                (FunctionNode::Arrow(arrow), flow, context)
            }
            _ => return,
        };
        let ty = self.binding_type(id);
        if self.checked.contains_key(&(self.unit, offset(node.span().lo))) {
            return;
        }
        if let Some(expected) = context {
            let given = self.function_value(node, Some(expected), flow);
            if let FunctionNode::Arrow(arrow) = node {
                self.record_function(arrow, given);
                self.assign_function(arrow, given, expected);
            }
            return;
        }
        let (_, entry) = self.parameters(node, None);
        let expected = node.result().map(|note| self.written(&note.type_ann, self.unit));
        self.body(node, &entry, expected, flow);
        if let FunctionNode::Arrow(arrow) = node {
            self.record_function(arrow, ty);
        }
    }

    fn record_function(&mut self, arrow: &'a ast::ArrowExpr, ty: Ty) {
        self.expressions.insert(self.module.span(arrow.span), ty);
    }

    /// The type of a function that stands in an expression; its body is checked now.
    pub(super) fn function_value(
        &mut self,
        node: FunctionNode<'a>,
        expected: Option<Ty>,
        flow: Flow,
    ) -> Ty {
        let context = expected.and_then(|expected| self.context_signature(expected));
        let (params, entry) = self.parameters(node, context.as_ref());
        let generics = self.generics(node.generics(), self.unit);
        let written = self.guard(node.result(), &params, self.unit);
        let annotated = node.result().map(|note| self.written(&note.type_ann, self.unit));
        let hint = annotated.or(context.map(|context| context.result));
        let (inferred, found) = self.body_with(node, &entry, annotated, hint, flow);
        let (result, guard) = match annotated {
            Some(ty) => (ty, written),
            None => (inferred, found),
        };
        let params = params.into();
        self.store.function(Signature { generics, params, result, guard, method: false })
    }

    /// The signature that is expected of a function, when there is just one.
    pub(super) fn context_signature(&mut self, expected: Ty) -> Option<Signature> {
        let parts = self.parts(expected);
        let mut found = None;
        for part in parts {
            match self.signatures(part).as_ref() {
                [] => {}
                [one] if found.is_none() => found = Some(one.clone()),
                _ => return None,
            }
        }
        found
    }

    /// The parameters for callers, and what each pattern holds inside.
    fn parameters(
        &mut self,
        node: FunctionNode<'a>,
        context: Option<&Signature>,
    ) -> (Vec<Parameter>, Vec<(&'a Pat, Ty)>) {
        let mut list = Vec::new();
        let mut entry = Vec::new();
        let handler =
            (context.is_none() && self.frame_is_handler(node)).then(|| self.handler_signature());
        let context = context.or(handler.as_ref());
        for (at, pattern) in node.params().into_iter().enumerate() {
            let expected = context.map(|context| self.parameter_at(context, at));
            let (param, inside) = self.parameter(pattern, at, expected, context);
            list.push(param);
            entry.push((pattern, inside));
        }
        (list, entry)
    }

    /// What a caller passes at a position.
    fn parameter_at(&mut self, context: &Signature, at: usize) -> Ty {
        let rest = context.params.last().filter(|last| last.presence == Presence::Rest);
        match context.params.get(at).or(rest) {
            Some(param) if param.presence == Presence::Optional => {
                self.store.union([param.ty, Ty::UNDEFINED])
            }
            Some(param) => param.ty,
            None => Ty::UNDEFINED,
        }
    }

    fn parameter(
        &mut self,
        pattern: &'a Pat,
        at: usize,
        expected: Option<Ty>,
        context: Option<&Signature>,
    ) -> (Parameter, Ty) {
        let name = match pattern {
            Pat::Ident(ident) => ident.id.sym.clone(),
            _ => Atom::from("value"),
        };
        match pattern {
            Pat::Assign(assign) => {
                let written = annotation(&assign.left);
                let ty = match (written, expected) {
                    (Some(node), _) => self.written(node, self.unit),
                    (None, Some(expected)) => self.without_undefined(expected),
                    (None, None) => {
                        let ty = self.default_type(&assign.left, &assign.right);
                        self.store.widen(ty)
                    }
                };
                let name = match &*assign.left {
                    Pat::Ident(ident) => ident.id.sym.clone(),
                    _ => name,
                };
                (Parameter { name, ty, presence: Presence::Optional }, ty)
            }
            Pat::Rest(rest) => {
                let list = match (&rest.type_ann, context) {
                    (Some(note), _) => self.written(&note.type_ann, self.unit),
                    (None, Some(context)) => {
                        let each: Vec<Ty> =
                            context.params.iter().skip(at).map(|param| param.ty).collect();
                        let of = self.store.union(each);
                        self.store.array(if of == Ty::NEVER { Ty::DYNAMIC } else { of })
                    }
                    (None, None) => self.store.array(Ty::DYNAMIC),
                };
                let each = self.each_of(list).unwrap_or(Ty::DYNAMIC);
                (Parameter { name, ty: each, presence: Presence::Rest }, list)
            }
            _ => {
                let ty = match (annotation(pattern), expected) {
                    (Some(node), _) => self.written(node, self.unit),
                    (None, Some(expected)) => expected,
                    (None, None) => Ty::DYNAMIC,
                };
                let optional = matches!(pattern, Pat::Ident(ident) if ident.id.optional)
                    // JavaScript has no way to say that a parameter may be left out.
                    || !self.module.language.has_types() && expected.is_none();
                if optional {
                    let inside = match ty {
                        Ty::DYNAMIC => ty,
                        _ => self.store.union([ty, Ty::UNDEFINED]),
                    };
                    (Parameter { name, ty, presence: Presence::Optional }, inside)
                } else {
                    (Parameter { name, ty, presence: Presence::Required }, ty)
                }
            }
        }
    }

    /// What a default says of a parameter without a type.
    fn default_type(&mut self, pattern: &'a Pat, default: &'a Expr) -> Ty {
        match pattern {
            Pat::Object(_) | Pat::Array(_) => {
                _ = self.expr(default, None);
                Ty::DYNAMIC
            }
            _ => self.expr(default, None),
        }
    }

    fn body(
        &mut self,
        node: FunctionNode<'a>,
        entry: &[(&'a Pat, Ty)],
        expected: Option<Ty>,
        flow: Flow,
    ) -> (Ty, Option<(u32, Ty)>) {
        self.body_with(node, entry, expected, expected, flow)
    }

    /// Checks a body: what it returns, and what its outcome says of a parameter.
    fn body_with(
        &mut self,
        node: FunctionNode<'a>,
        entry: &[(&'a Pat, Ty)],
        expected: Option<Ty>,
        hint: Option<Ty>,
        flow: Flow,
    ) -> (Ty, Option<(u32, Ty)>) {
        let key = (self.unit, offset(node.span().lo));
        self.checked.entry(key).or_insert(None);
        let handler = self.frame_is_handler(node);
        let said = hint.filter(|_| !self.library_takes && self.module.language.has_types());
        let enforced = expected.or(said);
        let frame = Frame { expected, hint, enforced, handler, ..Frame::default() };
        let library_takes = std::mem::replace(&mut self.library_takes, false);
        let outer_frame = std::mem::replace(&mut self.frame, frame);
        let outer_flow = std::mem::replace(&mut self.flow, flow);
        // Assigned variables may have changed before the function is called.
        let bindings = &self.tables.bindings;
        self.flow.reachable = true;
        self.flow.forget_where(|id| bindings[id.0 as usize].assigned > 0);
        if self.module.language.has_types() {
            // So may have fields, and TypeScript forgets what it knew of them.
            self.flow.forget_fields();
        }
        for &(pattern, ty) in entry {
            self.declare_parameter(pattern, ty);
        }
        let mut guard = None;
        let result = match body_of(node) {
            Body::Block(stmts) => {
                self.block_body(stmts);
                self.frame.falls = self.flow.reachable;
                self.returned(expected, hint, node)
            }
            Body::Expr(expr) => {
                let ty = self.expr(expr, hint);
                if let Some(expected) = expected {
                    self.check_return(expr, ty, expected);
                } else {
                    guard = self.inferred_guard(expr, ty, entry);
                }
                if self.frame.handler {
                    self.check_answer(Some(expr), ty, expr);
                }
                if let Some(enforced) = enforced {
                    self.arrives_from(expr, enforced);
                }
                self.frame.returns.push(ty);
                self.inferred_result(hint)
            }
            Body::None => Ty::DYNAMIC,
        };
        self.flow = outer_flow;
        self.frame = outer_frame;
        self.library_takes = library_takes;
        (result, guard)
    }

    fn returned(&mut self, expected: Option<Ty>, hint: Option<Ty>, node: FunctionNode<'a>) -> Ty {
        if self.frame.falls {
            if self.frame.handler {
                self.missing_answer(node.span());
            } else if let Some(expected) = expected {
                self.check_end(node, expected);
            }
            self.frame.returns.push(if self.frame.returns.is_empty() {
                Ty::VOID
            } else {
                Ty::UNDEFINED
            });
        }
        self.inferred_result(hint)
    }

    /// One literal becomes its whole type, several stay.
    fn inferred_result(&mut self, hint: Option<Ty>) -> Ty {
        let returns = std::mem::take(&mut self.frame.returns);
        let returns = self.normalized(returns);
        let all = self.store.union(returns);
        // What is expected may ask for the literals.
        if let Some(hint) = hint.filter(|&hint| !matches!(hint, Ty::DYNAMIC | Ty::UNKNOWN))
            && !self.is_dynamic(hint)
            && self.assignable(all, hint)
        {
            return all;
        }
        if super::show::is_fresh(self.store.kind(all)) {
            return self.store.widen(all);
        }
        let inside = self.store.widen_inside(all);
        self.store.regular(inside)
    }

    /// `(x) => x !== undefined` is a guard.
    fn inferred_guard(
        &mut self,
        expr: &'a Expr,
        ty: Ty,
        entry: &[(&'a Pat, Ty)],
    ) -> Option<(u32, Ty)> {
        if ty != Ty::BOOLEAN {
            return None;
        }
        for (at, &(pattern, known)) in entry.iter().enumerate() {
            let Pat::Ident(ident) = pattern else { continue };
            let Some(root) = self.declared_at(&ident.id) else { continue };
            if self.tables.binding(root).assigned > 0 || known == Ty::DYNAMIC {
                continue;
            }
            let path = super::flow::Path { root, names: Vec::new() };
            let (yes, no) = self.outcomes(expr);
            let Some(kept) = yes.get(&path).filter(|&kept| kept != known) else { continue };
            // What is left when it is false must be what the guard does not name.
            let left = no.get(&path).unwrap_or(known);
            let rest = self.filter(left, &Test::Is(kept), true);
            if rest == Ty::NEVER {
                return Some((at as u32, kept));
            }
        }
        None
    }

    /// What a list of parameters is as a tuple, for `Parameters`.
    pub(super) fn declared_at(&self, ident: &ast::Ident) -> Option<BindingId> {
        self.tables.units[self.unit].declared.get(&offset(ident.span.lo)).copied()
    }

    /// The type parameters that are free in a signature.
    pub(super) fn free(signature: &Signature) -> Vec<ParamId> {
        signature.generics.to_vec()
    }
}

enum Body<'a> {
    Block(&'a [ast::Stmt]),
    Expr(&'a Expr),
    None,
}

fn body_of(node: FunctionNode<'_>) -> Body<'_> {
    match node {
        FunctionNode::Function(node) => match &node.body {
            Some(body) => Body::Block(&body.stmts),
            None => Body::None,
        },
        FunctionNode::Arrow(node) => match &*node.body {
            ast::ArrowFunctionBody::FunctionBody(body) => Body::Block(&body.stmts),
            ast::ArrowFunctionBody::Expr(expr) => Body::Expr(expr),
        },
    }
}

/// The written type of a pattern.
pub(super) fn annotation(pattern: &Pat) -> Option<&ast::TsType> {
    let note = match pattern {
        Pat::Ident(node) => &node.type_ann,
        Pat::Array(node) => &node.type_ann,
        Pat::Object(node) => &node.type_ann,
        Pat::Rest(node) => &node.type_ann,
        Pat::Assign(node) => return annotation(&node.left),
        Pat::Invalid(_) | Pat::Expr(_) => return None,
    };
    note.as_deref().map(|note| &*note.type_ann)
}
