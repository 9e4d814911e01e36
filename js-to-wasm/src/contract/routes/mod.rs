//! [`Program`] → the routes that its handler proves. In: a program that `check` has passed. Out: export names, `METHOD /pattern`: for
//! every request of a listed route, method and path alone decide which answer the handler gives, and requests for other paths get
//! another one. What comes before the answer and depends on anything else (a header, a variable, a loop) leaves the route unproven.
//! Never happens here: authority; a module exports its handler for everything else too, and no answer depends on this list.
//!
//! ```text
//! read → answers with conditions │ condition → which methods and paths satisfy one │ table → `routerMatch`
//! ```

mod condition;
mod read;
mod table;

use std::{collections::BTreeSet, rc::Rc};

use purview_abi::name::{self, is_token_byte};
use swc_ecma_ast::{self as ast, AssignTarget, Expr, MemberProp, Pat, SimpleAssignTarget};

use self::{
    condition::{Condition, Names, Requests},
    read::Reader,
};
use crate::{
    check::handler::{self, Handler},
    parse::{
        Module, Program, Target,
        walk::{Node, Visitor, walk_module},
    },
};

/// Most routes that are listed.
const ROUTES_MAX: usize = 256;
/// Most conditions that are looked at.
const WORK_MAX: u32 = 2_000_000;

/// The names of the exports beside the catch-all, in the order in which the program names their paths.
pub(crate) fn prove(program: &Program) -> Vec<String> {
    let module = program.entry();
    let Some(handler) = handler::find(&module.ast) else { return Vec::new() };
    let function = match handler {
        Handler::Function(function) => {
            let request = function.params.first().map(|param| &param.pat);
            function.body.as_ref().map(|body| (request, Ok(&*body.stmts)))
        }
        Handler::Arrow(arrow) => Some((
            arrow.params.first(),
            match &*arrow.body {
                ast::ArrowFunctionBody::FunctionBody(body) => Ok(&*body.stmts),
                ast::ArrowFunctionBody::Expr(expression) => Err(&**expression),
            },
        )),
        Handler::Name(_) | Handler::Value(_) => None,
    };
    let Some((request, body)) = function else { return Vec::new() };
    if writes(program, request) {
        return Vec::new();
    }
    let reader = Reader::new(module, router_names(module));
    reader.answers(request, body).and_then(|answers| routes(&answers)).unwrap_or_default()
}

/// What the answers prove; none if that takes too long to say.
fn routes(answers: &[Condition]) -> Option<Vec<String>> {
    let mut names = Names::default();
    answers.iter().for_each(|answer| answer.names(&mut names));
    let Names { methods, patterns } = names;
    let methods: Vec<Rc<str>> = distinct(methods);
    let mut found = Vec::new();
    let mut taken = BTreeSet::new();
    let mut work = WORK_MAX;
    for (only, pattern) in distinct(patterns) {
        for answer in answers {
            for method in proven(answer, &methods, &pattern, &mut work) {
                if only.as_ref().is_some_and(|only| **only != *method) {
                    continue;
                }
                let name = format!("{method} {pattern}");
                if is_export(&name) && found.len() < ROUTES_MAX && taken.insert(positions(&name)) {
                    found.push(name);
                }
            }
        }
    }
    (work > 0).then_some(found)
}

/// Methods for which an answer belongs to the pattern and to nothing unnamed; `*` if to all of them.
fn proven(answer: &Condition, methods: &[Rc<str>], pattern: &str, work: &mut u32) -> Vec<String> {
    let mut belongs = |method: Option<&str>| {
        let here = Requests { method, pattern: Some(pattern) };
        let elsewhere = Requests { method, pattern: None };
        answer.holds(here, work) == Some(true) && answer.holds(elsewhere, work) == Some(false)
    };
    let named: Vec<String> = methods
        .iter()
        .filter(|method| belongs(Some(method)))
        .map(|name| name.to_string())
        .collect();
    if named.len() == methods.len() && belongs(None) { vec![name::ANY.to_owned()] } else { named }
}

fn distinct<T: Ord + Clone>(mut names: Vec<T>) -> Vec<T> {
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names
}

/// Whether a host takes this name. Methods are written in capitals: others hardly mean what they say.
fn is_export(name: &str) -> bool {
    let Some((method, pattern)) = name.split_once(' ') else { return false };
    let plain = |byte: u8| is_token_byte(byte) && !byte.is_ascii_lowercase();
    name.len() <= name::NAME_BYTES_MAX
        && !method.is_empty()
        && (method == name::ANY || (method.bytes().all(plain) && !method.contains('*')))
        && name::check_pattern(pattern).is_ok()
}

/// The name without those of its parameters: two that differ only there are one.
fn positions(name: &str) -> String {
    let segment =
        |part: &str| if part.starts_with('{') { "{}".to_owned() } else { part.to_owned() };
    name.split('/').map(segment).collect::<Vec<_>>().join("/")
}

/// Local names of `routerMatch`.
fn router_names(module: &Module) -> Vec<&str> {
    let mut names = Vec::new();
    for item in &module.ast.body {
        let ast::ModuleItem::ModuleDecl(ast::ModuleDecl::Import(import)) = item else { continue };
        let of_router = matches!(module.target_of(&import.src), Some(Target::Virtual(host)) if host.name == "router");
        for specifier in import.specifiers.iter().filter(|_| of_router) {
            let ast::ImportSpecifier::Named(named) = specifier else { continue };
            let is_match = match &named.imported {
                Some(ast::ModuleExportName::Ident(name)) => name.sym == *"routerMatch",
                Some(ast::ModuleExportName::Str(_)) => false,
                None => named.local.sym == *"routerMatch",
            };
            names.extend(is_match.then_some(&*named.local.sym));
        }
    }
    names
}

/// Whether the program writes to a request's method or path, or to the handler's parameters.
fn writes(program: &Program, request: Option<&Pat>) -> bool {
    let mut writes = Writes { names: Vec::new(), found: false };
    if let Some(pattern) = request {
        writes.names_of(pattern);
    }
    program.modules.iter().for_each(|module| walk_module(&module.ast, &mut writes));
    writes.found
}

struct Writes<'a> {
    names: Vec<&'a str>,
    found: bool,
}

impl<'a> Writes<'a> {
    fn names_of(&mut self, pattern: &'a Pat) {
        match pattern {
            Pat::Ident(name) => self.names.push(&name.id.sym),
            Pat::Assign(assign) => self.names_of(&assign.left),
            Pat::Object(object) => {
                for property in &object.props {
                    match property {
                        ast::ObjectPatProp::KeyValue(pair) => self.names_of(&pair.value),
                        ast::ObjectPatProp::Assign(short) => self.names.push(&short.key.id.sym),
                        ast::ObjectPatProp::Rest(rest) => self.names_of(&rest.arg),
                    }
                }
            }
            _ => {}
        }
    }
}

impl<'a> Visitor<'a> for Writes<'_> {
    fn enter(&mut self, node: Node<'a>, _depth: usize) -> bool {
        if let Node::AssignTarget(AssignTarget::Simple(target)) = node {
            self.found |= match target {
                SimpleAssignTarget::Ident(name) => self.names.contains(&&*name.id.sym),
                SimpleAssignTarget::Member(member) => match &member.prop {
                    MemberProp::Ident(name) => matches!(&*name.sym, "method" | "path" | "url"),
                    // A list's element by its number is no field of a request.
                    _ => {
                        matches!(member.obj.unwrap_parens(), Expr::Ident(object) if self.names.contains(&&*object.sym))
                    }
                },
                _ => true,
            };
        }
        !self.found
    }
}

#[cfg(test)]
mod tests;
