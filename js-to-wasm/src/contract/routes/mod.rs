//! [`Program`] → the routes that its handler proves. In: a program that `check` has passed. Out: export names, `METHOD /pattern`: the
//! handler has an answer that requests of a listed route can get, and no requests for other paths. What depends on anything else (a
//! header, a variable, a loop) may answer before, as guards do; a path that only such things could lead to is no route.
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

pub(super) use self::read::{Place, place};
pub(super) use self::table::of_name;
use self::{
    condition::{Condition, Names, Requests},
    read::{Found, Reader},
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

/// The routes of a program, and what of its handler serves which.
#[derive(Debug, Default)]
pub(crate) struct Routes {
    /// The names of the exports beside the catch-all, in the order in which the program names their paths.
    pub(crate) names: Vec<String>,
    found: Found,
}

/// Finds the routes.
pub(crate) fn prove(program: &Program) -> Routes {
    read(program)
        .and_then(|found| Some(Routes { names: routes(&found.answers)?, found }))
        .unwrap_or_default()
}

impl Routes {
    /// Whether a request of this route can reach a place of the handler. Unknown places are reached; none if it takes too long to say.
    pub(super) fn reaches(&self, route: &str, at: Place, work: &mut u32) -> Option<bool> {
        let (method, pattern) = route.split_once(' ')?;
        let method = Some(method).filter(|method| *method != name::ANY);
        let Some(condition) = self.found.reached.get(&at) else { return Some(true) };
        let holds = condition.holds(Requests { method, pattern: Some(pattern) }, work);
        (*work > 0).then_some(holds != Some(false))
    }
}

/// The function that answers requests: its parameters and its body.
pub(super) type Function<'a> = (Vec<&'a Pat>, Result<&'a [ast::Stmt], &'a Expr>);

/// The function of the entry that answers requests, if it is written as one.
pub(super) fn handler(program: &Program) -> Option<Function<'_>> {
    match handler::find(&program.entry().ast)? {
        Handler::Function(function) => {
            let params = function.params.iter().map(|param| &param.pat).collect();
            Some((params, Ok(&*function.body.as_ref()?.stmts)))
        }
        Handler::Arrow(arrow) => Some((
            arrow.params.iter().collect(),
            match &*arrow.body {
                ast::ArrowFunctionBody::FunctionBody(body) => Ok(&*body.stmts),
                ast::ArrowFunctionBody::Expr(expression) => Err(&**expression),
            },
        )),
        Handler::Name(_) | Handler::Value(_) => None,
    }
}

fn read(program: &Program) -> Option<Found> {
    let (params, body) = handler(program)?;
    let request = params.first().copied();
    if writes(program, request) {
        return None;
    }
    let module = program.entry();
    Reader::new(module, router_names(module)).read(request, body)
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
            let methods = match &only {
                Some(only) if belongs(answer, Some(only), &pattern, &mut work) => {
                    vec![only.to_string()]
                }
                Some(_) => Vec::new(),
                None => proven(answer, &methods, &pattern, &mut work),
            };
            for method in methods {
                let name = format!("{method} {pattern}");
                if is_export(&name) && found.len() < ROUTES_MAX && taken.insert(positions(&name)) {
                    found.push(name);
                }
            }
        }
    }
    (work > 0).then_some(found)
}

/// Methods with which a request of the pattern can get an answer that nothing unnamed gets; `*` if with all of them.
fn proven(answer: &Condition, methods: &[Rc<str>], pattern: &str, work: &mut u32) -> Vec<String> {
    let named: Vec<String> = methods
        .iter()
        .filter(|method| belongs(answer, Some(method), pattern, work))
        .map(|name| name.to_string())
        .collect();
    if named.len() == methods.len() && belongs(answer, None, pattern, work) {
        vec![name::ANY.to_owned()]
    } else {
        named
    }
}

/// Whether requests of a pattern can get an answer, and those of no unnamed path.
fn belongs(answer: &Condition, method: Option<&str>, pattern: &str, work: &mut u32) -> bool {
    let here = Requests { method, pattern: Some(pattern) };
    let elsewhere = Requests { method, pattern: None };
    answer.holds(elsewhere, work) == Some(false) && answer.holds(here, work) != Some(false)
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
