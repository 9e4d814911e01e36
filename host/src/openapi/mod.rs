//! A module's own description as an OpenAPI 3.1 document. In: a contract, whose routes decide what is documented, and the lines
//! of JSON that the compiler put into the custom section `purview:openapi`. Out: the document, a page that shows it, and a
//! module that serves both. Nothing of the module is run. Never here: a route that the module does not export.

mod operation;
mod page;
mod read;
mod schema;
mod serve;

use std::collections::BTreeMap;

use purview_abi::{
    contract::Route,
    name::{ANY, Value as Name},
};
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
    // A route with a method of its own goes before one for all of them.
    let (any, own): (Vec<_>, Vec<_>) =
        contract.document.routes.iter().partition(|route| route.method == ANY);
    for route in own.into_iter().chain(any) {
        let line = lines.routes.get(&route.export());
        let Some((path, method)) = place(route, line, prefix) else { continue };
        if line.is_none() && !lines.routes.is_empty() {
            // A route whose author hides it has no line.
            continue;
        }
        let methods = paths.entry(path).or_default();
        if !methods.contains_key(&method) {
            methods.insert(method, operation::build(route, line, &lines, &mut used));
        }
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

/// Path and method as the document has them. OpenAPI 3.1 knows eight methods, and no route for all of them: of one whose answers are
/// known from its program the usual method is shown.
fn place(
    route: &Route,
    line: Option<&Map<String, Value>>,
    prefix: &str,
) -> Option<(String, String)> {
    const METHODS: [&str; 8] =
        ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];
    if route.pattern == Name::Any.to_string() {
        return None;
    }
    let method = match route.method.as_str() {
        ANY => operation::usual_method(line?)?,
        method => METHODS.into_iter().find(|known| *known == method)?,
    };
    let path = route.pattern.replace("{*", "{");
    let path = if path == "/" && !prefix.is_empty() { String::new() } else { path };
    Some((format!("{prefix}{path}"), method.to_lowercase()))
}

#[cfg(test)]
mod tests;
