//! An inspection as text for people. Names come from the module and are escaped.

use std::fmt::{self, Write as _};

use purview_abi::{
    call,
    contract::{Contract as Document, ImportName, RouteKind},
    name::{Import, WASI},
};

use super::{Fate, Inspection};
use crate::{
    contract::{shown, wasi},
    limits::{Limits, Scope, TABLE},
};

/// The order in which capabilities are shown; others follow by name, WASI comes last.
const ORDER: [&str; 10] = [
    "purview:env",
    "purview:egress",
    "purview:cache",
    "purview:sql",
    "purview:assets",
    "purview:http",
    "purview:files",
    "purview:log",
    "purview:clock",
    "purview:random",
];

pub(super) fn write(inspection: &Inspection<'_>) -> String {
    let mut out = String::new();
    all(&mut out, inspection).expect("a string takes every text");
    out.truncate(out.trim_end().len());
    out
}

fn all(out: &mut String, inspection: &Inspection<'_>) -> fmt::Result {
    let document = &inspection.contract.document;
    writeln!(out, "{}", shown(inspection.file))?;
    if let Some(place) = &document.handler {
        writeln!(out, "compiled from {}:{}:{}", shown(&place.path), place.line, place.column)?;
    }
    routes(out, document)?;
    imports(out, inspection)?;
    waiting(out, document)?;
    memory(out, document)?;
    sandbox(out, inspection)?;
    limits(out, inspection)?;
    verdict(out, inspection)
}

fn routes(out: &mut String, document: &Document) -> fmt::Result {
    writeln!(out, "\nServes")?;
    let method_width = document.routes.iter().map(|route| route.method.len()).max().unwrap_or(0);
    for route in &document.routes {
        let method = shown(&route.method);
        write!(out, "  {method:method_width$} {}", shown(&route.pattern))?;
        if route.kind == RouteKind::Any {
            out.push_str("   whatever no other route answers");
        }
        if route.constant {
            out.push_str("   always the same answer, says the compiler");
        }
        out.push('\n');
    }
    Ok(())
}

fn imports(out: &mut String, inspection: &Inspection<'_>) -> fmt::Result {
    let document = &inspection.contract.document;
    if document.imports.is_empty() {
        return writeln!(out, "\nMay touch nothing: the module has no imports");
    }
    writeln!(out, "\nMay touch")?;
    let mut modules: Vec<&String> = document.modules.iter().collect();
    modules.sort_by_key(|module| {
        let at = ORDER.iter().position(|known| known == module).unwrap_or(ORDER.len());
        (module.as_str() == WASI, at, *module)
    });
    for module in modules {
        writeln!(out, "  {}", shown(module))?;
        for import in document.imports.iter().filter(|import| import.module == *module) {
            one_import(out, inspection, import)?;
        }
    }
    Ok(())
}

fn one_import(out: &mut String, inspection: &Inspection<'_>, import: &ImportName) -> fmt::Result {
    let name = shown(&import.name);
    match inspection.fate(import) {
        Fate::Granted => writeln!(out, "    granted      {name}{}", meaning(import)),
        Fate::NotOffered => {
            writeln!(out, "    not offered  {name}   this version of purview has no such call")
        }
        Fate::Refused(violation) => writeln!(
            out,
            "    refused      {name}   not in `{}` ({})",
            shown(&violation.clause),
            shown(&violation.address)
        ),
    }
}

/// A few words for names that do not explain themselves.
fn meaning(import: &ImportName) -> String {
    let words = match Import::parse(&import.module, &import.name) {
        Ok(Import::Env(value)) if value.literal().is_none() => "any variable, chosen at run time",
        Ok(Import::Egress(value)) if value.literal().is_none() => {
            "any public host, chosen at run time"
        }
        Ok(Import::Cache(value, _)) if value.literal().is_none() => {
            "any namespace, chosen at run time"
        }
        Ok(Import::Wasi(name)) => wasi::find(name).map_or("", |function| function.meaning),
        _ => "",
    };
    if words.is_empty() { String::new() } else { format!("   {words}") }
}

fn waiting(out: &mut String, document: &Document) -> fmt::Result {
    if !document.suspends {
        return writeln!(out, "\nNever waits: no import suspends it");
    }
    let waits = |import: &&ImportName| {
        Import::parse(&import.module, &import.name).is_ok_and(|import| call::suspends(&import))
    };
    let names: Vec<String> = document
        .imports
        .iter()
        .filter(waits)
        .map(|import| format!("`{}` / `{}`", import.module, shown(&import.name)))
        .collect();
    writeln!(out, "\nMay wait in {}", names.join(", "))
}

fn memory(out: &mut String, document: &Document) -> fmt::Result {
    write!(out, "Memory: {} at the start", size(document.limits.memory_bytes_min))?;
    match document.limits.memory_bytes_max {
        Some(bytes) => writeln!(out, ", {} at most by its own word", size(bytes)),
        None => writeln!(out, ", no bound of its own"),
    }
}

/// What is left open after contract and policy.
fn sandbox(out: &mut String, inspection: &Inspection<'_>) -> fmt::Result {
    let document = &inspection.contract.document;
    let sections: [(&str, &[String], bool); 5] = [
        ("env", &document.env.literal, document.env.dynamic),
        ("egress", &document.egress.origins, document.egress.dynamic),
        ("cache", &document.cache.namespaces, document.cache.dynamic),
        ("sql", &document.sql.queries, false),
        ("assets", &document.assets.folders, false),
    ];
    let open: Vec<&str> =
        sections.iter().filter(|(_, _, dynamic)| *dynamic).map(|(name, ..)| *name).collect();
    if open.is_empty() {
        writeln!(out, "\nSandbox: complete, every name stands in the imports")?;
    } else {
        writeln!(
            out,
            "\nSandbox: open in {}, where names are chosen at run time",
            open.join(", ")
        )?;
    }
    for (name, literals, dynamic) in sections {
        let names: Vec<String> = literals.iter().map(|literal| shown(literal)).collect();
        let names = names.join(", ");
        match (literals.is_empty(), dynamic) {
            (true, false) => writeln!(out, "  {name}: nothing")?,
            (false, false) => writeln!(out, "  {name}: only {names}")?,
            (true, true) => writeln!(out, "  {name}: anything")?,
            (false, true) => writeln!(out, "  {name}: anything; by name {names}")?,
        }
    }
    Ok(())
}

fn limits(out: &mut String, inspection: &Inspection<'_>) -> fmt::Result {
    writeln!(out, "\nLimits")?;
    let defaults = Limits::default();
    for row in TABLE.iter().filter(|row| row.scope == Scope::Handler) {
        let value = inspection.limits.get(row.name).unwrap_or(row.default);
        let own = if defaults.get(row.name) == Some(value) { "" } else { "   (not the default)" };
        let amount = if row.name.ends_with("_bytes") {
            size(value)
        } else if !row.name.ends_with("_ms") {
            value.to_string()
        } else if value.is_multiple_of(1000) {
            format!("{} s", value / 1000)
        } else {
            format!("{value} ms")
        };
        writeln!(out, "  {:20} {amount}{own}", row.name)?;
    }
    Ok(())
}

fn verdict(out: &mut String, inspection: &Inspection<'_>) -> fmt::Result {
    for warning in inspection.warnings() {
        writeln!(out, "\n{warning}")?;
    }
    let handler = shown(inspection.handler);
    match (&inspection.verdict, inspection.policy) {
        (Err(refusal), _) => writeln!(out, "\n{refusal}"),
        (Ok(_), _) if !inspection.is_granted() => writeln!(
            out,
            "\nHandler `{handler}` does not load: this version of purview lacks the calls that are not offered"
        ),
        (Ok(_), None) => writeln!(out, "\nHandler `{handler}` loads without a policy"),
        (Ok(_), Some(policy)) => {
            writeln!(
                out,
                "\nHandler `{handler}` loads with policy {}",
                shown(&policy.source().name)
            )
        }
    }
}

/// Whole units only: `64 MiB`, `65537 bytes`.
fn size(bytes: u64) -> String {
    const UNITS: [(&str, u64); 3] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
    let unit = UNITS.iter().find(|(_, unit)| bytes >= *unit && bytes.is_multiple_of(*unit));
    match unit {
        Some((name, unit)) => format!("{} {name}", bytes / unit),
        None => format!("{bytes} bytes"),
    }
}
