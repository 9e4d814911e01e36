//! Makes of texts, numbers and booleans what a schema wants them to be. In: a schema document and data. Out: the data, changed where
//! a change is without loss: a text that is a number or a boolean, a number as text. What does not fit stays, and is then refused.

use serde_json::{Number, Value};

/// Most subschemas that are looked at: a schema may lead to itself over and over.
const STEPS_MAX: usize = 200_000;
/// Longest way through references and `allOf` for one value.
const SAME_DEPTH_MAX: usize = 16;

/// Changes `data` as `document` wants.
pub(super) fn coerce(document: &Value, data: &mut Value) {
    Coercion { document, steps: STEPS_MAX }.value(document, data, 0);
}

struct Coercion<'d> {
    document: &'d Value,
    steps: usize,
}

impl<'d> Coercion<'d> {
    fn value(&mut self, schema: &'d Value, data: &mut Value, depth: usize) {
        let Some(left) = self.steps.checked_sub(1) else { return };
        self.steps = left;
        let Value::Object(schema) = schema else { return };
        if let Some(wanted) = schema.get("type") {
            scalar(wanted, data);
        }
        match data {
            Value::Object(members) => {
                let properties = schema.get("properties").and_then(Value::as_object);
                let others = schema.get("additionalProperties");
                for (name, member) in members {
                    let own = properties.and_then(|properties| properties.get(name));
                    if let Some(schema) = own.or(others) {
                        self.value(schema, member, 0);
                    }
                }
            }
            Value::Array(items) => {
                let first = schema.get("prefixItems").and_then(Value::as_array);
                let others = schema.get("items");
                for (at, item) in items.iter_mut().enumerate() {
                    let own = first.and_then(|first| first.get(at));
                    if let Some(schema) = own.or(others) {
                        self.value(schema, item, 0);
                    }
                }
            }
            _ => {}
        }
        if depth < SAME_DEPTH_MAX {
            let all = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
            let target = schema.get("$ref").and_then(|reference| find(self.document, reference));
            for schema in all.chain(target) {
                self.value(schema, data, depth + 1);
            }
        }
    }
}

/// What a reference of the form `#/…` leads to.
pub(super) fn find<'d>(document: &'d Value, reference: &Value) -> Option<&'d Value> {
    let pointer = reference.as_str()?.strip_prefix('#')?;
    let pointer = percent_encoding::percent_decode_str(pointer).decode_utf8().ok()?;
    document.pointer(&pointer)
}

/// Changes a single value to one of the wanted types, unless it has one of them.
fn scalar(wanted: &Value, data: &mut Value) {
    let wants = |name: &str| match wanted {
        Value::String(one) => one == name,
        Value::Array(several) => several.iter().any(|one| one == name),
        _ => false,
    };
    let changed = match data {
        Value::String(text) if !wants("string") => match text.as_str() {
            "true" if wants("boolean") => Some(Value::Bool(true)),
            "false" if wants("boolean") => Some(Value::Bool(false)),
            text if wants("number") || wants("integer") => {
                number(text).filter(|number| wants("number") || whole(number)).map(Value::Number)
            }
            _ => None,
        },
        Value::Number(number) if wants("string") && !wants("number") => {
            (!wants("integer") || !whole(number)).then(|| Value::String(as_text(number)))
        }
        _ => None,
    };
    if let Some(changed) = changed {
        *data = changed;
    }
}

/// A number as JSON writes it, and nothing around it.
fn number(text: &str) -> Option<Number> {
    let first = text.bytes().next()?;
    let last = text.bytes().next_back()?;
    if !(first.is_ascii_digit() || first == b'-') || !last.is_ascii_digit() {
        return None;
    }
    let number: Number = serde_json::from_str(text).ok()?;
    // `5.0` is the number five.
    match number.as_f64() {
        Some(value) if number.is_f64() && value.fract() == 0.0 && value.abs() < 9e15 => {
            Some(Number::from(value as i64))
        }
        _ => Some(number),
    }
}

fn whole(number: &Number) -> bool {
    !number.is_f64() || number.as_f64().is_some_and(|value| value.fract() == 0.0)
}

/// A number as JavaScript writes it.
fn as_text(number: &Number) -> String {
    if !number.is_f64() {
        return number.to_string();
    }
    ryu_js::Buffer::new().format(number.as_f64().unwrap_or(0.0)).to_owned()
}
