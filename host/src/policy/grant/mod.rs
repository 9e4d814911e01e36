//! Contract ∩ policy, settled once, when a module is loaded. In: what a module needs and what an operator allows. Out: [`Grants`],
//! or a [`Refusal`] that lists every need that is not allowed, with the clause and the fix. After this, no name is compared
//! again for anything that stands literally in the contract. Never here: linking, or reading the environment.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use purview_abi::{
    call,
    contract::ImportName,
    name::{Import, Origin, Value},
};

use super::{HostPattern, Policy, Secret, Section};
use crate::{contract::Contract, limits::Limits};

mod refusal;
mod warning;

pub use refusal::{Need, Refusal, Violation};
pub use warning::{Warning, over_grants};

/// What one handler may do. Only [`grant`] makes this, and a [`Granted`] comes only from here: whoever links an import must
/// hold the proof that it was allowed.
#[derive(Debug, Clone)]
pub struct Grants {
    handler: String,
    imports: Vec<ImportName>,
    limits: Limits,
    env_values: BTreeMap<String, Secret>,
    hosts: Option<Vec<HostPattern>>,
    folders: BTreeMap<String, PathBuf>,
    warnings: Vec<Warning>,
}

/// The proof that one import is granted.
#[derive(Debug, Clone, Copy)]
pub struct Granted<'g> {
    names: &'g ImportName,
    import: Import<'g>,
}

impl<'g> Granted<'g> {
    /// What is granted.
    pub fn import(&self) -> Import<'g> {
        self.import
    }

    /// Import module.
    pub fn module(&self) -> &'g str {
        &self.names.module
    }

    /// Import name.
    pub fn name(&self) -> &'g str {
        &self.names.name
    }

    /// Whether this version has a host call for it. Without one the import cannot be linked.
    pub fn is_offered(&self) -> bool {
        matches!(self.import, Import::Wasi(_)) || call::signature_of(&self.import).is_some()
    }
}

impl Grants {
    /// The handler's name.
    pub fn handler(&self) -> &str {
        &self.handler
    }

    /// Every import of the module, each granted.
    pub fn imports(&self) -> impl Iterator<Item = Granted<'_>> {
        self.imports.iter().filter_map(|names| {
            // Names were parsed when the contract was read.
            let import = Import::parse(&names.module, &names.name).ok()?;
            Some(Granted { names, import })
        })
    }

    /// The limits in force.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The value that the policy itself gives for a variable.
    pub fn env_value(&self, name: &str) -> Option<&Secret> {
        self.env_values.get(name)
    }

    /// The variables that are granted by name, for WASI's environment too.
    pub fn env_names(&self) -> impl Iterator<Item = &str> {
        self.imports().filter_map(|granted| match granted.import {
            Import::Env(Value::Literal(name)) => Some(name),
            _ => None,
        })
    }

    /// Whether the operator named this host (lower case, without trailing dot) literally, so that it may be a private address.
    pub fn names_host(&self, host: &str, port: u16) -> bool {
        self.named_hosts().iter().any(|pattern| pattern.admits_authority(host, port))
    }

    /// The hosts that the operator named.
    pub fn named_hosts(&self) -> &[HostPattern] {
        self.hosts.as_deref().unwrap_or_default()
    }

    /// Whether the policy says anything about outbound requests, which turns them on.
    pub fn has_egress_section(&self) -> bool {
        self.hosts.is_some()
    }

    /// Where the files of a folder lie, if the policy says it.
    pub fn folder(&self, name: &str) -> Option<&Path> {
        self.folders.get(name).map(PathBuf::as_path)
    }

    /// What an operator should look at.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// Settles what `handler` may do. Without a policy, that is what its contract says and no more.
pub fn grant(
    handler: &str,
    contract: &Contract,
    policy: Option<&Policy>,
    base: &Limits,
) -> Result<Grants, Refusal> {
    let limits = policy.map_or_else(|| base.clone(), |policy| policy.limits(handler, base));
    let mut judge =
        Judge { contract, policy, violations: Vec::new(), warnings: Vec::new(), handler };
    judge.named();
    judge.env();
    judge.egress();
    judge.cache();
    judge.sql();
    judge.assets();
    judge.memory(&limits);
    if !judge.violations.is_empty() {
        return Err(Refusal { handler: handler.to_owned(), violations: judge.violations });
    }
    let warnings = judge.warnings;
    let env = policy.and_then(|policy| policy.env(handler));
    let egress = policy.and_then(|policy| policy.egress(handler));
    Ok(Grants {
        handler: handler.to_owned(),
        imports: contract.document.imports.clone(),
        limits,
        env_values: env.map(|env| env.values.iter().cloned().collect()).unwrap_or_default(),
        hosts: egress
            .map(|egress| egress.allow.iter().map(|allowed| allowed.value.clone()).collect()),
        folders: policy
            .and_then(|policy| Some((policy, policy.assets(handler)?)))
            .map(|(policy, assets)| {
                let beside = |(name, path): &(String, String)| (name.clone(), policy.beside(path));
                assets.folders.iter().map(beside).collect()
            })
            .unwrap_or_default(),
        warnings,
    })
}

struct Judge<'a> {
    handler: &'a str,
    contract: &'a Contract,
    policy: Option<&'a Policy>,
    violations: Vec<Violation>,
    warnings: Vec<Warning>,
}

impl<'a> Judge<'a> {
    /// A policy with a map of handlers most likely means to name this one.
    fn named(&mut self) {
        let Some(policy) = self.policy else { return };
        if !policy.handlers().is_empty() && policy.handler(self.handler).is_none() {
            self.warnings.push(Warning::Unnamed {
                handler: self.handler.to_owned(),
                file: policy.source().name.clone(),
            });
        }
    }

    fn env(&mut self) {
        let needs = &self.contract.document.env;
        match self.policy.and_then(|policy| policy.env(self.handler)) {
            None => self.unrestricted(needs.dynamic, "env"),
            Some(env) => {
                self.literals(&env.names, &needs.literal, Need::Env, |name| {
                    move |import: &Import<'_>| *import == Import::Env(Value::Literal(name))
                });
                self.dynamic(needs.dynamic, &env.names, Need::EnvDynamic, |import| {
                    *import == Import::Env(Value::Any)
                });
            }
        }
    }

    fn egress(&mut self) {
        let needs = &self.contract.document.egress;
        let Some(section) = self.policy.and_then(|policy| policy.egress(self.handler)) else {
            return self.unrestricted(needs.dynamic, "egress");
        };
        // Origins are judged one by one, and listed by the entry that would allow them.
        let mut refused: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for text in &needs.origins {
            let Ok(origin) = Origin::parse(text) else { continue };
            if section.allow.iter().any(|allowed| allowed.value.admits(&origin)) {
                continue;
            }
            let port_default = !text.ends_with(&format!(":{}", origin.port));
            let entry = if port_default {
                origin.host.to_owned()
            } else {
                format!("{}:{}", origin.host, origin.port)
            };
            refused.entry(entry).or_default().push(text);
        }
        for (entry, origins) in refused {
            self.violate(section, Need::Host(entry), |import| {
                matches!(import, Import::Egress(Value::Literal(origin)) if origins.contains(origin))
            });
        }
        self.dynamic(needs.dynamic, section, Need::EgressDynamic, |import| {
            *import == Import::Egress(Value::Any)
        });
    }

    fn cache(&mut self) {
        let needs = &self.contract.document.cache;
        match self.policy.and_then(|policy| policy.cache(self.handler)) {
            None => self.unrestricted(needs.dynamic, "cache"),
            Some(section) => {
                self.literals(section, &needs.namespaces, Need::Namespace, |name| {
                    move |import: &Import<'_>| {
                        matches!(import, Import::Cache(Value::Literal(namespace), _) if *namespace == name)
                    }
                });
                self.dynamic(needs.dynamic, section, Need::CacheDynamic, |import| {
                    matches!(import, Import::Cache(Value::Any, _))
                });
            }
        }
    }

    fn sql(&mut self) {
        let needs = &self.contract.document.sql;
        if let Some(section) = self.policy.and_then(|policy| policy.sql(self.handler)) {
            self.literals(section, &needs.queries, Need::Query, |name| {
                move |import: &Import<'_>| *import == Import::Sql(name)
            });
        }
    }

    fn assets(&mut self) {
        let needs = &self.contract.document.assets;
        if let Some(section) = self.policy.and_then(|policy| policy.assets(self.handler)) {
            self.literals(&section.names, &needs.folders, Need::Folder, |name| {
                move |import: &Import<'_>| *import == Import::Assets(name)
            });
        }
    }

    fn memory(&mut self, limits: &Limits) {
        let bytes = self.contract.document.limits.memory_bytes_min;
        let limit = limits.memory_bytes;
        if limit < bytes {
            self.violations.push(Violation {
                need: Need::Memory { bytes, limit },
                imports: Vec::new(),
                clause: "limits.memory_bytes".to_owned(),
                address: self
                    .policy
                    .map_or_else(|| "no policy".to_owned(), |policy| policy.source().name.clone()),
            });
        }
    }

    /// Every literal must be in the section.
    fn literals<M: Fn(&Import<'_>) -> bool>(
        &mut self,
        section: &Section<String>,
        needed: &'a [String],
        need: fn(String) -> Need,
        is: impl Fn(&'a str) -> M,
    ) {
        let allowed: BTreeSet<&str> =
            section.allow.iter().map(|allowed| allowed.value.as_str()).collect();
        for name in needed {
            if !allowed.contains(name.as_str()) {
                self.violate(section, need(name.clone()), is(name));
            }
        }
    }

    /// A section that is present refuses what is chosen at run time.
    fn dynamic<T>(
        &mut self,
        is_dynamic: bool,
        section: &Section<T>,
        need: Need,
        is: impl Fn(&Import<'_>) -> bool,
    ) {
        if is_dynamic {
            self.violate(section, need, is);
        }
    }

    fn unrestricted(&mut self, is_dynamic: bool, section: &'static str) {
        if is_dynamic {
            self.warnings.push(Warning::Unrestricted { handler: self.handler.to_owned(), section });
        }
    }

    fn violate<T>(&mut self, section: &Section<T>, need: Need, is: impl Fn(&Import<'_>) -> bool) {
        let imports = self.contract.document.imports.iter();
        let imports = imports
            .filter(|names| {
                Import::parse(&names.module, &names.name).is_ok_and(|import| is(&import))
            })
            .cloned()
            .collect();
        let address = self.policy.map(|policy| policy.source().address(section.at));
        self.violations.push(Violation {
            need,
            imports,
            clause: section.clause.clone(),
            address: address.unwrap_or_default(),
        });
    }
}
