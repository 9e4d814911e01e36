//! The attribute macros of the guest SDK. In: a plain function and a pattern. Out: the same function, and an export by
//! which the host calls it. Never here: a name that the agreement between host and guest does not allow.

mod api_key;
mod app;
mod claim;
mod dependency;
mod env;
mod files;
mod options;
mod outside;
mod route;
mod router;
mod schema;
mod text;
mod types;

use proc_macro::TokenStream;

/// Declares one attribute for each method.
macro_rules! methods {
    ($($(#[doc = $doc:literal])+ $name:ident = $method:literal;)+) => { $(
        $(#[doc = $doc])+
        #[proc_macro_attribute]
        pub fn $name(arguments: TokenStream, item: TokenStream) -> TokenStream {
            route::expand_method(stringify!($name), $method, arguments.into(), item.into()).into()
        }
    )+ };
}

methods! {
    /// Answers `GET`, and `HEAD` unless another route does.
    get = "GET";
    /// Answers `POST`.
    post = "POST";
    /// Answers `PUT`.
    put = "PUT";
    /// Answers `PATCH`.
    patch = "PATCH";
    /// Answers `DELETE`.
    delete = "DELETE";
    /// Answers `HEAD`.
    head = "HEAD";
    /// Answers `OPTIONS`.
    options = "OPTIONS";
    /// Answers every method that no other route of the same path answers.
    any = "*";
}

/// Answers a method that is named first: `#[route("PURGE", "/cache/{key}")]`.
#[proc_macro_attribute]
pub fn route(arguments: TokenStream, item: TokenStream) -> TokenStream {
    route::expand_route(arguments.into(), item.into()).into()
}

/// Answers every request that no other route answers.
#[proc_macro_attribute]
pub fn catch_all(arguments: TokenStream, item: TokenStream) -> TokenStream {
    route::expand_catch_all(arguments.into(), item.into()).into()
}

/// Gives all routes of a module a prefix, tags and middleware: `#[router(prefix = "/api", tags("api"))] mod api { … }`.
#[proc_macro_attribute]
pub fn router(arguments: TokenStream, item: TokenStream) -> TokenStream {
    router::expand(arguments.into(), item.into()).into()
}

/// Gives all routes of a crate what they share, as a router does for a module: `app!(middleware(traced))`. It stands at the root of
/// the crate, before its routes and modules; the functions are named as there.
#[proc_macro]
pub fn app(arguments: TokenStream) -> TokenStream {
    app::expand(arguments.into()).into()
}

/// Makes a type a dependency: the function computes it from a request, once, for whoever takes `Depends<T>`.
#[proc_macro_attribute]
pub fn dependency(arguments: TokenStream, item: TokenStream) -> TokenStream {
    dependency::expand(arguments.into(), item.into()).into()
}

/// Describes a type and enforces its constraints.
#[proc_macro_derive(Schema, attributes(schema, serde))]
pub fn schema(item: TokenStream) -> TokenStream {
    schema::expand(item.into()).into()
}

/// Makes a handler's argument of a struct around a text: the key that a client sends, in the place that
/// `#[api_key(header = "x-api-key")]`, `query` or `cookie` names.
#[proc_macro_derive(ApiKey, attributes(api_key))]
pub fn api_key(item: TokenStream) -> TokenStream {
    api_key::expand(item.into()).into()
}

/// Reads one environment variable, named in the module's imports.
#[proc_macro]
pub fn env(arguments: TokenStream) -> TokenStream {
    env::expand(arguments.into()).into()
}

/// Names an origin that requests go to, in the module's imports.
#[proc_macro]
pub fn egress(arguments: TokenStream) -> TokenStream {
    outside::egress(arguments.into()).into()
}

/// Names a cache namespace. Each verb that is called is one of the module's imports.
#[proc_macro]
pub fn cache(arguments: TokenStream) -> TokenStream {
    outside::cache(arguments.into()).into()
}

/// Names a folder of files, in the module's imports.
#[proc_macro]
pub fn assets(arguments: TokenStream) -> TokenStream {
    outside::assets(arguments.into()).into()
}

/// Names a SQL statement, in the module's imports, and writes it into the module.
#[proc_macro]
pub fn sql(arguments: TokenStream) -> TokenStream {
    outside::sql(arguments.into()).into()
}

/// Answers with the files of a granted folder, below a path: `static_files!("/static", "public")`. With `index`, folders stand for
/// their `index.html`. It takes the options of a route; the routes are called `static_` and the folder's name.
#[proc_macro]
pub fn static_files(arguments: TokenStream) -> TokenStream {
    files::expand(arguments.into()).into()
}
