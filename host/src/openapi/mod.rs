//! A module's own description as an OpenAPI 3.1 document. In: a contract, whose routes decide what is documented, and the lines
//! of JSON that the compiler put into the custom section `purview:openapi`. Out: the document, a page that shows it, and a
//! module that serves both. Nothing of the module is run. Never here: a route that the module does not export.

mod operation;
mod page;
mod read;
mod schema;
mod serve;

use std::collections::BTreeMap;

use purview_abi::{contract::Route, name::Value as Name};
use serde_json::{Map, Value, json};

pub use page::page;
pub use serve::module;

use crate::{contract::Contract, openapi::read::Lines};

/// The document of a module that is served below `prefix`.
pub fn document(
    name: &str,
    wasm: &[u8],
    contract: &Contract,
    prefix: &str,
) -> Result<Value, String> {
    let lines = Lines::read(wasm)?;
    let mut paths: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    let mut used = operation::Used::default();
    for route in &contract.document.routes {
        let Some((path, method)) = place(route, prefix) else { continue };
        let line = lines.routes.get(&route.export());
        if line.is_none() && !lines.routes.is_empty() {
            // A route whose author hides it has no line.
            continue;
        }
        let operation = operation::build(route, line, &lines, &mut used);
        paths.entry(path).or_default().insert(method, operation);
    }
    operation::settle_names(&mut paths);
    let (title, version) = match &lines.package {
        Some((title, version)) => (title.as_str(), version.as_str()),
        None => (name, "0.1.0"),
    };
    let mut document = json!({
        "openapi": "3.1.0",
        "info": { "title": title, "version": version },
        "paths": paths,
    });
    let mut components = Map::new();
    let schemas = schema::reachable(&mut document, &lines.components);
    if !schemas.is_empty() {
        components.insert("schemas".into(), Value::Object(schemas));
    }
    if !used.security.is_empty() {
        components.insert("securitySchemes".into(), Value::Object(used.security));
    }
    if !components.is_empty() {
        document["components"] = Value::Object(components);
    }
    Ok(document)
}

/// Path and method as the document has them. OpenAPI 3.1 knows eight methods, and no route for all of them.
fn place(route: &Route, prefix: &str) -> Option<(String, String)> {
    const METHODS: [&str; 8] =
        ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];
    if !METHODS.contains(&route.method.as_str()) || route.pattern == Name::Any.to_string() {
        return None;
    }
    let path = route.pattern.replace("{*", "{");
    let path = if path == "/" && !prefix.is_empty() { String::new() } else { path };
    Some((format!("{prefix}{path}"), route.method.to_lowercase()))
}

#[cfg(test)]
mod tests;
