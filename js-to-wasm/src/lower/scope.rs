//! Names. In: declarations and uses. Out: variables, and for each function the variables of others that it uses.

use std::collections::HashMap;

use swc_ecma_ast::{Decl, Pat, Stmt as Tree};

use super::{
    Lowering,
    ir::{Expr, FuncId, VarId},
};

/// What a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Binding {
    /// A variable.
    Var(VarId),
    /// A function of a module of the host: module and name.
    Host(&'static str, &'static str),
}

/// The names of one block.
#[derive(Debug, Default)]
pub(super) struct Scope {
    pub(super) names: HashMap<String, Binding>,
    /// Variables at the top level of a module.
    pub(super) global: bool,
}

impl Lowering<'_> {
    /// What a name means here; nothing if it is not declared.
    pub(super) fn resolve(&self, name: &str) -> Option<Binding> {
        self.scopes.iter().rev().find_map(|scope| scope.names.get(name).copied())
    }

    /// Declares a name in the innermost scope.
    pub(super) fn declare(&mut self, name: &str) -> VarId {
        let global = self.scopes.last().is_some_and(|scope| scope.global);
        let var = self.new_var(name, global);
        if let Some(scope) = self.scopes.last_mut() {
            scope.names.insert(name.to_owned(), Binding::Var(var));
        }
        var
    }

    /// The variable of a name that the innermost scope has declared.
    pub(super) fn declared(&mut self, name: &str) -> VarId {
        let known = self.scopes.last().and_then(|scope| scope.names.get(name).copied());
        match known {
            Some(Binding::Var(var)) => var,
            _ => self.declare(name),
        }
    }

    /// Declares what the statements of a block declare, and gives the variables.
    pub(super) fn declare_all<'t>(&mut self, body: impl Iterator<Item = &'t Tree>) -> Vec<VarId> {
        let mut vars = Vec::new();
        for statement in body {
            if let Tree::Decl(declaration) = statement {
                self.declare_of(declaration, &mut vars);
            }
        }
        vars
    }

    /// Declares what one declaration declares.
    pub(super) fn declare_of(&mut self, declaration: &Decl, vars: &mut Vec<VarId>) {
        match declaration {
            Decl::Var(list) => {
                for declarator in &list.decls {
                    self.declare_pattern(&declarator.name, vars);
                }
            }
            Decl::Fn(function) if function.function.body.is_some() => {
                vars.push(self.declare(&function.ident.sym));
            }
            Decl::TsTypeAlias(alias) if self.module.extensions.is_distinct(alias) => {
                vars.push(self.declare(&alias.id.sym));
            }
            _ => {}
        }
    }

    /// Declares the names of a pattern.
    pub(super) fn declare_pattern(&mut self, pattern: &Pat, vars: &mut Vec<VarId>) {
        match pattern {
            Pat::Ident(name) => vars.push(self.declare(&name.id.sym)),
            Pat::Array(list) => {
                list.elems.iter().flatten().for_each(|element| self.declare_pattern(element, vars));
            }
            Pat::Rest(rest) => self.declare_pattern(&rest.arg, vars),
            Pat::Assign(assign) => self.declare_pattern(&assign.left, vars),
            Pat::Object(object) => {
                for property in &object.props {
                    match property {
                        swc_ecma_ast::ObjectPatProp::KeyValue(pair) => {
                            self.declare_pattern(&pair.value, vars)
                        }
                        swc_ecma_ast::ObjectPatProp::Assign(name) => {
                            vars.push(self.declare(&name.key.id.sym))
                        }
                        swc_ecma_ast::ObjectPatProp::Rest(rest) => {
                            self.declare_pattern(&rest.arg, vars)
                        }
                    }
                }
            }
            Pat::Invalid(_) | Pat::Expr(_) => {}
        }
    }

    /// Notes that the current function uses a variable.
    pub(super) fn note_use(&mut self, var: VarId) {
        let current = self.function;
        let entry = &mut self.ir.vars[var.0 as usize];
        if entry.global || entry.owner == current {
            return;
        }
        entry.captured = true;
        entry.early |= !entry.ready;
        let owner = entry.owner;
        let mut function = Some(current);
        while let Some(FuncId(index)) = function.filter(|function| *function != owner) {
            let function_entry = &mut self.ir.functions[index as usize];
            if !function_entry.captures.contains(&var) {
                function_entry.captures.push(var);
            }
            function = function_entry.parent;
        }
    }

    /// The value of a variable.
    pub(super) fn read(&mut self, var: VarId) -> Expr {
        if let Some(constant) = &self.ir.vars[var.0 as usize].constant {
            return constant.clone();
        }
        self.note_use(var);
        if let Some(function) = self.ir.vars[var.0 as usize].function {
            self.ir.functions[function.0 as usize].is_value = true;
        }
        Expr::Var(var)
    }
}
