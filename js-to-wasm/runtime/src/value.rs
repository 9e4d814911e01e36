//! A value of the language in 64 bits. Numbers are doubles as they are; everything else lies in the space of doubles that no
//! operation produces.
//!
//! ```text
//!  0 … FFF8 FFFF FFFF FFFF   number (its bits)
//!  FFF9 0000 0000 000k       undefined, null, false, true
//!  FFFA ─ FFFD               string, object, array, function: an address in the low 48 bits
//! ```
//!
//! The compiler writes these constants into its code; they are the agreement between it and this crate.

use crate::{array::Array, function::Function, object::Object, string::Str};

/// Bits of the first value that is not a number.
pub const NUMBER_LIMIT: u64 = 0xFFF9 << 48;
const STRING: u64 = 0xFFFA;
const OBJECT: u64 = 0xFFFB;
const ARRAY: u64 = 0xFFFC;
const FUNCTION: u64 = 0xFFFD;
const ADDRESS: u64 = (1 << 48) - 1;

/// A value of the language.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Value(u64);

/// A value taken apart.
#[derive(Clone, Copy)]
pub enum Kind {
    /// `undefined`.
    Undefined,
    /// JSON `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A string.
    String(&'static Str),
    /// An object that is not an array or a function.
    Object(&'static Object),
    /// An array.
    Array(&'static Array),
    /// A function.
    Function(&'static Function),
}

impl Value {
    /// `undefined`.
    pub const UNDEFINED: Self = Self(NUMBER_LIMIT);
    /// JSON `null`.
    pub const NULL: Self = Self(NUMBER_LIMIT | 1);
    /// `false`.
    pub const FALSE: Self = Self(NUMBER_LIMIT | 2);
    /// `true`.
    pub const TRUE: Self = Self(NUMBER_LIMIT | 3);

    /// A boolean.
    #[inline]
    pub const fn bool(value: bool) -> Self {
        Self(NUMBER_LIMIT | 2 | value as u64)
    }

    /// A number; every NaN becomes the one NaN.
    #[inline]
    pub fn number(value: f64) -> Self {
        if value.is_nan() { Self(f64::NAN.to_bits() & !(1 << 63)) } else { Self(value.to_bits()) }
    }

    /// A string.
    #[inline]
    pub fn string(value: &'static Str) -> Self {
        Self(STRING << 48 | core::ptr::from_ref(value) as u64)
    }

    /// An object.
    #[inline]
    pub fn object(value: &'static Object) -> Self {
        Self(OBJECT << 48 | core::ptr::from_ref(value) as u64)
    }

    /// An array.
    #[inline]
    pub fn array(value: &'static Array) -> Self {
        Self(ARRAY << 48 | core::ptr::from_ref(value) as u64)
    }

    /// A function.
    #[inline]
    pub fn function(value: &'static Function) -> Self {
        Self(FUNCTION << 48 | core::ptr::from_ref(value) as u64)
    }

    /// The bits.
    #[inline]
    pub const fn bits(self) -> u64 {
        self.0
    }

    #[inline]
    const fn tag(self) -> u64 {
        self.0 >> 48
    }

    #[inline]
    const fn address(self) -> usize {
        (self.0 & ADDRESS) as usize
    }

    /// Takes the value apart.
    #[inline]
    pub fn kind(self) -> Kind {
        match self.tag() {
            STRING => Kind::String(self.string_at()),
            OBJECT => Kind::Object(self.object_at()),
            ARRAY => Kind::Array(self.array_at()),
            FUNCTION => Kind::Function(self.function_at()),
            0xFFF9 => match self.0 & 3 {
                0 => Kind::Undefined,
                1 => Kind::Null,
                2 => Kind::Bool(false),
                _ => Kind::Bool(true),
            },
            _ => Kind::Number(f64::from_bits(self.0)),
        }
    }

    #[inline]
    fn string_at(self) -> &'static Str {
        // SAFETY: the tag says string, and only `Value::string` and the compiler's literals make it, from a string that is never
        // freed.
        unsafe { &*(self.address() as *const Str) }
    }

    #[inline]
    fn object_at(self) -> &'static Object {
        // SAFETY: the tag says object, and only `Value::object` makes it, from an object that is never freed.
        unsafe { &*(self.address() as *const Object) }
    }

    #[inline]
    fn array_at(self) -> &'static Array {
        // SAFETY: the tag says array, and only `Value::array` makes it, from an array that is never freed.
        unsafe { &*(self.address() as *const Array) }
    }

    #[inline]
    fn function_at(self) -> &'static Function {
        // SAFETY: the tag says function, and only `Value::function` and the compiler make it, from a function that is never
        // freed.
        unsafe { &*(self.address() as *const Function) }
    }

    /// The string, if it is one.
    #[inline]
    pub fn as_string(self) -> Option<&'static Str> {
        (self.tag() == STRING).then(|| self.string_at())
    }

    /// The object, if it is one (arrays and functions are not).
    #[inline]
    pub fn as_object(self) -> Option<&'static Object> {
        (self.tag() == OBJECT).then(|| self.object_at())
    }

    /// The array, if it is one.
    #[inline]
    pub fn as_array(self) -> Option<&'static Array> {
        (self.tag() == ARRAY).then(|| self.array_at())
    }

    /// The function, if it is one.
    #[inline]
    pub fn as_function(self) -> Option<&'static Function> {
        (self.tag() == FUNCTION).then(|| self.function_at())
    }

    /// The number, if it is one.
    #[inline]
    pub fn as_number(self) -> Option<f64> {
        (self.0 < NUMBER_LIMIT).then(|| f64::from_bits(self.0))
    }

    /// The boolean, if it is one.
    #[inline]
    pub fn as_bool(self) -> Option<bool> {
        (self.0 & !1 == Self::FALSE.0).then_some(self.0 & 1 == 1)
    }

    /// `undefined`, or the null of JSON, which is `undefined` to every operator.
    #[inline]
    pub fn is_absent(self) -> bool {
        self.0 & !1 == NUMBER_LIMIT
    }

    /// Neither `undefined` nor null.
    #[inline]
    pub fn is_present(self) -> bool {
        !self.is_absent()
    }

    /// A string with this text.
    pub fn text(text: &str) -> Self {
        Self::string(Str::new(text.as_bytes()))
    }

    /// A string with this fixed text, which is not copied.
    pub fn fixed(text: &'static str) -> Self {
        Self::string(Str::of(text.as_bytes()))
    }
}

impl core::fmt::Debug for Value {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Value({:#x})", self.0)
    }
}
