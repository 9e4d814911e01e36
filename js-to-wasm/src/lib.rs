//! Compiles handlers written in a strict subset of JavaScript, TypeScript and TSX to WebAssembly.
//!
//! The stages stand below in the order in which a program passes them. A stage does no input or output: files come in
//! through [`source::Load`], and everything that is wrong comes out as [`diagnostic::Diagnostics`].

pub mod diagnostic;
pub mod limits;
pub mod stack;

pub mod source;
pub mod parse;
