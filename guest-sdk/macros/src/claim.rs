//! What the routes of a crate answer, all of them, whichever module they stand in. In: a route with its whole pattern, when its
//! attribute is expanded. Out: an error at the second of two routes for the same requests, which names the place of the first.
//! Never here: routes of other crates; those meet when the module is linked.

use std::sync::{Mutex, PoisonError};

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

/// A route that was expanded.
struct Claim {
    /// The method and the pattern without the names of its parameters.
    shape: String,
    shown: String,
    place: String,
}

/// A compiler process expands the routes of one crate.
static CLAIMS: Mutex<Vec<Claim>> = Mutex::new(Vec::new());

/// Notes a route, or says what other one answers the same requests.
///
/// Tests may have routes of their own beside those of the handler, as long as no module is made of them: there the error is left
/// out.
pub(crate) fn claim(method: &str, pattern: &str, span: Span) -> Option<TokenStream> {
    if is_editor() {
        return None;
    }
    let mut claims = CLAIMS.lock().unwrap_or_else(PoisonError::into_inner);
    let claim = Claim {
        shape: shape(method, pattern),
        shown: format!("{method} {pattern}"),
        place: place(span),
    };
    let Some(first) = claims.iter().find(|first| first.shape == claim.shape) else {
        claims.push(claim);
        return None;
    };
    if is_doctest(&first.place) {
        return None;
    }
    let message = match (&*first.shown, &*claim.shown) {
        ("* *", _) => format!("there is a `#[catch_all]` already, at {}", first.place),
        (first_shown, shown) if first_shown == shown => {
            format!("`{shown}` is answered already, at {}", first.place)
        }
        (first_shown, shown) => format!(
            "`{shown}` answers the same requests as `{first_shown}` at {}: the names of parameters make no difference",
            first.place
        ),
    };
    Some(quote_spanned! { span =>
        #[cfg(any(target_arch = "wasm32", not(test)))]
        ::core::compile_error!(#message);
    })
}

/// Where something stands, as compilers write it.
pub(crate) fn place(span: Span) -> String {
    let start = span.unwrap().start();
    format!("{}:{}:{}", start.file(), start.line(), start.column())
}

/// Whether the place is in the examples of documentation, which `rustdoc` puts into one crate: each has routes of its own.
fn is_doctest(place: &str) -> bool {
    place.rsplit(['/', '\\']).next().is_some_and(|file| file.starts_with("doctest_bundle_"))
}

/// Editors expand the same route again and again in one process.
pub(crate) fn is_editor() -> bool {
    let program = std::env::current_exe().ok();
    let name = program.as_deref().and_then(std::path::Path::file_stem);
    name.is_some_and(|name| name.to_string_lossy().starts_with("rust-analyzer"))
}

/// What two routes for the same requests have in common.
fn shape(method: &str, pattern: &str) -> String {
    let segments = pattern.split('/').map(|segment| match segment {
        rest if rest.starts_with("{*") => "{*}",
        parameter if parameter.starts_with('{') => "{}",
        plain => plain,
    });
    format!("{method} {}", segments.collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn names_of_parameters_are_no_part_of_a_shape() {
        assert_eq!(shape("GET", "/users/{id}/{*rest}"), "GET /users/{}/{*}");
        assert_eq!(shape("GET", "/users/{name}/{*all}"), shape("GET", "/users/{id}/{*rest}"));
        assert_ne!(shape("GET", "/users/{id}"), shape("GET", "/users/me"));
        assert_ne!(shape("GET", "/users/{id}"), shape("GET", "/users/{*id}"));
        assert_ne!(shape("GET", "/users/{id}"), shape("*", "/users/{id}"));
    }
}
