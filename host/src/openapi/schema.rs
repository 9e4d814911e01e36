//! Schemas of types. In: schemas that refer to types by their full names. Out: the same, referring to components of the document, and
//! those components, each under the shortest name that is its own. Types that nothing refers to are left out.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// Deepest schema that is followed.
const DEPTH_MAX: usize = 64;

/// The properties of a type, through names and `allOf`: name, schema, required.
pub(super) fn properties(
    schema: &Value,
    components: &BTreeMap<String, Value>,
) -> Vec<(String, Value, bool)> {
    let mut found = Vec::new();
    collect(schema, components, 0, &mut found);
    found
}

fn collect(
    schema: &Value,
    components: &BTreeMap<String, Value>,
    depth: usize,
    found: &mut Vec<(String, Value, bool)>,
) {
    if depth > DEPTH_MAX {
        return;
    }
    if let Some(named) = resolve(schema, components) {
        return collect(named, components, depth + 1, found);
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        collect(part, components, depth + 1, found);
    }
    let required: BTreeSet<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        found.push((name.clone(), property.clone(), required.contains(name.as_str())));
    }
}

/// The type that a schema refers to.
pub(super) fn resolve<'c>(
    schema: &Value,
    components: &'c BTreeMap<String, Value>,
) -> Option<&'c Value> {
    components.get(schema["$ref"].as_str()?)
}

/// Without the `null` of an optional value: texts of a query have none.
pub(super) fn present(schema: Value) -> Value {
    match schema {
        Value::Object(mut object) => {
            if let Some(Value::Array(any)) = object.get_mut("anyOf") {
                any.retain(|one| one["type"] != "null");
                if any.len() == 1 && object.len() == 1 {
                    return object["anyOf"][0].take();
                }
            }
            if let Some(Value::Array(all)) = object.get_mut("allOf") {
                for one in all.iter_mut() {
                    *one = present(one.take());
                }
            }
            Value::Object(object)
        }
        other => other,
    }
}

/// Makes all references of the document lead to components, and gives those.
pub(super) fn reachable(
    document: &mut Value,
    components: &BTreeMap<String, Value>,
) -> Map<String, Value> {
    let short = short_names(components);
    let mut wanted = BTreeSet::new();
    rewrite(document, &short, &mut wanted, 0);
    let mut done: BTreeMap<&str, Value> = BTreeMap::new();
    while let Some(name) = wanted.pop_first() {
        let Some((name, schema)) = components.get_key_value(&name) else { continue };
        if done.contains_key(name.as_str()) {
            continue;
        }
        let mut schema = schema.clone();
        rewrite(&mut schema, &short, &mut wanted, 0);
        done.insert(name, schema);
    }
    done.into_iter().map(|(name, schema)| (short[name].clone(), schema)).collect()
}

/// The last part of each name, or all of it where two end alike.
fn short_names(components: &BTreeMap<String, Value>) -> BTreeMap<&str, String> {
    let last = |name: &str| name.rsplit("::").next().unwrap_or_default().to_owned();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    components.keys().for_each(|name| *counts.entry(last(name)).or_default() += 1);
    let short = |name: &str| match counts.get(&last(name)) {
        Some(1) => last(name),
        _ => name.replace("::", "."),
    };
    components.keys().map(|name| (name.as_str(), short(name))).collect()
}

fn rewrite(
    value: &mut Value,
    short: &BTreeMap<&str, String>,
    wanted: &mut BTreeSet<String>,
    depth: usize,
) {
    if depth > 4 * DEPTH_MAX {
        return;
    }
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                match value {
                    Value::String(name) if key == "$ref" && short.contains_key(name.as_str()) => {
                        let link = format!("#/components/schemas/{}", short[name.as_str()]);
                        wanted.insert(std::mem::replace(name, link));
                    }
                    other => rewrite(other, short, wanted, depth + 1),
                }
            }
        }
        Value::Array(list) => {
            list.iter_mut().for_each(|value| rewrite(value, short, wanted, depth + 1));
        }
        _ => {}
    }
}
