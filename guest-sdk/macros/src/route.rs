//! Route attributes. In: the tokens of an attribute and of a function. Out: the function, a type of the same name that
//! stands for the route, and the export. Errors point at the place they are about.

use proc_macro2::{Span, TokenStream};
use purview_abi::name::{self, ANY, NameError};
use quote::{quote, quote_spanned};
use syn::{
    Error, FnArg, ItemFn, LitStr, Result, Token, parse::Parser, punctuated::Punctuated,
    spanned::Spanned,
};

type Strings = Punctuated<LitStr, Token![,]>;

/// `#[get("/pattern")]` and its like.
pub(crate) fn expand_method(
    attribute: &str,
    method: &str,
    arguments: TokenStream,
    item: TokenStream,
) -> TokenStream {
    let usage = format!("write the path pattern, as in `#[{attribute}(\"/users/{{id}}\")]`");
    let method = LitStr::new(method, Span::call_site());
    finish(item, |function| match strings(arguments, &usage)?.as_slice() {
        [pattern] => route(&method, pattern, function),
        _ => Err(Error::new(Span::call_site(), &usage)),
    })
}

/// `#[route("METHOD", "/pattern")]`.
pub(crate) fn expand_route(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let usage =
        "write the method and the path pattern, as in `#[route(\"PURGE\", \"/cache/{key}\")]`";
    finish(item, |function| match strings(arguments, usage)?.as_slice() {
        [method, pattern] => route(method, pattern, function),
        _ => Err(Error::new(Span::call_site(), usage)),
    })
}

/// `#[catch_all]`.
pub(crate) fn expand_catch_all(arguments: TokenStream, item: TokenStream) -> TokenStream {
    finish(item, |function| {
        if !arguments.is_empty() {
            return Err(Error::new(
                arguments.span(),
                "`#[catch_all]` takes nothing: it answers every path",
            ));
        }
        export(ANY, ANY, function)
    })
}

/// Parses the function and appends what `make` derives from it. If that fails the function stays, so that the compiler
/// does not also complain about its absence.
fn finish(item: TokenStream, make: impl FnOnce(&ItemFn) -> Result<TokenStream>) -> TokenStream {
    let made = syn::parse2::<ItemFn>(item.clone())
        .map_err(|error| Error::new(error.span(), "a route is a function"))
        .and_then(|function| make(&function));
    let made = made.unwrap_or_else(Error::into_compile_error);
    quote! { #item #made }
}

fn strings(arguments: TokenStream, usage: &str) -> Result<Vec<LitStr>> {
    let strings = Strings::parse_terminated
        .parse2(arguments)
        .map_err(|error| Error::new(error.span(), usage))?;
    Ok(strings.into_iter().collect())
}

fn route(method: &LitStr, pattern: &LitStr, function: &ItemFn) -> Result<TokenStream> {
    let (method_text, pattern_text) = (method.value(), pattern.value());
    if pattern_text == ANY {
        return Err(Error::new(pattern.span(), "write `#[catch_all]` to answer every path"));
    }
    name::check_pattern(&pattern_text).map_err(|error| Error::new(pattern.span(), error))?;
    let name = format!("{method_text} {pattern_text}");
    match name::Route::parse(&name) {
        Some(Ok(route)) if route.method.to_string() == method_text => {
            export(&method_text, &pattern_text, function)
        }
        Some(Err(error @ NameError::TooLong)) => Err(Error::new(pattern.span(), error)),
        _ => Err(Error::new(method.span(), NameError::BadMethod)),
    }
}

/// The type that stands for the route, and the export that leads to it.
fn export(method: &str, pattern: &str, function: &ItemFn) -> Result<TokenStream> {
    let arguments = arguments(function)?;
    let (visibility, name) = (&function.vis, &function.sig.ident);
    let takes_arguments = !arguments.is_empty();
    let params = name::params(pattern);
    let export_name = format!("{method} {pattern}");
    // Names that cannot meet the function's, whatever it is called.
    let inner = |name: &str| syn::Ident::new(name, Span::mixed_site());
    let (request, value, rejection) = (inner("request"), inner("value"), inner("rejection"));
    let values: Vec<_> =
        (0..arguments.len()).map(|index| inner(&format!("argument_{index}"))).collect();
    let taken = values.iter().zip(&arguments).map(|(taken, argument)| {
        quote_spanned! { argument.span() =>
            let #taken = match <#argument as ::purview_guest::FromRequest<'_>>::from_request(#request) {
                ::core::result::Result::Ok(#value) => #value,
                ::core::result::Result::Err(#rejection) => {
                    return ::purview_guest::IntoResponse::into_response(#rejection);
                }
            };
        }
    });
    let output = function.sig.output.span();
    let answered = quote_spanned! { output => ::purview_guest::IntoResponse::into_response(#name(#(#values),*)) };
    let about = format!("The route `{export_name}`.");
    Ok(quote! {
        #[doc = #about]
        #[allow(non_camel_case_types, reason = "the route has the name of its function")]
        #visibility struct #name {}

        impl ::purview_guest::Route for #name {
            const METHOD: &'static str = #method;
            const PATTERN: &'static str = #pattern;
            const PARAMS: &'static [&'static str] = &[#(#params),*];
            const TAKES_ARGUMENTS: bool = #takes_arguments;

            #[inline]
            fn answer(#request: &::purview_guest::Request) -> ::purview_guest::Response {
                let _ = #request;
                #(#taken)*
                #answered
            }
        }

        // Nothing of a native program calls a route, but its tests may.
        #[cfg(not(target_arch = "wasm32"))]
        const _: fn(&::purview_guest::Request) -> ::purview_guest::Response =
            <#name as ::purview_guest::Route>::answer;

        #[cfg(target_arch = "wasm32")]
        const _: () = {
            #[unsafe(export_name = #export_name)]
            unsafe extern "C" fn route(record: *mut u8, length: usize) -> *const u8 {
                // SAFETY: the host calls a route with a request record that it has just written there.
                unsafe { ::purview_guest::raw::serve::<#name>(record, length) }
            }
        };
    })
}

/// The types of the function's arguments, each of which the request must give.
fn arguments(function: &ItemFn) -> Result<Vec<&syn::Type>> {
    let signature = &function.sig;
    if let Some(asyncness) = signature.asyncness {
        return Err(Error::new(
            asyncness.span(),
            "a route is a plain function: calls that wait suspend it by themselves",
        ));
    }
    if let Some(unsafety) = signature.unsafety {
        return Err(Error::new(unsafety.span(), "a route is a safe function"));
    }
    if !signature.generics.params.is_empty() {
        return Err(Error::new(
            signature.generics.span(),
            "a route has no generic parameters: name the types",
        ));
    }
    signature
        .inputs
        .iter()
        .map(|input| match input {
            FnArg::Typed(argument) => match &*argument.ty {
                syn::Type::ImplTrait(ty) => {
                    Err(Error::new(ty.span(), "name the type: a route has no generic parameters"))
                }
                ty => Ok(ty),
            },
            FnArg::Receiver(receiver) => {
                Err(Error::new(receiver.span(), "a route is a free function, not a method"))
            }
        })
        .collect()
}
