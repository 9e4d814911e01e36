//! An inspection as JSON: `{"file", "contract", "grants"}`, or `{"file", "errors"}` for a file that is no handler.

use serde_json::{Map, Value, json};

use super::{Fate, Inspection};
use crate::{
    contract::ContractError,
    limits::{Scope, TABLE},
    policy::grant::Violation,
};

pub(super) fn write(inspection: &Inspection<'_>) -> String {
    let document: Value = serde_json::from_str(&inspection.contract.document.to_json())
        .expect("the document is written as JSON");
    let imports: Vec<Value> = inspection
        .contract
        .document
        .imports
        .iter()
        .map(|import| {
            let (fate, code) = match inspection.fate(import) {
                Fate::Granted => ("granted", Value::Null),
                Fate::NotOffered => ("notOffered", Value::Null),
                Fate::Refused(violation) => ("refused", violation.code().into()),
            };
            json!({ "module": import.module, "name": import.name, "fate": fate, "code": code })
        })
        .collect();
    let limits: Map<String, Value> = TABLE
        .iter()
        .filter(|row| row.scope == Scope::Handler)
        .filter_map(|row| Some((row.name.to_owned(), inspection.limits.get(row.name)?.into())))
        .collect();
    let violations: Vec<Value> = match &inspection.verdict {
        Ok(_) => Vec::new(),
        Err(refusal) => refusal.violations.iter().map(violation).collect(),
    };
    let warnings: Vec<Value> = inspection
        .warnings()
        .map(|warning| json!({ "code": warning.code(), "message": warning.message(), "at": warning.address() }))
        .collect();
    pretty(&json!({
        "file": inspection.file,
        "contract": document,
        "grants": {
            "handler": inspection.handler,
            "policy": inspection.policy.map(|policy| policy.source().name.clone()),
            "loads": inspection.is_granted(),
            "imports": imports,
            "violations": violations,
            "warnings": warnings,
            "limits": limits,
        },
    }))
}

/// A file whose contract cannot be read.
pub fn not_a_handler(file: &str, error: &ContractError) -> String {
    let errors: Vec<Value> = error
        .problems
        .iter()
        .map(|problem| {
            json!({
                "code": problem.code(),
                "message": problem.to_string(),
                "help": problem.help(),
            })
        })
        .collect();
    pretty(&json!({ "file": file, "errors": errors }))
}

fn violation(violation: &Violation) -> Value {
    let imports: Vec<Value> = violation
        .imports
        .iter()
        .map(|import| json!({ "module": import.module, "name": import.name }))
        .collect();
    json!({
        "code": violation.code(),
        "need": violation.need.to_string(),
        "imports": imports,
        "clause": violation.clause,
        "at": violation.address,
        "help": violation.help(),
    })
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("values of JSON are always written")
}
