//! Checks the compiler's claims. In: the custom section, and the document derived from imports and exports. Out: the document with
//! what only a compiler can know; a problem where a claim contradicts the module. Claims never give authority.

use std::collections::BTreeMap;

use purview_abi::contract::{Contract as Document, Cost, Place, Proofs, Route, Verification};
use serde_json::{Map, Value};

use super::problem::Problem;

/// Largest section that is read.
pub(super) const BYTES_MAX: usize = 1 << 20;

/// Keys whose claimed value must equal the derived one.
const WHOLE: [&str; 4] = ["modules", "functions", "imports", "suspends"];
/// Keys whose members are compared one by one, those that are claimed.
const BY_MEMBER: [&str; 5] = ["env", "egress", "cache", "sql", "assets"];

/// Compares the claims with the document and completes it.
pub(super) fn check(sections: &[&[u8]], document: &mut Document, problems: &mut Vec<Problem>) {
    let bytes = match sections {
        [] => return,
        [one] => *one,
        _ => return problems.push(Problem::ClaimsTwice),
    };
    if bytes.len() > BYTES_MAX {
        return problems.push(Problem::ClaimsTooLarge { bytes: bytes.len() });
    }
    let claims: Map<String, Value> = match serde_json::from_slice(bytes) {
        Ok(claims) => claims,
        Err(error) => {
            return problems.push(Problem::ClaimsUnreadable { message: error.to_string() });
        }
    };
    let derived: Map<String, Value> = serde_json::from_str(&document.to_json())
        .expect("the document is written as a JSON object");
    if claims.get("version") != derived.get("version") {
        problems.push(Problem::ClaimsShape { key: "version", expected: "1" });
        return;
    }
    compare(&claims, &derived, problems);
    compare_properties(&claims, &derived, document, problems);
    compare_routes(&claims, document, problems);
    let mut claimed = Claimed { claims: &claims, problems };
    claimed.complete(document);
}

fn compare(claims: &Map<String, Value>, derived: &Map<String, Value>, problems: &mut Vec<Problem>) {
    for key in WHOLE {
        let (Some(claimed), Some(found)) = (claims.get(key), derived.get(key)) else { continue };
        disagree(key.to_owned(), claimed, found, problems);
    }
    for key in BY_MEMBER {
        let (Some(claimed), Some(found)) = (claims.get(key), derived.get(key)) else { continue };
        let (Some(claimed), Some(found)) = (claimed.as_object(), found.as_object()) else {
            problems.push(Problem::ClaimsShape { key, expected: "an object" });
            continue;
        };
        for (member, found) in found {
            if let Some(claimed) = claimed.get(member) {
                disagree(format!("{key}.{member}"), claimed, found, problems);
            }
        }
    }
}

/// A compiler may know less than imports say (an import may serve what it cannot follow), never more.
fn compare_properties(
    claims: &Map<String, Value>,
    derived: &Map<String, Value>,
    document: &mut Document,
    problems: &mut Vec<Problem>,
) {
    let Some(claimed) = claims.get("properties") else { return };
    let Some(claimed) = claimed.as_object() else {
        return problems.push(Problem::ClaimsShape { key: "properties", expected: "an object" });
    };
    let properties = &mut document.properties;
    for (member, found) in [
        ("pure", &mut properties.pure),
        ("readOnly", &mut properties.read_only),
        ("stateless", &mut properties.stateless),
        ("deterministic", &mut properties.deterministic),
    ] {
        let Some(value) = claimed.get(member) else { continue };
        if value == &Value::Bool(false) {
            *found = false;
        } else if let Some(derived) = derived.get("properties").and_then(|all| all.get(member)) {
            disagree(format!("properties.{member}"), value, derived, problems);
        }
    }
}

fn disagree(key: String, claimed: &Value, found: &Value, problems: &mut Vec<Problem>) {
    if sorted(claimed) != sorted(found) {
        problems.push(Problem::ClaimsDisagree {
            key,
            claimed: claimed.to_string(),
            found: found.to_string(),
        });
    }
}

/// The value with every list in one order: lists here are sets.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(sorted).collect();
            items.sort_by_cached_key(Value::to_string);
            Value::Array(items)
        }
        Value::Object(members) => {
            let mut members: Map<String, Value> =
                members.iter().map(|(key, value)| (key.clone(), sorted(value))).collect();
            members.sort_keys();
            Value::Object(members)
        }
        other => other.clone(),
    }
}

/// Routes must be the same set; what is claimed about their answers is taken over.
fn compare_routes(
    claims: &Map<String, Value>,
    document: &mut Document,
    problems: &mut Vec<Problem>,
) {
    let Some(claimed) = claims.get("routes") else { return };
    let Some(claimed) = claimed.as_array() else {
        return problems.push(Problem::ClaimsShape { key: "routes", expected: "a list" });
    };
    let mut by_export: BTreeMap<String, &Value> = BTreeMap::new();
    for route in claimed {
        let text = |key: &str| route.get(key).and_then(Value::as_str);
        let (Some(pattern), Some(method)) = (text("pattern"), text("method")) else {
            return problems.push(Problem::ClaimsShape {
                key: "routes",
                expected: "a list of routes with `pattern` and `method`",
            });
        };
        by_export.insert(format!("{method} {pattern}"), route);
    }
    let found: Vec<String> = document.routes.iter().map(Route::export).collect();
    if by_export.len() != claimed.len()
        || !found.iter().all(|route| by_export.contains_key(route))
        || found.len() != by_export.len()
    {
        return problems.push(Problem::ClaimsDisagree {
            key: "routes".to_owned(),
            claimed: by_export.keys().cloned().collect::<Vec<_>>().join(", "),
            found: found.join(", "),
        });
    }
    for route in &mut document.routes {
        let Some(claimed) = by_export.get(&route.export()) else { continue };
        route.status = claimed
            .get("status")
            .and_then(Value::as_u64)
            .and_then(|status| u16::try_from(status).ok())
            .filter(|status| (100..=599).contains(status));
        route.content_type =
            claimed.get("contentType").and_then(Value::as_str).map(ToOwned::to_owned);
        route.constant = claimed.get("aot").and_then(Value::as_bool).unwrap_or(false);
    }
}

/// Claims that imports cannot show.
struct Claimed<'a> {
    claims: &'a Map<String, Value>,
    problems: &'a mut Vec<Problem>,
}

impl Claimed<'_> {
    fn complete(&mut self, document: &mut Document) {
        document.handler = self.read("handler", "null or `path`, `line` and `column`", |value| {
            let number = |key: &str| u32::try_from(value.get(key)?.as_u64()?).ok();
            Some(Place {
                path: value.get("path")?.as_str()?.to_owned(),
                line: number("line")?,
                column: number("column")?,
            })
        });
        document.verification = self.read("verification", "null or four flags", |value| {
            let flag = |key: &str| value.get(key)?.as_bool();
            Some(Verification {
                exhaustive_returns: flag("exhaustiveReturns")?,
                results_safe: flag("resultsSafe")?,
                unreachable_code: flag("unreachableCode")?,
                bytecode_verified: flag("bytecodeVerified")?,
            })
        });
        document.properties.state_isolated = self
            .claims
            .get("properties")
            .and_then(|properties| properties.get("stateIsolated"))
            .and_then(Value::as_bool);
        document.proofs = self.proofs();
    }

    /// What a compiler proved of every request. What is not claimed is not proven.
    fn proofs(&self) -> Option<Proofs> {
        let properties = self.claims.get("properties")?.as_object()?;
        properties.get("cost")?;
        let proven = |key: &str| properties.get(key) == Some(&Value::Bool(true));
        let cost = properties.get("cost").and_then(Value::as_str);
        Some(Proofs {
            retry_safe: proven("retrySafe"),
            idempotent: proven("idempotent"),
            result_safe: proven("resultSafe"),
            optional_safe: proven("optionalSafe"),
            injection_safe: proven("injectionSafe"),
            no_secret_leakage: proven("noSecretLeakage"),
            secrets_by_name: properties.get("secretsByName") != Some(&Value::Bool(false)),
            no_credential_leakage: proven("noCredentialLeakage"),
            input_validated: proven("inputValidated"),
            cost: Cost::ALL
                .into_iter()
                .find(|known| Some(known.as_str()) == cost)
                .unwrap_or_default(),
        })
    }

    fn read<T>(
        &mut self,
        key: &'static str,
        expected: &'static str,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.claims.get(key).filter(|value| !value.is_null())?;
        let result = read(value);
        if result.is_none() {
            self.problems.push(Problem::ClaimsShape { key, expected });
        }
        result
    }
}
