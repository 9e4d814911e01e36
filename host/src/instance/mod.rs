//! Target → running guest. In: a module that the contract and the policy let in ([`handler::Handler`]), and the current
//! exchange. Out: the exchange's answer. Every request gets an instance of its own, made from the module's copy-on-write
//! image and dropped before the next one; it runs on a fiber, in slices, so that no guest holds its worker for long.
//! Never here: the decision what a guest may touch; sockets.

pub mod engine;
pub mod handler;
pub mod guest;
mod dirty;
pub mod renewal;
mod kept;
pub mod call;
pub mod failure;
pub mod task;
pub mod ticker;
pub mod probe;
pub mod trial;
pub mod measure;
