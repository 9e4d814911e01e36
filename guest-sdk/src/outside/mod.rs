//! What a handler asks of the world, as the capability modules call it: `wasm.rs` over imports of the module, `fake.rs` over what a
//! test sets. Both have the same functions.

#[cfg(not(target_arch = "wasm32"))]
mod fake;
#[cfg(target_arch = "wasm32")]
#[expect(unsafe_code, reason = "imports of a module are raw")]
mod wasm;

#[cfg(not(target_arch = "wasm32"))]
pub use fake::*;
#[cfg(target_arch = "wasm32")]
pub use wasm::*;

/// A request that goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Method.
    pub method: String,
    /// Path and query, or the whole URL.
    pub target: String,
    /// Header fields.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
    /// Most bytes of the answer; 0: as the host says.
    pub response_bytes_max: u32,
    /// Most milliseconds; 0: as the host says.
    pub timeout_ms: u32,
}
