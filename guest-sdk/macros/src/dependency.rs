//! `#[dependency]`. In: a function that takes what a handler may take and returns a type of the crate. Out: the same function, and
//! the type's way out of a request.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Error, Ident, ItemFn, Result, ReturnType, spanned::Spanned};

use crate::{route, types};

pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let made = syn::parse2::<ItemFn>(item.clone())
        .map_err(|error| Error::new(error.span(), "a dependency is a function"))
        .and_then(|function| derive(&arguments, &function));
    let made = made.unwrap_or_else(Error::into_compile_error);
    quote! { #item #made }
}

fn derive(options: &TokenStream, function: &ItemFn) -> Result<TokenStream> {
    if !options.is_empty() {
        return Err(Error::new(options.span(), "`#[dependency]` takes nothing"));
    }
    let arguments = route::arguments(function)?;
    let ReturnType::Type(_, returned) = &function.sig.output else {
        return Err(Error::new(
            function.sig.span(),
            "a dependency returns a value: `-> User`, or `-> Result<User, HttpError>`",
        ));
    };
    let (value, fails) = match types::result(returned) {
        Some((value, _)) => (value, true),
        None => (&**returned, false),
    };
    let name = &function.sig.ident;
    let inner = |name: &str| Ident::new(name, Span::mixed_site());
    let (request, rejections) = (inner("request"), inner("rejections"));
    let values: Vec<_> =
        (0..arguments.len()).map(|index| inner(&format!("argument_{index}"))).collect();
    let taken = values.iter().zip(&arguments).map(|(taken, argument)| {
        quote_spanned! { argument.span() =>
            let #taken = #rejections.take::<#argument>(#request);
        }
    });
    let all = (!values.is_empty()).then(|| {
        quote! {
            let mut #rejections = ::purview_guest::Rejections::default();
            #(#taken)*
            let (#(::core::option::Option::Some(#values),)*) = (#(#values,)*) else {
                return ::core::result::Result::Err(#rejections.rejection());
            };
        }
    });
    let called = if fails {
        quote_spanned! { returned.span() => #name(#(#values),*).map_err(::purview_guest::Rejection::from) }
    } else {
        quote! { ::core::result::Result::Ok(#name(#(#values),*)) }
    };
    let takes = arguments.iter().enumerate().map(|(index, argument)| {
        let comma = if index == 0 { "" } else { "," };
        quote! {
            ::purview_guest::document::Fragment::Text(#comma),
            ::purview_guest::document::Argument::<#argument>::TAKES,
        }
    });
    Ok(quote! {
        impl ::purview_guest::Dependency for #value {
            const TAKES: ::purview_guest::document::Fragment = {
                #[allow(unused_imports, reason = "for arguments whose type says nothing of them")]
                use ::purview_guest::document::Unknown as _;
                ::purview_guest::document::Fragment::Join(&[
                    ::purview_guest::document::Fragment::Text("["),
                    #(#takes)*
                    ::purview_guest::document::Fragment::Text("]"),
                ])
            };

            fn resolve(#request: &::purview_guest::Request) -> ::core::result::Result<Self, ::purview_guest::Rejection> {
                let _ = #request;
                #all
                #called
            }

            fn stand_in(json: &str) -> ::core::option::Option<Self> {
                #[allow(unused_imports, reason = "for types that cannot be read")]
                use ::purview_guest::Unreadable as _;
                ::purview_guest::StandIn::<#value>::read(json)
            }
        }
    })
}
