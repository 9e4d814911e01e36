//! Randomness of the operating system.

use crate::raw;

/// Fills `buffer` with random bytes, fit for keys and tokens.
pub fn fill(buffer: &mut [u8]) {
    raw::fill(buffer);
}

/// A random number.
pub fn number() -> u64 {
    let mut bytes = [0; 8];
    fill(&mut bytes);
    u64::from_ne_bytes(bytes)
}
