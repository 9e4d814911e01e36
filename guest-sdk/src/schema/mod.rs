//! What a value must be: its description for the API's document, and the constraints that its type alone does not have.
//! `#[derive(Schema)]` makes both of the same attributes, so that what is documented is what is enforced. In: a value that
//! was read. Out: problems. The description is constant text of the module file and costs nothing at run time.

mod email;
pub mod rules;
mod types;
mod url;

use crate::{
    document::Fragment,
    problem::{Place, Problems},
};

/// A type that requests may hold.
///
/// ```
/// use purview_guest::Schema;
/// use serde::Deserialize;
///
/// /// Somebody who signs up.
/// #[derive(Deserialize, Schema)]
/// struct NewUser {
///     #[schema(min_length = 1, max_length = 80)]
///     name: String,
///     #[schema(email)]
///     mail: Option<String>,
///     #[schema(ge = 18, le = 120)]
///     age: u8,
///     #[serde(default)]
///     #[schema(max_items = 10, each(pattern = "^[a-z]+$"))]
///     tags: Vec<String>,
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no schema",
    label = "needs `Schema`",
    note = "write `#[derive(serde::Deserialize, purview_guest::Schema)]` above its definition, or `#[schema(any)]` above the field"
)]
pub trait Schema {
    /// The JSON Schema of this type, as text.
    #[doc(hidden)]
    const NODE: Fragment;
    /// A line of the module's description that defines it, if it has a name.
    #[doc(hidden)]
    const BODY: Fragment = Fragment::Text("");
    /// The names of the fields that cannot be left out, of a struct.
    #[doc(hidden)]
    const REQUIRED: &'static [&'static str] = &[];

    /// Notes which constraints the value at `place` breaks.
    fn check(&self, place: &Place<'_>, problems: &mut Problems) {
        let _ = (place, problems);
    }
}
