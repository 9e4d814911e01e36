//! Functions: declarations, arrows, methods. In: parameters and a body. Out: a function of the intermediate program.

use swc_common::Spanned;
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, Decl, Expr as Node, Function as FunctionNode, Pat, Stmt as Tree,
};

use super::{
    Lowered, Lowering,
    ir::{Expr, FuncId, Function, Stmt},
    scope::Scope,
};
use crate::source::Span;

/// A function's body.
#[derive(Clone, Copy)]
pub(super) enum Body<'t> {
    Block(&'t [Tree]),
    Value(&'t Node),
}

impl Lowering<'_> {
    /// An empty function.
    pub(super) fn new_function(
        &mut self,
        name: &str,
        span: Span,
        parent: Option<FuncId>,
    ) -> FuncId {
        let id = FuncId(self.ir.functions.len() as u32);
        self.ir.functions.push(Function {
            name: name.to_owned(),
            span,
            parent,
            params: Vec::new(),
            rest: None,
            captures: Vec::new(),
            body: Vec::new(),
            is_value: false,
        });
        id
    }

    /// A new function inside of the current one.
    pub(super) fn inner_function(&mut self, name: &str, node: &impl Spanned) -> FuncId {
        self.new_function(name, self.place(node), Some(self.function))
    }

    /// Lowers the function declarations of a block before everything else in it.
    pub(super) fn hoist<'t>(
        &mut self,
        declarations: impl Iterator<Item = &'t Decl>,
        body: &mut Vec<Stmt>,
    ) -> Lowered<()> {
        let mut found = Vec::new();
        for declaration in declarations {
            match declaration {
                Decl::Fn(function) if function.function.body.is_some() => {
                    let var = self.declared(&function.ident.sym);
                    let id = self.inner_function(&function.ident.sym, &function.function.span);
                    self.ir.vars[var.0 as usize].function = Some(id);
                    found.push((var, id, Some(&*function.function)));
                }
                Decl::TsTypeAlias(alias) if self.module.extensions.is_distinct(alias) => {
                    let var = self.declared(&alias.id.sym);
                    let id = self.inner_function(&alias.id.sym, &alias.span);
                    self.ir.vars[var.0 as usize].function = Some(id);
                    found.push((var, id, None));
                }
                _ => {}
            }
        }
        for (var, id, function) in found {
            match function {
                Some(function) => self.function_node(id, function)?,
                None => self.identity(id),
            }
            body.push(Stmt::Let(var, Expr::Function(id)));
            self.ir.vars[var.0 as usize].ready = true;
        }
        Ok(())
    }

    /// The constructor of a distinct type: it returns its argument.
    fn identity(&mut self, id: FuncId) {
        let outer = std::mem::replace(&mut self.function, id);
        let value = self.new_var("value", false);
        self.ir.vars[value.0 as usize].parameter = true;
        self.function = outer;
        let function = &mut self.ir.functions[id.0 as usize];
        function.params.push(value);
        function.body.push(Stmt::Return(Expr::Var(value)));
    }

    fn function_node(&mut self, id: FuncId, function: &FunctionNode) -> Lowered<()> {
        if function.is_async || function.is_generator {
            return Err(self.not_compiled(function, "an async function or a generator"));
        }
        let params: Vec<&Pat> = function.params.iter().map(|param| &param.pat).collect();
        match &function.body {
            Some(body) => self.function_body(id, &params, Body::Block(&body.stmts)),
            None => Err(self.not_compiled(function, "a function without a body")),
        }
    }

    /// A function as an expression; the name is for stack traces only.
    pub(super) fn function_expression(
        &mut self,
        name: &str,
        function: &FunctionNode,
    ) -> Lowered<Expr> {
        let id = self.inner_function(name, &function.span);
        self.function_node(id, function)?;
        self.ir.functions[id.0 as usize].is_value = true;
        Ok(Expr::Function(id))
    }

    /// An arrow whose function exists already.
    pub(super) fn arrow_as(&mut self, id: FuncId, arrow: &ArrowExpr) -> Lowered<()> {
        if arrow.is_async || arrow.is_generator {
            return Err(self.not_compiled(arrow, "an async function"));
        }
        let params: Vec<&Pat> = arrow.params.iter().collect();
        let body = match &*arrow.body {
            ArrowFunctionBody::FunctionBody(block) => Body::Block(&block.stmts),
            ArrowFunctionBody::Expr(value) => Body::Value(value),
        };
        self.function_body(id, &params, body)
    }

    /// Parameters and body of a function, in a scope of their own.
    pub(super) fn function_body(
        &mut self,
        id: FuncId,
        params: &[&Pat],
        body: Body<'_>,
    ) -> Lowered<()> {
        let outer = std::mem::replace(&mut self.function, id);
        let exits = std::mem::take(&mut self.exits);
        self.scopes.push(Scope::default());
        let result = self.function_parts(id, params, body);
        self.scopes.pop();
        self.exits = exits;
        self.function = outer;
        self.ir.functions[id.0 as usize].body = result?;
        Ok(())
    }

    fn function_parts(
        &mut self,
        id: FuncId,
        params: &[&Pat],
        body: Body<'_>,
    ) -> Lowered<Vec<Stmt>> {
        let mut vars = Vec::new();
        params.iter().for_each(|pattern| self.declare_pattern(pattern, &mut vars));
        let mut statements = vec![Stmt::Open(vars)];
        for pattern in params {
            self.parameter(id, pattern, &mut statements)?;
        }
        match body {
            Body::Value(value) => {
                let value = self.expression(value)?;
                statements.push(Stmt::Return(value));
            }
            Body::Block(block) => self.block(block, &mut statements)?,
        }
        Ok(statements)
    }

    fn parameter(&mut self, id: FuncId, pattern: &Pat, body: &mut Vec<Stmt>) -> Lowered<()> {
        let (name, rest) = match pattern {
            Pat::Rest(rest) => (&*rest.arg, true),
            other => (other, false),
        };
        // A name that nothing else is done with is the parameter; anything else is bound from one.
        let var = match name {
            Pat::Ident(name) => self.declared(&name.id.sym),
            _ => self.new_var("", false),
        };
        let entry = &mut self.ir.vars[var.0 as usize];
        entry.parameter = true;
        entry.ready = true;
        let function = &mut self.ir.functions[id.0 as usize];
        if rest {
            function.rest = Some(var);
        } else {
            function.params.push(var);
        }
        match name {
            Pat::Ident(_) => Ok(()),
            _ => self.bind(name, Expr::Var(var), body),
        }
    }
}
