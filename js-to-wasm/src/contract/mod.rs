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
pub(crate) mod api;

pub use bindings::{Bindings, HostFunction, Site};
pub use graph::{Step, show};
pub use names::Names;
pub use needs::{Need, Needs};
pub use properties::{Properties, Property, Verdict};

use purview_abi::name::{Import, Value};

use crate::{
    comptime::{self, Folded},
    diagnostic::{Diagnostic, Diagnostics},
    parse::Program,
    source::Span,
    stack,
};

/// Codes of this stage: code, what is wrong, what to do.
pub const CODES: &[(&str, &str, &str)] = &[
    (
        "JS700",
        "a name cannot be that of a variable, a namespace or a statement",
        "choose a name without `=` and control characters; `*` stands for any name",
    ),
    (
        "JS701",
        "the name of an SQL statement is chosen at run time",
        "write the name that `sql(name, statement)` registers as a literal",
    ),
    (
        "JS702",
        "the values of this program cannot all be followed: too many of them meet in the same places",
        "split the program into several handlers, or give what handles values of many kinds several functions",
    ),
    (
        "JS710",
        "the handler promises with `Spec` what is not proven",
        "follow the way in the message to what speaks against it, or take the promise back",
    ),
    ("JS711", "`Spec` names a property that does not exist", "the message lists the properties"),
];

/// What the program may touch.
#[derive(Debug, Clone)]
pub struct Contract {
    /// The values that reach each call of the host.
    pub bindings: Bindings,
    /// The same, added up.
    pub needs: Needs,
    /// What holds for every request.
    pub properties: Properties,
    /// The values of `comptime`.
    pub constants: Folded,
    /// What `comptime` cannot evaluate, names of which no import can be made, and promises that are not proven.
    pub diagnostics: Diagnostics,
}

/// Follows data through the program.
pub fn extract(program: &Program) -> Contract {
    stack::with_large_stack(|| {
        let (constants, mut diagnostics) = comptime::fold(program);
        let facts = flow::analyse(program, &constants);
        if !facts.complete {
            diagnostics.push(too_much(program));
        }
        let bindings = bindings::read(&facts);
        let needs = needs::add_up(&bindings);
        let properties = properties::decide(&facts);
        diagnostics.extend(bindings.judge());
        diagnostics.extend(spec::judge(program, &properties));
        diagnostics.sort();
        Contract { bindings, needs, properties, constants, diagnostics }
    })
}

/// Nothing is proven of a program that was not looked at to its end, so it is refused.
fn too_much(program: &Program) -> Diagnostic {
    let (code, message, help) = CODES[2];
    let place = Span { file: program.entry().file, start: 0, end: 0 };
    Diagnostic::error(code, place, message).with_help(help)
}

impl Contract {
    /// Where the program needs an import, in the order of the text.
    pub fn places(&self, module: &str, name: &str) -> Vec<Span> {
        let Ok(import) = Import::parse(module, name) else { return Vec::new() };
        let wants = |site: &&Site| match (import, site.function.0) {
            (Import::Env(value), "env")
            | (Import::Egress(value), "fetch")
            | (Import::Cache(value, _), "cache") => site.needs(value),
            (Import::Sql(name), "sql") => site.needs(Value::Literal(name)),
            _ => false,
        };
        let mut places: Vec<Span> =
            self.bindings.sites().filter(wants).filter_map(|site| site.place).collect();
        places.sort();
        places.dedup();
        places
    }
}
