//! Objects: named properties in the order in which they were added, integer-like names first when they are listed. In:
//! names and values. Out: values. Small objects are searched from the front; larger ones get an index of hashes.

use core::{
    cell::{Cell, RefCell},
    mem::ManuallyDrop,
};

use alloc::vec::Vec;

use crate::{arena, array::Array, fault, string::Str, value::Value};

/// What an object is besides its properties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    /// An object of the program.
    Plain,
    /// What `Result.ok` and `Result.err` give.
    Result,
    /// What `Error(…)` gives.
    Error,
    /// The request, or one made by `Request(…)`.
    Request,
    /// A response.
    Response,
    /// Header fields; each is a property.
    Headers,
    /// A `Map`.
    Map,
    /// A `Set`.
    Set,
    /// What `TextEncoder()` and `TextDecoder()` give.
    TextCoder,
    /// What a streaming response writes with.
    Writer,
    /// HTML that needs no escaping.
    Html,
}

/// A property.
#[derive(Clone, Copy)]
#[repr(C)]
pub(crate) struct Entry {
    pub(crate) name: &'static Str,
    pub(crate) value: Value,
}

/// An object. `detail` belongs to the class: what it means is written where the class is. Compiled code reads properties itself: it
/// guesses at which place a property stands and looks whether the name there is the right one.
///
/// Invariant: `entries`, `length` and `capacity` are the parts of a vector that nobody else has.
#[repr(C)]
pub struct Object {
    /// What the object is.
    pub class: Class,
    /// A name looks like an array index.
    integers: Cell<bool>,
    /// The literal whose names these are, in this order.
    literal: Cell<Option<&'static Literal>>,
    /// A value that belongs to the class.
    pub detail: Cell<Value>,
    length: Cell<u32>,
    entries: Cell<*mut Entry>,
    capacity: Cell<u32>,
    /// Open addressing: positions in `entries` plus one, 0 for free. None until there are more than [`SEARCHED`] entries.
    index: Cell<Option<&'static RefCell<Vec<u32>>>>,
}

/// Where parts of an object lie in memory, for the compiler.
pub mod layout {
    /// Number of properties.
    pub const LENGTH_AT: u32 = 16;
    /// Address of the properties.
    pub const ENTRIES_AT: u32 = 20;
    /// Bytes of an object.
    pub const OBJECT_BYTES: u32 = 32;
    /// Bytes of a property: the address of its name, then its value.
    pub const ENTRY_BYTES: u32 = 16;
    /// Value of a property.
    pub const VALUE_AT: u32 = 8;

    #[cfg(target_arch = "wasm32")]
    const _: () = {
        use super::{Entry, Object};
        assert!(core::mem::offset_of!(Object, length) == LENGTH_AT as usize);
        assert!(core::mem::offset_of!(Object, entries) == ENTRIES_AT as usize);
        assert!(core::mem::offset_of!(Entry, value) == VALUE_AT as usize);
        assert!(core::mem::size_of::<Entry>() == ENTRY_BYTES as usize);
        assert!(core::mem::size_of::<Object>() == OBJECT_BYTES as usize);
    };
}

/// An object literal of the program, as the compiler lays it out: the number of its names, then for each the name and its JSON text
/// with colon. The names differ, and none looks like an array index.
#[repr(C)]
pub struct Literal {
    count: u32,
    names: [Name; 0],
}

#[derive(Clone, Copy)]
#[repr(C)]
struct Name {
    name: &'static Str,
    key: *const u8,
    key_length: u32,
}

impl Literal {
    fn names(&'static self) -> &'static [Name] {
        // SAFETY: the compiler writes as many names behind the count as it says.
        unsafe { core::slice::from_raw_parts(self.names.as_ptr(), self.count as usize) }
    }
}

/// How many properties are searched one after the other.
const SEARCHED: usize = 16;

impl Object {
    /// An object without properties.
    pub fn new(class: Class) -> &'static Self {
        Self::with_capacity(class, 0)
    }

    /// An object with room for `capacity` properties.
    pub fn with_capacity(class: Class, capacity: usize) -> &'static Self {
        Self::with_entries(class, Vec::with_capacity(capacity), None)
    }

    /// An object with these properties, as if each were set.
    pub(crate) fn of_members(members: &[Entry]) -> &'static Self {
        if members.len() > SEARCHED {
            return Self::set_each(members);
        }
        // Names that differ in length, first or last byte nearly always have different bits here.
        let (mut seen, mut integers) = (0_u64, false);
        for (at, Entry { name, .. }) in members.iter().enumerate() {
            let bytes = name.bytes();
            let (first, last) = match bytes {
                [first, .., last] => (*first, *last),
                [only] => (*only, 0),
                [] => (0, 0),
            };
            let mixed = bytes.len() + usize::from(first) * 7 + usize::from(last) * 3;
            let bit = 1 << (mixed % 64);
            if seen & bit != 0 && members[..at].iter().any(|before| before.name.same(name)) {
                return Self::set_each(members);
            }
            seen |= bit;
            integers |= first.is_ascii_digit() && array_index(bytes).is_some();
        }
        let object = Self::with_entries(Class::Plain, members.to_vec(), None);
        object.integers.set(integers);
        object
    }

    #[cold]
    fn set_each(members: &[Entry]) -> &'static Self {
        let object = Self::with_capacity(Class::Plain, members.len());
        members.iter().for_each(|member| object.set(member.name, member.value));
        object
    }

    #[inline]
    fn with_entries(
        class: Class,
        entries: Vec<Entry>,
        literal: Option<&'static Literal>,
    ) -> &'static Self {
        let mut entries = ManuallyDrop::new(entries);
        arena::keep(Self {
            class,
            integers: Cell::new(false),
            literal: Cell::new(literal),
            detail: Cell::new(Value::UNDEFINED),
            length: Cell::new(entries.len() as u32),
            entries: Cell::new(entries.as_mut_ptr()),
            capacity: Cell::new(entries.capacity() as u32),
            index: Cell::new(None),
        })
    }

    /// The properties, which must not be used any more once the object changes.
    #[inline]
    fn listed(&self) -> &[Entry] {
        // SAFETY: by the invariant the address holds as many properties.
        unsafe { core::slice::from_raw_parts(self.entries.get(), self.length.get() as usize) }
    }

    fn change<R>(&self, action: impl FnOnce(&mut Vec<Entry>) -> R) -> R {
        let (length, capacity) = (self.length.get() as usize, self.capacity.get() as usize);
        // SAFETY: by the invariant these are the parts of a vector; `action` reaches no other way to it, and afterwards its parts are
        // kept anew. It is never dropped.
        let mut entries =
            unsafe { ManuallyDrop::new(Vec::from_raw_parts(self.entries.get(), length, capacity)) };
        let result = action(&mut entries);
        self.length.set(entries.len() as u32);
        self.entries.set(entries.as_mut_ptr());
        self.capacity.set(entries.capacity() as u32);
        result
    }

    /// The value of a property.
    pub fn get(&self, name: &Str) -> Option<Value> {
        self.find(name).map(|at| self.listed()[at].value)
    }

    /// The value of a property whose name is fixed.
    pub fn field(&self, name: &str) -> Option<Value> {
        let found = self.listed().iter().find(|entry| entry.name.bytes() == name.as_bytes());
        found.map(|entry| entry.value)
    }

    /// Sets a property.
    pub fn set(&self, name: &'static Str, value: Value) {
        if let Some(at) = self.find(name) {
            return self.change(|entries| entries[at].value = value);
        }
        self.literal.set(None);
        if array_index(name.bytes()).is_some() {
            self.integers.set(true);
        }
        self.change(|entries| entries.push(Entry { name, value }));
        if self.len() > SEARCHED {
            self.insert_last();
        }
    }

    /// Sets a property whose name is fixed.
    pub fn set_field(&self, name: &'static str, value: Value) {
        self.set(Str::of(name.as_bytes()), value);
    }

    /// Whether there is a property of this name.
    pub fn has(&self, name: &Str) -> bool {
        self.find(name).is_some()
    }

    /// Removes a property, and says whether it was there.
    pub fn remove(&self, name: &Str) -> bool {
        let Some(at) = self.find(name) else { return false };
        self.literal.set(None);
        self.change(|entries| entries.remove(at));
        self.index.set(None);
        if self.len() > SEARCHED {
            self.rebuild();
        }
        true
    }

    /// Number of properties.
    pub fn len(&self) -> usize {
        self.length.get() as usize
    }

    /// Whether there are no properties.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The properties in the order of the language: integer-like names ascending, then the others as they were added.
    pub fn entries(&self) -> Vec<(&'static Str, Value)> {
        let listed = self.listed();
        let entry = |at: usize| (listed[at].name, listed[at].value);
        if !self.integers.get() {
            return (0..listed.len()).map(entry).collect();
        }
        let index = |at: u32| array_index(listed[at as usize].name.bytes());
        let order =
            crate::array_sort::order(listed.len(), &mut |a, b| match (index(a), index(b)) {
                (Some(a), Some(b)) => a <= b,
                (None, Some(_)) => false,
                _ => true,
            });
        order.into_iter().map(|at| entry(at as usize)).collect()
    }

    /// The property at this place of the order of the language, for walking without a copy.
    pub(crate) fn entry(&self, at: usize) -> Option<(&'static Str, Value)> {
        self.listed().get(at).map(|entry| (entry.name, entry.value))
    }

    /// The JSON text of the name at this place, with colon, if the compiler wrote it.
    #[inline]
    pub(crate) fn key(&self, at: usize) -> Option<&'static [u8]> {
        let name = self.literal.get()?.names().get(at)?;
        // SAFETY: the compiler writes the text of each name of a literal and its length.
        Some(unsafe { core::slice::from_raw_parts(name.key, name.key_length as usize) })
    }

    /// Whether [`Self::entry`] walks in the order of the language.
    pub(crate) fn is_in_order(&self) -> bool {
        !self.integers.get()
    }

    fn find(&self, name: &Str) -> Option<usize> {
        let entries = self.listed();
        let Some(index) = self.index.get() else {
            return entries.iter().position(|entry| entry.name.same(name));
        };
        let index = index.borrow();
        let mask = index.len() - 1;
        let mut slot = name.hash() as usize & mask;
        loop {
            let at = (index[slot] as usize).checked_sub(1)?;
            if entries[at].name.same(name) {
                return Some(at);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Brings the last property into the index.
    fn insert_last(&self) {
        match self.index.get() {
            Some(index) if self.len() * 2 <= index.borrow().len() => {
                insert(&mut index.borrow_mut(), self.listed(), self.len() - 1);
            }
            _ => self.rebuild(),
        }
    }

    #[cold]
    fn rebuild(&self) {
        let mut index = alloc::vec![0; self.len().next_power_of_two() * 4];
        (0..self.len()).for_each(|at| insert(&mut index, self.listed(), at));
        self.index.set(Some(arena::keep(RefCell::new(index))));
    }
}

fn insert(index: &mut [u32], entries: &[Entry], at: usize) {
    let mask = index.len() - 1;
    let mut slot = entries[at].name.hash() as usize & mask;
    while index[slot] != 0 {
        slot = (slot + 1) & mask;
    }
    index[slot] = at as u32 + 1;
}

/// The array index that a property name is, if it is one: `"0"`, `"12"`, but not `"01"` or `"4294967295"`.
pub fn array_index(name: &[u8]) -> Option<u32> {
    if name.is_empty() || name.len() > 10 || (name[0] == b'0' && name.len() > 1) {
        return None;
    }
    let mut number = 0_u64;
    for byte in name {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number * 10 + u64::from(byte - b'0');
    }
    u32::try_from(number).ok().filter(|index| *index != u32::MAX)
}

/// The name of a property that `key` stands for.
pub(crate) fn property_name(key: Value) -> &'static Str {
    match key.as_string() {
        Some(name) => name,
        None => crate::convert::to_text(key),
    }
}

/// An array index in a number, if it is one.
pub(crate) fn index_of(key: Value) -> Option<u32> {
    let number = key.as_number()?;
    let index = number as u32;
    (f64::from(index) == number && index != u32::MAX).then_some(index)
}

fn no_properties(value: Value, verb: &[u8], name: &Str) -> ! {
    fault::type_error(&[
        b"cannot ",
        verb,
        b" property `",
        name.bytes(),
        b"` of ",
        crate::operators::type_of(value).as_bytes(),
    ])
}

direct! {
    "rt.object" new_object(capacity: u32) -> Value {
        Value::object(Object::with_capacity(Class::Plain, capacity as usize))
    }
    "rt.get" get(target: Value, name: Value) -> Value {
        let name = property_name(name);
        if let Some(object) = target.as_object() {
            return object.get(name).unwrap_or(Value::UNDEFINED);
        }
        if target.is_absent() {
            no_properties(target, b"read", name);
        }
        match array_index(name.bytes()) {
            Some(index) => element(target, index),
            None if name.bytes() == b"length" => crate::array::length(target),
            None => Value::UNDEFINED,
        }
    }
    "rt.index" get_index(target: Value, key: Value) -> Value {
        match (index_of(key), target.as_object()) {
            (Some(index), None) if target.is_present() => element(target, index),
            _ => get(target, key),
        }
    }
    "rt.set" set(target: Value, name: Value, value: Value) {
        let name = property_name(name);
        if let Some(object) = target.as_object() {
            return object.set(name, value);
        }
        match (target.as_array(), array_index(name.bytes())) {
            (Some(array), Some(index)) => array.set(index, value),
            (Some(array), None) if name.bytes() == b"length" => crate::array::set_length(array, value),
            _ => no_properties(target, b"set", name),
        }
    }
    "rt.set_index" set_index(target: Value, key: Value, value: Value) {
        match (index_of(key), target.as_array()) {
            (Some(index), Some(array)) => array.set(index, value),
            _ => set(target, key, value),
        }
    }
    "rt.spread" spread(target: Value, source: Value) {
        let Some(object) = target.as_object() else { return };
        if let Some(source) = source.as_object() {
            source.entries().into_iter().for_each(|(name, value)| object.set(name, value));
        } else if source.as_array().is_some() || source.as_string().is_some() {
            let items = crate::array::iterate(source);
            for index in 0..items.len() {
                object.set(crate::number::index_text(index), items.get(index));
            }
        }
    }
    "rt.has" has(name: Value, target: Value) -> u32 {
        let name = property_name(name);
        if let Some(object) = target.as_object() {
            return u32::from(object.has(name));
        }
        if let Some(array) = target.as_array() {
            let inside = array_index(name.bytes()).is_some_and(|index| index < array.len());
            return u32::from(inside || name.bytes() == b"length");
        }
        fault::type_error(&[b"the right side of `in` is ", crate::operators::type_of(target).as_bytes(), b", not an object"])
    }
    "rt.rest_object" rest_object(source: Value, taken: Value) -> Value {
        let rest = Object::new(Class::Plain);
        let Some(taken) = taken.as_array() else { return Value::object(rest) };
        if source.is_absent() {
            no_properties(source, b"destructure", Str::of(b"..."));
        }
        spread(Value::object(rest), source);
        for index in 0..taken.len() {
            rest.remove(property_name(taken.get(index)));
        }
        Value::object(rest)
    }
}

builtins! {
    "rt.literal" new_literal(this, args) {
        // SAFETY: compiled code passes the address of a literal that lies in the module's data.
        let literal = unsafe { &*(this.bits() as usize as *const Literal) };
        let entry = |(name, value): (&Name, &Value)| Entry { name: name.name, value: *value };
        let entries = literal.names().iter().zip(args.values()).map(entry).collect();
        Value::object(Object::with_entries(Class::Plain, entries, Some(literal)))
    }
}

/// What stands at an index of an array or a string.
fn element(target: Value, index: u32) -> Value {
    if let Some(array) = target.as_array() {
        return array.get(index);
    }
    match target.as_string() {
        Some(text) if index < text.units() => Value::string(text.slice(index, index + 1)),
        _ => Value::UNDEFINED,
    }
}

/// The names of an object's properties in the order of the language.
pub(crate) fn keys(object: &Object) -> &'static Array {
    Array::take(object.entries().into_iter().map(|(name, _)| Value::string(name)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{format, string::String};

    fn listed(object: &Object) -> String {
        let names = object.entries();
        let names: Vec<_> = names
            .iter()
            .map(|(name, _)| String::from_utf8_lossy(name.bytes()).into_owned())
            .collect();
        names.join(" ")
    }

    #[test]
    fn integer_like_names_come_first() {
        let object = Object::new(Class::Plain);
        for name in ["b", "10", "a", "2", "01", "4294967295", "0", "-1"] {
            object.set(Str::new(name.as_bytes()), Value::TRUE);
        }
        assert_eq!(listed(object), "0 2 10 b a 01 4294967295 -1");
        assert!(object.remove(Str::of(b"a")));
        assert_eq!(listed(object), "0 2 10 b 01 4294967295 -1");
    }

    #[test]
    fn many_properties_are_found() {
        let object = Object::new(Class::Plain);
        for number in 0..1000 {
            object.set(
                Str::take(format!("k{number}").into_bytes()),
                Value::number(f64::from(number)),
            );
        }
        for number in 0..1000 {
            let value = object.get(Str::take(format!("k{number}").into_bytes()));
            assert_eq!(value, Some(Value::number(f64::from(number))));
        }
        assert_eq!(object.get(Str::of(b"k1000")), None);
        assert_eq!(object.len(), 1000);
    }
}
