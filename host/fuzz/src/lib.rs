//! The stages under test, compiled from their sources without the engine: a fuzz build instruments everything it links, and
//! none of these stages needs Wasmtime.

#[path = "../../src/limits.rs"]
pub mod limits;
#[path = "../../src/contract/mod.rs"]
pub mod contract;
#[path = "../../src/policy/mod.rs"]
pub mod policy;
#[path = "../../src/inspect/mod.rs"]
pub mod inspect;
#[path = "../../src/parse/mod.rs"]
pub mod parse;
