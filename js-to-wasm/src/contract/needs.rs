//! Bindings → what the program needs of each capability. In: the values that reach each call. Out: [`Needs`], as a contract lists
//! them, and the names that no import can have.

use std::collections::{BTreeMap, BTreeSet};

use purview_abi::name::{CacheVerb, Value};

use super::{
    bindings::{Bindings, HostFunction},
    names::{Names, is_name},
};
use crate::{diagnostic::Diagnostic, source::Span};

/// What a program needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs {
    /// Environment variables.
    pub env: Need,
    /// Origins.
    pub egress: Need,
    /// Namespaces, by what is done with them.
    pub cache: BTreeMap<CacheVerb, Need>,
    /// Names of SQL statements.
    pub sql: Need,
}

/// What a program needs of one capability: some calls may know their values while others choose at run time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Need {
    /// Every value of the calls that know theirs.
    pub literal: BTreeSet<String>,
    /// Whether a call chooses at run time.
    pub dynamic: bool,
}

impl Need {
    fn add(&mut self, names: &Names) {
        self.literal.extend(names.literals().map(str::to_owned));
        self.dynamic |= names.is_dynamic();
    }

    /// Whether a value is among the needs.
    pub fn has(&self, value: Value<'_>) -> bool {
        match value {
            Value::Any => self.dynamic,
            Value::Literal(name) => self.literal.contains(name),
        }
    }
}

/// The verb of a function of `purview:cache`.
fn verb(function: &str) -> Option<CacheVerb> {
    match function {
        "cacheGet" => Some(CacheVerb::Get),
        "cacheSet" => Some(CacheVerb::Set),
        "cacheDelete" => Some(CacheVerb::Delete),
        "cacheIncr" => Some(CacheVerb::Incr),
        "cacheStats" => Some(CacheVerb::Stats),
        _ => None,
    }
}

/// Adds up what all calls need.
pub(super) fn add_up(bindings: &Bindings) -> Needs {
    let mut needs = Needs::default();
    for site in bindings.sites() {
        match site.function {
            ("env", _) => needs.env.add(&site.names),
            ("fetch", _) => needs.egress.add(&site.names),
            ("cache", function) => {
                if let Some(verb) = verb(function) {
                    needs.cache.entry(verb).or_default().add(&site.names);
                }
            }
            ("ratelimit", function) => {
                // Counts are kept in a namespace of their own.
                let reset = function == "rateReset";
                let verb = if reset { CacheVerb::Delete } else { CacheVerb::Incr };
                needs.cache.entry(verb).or_default().literal.insert("ratelimit".to_owned());
            }
            ("sql", "sqlOne" | "sqlMany" | "sqlExec") => needs.sql.add(&site.names),
            _ => {}
        }
    }
    needs
}

/// How the names of a function become names of imports: module, what follows the name, and what it is a name of.
fn spelling(function: HostFunction) -> Option<(&'static str, &'static str, &'static str)> {
    match function.0 {
        "env" => Some(("purview:env", "", "an environment variable")),
        "cache" => Some(("purview:cache", ".get", "a cache namespace")),
        "sql" => Some(("purview:sql", "", "an SQL statement")),
        _ => None,
    }
}

/// Leaves out names that nothing can have, unless nothing else reaches the call: `env(name ?? "")` reads only `name`.
pub(super) fn drop_impossible(function: HostFunction, names: &mut Names) {
    let Some((module, suffix, _)) = spelling(function) else { return };
    if let Names::Literal(names) = names {
        let fits = |name: &String| *name == "*" || is_name(module, &format!("{name}{suffix}"));
        if names.iter().any(fits) {
            names.retain(fits);
        }
    }
}

/// What is wrong with the names that reach a call.
pub(super) fn judge(
    place: Span,
    function: HostFunction,
    names: &Names,
    found: &mut Vec<Diagnostic>,
) {
    let Some((module, suffix, what)) = spelling(function) else { return };
    let wrong: BTreeSet<&str> = names
        .literals()
        .filter(|name| *name == "*" || !is_name(module, &format!("{name}{suffix}")))
        .collect();
    for name in wrong {
        let message = format!("`{}` is no name of {what}", name.escape_debug());
        let help = match name {
            "*" => "`*` stands for any name in contracts; choose another one".to_owned(),
            _ => format!("give {what} a name without `=` and control characters"),
        };
        found.push(Diagnostic::error("JS700", place, message).with_help(help));
    }
    if function.0 == "sql" && names.is_dynamic() {
        let message = "the name of an SQL statement must be known before the program runs";
        let help = "write the name that `sql(name, statement)` registers as a literal";
        found.push(Diagnostic::error("JS701", place, message).with_help(help));
    }
}
