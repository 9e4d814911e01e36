//! Forms as data. In: names and values, in order. Out: an object. A name that comes several times is a list where the schema wants a
//! list; elsewhere the last one counts.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Map, Value, json};

use super::coerce::find;
use crate::multipart::{MultipartError, Part};

/// The object of these names and values.
pub(super) fn gather(document: &Value, pairs: Vec<(String, Value)>) -> Value {
    let mut members = Map::new();
    for (name, value) in pairs {
        if !wants_list(document, &name) {
            members.insert(name, value);
        } else if let Some(Value::Array(list)) = members.get_mut(&name) {
            list.push(value);
        } else {
            members.insert(name, Value::Array(vec![value]));
        }
    }
    Value::Object(members)
}

/// The values of the parts of a body: a text, or a file with its content in base64, since JSON has no bytes.
pub(super) fn values(parts: Vec<Part<'_>>) -> Result<Vec<(String, Value)>, MultipartError> {
    let value = |part: Part<'_>| {
        let Some(filename) = part.filename else {
            let text = String::from_utf8(part.content.into_owned());
            let text = text.map_err(|_| MultipartError::Text)?;
            return Ok((part.name, Value::from(text)));
        };
        let file = json!({
            "filename": filename,
            "contentType": part.content_type,
            "size": part.content.len(),
            "base64": STANDARD.encode(&part.content),
        });
        Ok((part.name, file))
    };
    parts.into_iter().map(value).collect()
}

/// Whether the schema wants a list under this name.
fn wants_list(document: &Value, name: &str) -> bool {
    /// Longest way through references.
    const REFERENCES_MAX: usize = 8;
    let mut schema = follow(document, document, REFERENCES_MAX);
    schema = schema.and_then(|schema| schema.get("properties")?.get(name));
    let schema = schema.and_then(|schema| follow(document, schema, REFERENCES_MAX));
    match schema.and_then(|schema| schema.get("type")) {
        Some(Value::String(one)) => one == "array",
        Some(Value::Array(several)) => several.iter().any(|one| one == "array"),
        _ => false,
    }
}

fn follow<'d>(document: &'d Value, schema: &'d Value, most: usize) -> Option<&'d Value> {
    match schema.get("$ref") {
        None => Some(schema),
        Some(_) if most == 0 => None,
        Some(reference) => follow(document, find(document, reference)?, most - 1),
    }
}
