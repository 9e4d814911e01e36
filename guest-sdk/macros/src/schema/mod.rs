//! `#[derive(Schema)]`. In: a struct or an enum with the attributes of serde and of its own. Out: the type's description as
//! constant text, one component of the module's document, and the function that enforces its constraints. What serde reads
//! under which name is followed, so that the description is of the JSON that comes in.

mod constraint;
mod names;
mod shape;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Data, DeriveInput, Error, Fields, GenericParam, Generics, LitStr, Result};

use names::Container;

pub(crate) fn expand(item: TokenStream) -> TokenStream {
    syn::parse2::<DeriveInput>(item)
        .and_then(|input| derive(&input))
        .unwrap_or_else(Error::into_compile_error)
}

/// A constant text of pieces.
#[derive(Default)]
pub(crate) struct Pieces {
    tokens: TokenStream,
    pending: String,
}

impl Pieces {
    /// Text that is known now.
    fn text(&mut self, text: &str) {
        self.pending.push_str(text);
    }

    /// A text that the compiler finds: an expression of type `Fragment`.
    fn fragment(&mut self, expression: impl ToTokens) {
        self.flush();
        self.tokens.extend(quote! { #expression, });
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let text = std::mem::take(&mut self.pending);
            self.tokens.extend(quote! { ::purview_guest::document::Fragment::Text(#text), });
        }
    }

    /// The whole as an expression.
    fn finish(mut self) -> TokenStream {
        self.flush();
        let tokens = self.tokens;
        quote! { ::purview_guest::document::Fragment::Join(&[#tokens]) }
    }
}

fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let container = Container::read(&input.attrs)?;
    let shape = match &input.data {
        Data::Struct(data) => shape::of_struct(&container, &input.attrs, &data.fields)?,
        Data::Enum(data) => shape::of_enum(&container, &input.attrs, &data.variants)?,
        Data::Union(data) => {
            return Err(Error::new(data.union_token.span, "a union has no schema"));
        }
    };
    if let (Data::Enum(data), true) = (&input.data, container.conventions) {
        return Err(Error::new(
            data.enum_token.span,
            "`conventions` is for structs: it goes by the names of fields",
        ));
    }
    let name = &input.ident;
    let bounded = with_bounds(&input.generics);
    let (generics, arguments, clause) = bounded.split_for_impl();
    let has_types = input.generics.type_params().next().is_some()
        || input.generics.const_params().next().is_some();
    let shape::Shape { body, check, required } = shape;
    let place = syn::Ident::new("place", Span::mixed_site());
    let problems = syn::Ident::new("problems", Span::mixed_site());
    let check = quote! {
        fn check(&self, #place: &::purview_guest::Place<'_>, #problems: &mut ::purview_guest::Problems) {
            let (place, problems) = (#place, #problems);
            let _ = (&place, &problems);
            #check
        }
    };
    if has_types {
        return Ok(quote! {
            impl #generics ::purview_guest::Schema for #name #arguments #clause {
                const NODE: ::purview_guest::document::Fragment = #body;
                const REQUIRED: &'static [&'static str] = &[#(#required),*];
                #check
            }
        });
    }
    let text = name.to_string();
    let text = LitStr::new(&format!("::{}", text.trim_start_matches("r#")), name.span());
    let lifetimes = input.generics.lifetimes().map(|_| quote! { 'static });
    let of_static = quote! { #name<#(#lifetimes),*> };
    Ok(quote! {
        impl #generics ::purview_guest::Schema for #name #arguments #clause {
            const NODE: ::purview_guest::document::Fragment = ::purview_guest::document::Fragment::Text(
                ::core::concat!("{\"$ref\":\"", ::core::module_path!(), #text, "\"}")
            );
            const BODY: ::purview_guest::document::Fragment = ::purview_guest::document::Fragment::Join(&[
                ::purview_guest::document::Fragment::Text(
                    ::core::concat!("{\"component\":\"", ::core::module_path!(), #text, "\",\"schema\":")
                ),
                #body,
                ::purview_guest::document::Fragment::Text("}\n"),
            ]);
            const REQUIRED: &'static [&'static str] = &[#(#required),*];
            #check
        }

        #[cfg(target_arch = "wasm32")]
        const _: () = {
            const TEXT: ::purview_guest::document::Fragment = <#of_static as ::purview_guest::Schema>::BODY;
            #[used]
            #[unsafe(link_section = "purview:openapi")]
            static DOCUMENT: [u8; TEXT.length()] = TEXT.bytes();
        };
    })
}

/// Each type parameter has a schema too.
fn with_bounds(generics: &Generics) -> Generics {
    let mut generics = generics.clone();
    for parameter in &mut generics.params {
        if let GenericParam::Type(parameter) = parameter {
            parameter.bounds.push(syn::parse_quote! { ::purview_guest::Schema });
        }
    }
    generics
}

/// Fields that have names, in tuple structs their numbers.
fn members(fields: &Fields) -> Vec<syn::Member> {
    fields.members().collect()
}
