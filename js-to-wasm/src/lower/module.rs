//! Modules: imports, exports, top level, and the handler. In: each module's tree. Out: the start function's body and the handler.

use swc_common::Spanned;
use swc_ecma_ast::{
    Decl, DefaultDecl, Expr as Node, ImportSpecifier, ModuleDecl, ModuleExportName, ModuleItem,
    Pat, Stmt as Tree, VarDeclKind,
};

use super::{
    Lowered, Lowering,
    ir::{Expr, Stmt},
    scope::{Binding, Scope},
    statement::bare,
};
use crate::{
    diagnostic::Diagnostic,
    parse::{Module, Target},
};

/// Name under which a default export is kept.
const DEFAULT: &str = "default";

impl<'a> Lowering<'a> {
    /// Lowers every module; the statements of all of them are one function.
    pub(super) fn program(&mut self) -> Lowered<()> {
        let start = self.function;
        let mut body = Vec::new();
        for module in &self.program.modules {
            self.module = module;
            self.scopes = vec![Scope { global: true, ..Scope::default() }];
            self.exports.push(std::collections::HashMap::new());
            self.module(module, &mut body)?;
        }
        self.handler()?;
        self.statements()?;
        let empty = body.iter().all(|statement| matches!(statement, Stmt::Open(_)));
        self.ir.functions[start.0 as usize].body = body;
        self.ir.start = (!empty).then_some(start);
        Ok(())
    }

    fn module(&mut self, module: &'a Module, body: &mut Vec<Stmt>) -> Lowered<()> {
        for item in &module.ast.body {
            if let ModuleItem::ModuleDecl(ModuleDecl::Import(import)) = item {
                self.import(module, import)?;
            }
        }
        let mut vars = Vec::new();
        for item in &module.ast.body {
            if let Some(declaration) = declaration_of(item) {
                self.declare_of(declaration, &mut vars);
            }
        }
        // Functions of the top level capture nothing: they are known even where their text comes later.
        for declaration in module.ast.body.iter().filter_map(declaration_of) {
            self.arrows_ahead(declaration);
        }
        let declarations = module.ast.body.iter().filter_map(declaration_of);
        self.hoist(declarations, body)?;
        for item in &module.ast.body {
            self.item(item, body)?;
        }
        Ok(())
    }

    /// Gives the arrows that `const` names hold their functions before anything is lowered.
    fn arrows_ahead(&mut self, declaration: &Decl) {
        let Decl::Var(list) = declaration else { return };
        for declarator in list.decls.iter().filter(|_| list.kind == VarDeclKind::Const) {
            if let (Pat::Ident(name), Some(Node::Arrow(arrow))) =
                (&declarator.name, declarator.init.as_deref().map(bare))
            {
                let var = self.declared(&name.id.sym);
                let id = self.inner_function(&name.id.sym, &arrow.span);
                self.ir.vars[var.0 as usize].function = Some(id);
            }
        }
    }

    fn import(&mut self, module: &'a Module, import: &swc_ecma_ast::ImportDecl) -> Lowered<()> {
        if import.type_only {
            return Ok(());
        }
        let Some(target) = module.target_of(&import.src) else {
            return Err(self.not_compiled(import, "this import"));
        };
        for specifier in &import.specifiers {
            let ImportSpecifier::Named(named) = specifier else {
                return Err(self.not_compiled(
                    specifier,
                    "an import that is not of the form `import { x } from …`",
                ));
            };
            if named.is_type_only {
                continue;
            }
            let name = match &named.imported {
                Some(ModuleExportName::Ident(name)) => name.sym.to_string(),
                Some(ModuleExportName::Str(_)) => {
                    return Err(self.not_compiled(named, "a quoted import name"));
                }
                None => named.local.sym.to_string(),
            };
            let binding = match target {
                Target::Virtual(host) => host
                    .exports
                    .iter()
                    .find(|export| **export == name)
                    .map(|export| Binding::Host(host.name, export)),
                Target::Local(index) => self.exports[index].get(&name).copied(),
            };
            // A name that is not exported may be a type; its use as a value is reported where it stands.
            if let (Some(binding), Some(scope)) = (binding, self.scopes.last_mut()) {
                scope.names.insert(named.local.sym.to_string(), binding);
            }
        }
        Ok(())
    }

    fn export(&mut self, name: &str) {
        if let (Some(binding), Some(exports)) = (self.resolve(name), self.exports.last_mut()) {
            exports.insert(name.to_owned(), binding);
        }
    }

    fn item(&mut self, item: &'a ModuleItem, body: &mut Vec<Stmt>) -> Lowered<()> {
        match item {
            ModuleItem::Stmt(Tree::Decl(declaration)) => self.declaration(declaration, body),
            ModuleItem::Stmt(statement) => self.statement(statement, body),
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => {
                self.declaration(&export.decl, body)?;
                for name in declared_names(&export.decl) {
                    self.export(&name);
                }
                Ok(())
            }
            ModuleItem::ModuleDecl(ModuleDecl::Import(_)) => Ok(()),
            ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => match &export.decl {
                DefaultDecl::Fn(function) => {
                    let name = function.ident.as_ref().map_or(DEFAULT, |name| &*name.sym);
                    let value = self.function_expression(name, &function.function)?;
                    self.set_default(value, body);
                    Ok(())
                }
                _ => Err(self.not_compiled(export, "this default export")),
            },
            ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultExpr(export)) => {
                let value = self.expression(&export.expr)?;
                self.set_default(value, body);
                Ok(())
            }
            ModuleItem::ModuleDecl(other) => Err(self.not_compiled(other, "this export")),
        }
    }

    fn set_default(&mut self, value: Expr, body: &mut Vec<Stmt>) {
        let var = self.declare(DEFAULT);
        if let Expr::Function(function) = value {
            self.ir.vars[var.0 as usize].function = Some(function);
        }
        if let Expr::Var(known) = value.bare() {
            self.ir.vars[var.0 as usize].function = self.ir.vars[known.0 as usize].function;
        }
        body.push(Stmt::Let(var, value));
        self.export(DEFAULT);
    }

    /// The function that answers requests: it calls `handler`, or the default export.
    fn handler(&mut self) -> Lowered<()> {
        let name = ["handler", DEFAULT].into_iter().find(|name| self.resolve(name).is_some());
        let Some(Binding::Var(var)) = name.and_then(|name| self.resolve(name)) else {
            let place = self.module.span(self.module.ast.span().shrink_to_lo());
            let diagnostic = Diagnostic::error("JS801", place, "the program has no handler");
            let help = "write `export function handler(req) { return Response.text(\"hello\") }`";
            return Err(Box::new(diagnostic.with_help(help)));
        };
        let known = self.ir.vars[var.0 as usize].function;
        let place = known
            .map_or(self.place(&self.module.ast), |known| self.ir.functions[known.0 as usize].span);
        let entry = self.new_function("(request)", place, Some(self.function));
        self.function = entry;
        let request = self.new_var("request", false);
        self.ir.vars[request.0 as usize].parameter = true;
        let args = vec![Expr::Var(request)];
        let call = match known {
            Some(known) => Expr::Call(known, Some(var), args),
            None => Expr::CallValue(Box::new(self.read(var)), args),
        };
        let function = &mut self.ir.functions[entry.0 as usize];
        function.params.push(request);
        function.body.push(Stmt::Return(call.at(place)));
        self.ir.entry = Some(entry);
        Ok(())
    }
}

fn declaration_of(item: &ModuleItem) -> Option<&Decl> {
    match item {
        ModuleItem::Stmt(Tree::Decl(declaration)) => Some(declaration),
        ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => Some(&export.decl),
        _ => None,
    }
}

fn declared_names(declaration: &Decl) -> Vec<String> {
    match declaration {
        Decl::Fn(function) => vec![function.ident.sym.to_string()],
        Decl::Var(list) => {
            let mut names = Vec::new();
            list.decls.iter().for_each(|declarator| pattern_names(&declarator.name, &mut names));
            names
        }
        Decl::TsTypeAlias(alias) => vec![alias.id.sym.to_string()],
        _ => Vec::new(),
    }
}

fn pattern_names(pattern: &swc_ecma_ast::Pat, names: &mut Vec<String>) {
    use swc_ecma_ast::{ObjectPatProp, Pat};
    match pattern {
        Pat::Ident(name) => names.push(name.id.sym.to_string()),
        Pat::Array(list) => {
            list.elems.iter().flatten().for_each(|element| pattern_names(element, names))
        }
        Pat::Rest(rest) => pattern_names(&rest.arg, names),
        Pat::Assign(assign) => pattern_names(&assign.left, names),
        Pat::Object(object) => object.props.iter().for_each(|property| match property {
            ObjectPatProp::KeyValue(pair) => pattern_names(&pair.value, names),
            ObjectPatProp::Assign(name) => names.push(name.key.id.sym.to_string()),
            ObjectPatProp::Rest(rest) => pattern_names(&rest.arg, names),
        }),
        Pat::Invalid(_) | Pat::Expr(_) => {}
    }
}
