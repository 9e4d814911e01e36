//! Calls of the host → the values that reach them. In: what the evaluation found. Out: [`Bindings`], from which code generation takes
//! the imports: it may import nothing else. A value that arrives at run time all the same is refused there.

use std::collections::BTreeMap;

use purview_abi::name::Value;

use super::{flow::Facts, names::Names, needs};
use crate::{diagnostic::Diagnostics, source::Span};

/// A function of the host: module without `purview:`, and name. The global functions `fetchSync` and `httpRequest` belong to `fetch`.
pub type HostFunction = (&'static str, &'static str);

/// What reaches a call, or all calls through a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// What is called.
    pub function: HostFunction,
    /// What names the resource: a variable, a cache namespace, the name of a statement or a schema; for `fetch` the origins, as
    /// imports spell them. A function that names nothing has its first argument here.
    pub names: Names,
    /// The values of the first three arguments.
    pub arguments: [Names; 3],
    /// Whether the first argument can be missing.
    pub absent: bool,
    /// Where it is called, or first called.
    pub place: Option<Span>,
}

/// Values by call.
#[derive(Debug, Clone, Default)]
pub struct Bindings {
    direct: BTreeMap<(Span, HostFunction), Site>,
    values: BTreeMap<HostFunction, Site>,
}

impl Bindings {
    /// What reaches the call at this place (of the whole call, or of the pipe) whose callee is the function's own name. Nothing: the
    /// call never happens.
    pub fn call(&self, place: Span, function: HostFunction) -> Option<&Site> {
        self.direct.get(&(place, function))
    }

    /// What reaches the function wherever it is called through a value: an alias, a parameter, a field, a callback. Nothing: it is
    /// never called so.
    pub fn value(&self, function: HostFunction) -> Option<&Site> {
        self.values.get(&function)
    }

    /// Every record.
    pub fn sites(&self) -> impl Iterator<Item = &Site> {
        self.direct.values().chain(self.values.values())
    }

    /// What no import can be made of, at the call that would need it.
    pub(super) fn judge(&self) -> Diagnostics {
        let mut found = Vec::new();
        for ((place, function), site) in &self.direct {
            needs::judge(*place, *function, &site.names, &mut found);
        }
        for (function, site) in &self.values {
            if let Some(place) = site.place {
                needs::judge(place, *function, &site.names, &mut found);
            }
        }
        let mut diagnostics = Diagnostics::default();
        found.into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
        diagnostics.sort();
        diagnostics
    }

    /// Everything that reaches a function, in any way.
    pub fn of(&self, function: HostFunction) -> Option<Site> {
        let mut sites = self.sites().filter(|site| site.function == function);
        let mut all = sites.next()?.clone();
        sites.for_each(|site| all.join(site));
        Some(all)
    }
}

impl Site {
    /// Whether the call needs an import for this value.
    pub fn needs(&self, value: Value<'_>) -> bool {
        match value {
            Value::Any => self.names.is_dynamic(),
            Value::Literal(name) => self.names.literals().any(|known| known == name),
        }
    }

    fn join(&mut self, other: &Self) {
        self.names.join(&other.names);
        for (names, others) in self.arguments.iter_mut().zip(&other.arguments) {
            names.join(others);
        }
        self.absent |= other.absent;
    }
}

/// Reads the records of the evaluation.
pub(super) fn read(facts: &Facts) -> Bindings {
    let mut bindings = Bindings::default();
    for ((place, function, direct), found) in &facts.sites {
        let arguments = found.texts.each_ref().map(Names::of_texts);
        let mut names = match function.0 {
            "fetch" => Names::of_urls(&found.urls),
            _ => arguments[0].clone(),
        };
        needs::drop_impossible(*function, &mut names);
        if function.1 == "cacheStats" && found.absent[0] {
            // Without a namespace it counts all of them.
            names = Names::Dynamic;
        }
        let site = Site {
            function: *function,
            names,
            arguments,
            absent: found.absent[0],
            place: Some(*place),
        };
        if *direct {
            bindings.direct.insert((*place, *function), site);
        } else {
            bindings.values.entry(*function).and_modify(|all| all.join(&site)).or_insert(site);
        }
    }
    bindings
}
