//! [`Program`] → what it may touch. In: a program that `check` has passed. Out: [`Contract`]: the values that reach each call of the
//! host, found by following data through all files. Literal or dynamic, never guessed. Never happens here: authority; the host takes
//! that from imports, and code generation makes imports of nothing but these values.

mod flow;
mod names;
mod bindings;
mod needs;
mod graph;
mod properties;
mod spec;
pub(crate) mod routes;

pub use bindings::{Bindings, HostFunction, Site};
pub use graph::{Step, show};
pub use names::Names;
pub use needs::Needs;
pub use properties::{Properties, Property, Verdict};

use crate::{diagnostic::Diagnostics, parse::Program, stack};

/// What the program may touch.
#[derive(Debug, Clone)]
pub struct Contract {
    /// The values that reach each call of the host.
    pub bindings: Bindings,
    /// The same, added up.
    pub needs: Needs,
    /// What holds for every request.
    pub properties: Properties,
    /// Names of which no import can be made, and promises that are not proven.
    pub diagnostics: Diagnostics,
}

/// Follows data through the program.
pub fn extract(program: &Program) -> Contract {
    stack::with_large_stack(|| {
        let facts = flow::analyse(program);
        let bindings = bindings::read(&facts);
        let needs = needs::add_up(&bindings);
        let properties = properties::decide(&facts);
        let mut diagnostics = bindings.judge();
        diagnostics.extend(spec::judge(program, &properties));
        diagnostics.sort();
        Contract { bindings, needs, properties, diagnostics }
    })
}
