//! `#[router(prefix = "/api")] mod api { … }`. In: a module with routes. Out: the same module, each route attribute in it
//! carrying the prefix, the tags and the middleware of the router; routers inside get them too and hand them on.

use proc_macro2::{Span, TokenStream};
use purview_abi::name;
use quote::{ToTokens, quote};
use syn::{
    Error, Item, ItemMod, LitStr, Meta, Path, PathSegment, Result, parse_quote, spanned::Spanned,
};

use crate::{
    options::{Arguments, Options},
    route::joined,
};

const USAGE: &str = "write what its routes share, as in `#[router(prefix = \"/api\", tags(\"users\"), middleware(log))]`";

/// Attributes that take what a router shares.
const ROUTES: [&str; 11] = [
    "get",
    "post",
    "put",
    "patch",
    "delete",
    "head",
    "options",
    "any",
    "route",
    "catch_all",
    "router",
];

pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let made = || -> Result<TokenStream> {
        let mut module: ItemMod = syn::parse2(item.clone()).map_err(|error| {
            Error::new(error.span(), "a router is a module: `#[router(…)] mod api { … }`")
        })?;
        let mut router = options(arguments)?;
        // Names that the router knows stand one module further out, seen from its routes.
        router.middleware = router.middleware.iter().map(outward).collect();
        let Some((_, items)) = &mut module.content else {
            return Err(Error::new(
                module.span(),
                "a router holds its routes: write the module with braces, here or in its own file",
            ));
        };
        for item in items {
            extend(item, &router)?;
        }
        Ok(module.into_token_stream())
    };
    made().unwrap_or_else(|error| {
        let error = error.into_compile_error();
        quote! { #item #error }
    })
}

pub(crate) fn options(arguments: TokenStream) -> Result<Options> {
    let Arguments { texts, options } = syn::parse2(arguments)?;
    if let Some(text) = texts.first() {
        return Err(Error::new(text.span(), USAGE));
    }
    if let Some(name) = [
        (options.summary.is_some(), "summary"),
        (options.description.is_some(), "description"),
        (options.operation_id.is_some(), "operation_id"),
        (options.status.is_some(), "status"),
        (options.gives.is_some(), "gives"),
        (options.index, "index"),
    ]
    .into_iter()
    .find_map(|(given, name)| given.then_some(name))
    {
        return Err(Error::new(
            Span::call_site(),
            format!("`{name}` is an option of one route, not of a router"),
        ));
    }
    if let Some(prefix) = &options.prefix {
        let text = prefix.value();
        if text.ends_with('/') || text.contains("{*") {
            return Err(Error::new(prefix.span(), "a prefix starts with `/` and ends without one"));
        }
        name::check_pattern(&text).map_err(|error| Error::new(prefix.span(), error))?;
    }
    Ok(options)
}

/// Adds the router's options to the attribute of a route, or of a router inside.
fn extend(item: &mut Item, router: &Options) -> Result<()> {
    let attributes = match item {
        Item::Fn(function) => &mut function.attrs,
        Item::Mod(module) => &mut module.attrs,
        Item::Macro(item) if last_is(&item.mac.path, "static_files") => {
            let Arguments { texts, options } = syn::parse2(item.mac.tokens.clone())?;
            let options = extended(options, router).tokens();
            item.mac.tokens = quote! { #(#texts,)* #options };
            return Ok(());
        }
        _ => return Ok(()),
    };
    for attribute in attributes {
        let Some(kind) = attribute.path().segments.last().map(|last| last.ident.to_string()) else {
            continue;
        };
        if !ROUTES.contains(&kind.as_str()) {
            continue;
        }
        let Arguments { texts, options } = match &attribute.meta {
            Meta::Path(_) => syn::parse2(TokenStream::new())?,
            Meta::List(list) => syn::parse2(list.tokens.clone())?,
            Meta::NameValue(pair) => return Err(Error::new(pair.span(), USAGE)),
        };
        let (path, options) = (attribute.path(), extended(options, router).tokens());
        *attribute = parse_quote! { #[#path(#(#texts,)* #options)] };
    }
    Ok(())
}

fn last_is(path: &Path, name: &str) -> bool {
    path.segments.last().is_some_and(|last| last.ident == name)
}

/// The options with those of the router.
pub(crate) fn extended(own: Options, router: &Options) -> Options {
    let mut options = own;
    let tags = router.tags.iter().cloned().chain(options.tags);
    options.tags = tags.collect();
    let outer = router.middleware.iter().cloned();
    options.middleware = outer.chain(options.middleware).collect();
    options.responses = router.responses.iter().cloned().chain(options.responses).collect();
    options.deprecated |= router.deprecated;
    options.hidden |= router.hidden;
    options.prefix = match (&router.prefix, &options.prefix) {
        (Some(outer), Some(inner)) => {
            Some(LitStr::new(&joined(&outer.value(), &inner.value()), inner.span()))
        }
        (outer, inner) => outer.clone().or_else(|| inner.clone()),
    };
    options
}

/// The same path, seen from inside the module.
fn outward(path: &Path) -> Path {
    let first = path.segments.first().map(|first| first.ident.to_string());
    if path.leading_colon.is_some() || first.as_deref() == Some("crate") {
        return path.clone();
    }
    let mut path = path.clone();
    if first.as_deref() == Some("self") {
        path.segments = path.segments.into_iter().skip(1).collect();
    }
    path.segments.insert(0, PathSegment::from(syn::Ident::new("super", path.span())));
    path
}
