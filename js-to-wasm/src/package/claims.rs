//! What the compiler says of a module, for its contract section. In: the module's imports, and what was found by following data. Out:
//! claims as JSON: no more than both say; an error if the module imports what no data leads to, which is a fault of the compiler.

use purview_abi::{
    contract::{Contract as Document, Limits},
    name::{Import, Value},
};
use serde_json::{Value as Json, json};
use wasmparser::{Parser, Payload, TypeRef};

use crate::{
    contract::{Contract, Property},
    parse::Program,
    source::Span,
};

/// Properties that follow from imports too; where imports do not show them, they are not claimed.
const DERIVED: [&str; 4] = ["pure", "readOnly", "stateless", "deterministic"];

/// The claims of a module.
pub(super) fn claims(
    program: &Program,
    contract: &Contract,
    handler: Option<Span>,
    wasm: &[u8],
) -> Result<Json, String> {
    let imports = imports(wasm)?;
    for (module, name) in &imports {
        if !is_led_to(contract, module, name) {
            return Err(format!(
                "no data of the program leads to the import `{module}` / `{name}`"
            ));
        }
    }
    let names = imports.iter().map(|(module, name)| (*module, *name));
    let derived = Document::derive(names, [], Limits::default()).map_err(|e| e.to_string())?;
    let derived: Json = serde_json::from_str(&derived.to_json()).map_err(|e| e.to_string())?;
    let mut properties = contract.properties.to_json();
    for key in DERIVED {
        if derived["properties"][key] != json!(true) {
            properties[key] = json!(false);
        }
    }
    let handler = handler.map(|span| {
        let file = program.sources.file(span.file);
        let position = file.position(span.start);
        json!({ "path": file.path(), "line": position.line, "column": position.column_utf16 })
    });
    let proven = program.types.proven();
    Ok(json!({
        "version": 1, "handler": handler,
        "env": derived["env"], "egress": derived["egress"], "cache": derived["cache"],
        "sql": derived["sql"], "properties": properties,
        "verification": {
            "exhaustiveReturns": proven.answers,
            "resultsSafe": contract.properties.verdict(Property::ResultSafe).is_proven(),
            "unreachableCode": proven.reached,
            // A module that does not pass is not packed.
            "bytecodeVerified": true,
        },
    }))
}

/// Module and name of every imported function.
fn imports(wasm: &[u8]) -> Result<Vec<(&str, &str)>, String> {
    let mut found = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.map_err(|error| error.to_string())?;
        if let Payload::ImportSection(section) = payload {
            for import in section.into_imports() {
                let import = import.map_err(|error| error.to_string())?;
                if matches!(import.ty, TypeRef::Func(_)) {
                    found.push((import.module, import.name));
                }
            }
            break;
        }
    }
    Ok(found)
}

/// Whether data leads to an import.
fn is_led_to(contract: &Contract, module: &str, name: &str) -> bool {
    let needs = &contract.needs;
    match Import::parse(module, name) {
        Ok(Import::Env(value)) => needs.env.has(value),
        Ok(Import::Egress(value)) => needs.egress.has(value),
        Ok(Import::Cache(value, verb)) => {
            needs.cache.get(&verb).is_some_and(|need| need.has(value))
        }
        Ok(Import::Sql(name)) => needs.sql.has(Value::Literal(name)),
        Ok(Import::Call(..) | Import::Wasi(_)) => true,
        // The language has no files.
        Ok(Import::Assets(_)) | Err(_) => false,
    }
}
