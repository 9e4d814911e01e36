//! A set that mostly holds nothing or one thing: a sorted list. In: things. Out: the same, each once, in their order. What a value can be
//! is joined and copied more often than anything else here, and an empty list costs nothing.

use std::slice::Iter;

/// The set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Few<T>(Vec<T>);

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Ord> Few<T> {
    /// A set of one.
    pub(super) fn one(item: T) -> Self {
        Self(vec![item])
    }

    /// Adds one; whether it was new.
    pub(super) fn insert(&mut self, item: T) -> bool {
        match self.0.binary_search(&item) {
            Ok(_) => false,
            Err(at) => {
                self.0.insert(at, item);
                true
            }
        }
    }

    /// Adds what another set holds; whether any of it was new.
    pub(super) fn join(&mut self, other: &Self) -> bool
    where
        T: Clone,
    {
        if self.0.is_empty() {
            self.0.clone_from(&other.0);
            return !other.0.is_empty();
        }
        let mut new = false;
        for item in &other.0 {
            if let Err(at) = self.0.binary_search(item) {
                self.0.insert(at, item.clone());
                new = true;
            }
        }
        new
    }

    pub(super) fn contains(&self, item: &T) -> bool {
        self.0.binary_search(item).is_ok()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn first(&self) -> Option<&T> {
        self.0.first()
    }

    pub(super) fn iter(&self) -> Iter<'_, T> {
        self.0.iter()
    }

    /// Drops what does not pass.
    pub(super) fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        self.0.retain(keep);
    }
}

impl<T: Ord> Extend<T> for Few<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        for item in items {
            self.insert(item);
        }
    }
}

impl<T: Ord> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut list: Vec<T> = items.into_iter().collect();
        list.sort_unstable();
        list.dedup();
        Self(list)
    }
}

impl<T> IntoIterator for Few<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Few<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_each_thing_once_and_in_order() {
        let mut few: Few<u32> = [3, 1, 3, 2].into_iter().collect();
        assert_eq!(few.iter().copied().collect::<Vec<_>>(), [1, 2, 3]);
        assert!(!few.insert(2) && few.insert(0));
        assert!(!few.join(&Few::one(3)) && few.join(&[9, 5, 1].into_iter().collect()));
        assert_eq!(few.first(), Some(&0));
        assert_eq!(few.clone().into_iter().collect::<Vec<_>>(), [0, 1, 2, 3, 5, 9]);
        few.retain(|item| item % 2 == 1);
        assert!(few.contains(&9) && !few.contains(&0) && few.len() == 4);
        let mut empty = Few::default();
        assert!(empty.is_empty() && empty.join(&few) && empty == few);
    }
}
