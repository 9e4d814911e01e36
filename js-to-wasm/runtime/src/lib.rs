//! What compiled handlers share: values, strings, objects, arrays, JSON, numbers, requests, responses, JSX. The crate is
//! compiled to WebAssembly once; the compiler's linker takes from it the functions and the data that a handler reaches.
//!
//! In: values of the language and the host's request record. Out: values, and a response record in place. Never here: a
//! panic that a handler can cause (faults are reported by [`fault`] and end the request), and freeing: memory is an
//! arena that ends with the request.
//!
//! Functions that compiled code calls are exported by the names that they have in the language: `Math.floor` for a
//! static function, `.slice` for a method, `get length` for a property, `rt.…` for the rest. The compiler knows which
//! built-ins exist by reading these names.
#![cfg_attr(not(test), no_std)]

extern crate alloc;

#[macro_use]
mod builtin;
mod arena;
pub mod value;
pub mod fault;
pub mod string;
mod text;
pub mod number;
mod decimal;
mod bits;
mod power;
mod logarithms;
mod angles;
pub mod object;
pub mod array;
pub mod function;
pub mod operators;
pub mod convert;
pub mod json;
pub mod shape;
pub mod string_methods;
mod string_search;
mod words;
mod case;
mod case_tables;
pub mod array_methods;
pub mod array_callbacks;
pub mod array_sort;
pub mod typed_arrays;
pub mod object_functions;
pub mod number_functions;
pub mod math;
pub mod collections;
pub mod result;
pub mod uri;
pub mod console;
pub mod date;
mod host;
pub mod http;
pub mod jsx_names;
pub mod jsx;
pub mod module;
