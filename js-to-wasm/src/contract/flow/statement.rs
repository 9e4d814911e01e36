//! Statements and declarations. In: trees. Out: values of variables, what functions return, loops. Order does not matter here: every
//! statement is taken to run.

use swc_ecma_ast::{
    Decl, DefaultDecl, Expr, ForHead, ForOfStmt, ModuleDecl, ModuleItem, Pat, Stmt, VarDecl,
};

use super::{Flow, Value, state::Multiplicity, value::Callable};

impl<'a> Flow<'a> {
    /// One item of a module.
    pub(super) fn item(&mut self, item: &'a ModuleItem) {
        match item {
            ModuleItem::Stmt(statement) => self.statement(statement),
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => {
                self.declaration(&export.decl)
            }
            ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => {
                if let DefaultDecl::Fn(function) = &export.decl {
                    let name = function.ident.as_ref().map_or("default", |name| &*name.sym);
                    let value = self.function_value(&function.function, name);
                    if let Some(ident) = &function.ident
                        && let Some(var) = self.names.declared(self.module, ident)
                    {
                        self.assign(var, &value);
                    }
                }
            }
            ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultExpr(export)) => {
                self.expression(&export.expr);
            }
            ModuleItem::ModuleDecl(_) => {}
        }
    }

    pub(super) fn statements(&mut self, statements: &'a [Stmt]) {
        statements.iter().for_each(|statement| self.statement(statement));
    }

    fn statement(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Expr(statement) => {
                self.expression(&statement.expr);
            }
            Stmt::Decl(declaration) => self.declaration(declaration),
            Stmt::Return(statement) => {
                let value = match &statement.arg {
                    Some(value) => self.expression(value),
                    None => Value::undefined(),
                };
                self.give_back(&value);
            }
            Stmt::If(statement) => {
                self.expression(&statement.test);
                self.statement(&statement.cons);
                statement.alt.iter().for_each(|inner| self.statement(inner));
            }
            Stmt::Block(block) => self.statements(&block.stmts),
            Stmt::Switch(switch) => {
                self.expression(&switch.discriminant);
                for case in &switch.cases {
                    case.test.iter().for_each(|test| {
                        self.expression(test);
                    });
                    self.statements(&case.cons);
                }
            }
            Stmt::Throw(statement) => {
                // Only `assert` is left of it.
                let module = &self.program.modules[self.module];
                if let Some(assertion) = module.extensions.as_assert(statement) {
                    self.expression(assertion.condition);
                    if let Some(otherwise) = assertion.otherwise {
                        let value = self.expression(otherwise);
                        self.give_back(&value);
                    }
                }
            }
            Stmt::ForOf(node) => self.for_of(node),
            Stmt::Labeled(node) => self.statement(&node.body),
            // The language has none of these: `check` has refused the program.
            Stmt::Empty(_)
            | Stmt::Break(_)
            | Stmt::Continue(_)
            | Stmt::Debugger(_)
            | Stmt::With(_)
            | Stmt::Try(_)
            | Stmt::While(_)
            | Stmt::DoWhile(_)
            | Stmt::For(_)
            | Stmt::ForIn(_) => {}
        }
    }

    fn declaration(&mut self, declaration: &'a Decl) {
        match declaration {
            Decl::Var(list) => self.variables(list),
            Decl::Fn(function) if function.function.body.is_some() => {
                let value = self.function_value(&function.function, &function.ident.sym);
                if let Some(var) = self.names.declared(self.module, &function.ident) {
                    self.assign(var, &value);
                }
            }
            Decl::TsTypeAlias(alias) => {
                if let Some(var) = self.names.declared(self.module, &alias.id) {
                    self.assign(var, &Value::function(Callable::Same));
                }
            }
            _ => {}
        }
    }

    fn variables(&mut self, list: &'a VarDecl) {
        for declarator in &list.decls {
            let value = match &declarator.init {
                Some(init) => self.named(&declarator.name, init),
                None => Value::undefined(),
            };
            self.bind(&declarator.name, &value);
        }
    }

    /// A function gets the name of its variable.
    fn named(&mut self, pattern: &Pat, init: &'a Expr) -> Value {
        match (pattern, init.unwrap_parens()) {
            (Pat::Ident(name), Expr::Arrow(arrow)) => self.arrow_value(arrow, &name.id.sym),
            _ => self.expression(init),
        }
    }

    fn for_of(&mut self, node: &'a ForOfStmt) {
        let times = self.times_of(&node.right);
        let over = self.expression(&node.right);
        let times = times.unwrap_or_else(|| self.times(&over));
        let item = self.iterated(&over);
        if let ForHead::VarDecl(head) = &node.left {
            head.decls.iter().for_each(|declarator| self.bind(&declarator.name, &item));
        }
        let place = self.place(node.span);
        let outer = self.multiplicity;
        self.multiplicity = outer.times(times);
        self.looped(place);
        self.statement(&node.body);
        self.multiplicity = outer;
    }

    /// Records that the current place runs as often as it does.
    pub(super) fn looped(&mut self, place: crate::source::Span) {
        let key = (self.caller(), place);
        let most = self.facts.loops.entry(key).or_insert(self.multiplicity);
        *most = (*most).max(self.multiplicity);
    }

    /// How often a loop over a value runs.
    pub(super) fn times(&self, over: &Value) -> Multiplicity {
        let fixed = over.texts().next().is_none()
            && over.objects.iter().all(|object| self.is_fixed(*object));
        if fixed { Multiplicity::Constant } else { Multiplicity::Linear }
    }

    /// How often a loop over `range(…)` runs.
    fn times_of(&mut self, over: &'a Expr) -> Option<Multiplicity> {
        let Expr::Call(call) = over.unwrap_parens() else { return None };
        let callee = call.callee.as_expr()?.unwrap_parens();
        let Expr::Ident(name) = callee else { return None };
        let global = self.names.meaning(self.module, name) == super::Meaning::Global;
        if name.sym != *"range" || !global {
            return None;
        }
        let mut times = Multiplicity::Constant;
        for argument in &call.args {
            let is_length = matches!(
                argument.expr.unwrap_parens(),
                Expr::Member(member) if member.prop.is_ident_with("length")
            );
            let value = self.expression(&argument.expr);
            let known = value.only_number().is_some();
            let of_this = match (known || value.is_none(), is_length) {
                (true, _) => Multiplicity::Constant,
                (false, true) => Multiplicity::Linear,
                (false, false) => Multiplicity::Unbounded,
            };
            times = times.max(of_this);
        }
        Some(times)
    }
}
