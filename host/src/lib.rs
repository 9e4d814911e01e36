//! The Purview host: HTTP in, sandboxed WebAssembly handlers, HTTP out.
//!
//! A request's way is `socket → parse → route → instance → capability → response`; [`worker`] walks it. A module gets in by
//! its contract and the operator's policy, which are settled before it serves.

#![deny(unsafe_code)]

pub mod worker;
pub mod socket;
pub mod parse;
pub mod route;
pub mod instance;
pub mod capability;
pub mod response;
pub mod exchange;
pub mod server;
pub mod load;
pub mod script;
pub mod serverless;
pub mod watch;
pub mod cli;
pub mod limits;
pub mod fault;
pub mod bell;
pub mod background;
pub mod clock;
pub mod log;
pub mod contract;
pub mod policy;
pub mod inspect;
pub mod openapi;
pub mod toolchain;
