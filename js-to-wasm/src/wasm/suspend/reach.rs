//! Which functions can be left. In: the module. Out: the functions that a branch can reach and from which `stop` can be reached, and which
//! types of calls through the table lead to them.

use std::collections::{BTreeMap, BTreeSet};

use wasmparser::{FuncType, Operator};

use super::{Marks, Module, Result, operators};

/// What a call names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Callee {
    Function(u32),
    /// Any function in the table of this type.
    Table(u32),
}

/// The functions that can be left.
pub(super) struct Reach {
    functions: BTreeSet<u32>,
    /// Types of those of them that are in the table.
    types: Vec<FuncType>,
    stop: u32,
}

impl Reach {
    /// Whether a function of the module can be left.
    pub(super) fn can_be_left(&self, function: u32) -> bool {
        self.functions.contains(&function)
    }

    /// Whether a call can return because what it called was left. Tail calls do not return here.
    pub(super) fn is_site(&self, module: &Module<'_>, operator: &Operator<'_>) -> bool {
        match operator {
            Operator::Call { function_index } => {
                *function_index == self.stop || self.can_be_left(*function_index)
            }
            Operator::CallIndirect { type_index, .. } => {
                self.types.contains(&module.types[*type_index as usize])
            }
            _ => false,
        }
    }
}

/// Searches both ways: from the functions that a branch can be, and from `stop`.
pub(super) fn find(module: &Module<'_>, marks: &Marks) -> Result<Reach> {
    let mut calls: BTreeMap<u32, BTreeSet<Callee>> = BTreeMap::new();
    for function in &module.defined {
        if is_own(marks, function.index) {
            continue;
        }
        let callees = calls.entry(function.index).or_default();
        for (operator, ..) in operators(&function.body)? {
            callees.extend(callee(&operator));
        }
    }
    let stopping = stopping(module, marks, &calls);
    let reached = reached(module, marks, &calls);
    let functions: BTreeSet<u32> = stopping.intersection(&reached).copied().collect();
    let mut types: Vec<FuncType> = Vec::new();
    for function in module.table.iter().filter(|function| functions.contains(function)) {
        let ty = module.type_of(*function);
        if !types.contains(ty) {
            types.push(ty.clone());
        }
    }
    Ok(Reach { functions, types, stop: marks.stop })
}

/// The functions that switch are no part of the search: what calls `run` never sees a branch being left.
fn is_own(marks: &Marks, function: u32) -> bool {
    marks.all().contains(&function)
}

fn callee(operator: &Operator<'_>) -> Option<Callee> {
    match operator {
        Operator::Call { function_index } | Operator::ReturnCall { function_index } => {
            Some(Callee::Function(*function_index))
        }
        Operator::CallIndirect { type_index, .. }
        | Operator::ReturnCallIndirect { type_index, .. } => Some(Callee::Table(*type_index)),
        _ => None,
    }
}

/// The functions from which `stop` can be reached.
fn stopping(
    module: &Module<'_>,
    marks: &Marks,
    calls: &BTreeMap<u32, BTreeSet<Callee>>,
) -> BTreeSet<u32> {
    let mut found: BTreeSet<u32> = BTreeSet::new();
    loop {
        let types: Vec<&FuncType> = module
            .table
            .iter()
            .filter(|function| found.contains(function))
            .map(|function| module.type_of(*function))
            .collect();
        let stops = |callee: &Callee| match callee {
            Callee::Function(function) => *function == marks.stop || found.contains(function),
            Callee::Table(ty) => types.contains(&&module.types[*ty as usize]),
        };
        let more: Vec<u32> = calls
            .iter()
            .filter(|(function, callees)| !found.contains(function) && callees.iter().any(stops))
            .map(|(function, _)| *function)
            .collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

/// The functions that a branch can reach: it begins with a function value.
fn reached(
    module: &Module<'_>,
    marks: &Marks,
    calls: &BTreeMap<u32, BTreeSet<Callee>>,
) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    let mut open = vec![Callee::Table(marks.closure)];
    let mut types: Vec<&FuncType> = Vec::new();
    while let Some(callee) = open.pop() {
        match callee {
            Callee::Function(function) => {
                if found.insert(function) {
                    open.extend(calls.get(&function).into_iter().flatten());
                }
            }
            Callee::Table(ty) => {
                let ty = &module.types[ty as usize];
                if types.contains(&ty) {
                    continue;
                }
                types.push(ty);
                let same = |function: &&u32| module.type_of(**function) == ty;
                open.extend(module.table.iter().filter(same).copied().map(Callee::Function));
            }
        }
    }
    found
}
