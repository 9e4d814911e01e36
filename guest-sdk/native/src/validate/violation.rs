//! What is wrong with data, in the words that handlers know. In: the library's errors. Out: paths and messages.

use std::borrow::Cow;

use jsonschema::{ValidationError, Validator, error::ValidationErrorKind as Kind};
use serde::Serialize;
use serde_json::Value;

/// Most violations that are told.
const TOLD_MAX: usize = 64;

/// One violation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// Where: nothing for the whole, else as in `user.tags[0]`.
    pub path: String,
    /// What.
    pub message: Cow<'static, str>,
}

/// Something in the whole is wrong.
pub(super) fn whole() -> Violation {
    Violation { path: String::new(), message: "does not match the schema".into() }
}

/// The violations of data that is not valid. A value of the wrong type has no others.
pub(super) fn collect(validator: &Validator, data: &Value) -> Vec<Violation> {
    let found: Vec<_> = validator.iter_errors(data).take(TOLD_MAX).collect();
    let of_wrong_type = |error: &ValidationError<'_>| {
        !matches!(error.kind(), Kind::Type { .. })
            && found.iter().any(|other| {
                matches!(other.kind(), Kind::Type { .. })
                    && other.instance_path().as_str() == error.instance_path().as_str()
            })
    };
    let mut violations: Vec<Violation> = found
        .iter()
        .filter(|error| !of_wrong_type(error))
        .map(|error| Violation {
            path: path(data, error.instance_path().as_str()),
            message: message(error.kind()),
        })
        .collect();
    if violations.is_empty() {
        violations.push(whole());
    }
    violations
}

/// A JSON pointer as handlers write paths.
fn path(data: &Value, pointer: &str) -> String {
    let mut path = String::new();
    let mut at = Some(data);
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        if let Some(Value::Array(items)) = at {
            path.push_str(&format!("[{step}]"));
            at = step.parse::<usize>().ok().and_then(|index| items.get(index));
        } else {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&step);
            at = at.and_then(|value| value.get(&step));
        }
    }
    path
}

fn message(kind: &Kind) -> Cow<'static, str> {
    match kind {
        Kind::Type { .. } => "type mismatch",
        Kind::MinLength { .. } => "string too short",
        Kind::MaxLength { .. } => "string too long",
        Kind::Minimum { .. } | Kind::ExclusiveMinimum { .. } => "below minimum",
        Kind::Maximum { .. } | Kind::ExclusiveMaximum { .. } => "above maximum",
        Kind::Enum { .. } | Kind::Constant { .. } => "value not in enum",
        Kind::Required { .. } => "missing required field",
        Kind::MultipleOf { .. } => "not a multiple",
        Kind::Pattern { .. } | Kind::RegexEngineFailure { .. } => "pattern mismatch",
        Kind::MinItems { .. } => "too few items",
        Kind::MaxItems { .. } => "too many items",
        Kind::MinProperties { .. } => "too few fields",
        Kind::MaxProperties { .. } => "too many fields",
        Kind::UniqueItems => "items not unique",
        Kind::Contains => "no item matches",
        Kind::AdditionalItems { .. } | Kind::UnevaluatedItems { .. } => "unexpected item",
        Kind::AdditionalProperties { .. } | Kind::UnevaluatedProperties { .. } => {
            "unexpected field"
        }
        Kind::PropertyNames { .. } => "field name not allowed",
        Kind::FalseSchema => "value not allowed",
        Kind::AnyOf { .. } | Kind::OneOfNotValid { .. } => "no alternative matches",
        Kind::OneOfMultipleValid { .. } => "several alternatives match",
        Kind::Not { .. } => "value matches what it must not",
        Kind::Format { format } => return format!("invalid {format} format").into(),
        _ => "does not match the schema",
    }
    .into()
}
