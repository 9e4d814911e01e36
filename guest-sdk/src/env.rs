//! Environment variables whose name is known at run time.

use crate::raw;

/// Reads the variable of this name. The module then asks for *any* variable, and a policy that lists names refuses it:
/// prefer [`env!`](crate::env!) with the name written out.
pub fn env_any(name: &str) -> Option<String> {
    raw::env_any(name)
}
