//! Arrays without holes. In: values. Out: values; what lies outside is `undefined`. Writing beyond the end fills with
//! `undefined`.

use core::{cell::Cell, mem::ManuallyDrop};

use alloc::vec::Vec;

use crate::{
    arena,
    fault::{self, Code},
    object::Class,
    operators::type_of,
    string::{self, Str},
    value::{Kind, Value},
};

/// Most elements of an array: 512 MiB of values.
const LENGTH_MAX: u32 = 1 << 26;

/// An array. Compiled code reads elements itself: it knows where length and address are.
///
/// Invariant: `items`, `length` and `capacity` are the parts of a vector that nobody else has.
#[repr(C)]
pub struct Array {
    length: Cell<u32>,
    items: Cell<*mut Value>,
    capacity: Cell<u32>,
    /// What elements are.
    pub element: Element,
}

/// Offset of an array's length in memory.
pub const LENGTH_AT: u32 = 0;
/// Offset of the address of an array's elements.
pub const ITEMS_AT: u32 = 4;

#[cfg(target_arch = "wasm32")]
const _: () = assert!(
    core::mem::offset_of!(Array, length) == LENGTH_AT as usize
        && core::mem::offset_of!(Array, items) == ITEMS_AT as usize
);

/// What the elements of an array are: any value, or the numbers of a typed array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names are those of the language")]
pub enum Element {
    Any,
    Int8,
    Uint8,
    Uint8Clamped,
    Int16,
    Uint16,
    Int32,
    Uint32,
    Float32,
    Float64,
}

impl Element {
    /// How many bytes such an element has for the program.
    pub(crate) fn bytes(self) -> u32 {
        match self {
            Self::Any | Self::Float64 => 8,
            Self::Int8 | Self::Uint8 | Self::Uint8Clamped => 1,
            Self::Int16 | Self::Uint16 => 2,
            Self::Int32 | Self::Uint32 | Self::Float32 => 4,
        }
    }

    /// The number as such an element keeps it.
    pub(crate) fn keep(self, value: Value) -> Value {
        if self == Self::Any {
            return value;
        }
        let number = crate::text::number_of(value);
        let whole = !matches!(self, Self::Uint8Clamped | Self::Float32 | Self::Float64);
        let bits = if whole { crate::number::to_int32(number) } else { 0 };
        Value::number(match self {
            Self::Int8 => f64::from(bits as i8),
            Self::Uint8 => f64::from(bits as u8),
            Self::Uint8Clamped => f64::from(libm::rint(number.clamp(0.0, 255.0)) as u8),
            Self::Int16 => f64::from(bits as i16),
            Self::Uint16 => f64::from(bits as u16),
            Self::Int32 => f64::from(bits),
            Self::Uint32 => f64::from(bits as u32),
            Self::Float32 => f64::from(number as f32),
            Self::Float64 | Self::Any => number,
        })
    }
}

impl Array {
    /// An array of these values.
    #[inline]
    pub fn take(items: Vec<Value>) -> &'static Self {
        Self::of_kind(items, Element::Any)
    }

    /// An array with elements of this kind, which the values are already.
    #[inline]
    pub(crate) fn of_kind(items: Vec<Value>, element: Element) -> &'static Self {
        let mut items = ManuallyDrop::new(items);
        arena::keep(Self {
            length: Cell::new(items.len() as u32),
            items: Cell::new(items.as_mut_ptr()),
            capacity: Cell::new(items.capacity() as u32),
            element,
        })
    }

    /// An array of the same kind as this one; values become what it keeps.
    pub(crate) fn like(&self, mut items: Vec<Value>) -> Value {
        if self.element != Element::Any {
            items.iter_mut().for_each(|item| *item = self.element.keep(*item));
        }
        Value::array(Self::of_kind(items, self.element))
    }

    /// Number of elements.
    #[inline]
    pub fn len(&self) -> u32 {
        self.length.get()
    }

    /// Whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The elements, which must not be used any more once the array changes.
    #[inline]
    fn items(&self) -> &[Value] {
        // SAFETY: by the invariant the address holds as many values.
        unsafe { core::slice::from_raw_parts(self.items.get(), self.len() as usize) }
    }

    /// The element at `index`.
    #[inline]
    pub fn get(&self, index: u32) -> Value {
        self.items().get(index as usize).copied().unwrap_or(Value::UNDEFINED)
    }

    /// Sets the element at `index`.
    pub fn set(&self, index: u32, value: Value) {
        let value = self.element.keep(value);
        self.change(|items| match items.get_mut(index as usize) {
            Some(item) => *item = value,
            None if self.element == Element::Any => {
                check_length(u64::from(index) + 1);
                items.resize(index as usize, Value::UNDEFINED);
                items.push(value);
            }
            None => {}
        });
    }

    /// Appends a value.
    #[inline]
    pub fn push(&self, value: Value) {
        let length = self.len();
        if length == self.capacity.get() {
            return self.change(|items| items.push(value));
        }
        // SAFETY: by the invariant there is room for one more.
        unsafe { self.items.get().add(length as usize).write(value) };
        self.length.set(length + 1);
    }

    /// A copy of the elements.
    pub fn to_vec(&self) -> Vec<Value> {
        self.items().to_vec()
    }

    /// The elements, for changing them without calling back.
    pub(crate) fn change<R>(&self, action: impl FnOnce(&mut Vec<Value>) -> R) -> R {
        let (length, capacity) = (self.len() as usize, self.capacity.get() as usize);
        // SAFETY: by the invariant these are the parts of a vector; `action` reaches no other way to it, and afterwards its parts are
        // kept anew. It is never dropped.
        let mut items =
            unsafe { ManuallyDrop::new(Vec::from_raw_parts(self.items.get(), length, capacity)) };
        let result = action(&mut items);
        self.length.set(items.len() as u32);
        self.items.set(items.as_mut_ptr());
        self.capacity.set(items.capacity() as u32);
        result
    }
}

/// Refuses a length that no array may have.
pub(crate) fn check_length(length: u64) {
    if length > u64::from(LENGTH_MAX) {
        fault::raise_static(Code::Range, "invalid array length");
    }
}

/// `length = value` of an array.
pub(crate) fn set_length(array: &Array, value: Value) {
    match crate::object::index_of(value) {
        Some(length) => {
            check_length(u64::from(length));
            array.change(|items| items.resize(length as usize, Value::UNDEFINED));
        }
        None => fault::raise_static(Code::Range, "invalid array length"),
    }
}

/// The values that `for…of` and spread walk over, as an array. An array is itself.
pub(crate) fn iterate(value: Value) -> &'static Array {
    match value.kind() {
        Kind::Array(array) => array,
        Kind::String(text) => characters(text),
        Kind::Object(object) if matches!(object.class, Class::Map | Class::Set) => {
            crate::collections::items(object)
        }
        Kind::Object(object) if object.class == Class::Headers => {
            let pair =
                |(name, value)| Value::array(Array::take([Value::string(name), value].to_vec()));
            Array::take(object.entries().into_iter().map(pair).collect())
        }
        _ => fault::type_error(&[type_of(value).as_bytes(), b" is not iterable"]),
    }
}

/// A typed array as JSON shows it: an object of its elements.
pub(crate) fn as_object(array: &Array) -> &'static crate::object::Object {
    let object = crate::object::Object::with_capacity(Class::Plain, array.len() as usize);
    (0..array.len())
        .for_each(|index| object.set(crate::number::index_text(index), array.get(index)));
    object
}

/// The characters (code points) of a string.
fn characters(text: &'static Str) -> &'static Array {
    let mut bytes = text.bytes();
    let mut items = Vec::with_capacity(bytes.len());
    while !bytes.is_empty() {
        let (head, tail) = bytes.split_at(string::decode(bytes).1.min(bytes.len()));
        items.push(Value::string(Str::of(head)));
        bytes = tail;
    }
    Array::take(items)
}

/// `length`.
pub(crate) fn length(target: Value) -> Value {
    match target.kind() {
        Kind::Array(array) => Value::number(f64::from(array.len())),
        Kind::String(text) => Value::number(f64::from(text.units())),
        Kind::Object(object) => object.field("length").unwrap_or(Value::UNDEFINED),
        Kind::Function(function) => Value::number(f64::from(function.arity)),
        Kind::Undefined | Kind::Null => {
            fault::type_error(&[b"cannot read property `length` of undefined"])
        }
        Kind::Bool(_) | Kind::Number(_) => Value::UNDEFINED,
    }
}

getters! {
    "length" get_length(this) { length(this) }
}

direct! {
    "rt.array" new_array(capacity: u32) -> Value {
        Value::array(Array::take(Vec::with_capacity(capacity as usize)))
    }
    "rt.push" push(array: Value, value: Value) {
        if let Some(array) = array.as_array() {
            array.push(value);
        }
    }
    "rt.push_all" push_all(array: Value, source: Value) {
        let Some(array) = array.as_array() else { return };
        let items = iterate(source).to_vec();
        array.change(|own| own.extend_from_slice(&items));
    }
    "rt.iterate" iterable(value: Value) -> Value {
        Value::array(iterate(value))
    }
    "rt.count" count(array: Value) -> u32 {
        array.as_array().map_or(0, Array::len)
    }
    "rt.item" item(array: Value, index: u32) -> Value {
        array.as_array().map_or(Value::UNDEFINED, |array| array.get(index))
    }
    "rt.like" alike(source: Value, made: Value) -> Value {
        match (source.as_array(), made.as_array()) {
            (Some(source), Some(made_items)) if source.element != Element::Any => source.like(made_items.to_vec()),
            _ => made,
        }
    }
    "rt.items" items(array: Value) -> *const Value {
        array.as_array().map_or(core::ptr::null(), |array| array.items.get().cast_const())
    }
    "rt.rest_array" rest_array(array: Value, from: u32) -> Value {
        let items = array.as_array().map(Array::to_vec).unwrap_or_default();
        Value::array(Array::take(items.get(from as usize..).unwrap_or_default().to_vec()))
    }
}
