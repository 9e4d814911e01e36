//! What `serve` prints before it serves: routes, grants and limits of each handler.

use std::fmt::Write as _;

use purview_abi::name::Import;

use super::sandbox;
use crate::{
    limits::{Limits, Scope, TABLE},
    load::{Admitted, Loaded},
};

/// The report.
pub(super) fn report(loaded: &Loaded) -> String {
    let mut out = String::new();
    for handler in &loaded.admitted {
        show_handler(&mut out, handler).expect("writing to a string succeeds");
    }
    let server = changed(&loaded.service.limits, Scope::Server);
    if !server.is_empty() {
        let _ = writeln!(out, "server limits: {server}");
    }
    for warning in &loaded.warnings {
        let _ = writeln!(out, "warning: {warning}");
    }
    out
}

fn show_handler(out: &mut String, handler: &Admitted) -> std::fmt::Result {
    writeln!(out, "{} ({})", handler.name, handler.file.display())?;
    if let Some(host) = &handler.host {
        writeln!(out, "  host    {host}")?;
    }
    for route in &handler.contract.document.routes {
        writeln!(out, "  route   {:7} {}{}", route.method, handler.prefix, route.pattern)?;
    }
    let mut wasi = 0;
    for granted in handler.grants.imports() {
        match granted.import() {
            Import::Wasi(_) => wasi += 1,
            _ => writeln!(out, "  grant   {} / {}", granted.module(), granted.name())?,
        }
    }
    if wasi > 0 {
        writeln!(out, "  grant   wasi_snapshot_preview1 ({wasi} functions; no files, no sockets)")?;
    }
    if handler.grants.imports().next().is_none() {
        writeln!(out, "  grant   nothing: it can only answer")?;
    }
    out.push_str(&sandbox::report(&handler.contract.document, "  "));
    let limits = handler.grants.limits();
    write!(
        out,
        "  limits  memory {} KiB, cpu {} ms, wall {} ms",
        limits.memory_bytes / 1024,
        limits.cpu_ms,
        limits.wall_ms
    )?;
    writeln!(
        out,
        ", request body {} KiB, response {} KiB",
        limits.request_body_bytes / 1024,
        limits.response_body_bytes / 1024
    )
}

/// The limits of a scope that are not at their default.
fn changed(limits: &Limits, scope: Scope) -> String {
    let shown: Vec<String> = TABLE
        .iter()
        .filter(|limit| limit.scope == scope)
        .filter_map(|limit| {
            limits
                .get(limit.name)
                .filter(|value| *value != limit.default)
                .map(|value| format!("{} {value}", limit.name))
        })
        .collect();
    shown.join(", ")
}
