//! What is kept with a request: state that middleware passes along, and dependencies that were computed for it. In: values,
//! one of each type. Out: references to them, for as long as the request is there. Never here: a value that outlives it.

use std::{any::Any, cell::OnceCell, fmt, marker::PhantomData};

use serde::de::DeserializeOwned;

use crate::{FromRequest, Rejection, Request, Response, document::Fragment};

/// Values of different types, added one after the other and never taken out.
#[derive(Default)]
pub(crate) struct Kept(OnceCell<Box<Node>>);

struct Node {
    value: Box<dyn Any>,
    next: Kept,
}

impl Kept {
    /// Adds a value, or gives it back if there is one of its type.
    pub(crate) fn add(&self, value: Box<dyn Any>) {
        let mut slot = self;
        let id = (*value).type_id();
        while let Some(node) = slot.0.get() {
            if (*node.value).type_id() == id {
                return;
            }
            slot = &node.next;
        }
        slot.0.get_or_init(|| Box::new(Node { value, next: Self::default() }));
    }

    pub(crate) fn get<T: 'static>(&self) -> Option<&T> {
        let mut slot = self;
        while let Some(node) = slot.0.get() {
            if let Some(value) = node.value.downcast_ref() {
                return Some(value);
            }
            slot = &node.next;
        }
        None
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}

/// What a middleware has passed along with [`Request::keep`]. Without it the handler is not called: a 500 and an error in the log.
#[derive(Debug)]
pub struct State<'r, T>(
    /// The value.
    pub &'r T,
);

impl<'r, T: 'static> FromRequest<'r> for State<'r, T> {
    fn from_request(request: &'r Request) -> Result<Self, Rejection> {
        request.kept().map(State).ok_or_else(|| {
            let name = std::any::type_name::<T>();
            Response::fault(format_args!("no middleware has kept a `{name}` with the request"))
                .into()
        })
    }
}

/// What `#[dependency]` makes of a function: a type whose values are computed from a request.
#[diagnostic::on_unimplemented(
    message = "nothing computes a `{Self}` from a request",
    note = "write `#[dependency]` above a function that returns it"
)]
pub trait Dependency: Sized + 'static {
    /// What its own arguments say of themselves.
    #[doc(hidden)]
    const TAKES: Fragment = Fragment::Text("null");

    /// Computes the value, or answers the request.
    fn resolve(request: &Request) -> Result<Self, Rejection>;

    /// Reads the value that a test has instead, if it can be read at all.
    #[doc(hidden)]
    fn stand_in(json: &str) -> Option<Self> {
        let _ = json;
        None
    }
}

/// How a test's value is read. `StandIn::<T>::read` reads JSON where `T` can be read, and nothing elsewhere: an inherent
/// function goes before that of a trait.
#[doc(hidden)]
#[derive(Debug)]
pub struct StandIn<T>(PhantomData<T>);

impl<T: DeserializeOwned> StandIn<T> {
    /// Reads it.
    pub fn read(json: &str) -> Option<T> {
        serde_json::from_str(json).ok()
    }
}

/// What cannot be read.
#[doc(hidden)]
pub trait Unreadable {
    /// The type.
    type Value;

    /// Nothing.
    fn read(_: &str) -> Option<Self::Value> {
        None
    }
}

impl<T> Unreadable for StandIn<T> {
    type Value = T;
}

/// What a module built for tests asks the test for, as if it were a variable: never the name of one.
#[cfg(any(not(target_arch = "wasm32"), purview_test))]
pub(crate) fn stand_in_name<T>() -> String {
    format!("purview:dependency/{}", std::any::type_name::<T>())
}

/// The value that a test has instead of a dependency.
///
/// # Panics
/// If it cannot be read.
#[cfg(any(not(target_arch = "wasm32"), purview_test))]
pub(crate) fn stand_in<T: Dependency>(json: &str) -> T {
    T::stand_in(json).unwrap_or_else(|| {
        let name = std::any::type_name::<T>();
        panic!("`{name}` cannot be replaced: `serde::Deserialize` does not read what `Serialize` writes of it, or is not derived")
    })
}

/// A value that a `#[dependency]` function computes, once for each request, whoever asks for it.
///
/// ```
/// use purview_guest::{Bearer, Depends, HttpError, dependency, get};
///
/// struct User { name: String }
///
/// #[dependency]
/// fn current_user(Bearer(token): Bearer<'_>) -> Result<User, HttpError> {
///     match token {
///         "secret" => Ok(User { name: "Ada".to_owned() }),
///         _ => Err(HttpError::unauthorized("unknown token")),
///     }
/// }
///
/// #[get("/me")]
/// fn me(Depends(user): Depends<'_, User>) -> String {
///     user.name.clone()
/// }
/// ```
///
/// A test keeps a value of its own with the request, and the function is not called:
/// `TestRequest::get("/me").keep(User { name: "test".into() })`. `TestApp::replace` does so in the sandbox too.
#[derive(Debug)]
pub struct Depends<'r, T>(
    /// The value.
    pub &'r T,
);

impl<'r, T: Dependency> FromRequest<'r> for Depends<'r, T> {
    const TAKES: Fragment = T::TAKES;

    fn from_request(request: &'r Request) -> Result<Self, Rejection> {
        if let Some(value) = request.kept() {
            return Ok(Self(value));
        }
        #[cfg(all(target_arch = "wasm32", purview_test))]
        if let Some(json) = crate::env_any(&stand_in_name::<T>()) {
            request.keep(stand_in::<T>(&json));
            return request.kept().map(Self).ok_or_else(|| Rejection::new(500, "not kept"));
        }
        let value = T::resolve(request)?;
        request.keep(value);
        request.kept().map(Self).ok_or_else(|| Rejection::new(500, "Internal Server Error"))
    }
}
