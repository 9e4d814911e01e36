//! Statements, in the order in which they run. In: statements. Out: types of the names they declare, and what is known after each. The
//! bodies of functions are looked at when their block ends: by then every name around them has its type.

use swc_ecma_ast::{self as ast, Decl, Expr, ModuleDecl, ModuleItem, Pat, Stmt};

use super::{
    Checker,
    bind::{BindingId, BindingKind},
    function::FunctionNode,
    pattern::Holds,
    ty::{Kind, Ty},
};
use crate::check::booleans::Place;
use crate::parse::offset;

impl<'a> Checker<'a> {
    /// Checks a module.
    pub(super) fn module_items(&mut self, items: &'a [ModuleItem]) {
        for item in items {
            match item {
                ModuleItem::Stmt(stmt) => self.statement(stmt),
                ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => {
                    self.declaration(&export.decl)
                }
                ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultExpr(export)) => {
                    self.default_export(&export.expr)
                }
                ModuleItem::ModuleDecl(_) => {}
            }
        }
        for item in items {
            match item {
                ModuleItem::Stmt(Stmt::Decl(decl)) => self.declared_functions(decl),
                ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => {
                    self.declared_functions(&export.decl)
                }
                ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => {
                    if let ast::DefaultDecl::Fn(function) = &export.decl {
                        self.default_function(function);
                    }
                }
                _ => {}
            }
        }
    }

    fn default_export(&mut self, expr: &'a Expr) {
        let is_entry = self.unit == self.program.modules.len();
        let context = is_entry.then(|| self.handler_type());
        _ = self.expr(expr, context);
    }

    fn default_function(&mut self, function: &'a ast::FnExpr) {
        match &function.ident {
            Some(ident) => {
                if let Some(id) = self.declared_at(ident) {
                    self.declared_body_of(id);
                }
            }
            None => {
                let context = self.handler_type();
                let node = FunctionNode::Function(&function.function);
                _ = self.function_value(node, Some(context), super::flow::Flow::default());
            }
        }
    }

    /// The statements of a function's body.
    pub(super) fn block_body(&mut self, stmts: &'a [Stmt]) {
        let mut warned = false;
        for stmt in stmts {
            let hoisted = matches!(
                stmt,
                Stmt::Decl(Decl::Fn(_) | Decl::TsInterface(_) | Decl::TsTypeAlias(_))
                    | Stmt::Empty(_)
            );
            if !self.flow.reachable && !warned && !hoisted {
                warned = true;
                self.unreachable(stmt);
            }
            self.statement(stmt);
        }
        for stmt in stmts {
            if let Stmt::Decl(decl) = stmt {
                self.declared_functions(decl);
            }
        }
    }

    /// Checks bodies that nothing asked for.
    fn declared_functions(&mut self, decl: &'a Decl) {
        match decl {
            Decl::Fn(function) => {
                if let Some(id) = self.declared_at(&function.ident) {
                    self.declared_body_of(id);
                }
            }
            Decl::Var(var) => {
                for declarator in &var.decls {
                    if let Pat::Ident(ident) = &declarator.name
                        && let Some(id) = self.declared_at(&ident.id)
                        && matches!(self.tables.binding(id).kind, BindingKind::Arrow(_))
                    {
                        self.declared_body_of(id);
                    }
                }
            }
            _ => {}
        }
    }

    pub(super) fn statement(&mut self, stmt: &'a Stmt) {
        if self.flow.full {
            self.work = 0;
        }
        if !self.spend(1) {
            return;
        }
        match stmt {
            Stmt::Block(block) => self.block_body(&block.stmts),
            Stmt::Expr(node) => _ = self.expr(&node.expr, None),
            Stmt::Return(node) => self.return_(node),
            Stmt::If(node) => self.if_(node),
            Stmt::Switch(node) => self.switch(node),
            Stmt::ForOf(node) => self.for_of(node),
            Stmt::Decl(decl) => self.declaration(decl),
            Stmt::Throw(node) => self.throw(node),
            Stmt::Break(_) => {
                let flow = self.flow.clone();
                if let Some(breaks) = self.frame.breaks.last_mut() {
                    breaks.push(flow);
                }
                self.flow = self.flow.dead();
            }
            Stmt::Continue(_) => self.flow = self.flow.dead(),
            // Refused by other rules; what is inside is looked at all the same.
            Stmt::Labeled(node) => self.statement(&node.body),
            Stmt::While(node) => {
                _ = self.expr(&node.test, None);
                self.statement(&node.body);
                self.flow.reachable = true;
            }
            Stmt::Try(node) => {
                self.block_body(&node.block.stmts);
                self.flow.reachable = true;
            }
            Stmt::With(_)
            | Stmt::DoWhile(_)
            | Stmt::For(_)
            | Stmt::ForIn(_)
            | Stmt::Empty(_)
            | Stmt::Debugger(_) => {}
        }
    }

    fn return_(&mut self, node: &'a ast::ReturnStmt) {
        let expected = self.frame.expected;
        let ty = match &node.arg {
            Some(expr) => {
                let context = expected.or(self.frame.hint).or_else(|| self.frame_hint());
                let ty = self.expr(expr, context);
                match expected {
                    Some(expected) if self.flow.reachable => self.check_return(expr, ty, expected),
                    _ => {}
                }
                if let Some(enforced) = self.frame.enforced {
                    self.arrives_from(expr, enforced);
                }
                ty
            }
            None => {
                if let Some(expected) = expected {
                    self.check_empty_return(node, expected);
                }
                Ty::UNDEFINED
            }
        };
        if self.flow.reachable {
            if self.frame.handler {
                self.answer(node, ty);
            }
            self.frame.returns.push(ty);
        }
        self.flow = self.flow.dead();
    }

    fn answer(&mut self, node: &'a ast::ReturnStmt, ty: Ty) {
        match node.arg.as_deref() {
            Some(expr) => self.check_answer(Some(expr), ty, expr),
            None => self.empty_answer(node),
        }
    }

    fn frame_hint(&mut self) -> Option<Ty> {
        self.frame.handler.then(|| self.library_type("Response", &[]))
    }

    fn if_(&mut self, node: &'a ast::IfStmt) {
        let (yes, no) = self.condition(&node.test, Place::If);
        let reachable = self.flow.reachable;
        self.flow = yes;
        self.flow.reachable &= reachable;
        self.statement(&node.cons);
        let mut otherwise = no;
        otherwise.reachable &= reachable;
        let after_yes = std::mem::replace(&mut self.flow, otherwise);
        if let Some(alternative) = &node.alt {
            self.statement(alternative);
        }
        let joined = after_yes.join(&self.flow, &mut self.store);
        self.flow = joined;
    }

    fn switch(&mut self, node: &'a ast::SwitchStmt) {
        let subject = self.expr(&node.discriminant, None);
        let mut open = self.flow.clone();
        let mut after = self.flow.dead();
        let mut entry: Option<super::flow::Flow> = None;
        for case in &node.cases {
            let matched = match &case.test {
                Some(test) => {
                    let ty = self.expr(test, None);
                    self.check_case(test, subject, ty);
                    let (yes, no) = self.case_flows(&open, &node.discriminant, subject, ty);
                    open = no;
                    yes
                }
                None => open.clone(),
            };
            // Empty cases share the body that follows.
            let flow = match entry.take() {
                Some(before) => before.join(&matched, &mut self.store),
                None => matched,
            };
            if case.cons.is_empty() {
                entry = Some(flow);
                continue;
            }
            self.flow = flow;
            for stmt in &case.cons {
                self.statement(stmt);
            }
            for stmt in &case.cons {
                if let Stmt::Decl(decl) = stmt {
                    self.declared_functions(decl);
                }
            }
            after = after.join(&self.flow, &mut self.store);
        }
        let default = node.cases.iter().any(|case| case.test.is_none());
        if !default {
            after = after.join(&open, &mut self.store);
        }
        self.flow = after;
    }

    fn for_of(&mut self, node: &'a ast::ForOfStmt) {
        let list = self.expr(&node.right, None);
        let each = match self.each_of(list) {
            Some(of) => of,
            None => {
                self.not_a_list(&node.right, list);
                Ty::DYNAMIC
            }
        };
        let assigned = self.tables.units[self.unit]
            .loops
            .get(&offset(node.span.lo))
            .cloned()
            .unwrap_or_default();
        self.flow.forget_where(|id| assigned.contains(&id));
        let before = self.flow.clone();
        if let ast::ForHead::VarDecl(decl) = &node.left {
            for declarator in &decl.decls {
                let each = match decl.kind {
                    ast::VarDeclKind::Const => self.store.regular(each),
                    _ => self.store.widen(each),
                };
                self.declare_pattern(&declarator.name, each, Holds::Constant);
            }
        }
        self.frame.breaks.push(Vec::new());
        self.statement(&node.body);
        let breaks = self.frame.breaks.pop().unwrap_or_default();
        let mut after = before;
        for flow in breaks {
            after = after.join(&flow, &mut self.store);
        }
        self.flow = after;
    }

    fn throw(&mut self, node: &'a ast::ThrowStmt) {
        let Some(assert) = self.module.extensions.as_assert(node) else {
            _ = self.expr(&node.arg, None);
            self.flow = self.flow.dead();
            return;
        };
        let (yes, no) = self.condition(assert.condition, Place::Assert);
        if let Some(otherwise) = assert.otherwise {
            let before = std::mem::replace(&mut self.flow, no);
            let expected = self.frame.expected;
            let ty = self.expr(otherwise, expected);
            if let Some(expected) = expected {
                self.check_return(otherwise, ty, expected);
            }
            if let Some(enforced) = self.frame.enforced {
                self.arrives_from(otherwise, enforced);
            }
            if self.frame.handler {
                self.check_answer(Some(otherwise), ty, otherwise);
            }
            self.frame.returns.push(ty);
            self.flow = before;
        }
        let reachable = self.flow.reachable;
        self.flow = yes;
        self.flow.reachable = reachable;
    }

    fn declaration(&mut self, decl: &'a Decl) {
        match decl {
            Decl::Var(var) => {
                for declarator in &var.decls {
                    self.declarator(var, declarator);
                }
            }
            Decl::TsTypeAlias(_) | Decl::TsInterface(_) => self.type_declaration(decl),
            // Bodies are looked at when the block ends.
            Decl::Fn(_) | Decl::Class(_) | Decl::Using(_) | Decl::TsEnum(_) | Decl::TsModule(_) => {
            }
        }
    }

    /// Reads a declared type so that what it names is checked.
    fn type_declaration(&mut self, decl: &'a Decl) {
        let ident = match decl {
            Decl::TsTypeAlias(node) => &node.id,
            Decl::TsInterface(node) => &node.id,
            _ => return,
        };
        let at = offset(ident.span.lo);
        if let Some(id) = self.tables.units[self.unit].type_decls.get(&at).copied() {
            _ = self.declared_body(id);
        }
    }

    fn declarator(&mut self, var: &'a ast::VarDecl, node: &'a ast::VarDeclarator) {
        let constant = var.kind == ast::VarDeclKind::Const;
        let written = super::function::annotation(&node.name);
        let declared = written.map(|written| self.written(written, self.unit));
        let single = match &node.name {
            Pat::Ident(ident) => self.declared_at(&ident.id),
            _ => None,
        };
        if let Some(id) = single
            && matches!(self.tables.binding(id).kind, BindingKind::Arrow(_))
        {
            self.snapshots.insert(id, self.flow.clone());
            return;
        }
        let Some(init) = &node.init else {
            if let Some(id) = single {
                self.set_value(id, declared.unwrap_or(Ty::DYNAMIC));
                self.learn(id, declared.unwrap_or(Ty::DYNAMIC), Ty::UNDEFINED);
            }
            return;
        };
        let context = declared.or_else(|| self.pattern_context(&node.name));
        let is_handler = constant && self.is_handler_expr(init);
        let context = if is_handler { Some(self.handler_type()) } else { context };
        let given = self.expr(init, context);
        let ty = match declared {
            Some(declared) => {
                self.check_assign(init, given, declared);
                self.arrives_in(init, declared, &node.name);
                declared
            }
            None if constant => {
                let inside = self.store.widen_inside(given);
                if matches!(self.store.kind(inside), Kind::Record(_)) {
                    self.store.regular(inside)
                } else {
                    inside
                }
            }
            None => self.store.widen(given),
        };
        match single {
            Some(id) => {
                self.set_value(id, ty);
                if declared.is_some() {
                    self.learn(id, ty, given);
                }
                self.remember_condition(id, constant, init, ty);
            }
            None => {
                let holds = if constant { Holds::Constant } else { Holds::Variable };
                self.declare_pattern(&node.name, ty, holds);
            }
        }
    }

    /// `[a, b] = …` wants a tuple.
    fn pattern_context(&mut self, pattern: &'a Pat) -> Option<Ty> {
        match pattern {
            Pat::Array(node) => {
                let mut elements = Vec::new();
                for element in &node.elems {
                    let presence = match element {
                        Some(Pat::Rest(_)) => super::ty::Presence::Rest,
                        _ => super::ty::Presence::Required,
                    };
                    let inside = element.as_ref().and_then(|inner| self.pattern_context(inner));
                    let ty = inside.unwrap_or(Ty::DYNAMIC);
                    elements.push(super::ty::Element { ty, presence });
                }
                Some(self.store.intern(Kind::Tuple(elements.into(), super::ty::Access::Mutable)))
            }
            Pat::Object(node) => {
                let mut fields = Vec::new();
                for prop in &node.props {
                    let ast::ObjectPatProp::KeyValue(prop) = prop else { continue };
                    let ast::PropName::Ident(name) = &prop.key else { continue };
                    if let Some(ty) = self.pattern_context(&prop.value) {
                        fields.push(super::ty::field(name.sym.clone(), ty));
                    }
                }
                Some(self.store.record(fields, super::ty::Fresh::No))
            }
            Pat::Assign(node) => self.pattern_context(&node.left),
            _ => None,
        }
    }

    /// A constant that holds a condition about things that do not change.
    fn remember_condition(&mut self, id: BindingId, constant: bool, init: &'a Expr, ty: Ty) {
        let boolean = matches!(self.store.kind(ty), Kind::Boolean | Kind::BoolLiteral(..));
        let shaped = matches!(
            init.unwrap_parens(),
            Expr::Bin(_) | Expr::Unary(_) | Expr::Member(_) | Expr::Call(_)
        );
        if constant && boolean && shaped && self.is_stable(init, 0) {
            self.conditions.insert(id, init);
        }
    }

    /// Whether the names in a condition are never assigned.
    fn is_stable(&self, expr: &Expr, depth: usize) -> bool {
        if depth > 16 {
            return false;
        }
        let inner = |expr: &Expr| self.is_stable(expr, depth + 1);
        match expr.unwrap_parens() {
            Expr::Ident(ident) => {
                self.use_of(ident).is_none_or(|id| self.tables.binding(id).assigned == 0)
            }
            Expr::Lit(_) => true,
            Expr::Member(node) => inner(&node.obj),
            Expr::OptChain(node) => match &*node.base {
                ast::OptChainBase::Member(node) => inner(&node.obj),
                ast::OptChainBase::Call(_) => false,
            },
            Expr::Unary(node) => inner(&node.arg),
            Expr::Bin(node) => inner(&node.left) && inner(&node.right),
            Expr::Call(node) => {
                let callee = match &node.callee {
                    ast::Callee::Expr(callee) => inner(callee),
                    _ => false,
                };
                callee && node.args.iter().all(|argument| inner(&argument.expr))
            }
            _ => false,
        }
    }
}
