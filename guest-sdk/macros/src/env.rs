//! `env!("NAME")`. In: a name, written out. Out: an expression that reads the variable through an import of that name.

use proc_macro2::TokenStream;
use purview_abi::name::{ANY, Import};
use quote::quote;
use syn::{Error, LitStr, Result};

pub(crate) fn expand(arguments: TokenStream) -> TokenStream {
    read(arguments).unwrap_or_else(Error::into_compile_error)
}

fn read(arguments: TokenStream) -> Result<TokenStream> {
    let name: LitStr = syn::parse2(arguments).map_err(|error| {
        Error::new(
            error.span(),
            "write the variable's name as text, as in `env!(\"GREETING\")`; for a name known at run time use `env_any(name)`",
        )
    })?;
    if name.value() == ANY {
        return Err(Error::new(name.span(), "`*` stands for every name: use `env_any(name)`"));
    }
    Import::parse("purview:env", &name.value()).map_err(|error| Error::new(name.span(), error))?;
    Ok(quote! {{
        #[cfg(target_arch = "wasm32")]
        let value = {
            #[link(wasm_import_module = "purview:env")]
            unsafe extern "C" {
                #[link_name = #name]
                fn read(buffer: *mut u8, capacity: usize) -> i32;
            }
            // SAFETY: the import of this module and name is that function.
            unsafe { ::purview_guest::raw::env(read) }
        };
        #[cfg(not(target_arch = "wasm32"))]
        let value = ::purview_guest::raw::env(#name);
        value
    }})
}
