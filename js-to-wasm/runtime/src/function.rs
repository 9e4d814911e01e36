//! Function values and how they are called. In: a function and arguments. Out: its result. Every function value, built-in or
//! of the program, has one calling convention: itself, the number of arguments, their address.

use alloc::vec::Vec;

use crate::{array::Array, fault, operators::type_of, value::Value};

/// The code of a function value.
pub type Code = unsafe extern "C" fn(Value, u32, *const Value) -> Value;

/// A function value. The compiler lays these out too, with captured values behind the fixed part.
#[repr(C, align(8))]
pub struct Function {
    /// What is called.
    pub code: Code,
    /// Number of declared parameters.
    pub arity: u32,
}

/// The arguments of a call.
#[derive(Clone, Copy)]
pub struct Args<'a> {
    values: &'a [Value],
}

impl Args<'_> {
    /// The arguments at an address.
    ///
    /// # Safety
    /// `argv` points at `argc` values that do not change while the arguments are used.
    #[inline]
    pub unsafe fn new(argc: u32, argv: *const Value) -> Self {
        let values = if argc == 0 {
            &[][..]
        } else {
            // SAFETY: the caller vouches for it.
            unsafe { core::slice::from_raw_parts(argv, argc as usize) }
        };
        Self { values }
    }

    /// The argument at `index`, `undefined` if it was not given.
    #[inline]
    pub fn get(&self, index: usize) -> Value {
        self.values.get(index).copied().unwrap_or(Value::UNDEFINED)
    }

    /// The first argument.
    #[inline]
    pub fn first(&self) -> Value {
        self.get(0)
    }

    /// All of them.
    pub(crate) fn values(&self) -> &[Value] {
        self.values
    }

    /// Where they are.
    pub(crate) fn as_ptr(&self) -> *const Value {
        self.values.as_ptr()
    }

    /// Number of arguments.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// A copy of all.
    pub fn to_vec(self) -> Vec<Value> {
        self.values.to_vec()
    }
}

impl Function {
    /// Calls the function.
    #[inline]
    pub fn call(&'static self, args: &[Value]) -> Value {
        // SAFETY: the arguments are as many as is said and lie where is said; the code takes exactly these parameters.
        unsafe { (self.code)(Value::function(self), args.len() as u32, args.as_ptr()) }
    }
}

/// `value` as a function to call back, or a fault.
pub(crate) fn callback(value: Value) -> &'static Function {
    match value.as_function() {
        Some(function) => function,
        None => fault::type_error(&[type_of(value).as_bytes(), b" is not a function"]),
    }
}

/// Calls the function that is a property of `this`, for methods that are not built in.
#[cold]
pub(crate) fn call_property(this: Value, name: &'static str, args: Args<'_>) -> Value {
    let property = this.as_object().and_then(|object| object.field(name));
    match property.and_then(Value::as_function) {
        Some(function) => function.call(&args.to_vec()),
        None if this.is_absent() => {
            fault::type_error(&[b"cannot read property `", name.as_bytes(), b"` of undefined"])
        }
        None => fault::type_error(&[
            b"`",
            name.as_bytes(),
            b"` is not a method of this ",
            type_of(this).as_bytes(),
        ]),
    }
}

direct! {
    "rt.callee" callee(value: Value) -> &'static Function {
        callback(value)
    }
    "rt.call_spread" call_spread(function: Value, args: Value) -> Value {
        callback(function).call(&args.as_array().map(Array::to_vec).unwrap_or_default())
    }
    "rt.alloc" allocate(bytes: u32) -> *mut u64 {
        let words = alloc::vec![0_u64; (bytes as usize).div_ceil(8)];
        words.leak().as_mut_ptr()
    }
}

builtins! {
    "rt.rest" rest(from, args) {
        let from = from.as_number().unwrap_or_default() as usize;
        Value::array(Array::take(args.values.get(from..).unwrap_or_default().to_vec()))
    }
}
