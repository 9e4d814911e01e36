//! What holds for every request. In: effects, writes, leaks and calls of every function. Out: [`Properties`]: each proven, or the way to
//! what speaks against it. "Not proven" never means "does not hold".
//!
//! | property | proven if nothing that runs for a request … |
//! |---|---|
//! | `pure` | touches anything but the request and computation |
//! | `read_only` | sends requests, changes the cache or uses the database or a rate limit |
//! | `stateless` | does that or reads the cache |
//! | `deterministic` | reads the clock, random bytes, the cache, the database or another server |
//! | `state_isolated` | writes to what lives as long as the instance |
//! | `retry_safe` | changes anything outside (as `read_only`) |
//! | `idempotent` | is not `deterministic` or not `retry_safe` |
//! | `no_secret_leakage` | puts a secret variable into a response, a log line or a URL |
//! | `no_credential_leakage` | puts the request's authorization or cookies there |
//! | `injection_safe` | puts text from outside into HTML, a URL or a statement without escaping it |
//! | `input_validated` | puts the request's data, not validated, into a request, a statement or HTML |
//! | `result_safe` | takes apart a result that was not looked at: the checker of types refuses that; here, where it knows no type |
//! | `optional_safe` | uses a value that may be missing: likewise |
//! | `cost_bounded` | runs its own code more often than once for each part of its data |
//!
//! Leaks are those of data: what a caller learns from which branch was taken, or from time, is not followed. Which variables are
//! secrets is told by their names; where no variable at all is shown, that does not matter.

use super::{
    flow::{Caller, Effect, Facts, Leak, Multiplicity},
    graph::{Graph, Step},
};

/// A property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the table above says what each means")]
pub enum Property {
    Pure,
    ReadOnly,
    Stateless,
    Deterministic,
    StateIsolated,
    RetrySafe,
    Idempotent,
    ResultSafe,
    OptionalSafe,
    InjectionSafe,
    NoSecretLeakage,
    NoCredentialLeakage,
    InputValidated,
    CostBounded,
}

impl Property {
    /// Every property, in the order of the contract.
    pub const ALL: [Self; 14] = [
        Self::Pure,
        Self::ReadOnly,
        Self::Stateless,
        Self::Deterministic,
        Self::StateIsolated,
        Self::RetrySafe,
        Self::Idempotent,
        Self::ResultSafe,
        Self::OptionalSafe,
        Self::InjectionSafe,
        Self::NoSecretLeakage,
        Self::NoCredentialLeakage,
        Self::InputValidated,
        Self::CostBounded,
    ];

    /// The name in `Spec<"…">`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pure => "pure",
            Self::ReadOnly => "read_only",
            Self::Stateless => "stateless",
            Self::Deterministic => "deterministic",
            Self::StateIsolated => "state_isolated",
            Self::RetrySafe => "retry_safe",
            Self::Idempotent => "idempotent",
            Self::ResultSafe => "result_safe",
            Self::OptionalSafe => "optional_safe",
            Self::InjectionSafe => "injection_safe",
            Self::NoSecretLeakage => "no_secret_leakage",
            Self::NoCredentialLeakage => "no_credential_leakage",
            Self::InputValidated => "input_validated",
            Self::CostBounded => "cost_bounded",
        }
    }

    /// The name in the contract document.
    pub fn key(self) -> String {
        let mut words = self.name().split('_');
        let mut key = words.next().unwrap_or_default().to_owned();
        for word in words {
            let (first, rest) = word.split_at(1);
            key += &first.to_ascii_uppercase();
            key += rest;
        }
        key
    }
}

/// Whether a property holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is proven.
    Proven,
    /// It is proven if names of variables say truly what is a secret.
    ProvenByNames,
    /// It is not: the way to what speaks against it.
    Open(Vec<Step>),
}

impl Verdict {
    /// Whether it is proven, in either way.
    pub fn is_proven(&self) -> bool {
        !matches!(self, Self::Open(_))
    }
}

/// All properties of a program.
#[derive(Debug, Clone, Default)]
pub struct Properties {
    verdicts: Vec<(Property, Verdict)>,
    cost: Option<Multiplicity>,
}

impl Properties {
    /// What is known of a property.
    pub fn verdict(&self, property: Property) -> &Verdict {
        const UNKNOWN: &Verdict = &Verdict::Open(Vec::new());
        let found = self.verdicts.iter().find(|(known, _)| *known == property);
        found.map_or(UNKNOWN, |(_, verdict)| verdict)
    }

    /// Whether a property is proven.
    pub fn is_proven(&self, property: Property) -> bool {
        self.verdict(property).is_proven()
    }

    /// `constant`, `linear` or `unbounded`.
    pub fn cost(&self) -> &'static str {
        match self.cost {
            Some(Multiplicity::Constant) => "constant",
            Some(Multiplicity::Linear) => "linear",
            Some(Multiplicity::Unbounded) | None => "unbounded",
        }
    }

    /// The properties as the contract document has them.
    pub fn to_json(&self) -> serde_json::Value {
        let mut members = serde_json::Map::new();
        for property in Property::ALL {
            if property != Property::CostBounded {
                members.insert(property.key(), self.is_proven(property).into());
            }
        }
        let by_name = *self.verdict(Property::NoSecretLeakage) == Verdict::ProvenByNames;
        members.insert("secretsByName".to_owned(), by_name.into());
        members.insert("cost".to_owned(), self.cost().into());
        members.into()
    }

    fn set(&mut self, property: Property, verdict: Verdict) {
        self.verdicts.retain(|(known, _)| *known != property);
        self.verdicts.push((property, verdict));
    }
}

/// Decides every property.
pub(super) fn decide(facts: &Facts) -> Properties {
    let graph = Graph::new(facts);
    let mut properties = Properties::default();
    let effects = |broken_by: &[Effect]| {
        let found = facts.effects.iter().find(|(_, effect, _)| broken_by.contains(effect));
        match found {
            None => Verdict::Proven,
            Some((caller, effect, place)) => {
                Verdict::Open(graph.way(*caller, effect.words(), *place))
            }
        }
    };
    use Effect as E;
    let writes = [E::CacheWrite, E::Egress, E::SqlRead, E::SqlWrite, E::Rate];
    let shared = [E::CacheRead, E::CacheWrite, E::Egress, E::SqlRead, E::SqlWrite, E::Rate];
    let everything = [&shared[..], &[E::Env, E::Clock, E::Random, E::Log]].concat();
    let chance = [&shared[..], &[E::Clock, E::Random]].concat();
    let retry = effects(&writes);
    let deterministic = effects(&chance);
    properties.set(Property::Pure, effects(&everything));
    properties.set(Property::ReadOnly, retry.clone());
    properties.set(Property::Stateless, effects(&shared));
    properties.set(Property::Deterministic, deterministic.clone());
    properties.set(Property::StateIsolated, isolated(facts, &graph));
    properties.set(Property::RetrySafe, retry.clone());
    properties.set(Property::Idempotent, if retry.is_proven() { deterministic } else { retry });
    let leaks = |leak: Leak, words: &str| {
        let found = facts.leaks.iter().find(|(_, found, _)| *found == leak);
        found.map(|(caller, _, place)| Verdict::Open(graph.way(*caller, words, *place)))
    };
    let secret = leaks(Leak::Secret, "shows a secret").unwrap_or_else(|| {
        let shown = facts.leaks.iter().any(|(_, leak, _)| *leak == Leak::Env);
        if shown { Verdict::ProvenByNames } else { Verdict::Proven }
    });
    properties.set(Property::NoSecretLeakage, secret);
    for (property, leak, words) in [
        (Property::NoCredentialLeakage, Leak::Credential, "shows a credential of the request"),
        (Property::InjectionSafe, Leak::Injection, "uses text from outside without escaping it"),
        (
            Property::InputValidated,
            Leak::Unchecked,
            "uses data of the request that nothing validated",
        ),
    ] {
        properties.set(property, leaks(leak, words).unwrap_or(Verdict::Proven));
    }
    for (property, leak, words) in [
        (
            Property::ResultSafe,
            Leak::Result,
            "takes apart a result of which types do not show that it was looked at",
        ),
        (
            Property::OptionalSafe,
            Leak::Optional,
            "uses a value that may be missing, of which types do not show that it was looked at",
        ),
    ] {
        properties.set(property, leaks(leak, words).unwrap_or(Verdict::Proven));
    }
    let (cost, way) = graph.cost();
    properties.cost = Some(cost);
    let bounded = match cost {
        Multiplicity::Unbounded => Verdict::Open(way.unwrap_or_default()),
        Multiplicity::Constant | Multiplicity::Linear => Verdict::Proven,
    };
    properties.set(Property::CostBounded, bounded);
    properties
}

/// Nothing that runs for a request writes to what outlives it.
fn isolated(facts: &Facts, graph: &Graph<'_>) -> Verdict {
    let found =
        facts.touched.iter().find(|(caller, ..)| *caller != Caller::Top && graph.serves(*caller));
    match found {
        None => Verdict::Proven,
        Some((caller, _, place)) => {
            Verdict::Open(graph.way(*caller, "writes to what outlives the request", *place))
        }
    }
}

impl Effect {
    /// What is done, in words.
    fn words(self) -> &'static str {
        match self {
            Self::Env => "reads an environment variable",
            Self::Clock => "reads the clock",
            Self::Random => "takes random bytes",
            Self::Log => "writes a log line",
            Self::CacheRead => "reads the cache",
            Self::CacheWrite => "changes the cache",
            Self::Egress => "sends a request",
            Self::SqlRead => "reads the database",
            Self::SqlWrite => "changes the database",
            Self::Rate => "counts against a rate limit",
            Self::Stream => "sends a part of the response",
        }
    }
}
