//! The `purview` binary.
fn main() {}
