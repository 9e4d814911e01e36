//! Module bytes to contract. In: any bytes. Out: what the module serves and what it may touch, or everything that keeps
//! this host from serving it, listed at once. The imports and exports decide; the compiler's claims in the custom section
//! are checked against them and otherwise only shown. Never here: compiling, linking, or a panic, whatever the bytes.

use std::collections::BTreeSet;

use purview_abi::contract::{Contract as Document, Limits};
use wasmparser::{Parser, Payload, Validator, WasmFeatures, types::Types};

mod claims;
mod export;
mod import;
mod problem;
mod signature;
mod statements;
pub mod wasi;

pub(crate) use problem::shown;
pub use problem::{ContractError, Problem};
pub use statements::Statements;

/// What the contract is read with: WebAssembly 2.0, tail calls, relaxed SIMD and extended constant expressions. Threads, 64-bit
/// and several memories and exceptions are read only to say by name what is refused; the engine does not run them.
pub const FEATURES: WasmFeatures = WasmFeatures::MUTABLE_GLOBAL
    .union(WasmFeatures::SATURATING_FLOAT_TO_INT)
    .union(WasmFeatures::SIGN_EXTENSION)
    .union(WasmFeatures::REFERENCE_TYPES)
    .union(WasmFeatures::GC_TYPES)
    .union(WasmFeatures::MULTI_VALUE)
    .union(WasmFeatures::BULK_MEMORY)
    .union(WasmFeatures::SIMD)
    .union(WasmFeatures::RELAXED_SIMD)
    .union(WasmFeatures::TAIL_CALL)
    .union(WasmFeatures::EXTENDED_CONST)
    .union(WasmFeatures::FLOATS)
    .union(WasmFeatures::THREADS)
    .union(WasmFeatures::MEMORY64)
    .union(WasmFeatures::MULTI_MEMORY)
    .union(WasmFeatures::EXCEPTIONS);

/// What a module serves and what it may touch, with what the host needs to know to start it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// The contract document.
    pub document: Document,
    /// Routes whose function is that of the catch-all: they are names for what it answers, and change no routing.
    pub of_catch_all: BTreeSet<String>,
    /// Address of the area for request records that fit, if the module has one.
    pub request_area: Option<u32>,
    /// The address of the fault record, if the module has one.
    pub fault_record: Option<u32>,
    /// Whether `_initialize` must run in each new instance.
    pub initialize: bool,
    /// The SQL statements that it imports, by name.
    pub statements: Statements,
}

/// Reads the contract of a module, or lists everything that is wrong with it.
pub fn extract(bytes: &[u8]) -> Result<Contract, ContractError> {
    let types = validate(bytes)?;
    let sections = Sections::read(bytes)?;
    let mut problems = Vec::new();
    let imports = import::check(&sections.imports, &types, &mut problems);
    let exports = export::check(&sections, &types, &mut problems);
    let statements = statements::check(&sections.statements, &imports, &mut problems);
    if !problems.is_empty() {
        return Err(ContractError { problems });
    }
    let derived = Document::derive(
        imports.iter().copied(),
        exports.routes.iter().copied(),
        Limits {
            memory_bytes_min: exports.memory_bytes_min,
            memory_bytes_max: exports.memory_bytes_max,
        },
    );
    let mut document = derived.map_err(|unreadable| {
        ContractError::from(Problem::Invalid { message: unreadable.to_string() })
    })?;
    claims::check(&sections.claims, &mut document, &mut problems);
    if !problems.is_empty() {
        return Err(ContractError { problems });
    }
    Ok(Contract {
        document,
        of_catch_all: exports.of_catch_all.iter().map(|route| (*route).to_owned()).collect(),
        request_area: exports.request_area,
        fault_record: exports.fault_record,
        initialize: exports.initialize,
        statements,
    })
}

/// Only a core module that follows the specification goes on.
fn validate(bytes: &[u8]) -> Result<Types, Problem> {
    if bytes.is_empty() {
        return Err(Problem::Empty);
    }
    if Parser::is_component(bytes) {
        return Err(Problem::Component);
    }
    if !Parser::is_core_wasm(bytes) {
        let text = bytes.trim_ascii_start();
        let is_text = text.starts_with(b"(") || text.starts_with(b";;");
        return Err(if is_text { Problem::TextFormat } else { Problem::NotWasm });
    }
    Validator::new_with_features(FEATURES).validate_all(bytes).map_err(Problem::invalid)
}

/// The parts of a module that make its contract, in the order of the binary.
#[derive(Default)]
struct Sections<'a> {
    imports: Vec<wasmparser::Import<'a>>,
    globals: Vec<wasmparser::Global<'a>>,
    exports: Vec<wasmparser::Export<'a>>,
    claims: Vec<&'a [u8]>,
    statements: Vec<&'a [u8]>,
}

impl<'a> Sections<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, Problem> {
        let mut sections = Self::default();
        for payload in Parser::new(0).parse_all(bytes) {
            sections.add(payload).map_err(Problem::invalid)?;
        }
        Ok(sections)
    }

    fn add(&mut self, payload: wasmparser::Result<Payload<'a>>) -> Result<(), wasmparser::Error> {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    self.imports.push(import?);
                }
            }
            Payload::GlobalSection(section) => {
                for global in section {
                    self.globals.push(global?);
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    self.exports.push(export?);
                }
            }
            Payload::CustomSection(section)
                if section.name() == purview_abi::name::CONTRACT_SECTION =>
            {
                self.claims.push(section.data());
            }
            Payload::CustomSection(section) if section.name() == purview_abi::name::SQL_SECTION => {
                self.statements.push(section.data());
            }
            _ => {}
        }
        Ok(())
    }
}
