//! The contract document: what a module may touch and what it serves, as data. Placeholder until the next commit.
