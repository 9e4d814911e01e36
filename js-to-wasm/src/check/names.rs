//! One module → what its names mean. In: a tree. Out: which uses are bound by no declaration, which declarations clash, which
//! constants are assigned and which names are used before they have a value. Never happens here: types, other modules.

use std::collections::{HashMap, HashSet};

use swc_common::Span;
use swc_ecma_ast::{self as ast, Decl, Expr, Ident, ModuleDecl, ModuleItem, Pat, Stmt};

use super::globals;
use crate::parse::{
    Module, offset,
    walk::{Node, Visitor, children, walk},
};

/// What was found about the names of one module.
#[derive(Debug, Default)]
pub struct Names {
    /// Byte offsets of uses that no declaration binds.
    globals: HashSet<u32>,
    /// Uses that no declaration binds, in the order of the text.
    pub unbound: Vec<(String, Span)>,
    /// Declarations of a name that its scope already has.
    pub duplicates: Vec<(String, Span)>,
    /// Assignments to what cannot be assigned: name, place, what it is.
    pub constant_assignments: Vec<(String, Span, Kind)>,
    /// Uses in front of the declaration, in the same function.
    pub early_uses: Vec<(String, Span)>,
    /// Every declaration.
    pub declared: Vec<(String, Span)>,
    /// Names that only ever stand for functions: declarations, imports of the host, constants with an arrow.
    pub functions: HashSet<String>,
    /// Names that are declared at the top of the module.
    pub top_level: HashMap<String, Kind>,
}

impl Names {
    /// Whether the name used at this offset is bound by no declaration of the module.
    pub fn is_global(&self, offset: u32) -> bool {
        self.globals.contains(&offset)
    }
}

/// How a name was declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `const`
    Const,
    /// `let`
    Let,
    /// A function declaration.
    Function,
    /// An import.
    Import,
    /// A parameter.
    Parameter,
    /// `distinct type`: a constructor.
    Distinct,
    /// A class or an enum, which other rules refuse.
    Other,
}

struct Binding {
    kind: Kind,
    /// First byte at which it has a value; 0 for what is hoisted.
    from: u32,
    /// How many functions are around the declaration.
    function: usize,
}

/// Resolves every name of a module.
pub fn resolve(module: &Module) -> Names {
    let mut resolver =
        Resolver { module, scopes: Vec::new(), function: 0, names: Names::default() };
    resolver.scopes.push(HashMap::new());
    for item in &module.ast.body {
        resolver.declare_item(item);
    }
    let top =
        resolver.scopes[0].iter().map(|(name, binding)| (name.clone(), binding.kind)).collect();
    resolver.names.top_level = top;
    for item in &module.ast.body {
        walk(Node::Item(item), &mut resolver, 1);
    }
    resolver.names.functions = functions(module);
    resolver.names
}

/// The names that a pattern binds.
pub fn bound(pattern: &Pat) -> Vec<String> {
    match pattern {
        Pat::Ident(ident) => vec![ident.id.sym.to_string()],
        Pat::Array(array) => array.elems.iter().flatten().flat_map(bound).collect(),
        Pat::Rest(rest) => bound(&rest.arg),
        Pat::Assign(assign) => bound(&assign.left),
        Pat::Object(object) => object.props.iter().flat_map(bound_by_property).collect(),
        Pat::Invalid(_) | Pat::Expr(_) => Vec::new(),
    }
}

fn bound_by_property(prop: &ast::ObjectPatProp) -> Vec<String> {
    match prop {
        ast::ObjectPatProp::KeyValue(prop) => bound(&prop.value),
        ast::ObjectPatProp::Assign(prop) => vec![prop.key.id.sym.to_string()],
        ast::ObjectPatProp::Rest(rest) => bound(&rest.arg),
    }
}

/// Names of which every declaration in the module is a function.
fn functions(module: &Module) -> HashSet<String> {
    #[derive(Default)]
    struct Finder {
        functions: HashSet<String>,
        others: HashSet<String>,
    }
    impl<'a> Visitor<'a> for Finder {
        fn enter(&mut self, node: Node<'a>, _depth: usize) -> bool {
            match node {
                Node::Decl(Decl::Fn(function)) => {
                    _ = self.functions.insert(function.ident.sym.to_string())
                }
                Node::Declarator(declarator) => {
                    let arrow = declarator
                        .init
                        .as_deref()
                        .is_some_and(|init| matches!(init.unwrap_parens(), Expr::Arrow(_)));
                    let names = bound(&declarator.name);
                    if arrow { self.functions.extend(names) } else { self.others.extend(names) }
                }
                Node::Function(function) => {
                    self.others.extend(function.params.iter().flat_map(|param| bound(&param.pat)))
                }
                Node::Expr(Expr::Arrow(arrow)) => {
                    self.others.extend(arrow.params.iter().flat_map(bound))
                }
                _ => {}
            }
            true
        }
    }
    let mut finder = Finder::default();
    crate::parse::walk::walk_module(&module.ast, &mut finder);
    for item in &module.ast.body {
        let ModuleItem::ModuleDecl(ModuleDecl::Import(import)) = item else { continue };
        let host = matches!(module.target_of(&import.src), Some(crate::parse::Target::Virtual(_)));
        for specifier in &import.specifiers {
            let ast::ImportSpecifier::Named(named) = specifier else { continue };
            let name = named.local.sym.to_string();
            if host {
                finder.functions.insert(name)
            } else {
                finder.others.insert(name)
            };
        }
    }
    &finder.functions - &finder.others
}

struct Resolver<'m> {
    module: &'m Module,
    scopes: Vec<HashMap<String, Binding>>,
    function: usize,
    names: Names,
}

impl Resolver<'_> {
    fn declare(&mut self, ident: &Ident, kind: Kind, from: u32) {
        let binding = Binding { kind, from, function: self.function };
        self.names.declared.push((ident.sym.to_string(), ident.span));
        let scope = self.scopes.last_mut().expect("the module's scope is never removed");
        if scope.insert(ident.sym.to_string(), binding).is_some() {
            self.names.duplicates.push((ident.sym.to_string(), ident.span));
        }
    }

    fn declare_item(&mut self, item: &ModuleItem) {
        match item {
            ModuleItem::Stmt(stmt) => self.declare_stmt(stmt),
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => {
                self.declare_decl(&export.decl)
            }
            ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => {
                if let ast::DefaultDecl::Fn(ast::FnExpr { ident: Some(ident), .. }) = &export.decl {
                    self.declare(ident, Kind::Function, 0);
                }
            }
            ModuleItem::ModuleDecl(ModuleDecl::Import(import)) if !import.type_only => {
                for specifier in &import.specifiers {
                    match specifier {
                        ast::ImportSpecifier::Named(named) if named.is_type_only => {}
                        ast::ImportSpecifier::Named(named) => {
                            self.declare(&named.local, Kind::Import, 0)
                        }
                        ast::ImportSpecifier::Default(named) => {
                            self.declare(&named.local, Kind::Import, 0)
                        }
                        ast::ImportSpecifier::Namespace(named) => {
                            self.declare(&named.local, Kind::Import, 0)
                        }
                    }
                }
            }
            ModuleItem::ModuleDecl(_) => {}
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
                let kind =
                    if var.kind == ast::VarDeclKind::Const { Kind::Const } else { Kind::Let };
                for declarator in &var.decls {
                    self.declare_pattern(&declarator.name, kind, offset(declarator.span.hi));
                }
            }
            Decl::Using(using) => {
                for declarator in &using.decls {
                    self.declare_pattern(&declarator.name, Kind::Const, offset(declarator.span.hi));
                }
            }
            Decl::Fn(function) if function.function.body.is_some() => {
                self.declare(&function.ident, Kind::Function, 0)
            }
            Decl::Class(class) => self.declare(&class.ident, Kind::Other, 0),
            Decl::TsEnum(node) => self.declare(&node.id, Kind::Other, 0),
            Decl::TsTypeAlias(alias) if self.module.extensions.is_distinct(alias) => {
                self.declare(&alias.id, Kind::Distinct, 0);
            }
            Decl::Fn(_) | Decl::TsTypeAlias(_) | Decl::TsInterface(_) | Decl::TsModule(_) => {}
        }
    }

    fn declare_pattern(&mut self, pattern: &Pat, kind: Kind, from: u32) {
        match pattern {
            Pat::Ident(ident) => self.declare(&ident.id, kind, from),
            Pat::Array(array) => {
                array.elems.iter().flatten().for_each(|pat| self.declare_pattern(pat, kind, from))
            }
            Pat::Rest(rest) => self.declare_pattern(&rest.arg, kind, from),
            Pat::Assign(assign) => self.declare_pattern(&assign.left, kind, from),
            Pat::Object(object) => {
                for prop in &object.props {
                    match prop {
                        ast::ObjectPatProp::KeyValue(prop) => {
                            self.declare_pattern(&prop.value, kind, from)
                        }
                        ast::ObjectPatProp::Assign(prop) => self.declare(&prop.key.id, kind, from),
                        ast::ObjectPatProp::Rest(rest) => {
                            self.declare_pattern(&rest.arg, kind, from)
                        }
                    }
                }
            }
            Pat::Invalid(_) | Pat::Expr(_) => {}
        }
    }

    fn open(&mut self) {
        self.scopes.push(HashMap::new());
    }

    /// A new scope with what a block declares.
    fn open_block(&mut self, stmts: &[Stmt]) {
        self.open();
        stmts.iter().for_each(|stmt| self.declare_stmt(stmt));
    }

    fn use_(&mut self, ident: &Ident) {
        let at = offset(ident.span.lo);
        match self.scopes.iter().rev().find_map(|scope| scope.get(&*ident.sym)) {
            Some(binding) => {
                if binding.from > at && binding.function == self.function {
                    self.names.early_uses.push((ident.sym.to_string(), ident.span));
                }
            }
            None => {
                self.names.globals.insert(at);
                self.names.unbound.push((ident.sym.to_string(), ident.span));
            }
        }
    }

    fn assign(&mut self, ident: &Ident) {
        self.use_(ident);
        let found = self.scopes.iter().rev().find_map(|scope| scope.get(&*ident.sym));
        let known = globals::find(&ident.sym).map(|_| Kind::Other);
        if let Some(kind) = found.map(|binding| binding.kind).or(known)
            && !matches!(kind, Kind::Let | Kind::Parameter)
        {
            self.names.constant_assignments.push((ident.sym.to_string(), ident.span, kind));
        }
    }

    fn function<'a>(
        &mut self,
        params: impl Iterator<Item = &'a Pat>,
        stmts: Option<&'a [Stmt]>,
        node: Node<'a>,
    ) {
        self.function += 1;
        self.open();
        params.for_each(|param| self.declare_pattern(param, Kind::Parameter, 0));
        stmts.unwrap_or(&[]).iter().for_each(|stmt| self.declare_stmt(stmt));
        children(node, &mut |child| walk(child, self, 0));
        self.scopes.pop();
        self.function -= 1;
    }
}

impl<'a> Visitor<'a> for Resolver<'_> {
    fn enter(&mut self, node: Node<'a>, _depth: usize) -> bool {
        match node {
            // What an interface extends is a type.
            Node::Decl(Decl::TsInterface(_)) => return false,
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
            ))) => self.assign(&ident.id),
            Node::ElementName(ast::JSXElementName::Ident(ident))
                if !ident.sym.starts_with(|c: char| c.is_ascii_lowercase()) =>
            {
                self.use_(ident);
            }
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
                self.function(function.params.iter().map(|param| &param.pat), stmts, node);
                return false;
            }
            Node::Expr(Expr::Arrow(arrow)) => {
                let stmts = match &*arrow.body {
                    ast::ArrowFunctionBody::FunctionBody(body) => Some(body.stmts.as_slice()),
                    ast::ArrowFunctionBody::Expr(_) => None,
                };
                self.function(arrow.params.iter(), stmts, node);
                return false;
            }
            Node::Expr(Expr::Fn(function)) => {
                self.open();
                function.ident.iter().for_each(|ident| self.declare(ident, Kind::Function, 0));
            }
            Node::Stmt(Stmt::Block(block)) => self.open_block(&block.stmts),
            Node::Stmt(Stmt::Switch(switch)) => {
                self.open();
                switch
                    .cases
                    .iter()
                    .flat_map(|case| &case.cons)
                    .for_each(|stmt| self.declare_stmt(stmt));
            }
            Node::Stmt(Stmt::ForOf(node)) => self.open_loop(&node.left),
            Node::Stmt(Stmt::ForIn(node)) => self.open_loop(&node.left),
            Node::Stmt(Stmt::For(node)) => {
                self.open();
                if let Some(ast::VarDeclOrExpr::VarDecl(decl)) = &node.init {
                    decl.decls
                        .iter()
                        .for_each(|decl| self.declare_pattern(&decl.name, Kind::Let, 0));
                }
            }
            _ => {}
        }
        true
    }

    fn leave(&mut self, node: Node<'a>) {
        let opened = matches!(
            node,
            Node::Expr(Expr::Fn(_))
                | Node::Stmt(
                    Stmt::Block(_)
                        | Stmt::Switch(_)
                        | Stmt::ForOf(_)
                        | Stmt::ForIn(_)
                        | Stmt::For(_)
                )
        );
        if opened {
            self.scopes.pop();
        }
    }
}

impl Resolver<'_> {
    fn open_loop(&mut self, head: &ast::ForHead) {
        self.open();
        if let ast::ForHead::VarDecl(decl) = head {
            let kind = if decl.kind == ast::VarDeclKind::Const { Kind::Const } else { Kind::Let };
            decl.decls
                .iter()
                .for_each(|decl| self.declare_pattern(&decl.name, kind, offset(decl.span.hi)));
        }
    }
}
