//! Compiles handlers written in a strict subset of JavaScript, TypeScript and TSX to WebAssembly.
//!
//! The stages stand below in the order in which a program passes them. A stage does no input or output: files come in
//! through [`source::Load`], and everything that is wrong comes out as [`diagnostic::Diagnostics`].
//!
//! ```
//! let files = js_to_wasm::source::Files::one("a.ts", "function handler(req) { while (true) { } }");
//! let checked = js_to_wasm::check_source(&files, "a.ts");
//! assert!(checked.program.is_none());
//! assert!(checked.render().starts_with("error[JS101]: `while` loops are not part of the language\n --> a.ts:1:25"));
//! ```

pub mod diagnostic;
pub mod disk;
pub mod elements;
pub mod limits;
pub mod stack;

pub mod settings;
pub mod source;
pub mod parse;
pub mod check;
pub mod comptime;
pub mod contract;
mod lower;
mod wasm;
pub mod package;
mod compile;
#[cfg(feature = "emit-js")]
pub mod emit_js;

use diagnostic::Diagnostics;
use source::{Load, Sources};

pub use compile::{Options, compile, compile_program, compile_with, emit_ir};
pub use package::Package;

/// What handlers find, its types and explanations: for editors.
pub const DECLARATIONS: &str = include_str!("../shim/purview.d.ts");

/// What checking found.
#[derive(Debug)]
pub struct Checked {
    /// The program, unless it is refused.
    pub program: Option<parse::Program>,
    /// What the program may touch, unless it is refused.
    pub contract: Option<contract::Contract>,
    /// The texts that were read, for rendering; empty when they stand in the program.
    sources: Sources,
    /// Errors and warnings.
    pub diagnostics: Diagnostics,
}

impl Checked {
    /// The texts that were read.
    pub fn sources(&self) -> &Sources {
        self.program.as_ref().map_or(&self.sources, |program| &program.sources)
    }

    /// The diagnostics for a person.
    pub fn render(&self) -> String {
        self.diagnostics.render(self.sources())
    }

    /// The diagnostics for an editor.
    pub fn to_json(&self) -> serde_json::Value {
        self.diagnostics.to_json(self.sources())
    }
}

/// Loads, parses and checks the program that starts at `entry`.
pub fn check_source(loader: &(dyn Load + Sync), entry: &str) -> Checked {
    check_source_with(loader, entry, None)
}

/// The same where the caller decides what counts as a condition, and not `purview.json`.
pub fn check_source_with(
    loader: &(dyn Load + Sync),
    entry: &str,
    truthiness: Option<check::Truthiness>,
) -> Checked {
    let options = match settings::read(loader, entry) {
        Ok(settings) => check::Options::of(settings, truthiness),
        Err(wrong) => {
            let (sources, diagnostics) = (Sources::default(), wrong.into());
            return Checked { program: None, contract: None, sources, diagnostics };
        }
    };
    match parse::parse(loader, entry) {
        Err((sources, diagnostics)) => {
            Checked { program: None, contract: None, sources, diagnostics }
        }
        Ok(mut program) => {
            let check::Outcome { mut diagnostics, types } = check::run(&program, options);
            program.types = types;
            let refused = |sources, diagnostics| Checked {
                program: None,
                contract: None,
                sources,
                diagnostics,
            };
            if diagnostics.has_errors() {
                return refused(program.sources, diagnostics);
            }
            let contract = contract::extract(&program);
            diagnostics.extend(contract.diagnostics.clone());
            if diagnostics.has_errors() {
                return refused(program.sources, diagnostics);
            }
            let sources = Sources::default();
            Checked { program: Some(program), contract: Some(contract), sources, diagnostics }
        }
    }
}

/// What a code means: why it is refused and what to write instead, as Markdown.
pub fn explain(code: &str) -> Option<String> {
    check::manual::explain(code)
}

/// The same program as plain JavaScript modules, the entry last.
#[cfg(feature = "emit-js")]
pub fn emit_js(
    program: &parse::Program,
    options: &emit_js::Options,
) -> Result<Vec<emit_js::Emitted>, emit_js::EmitError> {
    emit_js::emit(program, options)
}
