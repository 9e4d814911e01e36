//! `purview:validate` and `purview:decode`: data against JSON Schemas. In: names of schemas, texts, values. Out: Results. The host
//! validates; which schema has which name is known here, as long as the instance lives.

use alloc::{borrow::Cow, vec::Vec};
use core::cell::RefCell;

use crate::{
    function::Args,
    host::{Check, Coerce, Compile, Computation, DecodeForm, DecodeMultipart, compute},
    json, result,
    string::Str,
    text::{bytes_at, outside},
    value::Value,
};

const EXPECTED_BYTES: usize = 512;
const SCHEMAS_MAX: usize = 1000;

/// The schemas by name.
struct Schemas(RefCell<Vec<(&'static Str, &'static [u8])>>);

// SAFETY: a guest has one thread, and so has each native test that calls this.
unsafe impl Sync for Schemas {}

static SCHEMAS: Schemas = Schemas(RefCell::new(Vec::new()));

impl Schemas {
    fn find(&self, name: &Str) -> Option<&'static [u8]> {
        self.0.borrow().iter().find(|(known, _)| known.same(name)).map(|(_, schema)| *schema)
    }

    fn remove(&self, name: &Str) -> bool {
        let mut schemas = self.0.borrow_mut();
        let before = schemas.len();
        schemas.retain(|(known, _)| !known.same(name));
        schemas.len() < before
    }

    fn set(&self, name: &'static Str, schema: &'static [u8]) -> bool {
        self.remove(name);
        let mut schemas = self.0.borrow_mut();
        let room = schemas.len() < SCHEMAS_MAX;
        if room {
            schemas.push((name, schema));
        }
        room
    }
}

fn problem(text: &'static str) -> Value {
    result::failure(Value::fixed(text))
}

/// The schema that the first argument names, or the Result that says why there is none.
fn schema(args: Args<'_>, wanted: usize) -> Result<&'static [u8], Value> {
    if args.len() < wanted {
        return Err(problem("missing arguments"));
    }
    let name = args.first().as_string().ok_or_else(|| problem("name must be a string"))?;
    SCHEMAS.find(name).ok_or_else(|| problem("schema not found"))
}

/// The Result of a judgement; `value` makes the value from what the host adds.
fn judged(outcome: Result<Vec<u8>, i32>, value: impl FnOnce(Vec<u8>) -> Option<Value>) -> Value {
    let Ok(mut bytes) = outcome else { return problem("too much data") };
    match if bytes.is_empty() { b'!' } else { bytes.remove(0) } {
        b'+' => match value(bytes) {
            Some(value) => result::success(value),
            None => problem("invalid JSON"),
        },
        b'-' => result::violations(json::parse(bytes.leak()).unwrap_or(Value::UNDEFINED)),
        _ => result::failure(outside(bytes)),
    }
}

fn parsed(text: Vec<u8>) -> Option<Value> {
    json::parse(text.leak())
}

fn kept(text: Cow<'static, [u8]>) -> &'static [u8] {
    match text {
        Cow::Borrowed(bytes) => bytes,
        Cow::Owned(bytes) => bytes.leak(),
    }
}

/// A text against a schema; what the host adds is the value.
fn converted<C: Computation>(args: Args<'_>) -> Value {
    let schema = match schema(args, 2) {
        Ok(schema) => schema,
        Err(problem) => return problem,
    };
    match bytes_at(args, 1) {
        Some(text) => judged(compute::<C>([schema, &text, b""], EXPECTED_BYTES), parsed),
        None => problem("json must be a string"),
    }
}

fn validate_text(args: Args<'_>) -> Value {
    let schema = match schema(args, 2) {
        Ok(schema) => schema,
        Err(problem) => return problem,
    };
    let Some(text) = bytes_at(args, 1) else { return problem("json must be a string") };
    let outcome = compute::<Check>([schema, &text, b""], EXPECTED_BYTES);
    judged(outcome, |_| json::parse(kept(text)))
}

/// The JSON of a value, if it has one.
fn json_of(value: Value) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    json::push(&mut text, value).then_some(text)
}

builtins! {
    "purview:validate.schemaCompile" schema_compile(_this, args) {
        let text = match args.get(1).as_object() {
            Some(_) => json_of(args.get(1)).map(Cow::Owned),
            None => bytes_at(args, 1),
        };
        let (Some(name), Some(text)) = (args.first().as_string(), text) else { return Value::FALSE };
        let text = kept(text);
        let valid = compute::<Compile>([text, b"", b""], EXPECTED_BYTES).is_ok_and(|said| said.first() == Some(&b'+'));
        Value::bool(valid && SCHEMAS.set(name, text))
    }
    "purview:validate.schemaDrop" schema_drop(_this, args) {
        Value::bool(args.first().as_string().is_some_and(|name| SCHEMAS.remove(name)))
    }
    "purview:validate.validateJson" validate_json(_this, args) { validate_text(args) }
    "purview:decode.decodeJson" decode_json(_this, args) { validate_text(args) }
    "purview:validate.coerceJson" coerce_json(_this, args) { converted::<Coerce>(args) }
    "purview:decode.decodeForm" decode_form(_this, args) { converted::<DecodeForm>(args) }
    "purview:validate.validateObject" validate_object(_this, args) {
        let schema = match schema(args, 2) {
            Ok(schema) => schema,
            Err(problem) => return problem,
        };
        let Some(text) = json_of(args.get(1)) else { return problem("invalid JSON") };
        judged(compute::<Check>([schema, &text, b""], EXPECTED_BYTES), |_| Some(args.get(1)))
    }
    "purview:decode.decodeQuery" decode_query(_this, args) {
        let schema = match schema(args, 2) {
            Ok(schema) => schema,
            Err(problem) => return problem,
        };
        let Some(text) = json_of(args.get(1)) else { return problem("invalid JSON") };
        judged(compute::<Coerce>([schema, &text, b""], EXPECTED_BYTES), parsed)
    }
    "purview:decode.decodeFormMultipart" decode_form_multipart(_this, args) {
        let schema = match schema(args, 3) {
            Ok(schema) => schema,
            Err(problem) => return problem,
        };
        let (Some(body), Some(kind)) = (bytes_at(args, 1), bytes_at(args, 2)) else {
            return problem("body and content type must be strings");
        };
        judged(compute::<DecodeMultipart>([schema, &body, &kind], EXPECTED_BYTES), parsed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas_have_names() {
        let (a, b) = (Str::of(b"a"), Str::of(b"b"));
        assert!(SCHEMAS.set(a, b"1") && SCHEMAS.set(b, b"2") && SCHEMAS.set(a, b"3"));
        assert_eq!(SCHEMAS.find(Str::of(b"a")), Some(&b"3"[..]));
        assert!(SCHEMAS.remove(a) && !SCHEMAS.remove(a));
        assert_eq!(SCHEMAS.find(a), None);
    }
}
