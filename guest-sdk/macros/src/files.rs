//! `static_files!("/static", "public")`. In: a path, the name of a folder, and options of routes. Out: the routes that answer with
//! the files of the folder, as one would write them by hand.

use proc_macro2::{Span, TokenStream};
use purview_abi::name;
use quote::quote;
use syn::{Error, Ident, LitStr, Result};

use crate::options::{Arguments, Options};

const USAGE: &str =
    "write a path and the name of a folder, as in `static_files!(\"/static\", \"public\")`";

pub(crate) fn expand(arguments: TokenStream) -> TokenStream {
    derive(arguments).unwrap_or_else(Error::into_compile_error)
}

fn derive(arguments: TokenStream) -> Result<TokenStream> {
    let Arguments { texts, mut options } = syn::parse2(arguments)?;
    let [path, folder] = texts.as_slice() else {
        return Err(Error::new(Span::call_site(), USAGE));
    };
    for (given, name) in [(options.status.is_some(), "status"), (options.gives.is_some(), "gives")]
    {
        if given {
            return Err(Error::new(
                Span::call_site(),
                format!("`{name}` is no option of `static_files!`: a file has its own"),
            ));
        }
    }
    let own = path.value();
    if own.contains('{') {
        return Err(Error::new(path.span(), "the path of a folder has no parameters"));
    }
    let prefix = options.prefix.take().map(|prefix| prefix.value()).unwrap_or_default();
    let base = format!("{prefix}{}", own.strip_suffix('/').unwrap_or(&own));
    if !own.starts_with('/') || name::check_pattern(&format!("{base}/")).is_err() {
        return Err(Error::new(path.span(), USAGE));
    }
    let with_index = std::mem::take(&mut options.index);
    let index = with_index.then(|| quote! { .with_index() });
    let open = quote! { ::purview_guest::assets!(#folder)#index };
    let file = quote! {
        ::core::result::Result<::purview_guest::assets::File, ::purview_guest::assets::FileError>
    };
    let route = |suffix: &str, below: &str, options: &Options, returns, answer| {
        let name = Ident::new(&format!("{}{suffix}", name_of(folder)), folder.span());
        let pattern = LitStr::new(&format!("{base}{below}"), path.span());
        route(&name, &pattern, options, returns, answer)
    };
    let files = route(
        "",
        "/{*path}",
        &options,
        file.clone(),
        quote! {
            #open.open(&request.param("path").unwrap_or_default())
        },
    );
    if !with_index {
        return Ok(files);
    }
    options.hidden = true;
    let first = route("_index", "/", &options, file, quote! { #open.open("") });
    // Links of a page are relative to its folder only below a slash.
    let slash = base.rsplit_once('/').map(|(_, last)| {
        let target = format!("{last}/");
        let redirect = quote! { ::purview_guest::Redirect };
        route("_slash", "", &options, redirect, quote! { ::purview_guest::Redirect::to(#target) })
    });
    Ok(quote! { #files #first #slash })
}

fn route(
    name: &Ident,
    pattern: &LitStr,
    options: &Options,
    returns: TokenStream,
    answer: TokenStream,
) -> TokenStream {
    let options = options.tokens();
    quote! {
        /// A file of a folder.
        #[::purview_guest::get(#pattern, #options)]
        pub fn #name(request: &::purview_guest::Request) -> #returns {
            let _ = request;
            #answer
        }
    }
}

/// `static_` and the folder's name, with `_` for what no name may hold.
fn name_of(folder: &LitStr) -> String {
    let plain = |char: char| if char.is_ascii_alphanumeric() { char } else { '_' };
    format!("static_{}", folder.value().chars().map(plain).collect::<String>())
}
