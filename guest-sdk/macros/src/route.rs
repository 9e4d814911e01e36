//! Route attributes. In: the tokens of an attribute and of a function. Out: the function, a type of the same name that
//! stands for the route, its export and its description. Errors point at the place they are about.

use proc_macro2::{Span, TokenStream};
use purview_abi::name::{self, ANY, NameError};
use quote::{quote, quote_spanned};
use syn::{Error, FnArg, ItemFn, LitStr, Result, ReturnType, Type, spanned::Spanned};

use crate::{
    app, claim,
    options::{Arguments, Given, Options},
    text, types,
};

/// `#[get("/pattern")]` and its like.
pub(crate) fn expand_method(
    attribute: &str,
    method: &str,
    arguments: TokenStream,
    item: TokenStream,
) -> TokenStream {
    let usage = format!("write the path pattern, as in `#[{attribute}(\"/users/{{id}}\")]`");
    let method = LitStr::new(method, Span::call_site());
    finish(item, |function| {
        let place = Span::call_site();
        let Arguments { texts, options } = app::around(parse(arguments, &usage)?, place)?;
        match texts.as_slice() {
            [pattern] => route(&method, pattern, &options, function),
            _ => Err(Error::new(Span::call_site(), &usage)),
        }
    })
}

/// `#[route("METHOD", "/pattern")]`.
pub(crate) fn expand_route(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let usage =
        "write the method and the path pattern, as in `#[route(\"PURGE\", \"/cache/{key}\")]`";
    finish(item, |function| {
        let place = Span::call_site();
        let Arguments { texts, options } = app::around(parse(arguments, usage)?, place)?;
        match texts.as_slice() {
            [method, pattern] => route(method, pattern, &options, function),
            _ => Err(Error::new(Span::call_site(), usage)),
        }
    })
}

/// `#[catch_all]`.
pub(crate) fn expand_catch_all(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let usage = "`#[catch_all]` takes no pattern: it answers every path";
    finish(item, |function| {
        let span = arguments.span();
        let place = Span::call_site();
        let Arguments { texts, options } = app::around(parse(arguments, usage)?, place)?;
        match (texts.is_empty(), &options.prefix) {
            (false, _) => Err(Error::new(span, usage)),
            (true, None) => export(ANY, ANY, Span::call_site(), &options, function),
            (true, Some(prefix)) => {
                let below = LitStr::new(&format!("{}/{{*rest}}", prefix.value()), prefix.span());
                let any = LitStr::new(ANY, prefix.span());
                route(&any, &below, &Options { prefix: None, ..options }, function)
            }
        }
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

fn parse(arguments: TokenStream, usage: &str) -> Result<Arguments> {
    let starts_with_text = arguments
        .clone()
        .into_iter()
        .next()
        .is_none_or(|first| matches!(first, proc_macro2::TokenTree::Literal(_)));
    syn::parse2(arguments).map_err(|error| {
        if starts_with_text || error.to_string().contains("there is no option") {
            error
        } else {
            Error::new(error.span(), usage)
        }
    })
}

fn route(
    method: &LitStr,
    pattern: &LitStr,
    options: &Options,
    function: &ItemFn,
) -> Result<TokenStream> {
    let (method_text, own) = (method.value(), pattern.value());
    if own == ANY {
        return Err(Error::new(pattern.span(), "write `#[catch_all]` to answer every path"));
    }
    name::check_pattern(&own).map_err(|error| Error::new(pattern.span(), error))?;
    let prefix = options.prefix.as_ref().map(LitStr::value).unwrap_or_default();
    let whole = joined(&prefix, &own);
    name::check_pattern(&whole).map_err(|error| {
        Error::new(pattern.span(), format!("below the prefix `{prefix}`: {error}"))
    })?;
    match name::Route::parse(&format!("{method_text} {whole}")) {
        Some(Ok(route)) if route.method.to_string() == method_text => {
            export(&method_text, &whole, pattern.span(), options, function)
        }
        Some(Err(error @ NameError::TooLong)) => Err(Error::new(pattern.span(), error)),
        _ => Err(Error::new(method.span(), NameError::BadMethod)),
    }
}

/// A pattern below a prefix; the router's own path has no slash at its end.
pub(crate) fn joined(prefix: &str, pattern: &str) -> String {
    match (prefix, pattern) {
        ("", pattern) => pattern.to_owned(),
        (prefix, "/") => prefix.to_owned(),
        (prefix, pattern) => format!("{prefix}{pattern}"),
    }
}

/// The type that stands for the route, and the export that leads to it.
fn export(
    method: &str,
    pattern: &str,
    span: Span,
    options: &Options,
    function: &ItemFn,
) -> Result<TokenStream> {
    let arguments = arguments(function)?;
    if options.index {
        return Err(Error::new(Span::call_site(), "`index` is an option of `static_files!` only"));
    }
    let (visibility, name) = (&function.vis, &function.sig.ident);
    let middleware = &options.middleware;
    let takes_arguments = !arguments.is_empty() || !middleware.is_empty();
    let params: Vec<&str> = name::params(pattern).collect();
    arguments.iter().try_for_each(|argument| types::check_path(argument, pattern, params.len()))?;
    let export_name = format!("{method} {pattern}");
    let answer = answer(options, function, &arguments);
    let document = document(&export_name, options, function, &arguments);
    let shown = (!options.hidden).then(|| {
        quote! {
            const TEXT: ::purview_guest::document::Fragment = <#name as ::purview_guest::Route>::DOCUMENT;
            #[used]
            #[unsafe(link_section = "purview:openapi")]
            static DOCUMENT: [u8; TEXT.length()] = TEXT.bytes();
        }
    });
    let about = format!("The route `{export_name}`.");
    // What stands under a condition may stand there twice, under another one.
    let is_conditional = function.attrs.iter().any(|attribute| attribute.path().is_ident("cfg"));
    let conflict = if is_conditional { None } else { claim::claim(method, pattern, span) };
    let place = claim::place(span);
    let filled = arguments.iter().filter_map(|argument| filled(argument, &params));
    Ok(quote! {
        #conflict
        #(#filled)*

        #[doc = #about]
        #[allow(non_camel_case_types, reason = "the route has the name of its function")]
        #visibility struct #name {}

        impl ::purview_guest::Route for #name {
            const METHOD: &'static str = #method;
            const PATTERN: &'static str = #pattern;
            const PARAMS: &'static [&'static str] = &[#(#params),*];
            const TAKES_ARGUMENTS: bool = #takes_arguments;
            const DOCUMENT: ::purview_guest::document::Fragment = #document;
            const PLACE: &'static str = #place;

            #answer
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
            #shown
        };
    })
}

/// Refuses a `Path<T>` whose fields are not the parameters of the pattern: each request would be a 422.
fn filled(argument: &Type, params: &[&str]) -> Option<TokenStream> {
    types::is_path(argument).then(|| {
        quote_spanned! { argument.span() =>
            const _: () = {
                #[allow(unused_imports, reason = "for types that have no schema")]
                use ::purview_guest::document::{Fragment, Unknown as _};
                const FIELD: &str = ::purview_guest::document::unfilled(
                    ::purview_guest::document::Argument::<#argument>::REQUIRED,
                    &[#(#params),*],
                );
                const TEXT: Fragment = Fragment::Join(&[
                    Fragment::Text("the pattern has no parameter with the name of the field `"),
                    Fragment::Text(FIELD),
                    Fragment::Text("`"),
                ]);
                const BYTES: [u8; TEXT.length()] = TEXT.bytes();
                if !FIELD.is_empty() && let ::core::result::Result::Ok(text) = ::core::str::from_utf8(&BYTES) {
                    ::core::panic!("{}", text);
                }
            };
        }
    })
}

/// The function that takes the arguments from the request and calls the handler, inside its middleware.
fn answer(options: &Options, function: &ItemFn, arguments: &[&Type]) -> TokenStream {
    let name = &function.sig.ident;
    // Names that cannot meet the function's, whatever it is called.
    let inner = |name: &str| syn::Ident::new(name, Span::mixed_site());
    let (request, rejections) = (inner("request"), inner("rejections"));
    let values: Vec<_> =
        (0..arguments.len()).map(|index| inner(&format!("argument_{index}"))).collect();
    let taken = values.iter().zip(arguments).map(|(taken, argument)| {
        quote_spanned! { argument.span() =>
            let #taken = #rejections.take::<#argument>(#request);
        }
    });
    let all = (!values.is_empty()).then(|| {
        quote! {
            let mut #rejections = ::purview_guest::Rejections::default();
            #(#taken)*
            let (#(::core::option::Option::Some(#values),)*) = (#(#values,)*) else {
                return #rejections.response();
            };
        }
    });
    let output = function.sig.output.span();
    let mut answered = quote_spanned! { output => ::purview_guest::IntoResponse::into_response(#name(#(#values),*)) };
    if let Some(status) = &options.status {
        answered = quote! { ::purview_guest::Response::or_status(#answered, #status) };
    }
    let handler = quote! {
        let _ = #request;
        #all
        #answered
    };
    if options.middleware.is_empty() {
        return quote! {
            #[inline]
            fn answer(#request: &::purview_guest::Request) -> ::purview_guest::Response {
                #handler
            }
        };
    }
    let layers = options.middleware.iter().map(|layer| {
        quote_spanned! { layer.span() =>
            |request, next| {
                let layer: fn(&::purview_guest::Request, ::purview_guest::Next<'_>) -> _ = #layer;
                ::purview_guest::IntoResponse::into_response(layer(request, next))
            }
        }
    });
    quote! {
        fn answer(#request: &::purview_guest::Request) -> ::purview_guest::Response {
            fn handler(#request: &::purview_guest::Request) -> ::purview_guest::Response {
                #handler
            }
            ::purview_guest::Next::new(&[#(#layers),*], handler).run(#request)
        }
    }
}

/// What the module's description says of the route: one line of JSON.
fn document(
    export: &str,
    options: &Options,
    function: &ItemFn,
    arguments: &[&Type],
) -> TokenStream {
    let (summary, description) = text::summary(&text::doc(&function.attrs));
    let or = |given: &Option<LitStr>, own: String| given.as_ref().map_or(own, LitStr::value);
    let mut head = format!(r#"{{"route":{}"#, text::quoted(export));
    let name = function.sig.ident.to_string();
    for (key, value) in [
        ("name", name.trim_start_matches("r#").to_owned()),
        ("operationId", or(&options.operation_id, String::new())),
        ("summary", or(&options.summary, summary)),
        ("description", or(&options.description, description)),
    ] {
        if !value.is_empty() {
            head += &format!(r#","{key}":{}"#, text::quoted(&value));
        }
    }
    let tags: Vec<_> = options.tags.iter().map(|tag| text::quoted(&tag.value())).collect();
    head += &format!(r#","tags":[{}]"#, tags.join(","));
    if options.deprecated {
        head += r#","deprecated":true"#;
    }
    if let Some(status) = &options.status {
        head += &format!(r#","status":{}"#, status.base10_digits());
    }
    let responses: Vec<_> = options
        .responses
        .iter()
        .map(|(code, said)| {
            format!(r#""{}":{}"#, code.base10_digits(), text::quoted(&said.value()))
        })
        .collect();
    head += &format!(r#","responses":{{{}}},"takes":["#, responses.join(","));
    let takes = arguments.iter().enumerate().map(|(index, argument)| {
        let comma = if index == 0 { "" } else { "," };
        quote! {
            ::purview_guest::document::Fragment::Text(#comma),
            ::purview_guest::document::Argument::<#argument>::TAKES,
        }
    });
    let (gives, fails) = answers(options, function);
    let head = head.split_at(1).1;
    quote! {{
        #[allow(unused_imports, reason = "for answers whose type says nothing of them")]
        use ::purview_guest::document::Unknown as _;
        ::purview_guest::document::Fragment::Join(&[
            ::purview_guest::document::Fragment::Text(::core::concat!(
                "{\"package\":\"", ::core::env!("CARGO_PKG_NAME"), " ", ::core::env!("CARGO_PKG_VERSION"), "\",", #head
            )),
            #(#takes)*
            ::purview_guest::document::Fragment::Text(r#"],"gives":"#),
            #gives,
            #fails
            ::purview_guest::document::Fragment::Text("}\n"),
        ])
    }}
}

/// What the type of the answer says of it, and that of the errors, if it is written as a `Result`.
fn answers(options: &Options, function: &ItemFn) -> (TokenStream, Option<TokenStream>) {
    let of_type = |ty: TokenStream| quote! { ::purview_guest::document::Answer::<#ty>::GIVES };
    let gives = match (&options.gives, &function.sig.output) {
        (Some(Given::Content(content)), _) => {
            let content = text::quoted(&content.value());
            let said =
                format!(r#"{{"type":{content},"schema":{{"type":"string","format":"binary"}}}}"#);
            quote! { ::purview_guest::document::Fragment::Text(#said) }
        }
        (Some(Given::Type(ty)), _) => of_type(quote! { #ty }),
        (None, ReturnType::Type(_, ty)) if !matches!(**ty, Type::ImplTrait(_)) => {
            of_type(quote! { #ty })
        }
        (None, ReturnType::Type(..)) => of_type(quote! { ::purview_guest::Response }),
        (None, ReturnType::Default) => of_type(quote! { () }),
    };
    let fails = match &function.sig.output {
        ReturnType::Type(_, ty) => types::result(ty).and_then(|(_, error)| error),
        ReturnType::Default => None,
    };
    let fails = fails.map(|error| {
        quote! {
            ::purview_guest::document::Fragment::Text(r#","fails":"#),
            ::purview_guest::document::Answer::<#error>::GIVES,
        }
    });
    (gives, fails)
}

/// The types of the function's arguments, each of which the request must give.
pub(crate) fn arguments(function: &ItemFn) -> Result<Vec<&Type>> {
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
                Type::ImplTrait(ty) => {
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
