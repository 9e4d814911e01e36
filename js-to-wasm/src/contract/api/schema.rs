//! Types → JSON Schemas of the values as JSON. In: types of the checker. Out: schemas, those of named types as components. Only what every
//! value of a type has is said: what may be `undefined` may be missing, or null where parsed JSON had null. What has no JSON, such as a
//! function, is left out.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::Describer;
use crate::check::types::{Fresh, Kind, Presence, Record, Ty};

/// How deep a schema is written; below stands anything.
const DEPTH_MAX: usize = 16;
/// Most named types of one program.
const COMPONENTS_MAX: usize = 512;

/// Schemas that have a name.
#[derive(Debug, Default)]
pub(super) struct Components {
    /// By full name; none while it is being written.
    schemas: BTreeMap<String, Option<Json>>,
}

impl Components {
    pub(super) fn finish(self) -> BTreeMap<String, Json> {
        self.schemas.into_iter().filter_map(|(name, schema)| Some((name, schema?))).collect()
    }

    /// A schema that the program registers.
    pub(super) fn registered(&mut self, name: &str, schema: &Json) -> Json {
        if !is_plain(name) || self.schemas.len() >= COMPONENTS_MAX {
            return schema.clone();
        }
        let name = format!("schema::{name}");
        self.schemas.insert(name.clone(), Some(schema.clone()));
        json!({ "$ref": name })
    }
}

/// Whether a document takes it as the name of a schema.
fn is_plain(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    !name.is_empty() && name.len() <= 64 && name.bytes().all(plain)
}

impl Describer<'_> {
    /// The schema of a type's values.
    pub(super) fn schema(&mut self, ty: Ty) -> Json {
        self.schema_at(ty, 0)
    }

    /// The schema of `Response.json(value)`, which writes `{}` where there is no value.
    pub(super) fn schema_of_answer(&mut self, ty: Ty) -> Json {
        let nothing = [json!({ "type": "object" }), json!({ "type": "null" })];
        let types = &self.program.types;
        let parts = match types.kind(types.behind(ty)) {
            Kind::Undefined | Kind::Void => return json!({ "anyOf": nothing }),
            Kind::Union(parts) => parts.clone(),
            _ => return self.schema(ty),
        };
        let is_nothing = |part: &Ty| matches!(types.kind(*part), Kind::Undefined | Kind::Void);
        let some: Vec<Ty> = parts.iter().copied().filter(|part| !is_nothing(part)).collect();
        let mut schema = self.union(&some, 0);
        if some.len() == parts.len() || schema == json!({}) {
            return schema;
        }
        let [object, nothing] = nothing;
        match schema.get_mut("anyOf").and_then(Json::as_array_mut) {
            Some(list) => {
                list.extend([object, nothing]);
                schema
            }
            None => json!({ "anyOf": [schema, object, nothing] }),
        }
    }

    fn schema_at(&mut self, ty: Ty, depth: usize) -> Json {
        if depth > DEPTH_MAX {
            return json!({});
        }
        let program = self.program;
        let behind = program.types.behind(ty);
        if let Kind::Named(decl, arguments) = program.types.kind(ty)
            && arguments.is_empty()
            && matches!(program.types.kind(behind), Kind::Record(_))
            && is_plain(program.types.name(*decl))
        {
            let name = format!("type{}::{}", decl.index(), program.types.name(*decl));
            if !self.components.schemas.contains_key(&name) {
                if self.components.schemas.len() >= COMPONENTS_MAX {
                    return json!({});
                }
                self.components.schemas.insert(name.clone(), None);
                let schema = self.schema_at(behind, 0);
                self.components.schemas.insert(name.clone(), Some(schema));
            }
            return json!({ "$ref": name });
        }
        match program.types.kind(behind) {
            Kind::Boolean => json!({ "type": "boolean" }),
            Kind::Number => json!({ "type": "number" }),
            Kind::String | Kind::Template(..) => json!({ "type": "string" }),
            Kind::BoolLiteral(_, Fresh::Yes) => json!({ "type": "boolean" }),
            Kind::NumberLiteral(_, Fresh::Yes) => json!({ "type": "number" }),
            Kind::StringLiteral(_, Fresh::Yes) => json!({ "type": "string" }),
            Kind::BoolLiteral(value, Fresh::No) => json!({ "const": value }),
            Kind::NumberLiteral(bits, Fresh::No) => json!({ "const": f64::from_bits(*bits) }),
            Kind::StringLiteral(text, Fresh::No) => json!({ "const": &**text }),
            // An element that is missing is null.
            Kind::Array(of, _) => {
                json!({ "type": "array", "items": self.schema_at(*of, depth + 1) })
            }
            Kind::Tuple(elements, _) => {
                let fixed = elements.iter().take_while(|one| one.presence == Presence::Required);
                let first: Vec<Json> = fixed.map(|one| self.schema_at(one.ty, depth + 1)).collect();
                if first.is_empty() {
                    json!({ "type": "array" })
                } else {
                    json!({ "type": "array", "prefixItems": first, "minItems": first.len() })
                }
            }
            Kind::Record(record) => self.record(record, depth),
            Kind::Union(parts) => self.union(parts, depth),
            Kind::Undefined | Kind::Void => json!({ "type": "null" }),
            _ => json!({}),
        }
    }

    fn record(&mut self, record: &Record, depth: usize) -> Json {
        let (mut properties, mut required) = (Map::new(), Vec::new());
        for field in &record.fields {
            let types = &self.program.types;
            let behind = types.behind(field.ty);
            if matches!(types.kind(behind), Kind::Function(_)) {
                continue;
            }
            let missing = field.optional || self.may_be_missing(field.ty, 0);
            let mut schema = self.schema_at(field.ty, depth + 1);
            if field.optional {
                schema = or_null(schema);
            }
            properties.insert(field.name.to_string(), schema);
            if !missing {
                required.push(Json::from(&*field.name));
            }
        }
        let mut schema = json!({ "type": "object" });
        if !properties.is_empty() {
            schema["properties"] = properties.into();
        }
        if !required.is_empty() {
            schema["required"] = required.into();
        }
        if let Some(index) = record.index {
            let other = self.schema_at(index, depth + 1);
            if other != json!({}) {
                schema["additionalProperties"] = or_null(other);
            }
        }
        schema
    }

    /// Whether a field of this type may not be there in JSON.
    fn may_be_missing(&self, ty: Ty, depth: usize) -> bool {
        let types = &self.program.types;
        match types.kind(types.behind(ty)) {
            Kind::Boolean
            | Kind::Number
            | Kind::String
            | Kind::BoolLiteral(..)
            | Kind::NumberLiteral(..)
            | Kind::StringLiteral(..)
            | Kind::Template(..)
            | Kind::Array(..)
            | Kind::Tuple(..) => false,
            Kind::Record(record) => !record.calls.is_empty(),
            Kind::Union(parts) if depth < DEPTH_MAX => {
                parts.iter().any(|part| self.may_be_missing(*part, depth + 1))
            }
            _ => true,
        }
    }

    fn union(&mut self, parts: &[Ty], depth: usize) -> Json {
        let mut schemas: Vec<Json> = Vec::new();
        let mut values: Vec<Json> = Vec::new();
        for part in parts {
            let schema = self.schema_at(*part, depth + 1);
            match schema.get("const") {
                Some(value) => values.push(value.clone()),
                None if schemas.contains(&schema) => {}
                None => schemas.push(schema),
            }
        }
        if values.len() == 2 && values.contains(&json!(true)) && values.contains(&json!(false)) {
            values.clear();
            schemas.push(json!({ "type": "boolean" }));
        }
        if !values.is_empty() {
            schemas.push(json!({ "enum": values }));
        }
        if schemas.contains(&json!({})) {
            return json!({});
        }
        match schemas.len() {
            1 => schemas.remove(0),
            _ => json!({ "anyOf": schemas }),
        }
    }
}

/// The same, or null.
fn or_null(schema: Json) -> Json {
    match schema.get("type") {
        _ if schema == json!({}) => schema,
        Some(Json::String(kind)) if kind != "null" => {
            let kind = json!([kind, "null"]);
            let mut schema = schema;
            schema["type"] = kind;
            schema
        }
        _ => json!({ "anyOf": [schema, { "type": "null" }] }),
    }
}
