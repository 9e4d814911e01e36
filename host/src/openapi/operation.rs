//! One operation of the document. In: a route of the contract and what the module says of it: what it takes, what it gives. Out: parameters,
//! request body, responses and security. Answers that the SDK and the host give by themselves are documented too.

use std::collections::BTreeMap;

use purview_abi::contract::Route;
use serde_json::{Map, Value, json};

use super::{read::Lines, schema};
use crate::response::reason;

/// What operations share.
#[derive(Debug, Default)]
pub(super) struct Used {
    /// Security schemes by name.
    pub(super) security: Map<String, Value>,
}

/// What a route takes, gathered from all its arguments.
#[derive(Default)]
struct Taken {
    parameters: Vec<Value>,
    content: Map<String, Value>,
    body_required: bool,
    /// Schemes that are needed, and those without which it also works.
    security: Map<String, Value>,
    maybe: Vec<String>,
    checked: bool,
    /// Whether a body of another type is refused.
    typed: bool,
}

pub(super) fn build(
    route: &Route,
    line: Option<&Map<String, Value>>,
    lines: &Lines,
    used: &mut Used,
) -> Value {
    let nothing = Map::new();
    let line = line.unwrap_or(&nothing);
    let mut operation = Map::new();
    for key in ["summary", "description", "deprecated"] {
        if let Some(value) = line.get(key) {
            operation.insert(key.into(), value.clone());
        }
    }
    let name = line.get("operationId").or_else(|| line.get("name")).cloned();
    operation.insert("operationId".into(), name.unwrap_or_else(|| id(route).into()));
    if let Some(tags) =
        line.get("tags").filter(|tags| tags.as_array().is_some_and(|tags| !tags.is_empty()))
    {
        operation.insert("tags".into(), tags.clone());
    }
    let mut taken = Taken::default();
    let of_path = path_schemas(route, line, lines);
    for param in &route.params {
        let schema = of_path.get(param).cloned().unwrap_or_else(|| json!({ "type": "string" }));
        taken
            .parameters
            .push(json!({ "name": param, "in": "path", "required": true, "schema": schema }));
    }
    for argument in line.get("takes").and_then(Value::as_array).into_iter().flatten() {
        taken.add(argument, false, lines, used, 0);
    }
    taken.checked |= !of_path.is_empty();
    if !taken.parameters.is_empty() {
        operation.insert("parameters".into(), Value::Array(std::mem::take(&mut taken.parameters)));
    }
    if !taken.content.is_empty() {
        operation.insert(
            "requestBody".into(),
            json!({ "required": taken.body_required, "content": taken.content }),
        );
    }
    if !taken.security.is_empty() || !taken.maybe.is_empty() {
        let mut ways = vec![Value::Object(taken.security.clone())];
        ways.extend(taken.maybe.iter().map(|name| json!({ name.as_str(): [] })));
        operation.insert("security".into(), Value::Array(ways));
    }
    let responses = match line.get("answers").and_then(Value::as_object) {
        Some(answers) => proven(answers, &taken),
        None => responses(route, line, &taken),
    };
    operation.insert("responses".into(), Value::Object(responses));
    Value::Object(operation)
}

/// The method under which a route for all methods is shown, if its answers are known from its program: one that has a body, if it reads
/// one.
pub(super) fn usual_method(line: &Map<String, Value>) -> Option<&'static str> {
    line.get("answers")?;
    let takes = line.get("takes").and_then(Value::as_array);
    let is_body = |taken: &Value| taken["in"] == "body" || taken["optional"]["in"] == "body";
    Some(if takes.into_iter().flatten().any(is_body) { "POST" } else { "GET" })
}

/// `get_users_id`
fn id(route: &Route) -> String {
    let text = format!("{} {}", route.method.to_lowercase(), route.pattern);
    let words = text.split(|character: char| !character.is_ascii_alphanumeric());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_")
}

/// The schemas of path parameters: of one value, of a tuple in order, or of a struct by name.
fn path_schemas(
    route: &Route,
    line: &Map<String, Value>,
    lines: &Lines,
) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    for argument in line.get("takes").and_then(Value::as_array).into_iter().flatten() {
        let argument =
            if argument["optional"].is_object() { &argument["optional"] } else { argument };
        if argument["in"] != "path" {
            continue;
        }
        let schema = &argument["schema"];
        let resolved = schema::resolve(schema, &lines.components).unwrap_or(schema);
        let properties = schema::properties(schema, &lines.components);
        if let Some(parts) = resolved["prefixItems"].as_array() {
            found.extend(route.params.iter().cloned().zip(parts.iter().cloned()));
        } else if !properties.is_empty() {
            found.extend(
                properties.into_iter().map(|(name, schema, _)| (name, schema::present(schema))),
            );
        } else if let [param] = route.params.as_slice() {
            found.insert(param.clone(), schema.clone());
        }
    }
    found
}

impl Taken {
    fn add(
        &mut self,
        argument: &Value,
        optional: bool,
        lines: &Lines,
        used: &mut Used,
        depth: usize,
    ) {
        if depth > 32 {
            return;
        }
        if let Some(list) = argument.as_array() {
            for one in list {
                self.add(one, optional, lines, used, depth + 1);
            }
            return;
        }
        if !argument["optional"].is_null() {
            return self.add(&argument["optional"], true, lines, used, depth + 1);
        }
        if let Some(name) = argument["security"].as_str() {
            used.security.insert(name.to_owned(), argument["scheme"].clone());
            if optional {
                self.maybe.push(name.to_owned());
            } else {
                self.security.insert(name.to_owned(), json!([]));
            }
            return;
        }
        let schema = argument["schema"].clone();
        match argument["in"].as_str() {
            Some(place @ ("query" | "header" | "cookie")) => {
                self.checked |= !optional;
                for (name, schema, required) in schema::properties(&schema, &lines.components) {
                    let name = if place == "header" { name.replace('_', "-") } else { name };
                    self.parameters.push(json!({
                        "name": name,
                        "in": place,
                        "required": required && !optional,
                        "schema": schema::present(schema),
                    }));
                }
            }
            Some(place @ ("body" | "form")) => {
                self.checked |= !optional;
                self.typed |= !optional;
                self.body_required |= !optional;
                let kind = match place {
                    "form" => "application/x-www-form-urlencoded",
                    _ => argument["type"].as_str().unwrap_or("application/octet-stream"),
                };
                self.content.insert(kind.to_owned(), json!({ "schema": schema }));
            }
            _ => {}
        }
    }
}

fn responses(route: &Route, line: &Map<String, Value>, taken: &Taken) -> Map<String, Value> {
    let mut responses = BTreeMap::new();
    let usual = line.get("status").and_then(Value::as_u64).unwrap_or(200);
    match line.get("gives") {
        Some(gives) => give(gives, usual, &mut responses, 0),
        None => {
            let status = route.status.map_or(usual, u64::from);
            let content = route.content_type.as_ref().map(|kind| json!({ kind.as_str(): {} }));
            responses.insert(status, answer(status, content));
        }
    }
    let detail = || {
        Some(json!({ "application/json": { "schema": {
        "type": "object",
        "required": ["detail"],
        "properties": { "detail": { "type": "string" } },
    } } }))
    };
    if !taken.security.is_empty() {
        responses.entry(401).or_insert_with(|| answer(401, detail()));
    }
    if !taken.content.is_empty() {
        responses.entry(413).or_insert_with(|| answer(413, None));
        if taken.typed {
            responses.entry(415).or_insert_with(|| answer(415, detail()));
        }
    }
    if taken.checked {
        responses.entry(422).or_insert_with(|| answer(422, Some(problems())));
    }
    for (status, said) in line.get("responses").and_then(Value::as_object).into_iter().flatten() {
        let Ok(status) = status.parse::<u64>() else { continue };
        let content = || failure(line).filter(|_| status >= 400);
        let entry = responses.entry(status).or_insert_with(|| answer(status, content()));
        entry["description"] = said.clone();
    }
    responses.into_iter().map(|(status, answer)| (status.to_string(), answer)).collect()
}

/// The answers that a compiler proved, status by status with the schemas of their content, and that of the host to a body that is too
/// large. Nothing is added that only the SDK does.
fn proven(answers: &Map<String, Value>, taken: &Taken) -> Map<String, Value> {
    let mut responses = Map::new();
    for (status, contents) in answers {
        let contents: Map<String, Value> = contents
            .as_object()
            .into_iter()
            .flatten()
            .map(|(kind, schema)| (kind.clone(), json!({ "schema": schema })))
            .collect();
        let content = Some(contents).filter(|contents| !contents.is_empty()).map(Value::Object);
        let (key, said) = match status.parse::<u64>() {
            Ok(status @ 100..=599) => (status.to_string(), answer(status, content)),
            _ if status == "default" => (status.clone(), unknown(content)),
            _ => continue,
        };
        responses.insert(key, said);
    }
    if !taken.content.is_empty() && !responses.contains_key("413") {
        responses.insert("413".into(), answer(413, None));
    }
    if responses.is_empty() {
        responses.insert("default".into(), unknown(None));
    }
    responses.sort_keys();
    responses
}

/// An answer whose status is not known.
fn unknown(content: Option<Value>) -> Value {
    let mut said = answer(0, content);
    said["description"] = "An answer whose status the program chooses".into();
    said
}

/// What the type of an answer says of it.
fn give(gives: &Value, status: u64, responses: &mut BTreeMap<u64, Value>, depth: usize) {
    if depth > 32 {
        return;
    }
    if let Some(either) = gives["either"].as_array() {
        either.iter().for_each(|one| give(one, status, responses, depth + 1));
        return;
    }
    let own = gives["status"].as_u64().or(gives["usual"].as_u64().filter(|_| status == 200));
    let status = own.unwrap_or(status);
    if !gives["gives"].is_null() {
        let inner = &gives["gives"];
        let mut of_inner = BTreeMap::new();
        give(inner, status, &mut of_inner, depth + 1);
        let content = of_inner.into_values().find_map(|answer| answer.get("content").cloned());
        responses.insert(status, answer(status, content));
        return;
    }
    let content =
        gives["type"].as_str().map(|kind| json!({ kind: { "schema": gives["schema"].clone() } }));
    responses.insert(status, answer(status, content));
}

/// The content of answers that say what went wrong, as the type of the handler's errors has it.
fn failure(line: &Map<String, Value>) -> Option<Value> {
    let fails = line.get("fails")?;
    let kind = fails["type"].as_str()?;
    Some(json!({ kind: { "schema": fails["schema"].clone() } }))
}

fn answer(status: u64, content: Option<Value>) -> Value {
    let reason = u16::try_from(status).map_or("", reason);
    let mut answer = json!({ "description": reason });
    if let Some(content) = content {
        answer["content"] = content;
    }
    answer
}

/// The list of what is wrong with a request.
fn problems() -> Value {
    json!({ "application/json": { "schema": {
        "type": "object",
        "required": ["detail"],
        "properties": { "detail": { "type": "array", "items": {
            "type": "object",
            "required": ["loc", "msg", "type"],
            "properties": {
                "loc": { "type": "array", "items": { "anyOf": [{ "type": "string" }, { "type": "integer" }] } },
                "msg": { "type": "string" },
                "type": { "type": "string" },
            },
        } } },
    } } })
}

/// Gives each operation a name of its own: handlers of one name get the method and the path behind it.
pub(super) fn settle_names(paths: &mut BTreeMap<String, Map<String, Value>>) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let name = |operation: &Value| operation["operationId"].as_str().unwrap_or_default().to_owned();
    for operation in paths.values().flat_map(Map::values) {
        *seen.entry(name(operation)).or_default() += 1;
    }
    for (path, methods) in paths {
        for (method, operation) in methods {
            let own = name(operation);
            if seen.get(&own).is_some_and(|count| *count > 1) {
                let words = path.split(|character: char| !character.is_ascii_alphanumeric());
                let parts = [own.as_str(), method.as_str()].into_iter().chain(words);
                let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
                operation["operationId"] = parts.join("_").into();
            }
        }
    }
}
