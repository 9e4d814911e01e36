//! The Purview host: HTTP in, sandboxed WebAssembly handlers, HTTP out.

pub mod limits;
pub mod toolchain;
