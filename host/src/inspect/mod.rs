//! What `purview inspect` says. In: a module's contract and perhaps a policy. Out: text for people, or JSON: what the module
//! serves, what it may touch, and for each import whether it is granted and why not. Never here: reading files, or a decision;
//! the answer is the one that loading the module gives.

use purview_abi::{
    call,
    contract::ImportName,
    name::{Import, WASI},
};

use crate::{
    contract::Contract,
    limits::Limits,
    policy::{
        Policy,
        grant::{self, Grants, Refusal, Violation, Warning},
    },
};

mod human;
mod json;

pub use json::not_a_handler;

/// A module beside a policy.
#[derive(Debug)]
pub struct Inspection<'a> {
    file: &'a str,
    handler: &'a str,
    contract: &'a Contract,
    policy: Option<&'a Policy>,
    limits: Limits,
    verdict: Result<Grants, Refusal>,
    unused: Vec<Warning>,
}

/// What becomes of one import.
enum Fate<'a> {
    /// It is granted.
    Granted,
    /// The policy does not allow it.
    Refused(&'a Violation),
    /// It is allowed, but this version has no such call.
    NotOffered,
}

impl<'a> Inspection<'a> {
    /// Judges the module `file` as the handler of this name, as loading it would.
    pub fn new(
        file: &'a str,
        handler: &'a str,
        contract: &'a Contract,
        policy: Option<&'a Policy>,
        base: &Limits,
    ) -> Self {
        // What other handlers of the policy need is not known here.
        let is_alone =
            |policy: &&Policy| policy.handlers().iter().all(|other| other.name == handler);
        let unused = policy.filter(is_alone);
        Self {
            file,
            handler,
            contract,
            policy,
            limits: policy.map_or_else(|| base.clone(), |policy| policy.limits(handler, base)),
            verdict: grant::grant(handler, contract, policy, base),
            unused: unused
                .map(|policy| grant::over_grants(policy, &[(handler, contract)]))
                .unwrap_or_default(),
        }
    }

    /// Whether the module can be loaded.
    pub fn is_granted(&self) -> bool {
        self.verdict.is_ok() && self.contract.document.imports.iter().all(is_offered)
    }

    /// For people.
    pub fn to_text(&self) -> String {
        human::write(self)
    }

    /// For programs: `contract` is the contract document, `grants` what the policy makes of it.
    pub fn to_json(&self) -> String {
        json::write(self)
    }

    fn fate(&self, import: &ImportName) -> Fate<'_> {
        let violations = match &self.verdict {
            Ok(_) => [].as_slice(),
            Err(refusal) => &refusal.violations,
        };
        match violations.iter().find(|violation| violation.imports.contains(import)) {
            Some(violation) => Fate::Refused(violation),
            None if is_offered(import) => Fate::Granted,
            None => Fate::NotOffered,
        }
    }

    fn warnings(&self) -> impl Iterator<Item = &Warning> {
        let dynamic = self.verdict.as_ref().map(Grants::warnings).unwrap_or_default();
        dynamic.iter().chain(&self.unused)
    }
}

fn is_offered(names: &ImportName) -> bool {
    names.module == WASI
        || Import::parse(&names.module, &names.name)
            .is_ok_and(|import| call::signature_of(&import).is_some())
}
