//! What a module's sandbox is, in a few lines: per section what it is restricted to, and what is proven of every request. In: the
//! contract document. Out: text. The same lines stand in `check`, `build` and `serve`.

use std::fmt::Write as _;

use purview_abi::contract::Contract;

use crate::contract::shown;

/// The report, each line behind `indent`.
pub(super) fn report(document: &Contract, indent: &str) -> String {
    let (env, egress, cache) = (&document.env, &document.egress, &document.cache);
    let dynamic = env.dynamic || egress.dynamic || cache.dynamic;
    let mut out = String::new();
    let title = match dynamic {
        false => "Sandbox: complete (all access statically proven)",
        true => "Sandbox: partial (some access is chosen at run time)",
    };
    let _ = writeln!(out, "{indent}{title}");
    for (name, proven, dynamic) in [
        ("env", &env.literal, env.dynamic),
        ("egress", &egress.origins, egress.dynamic),
        ("cache", &cache.namespaces, cache.dynamic),
        ("sql", &document.sql.queries, false),
        ("assets", &document.assets.folders, false),
    ] {
        // Programs of the language have no files.
        if name == "assets" && proven.is_empty() {
            continue;
        }
        let list: Vec<String> = proven.iter().map(|name| shown(name).to_string()).collect();
        let list = list.join(", ");
        let _ = match (dynamic, proven.len()) {
            (true, 0) => writeln!(out, "{indent}  {name}: unrestricted (dynamic access detected)"),
            (true, _) => writeln!(
                out,
                "{indent}  {name}: unrestricted (dynamic access detected; known: {list})"
            ),
            (false, 0) => {
                writeln!(out, "{indent}  {name}: restricted to [] (none proven, no dynamic access)")
            }
            (false, count) => writeln!(
                out,
                "{indent}  {name}: restricted to [{list}] ({count} proven, no dynamic access)"
            ),
        };
    }
    out + &proofs(document, indent)
}

/// What is proven of every request, and what is not.
fn proofs(document: &Contract, indent: &str) -> String {
    let (properties, Some(proofs)) = (&document.properties, &document.proofs) else {
        return String::new();
    };
    let all = [
        ("pure", properties.pure),
        ("read_only", properties.read_only),
        ("stateless", properties.stateless),
        ("deterministic", properties.deterministic),
        ("state_isolated", properties.state_isolated == Some(true)),
        ("retry_safe", proofs.retry_safe),
        ("idempotent", proofs.idempotent),
        ("result_safe", proofs.result_safe),
        ("optional_safe", proofs.optional_safe),
        ("injection_safe", proofs.injection_safe),
        ("no_secret_leakage", proofs.no_secret_leakage),
        ("no_credential_leakage", proofs.no_credential_leakage),
        ("input_validated", proofs.input_validated),
    ];
    let named = |wanted: bool| {
        let names: Vec<&str> =
            all.iter().filter(|(_, proven)| *proven == wanted).map(|(name, _)| *name).collect();
        if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
    };
    let mut out = String::new();
    let _ = writeln!(out, "{indent}  proven: {}", named(true));
    let _ = writeln!(out, "{indent}  not proven: {}", named(false));
    if proofs.no_secret_leakage && proofs.secrets_by_name {
        let _ = writeln!(
            out,
            "{indent}  note: no_secret_leakage rests on the names of variables: some variable is shown"
        );
    }
    let _ = writeln!(out, "{indent}  cost: {}", proofs.cost.as_str());
    out
}
