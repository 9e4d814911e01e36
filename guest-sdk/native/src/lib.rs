//! What handlers ask of native code and that touches nothing of the world: digests, signed tokens, JSON Schema, forms. In:
//! bytes from a guest, which may be anything. Out: bytes. Never here: input or output, a clock, or state that a result
//! depends on. The host links these functions; tests of handlers call them through the SDK's fake host.

#![deny(unsafe_code)]

pub mod crypto;
pub mod auth;
pub mod validate;
pub mod multipart;
