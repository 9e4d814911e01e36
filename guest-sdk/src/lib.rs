#![doc = include_str!("../README.md")]
#![deny(unsafe_code)]

#[cfg(any(target_arch = "wasm32", test))]
#[expect(unsafe_code, reason = "an allocator hands out raw memory")]
mod alloc;
pub mod clock;
mod decode;
mod env;
mod extract;
pub mod log;
pub mod random;
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
#[expect(unsafe_code, reason = "imports and exports of a module are raw")]
pub mod raw;
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
#[path = "fake.rs"]
pub mod raw;
mod request;
mod response;
mod route;
mod stream;
#[cfg(not(target_arch = "wasm32"))]
pub mod testing;
mod values;

pub use env::env_any;
pub use extract::{FromRequest, Json, Path, Query, Rejection};
pub use purview_macros::{
    any, catch_all, delete, env, get, head, options, patch, post, put, route,
};
pub use request::{BodyError, Request};
pub use response::{IntoResponse, Response, ResponseError};
pub use route::Route;
pub use stream::BodyWriter;
