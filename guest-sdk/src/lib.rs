#![doc = include_str!("../README.md")]
#![deny(unsafe_code)]

// The macros name the crate from outside.
extern crate self as purview_guest;

#[cfg(any(target_arch = "wasm32", test))]
#[expect(unsafe_code, reason = "an allocator hands out raw memory")]
mod alloc;
pub mod assets;
pub mod auth;
mod background;
mod base64;
pub mod cache;
pub mod clock;
mod cookie;
pub mod crypto;
mod decode;
#[doc(hidden)]
pub mod document;
pub mod egress;
pub mod encode;
mod env;
mod error;
mod extract;
pub mod http;
pub mod id;
mod kept;
pub mod io;
pub mod log;
mod middleware;
mod multipart;
#[cfg_attr(target_arch = "wasm32", expect(unsafe_code, reason = "imports of a module are raw"))]
mod native;
mod problem;
#[doc(hidden)]
pub mod outside;
pub mod random;
pub mod ratelimit;
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
#[expect(unsafe_code, reason = "imports and exports of a module are raw")]
pub mod raw;
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
#[path = "fake.rs"]
pub mod raw;
mod read;
mod redirect;
mod request;
mod response;
mod route;
mod schema;
mod sse;
pub mod sql;
mod stream;
pub mod text;
#[cfg(not(target_arch = "wasm32"))]
pub mod testing;
pub mod time;
pub mod url;
pub mod validate;

pub use background::Outcome;
pub use cookie::{CookieError, SameSite, SetCookie, SigningKey};
pub use env::env_any;
pub use error::{HttpError, ProblemDetails};
pub use extract::{
    Basic, Bearer, Body, BodyReader, BodyText, Cookie, Cookies, Form, FromRequest, Header, Json,
    Path, Query, Rejection, Rejections,
};
#[doc(hidden)]
pub use extract::{KeyPlace, api_key};
pub use kept::{Dependency, Depends, State};
#[doc(hidden)]
pub use kept::{StandIn, Unreadable};
pub use middleware::Next;
pub use multipart::{
    Limits as MultipartLimits, Multipart, MultipartError, MultipartForm, Part, Upload,
};
pub use problem::{Place, Problem, Problems, Step};
pub use purview_macros::{
    ApiKey, Schema, any, app, assets, cache, catch_all, delete, dependency, egress, env, get, head,
    options, patch, post, put, route, router, sql, static_files,
};
pub use redirect::{Html, Redirect, Status};
pub use request::{BodyError, Request};
pub use response::{IntoResponse, Response, ResponseError};
pub use route::Route;
pub use schema::{Schema, rules};
pub use sse::{Event, LlmStream, Sse};
pub use stream::BodyWriter;
