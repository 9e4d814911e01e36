//! A value that a handler returns → the answers that it can be. In: an expression. Out: statuses, content types, schemas of JSON, each with
//! what was checked before. Functions of the program are looked into. What is not understood is an answer of which nothing is known.

use serde_json::Value as Json;
use swc_ecma_ast::{self as ast, BinaryOp, Callee, Expr, Prop, PropOrSpread};

use super::{
    Describer,
    checks::{Seen, method},
    index::{Declared, Function, field_name},
    walk,
};
use crate::{check::types::Kind, contract::routes::of_name};

/// How deep values and calls are followed.
const DEPTH_MAX: usize = 40;
/// Most answers of one function that are told apart.
const ANSWERS_MAX: usize = 64;

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Answer {
    /// None: not known.
    pub(super) status: Option<u16>,
    /// The content type; none: no content, or not known.
    pub(super) kind: Option<String>,
    /// The schema of a JSON body, if it is known.
    pub(super) schema: Option<Json>,
    /// What was checked before.
    pub(super) seen: Seen,
}

impl Answer {
    const UNKNOWN: Self = Self { status: None, kind: None, schema: None, seen: Seen::NOTHING };

    /// Whether it may say that all went well.
    pub(super) fn succeeds(&self) -> bool {
        self.status.is_none_or(|status| status < 400)
    }
}

impl<'a> Describer<'a> {
    /// What a value is as an answer.
    pub(super) fn answers(&mut self, module: usize, expr: &'a Expr, seen: Seen) -> Vec<Answer> {
        if self.depth >= DEPTH_MAX {
            return vec![Answer::UNKNOWN];
        }
        self.depth += 1;
        let mut found = self.answers_at(module, expr.unwrap_parens());
        self.depth -= 1;
        found.iter_mut().for_each(|answer| answer.seen = answer.seen | seen);
        found
    }

    fn answers_at(&mut self, module: usize, expr: &'a Expr) -> Vec<Answer> {
        let program = self.program;
        match expr {
            Expr::Ident(ident) => match self.index.declared(module, ident).cloned() {
                Some(Declared::Value(home, init)) => {
                    let mut found = self.answers(home, init, Seen::NOTHING);
                    if self.index.is_touched(module, ident) {
                        found
                            .iter_mut()
                            .for_each(|answer| (answer.kind, answer.schema) = (None, None));
                    }
                    found
                }
                _ if self.index.is_global(module, expr, "undefined") => Vec::new(),
                _ => vec![Answer::UNKNOWN],
            },
            Expr::Member(member) => match program.modules[module].extensions.as_match(member) {
                Some(matching) => {
                    let arms = matching.arms.iter();
                    arms.flat_map(|arm| self.answers(module, arm.body, Seen::NOTHING)).collect()
                }
                None => vec![Answer::UNKNOWN],
            },
            Expr::Cond(choice) => {
                let (yes, no) = self.condition(module, &choice.test);
                let mut found = self.answers(module, &choice.cons, yes);
                found.extend(self.answers(module, &choice.alt, no));
                found
            }
            Expr::Bin(binary) => match program.modules[module].extensions.as_pipe(binary) {
                Some(pipe) => match self.index.function(module, pipe.function) {
                    Some(function) => self.given(&function),
                    None => vec![Answer::UNKNOWN],
                },
                None if binary.op == BinaryOp::NullishCoalescing => {
                    let mut found = self.answers(module, &binary.left, Seen::NOTHING);
                    found.extend(self.answers(module, &binary.right, Seen::NOTHING));
                    found
                }
                None => vec![Answer::UNKNOWN],
            },
            Expr::Call(call) => self.answers_of_call(module, call),
            _ => vec![Answer::UNKNOWN],
        }
    }

    fn answers_of_call(&mut self, module: usize, call: &'a ast::CallExpr) -> Vec<Answer> {
        let Callee::Expr(callee) = &call.callee else { return vec![Answer::UNKNOWN] };
        if call.args.iter().any(|argument| argument.spread.is_some()) {
            return vec![Answer::UNKNOWN];
        }
        if let Some(function) = self.index.function(module, callee) {
            return self.given(&function);
        }
        if self.index.is_global(module, callee, "Response") {
            return self.made(module, "Response", call);
        }
        match method(call) {
            Some((object, name)) if self.index.is_global(module, object, "Response") => {
                self.made(module, name, call)
            }
            Some((object, "handler")) => match self.routed_function(module, object) {
                Some(function) => self.given(&function),
                None => vec![Answer::UNKNOWN],
            },
            _ => vec![Answer::UNKNOWN],
        }
    }

    /// What a function of the program returns.
    fn given(&mut self, function: &Function<'a>) -> Vec<Answer> {
        if let Some(key) = function.key {
            match self.answers.get(&key) {
                Some(known) => return known.clone().unwrap_or_else(|| vec![Answer::UNKNOWN]),
                None => _ = self.answers.insert(key, None),
            }
        }
        let mut found: Vec<Answer> = Vec::new();
        match walk::walk(self, function, None) {
            Some(way) => {
                for (value, seen) in way.returns {
                    let Some(value) = value else { continue };
                    for answer in self.answers(function.module, value, seen) {
                        if !found.contains(&answer) {
                            found.push(answer);
                        }
                    }
                }
            }
            None => found.push(Answer::UNKNOWN),
        }
        if found.len() > ANSWERS_MAX {
            found = vec![Answer::UNKNOWN];
        }
        if let Some(key) = function.key {
            self.answers.insert(key, Some(found.clone()));
        }
        found
    }

    /// The name of the program's function that an answer is made by.
    pub(super) fn function_called(&self, module: usize, expr: &'a Expr) -> Option<&'a str> {
        let Expr::Call(call) = expr.unwrap_parens() else { return None };
        let Callee::Expr(callee) = &call.callee else { return None };
        let function = match method(call) {
            Some((object, "handler")) => self
                .routed_value(module, object)
                .and_then(|(home, value)| self.index.function(home, value)),
            _ => self.index.function(module, callee),
        };
        function.map(|function| function.name).filter(|name| !name.is_empty())
    }

    /// What the current route leads to in the table of a `routerMatch`.
    fn routed_function(&mut self, module: usize, found: &'a Expr) -> Option<Function<'a>> {
        let (home, value) = self.routed_value(module, found)?;
        self.routed.push((home, value));
        self.index.function(home, value)
    }

    fn routed_value(&self, module: usize, found: &'a Expr) -> Option<(usize, &'a Expr)> {
        let (module, found) = self.index.value(module, found);
        let Expr::Call(call) = found else { return None };
        if self.index.host(module, &call.callee) != Some(("router", "routerMatch")) {
            return None;
        }
        let (home, table) = self.index.value(module, &call.args.first()?.expr);
        let Expr::Object(table) = table else { return None };
        let mut pairs = table.props.iter().filter_map(|property| match property {
            PropOrSpread::Prop(property) => match &**property {
                Prop::KeyValue(pair) => Some(pair),
                _ => None,
            },
            PropOrSpread::Spread(_) => None,
        });
        let pair = pairs.find(|pair| {
            field_name(&pair.key).and_then(of_name).is_some_and(|name| name == self.route)
        })?;
        Some((home, &pair.value))
    }

    /// `Response.json(…)` and its kin.
    fn made(&mut self, module: usize, name: &str, call: &'a ast::CallExpr) -> Vec<Answer> {
        let first = call.args.first().map(|argument| &*argument.expr);
        let second = call.args.get(1).map(|argument| &*argument.expr);
        if name == "redirect" {
            let statuses =
                second.map_or_else(|| vec![Some(302)], |status| self.statuses(module, status));
            return statuses
                .into_iter()
                .map(|status| Answer { status, ..Answer::UNKNOWN })
                .collect();
        }
        let usual = match name {
            "json" | "rawJson" => "application/json",
            "html" => "text/html",
            "Response" | "text" => "text/plain",
            "stream" => "text/event-stream",
            _ => return vec![Answer::UNKNOWN],
        };
        let (statuses, kind) = match second {
            Some(init) => self.init(module, init, usual),
            None => (vec![Some(200)], Some(usual.to_owned())),
        };
        let empty = matches!(name, "Response" | "text" | "html" | "rawJson")
            && first.is_none_or(|body| self.index.is_global(module, body, "undefined"));
        let kind = kind.filter(|_| !empty && name != "stream");
        let schema = match first {
            Some(value) if name == "json" && kind.is_some() => {
                let span = self.program.modules[module].span(value.unwrap_parens());
                let ty = self.program.types.of(span);
                Some(self.schema_of_answer(ty))
            }
            _ if matches!(usual, "text/html" | "text/plain") => {
                Some(serde_json::json!({ "type": "string" }))
            }
            _ => None,
        };
        statuses
            .into_iter()
            .map(|status| Answer {
                status,
                kind: kind.clone(),
                schema: schema.clone(),
                ..Answer::UNKNOWN
            })
            .collect()
    }

    /// Statuses and content type of `{ status, headers }`.
    fn init(
        &self,
        module: usize,
        init: &'a Expr,
        usual: &str,
    ) -> (Vec<Option<u16>>, Option<String>) {
        let (module, init) = self.index.value(module, init);
        let Expr::Object(object) = init else { return (vec![None], None) };
        let (mut statuses, mut kind) = (vec![Some(200)], Some(usual.to_owned()));
        for property in &object.props {
            let PropOrSpread::Prop(property) = property else { return (vec![None], None) };
            let (name, value) = match &**property {
                Prop::KeyValue(pair) => (field_name(&pair.key), Some((module, &*pair.value))),
                Prop::Shorthand(ident) => {
                    let value = match self.index.declared(module, ident) {
                        Some(Declared::Value(home, init)) => Some((*home, *init)),
                        _ => None,
                    };
                    (Some(&*ident.sym), value)
                }
                _ => return (vec![None], None),
            };
            match (name, value) {
                (Some("status"), Some((home, value))) => statuses = self.statuses(home, value),
                (Some("status"), None) => statuses = vec![None],
                (Some("headers"), Some((home, value))) => {
                    kind = self.content_type(home, value, usual);
                }
                (Some("headers"), None) | (None, _) => kind = None,
                _ => {}
            }
        }
        (statuses, kind)
    }

    /// The content type that header fields say.
    fn content_type(&self, module: usize, fields: &'a Expr, usual: &str) -> Option<String> {
        let (module, fields) = self.index.value(module, fields);
        let Expr::Object(object) = fields else { return None };
        let mut kind = usual.to_owned();
        for property in &object.props {
            let PropOrSpread::Prop(property) = property else { return None };
            let Prop::KeyValue(pair) = &**property else { continue };
            if field_name(&pair.key)?.eq_ignore_ascii_case("content-type") {
                let value = self.index.literal(module, &pair.value, 0)?;
                let value = value.as_str()?;
                kind = value.split(';').next().unwrap_or(value).trim().to_owned();
            }
        }
        Some(kind)
    }

    /// The numbers that a status can be.
    fn statuses(&self, module: usize, expr: &'a Expr) -> Vec<Option<u16>> {
        let (module, expr) = self.index.value(module, expr);
        let types = &self.program.types;
        let of = |kind: &Kind| match kind {
            Kind::NumberLiteral(bits, _) => {
                let value = f64::from_bits(*bits);
                let whole = value.fract() == 0.0 && (100.0..600.0).contains(&value);
                whole.then_some(value as u16)
            }
            _ => None,
        };
        match types.kind(types.of(self.program.modules[module].span(expr))) {
            Kind::Union(parts) => parts.iter().map(|part| of(types.kind(*part))).collect(),
            one => vec![of(one)],
        }
    }
}
