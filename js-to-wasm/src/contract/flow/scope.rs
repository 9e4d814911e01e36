//! Names of a whole program → variables. In: every module's tree. Out: for each use of a name the variable, the host's function or
//! the global name that it means, across files. Never happens here: values.

use std::collections::HashMap;

use swc_common::Span;
use swc_ecma_ast::{self as ast, Decl, Expr, Ident, ModuleDecl, ModuleItem, Pat, Stmt};

use crate::parse::{
    Module, Program, Target, offset,
    walk::{Node, Visitor, children, walk},
};

/// A variable of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::contract) struct VarId(pub(super) u32);

/// What a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::contract) enum Meaning {
    /// A variable.
    Var(VarId),
    /// A function of a module of the host.
    Host(&'static str, &'static str),
    /// A name that every program has.
    Global,
}

/// The place of a function: module, first and last byte.
pub(in crate::contract) type FunctionKey = (usize, u32, u32);

/// A declaration.
#[derive(Debug, Clone)]
pub(in crate::contract) struct Var {
    /// The function that declares it; none at the top of a module.
    pub(super) owner: Option<FunctionKey>,
}

/// The names of a program.
#[derive(Debug, Default)]
pub(in crate::contract) struct Names {
    uses: HashMap<(usize, u32), Meaning>,
    declared: HashMap<(usize, u32), VarId>,
    pub(super) vars: Vec<Var>,
    /// For each function the variables of functions around it that it uses.
    pub(super) captured: HashMap<FunctionKey, Vec<VarId>>,
    /// What each module exports; `default` for the default export.
    exports: Vec<HashMap<String, Meaning>>,
}

impl Names {
    /// What the name used at this place means.
    pub(in crate::contract) fn meaning(&self, module: usize, ident: &Ident) -> Meaning {
        let key = (module, offset(ident.span.lo));
        self.uses.get(&key).copied().unwrap_or(Meaning::Global)
    }

    /// The variable that is declared at this place.
    pub(in crate::contract) fn declared(&self, module: usize, ident: &Ident) -> Option<VarId> {
        self.declared.get(&(module, offset(ident.span.lo))).copied()
    }

    /// The variable that holds a module's export.
    pub(super) fn exported(&self, module: usize, name: &str) -> Option<Meaning> {
        self.exports.get(module)?.get(name).copied()
    }
}

/// The key of a function's span.
pub(super) fn key(module: usize, span: Span) -> FunctionKey {
    (module, offset(span.lo), offset(span.hi))
}

/// Resolves every name of every module; imported modules stand before their importers.
pub(in crate::contract) fn resolve(program: &Program) -> Names {
    let mut names = Names::default();
    for (index, module) in program.modules.iter().enumerate() {
        let mut resolver = Resolver {
            module,
            index,
            scopes: vec![HashMap::new()],
            functions: Vec::new(),
            names: &mut names,
        };
        module.ast.body.iter().for_each(|item| resolver.declare_item(item));
        let top = resolver.scopes[0].clone();
        resolver.names.exports.push(top);
        module.ast.body.iter().for_each(|item| walk(Node::Item(item), &mut resolver, 1));
    }
    names
}

struct Resolver<'m, 'n> {
    module: &'m Module,
    index: usize,
    scopes: Vec<HashMap<String, Meaning>>,
    /// Functions around the current place, the innermost last.
    functions: Vec<FunctionKey>,
    names: &'n mut Names,
}

impl Resolver<'_, '_> {
    fn declare(&mut self, ident: &Ident) {
        let var = VarId(self.names.vars.len() as u32);
        self.names.vars.push(Var { owner: self.functions.last().copied() });
        self.names.declared.insert((self.index, offset(ident.span.lo)), var);
        self.define(&ident.sym, Meaning::Var(var));
    }

    fn define(&mut self, name: &str, meaning: Meaning) {
        let scope = self.scopes.last_mut().expect("the module's scope is never removed");
        scope.insert(name.to_owned(), meaning);
    }

    fn declare_item(&mut self, item: &ModuleItem) {
        match item {
            ModuleItem::Stmt(stmt) => self.declare_stmt(stmt),
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => {
                self.declare_decl(&export.decl)
            }
            ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => {
                if let ast::DefaultDecl::Fn(ast::FnExpr { ident: Some(ident), .. }) = &export.decl {
                    self.declare(ident);
                }
            }
            ModuleItem::ModuleDecl(ModuleDecl::Import(import)) if !import.type_only => {
                self.import(import)
            }
            ModuleItem::ModuleDecl(_) => {}
        }
    }

    fn import(&mut self, import: &ast::ImportDecl) {
        let Some(target) = self.module.target_of(&import.src) else { return };
        for specifier in &import.specifiers {
            let ast::ImportSpecifier::Named(named) = specifier else { continue };
            let name = match &named.imported {
                Some(ast::ModuleExportName::Ident(name)) => &*name.sym,
                Some(ast::ModuleExportName::Str(_)) => continue,
                None => &*named.local.sym,
            };
            let meaning = match target {
                Target::Virtual(host) => host
                    .exports
                    .iter()
                    .find(|export| **export == name)
                    .map(|export| Meaning::Host(host.name, export)),
                Target::Local(index) => self.names.exported(index, name),
            };
            if let Some(meaning) = meaning.filter(|_| !named.is_type_only) {
                self.define(&named.local.sym, meaning);
            }
        }
    }

    fn declare_stmt(&mut self, stmt: &Stmt) {
        if let Stmt::Decl(decl) = stmt {
            self.declare_decl(decl);
        }
    }

    fn declare_decl(&mut self, decl: &Decl) {
        match decl {
            Decl::Var(var) => {
                var.decls.iter().for_each(|declarator| self.declare_pattern(&declarator.name))
            }
            Decl::Using(using) => {
                using.decls.iter().for_each(|declarator| self.declare_pattern(&declarator.name))
            }
            Decl::Fn(function) if function.function.body.is_some() => self.declare(&function.ident),
            Decl::Class(class) => self.declare(&class.ident),
            Decl::TsEnum(node) => self.declare(&node.id),
            Decl::TsTypeAlias(alias) if self.module.extensions.is_distinct(alias) => {
                self.declare(&alias.id)
            }
            Decl::Fn(_) | Decl::TsTypeAlias(_) | Decl::TsInterface(_) | Decl::TsModule(_) => {}
        }
    }

    fn declare_pattern(&mut self, pattern: &Pat) {
        match pattern {
            Pat::Ident(ident) => self.declare(&ident.id),
            Pat::Array(array) => {
                array.elems.iter().flatten().for_each(|pat| self.declare_pattern(pat))
            }
            Pat::Rest(rest) => self.declare_pattern(&rest.arg),
            Pat::Assign(assign) => self.declare_pattern(&assign.left),
            Pat::Object(object) => object.props.iter().for_each(|prop| match prop {
                ast::ObjectPatProp::KeyValue(prop) => self.declare_pattern(&prop.value),
                ast::ObjectPatProp::Assign(prop) => self.declare(&prop.key.id),
                ast::ObjectPatProp::Rest(rest) => self.declare_pattern(&rest.arg),
            }),
            Pat::Invalid(_) | Pat::Expr(_) => {}
        }
    }

    fn use_(&mut self, ident: &Ident) {
        let found = self.scopes.iter().rev().find_map(|scope| scope.get(&*ident.sym)).copied();
        let meaning = found.unwrap_or(Meaning::Global);
        self.names.uses.insert((self.index, offset(ident.span.lo)), meaning);
        let Meaning::Var(var) = meaning else { return };
        let owner = self.names.vars[var.0 as usize].owner;
        if owner.is_none() {
            return;
        }
        for function in self.functions.iter().rev() {
            if Some(*function) == owner {
                break;
            }
            let captured = self.names.captured.entry(*function).or_default();
            if !captured.contains(&var) {
                captured.push(var);
            }
        }
    }

    fn function<'a>(
        &mut self,
        key: FunctionKey,
        params: impl Iterator<Item = &'a Pat>,
        stmts: Option<&'a [Stmt]>,
        node: Node<'a>,
    ) {
        self.functions.push(key);
        self.scopes.push(HashMap::new());
        params.for_each(|param| self.declare_pattern(param));
        stmts.unwrap_or(&[]).iter().for_each(|stmt| self.declare_stmt(stmt));
        children(node, &mut |child| walk(child, self, 0));
        self.scopes.pop();
        self.functions.pop();
    }

    fn open(&mut self, stmts: &[Stmt]) {
        self.scopes.push(HashMap::new());
        stmts.iter().for_each(|stmt| self.declare_stmt(stmt));
    }

    fn open_loop(&mut self, head: &ast::ForHead) {
        self.open(&[]);
        if let ast::ForHead::VarDecl(decl) = head {
            decl.decls.iter().for_each(|declarator| self.declare_pattern(&declarator.name));
        }
    }
}

impl<'a> Visitor<'a> for Resolver<'_, '_> {
    fn enter(&mut self, node: Node<'a>, _depth: usize) -> bool {
        match node {
            Node::Expr(Expr::Ident(ident)) => self.use_(ident),
            Node::Expr(Expr::Member(member)) => {
                // The word `match` and the names in patterns are no uses.
                let Some(found) = self.module.extensions.as_match(member) else { return true };
                walk(Node::Expr(found.subject), self, 0);
                found.arms.iter().for_each(|arm| walk(Node::Expr(arm.body), self, 0));
                return false;
            }
            Node::Prop(ast::Prop::Shorthand(ident)) => self.use_(ident),
            Node::AssignTarget(ast::AssignTarget::Simple(ast::SimpleAssignTarget::Ident(
                ident,
            ))) => self.use_(&ident.id),
            Node::ElementName(ast::JSXElementName::Ident(ident)) => self.use_(ident),
            Node::ElementName(ast::JSXElementName::JSXMemberExpr(member)) => {
                let mut object = &member.obj;
                while let ast::JSXObject::JSXMemberExpr(inner) = object {
                    object = &inner.obj;
                }
                if let ast::JSXObject::Ident(ident) = object {
                    self.use_(ident);
                }
            }
            Node::Function(function) => {
                let stmts = function.body.as_ref().map(|body| body.stmts.as_slice());
                let params = function.params.iter().map(|param| &param.pat);
                self.function(key(self.index, function.span), params, stmts, node);
                return false;
            }
            Node::Expr(Expr::Arrow(arrow)) => {
                let stmts = match &*arrow.body {
                    ast::ArrowFunctionBody::FunctionBody(body) => Some(body.stmts.as_slice()),
                    ast::ArrowFunctionBody::Expr(_) => None,
                };
                self.function(key(self.index, arrow.span), arrow.params.iter(), stmts, node);
                return false;
            }
            Node::Stmt(Stmt::Block(block)) => self.open(&block.stmts),
            Node::Stmt(Stmt::Switch(switch)) => {
                self.open(&[]);
                let stmts = switch.cases.iter().flat_map(|case| &case.cons);
                stmts.for_each(|stmt| self.declare_stmt(stmt));
            }
            Node::Stmt(Stmt::ForOf(node)) => self.open_loop(&node.left),
            Node::Stmt(Stmt::ForIn(node)) => self.open_loop(&node.left),
            Node::Stmt(Stmt::For(_)) => self.open(&[]),
            _ => {}
        }
        true
    }

    fn leave(&mut self, node: Node<'a>) {
        let opened = matches!(
            node,
            Node::Stmt(
                Stmt::Block(_) | Stmt::Switch(_) | Stmt::ForOf(_) | Stmt::ForIn(_) | Stmt::For(_)
            )
        );
        if opened {
            self.scopes.pop();
        }
    }
}
