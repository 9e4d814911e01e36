//! Code that a route runs → what it may read of a request. In: expressions. Out: names of the query and of header fields, content types of
//! the body, checks. Every function that the code mentions is taken to run. A name that is not a literal is not told.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::{Value as Json, json};
use swc_ecma_ast::{self as ast, Expr, Lit, MemberProp, Pat, Prop};

use super::{
    Describer,
    checks::method,
    index::{Declared, parts},
};
use crate::{
    check::types::Kind,
    parse::walk::{Node, Visitor, walk},
};

/// How deep values are followed.
const DEPTH_MAX: usize = 24;
/// Most names of one kind that are told.
const NAMES_MAX: usize = 64;

/// What a value is of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    Request,
    Query,
    Headers,
    /// The body as text.
    Text,
    /// The body, parsed.
    Json,
    Other,
}

/// What may be read.
#[derive(Debug, Default)]
pub(super) struct Reads {
    pub(super) query: BTreeSet<String>,
    pub(super) headers: BTreeSet<String>,
    /// Content type → schema, of bodies that are read without a schema.
    pub(super) bodies: BTreeMap<&'static str, Json>,
    /// Checks by number.
    pub(super) checks: BTreeSet<usize>,
}

/// Fields that OpenAPI documents elsewhere.
const ELSEWHERE: [&str; 4] = ["accept", "authorization", "content-type", "cookie"];

impl<'a> Describer<'a> {
    /// What a value is of the request.
    pub(super) fn origin(&self, module: usize, expr: &'a Expr) -> Origin {
        self.origin_at(module, expr, 0)
    }

    fn origin_at(&self, module: usize, expr: &'a Expr, depth: usize) -> Origin {
        let expr = expr.unwrap_parens();
        if depth > DEPTH_MAX {
            return Origin::Other;
        }
        if self.is_request(module, expr) {
            return Origin::Request;
        }
        match expr {
            Expr::Ident(ident) => match self.index.declared(module, ident) {
                Some(Declared::Value(home, init)) => self.origin_at(*home, init, depth + 1),
                Some(Declared::Part(home, init, name)) => {
                    part(self.origin_at(*home, init, depth + 1), name)
                }
                Some(Declared::OfRequest(name)) => part(Origin::Request, name),
                _ => Origin::Other,
            },
            Expr::Member(member) => match &member.prop {
                MemberProp::Ident(name) => {
                    part(self.origin_at(module, &member.obj, depth + 1), &name.sym)
                }
                _ => Origin::Other,
            },
            Expr::Call(call) => match method(call) {
                Some((object, "text" | "json"))
                    if self.origin_at(module, object, depth + 1) != Origin::Request =>
                {
                    Origin::Other
                }
                Some((_, "text")) => Origin::Text,
                Some((_, "json")) => Origin::Json,
                _ => Origin::Other,
            },
            Expr::Bin(binary) if binary.op == ast::BinaryOp::NullishCoalescing => {
                self.origin_at(module, &binary.left, depth + 1)
            }
            _ => Origin::Other,
        }
    }

    fn is_request(&self, module: usize, expr: &Expr) -> bool {
        let types = &self.program.types;
        let span = self.program.modules[module].span(expr);
        matches!(types.kind(types.of(span)), Kind::Named(decl, _) if types.name(*decl) == "Request")
    }

    /// The header field, in small letters, from which a value is made.
    pub(super) fn header_read(&self, module: usize, expr: &'a Expr) -> Option<String> {
        self.header_at(module, expr, 0)
    }

    fn header_at(&self, module: usize, expr: &'a Expr, depth: usize) -> Option<String> {
        if depth > DEPTH_MAX {
            return None;
        }
        let (module, expr) = self.index.value(module, expr);
        match expr {
            Expr::Bin(binary) if binary.op == ast::BinaryOp::NullishCoalescing => {
                self.header_at(module, &binary.left, depth + 1)
            }
            Expr::Member(member) => match &member.prop {
                MemberProp::Computed(name)
                    if self.origin(module, &member.obj) == Origin::Headers =>
                {
                    let Expr::Lit(Lit::Str(name)) = name.expr.unwrap_parens() else { return None };
                    Some(name.value.as_str()?.to_ascii_lowercase())
                }
                _ => None,
            },
            Expr::Call(call) => {
                if self.index.host(module, &call.callee) == Some(("auth", "parseBearer")) {
                    return self.header_at(module, &call.args.first()?.expr, depth + 1);
                }
                let (object, name) = method(call)?;
                if name == "get" && self.origin(module, object) == Origin::Headers {
                    let name = self.index.literal(module, &call.args.first()?.expr, 0)?;
                    return Some(name.as_str()?.to_ascii_lowercase());
                }
                // A part of the field's text.
                self.header_at(module, object, depth + 1)
            }
            _ => None,
        }
    }

    /// What code may read.
    pub(super) fn reads(&mut self, code: Vec<(usize, &'a Expr)>) -> Reads {
        let mut scan = Scan {
            module: 0,
            open: code.into_iter().map(|(module, expr)| (module, Node::Expr(expr))).collect(),
            known: HashSet::new(),
            reads: Reads::default(),
            describer: self,
        };
        while let Some((module, node)) = scan.open.pop() {
            scan.module = module;
            walk(node, &mut scan, 0);
        }
        scan.reads
    }
}

fn part(origin: Origin, name: &str) -> Origin {
    match (origin, name) {
        (Origin::Request, "query") => Origin::Query,
        (Origin::Request, "headers") => Origin::Headers,
        (Origin::Request, "body") => Origin::Text,
        _ => Origin::Other,
    }
}

struct Scan<'s, 'a> {
    describer: &'s mut Describer<'a>,
    module: usize,
    open: Vec<(usize, Node<'a>)>,
    known: HashSet<super::index::Key>,
    reads: Reads,
}

impl<'a> Scan<'_, 'a> {
    /// A name that is used: what it means is looked at once.
    fn mention(&mut self, ident: &ast::Ident) {
        let Some(var) = self.describer.index.variable(self.module, ident) else { return };
        if !self.known.insert(var) {
            return;
        }
        match self.describer.index.declared(self.module, ident).cloned() {
            Some(Declared::Function(function)) => {
                let module = function.module;
                self.open.extend(function.params.iter().map(|param| (module, Node::Pat(param))));
                match function.body {
                    Ok(statements) => {
                        self.open.extend(statements.iter().map(|one| (module, Node::Stmt(one))));
                    }
                    Err(expression) => self.open.push((module, Node::Expr(expression))),
                }
            }
            Some(Declared::Value(module, init) | Declared::Part(module, init, _)) => {
                self.open.push((module, Node::Expr(init)));
            }
            Some(Declared::OfRequest(_)) | None => {}
        }
    }

    fn name(names: &mut BTreeSet<String>, name: &str) {
        if names.len() < NAMES_MAX {
            names.insert(name.to_owned());
        }
    }

    fn member(&mut self, member: &'a ast::MemberExpr) {
        let name = match &member.prop {
            MemberProp::Ident(name) => &*name.sym,
            MemberProp::Computed(name) => match name.expr.unwrap_parens() {
                Expr::Lit(Lit::Str(name)) => name.value.as_str().unwrap_or_default(),
                _ => return,
            },
            MemberProp::PrivateName(_) => return,
        };
        match self.describer.origin(self.module, &member.obj) {
            Origin::Query => Self::name(&mut self.reads.query, name),
            Origin::Request if name == "body" => self.body("*/*", json!({})),
            _ => {}
        }
    }

    fn call(&mut self, call: &'a ast::CallExpr, expr: &'a Expr) -> bool {
        let module = self.module;
        if let Some(function) = self.describer.index.host(module, &call.callee) {
            if let Some((check, besides)) = self.describer.check(module, function, call) {
                let seen = self.describer.checks.seen(check) | besides;
                self.reads.checks.extend(seen.numbers());
            }
            // Which of a table's handlers a route leads to is known; the others do not run.
            if function == ("router", "routerMatch") {
                let rest = call.args.iter().skip(1);
                self.open.extend(rest.map(|argument| (module, Node::Expr(&argument.expr))));
                return false;
            }
        }
        if let Some(header) = self.describer.header_read(module, expr)
            && !ELSEWHERE.contains(&header.as_str())
        {
            Self::name(&mut self.reads.headers, &header);
        }
        match self.describer.origin(module, expr) {
            Origin::Text => self.body("*/*", json!({})),
            Origin::Json => {
                let span = self.describer.program.modules[module].span(expr);
                let wanted = self.describer.program.types.check_at(span);
                let schema = wanted.map(|ty| self.describer.schema(ty));
                self.body("application/json", schema.unwrap_or_else(|| json!({})));
            }
            _ => {}
        }
        true
    }

    fn body(&mut self, kind: &'static str, schema: Json) {
        let known = self.reads.bodies.entry(kind).or_insert_with(|| schema.clone());
        if *known != schema {
            *known = json!({});
        }
    }

    /// `const { a, b } = request.query`
    fn taken(&mut self, object: &'a ast::ObjectPat, init: &'a Expr) {
        if self.describer.origin(self.module, init) == Origin::Query {
            for (name, _) in parts(object) {
                Self::name(&mut self.reads.query, name);
            }
        }
    }
}

impl<'a> Visitor<'a> for Scan<'_, 'a> {
    fn enter(&mut self, node: Node<'a>, _depth: usize) -> bool {
        match node {
            Node::Expr(Expr::Ident(ident)) => self.mention(ident),
            Node::Prop(Prop::Shorthand(ident)) => self.mention(ident),
            Node::ElementName(ast::JSXElementName::Ident(ident)) => self.mention(ident),
            Node::Expr(Expr::Member(member)) => {
                let module = &self.describer.program.modules[self.module];
                if let Some(matching) = module.extensions.as_match(member) {
                    self.open.push((self.module, Node::Expr(matching.subject)));
                    let arms = matching.arms.iter().map(|arm| (self.module, Node::Expr(arm.body)));
                    self.open.extend(arms);
                    return false;
                }
                self.member(member);
            }
            Node::Expr(expr @ Expr::Call(call)) => return self.call(call, expr),
            Node::Declarator(ast::VarDeclarator {
                name: Pat::Object(object),
                init: Some(init),
                ..
            }) => {
                self.taken(object, init);
            }
            _ => {}
        }
        true
    }
}
