//! One tree → what its names stand for. In: the tree of a file, or of the declarations of the library. Out: for every use of a name the
//! binding, for every name of a type the declaration, which variables are assigned, where, and which functions mention what. Scopes
//! end here: the stages that follow ask by byte offset. Never happens here: types of values, diagnostics.

use std::collections::{BTreeSet, HashMap};

use swc_atoms::Atom;
use swc_ecma_ast::{self as ast, Decl, Expr, Ident, ModuleDecl, ModuleItem, Pat, Stmt};

use super::{
    function::annotation,
    ty::{DeclId, ParamId},
};
use crate::parse::{
    Extensions, offset,
    walk::{Node, Visitor, children, walk},
};

/// A variable, a function, an import: anything that a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct BindingId(pub(crate) u32);

/// A function of a program; the first of each file is the file itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct FunctionId(pub(crate) u32);

/// What is known of a name without types.
#[derive(Debug)]
pub(crate) struct Binding<'a> {
    pub(crate) name: Atom,
    pub(crate) kind: BindingKind<'a>,
    /// The identifier that declares it.
    pub(crate) span: swc_common::Span,
    /// Index into [`Tables::units`].
    pub(crate) unit: usize,
    /// The function that holds it.
    pub(crate) function: FunctionId,
    /// How often it is assigned after its declaration.
    pub(crate) assigned: u32,
    /// Whether an assignment stands in another function than the declaration.
    pub(crate) assigned_inside: bool,
    /// How often it is read.
    pub(crate) used: u32,
    /// Declared at the top of a file.
    pub(crate) top: bool,
    pub(crate) exported: bool,
    /// Whether it, or the pattern that it stands in, has a type of its own.
    pub(crate) annotated: bool,
}

/// How a name came to be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum BindingKind<'a> {
    Const,
    Let,
    Parameter,
    /// `function f() { … }`
    Function(&'a ast::Function),
    /// `const f = (…) => …`: the variable and its whole declaration.
    Arrow(&'a ast::VarDeclarator),
    /// Local name of what another module exports.
    Import(&'a ast::ImportDecl, &'a ast::ImportNamedSpecifier),
    /// The constructor of a distinct type.
    Distinct(DeclId),
    /// What the library declares.
    Ambient,
    /// What the language does not have.
    Other,
}

/// What the name of a type stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TypeName {
    Decl(DeclId),
    Param(ParamId),
}

/// A declared type.
#[derive(Debug)]
pub(crate) struct TypeDecl<'a> {
    pub(crate) name: Atom,
    pub(crate) unit: usize,
    pub(crate) span: swc_common::Span,
    pub(crate) params: Vec<ParamId>,
    pub(crate) form: TypeForm<'a>,
    pub(crate) used: u32,
    /// What `this` stands for in an interface.
    pub(crate) this: ParamId,
}

/// The forms of declared types.
#[derive(Debug)]
pub(crate) enum TypeForm<'a> {
    Alias(&'a ast::TsTypeAliasDecl),
    Distinct(&'a ast::TsTypeAliasDecl),
    Interface(Vec<&'a ast::TsInterfaceDecl>),
    Import(&'a ast::ImportDecl, &'a ast::ImportNamedSpecifier),
}

/// A type parameter: its name, and its bound and default in the tree.
#[derive(Debug)]
pub(crate) struct TypeParam<'a> {
    pub(crate) name: Atom,
    pub(crate) unit: usize,
    pub(crate) node: Option<&'a ast::TsTypeParam>,
}

/// What is known of a function without types.
#[derive(Debug, Default)]
pub(crate) struct FunctionInfo {
    /// The function around it.
    pub(crate) parent: Option<FunctionId>,
    /// Everything that is mentioned in it, in functions inside too.
    pub(crate) mentions: BTreeSet<BindingId>,
}

/// One file, or one part of the library.
#[derive(Debug, Default)]
pub(crate) struct Unit<'a> {
    pub(crate) uses: HashMap<u32, BindingId>,
    /// Identifiers that declare.
    pub(crate) declared: HashMap<u32, BindingId>,
    pub(crate) type_uses: HashMap<u32, TypeName>,
    pub(crate) type_params: HashMap<u32, ParamId>,
    pub(crate) type_decls: HashMap<u32, DeclId>,
    /// What is assigned inside of a loop, by the loop's offset.
    pub(crate) loops: HashMap<u32, Vec<BindingId>>,
    /// Functions by the offset of their first byte.
    pub(crate) functions: HashMap<u32, FunctionId>,
    pub(crate) exports: HashMap<Atom, BindingId>,
    pub(crate) type_exports: HashMap<Atom, DeclId>,
    /// Signatures and annotations of what the library declares.
    pub(crate) ambient: HashMap<BindingId, Vec<Ambient<'a>>>,
}

/// What the library says of a name.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Ambient<'a> {
    Function(&'a ast::Function),
    Value(&'a ast::TsType),
}

/// What a module of the host exports.
#[derive(Debug, Default)]
pub(crate) struct HostModule {
    pub(crate) values: HashMap<Atom, BindingId>,
    pub(crate) types: HashMap<Atom, DeclId>,
}

/// Everything that names of all files stand for.
#[derive(Debug, Default)]
pub(crate) struct Tables<'a> {
    pub(crate) bindings: Vec<Binding<'a>>,
    pub(crate) decls: Vec<TypeDecl<'a>>,
    pub(crate) params: Vec<TypeParam<'a>>,
    pub(crate) functions: Vec<FunctionInfo>,
    pub(crate) units: Vec<Unit<'a>>,
    /// Names of the library.
    pub(crate) globals: HashMap<Atom, BindingId>,
    pub(crate) global_types: HashMap<Atom, DeclId>,
    /// `purview:*`, by the name after the prefix: values and types.
    pub(crate) host: HashMap<String, HostModule>,
}

impl Tables<'_> {
    pub(crate) fn binding(&self, id: BindingId) -> &Binding<'_> {
        &self.bindings[id.0 as usize]
    }

    pub(crate) fn decl(&self, id: DeclId) -> &TypeDecl<'_> {
        &self.decls[id.0 as usize]
    }
}

/// Binds a file; `extensions` is none for the library.
pub(crate) fn bind<'a>(
    tables: &mut Tables<'a>,
    module: &'a ast::Module,
    extensions: Option<&'a Extensions>,
) {
    let unit = tables.units.len();
    tables.units.push(Unit::default());
    let function = FunctionId(tables.functions.len() as u32);
    tables.functions.push(FunctionInfo::default());
    let mut binder = Binder {
        tables,
        unit,
        extensions,
        scopes: vec![Scope::default()],
        functions: vec![function],
        loops: Vec::new(),
        ambient: extensions.is_none(),
        annotated: false,
    };
    binder.declare_items(&module.body);
    for item in &module.body {
        walk(Node::Item(item), &mut binder, 1);
    }
    let scope = binder.scopes.remove(0);
    if extensions.is_none() {
        tables.globals.extend(scope.values);
        tables.global_types.extend(scope.types.into_iter().filter_map(|(name, what)| match what {
            TypeName::Decl(id) => Some((name, id)),
            TypeName::Param(_) => None,
        }));
    }
}

#[derive(Default)]
struct Scope {
    values: HashMap<Atom, BindingId>,
    types: HashMap<Atom, TypeName>,
}

struct Binder<'t, 'a> {
    tables: &'t mut Tables<'a>,
    unit: usize,
    extensions: Option<&'a Extensions>,
    scopes: Vec<Scope>,
    functions: Vec<FunctionId>,
    loops: Vec<u32>,
    ambient: bool,
    /// Whether the pattern that is declared has a type.
    annotated: bool,
}

impl<'a> Binder<'_, 'a> {
    fn unit(&mut self) -> &mut Unit<'a> {
        &mut self.tables.units[self.unit]
    }

    fn scope(&mut self) -> &mut Scope {
        self.scopes.last_mut().expect("the file's scope is never removed")
    }

    fn declare(&mut self, ident: &Ident, kind: BindingKind<'a>, exported: bool) -> BindingId {
        if self.ambient
            && let Some(&known) = self.scope().values.get(&ident.sym)
        {
            return known;
        }
        let id = BindingId(self.tables.bindings.len() as u32);
        let function = *self.functions.last().expect("a file is a function");
        self.tables.bindings.push(Binding {
            name: ident.sym.clone(),
            kind,
            span: ident.span,
            unit: self.unit,
            function,
            assigned: 0,
            assigned_inside: false,
            used: 0,
            top: self.scopes.len() == 1,
            exported,
            annotated: self.annotated,
        });
        self.scope().values.insert(ident.sym.clone(), id);
        self.unit().declared.insert(offset(ident.span.lo), id);
        if exported {
            self.unit().exports.insert(ident.sym.clone(), id);
        }
        id
    }

    fn new_param(&mut self, name: Atom, node: Option<&'a ast::TsTypeParam>) -> ParamId {
        let id = ParamId(self.tables.params.len() as u32);
        self.tables.params.push(TypeParam { name, unit: self.unit, node });
        id
    }

    fn declare_type(&mut self, ident: &Ident, form: TypeForm<'a>, exported: bool) -> DeclId {
        if let TypeForm::Interface(more) = &form
            && let Some(&TypeName::Decl(known)) = self.scope().types.get(&ident.sym)
            && let TypeForm::Interface(list) = &mut self.tables.decls[known.0 as usize].form
        {
            list.extend(more);
            self.unit().type_decls.insert(offset(ident.span.lo), known);
            return known;
        }
        // An interface of the library may stand in two of its files.
        if let TypeForm::Interface(more) = &form
            && self.ambient
            && self.scopes.len() == 1
            && let Some(&known) = self.tables.global_types.get(&ident.sym)
            && let TypeForm::Interface(list) = &mut self.tables.decls[known.0 as usize].form
        {
            list.extend(more);
            self.scope().types.insert(ident.sym.clone(), TypeName::Decl(known));
            return known;
        }
        let this = self.new_param(Atom::from("this"), None);
        let id = DeclId(self.tables.decls.len() as u32);
        self.tables.decls.push(TypeDecl {
            name: ident.sym.clone(),
            unit: self.unit,
            span: ident.span,
            params: Vec::new(),
            form,
            used: 0,
            this,
        });
        self.scope().types.insert(ident.sym.clone(), TypeName::Decl(id));
        self.unit().type_decls.insert(offset(ident.span.lo), id);
        if exported {
            self.unit().type_exports.insert(ident.sym.clone(), id);
        }
        id
    }

    fn declare_items(&mut self, items: &'a [ModuleItem]) {
        for item in items {
            match item {
                ModuleItem::Stmt(Stmt::Decl(decl)) => self.declare_decl(decl, false),
                ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => {
                    self.declare_decl(&export.decl, true)
                }
                ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => {
                    if let ast::DefaultDecl::Fn(function) = &export.decl
                        && let Some(ident) = &function.ident
                    {
                        self.declare(ident, BindingKind::Function(&function.function), true);
                    }
                }
                ModuleItem::ModuleDecl(ModuleDecl::Import(import)) => self.declare_import(import),
                _ => {}
            }
        }
    }

    fn declare_import(&mut self, import: &'a ast::ImportDecl) {
        for specifier in &import.specifiers {
            let ast::ImportSpecifier::Named(named) = specifier else { continue };
            self.declare_type(&named.local, TypeForm::Import(import, named), false);
            if !import.type_only && !named.is_type_only {
                self.declare(&named.local, BindingKind::Import(import, named), false);
            }
        }
    }

    fn declare_decl(&mut self, decl: &'a Decl, exported: bool) {
        match decl {
            Decl::Var(var) => {
                for declarator in &var.decls {
                    self.declare_variable(var, declarator, exported);
                }
            }
            Decl::Fn(function) if self.ambient => {
                let id = self.declare(&function.ident, BindingKind::Ambient, exported);
                let what = Ambient::Function(&function.function);
                self.unit().ambient.entry(id).or_default().push(what);
            }
            Decl::Fn(function) => {
                let kind = BindingKind::Function(&function.function);
                self.declare(&function.ident, kind, exported);
            }
            Decl::TsTypeAlias(alias) => {
                let distinct = self.extensions.is_some_and(|known| known.is_distinct(alias));
                let form =
                    if distinct { TypeForm::Distinct(alias) } else { TypeForm::Alias(alias) };
                let id = self.declare_type(&alias.id, form, exported);
                if distinct {
                    self.declare(&alias.id, BindingKind::Distinct(id), exported);
                }
            }
            Decl::TsInterface(node) => {
                self.declare_type(&node.id, TypeForm::Interface(vec![node]), exported);
            }
            Decl::Class(class) => _ = self.declare(&class.ident, BindingKind::Other, exported),
            Decl::TsEnum(node) => _ = self.declare(&node.id, BindingKind::Other, exported),
            Decl::Using(node) => {
                for declarator in &node.decls {
                    self.declare_pattern(&declarator.name, BindingKind::Other, exported);
                }
            }
            Decl::TsModule(_) => {}
        }
    }

    fn declare_variable(
        &mut self,
        var: &'a ast::VarDecl,
        declarator: &'a ast::VarDeclarator,
        exported: bool,
    ) {
        if let (true, Pat::Ident(ident)) = (self.ambient, &declarator.name) {
            let id = self.declare(&ident.id, BindingKind::Ambient, exported);
            if let Some(annotation) = &ident.type_ann {
                let what = Ambient::Value(&annotation.type_ann);
                self.unit().ambient.entry(id).or_default().push(what);
            }
            return;
        }
        let arrow = declarator.init.as_deref().map(Expr::unwrap_parens);
        let kind = match (var.kind, arrow, &declarator.name) {
            (ast::VarDeclKind::Const, Some(Expr::Arrow(_)), Pat::Ident(_)) => {
                BindingKind::Arrow(declarator)
            }
            (ast::VarDeclKind::Const, ..) => BindingKind::Const,
            (ast::VarDeclKind::Let | ast::VarDeclKind::Var, ..) => BindingKind::Let,
        };
        self.declare_pattern(&declarator.name, kind, exported);
    }

    fn declare_pattern(&mut self, pattern: &'a Pat, kind: BindingKind<'a>, exported: bool) {
        let around = self.annotated;
        self.annotated |= annotation(pattern).is_some();
        self.declare_names(pattern, kind, exported);
        self.annotated = around;
    }

    fn declare_names(&mut self, pattern: &'a Pat, kind: BindingKind<'a>, exported: bool) {
        match pattern {
            Pat::Ident(ident) => _ = self.declare(&ident.id, kind, exported),
            Pat::Array(array) => {
                for pattern in array.elems.iter().flatten() {
                    self.declare_pattern(pattern, kind, exported);
                }
            }
            Pat::Rest(rest) => self.declare_pattern(&rest.arg, kind, exported),
            Pat::Assign(assign) => self.declare_pattern(&assign.left, kind, exported),
            Pat::Object(object) => {
                // `const { key, ...rest } = object` leaves a key out: that is its use.
                let rest = matches!(object.props.last(), Some(ast::ObjectPatProp::Rest(_)));
                for prop in &object.props {
                    match prop {
                        ast::ObjectPatProp::KeyValue(prop) => {
                            self.declare_pattern(&prop.value, kind, exported);
                            if let (true, Pat::Ident(ident)) = (rest, &*prop.value) {
                                self.count(&ident.id);
                            }
                        }
                        ast::ObjectPatProp::Assign(prop) => {
                            _ = self.declare(&prop.key.id, kind, exported);
                            if rest {
                                self.count(&prop.key.id);
                            }
                        }
                        ast::ObjectPatProp::Rest(rest) => {
                            self.declare_pattern(&rest.arg, kind, exported)
                        }
                    }
                }
            }
            Pat::Invalid(_) | Pat::Expr(_) => {}
        }
    }

    fn count(&mut self, ident: &Ident) {
        if let Some(&id) = self.scope().values.get(&ident.sym) {
            self.tables.bindings[id.0 as usize].used += 1;
        }
    }

    fn open(&mut self) {
        self.scopes.push(Scope::default());
    }

    fn open_block(&mut self, stmts: &'a [Stmt]) {
        self.open();
        self.declare_statements(stmts);
    }

    fn declare_statements(&mut self, stmts: &'a [Stmt]) {
        for stmt in stmts {
            if let Stmt::Decl(decl) = stmt {
                self.declare_decl(decl, false);
            }
        }
    }

    fn declare_params(&mut self, params: Option<&'a ast::TsTypeParamDecl>) -> Vec<ParamId> {
        let mut ids = Vec::new();
        for param in params.iter().flat_map(|params| &params.params) {
            let id = self.new_param(param.name.sym.clone(), Some(param));
            self.scope().types.insert(param.name.sym.clone(), TypeName::Param(id));
            self.unit().type_params.insert(offset(param.name.span.lo), id);
            ids.push(id);
        }
        ids
    }

    fn find(&self, name: &Atom) -> Option<BindingId> {
        let local = self.scopes.iter().rev().find_map(|scope| scope.values.get(name));
        local.or_else(|| self.tables.globals.get(name)).copied()
    }

    fn find_type(&self, name: &Atom) -> Option<TypeName> {
        let local = self.scopes.iter().rev().find_map(|scope| scope.types.get(name)).copied();
        local.or_else(|| self.tables.global_types.get(name).map(|&id| TypeName::Decl(id)))
    }

    fn use_(&mut self, ident: &Ident) -> Option<BindingId> {
        let id = self.find(&ident.sym)?;
        self.unit().uses.insert(offset(ident.span.lo), id);
        for &function in &self.functions {
            self.tables.functions[function.0 as usize].mentions.insert(id);
        }
        Some(id)
    }

    fn read(&mut self, ident: &Ident) {
        if let Some(id) = self.use_(ident) {
            self.tables.bindings[id.0 as usize].used += 1;
        }
    }

    fn assign(&mut self, ident: &Ident) {
        let Some(id) = self.use_(ident) else { return };
        let function = *self.functions.last().expect("a file is a function");
        let binding = &mut self.tables.bindings[id.0 as usize];
        binding.assigned += 1;
        binding.assigned_inside |= binding.function != function;
        for at in self.loops.clone() {
            self.unit().loops.entry(at).or_default().push(id);
        }
    }

    fn use_type(&mut self, ident: &Ident) {
        let Some(found) = self.find_type(&ident.sym) else { return };
        if let TypeName::Decl(id) = found {
            self.tables.decls[id.0 as usize].used += 1;
        }
        self.unit().type_uses.insert(offset(ident.span.lo), found);
    }

    fn function(
        &mut self,
        node: Node<'a>,
        generics: Option<&'a ast::TsTypeParamDecl>,
        params: impl Iterator<Item = &'a Pat>,
        stmts: Option<&'a [Stmt]>,
    ) {
        let id = FunctionId(self.tables.functions.len() as u32);
        let parent = self.functions.last().copied();
        self.tables.functions.push(FunctionInfo { parent, ..FunctionInfo::default() });
        self.unit().functions.insert(offset(node.span().lo), id);
        self.functions.push(id);
        let loops = std::mem::take(&mut self.loops);
        self.open();
        self.declare_params(generics);
        params.for_each(|param| self.declare_pattern(param, BindingKind::Parameter, false));
        self.declare_statements(stmts.unwrap_or(&[]));
        // An assignment in a callback happens in the loops around it too.
        self.loops = loops;
        children(node, &mut |child| walk(child, self, 0));
        self.scopes.pop();
        self.functions.pop();
    }

    fn alias(&mut self, ident: &Ident, generics: Option<&'a ast::TsTypeParamDecl>) {
        self.open();
        let params = self.declare_params(generics);
        let declared = self.unit().type_decls.get(&offset(ident.span.lo)).copied();
        if let Some(id) = declared {
            let decl = &mut self.tables.decls[id.0 as usize];
            if decl.params.is_empty() {
                decl.params = params;
            }
        }
    }

    /// A block of the library: `declare module "purview:…"` or `declare namespace JSX`.
    fn block(&mut self, node: &'a ast::TsModuleDecl) {
        let Some(ast::TsNamespaceBody::TsModuleBlock(block)) = &node.body else { return };
        self.open();
        self.declare_items(&block.body);
        for item in &block.body {
            walk(Node::Item(item), self, 0);
        }
        let scope = self.scopes.pop().unwrap_or_default();
        match &node.id {
            ast::TsModuleName::Str(name) => {
                let name = name.value.to_string_lossy();
                let Some(name) = name.strip_prefix("purview:") else { return };
                let known = self.tables.host.entry(name.to_owned()).or_default();
                for (name, id) in scope.values {
                    known.values.entry(name).or_insert(id);
                }
                for (name, what) in scope.types {
                    if let TypeName::Decl(id) = what {
                        known.types.entry(name).or_insert(id);
                    }
                }
            }
            ast::TsModuleName::Ident(ident) => {
                for (name, what) in scope.types {
                    let name = Atom::from(format!("{}.{name}", ident.sym));
                    self.scope().types.insert(name, what);
                }
            }
        }
    }

    fn enter_scoped(&mut self, node: Node<'a>) -> bool {
        match node {
            Node::Function(function) => {
                let stmts = function.body.as_ref().map(|body| body.stmts.as_slice());
                let params = function.params.iter().map(|param| &param.pat);
                self.function(node, function.type_params.as_deref(), params, stmts);
                return false;
            }
            Node::Expr(Expr::Arrow(arrow)) => {
                let stmts = match &*arrow.body {
                    ast::ArrowFunctionBody::FunctionBody(body) => Some(body.stmts.as_slice()),
                    ast::ArrowFunctionBody::Expr(_) => None,
                };
                self.function(node, arrow.type_params.as_deref(), arrow.params.iter(), stmts);
                return false;
            }
            Node::Stmt(Stmt::Block(block)) => self.open_block(&block.stmts),
            Node::Stmt(Stmt::Switch(switch)) => {
                self.open();
                switch.cases.iter().for_each(|case| self.declare_statements(&case.cons));
            }
            Node::Stmt(Stmt::ForOf(node)) => {
                self.loops.push(offset(node.span.lo));
                self.open();
                if let ast::ForHead::VarDecl(decl) = &node.left {
                    let kind = match decl.kind {
                        ast::VarDeclKind::Const => BindingKind::Const,
                        _ => BindingKind::Let,
                    };
                    let names = decl.decls.iter().map(|decl| &decl.name);
                    names.for_each(|name| self.declare_pattern(name, kind, false));
                }
            }
            Node::Decl(Decl::TsTypeAlias(alias)) => {
                self.alias(&alias.id, alias.type_params.as_deref())
            }
            Node::Decl(Decl::TsInterface(node)) => {
                self.alias(&node.id, node.type_params.as_deref());
                for base in &node.extends {
                    if let Expr::Ident(ident) = &*base.expr {
                        self.use_type(ident);
                    }
                }
            }
            Node::Type(ast::TsType::TsFnOrConstructorType(
                ast::TsFnOrConstructorType::TsFnType(node),
            )) => {
                self.open();
                self.declare_params(node.type_params.as_deref());
            }
            Node::TypeMember(member) => {
                self.open();
                match member {
                    ast::TsTypeElement::TsMethodSignature(node) => {
                        self.declare_params(node.type_params.as_deref())
                    }
                    ast::TsTypeElement::TsCallSignatureDecl(node) => {
                        self.declare_params(node.type_params.as_deref())
                    }
                    _ => Vec::new(),
                };
            }
            Node::Decl(Decl::TsModule(node)) if self.ambient => {
                self.block(node);
                return false;
            }
            _ => {}
        }
        true
    }
}

impl<'a> Visitor<'a> for Binder<'_, 'a> {
    fn enter(&mut self, node: Node<'a>, _depth: usize) -> bool {
        match node {
            Node::Expr(Expr::Ident(ident)) => self.read(ident),
            Node::Expr(Expr::Member(member)) => {
                let Some(found) = self.extensions.and_then(|known| known.as_match(member)) else {
                    return true;
                };
                walk(Node::Expr(found.subject), self, 0);
                found.arms.iter().for_each(|arm| walk(Node::Expr(arm.body), self, 0));
                return false;
            }
            Node::Prop(ast::Prop::Shorthand(ident)) => self.read(ident),
            Node::AssignTarget(ast::AssignTarget::Simple(ast::SimpleAssignTarget::Ident(
                ident,
            ))) => self.assign(&ident.id),
            Node::ElementName(ast::JSXElementName::Ident(ident))
                if !ident.sym.starts_with(|c: char| c.is_ascii_lowercase()) =>
            {
                self.read(ident);
            }
            Node::ElementName(ast::JSXElementName::JSXMemberExpr(member)) => {
                let mut object = &member.obj;
                while let ast::JSXObject::JSXMemberExpr(inner) = object {
                    object = &inner.obj;
                }
                if let ast::JSXObject::Ident(ident) = object {
                    self.read(ident);
                }
            }
            Node::Type(ast::TsType::TsTypeRef(node)) => match &node.type_name {
                ast::TsEntityName::Ident(ident) => self.use_type(ident),
                ast::TsEntityName::TsQualifiedName(name) => {
                    if let ast::TsEntityName::Ident(left) = &name.left
                        && let Some(found) =
                            self.find_type(&Atom::from(format!("{}.{}", left.sym, name.right.sym)))
                    {
                        self.unit().type_uses.insert(offset(left.span.lo), found);
                    }
                }
            },
            Node::Type(ast::TsType::TsTypeQuery(node)) => {
                if let ast::TsTypeQueryExpr::TsEntityName(ast::TsEntityName::Ident(ident)) =
                    &node.expr_name
                {
                    self.read(ident);
                }
            }
            _ => return self.enter_scoped(node),
        }
        true
    }

    fn leave(&mut self, node: Node<'a>) {
        if let Node::Stmt(Stmt::ForOf(_)) = node {
            self.loops.pop();
        }
        let opened = matches!(
            node,
            Node::Stmt(Stmt::Block(_) | Stmt::Switch(_) | Stmt::ForOf(_))
                | Node::Decl(Decl::TsTypeAlias(_) | Decl::TsInterface(_))
                | Node::Type(ast::TsType::TsFnOrConstructorType(
                    ast::TsFnOrConstructorType::TsFnType(_)
                ))
                | Node::TypeMember(_)
        );
        if opened {
            self.scopes.pop();
        }
    }
}
