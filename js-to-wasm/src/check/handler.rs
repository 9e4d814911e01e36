//! Which function of the entry answers requests. In: the entry's tree. Out: the function. Nothing here reports; the rule
//! `handlers` does.

use swc_common::{Span, Spanned};
use swc_ecma_ast::{self as ast, Decl, Expr, ModuleDecl, ModuleItem, Pat, Stmt};

/// The function that answers requests.
#[derive(Debug, Clone, Copy)]
pub enum Handler<'a> {
    /// `function handler(req) { … }`, also exported, also as the default with any name or none.
    Function(&'a ast::Function),
    /// `const handler = (req) => …`, also as the default.
    Arrow(&'a ast::ArrowExpr),
    /// `const handler = other` or `export default other`: the name of what is declared elsewhere.
    Name(&'a ast::Ident),
    /// Some other expression, such as a call that makes a function.
    Value(&'a Expr),
}

impl Handler<'_> {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Function(function) => function.span,
            Self::Arrow(arrow) => arrow.span,
            Self::Name(ident) => ident.span,
            Self::Value(expr) => expr.span(),
        }
    }
}

/// Every candidate: a default export stands before a declaration named `handler`.
pub fn candidates(module: &ast::Module) -> Vec<Handler<'_>> {
    let defaults = module.body.iter().filter_map(default_export);
    let named = module.body.iter().filter_map(named_handler);
    defaults.chain(named).collect()
}

/// Whether the module exports a function as its default.
pub fn has_default(module: &ast::Module) -> bool {
    module.body.iter().any(|item| default_export(item).is_some())
}

/// The function that answers requests, with names followed to their declaration in the same module.
pub fn find(module: &ast::Module) -> Option<Handler<'_>> {
    let mut handler = *candidates(module).first()?;
    for _ in 0..module.body.len() {
        let Handler::Name(ident) = handler else { break };
        match module.body.iter().find_map(|item| declared(item, &ident.sym)) {
            Some(next) => handler = next,
            None => break,
        }
    }
    Some(handler)
}

fn default_export(item: &ModuleItem) -> Option<Handler<'_>> {
    match item {
        ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => match &export.decl {
            ast::DefaultDecl::Fn(function) => Some(Handler::Function(&function.function)),
            ast::DefaultDecl::Class(_) | ast::DefaultDecl::TsInterfaceDecl(_) => None,
        },
        ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultExpr(export)) => {
            Some(of_expression(&export.expr))
        }
        _ => None,
    }
}

fn named_handler(item: &ModuleItem) -> Option<Handler<'_>> {
    default_export(item).is_none().then(|| declared(item, "handler")).flatten()
}

fn declared<'a>(item: &'a ModuleItem, name: &str) -> Option<Handler<'a>> {
    let decl = match item {
        ModuleItem::Stmt(Stmt::Decl(decl)) => decl,
        ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => &export.decl,
        ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => {
            return match &export.decl {
                ast::DefaultDecl::Fn(function)
                    if function.ident.as_ref().is_some_and(|ident| ident.sym == name) =>
                {
                    Some(Handler::Function(&function.function))
                }
                _ => None,
            };
        }
        _ => return None,
    };
    match decl {
        Decl::Fn(function) if function.ident.sym == name => {
            Some(Handler::Function(&function.function))
        }
        Decl::Var(var) => {
            var.decls.iter().find_map(|declarator| match (&declarator.name, &declarator.init) {
                (Pat::Ident(ident), Some(init)) if ident.id.sym == name => {
                    Some(of_expression(init))
                }
                _ => None,
            })
        }
        _ => None,
    }
}

fn of_expression(expr: &Expr) -> Handler<'_> {
    match expr.unwrap_parens() {
        Expr::Arrow(arrow) => Handler::Arrow(arrow),
        Expr::Fn(function) => Handler::Function(&function.function),
        Expr::Ident(ident) => Handler::Name(ident),
        other => Handler::Value(other),
    }
}
