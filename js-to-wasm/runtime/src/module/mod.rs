//! The `purview:` modules, one file each. In: values. Out: values. What the host does for them stands in [`crate::host`].

pub mod auth;
pub mod branches;
pub mod cache;
pub mod compose;
pub mod crypto;
pub mod encode;
pub mod env;
pub mod fetch;
pub mod http;
pub mod id;
mod io;
pub mod log;
pub mod ratelimit;
pub mod router;
pub mod sql;
mod switch;
pub mod text;
pub mod time;
pub mod url;
pub mod validate;
