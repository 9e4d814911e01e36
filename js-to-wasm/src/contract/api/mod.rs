//! Proven routes → what each takes and gives, for an OpenAPI document. In: a program that `check` has passed, and its routes. Out: a line
//! of JSON for each route and for each schema that has a name, as the host reads them. What is said holds: a status, a content type or a
//! schema that is not known is left out, and an answer whose status is not known stands as `default`. What a route may read is told as
//! optional; what no successful answer is given without, as required. Never happens here: authority, nothing is served by this.
//!
//! ```text
//! index → what variables are │ walk → what a function returns, and what was checked before
//! checks → credentials and schemas │ answers → statuses and contents │ reads → query, header fields, body │ schema → types as JSON Schema
//! ```

mod index;
mod walk;
mod checks;
mod answers;
mod reads;
mod schema;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value as Json, json};

use self::{
    answers::Answer,
    checks::{Check, Checks, Seen},
    index::{Function, Index},
    schema::Components,
};
use super::routes::{self, Routes};
use crate::parse::Program;

/// Most questions about conditions: a program that has more is not described.
const WORK_MAX: u32 = 4_000_000;

/// The lines, each with an end; none if nothing is proven.
pub(crate) fn describe(program: &Program, routes: &Routes) -> String {
    let Some((params, body)) = routes::handler(program) else { return String::new() };
    let module = program.modules.len() - 1;
    let handler = Function { module, name: "", params, body, key: None };
    let mut describer = Describer::new(program);
    let mut lines = Vec::new();
    let mut work = WORK_MAX;
    for name in &routes.names {
        let Some(line) = describer.route(&handler, routes, name, &mut work) else {
            return String::new();
        };
        lines.push(line);
    }
    let components = std::mem::take(&mut describer.components).finish();
    lines.extend(
        components.into_iter().map(|(name, schema)| json!({ "component": name, "schema": schema })),
    );
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// What is known while a program is described.
struct Describer<'a> {
    program: &'a Program,
    index: Index<'a>,
    checks: Checks,
    components: Components,
    /// What functions give, and what their results show; none while they are being looked at.
    answers: HashMap<index::Key, Option<Vec<Answer>>>,
    shown: HashMap<index::Key, Option<checks::Shown>>,
    /// The handlers of tables that the current route leads to.
    routed: Vec<(usize, &'a swc_ecma_ast::Expr)>,
    /// The route that is being described.
    route: String,
    depth: usize,
}

impl<'a> Describer<'a> {
    fn new(program: &'a Program) -> Self {
        Self {
            program,
            index: Index::of(program),
            checks: Checks::default(),
            components: Components::default(),
            answers: HashMap::new(),
            shown: HashMap::new(),
            routed: Vec::new(),
            route: String::new(),
            depth: 0,
        }
    }

    /// One route's line.
    fn route(
        &mut self,
        handler: &Function<'a>,
        routes: &Routes,
        name: &str,
        work: &mut u32,
    ) -> Option<Json> {
        name.clone_into(&mut self.route);
        self.routed.clear();
        // Where a table leads depends on the route.
        self.answers.clear();
        let mut possible = |at| routes.reaches(name, at, work);
        let way = walk::walk(self, handler, Some(&mut possible))?;
        let mut answers = Vec::new();
        let mut by = BTreeSet::new();
        for (value, seen) in &way.returns {
            let Some(value) = value else { continue };
            let given = self.answers(handler.module, value, *seen);
            if given.iter().any(Answer::succeeds) {
                by.extend(self.function_called(handler.module, value));
            }
            answers.extend(given);
        }
        let succeeding =
            answers.iter().filter(|answer| answer.succeeds()).map(|answer| answer.seen);
        let always = succeeding.reduce(|all, seen| all & seen).unwrap_or_default();
        let mut code: Vec<_> = way.code.iter().map(|expr| (handler.module, *expr)).collect();
        code.append(&mut self.routed);
        let reads = self.reads(code);
        let mut line = Map::new();
        line.insert("route".into(), name.into());
        if let (Some(function), 1) = (by.first(), by.len()) {
            line.insert("name".into(), (*function).into());
        }
        line.insert("takes".into(), Json::Array(self.takes(&reads, always)));
        line.insert("answers".into(), said(&answers));
        Some(Json::Object(line))
    }

    /// What the route takes, in the words of the SDK's descriptions.
    fn takes(&mut self, reads: &reads::Reads, always: Seen) -> Vec<Json> {
        let mut takes = Vec::new();
        let mut shown_elsewhere = BTreeSet::new();
        let mut has_body = false;
        for index in &reads.checks {
            let check = self.checks.get(*index).clone();
            let needed = always.has(*index);
            let optional =
                |take: Json, needed: bool| if needed { take } else { json!({ "optional": take }) };
            match &check {
                Check::Bearer => {
                    let mut scheme = json!({ "type": "http", "scheme": "bearer" });
                    if reads.checks.iter().any(|index| *self.checks.get(*index) == Check::Token) {
                        scheme["bearerFormat"] = "JWT".into();
                    }
                    takes.push(optional(json!({ "security": "bearer", "scheme": scheme }), needed));
                }
                Check::Key { header } => {
                    shown_elsewhere.insert(header.clone());
                    let scheme = json!({ "type": "apiKey", "in": "header", "name": header });
                    takes.push(optional(json!({ "security": header, "scheme": scheme }), needed));
                }
                Check::Token | Check::Body => {}
                Check::Content { schema, kind } => {
                    has_body = true;
                    let needed = always.has(self.checks.id(Check::Body));
                    let schema = self.registered(schema);
                    takes.push(optional(
                        json!({ "in": "body", "type": kind, "schema": schema }),
                        needed,
                    ));
                }
                Check::Query { schema } => {
                    let schema = self.registered(schema);
                    takes.push(optional(json!({ "in": "query", "schema": schema }), needed));
                }
            }
        }
        for (place, names) in [("query", &reads.query), ("header", &reads.headers)] {
            let names = names.iter().filter(|name| !shown_elsewhere.contains(*name));
            let properties: Map<String, Json> =
                names.map(|name| (name.clone(), json!({ "type": "string" }))).collect();
            if !properties.is_empty() {
                let schema = json!({ "type": "object", "properties": properties });
                takes.push(json!({ "optional": { "in": place, "schema": schema } }));
            }
        }
        if !has_body {
            for (kind, schema) in &reads.bodies {
                takes.push(json!({ "optional": { "in": "body", "type": kind, "schema": schema } }));
            }
        }
        takes
    }

    /// A schema that the program registers under this name; anything, if it is not known.
    fn registered(&mut self, name: &str) -> Json {
        match self.index.schema(name) {
            Some(schema) => self.components.registered(name, schema),
            None => json!({}),
        }
    }
}

/// Status → content type → schema.
fn said(answers: &[Answer]) -> Json {
    let mut all: BTreeMap<String, BTreeMap<String, Vec<Json>>> = BTreeMap::new();
    for answer in answers {
        let status =
            answer.status.map_or_else(|| "default".to_owned(), |status| status.to_string());
        let contents = all.entry(status).or_default();
        if let Some(kind) = &answer.kind {
            let schemas = contents.entry(kind.clone()).or_default();
            let schema = answer.schema.clone().unwrap_or_else(|| json!({}));
            if !schemas.contains(&schema) {
                schemas.push(schema);
            }
        }
    }
    let one = |mut schemas: Vec<Json>| match schemas.len() {
        1 => schemas.remove(0),
        // One of them says nothing, so all of them together say nothing.
        _ if schemas.contains(&json!({})) => json!({}),
        _ => json!({ "anyOf": schemas }),
    };
    let contents = |kinds: BTreeMap<String, Vec<Json>>| -> Map<String, Json> {
        kinds.into_iter().map(|(kind, schemas)| (kind, one(schemas))).collect()
    };
    Json::Object(all.into_iter().map(|(status, kinds)| (status, contents(kinds).into())).collect())
}

#[cfg(test)]
mod tests;
