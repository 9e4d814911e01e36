//! `app!(middleware(traced))`. In: what all routes of a crate share, said before any of them. Out: nothing but a check of the
//! functions; each route asks here as it is expanded. Never here: a route that came before and so does not have it. That is an error.

use std::sync::{Mutex, PoisonError};

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::{Error, Path, PathSegment, Result, spanned::Spanned as _};

use crate::{claim, options::Arguments, router};

/// What is known of the crate that this compiler process expands.
struct Known {
    /// The options as text: what the compiler hands out does not outlive a macro.
    app: Option<String>,
    /// Where the first route stands.
    first_route: Option<String>,
}

static KNOWN: Mutex<Known> = Mutex::new(Known { app: None, first_route: None });

pub(crate) fn expand(arguments: TokenStream) -> TokenStream {
    derive(arguments).unwrap_or_else(Error::into_compile_error)
}

fn derive(arguments: TokenStream) -> Result<TokenStream> {
    let mut options = router::options(arguments)?;
    options.middleware.iter_mut().for_each(from_the_root);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if !claim::is_editor() {
        if known.app.is_some() {
            return Err(Error::new(Span::call_site(), "a crate has one `app!`"));
        }
        if let Some(route) = &known.first_route {
            return Err(Error::new(
                Span::call_site(),
                format!(
                    "`app!` stands before all routes and `mod`s of the crate, and there is one at {route}"
                ),
            ));
        }
        known.app = Some(options.tokens().to_string());
    }
    // Said here once, not at each of the routes.
    Ok(options
        .middleware
        .iter()
        .map(|layer| {
            quote_spanned! { layer.span() =>
                const _: () = {
                    fn layer<R: ::purview_guest::IntoResponse>(
                        _: fn(&::purview_guest::Request, ::purview_guest::Next<'_>) -> R,
                    ) {
                    }
                    #[expect(dead_code, reason = "the compiler checks it")]
                    fn is_layer() {
                        layer(#layer);
                    }
                };
            }
        })
        .collect())
}

/// The options of a route with those of its crate around them.
pub(crate) fn around(arguments: Arguments, place: Span) -> Result<Arguments> {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if claim::is_editor() {
        return Ok(arguments);
    }
    let Some(app) = &known.app else {
        known.first_route.get_or_insert_with(|| claim::place(place));
        return Ok(arguments);
    };
    let app: Arguments = syn::parse_str(app)?;
    let Arguments { texts, options } = arguments;
    Ok(Arguments { texts, options: router::extended(options, &app.options) })
}

/// A name of the root of the crate, seen from anywhere in it.
fn from_the_root(path: &mut Path) {
    let first = path.segments.first().map(|first| first.ident.to_string());
    if path.leading_colon.is_some() || first.as_deref() == Some("crate") {
        return;
    }
    let root = PathSegment::from(syn::Ident::new("crate", path.span()));
    if first.as_deref() == Some("self") {
        path.segments = path.segments.iter().skip(1).cloned().collect();
    }
    path.segments.insert(0, root);
}
