//! Whether answering a request changes what outlives it. In: the whole program with its types. Out: an error for every place that a handler
//! can reach and that changes a value of a module: an assignment, a field, an element, a method that changes its object, a helper that
//! does so to what it is given. Values are followed through constants, fields, patterns, loops, parameters and results.
//!
//! What is changed is found by how much of a value is shared with a module:
//!
//! ```text
//! Own    a value of this request          [1, 2]
//! Inside own, but what it holds is shared [...state], state.filter(…)
//! Shared a value of a module              state, state.items, state.find(…)
//! ```

use std::collections::{BTreeSet, HashMap};

use swc_common::Spanned;
use swc_ecma_ast::{self as ast, BinaryOp, Callee, Expr, MemberProp, Pat, Prop, PropOrSpread};

use super::{
    Checker,
    bind::{BindingId, BindingKind, FunctionId},
    declare::imported_name,
    relate::is_primitive,
};
use crate::{
    check::{
        handler::{self, Handler},
        verify::module_state::RULE,
    },
    diagnostic::Diagnostic,
    parse::{
        Target, offset,
        walk::{Node, Visitor, walk, walk_module},
    },
};

/// How much of a value belongs to a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Share {
    #[default]
    Own,
    Inside,
    Shared,
}

/// Methods that change the object they are called on.
const CHANGING: &[&str] = &[
    "add",
    "append",
    "clear",
    "copyWithin",
    "delete",
    "fill",
    "pop",
    "push",
    "reverse",
    "set",
    "shift",
    "sort",
    "splice",
    "unshift",
];
/// Methods that give a new list of what the old one holds.
const COPYING: &[&str] = &[
    "concat",
    "entries",
    "filter",
    "flat",
    "flatMap",
    "keys",
    "map",
    "slice",
    "splice",
    "toReversed",
    "toSorted",
    "toSpliced",
    "values",
    "with",
];
/// Most rounds until nothing changes: each raises at least one name.
const ROUNDS_MAX: usize = 64;

/// What was seen in the trees.
#[derive(Default)]
struct Seen<'a> {
    /// A name, or the names of a pattern, and what they get.
    flows: Vec<(usize, Getter<'a>, Given<'a>)>,
    /// Results of functions.
    returns: Vec<(usize, FunctionId, &'a Expr)>,
    calls: Vec<(usize, &'a ast::CallExpr)>,
    /// What is changed: the function, the object or the name, the place.
    writes: Vec<(usize, FunctionId, Written<'a>, swc_common::Span)>,
}

#[derive(Clone, Copy)]
enum Getter<'a> {
    Pattern(&'a Pat),
    Binding(BindingId),
}

#[derive(Clone, Copy)]
enum Given<'a> {
    Value(&'a Expr),
    /// What the list holds.
    Each(&'a Expr),
}

#[derive(Clone, Copy)]
enum Written<'a> {
    Name(BindingId),
    Inside(&'a Expr),
}

impl<'a> Checker<'a> {
    /// Reports every change of a module's state that the handler can reach.
    pub(super) fn module_state(&mut self) {
        let mut seen = Seen::default();
        for (index, module) in self.program.modules.iter().enumerate() {
            let mut finder =
                Finder { checker: self, unit: index + 1, functions: Vec::new(), seen: &mut seen };
            walk_module(&module.ast, &mut finder);
        }
        if seen.writes.is_empty() {
            return;
        }
        let reached = self.reached(&self.inits(&seen));
        let mut shares = Shares { checker: self, names: HashMap::new(), results: HashMap::new() };
        shares.settle(&seen);
        let mut found = Vec::new();
        for &(unit, function, written, span) in &seen.writes {
            if !shares.checker.is_reached(function, &reached) {
                continue;
            }
            let name = match written {
                Written::Name(id) if shares.checker.is_of_module(id) => {
                    shares.checker.tables.binding(id).name.to_string()
                }
                Written::Inside(object) if shares.of(object, unit) == Share::Shared => {
                    let module = &shares.checker.program.modules[unit - 1];
                    let text = shares.checker.program.sources.text(module.span(object.span()));
                    text.chars().take(40).collect()
                }
                _ => continue,
            };
            let span = self_span(shares.checker, unit, span);
            let message = format!(
                "`{name}` belongs to the module and is changed while a request is answered"
            );
            found.push(Diagnostic::error(RULE.code, span, message).with_help(RULE.help));
        }
        for diagnostic in found {
            self.report(diagnostic);
        }
    }

    /// A variable of a module, its own or another's.
    fn is_of_module(&self, id: BindingId) -> bool {
        let binding = self.tables.binding(id);
        binding.unit != 0
            && binding.top
            && matches!(binding.kind, BindingKind::Const | BindingKind::Let)
    }

    /// The binding behind imports.
    fn origin(&self, id: BindingId) -> BindingId {
        let binding = self.tables.binding(id);
        let BindingKind::Import(import, named) = binding.kind else { return id };
        let target = self.module_of(binding.unit).and_then(|module| module.target_of(&import.src));
        let Some(Target::Local(index)) = target else { return id };
        let exports = self.tables.units.get(index + 1).map(|unit| &unit.exports);
        exports.and_then(|exports| exports.get(&imported_name(named)).copied()).unwrap_or(id)
    }

    /// The function that a name stands for.
    fn function_of(&self, id: BindingId) -> Option<FunctionId> {
        let binding = self.tables.binding(id);
        let at = match binding.kind {
            BindingKind::Function(node) => offset(node.span.lo),
            BindingKind::Arrow(node) => offset(node.init.as_deref()?.unwrap_parens().span().lo),
            _ => return None,
        };
        self.tables.units[binding.unit].functions.get(&at).copied()
    }

    /// Every function that the handler mentions, or one that those mention.
    fn reached(&self, inits: &HashMap<BindingId, &'a Expr>) -> BTreeSet<FunctionId> {
        let mut open: Vec<FunctionId> = Vec::new();
        let mut names: Vec<BindingId> = Vec::new();
        let functions = &self.tables.units[self.unit].functions;
        let of_span = |span: swc_common::Span| functions.get(&offset(span.lo)).copied();
        match handler::find(&self.module.ast) {
            Some(Handler::Function(node)) => open.extend(of_span(node.span)),
            Some(Handler::Arrow(node)) => open.extend(of_span(node.span)),
            Some(Handler::Name(ident)) => names.extend(self.use_of(ident)),
            Some(Handler::Value(value)) => {
                let span = value.span();
                let inside = |at: &u32| (offset(span.lo)..offset(span.hi)).contains(at);
                let uses = &self.tables.units[self.unit].uses;
                names.extend(uses.iter().filter(|(at, _)| inside(at)).map(|(_, &id)| id));
                open.extend(functions.iter().filter(|(at, _)| inside(at)).map(|(_, &id)| id));
            }
            None => {}
        }
        let mut reached = BTreeSet::new();
        let mut known = BTreeSet::new();
        loop {
            while let Some(function) = open.pop() {
                if reached.insert(function) {
                    names.extend(&self.tables.functions[function.0 as usize].mentions);
                }
            }
            let Some(name) = names.pop() else { return reached };
            let name = self.origin(name);
            if known.insert(name) {
                open.extend(self.function_of(name));
                names.extend(self.held_by(name, inits));
                open.extend(self.functions_in(name, inits));
            }
        }
    }

    /// The functions that a constant of a module holds: those that its value mentions without calling them.
    fn held_by(&self, id: BindingId, inits: &HashMap<BindingId, &'a Expr>) -> Vec<BindingId> {
        let binding = self.tables.binding(id);
        if !self.is_of_module(id) {
            return Vec::new();
        }
        let Some(init) = inits.get(&id).copied() else { return Vec::new() };
        let mut values = Values { uses: &self.tables.units[binding.unit].uses, names: Vec::new() };
        walk(Node::Expr(init), &mut values, 0);
        values.names
    }

    /// The functions that stand in the value of a constant of a module.
    fn functions_in(&self, id: BindingId, inits: &HashMap<BindingId, &'a Expr>) -> Vec<FunctionId> {
        let Some(init) = inits.get(&id).filter(|_| self.is_of_module(id)) else {
            return Vec::new();
        };
        let span = init.span();
        let inside = offset(span.lo)..offset(span.hi);
        let functions = &self.tables.units[self.tables.binding(id).unit].functions;
        functions.iter().filter(|(at, _)| inside.contains(at)).map(|(_, &id)| id).collect()
    }

    /// The values of the variables of modules.
    fn inits(&self, seen: &Seen<'a>) -> HashMap<BindingId, &'a Expr> {
        let mut inits = HashMap::new();
        for &(unit, getter, given) in &seen.flows {
            let (Getter::Pattern(pattern), Given::Value(value)) = (getter, given) else { continue };
            let declared = &self.tables.units[unit].declared;
            if let Pat::Ident(ident) = pattern {
                inits.extend(declared.get(&offset(ident.id.span.lo)).map(|&id| (id, value)));
            }
        }
        inits
    }

    fn is_reached(&self, function: FunctionId, reached: &BTreeSet<FunctionId>) -> bool {
        let mut at = Some(function);
        while let Some(function) = at {
            if reached.contains(&function) {
                return true;
            }
            at = self.tables.functions[function.0 as usize].parent;
        }
        false
    }
}

fn self_span(checker: &Checker<'_>, unit: usize, span: swc_common::Span) -> crate::source::Span {
    checker.program.modules[unit - 1].span(span)
}

/// Finds the names that are values and not only called.
struct Values<'u> {
    uses: &'u HashMap<u32, BindingId>,
    names: Vec<BindingId>,
}

impl<'a> Visitor<'a> for Values<'_> {
    fn enter(&mut self, node: Node<'a>, _depth: usize) -> bool {
        match node {
            Node::Expr(Expr::Call(call)) => {
                if let Callee::Expr(callee) = &call.callee
                    && !matches!(callee.unwrap_parens(), Expr::Ident(_))
                {
                    walk(Node::Expr(callee), self, 0);
                }
                for argument in &call.args {
                    walk(Node::Expr(&argument.expr), self, 0);
                }
                return false;
            }
            Node::Expr(Expr::Ident(ident)) | Node::Prop(Prop::Shorthand(ident)) => {
                self.names.extend(self.uses.get(&offset(ident.span.lo)));
            }
            _ => {}
        }
        true
    }
}

/// Collects what moves values and what changes them.
struct Finder<'c, 's, 'a> {
    checker: &'c Checker<'a>,
    unit: usize,
    functions: Vec<FunctionId>,
    seen: &'s mut Seen<'a>,
}

impl<'a> Finder<'_, '_, 'a> {
    fn write(&mut self, written: Written<'a>, span: swc_common::Span) {
        // What runs while modules are loaded may build their state.
        if let Some(&function) = self.functions.last() {
            self.seen.writes.push((self.unit, function, written, span));
        }
    }

    fn use_of(&self, ident: &ast::Ident) -> Option<BindingId> {
        self.checker.tables.units[self.unit].uses.get(&offset(ident.span.lo)).copied()
    }

    fn assign(&mut self, node: &'a ast::AssignExpr) {
        use ast::SimpleAssignTarget as Simple;
        match &node.left {
            ast::AssignTarget::Simple(Simple::Ident(target)) => {
                if let Some(id) = self.use_of(&target.id) {
                    self.write(Written::Name(id), target.id.span);
                    let given = Given::Value(&node.right);
                    self.seen.flows.push((self.unit, Getter::Binding(id), given));
                }
            }
            ast::AssignTarget::Simple(Simple::Member(target)) => {
                self.write(Written::Inside(&target.obj), target.span);
            }
            _ => {}
        }
    }

    fn call(&mut self, call: &'a ast::CallExpr) {
        self.seen.calls.push((self.unit, call));
        let Callee::Expr(callee) = &call.callee else { return };
        if let Some((object, name)) = method(callee)
            && CHANGING.contains(&name)
        {
            self.write(Written::Inside(object), call.span);
        }
    }

    fn enter_function(&mut self, node: Node<'a>) {
        let at = offset(node.span().lo);
        if let Some(&id) = self.checker.tables.units[self.unit].functions.get(&at) {
            self.functions.push(id);
        }
    }
}

impl<'a> Visitor<'a> for Finder<'_, '_, 'a> {
    fn enter(&mut self, node: Node<'a>, _depth: usize) -> bool {
        match node {
            Node::Function(_) => self.enter_function(node),
            Node::Expr(Expr::Arrow(arrow)) => {
                self.enter_function(node);
                if let (ast::ArrowFunctionBody::Expr(body), Some(&id)) =
                    (&*arrow.body, self.functions.last())
                {
                    self.seen.returns.push((self.unit, id, body));
                }
            }
            Node::Stmt(ast::Stmt::Return(node)) => {
                if let (Some(value), Some(&id)) = (&node.arg, self.functions.last()) {
                    self.seen.returns.push((self.unit, id, value));
                }
            }
            Node::Stmt(ast::Stmt::ForOf(node)) => {
                if let ast::ForHead::VarDecl(decl) = &node.left {
                    for declarator in &decl.decls {
                        let getter = Getter::Pattern(&declarator.name);
                        self.seen.flows.push((self.unit, getter, Given::Each(&node.right)));
                    }
                }
            }
            Node::Declarator(node) => {
                if let Some(init) = &node.init {
                    let getter = Getter::Pattern(&node.name);
                    self.seen.flows.push((self.unit, getter, Given::Value(init)));
                }
            }
            Node::Expr(Expr::Assign(node)) => self.assign(node),
            Node::Expr(Expr::Call(call)) => self.call(call),
            _ => {}
        }
        true
    }

    fn leave(&mut self, node: Node<'a>) {
        if matches!(node, Node::Function(_) | Node::Expr(Expr::Arrow(_))) {
            self.functions.pop();
        }
    }
}

/// How much each name and each result is shared.
struct Shares<'c, 'a> {
    checker: &'c Checker<'a>,
    names: HashMap<BindingId, Share>,
    results: HashMap<FunctionId, Share>,
}

impl<'a> Shares<'_, 'a> {
    /// Follows values until nothing new is found.
    fn settle(&mut self, seen: &Seen<'a>) {
        for _ in 0..ROUNDS_MAX {
            let mut changed = false;
            for &(unit, getter, given) in &seen.flows {
                let share = match given {
                    Given::Value(value) => self.of(value, unit),
                    Given::Each(list) => held(self.of(list, unit)),
                };
                changed |= match getter {
                    Getter::Pattern(pattern) => self.raise_pattern(pattern, unit, share),
                    Getter::Binding(id) => self.raise(id, share),
                };
            }
            for &(unit, function, value) in &seen.returns {
                let share = self.of(value, unit);
                let known = self.results.entry(function).or_default();
                changed |= share > *known;
                *known = share.max(*known);
            }
            for &(unit, call) in &seen.calls {
                changed |= self.pass(call, unit);
            }
            if !changed {
                return;
            }
        }
    }

    fn raise(&mut self, id: BindingId, share: Share) -> bool {
        let known = self.names.entry(id).or_default();
        let more = share > *known;
        *known = share.max(*known);
        more
    }

    /// The names of a pattern: a plain name gets the value, others what it holds.
    fn raise_pattern(&mut self, pattern: &Pat, unit: usize, share: Share) -> bool {
        match pattern {
            Pat::Ident(ident) => {
                let declared = &self.checker.tables.units[unit].declared;
                match declared.get(&offset(ident.id.span.lo)).copied() {
                    Some(id) => self.raise(id, share),
                    None => false,
                }
            }
            Pat::Assign(node) => self.raise_pattern(&node.left, unit, share),
            Pat::Rest(node) => {
                let inside = if share > Share::Own { Share::Inside } else { Share::Own };
                self.raise_pattern(&node.arg, unit, inside)
            }
            Pat::Array(node) => {
                let inner = node.elems.iter().flatten();
                inner.fold(false, |more, one| self.raise_pattern(one, unit, held(share)) | more)
            }
            Pat::Object(node) => node.props.iter().fold(false, |more, prop| {
                let one = match prop {
                    ast::ObjectPatProp::KeyValue(prop) => {
                        self.raise_pattern(&prop.value, unit, held(share))
                    }
                    ast::ObjectPatProp::Assign(prop) => {
                        let declared = &self.checker.tables.units[unit].declared;
                        match declared.get(&offset(prop.key.id.span.lo)).copied() {
                            Some(id) => self.raise(id, held(share)),
                            None => false,
                        }
                    }
                    ast::ObjectPatProp::Rest(rest) => {
                        let inside = if share > Share::Own { Share::Inside } else { Share::Own };
                        self.raise_pattern(&rest.arg, unit, inside)
                    }
                };
                one | more
            }),
            Pat::Invalid(_) | Pat::Expr(_) => false,
        }
    }

    /// What a call passes to the parameters of a function that is known.
    fn pass(&mut self, call: &'a ast::CallExpr, unit: usize) -> bool {
        let Callee::Expr(callee) = &call.callee else { return false };
        let mut changed = false;
        if let Some(params) = self.params_of(callee, unit) {
            let (at, params) = params;
            for (param, argument) in params.iter().zip(&call.args) {
                let share = self.of(&argument.expr, unit);
                changed |= self.raise_pattern(param, at, share);
            }
        }
        // `state.forEach((item) => …)` passes what it holds.
        if let Some((object, _)) = method(callee) {
            let share = held(self.of(object, unit));
            if share > Share::Own {
                for argument in &call.args {
                    if let Some((at, params)) = self.params_of(&argument.expr, unit) {
                        for param in params {
                            changed |= self.raise_pattern(param, at, share);
                        }
                    }
                }
            }
        }
        changed
    }

    fn params_of(&self, callee: &'a Expr, unit: usize) -> Option<(usize, Vec<&'a Pat>)> {
        match callee.unwrap_parens() {
            Expr::Arrow(node) => Some((unit, node.params.iter().collect())),
            Expr::Ident(ident) => {
                let uses = &self.checker.tables.units[unit].uses;
                let id = self.checker.origin(*uses.get(&offset(ident.span.lo))?);
                let binding = &self.checker.tables.bindings[id.0 as usize];
                match binding.kind {
                    BindingKind::Function(node) => {
                        let params = node.params.iter().map(|param| &param.pat).collect();
                        Some((binding.unit, params))
                    }
                    BindingKind::Arrow(node) => match node.init.as_deref()?.unwrap_parens() {
                        Expr::Arrow(node) => Some((binding.unit, node.params.iter().collect())),
                        _ => None,
                    },
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// How much of an expression's value is shared.
    fn of(&self, expr: &'a Expr, unit: usize) -> Share {
        let expr = expr.unwrap_parens();
        let module = &self.checker.program.modules[unit - 1];
        if let Some(&ty) = self.checker.expressions.get(&module.span(expr.span()))
            && is_primitive(self.checker.store.kind(ty))
        {
            return Share::Own;
        }
        if let Some(found) = module.extensions.match_of(expr) {
            let arms = found.arms.iter().map(|arm| self.of(arm.body, unit));
            return arms.max().unwrap_or_default();
        }
        match expr {
            Expr::Ident(ident) => self.of_name(ident, unit),
            Expr::Member(node) => held(self.of(&node.obj, unit)),
            Expr::OptChain(node) => match &*node.base {
                ast::OptChainBase::Member(node) => held(self.of(&node.obj, unit)),
                ast::OptChainBase::Call(node) => self.of_call(&node.callee, &node.args, unit),
            },
            Expr::Call(node) => match &node.callee {
                Callee::Expr(callee) => self.of_call(callee, &node.args, unit),
                _ => Share::Own,
            },
            Expr::Cond(node) => self.of(&node.cons, unit).max(self.of(&node.alt, unit)),
            Expr::Bin(node)
                if matches!(node.op, BinaryOp::NullishCoalescing)
                    || module.extensions.as_pipe(node).is_none()
                        && matches!(node.op, BinaryOp::LogicalAnd | BinaryOp::LogicalOr) =>
            {
                self.of(&node.left, unit).max(self.of(&node.right, unit))
            }
            Expr::Assign(node) => self.of(&node.right, unit),
            Expr::Array(node) => {
                let inner = node.elems.iter().flatten().map(|one| self.of(&one.expr, unit));
                inside(inner.max().unwrap_or_default())
            }
            Expr::Object(node) => {
                let inner = node.props.iter().map(|prop| match prop {
                    PropOrSpread::Spread(spread) => self.of(&spread.expr, unit),
                    PropOrSpread::Prop(prop) => match &**prop {
                        Prop::KeyValue(prop) => self.of(&prop.value, unit),
                        Prop::Shorthand(ident) => self.of_name(ident, unit),
                        _ => Share::Own,
                    },
                });
                inside(inner.max().unwrap_or_default())
            }
            _ => Share::Own,
        }
    }

    fn of_name(&self, ident: &ast::Ident, unit: usize) -> Share {
        let uses = &self.checker.tables.units[unit].uses;
        let Some(&id) = uses.get(&offset(ident.span.lo)) else { return Share::Own };
        let id = self.checker.origin(id);
        match self.checker.is_of_module(id) {
            true => Share::Shared,
            false => self.names.get(&id).copied().unwrap_or_default(),
        }
    }

    fn of_call(&self, callee: &'a Expr, args: &'a [ast::ExprOrSpread], unit: usize) -> Share {
        if let Some((object, name)) = method(callee) {
            if let Expr::Ident(namespace) = object.unwrap_parens()
                && matches!(&*namespace.sym, "Object" | "Array")
            {
                let inner = args.iter().map(|one| self.of(&one.expr, unit)).max();
                return inside(inner.unwrap_or_default());
            }
            let share = self.of(object, unit);
            return match (share, COPYING.contains(&name)) {
                (Share::Own, _) => Share::Own,
                (_, true) => Share::Inside,
                (_, false) => Share::Shared,
            };
        }
        let Expr::Ident(ident) = callee.unwrap_parens() else { return Share::Own };
        let uses = &self.checker.tables.units[unit].uses;
        let Some(&id) = uses.get(&offset(ident.span.lo)) else { return Share::Own };
        let function = self.checker.function_of(self.checker.origin(id));
        function.and_then(|id| self.results.get(&id).copied()).unwrap_or_default()
    }
}

/// What a value of this kind holds.
fn held(share: Share) -> Share {
    if share == Share::Own { Share::Own } else { Share::Shared }
}

/// A new object that holds values of this kind.
fn inside(share: Share) -> Share {
    if share == Share::Own { Share::Own } else { Share::Inside }
}

/// The object and the name of a method call.
fn method(callee: &Expr) -> Option<(&Expr, &str)> {
    let member = match callee.unwrap_parens() {
        Expr::Member(member) => member,
        Expr::OptChain(chain) => match &*chain.base {
            ast::OptChainBase::Member(member) => member,
            ast::OptChainBase::Call(_) => return None,
        },
        _ => return None,
    };
    match &member.prop {
        MemberProp::Ident(name) => Some((&member.obj, &*name.sym)),
        _ => None,
    }
}
