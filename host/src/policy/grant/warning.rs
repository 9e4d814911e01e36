//! What is allowed, but should be looked at: dynamic use that nothing restricts, and entries that no handler needs.

use std::fmt;

use purview_abi::name::Origin;

use crate::{
    contract::{Contract, shown},
    policy::{HostPattern, Policy, Section, Sections},
};

/// Something that is allowed, but that an operator should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// A handler chooses at run time, and nothing restricts it.
    Unrestricted {
        /// The handler.
        handler: String,
        /// The section that would restrict it.
        section: &'static str,
    },
    /// The policy names handlers, but not this one.
    Unnamed {
        /// The handler.
        handler: String,
        /// The policy's file.
        file: String,
    },
    /// The policy names a handler that is not there.
    NoSuchHandler {
        /// The name.
        handler: String,
        /// Where it stands.
        address: String,
    },
    /// The policy allows what no handler needs.
    Unused {
        /// The entry.
        entry: String,
        /// Its clause.
        clause: String,
        /// Where it stands.
        address: String,
    },
}

/// What the policy allows and none of these handlers needs. `handlers` are all that the policy is used for.
pub fn over_grants(policy: &Policy, handlers: &[(&str, &Contract)]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let mut every = Clauses { policy, handlers, warnings: &mut warnings };
    every.unused(
        |sections| sections.env.as_ref().map(|env| &env.names),
        |name, contract| {
            contract.document.env.dynamic || contract.document.env.literal.contains(name)
        },
    );
    every.unused(
        |sections| sections.egress.as_ref(),
        |pattern: &HostPattern, contract| {
            let egress = &contract.document.egress;
            let mut origins = egress.origins.iter().filter_map(|text| Origin::parse(text).ok());
            egress.dynamic || origins.any(|origin| pattern.admits(&origin))
        },
    );
    every.unused(
        |sections| sections.cache.as_ref(),
        |name, contract| {
            contract.document.cache.dynamic || contract.document.cache.namespaces.contains(name)
        },
    );
    every.unused(
        |sections| sections.sql.as_ref(),
        |name, contract| contract.document.sql.queries.contains(name),
    );
    every.unused(
        |sections| sections.assets.as_ref().map(|assets| &assets.names),
        |name, contract| contract.document.assets.folders.contains(name),
    );
    for entry in policy.handlers() {
        if handlers.iter().all(|(name, _)| *name != entry.name) {
            warnings.push(Warning::NoSuchHandler {
                handler: entry.name.clone(),
                address: policy.source().address(entry.at),
            });
        }
    }
    warnings
}

struct Clauses<'a> {
    policy: &'a Policy,
    handlers: &'a [(&'a str, &'a Contract)],
    warnings: &'a mut Vec<Warning>,
}

impl<'a> Clauses<'a> {
    /// Goes through one section of the whole policy and of each handler; a handler's own section stands in for the former.
    fn unused<T: fmt::Display + 'a>(
        &mut self,
        section: impl Fn(&'a Sections) -> Option<&'a Section<T>>,
        needs: impl Fn(&T, &Contract) -> bool,
    ) {
        let own = |handler: &str| {
            self.policy.handler(handler).and_then(|handler| section(&handler.sections))
        };
        let mut entries: Vec<(&Section<T>, Vec<&Contract>)> = Vec::new();
        if let Some(whole) = section(self.policy.sections()) {
            let users = self.handlers.iter().filter(|(name, _)| own(name).is_none());
            entries.push((whole, users.map(|(_, contract)| *contract).collect()));
        }
        for handler in self.policy.handlers() {
            let Some(section) = own(&handler.name) else { continue };
            let users = self.handlers.iter().filter(|(name, _)| *name == handler.name);
            entries.push((section, users.map(|(_, contract)| *contract).collect()));
        }
        for (section, users) in entries {
            for allowed in &section.allow {
                if !users.iter().any(|contract| needs(&allowed.value, contract)) {
                    self.warnings.push(Warning::Unused {
                        entry: allowed.value.to_string(),
                        clause: section.clause.clone(),
                        address: self.policy.source().address(allowed.at),
                    });
                }
            }
        }
    }
}

impl Warning {
    /// A stable name for this kind of warning.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unrestricted { .. } => "policy.unrestricted",
            Self::Unnamed { .. } => "policy.handler-unnamed",
            Self::NoSuchHandler { .. } => "policy.handler-unused",
            Self::Unused { .. } => "policy.unused",
        }
    }

    /// What there is to look at.
    pub fn message(&self) -> String {
        match self {
            Self::Unrestricted { handler, section } => {
                let what = match *section {
                    "env" => "may read every environment variable",
                    "egress" => "may send requests to every public host",
                    _ => "may use every cache namespace",
                };
                let handler = shown(handler);
                format!(
                    "handler `{handler}` {what}: it chooses at run time, and no policy has a section `{section}`"
                )
            }
            Self::Unnamed { handler, file } => format!(
                "`{}` names handlers, but none is `{}`: only its sections for all handlers apply",
                shown(file),
                shown(handler)
            ),
            Self::NoSuchHandler { handler, .. } => {
                format!(
                    "no handler is called `{}`: its grants and limits are not used",
                    shown(handler)
                )
            }
            Self::Unused { entry, clause, .. } => {
                format!("`{}` in `{}` is needed by no handler", shown(entry), shown(clause))
            }
        }
    }

    /// Where in the policy, if in one.
    pub fn address(&self) -> Option<&str> {
        match self {
            Self::Unrestricted { .. } | Self::Unnamed { .. } => None,
            Self::Unused { address, .. } | Self::NoSuchHandler { address, .. } => Some(address),
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "warning[{}]: {}", self.code(), self.message())?;
        match self.address() {
            Some(address) => write!(f, "\n  --> {address}"),
            None => Ok(()),
        }
    }
}
