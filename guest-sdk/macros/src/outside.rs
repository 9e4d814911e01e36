//! `egress!`, `cache!`, `assets!` and `sql!`. In: names, written out. Out: expressions that reach the world through imports of those names. Never
//! here: a name that the agreement between host and guest does not allow.

use proc_macro2::TokenStream;
use purview_abi::name::{ANY, Import, SQL_SECTION};
use quote::quote;
use syn::{Error, LitByteStr, LitStr, Result, Token, parse::Parser as _, punctuated::Punctuated};

pub(crate) fn egress(arguments: TokenStream) -> TokenStream {
    read_egress(arguments).unwrap_or_else(Error::into_compile_error)
}

pub(crate) fn cache(arguments: TokenStream) -> TokenStream {
    read_cache(arguments).unwrap_or_else(Error::into_compile_error)
}

pub(crate) fn sql(arguments: TokenStream) -> TokenStream {
    read_sql(arguments).unwrap_or_else(Error::into_compile_error)
}

/// One text; `form` says what to write.
fn text(arguments: TokenStream, form: &str) -> Result<LitStr> {
    syn::parse2(arguments).map_err(|error| Error::new(error.span(), form))
}

fn read_egress(arguments: TokenStream) -> Result<TokenStream> {
    let origin = text(
        arguments,
        "write the origin as text, as in `egress!(\"https://api.example.com\")`; for a URL known at run time use `egress::request_any`",
    )?;
    if origin.value() == ANY {
        return Err(Error::new(
            origin.span(),
            "`*` stands for every origin: use `egress::request_any`",
        ));
    }
    Import::parse("purview:egress", &origin.value())
        .map_err(|error| Error::new(origin.span(), error))?;
    Ok(quote! {{
        #[cfg(target_arch = "wasm32")]
        let origin = {
            #[link(wasm_import_module = "purview:egress")]
            unsafe extern "C" {
                #[link_name = #origin]
                fn send(record: *const u8) -> i32;
            }
            ::purview_guest::egress::Origin::new(send)
        };
        #[cfg(not(target_arch = "wasm32"))]
        let origin = ::purview_guest::egress::Origin::new(#origin);
        origin
    }})
}

fn read_cache(arguments: TokenStream) -> Result<TokenStream> {
    let namespace = text(arguments, "write the namespace as text, as in `cache!(\"sessions\")`")?;
    if namespace.value() == ANY {
        return Err(Error::new(
            namespace.span(),
            "`*` stands for every namespace: use `cache::any` for a name known at run time",
        ));
    }
    if namespace.value().is_empty() {
        return Err(Error::new(namespace.span(), "the namespace is empty"));
    }
    let verb = |verb: &str| {
        let name = format!("{}.{verb}", namespace.value());
        Import::parse("purview:cache", &name)
            .map(|_| LitStr::new(&name, namespace.span()))
            .map_err(|error| Error::new(namespace.span(), error))
    };
    let (get, set, delete) = (verb("get")?, verb("set")?, verb("delete")?);
    let (incr, stats) = (verb("incr")?, verb("stats")?);
    Ok(quote! {{
        struct Namespace;
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            mod import {
                #[link(wasm_import_module = "purview:cache")]
                unsafe extern "C" {
                    #[link_name = #get]
                    pub(super) fn get(key: *const u8, length: usize, buffer: *mut u8, capacity: usize) -> i32;
                    #[link_name = #set]
                    pub(super) fn set(key: *const u8, length: usize, value: *const u8, value_length: usize, ttl_ms: i64) -> i32;
                    #[link_name = #delete]
                    pub(super) fn delete(key: *const u8, length: usize) -> i32;
                    #[link_name = #incr]
                    pub(super) fn incr(key: *const u8, length: usize, delta: i64, ttl_ms: i64, out: *mut i64) -> i32;
                    #[link_name = #stats]
                    pub(super) fn stats(buffer: *mut u8, capacity: usize) -> i32;
                }
            }
            // SAFETY: these are the imports of that namespace; each caller keeps the contract of its call.
            unsafe impl ::purview_guest::outside::Namespace for Namespace {
                unsafe fn get(&self, key: *const u8, length: usize, buffer: *mut u8, capacity: usize) -> i32 {
                    unsafe { import::get(key, length, buffer, capacity) }
                }
                unsafe fn set(&self, key: *const u8, length: usize, value: *const u8, value_length: usize, ttl_ms: i64) -> i32 {
                    unsafe { import::set(key, length, value, value_length, ttl_ms) }
                }
                unsafe fn delete(&self, key: *const u8, length: usize) -> i32 {
                    unsafe { import::delete(key, length) }
                }
                unsafe fn incr(&self, key: *const u8, length: usize, delta: i64, ttl_ms: i64, out: *mut i64) -> i32 {
                    unsafe { import::incr(key, length, delta, ttl_ms, out) }
                }
                unsafe fn stats(&self, buffer: *mut u8, capacity: usize) -> i32 {
                    unsafe { import::stats(buffer, capacity) }
                }
            }
        };
        #[cfg(not(target_arch = "wasm32"))]
        impl ::purview_guest::outside::Namespace for Namespace {
            fn name(&self) -> &str {
                #namespace
            }
        }
        ::purview_guest::cache::Cache::new(Namespace)
    }})
}

pub(crate) fn assets(arguments: TokenStream) -> TokenStream {
    read_assets(arguments).unwrap_or_else(Error::into_compile_error)
}

fn read_assets(arguments: TokenStream) -> Result<TokenStream> {
    let name = text(arguments, "write the folder's name as text, as in `assets!(\"public\")`")?;
    Import::parse("purview:assets", &name.value())
        .map_err(|error| Error::new(name.span(), error))?;
    Ok(quote! {{
        #[cfg(target_arch = "wasm32")]
        let folder = {
            #[link(wasm_import_module = "purview:assets")]
            unsafe extern "C" {
                #[link_name = #name]
                fn open(path: *const u8, length: usize, flags: u32) -> i32;
            }
            ::purview_guest::assets::Folder::new(open)
        };
        #[cfg(not(target_arch = "wasm32"))]
        let folder = ::purview_guest::assets::Folder::new(#name);
        folder
    }})
}

fn read_sql(arguments: TokenStream) -> Result<TokenStream> {
    let form = "write a name and a statement as text, as in `sql!(\"user by id\", \"SELECT name FROM users WHERE id = ?1\")`";
    let span = proc_macro2::Span::call_site();
    let both = Punctuated::<LitStr, Token![,]>::parse_terminated
        .parse2(arguments)
        .map_err(|error| Error::new(error.span(), form))?;
    let [name, statement] = both.iter().collect::<Vec<_>>()[..] else {
        return Err(Error::new(span, form));
    };
    if name.value() == ANY {
        return Err(Error::new(name.span(), "a statement cannot be called `*`"));
    }
    if statement.value().trim().is_empty() {
        return Err(Error::new(statement.span(), "the statement is empty"));
    }
    Import::parse("purview:sql", &name.value()).map_err(|error| Error::new(name.span(), error))?;
    let section = format!("{{{}:{}}}", quoted(&name.value()), quoted(&statement.value()));
    let (length, bytes) = (section.len(), LitByteStr::new(section.as_bytes(), statement.span()));
    Ok(quote! {{
        #[cfg(target_arch = "wasm32")]
        let statement = {
            #[used]
            #[unsafe(link_section = #SQL_SECTION)]
            static STATEMENT: [u8; #length] = *#bytes;
            #[link(wasm_import_module = "purview:sql")]
            unsafe extern "C" {
                #[link_name = #name]
                fn query(parameters: *const u8, length: usize, rows_max: u32) -> i32;
            }
            ::purview_guest::sql::Statement::new(query)
        };
        #[cfg(not(target_arch = "wasm32"))]
        let statement = ::purview_guest::sql::Statement::new(#name);
        statement
    }})
}

/// The text as JSON (RFC 8259 section 7).
fn quoted(text: &str) -> String {
    let mut json = String::from("\"");
    for char in text.chars() {
        match char {
            '"' | '\\' => json.extend(['\\', char]),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            control if control < ' ' => json.push_str(&format!("\\u{:04x}", u32::from(control))),
            plain => json.push(plain),
        }
    }
    json.push('"');
    json
}
