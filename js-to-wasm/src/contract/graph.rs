//! Who calls whom. In: what the evaluation found. Out: the way from the handler to anything that runs for it, for people and for
//! proofs; how often things run. Never happens here: values.

use std::collections::{BTreeMap, BTreeSet};

use super::flow::{Caller, Facts, Multiplicity};
use crate::source::{Sources, Span};

/// The calls of a program.
pub(super) struct Graph<'f> {
    facts: &'f Facts,
    /// Who is reached, and from where: the caller and the place of the call.
    reached: BTreeMap<Caller, Option<(Caller, Span)>>,
}

/// How often the handler's own code runs, with the place that decides it.
pub(super) type Cost = (Multiplicity, Option<Vec<Step>>);

/// One step of a way: what stands at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// In words: a function's name, or what is done.
    pub what: String,
    /// Where.
    pub place: Span,
}

impl<'f> Graph<'f> {
    /// Everything that a request or the start of an instance reaches.
    pub(super) fn new(facts: &'f Facts) -> Self {
        let mut reached = BTreeMap::new();
        let mut open: Vec<Caller> =
            facts.handlers.iter().map(|handler| Caller::Function(*handler)).collect();
        // What the start runs comes last, so that ways begin at the handler where they can.
        open.extend([Caller::Outside, Caller::Top]);
        open.iter().for_each(|root| {
            reached.insert(*root, None);
        });
        let mut next = 0;
        while next < open.len() {
            let caller = open[next];
            next += 1;
            for (callee, place) in callees(facts, caller) {
                let callee = Caller::Function(callee);
                reached.entry(callee).or_insert_with(|| {
                    open.push(callee);
                    Some((caller, place))
                });
            }
        }
        Self { facts, reached }
    }

    /// Whether a request reaches this, not only the start.
    pub(super) fn serves(&self, caller: Caller) -> bool {
        let mut seen = BTreeSet::new();
        let mut open: Vec<Caller> =
            self.facts.handlers.iter().map(|handler| Caller::Function(*handler)).collect();
        open.push(Caller::Outside);
        while let Some(current) = open.pop() {
            if current == caller {
                return true;
            }
            if seen.insert(current) {
                open.extend(
                    callees(self.facts, current).map(|(callee, _)| Caller::Function(callee)),
                );
            }
        }
        false
    }

    /// The way to a place in a function: the functions on it, then the place.
    pub(super) fn way(&self, caller: Caller, what: &str, place: Span) -> Vec<Step> {
        let mut steps = vec![Step { what: what.to_owned(), place }];
        let mut current = caller;
        while let Some(reached) = self.reached.get(&current) {
            let name = match current {
                Caller::Function(function) => {
                    self.facts.functions.get(function as usize).map(|found| found.0.clone())
                }
                Caller::Top => Some("the top level of a module".to_owned()),
                Caller::Outside => Some("a built-in that was given the function".to_owned()),
            };
            let own = match current {
                Caller::Function(function) => {
                    self.facts.functions.get(function as usize).map(|found| found.1)
                }
                _ => None,
            };
            let place = reached.map(|(_, place)| place).or(own).unwrap_or(place);
            steps.push(Step { what: name.unwrap_or_default(), place });
            match reached {
                Some((caller, _)) => current = *caller,
                None => break,
            }
        }
        steps.reverse();
        steps
    }

    /// How often the handler's own code runs for one request.
    pub(super) fn cost(&self) -> Cost {
        let mut known = BTreeMap::new();
        let mut most: Cost = (Multiplicity::Constant, None);
        let roots = self.facts.handlers.iter().map(|handler| Caller::Function(*handler));
        for root in roots.chain([Caller::Outside]) {
            let cost = self.cost_of(root, &mut Vec::new(), &mut known);
            if cost.0 > most.0 {
                most = cost;
            }
        }
        most
    }

    fn cost_of(
        &self,
        caller: Caller,
        open: &mut Vec<Caller>,
        known: &mut BTreeMap<Caller, Cost>,
    ) -> Cost {
        if let Some(cost) = known.get(&caller) {
            return cost.clone();
        }
        if open.contains(&caller) {
            let place = match caller {
                Caller::Function(function) => self.facts.functions[function as usize].1,
                _ => return (Multiplicity::Constant, None),
            };
            return (Multiplicity::Unbounded, Some(self.way(caller, "calls itself", place)));
        }
        open.push(caller);
        let mut most: Cost = (Multiplicity::Constant, None);
        let from = (caller, Span { file: crate::source::FileId(0), start: 0, end: 0 });
        for ((owner, place), times) in self.facts.loops.range(from..) {
            if *owner != caller {
                break;
            }
            if *times > most.0 {
                most = (*times, Some(self.way(caller, "a loop", *place)));
            }
        }
        let edges: Vec<_> = calls_of(self.facts, caller).collect();
        for (callee, _, times) in edges {
            let inner = self.cost_of(Caller::Function(callee), open, known);
            let total = times.times(inner.0);
            if total > most.0 {
                most = (total, inner.1.or(most.1));
            }
        }
        open.pop();
        known.insert(caller, most.clone());
        most
    }
}

fn calls_of(facts: &Facts, caller: Caller) -> impl Iterator<Item = (u32, Span, Multiplicity)> {
    let start = Span { file: crate::source::FileId(0), start: 0, end: 0 };
    facts
        .calls
        .range((caller, 0, start)..)
        .take_while(move |((owner, ..), _)| *owner == caller)
        .map(|((_, callee, place), times)| (*callee, *place, *times))
}

fn callees(facts: &Facts, caller: Caller) -> impl Iterator<Item = (u32, Span)> {
    calls_of(facts, caller).map(|(callee, place, _)| (callee, place))
}

/// A way as one line: `handler (a.ts:3:1) → read (a.ts:7:10) → reads the clock (b.ts:2:5)`.
pub fn show(way: &[Step], sources: &Sources) -> String {
    let steps: Vec<String> = way
        .iter()
        .map(|step| {
            let file = sources.file(step.place.file);
            let position = file.position(step.place.start);
            format!("{} ({}:{}:{})", step.what, file.path(), position.line, position.column_utf16)
        })
        .collect();
    steps.join(" → ")
}
