//! `#[derive(ApiKey)]`. In: a struct around a text, and where the key stands. Out: an argument of handlers.

use proc_macro2::{Span, TokenStream};
use purview_abi::name::is_token_byte;
use quote::quote;
use syn::{Data, DeriveInput, Error, Fields, Ident, LitStr, Result};

use crate::text;

const USAGE: &str = "write where the key stands, as in `#[api_key(header = \"x-api-key\")]`; also `query` and `cookie`";

pub(crate) fn expand(item: TokenStream) -> TokenStream {
    syn::parse2::<DeriveInput>(item)
        .and_then(|input| derive(&input))
        .unwrap_or_else(Error::into_compile_error)
}

fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let newtype = match &input.data {
        Data::Struct(data) => {
            matches!(&data.fields, Fields::Unnamed(fields) if fields.unnamed.len() == 1)
        }
        _ => false,
    };
    if !newtype || !input.generics.params.is_empty() {
        return Err(Error::new(
            input.ident.span(),
            "a key is a struct around a text: `struct Key(String);`",
        ));
    }
    let mut found: Option<(&'static str, LitStr)> = None;
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("api_key")) {
        attribute.parse_nested_meta(|meta| {
            let places = [("header", "Header"), ("query", "Query"), ("cookie", "Cookie")];
            let place = places.into_iter().find(|(name, _)| meta.path.is_ident(name));
            let (_, place) = place.ok_or_else(|| meta.error(USAGE))?;
            found = Some((place, meta.value()?.parse()?));
            Ok(())
        })?;
    }
    let (place, name) = found.ok_or_else(|| Error::new(Span::call_site(), USAGE))?;
    let value = name.value();
    if value.is_empty() || (place != "Query" && !value.bytes().all(is_token_byte)) {
        return Err(Error::new(name.span(), "this is not a name: letters, digits and hyphens"));
    }
    let takes = format!(
        r#"{{"security":{},"scheme":{{"type":"apiKey","in":"{}","name":{}}}}}"#,
        text::quoted(&input.ident.to_string()),
        place.to_lowercase(),
        text::quoted(&value),
    );
    let (ident, place) = (&input.ident, Ident::new(place, Span::call_site()));
    Ok(quote! {
        impl<'r> ::purview_guest::FromRequest<'r> for #ident {
            const TAKES: ::purview_guest::document::Fragment = ::purview_guest::document::Fragment::Text(#takes);

            fn from_request(request: &'r ::purview_guest::Request) -> ::core::result::Result<Self, ::purview_guest::Rejection> {
                ::purview_guest::api_key(request, ::purview_guest::KeyPlace::#place(#name)).map(Self)
            }
        }
    })
}
