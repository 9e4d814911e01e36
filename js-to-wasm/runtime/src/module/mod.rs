//! The `purview:` modules that need nothing of the host, one file each. In: values. Out: values.

pub mod compose;
pub mod crypto;
pub mod id;
pub mod env;
pub mod log;
pub mod router;
pub mod text;
pub mod time;
pub mod url;
pub mod encode;
