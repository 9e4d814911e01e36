//! What a policy does not allow, as data and in words: for each need the clause, the imports that need it, and the exact text
//! that would allow it.

use std::fmt;

use purview_abi::contract::ImportName;

use crate::contract::shown;

/// Every need of a handler that the policy does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The handler's name.
    pub handler: String,
    /// At least one violation: environment, egress, cache, SQL, folders, limits; in each the literals before the dynamic use.
    pub violations: Vec<Violation>,
}

/// One need that is not allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// What is needed.
    pub need: Need,
    /// The imports that need it.
    pub imports: Vec<ImportName>,
    /// The clause that does not allow it, for example `env.allow`.
    pub clause: String,
    /// Where the clause stands: `file:line:column`.
    pub address: String,
}

/// Something a handler needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// An environment variable.
    Env(String),
    /// Environment variables whose names are chosen at run time.
    EnvDynamic,
    /// A host, with the text that would allow it.
    Host(String),
    /// Hosts chosen at run time.
    EgressDynamic,
    /// A cache namespace.
    Namespace(String),
    /// Namespaces chosen at run time.
    CacheDynamic,
    /// A SQL statement.
    Query(String),
    /// A folder of files.
    Folder(String),
    /// Memory at the start, in bytes, and the limit that is lower.
    Memory {
        /// What the module starts with.
        bytes: u64,
        /// The limit in force.
        limit: u64,
    },
}

impl Violation {
    /// A stable name for this kind of violation.
    pub const fn code(&self) -> &'static str {
        match self.need {
            Need::Env(_) => "policy.env",
            Need::EnvDynamic => "policy.env-dynamic",
            Need::Host(_) => "policy.egress",
            Need::EgressDynamic => "policy.egress-dynamic",
            Need::Namespace(_) => "policy.cache",
            Need::CacheDynamic => "policy.cache-dynamic",
            Need::Query(_) => "policy.sql",
            Need::Folder(_) => "policy.assets",
            Need::Memory { .. } => "policy.memory",
        }
    }

    /// What to do next.
    pub fn help(&self) -> String {
        let clause = &self.clause;
        let dynamic = |what: &str, section: &str| {
            format!(
                "write {what} as literals in the handler, or leave `{section}` out of the policy: an absent section restricts nothing"
            )
        };
        match &self.need {
            Need::Env(name) if clause.ends_with(".values") => {
                format!("add {}: \"…\" to `{clause}`", quoted(name))
            }
            Need::Env(text) | Need::Host(text) | Need::Namespace(text) | Need::Query(text) => {
                format!("add {} to `{clause}`", quoted(text))
            }
            Need::Folder(text) => {
                format!("add {}: \"path\" to `{clause}`, a folder beneath the policy", quoted(text))
            }
            Need::EnvDynamic => dynamic("the variables' names", "env"),
            Need::EgressDynamic => dynamic("the origins", "egress"),
            Need::CacheDynamic => dynamic("the namespaces", "cache"),
            Need::Memory { bytes, .. } => format!("set `{clause}` to {bytes} or more"),
        }
    }
}

/// The text as it would stand in the policy.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Env(name) => write!(f, "environment variable `{}`", shown(name)),
            Self::EnvDynamic => f.write_str("environment variables chosen at run time"),
            Self::Host(host) => write!(f, "outbound host `{}`", shown(host)),
            Self::EgressDynamic => f.write_str("outbound hosts chosen at run time"),
            Self::Namespace(name) => write!(f, "cache namespace `{}`", shown(name)),
            Self::CacheDynamic => f.write_str("cache namespaces chosen at run time"),
            Self::Query(name) => write!(f, "SQL statement `{}`", shown(name)),
            Self::Folder(name) => write!(f, "the folder of files `{}`", shown(name)),
            Self::Memory { bytes, limit } => {
                write!(f, "{bytes} bytes of memory at the start, the limit is {limit}")
            }
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for violation in &self.violations {
            writeln!(
                f,
                "error[{}]: handler `{}` is not allowed {}",
                violation.code(),
                shown(&self.handler),
                violation.need
            )?;
            writeln!(f, "  --> {} (`{}`)", violation.address, shown(&violation.clause))?;
            for import in &violation.imports {
                writeln!(f, "  = import: `{}` / `{}`", import.module, shown(&import.name))?;
            }
            writeln!(f, "  = help: {}", violation.help())?;
        }
        let count = self.violations.len();
        let noun = if count == 1 { "violation" } else { "violations" };
        write!(
            f,
            "handler `{}`: {count} {noun} of the policy; it is not loaded",
            shown(&self.handler)
        )
    }
}

impl std::error::Error for Refusal {}
