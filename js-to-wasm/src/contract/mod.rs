//! [`Program`] → what it may touch. In: a program that `check` has passed. Out: [`Contract`]: the values that reach each call of the
//! host, found by following data through all files. Literal or dynamic, never guessed. Never happens here: authority; the host takes
//! that from imports, and code generation makes imports of nothing but these values.

mod flow;
mod names;
mod bindings;
mod needs;

pub use bindings::{Bindings, HostFunction, Site};
pub use names::Names;
pub use needs::Needs;

use crate::{diagnostic::Diagnostics, parse::Program, stack};

/// What the program may touch.
#[derive(Debug, Clone)]
pub struct Contract {
    /// The values that reach each call of the host.
    pub bindings: Bindings,
    /// The same, added up.
    pub needs: Needs,
    /// What no import can be made of.
    pub diagnostics: Diagnostics,
}

/// Follows data through the program.
pub fn extract(program: &Program) -> Contract {
    stack::with_large_stack(|| {
        let facts = flow::analyse(program);
        let bindings = bindings::read(&facts);
        let needs = needs::add_up(&bindings);
        let diagnostics = bindings.judge();
        Contract { bindings, needs, diagnostics }
    })
}
