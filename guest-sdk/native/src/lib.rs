//! What handlers ask of native code and that touches nothing of the world: digests, signed tokens, JSON Schema, forms; and
//! files of a folder that an operator grants, the one thing here that reads anything. In: bytes from a guest, which may be anything.
//! Out: bytes. Never here: any other input or output, a clock, or state that a result depends on. The host links these functions; tests of handlers call them through the SDK's fake host.

#![deny(unsafe_code)]

#[cfg(feature = "compute")]
pub mod crypto;
#[cfg(feature = "compute")]
pub mod auth;
#[cfg(feature = "compute")]
pub mod validate;
#[cfg(feature = "compute")]
pub mod multipart;
#[cfg(feature = "files")]
pub mod files;
