//! What is known of variables and their fields at one place of a program, beyond their declared types. In: facts. Out: the facts that
//! hold where two ways meet. Never happens here: looking at trees.

use std::{collections::HashMap, rc::Rc};

use swc_atoms::Atom;

use super::{
    bind::BindingId,
    ty::{Store, Ty},
};

/// A variable, or a field of one, or of one of its fields.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Path {
    pub(super) root: BindingId,
    pub(super) names: Vec<Atom>,
}

impl Path {
    fn starts_with(&self, other: &Self) -> bool {
        self.root == other.root && self.names.starts_with(&other.names)
    }
}

/// Most facts at one place; a program with more is not followed further.
const FACTS_MAX: usize = 1024;

/// What is known at one place.
#[derive(Debug, Clone)]
pub(super) struct Flow {
    facts: Rc<HashMap<Path, Ty>>,
    /// Whether the place can be reached.
    pub(super) reachable: bool,
    /// Whether something that should be known was not kept.
    pub(super) full: bool,
}

impl Default for Flow {
    fn default() -> Self {
        Self { facts: Rc::default(), reachable: true, full: false }
    }
}

impl Flow {
    /// What is known of a path.
    pub(super) fn get(&self, path: &Path) -> Option<Ty> {
        self.facts.get(path).copied()
    }

    /// Learns the type of a path. What was known of its fields is kept.
    pub(super) fn set(&mut self, path: Path, ty: Ty) {
        if self.facts.len() < FACTS_MAX || self.facts.contains_key(&path) {
            Rc::make_mut(&mut self.facts).insert(path, ty);
        } else {
            self.full = true;
        }
    }

    /// Forgets a path and its fields: it was assigned.
    pub(super) fn forget(&mut self, path: &Path) {
        if self.facts.keys().any(|known| known.starts_with(path)) {
            Rc::make_mut(&mut self.facts).retain(|known, _| !known.starts_with(path));
        }
    }

    /// Forgets everything about variables of which `gone` is true.
    pub(super) fn forget_where(&mut self, gone: impl Fn(BindingId) -> bool) {
        if self.facts.keys().any(|known| gone(known.root)) {
            Rc::make_mut(&mut self.facts).retain(|known, _| !gone(known.root));
        }
    }

    /// Forgets everything about fields.
    pub(super) fn forget_fields(&mut self) {
        if self.facts.keys().any(|known| !known.names.is_empty()) {
            Rc::make_mut(&mut self.facts).retain(|known, _| known.names.is_empty());
        }
    }

    /// A place that cannot be reached.
    pub(super) fn dead(&self) -> Self {
        Self { facts: Rc::clone(&self.facts), reachable: false, full: self.full }
    }

    /// What is known where two ways meet.
    pub(super) fn join(&self, other: &Self, store: &mut Store) -> Self {
        match (self.reachable, other.reachable) {
            (_, false) => return self.clone(),
            (false, true) => return other.clone(),
            (true, true) => {}
        }
        if Rc::ptr_eq(&self.facts, &other.facts) {
            return self.clone();
        }
        let mut facts = HashMap::new();
        for (path, &left) in self.facts.iter() {
            if let Some(&right) = other.facts.get(path) {
                let both = if left == right { left } else { store.union([left, right]) };
                facts.insert(path.clone(), both);
            }
        }
        Self { facts: Rc::new(facts), reachable: true, full: self.full || other.full }
    }
}
