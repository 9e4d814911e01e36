//! [`Program`] → the same handler as plain JavaScript modules, for running under Node. In: a program that `check` passed. Out:
//! one module per file with a source map, and what they import: each other and one runtime module (`shim/runtime.mjs`).
//!
//! ```text
//! original text → desugar (match, |>, assert, distinct, null) → oxc: parse, bind, remove types and JSX, print → prologue
//! ```
//!
//! The second parser reads the desugared text on its own, so that the two front ends check each other. Never happens here:
//! optimisation, reading or writing of files.

mod desugar;
mod map;
mod print;

use std::{collections::BTreeSet, fmt};

use crate::{
    check::handler,
    comptime::{self, Folded},
    parse::{Module, Program},
    stack,
};

/// The runtime module that emitted code imports, as text.
pub const RUNTIME: &str = include_str!("../../shim/runtime.mjs");
/// The program that runs emitted modules under Node, as text.
pub const RUNNER: &str = include_str!("../../shim/node.mjs");

/// Names that the runtime module provides in place of those of Node. Other global names mean in Node what they mean here.
pub const RUNTIME_GLOBALS: &[&str] = &[
    "Array",
    "Float32Array",
    "Float64Array",
    "Fragment",
    "Headers",
    "Int16Array",
    "Int32Array",
    "Int8Array",
    "JSON",
    "Map",
    "Request",
    "Response",
    "Result",
    "Set",
    "TextDecoder",
    "TextEncoder",
    "URL",
    "Uint16Array",
    "Uint32Array",
    "Uint8Array",
    "Uint8ClampedArray",
    "comptime",
    "console",
    "fetchSync",
    "h",
    "httpRequest",
    "range",
    "renderToString",
];

/// How to emit.
#[derive(Debug, Clone)]
pub struct Options {
    /// The specifier of the runtime module, as emitted modules import it.
    pub runtime: String,
}

/// One emitted module.
#[derive(Debug, Clone)]
pub struct Emitted {
    /// The path of its source with the extension `.mjs`.
    pub path: String,
    /// The code. It ends with a comment that names the map.
    pub code: String,
    /// The source map, as JSON.
    pub map: String,
}

/// Why a program cannot be emitted: a fault of the compiler, not of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmitError {
    /// The path of the module.
    pub path: String,
    /// What the second parser says.
    pub reason: String,
}

impl fmt::Display for EmitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` cannot be written as JavaScript: {}", self.path, self.reason)
    }
}

impl std::error::Error for EmitError {}

/// Emits every module of a program, the entry last.
pub fn emit(program: &Program, options: &Options) -> Result<Vec<Emitted>, EmitError> {
    stack::with_large_stack(|| {
        let paths = emitted_paths(program);
        let constants = comptime::fold(program).0;
        let modules = program.modules.iter().zip(&paths);
        let emit = |(module, path): (&Module, &String)| {
            emit_module(program, &constants, module, path, &paths, options)
        };
        modules.map(emit).collect()
    })
}

fn emit_module(
    program: &Program,
    constants: &Folded,
    module: &Module,
    path: &str,
    paths: &[String],
    options: &Options,
) -> Result<Emitted, EmitError> {
    let source = program.sources.file(module.file);
    let form = desugar::Form::JavaScript { runtime: &options.runtime, path, paths };
    let desugared = desugar::desugar(module, source, constants, form);
    let names = print::ElementNames::for_text(&desugared.text);
    let printed = print::print(&desugared.text, module.language, &names)
        .map_err(|reason| EmitError { path: module.path.clone(), reason })?;
    let is_entry = std::ptr::eq(module, program.entry());
    let prologue = prologue(module, &desugared, &names, options);
    let epilogue = epilogue(module, is_entry);
    let map = map::compose(&printed.map, &desugared, source, prologue.matches('\n').count() as u32);
    let name = path.rsplit('/').next().unwrap_or(path);
    let code = format!("{prologue}{}{epilogue}//# sourceMappingURL={name}.map\n", printed.code);
    Ok(Emitted { path: path.to_owned(), code, map })
}

/// Every module with its types but without the language's own constructs: what another type checker reads, together with
/// `shim/purview.d.ts`. Paths stay as they are.
pub fn typescript(program: &Program) -> Vec<(String, String)> {
    let constants = comptime::fold(program).0;
    let emit = |module: &Module| {
        let source = program.sources.file(module.file);
        let desugared = desugar::desugar(module, source, &constants, desugar::Form::TypeScript);
        let subjects = desugared.subjects.iter().map(|name| format!("let {name}: any;\n"));
        (
            module.path.clone(),
            format!("{}{}\nexport {{}};\n", subjects.collect::<String>(), desugared.text),
        )
    };
    stack::with_large_stack(|| program.modules.iter().map(emit).collect())
}

/// The imports of runtime names that the module uses, and the places that hold the subjects of `match`.
fn prologue(
    module: &Module,
    desugared: &desugar::Desugared,
    names: &print::ElementNames,
    options: &Options,
) -> String {
    let unbound = crate::check::names::resolve(module).unbound;
    let mut used: BTreeSet<&str> = unbound.iter().map(|(name, _)| name.as_str()).collect();
    used.retain(|name| RUNTIME_GLOBALS.contains(name));
    let mut list: Vec<String> = used.into_iter().map(str::to_owned).collect();
    if module.language.has_jsx() {
        list.extend([format!("h as {}", names.element), format!("Fragment as {}", names.fragment)]);
    }
    let mut out = String::new();
    if !list.is_empty() {
        out += &format!("import {{ {} }} from {:?};\n", list.join(", "), options.runtime);
    }
    if !desugared.subjects.is_empty() {
        out += &format!("let {};\n", desugared.subjects.join(", "));
    }
    out
}

/// Exports the handler where the source only declares it.
fn epilogue(module: &Module, is_entry: bool) -> &'static str {
    let default = handler::has_default(&module.ast);
    if is_entry && !default { "export { handler as default };\n" } else { "" }
}

/// Each module's path with the extension `.mjs`; where two would be the same, the old extension stays in front.
fn emitted_paths(program: &Program) -> Vec<String> {
    let stem = |path: &str| path.rsplit_once('.').map_or(path, |(stem, _)| stem).to_owned();
    let stems: Vec<String> = program.modules.iter().map(|module| stem(&module.path)).collect();
    let unique = |wanted: &String| stems.iter().filter(|stem| *stem == wanted).count() == 1;
    let paths = program.modules.iter().zip(&stems);
    paths
        .map(|(module, stem)| format!("{}.mjs", if unique(stem) { stem } else { &module.path }))
        .collect()
}
