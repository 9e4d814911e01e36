//! The agreement between host and guest: names, calls and bytes. Nothing else.
//!
//! A guest is a core WebAssembly module. Its **imports** are everything it may touch, its **exports** are everything it
//! serves. This crate says how both are spelt ([`name`]), which host calls exist ([`call`]), how a request and a response
//! lie in guest memory ([`wire`]) and what the contract document contains ([`contract`]).
//!
//! Host, guest SDK and compiler read the same tables from here. The crate has no dependencies and never does input or
//! output; every parser in it returns an error for bad input and never panics.
#![cfg_attr(not(test), no_std)]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod name;
pub mod call;
pub mod wire;
pub mod contract;

/// Version of the agreement. A host serves a guest of its own version only.
pub const VERSION: u16 = 1;
