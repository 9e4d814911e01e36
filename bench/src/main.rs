//! Load, comparison with peers, exact counts.
fn main() {}
