//! The whole way of a program: sources → parse → check → contract → lower → wasm → package. In: a loader and the entry's path. Out: a package, or
//! everything that is wrong.

use crate::{
    Checked,
    check::Truthiness,
    check_source_with,
    contract::{self, Contract},
    diagnostic::{Diagnostic, Diagnostics},
    lower,
    package::{self, Package},
    parse::Program,
    source::Load,
    stack, wasm,
};

/// How a program is checked and compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether proven routes are exported by their names, beside the catch-all. A module answers the same either way.
    pub routes: bool,
    /// What counts as a condition, where `purview.json` is not to decide.
    pub truthiness: Option<Truthiness>,
}

impl Default for Options {
    fn default() -> Self {
        Self { routes: true, truthiness: None }
    }
}

/// Compiles the program that starts at `entry`, or says what is wrong with it.
pub fn compile(loader: &(dyn Load + Sync), entry: &str) -> Result<Package, Box<Checked>> {
    compile_with(loader, entry, Options::default())
}

/// The same with options.
pub fn compile_with(
    loader: &(dyn Load + Sync),
    entry: &str,
    options: Options,
) -> Result<Package, Box<Checked>> {
    let mut checked = check_source_with(loader, entry, options.truthiness);
    let (Some(program), Some(contract)) = (&checked.program, &checked.contract) else {
        return Err(Box::new(checked));
    };
    match compile_program(program, contract, options) {
        Ok(package) => Ok(package),
        Err(diagnostics) => {
            checked.diagnostics.extend(diagnostics);
            Err(Box::new(checked))
        }
    }
}

/// The program in the compiler's middle form, as text: for looking at what the compiler knows and does.
pub fn emit_ir(program: &Program, contract: &Contract) -> Result<String, Diagnostics> {
    stack::with_large_stack(|| {
        let ir = lower::lower(program, contract)?;
        Ok(lower::print::print(&ir, &lower::types::find(&ir)))
    })
}

/// Compiles a program that `check` has passed.
pub fn compile_program(
    program: &Program,
    contract: &Contract,
    options: Options,
) -> Result<Package, Diagnostics> {
    stack::with_large_stack(|| {
        let mut ir = lower::lower(program, contract)?;
        let mut described = String::new();
        if options.routes {
            let routes = contract::routes::prove(program);
            described = contract::api::describe(program, &routes);
            ir.routes = routes.names;
        }
        let written = wasm::write(&ir);
        let sealed =
            written.and_then(|written| package::seal(program, contract, written, &described));
        sealed.map_err(|error| {
            let message = format!("the compiler made a module that is not valid: {error}");
            let help = "this is a fault of the compiler: please report it with the program";
            Diagnostic::global("JS899", message).with_help(help).into()
        })
    })
}
