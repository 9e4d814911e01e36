//! Everything that keeps a module from being served, as data, and its words. Names come from the module and are escaped
//! before they reach a terminal.

use std::fmt;

use purview_abi::name::{self, NameError};

/// Everything that is wrong with a module, in the order of its sections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractError {
    /// At least one problem.
    pub problems: Vec<Problem>,
}

/// The two names of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportNames {
    /// Import module.
    pub module: String,
    /// Import name.
    pub name: String,
}

impl ImportNames {
    pub(super) fn new(module: &str, name: &str) -> Self {
        Self { module: module.to_owned(), name: name.to_owned() }
    }
}

impl fmt::Display for ImportNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` / `{}`", shown(&self.module), shown(&self.name))
    }
}

/// One reason why a module is not served.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The file has no bytes.
    Empty,
    /// The file is something else.
    NotWasm,
    /// The file is WebAssembly text.
    TextFormat,
    /// The file is a component.
    Component,
    /// The module breaks the rules of WebAssembly, or uses a part of it that is switched off.
    Invalid {
        /// What the validator says.
        message: String,
    },
    /// An import that is not a function.
    ImportKind {
        /// The import.
        import: ImportNames,
        /// What it is.
        kind: &'static str,
    },
    /// An import whose name is not understood.
    ImportName {
        /// The import.
        import: ImportNames,
        /// What is wrong with the name.
        error: NameError,
    },
    /// An import with another signature than the call of that name.
    ImportSignature {
        /// The import.
        import: ImportNames,
        /// The signature of the call.
        expected: String,
        /// The signature in the module.
        found: String,
    },
    /// A function of WASI that is not offered.
    WasiRefused {
        /// Its name.
        name: String,
        /// What to use instead.
        instead: &'static str,
    },
    /// No exported memory.
    MemoryMissing,
    /// A memory with 64-bit addresses.
    Memory64,
    /// A memory shared between threads.
    MemoryShared,
    /// More than one memory.
    MemoryCount {
        /// How many.
        count: u32,
    },
    /// No export that reserves room for a request.
    ReserveMissing,
    /// An export of another version of the agreement.
    OtherVersion {
        /// Its name.
        name: String,
    },
    /// An export that should be something else.
    ExportKind {
        /// Its name.
        name: String,
        /// What it should be.
        expected: &'static str,
        /// What it is.
        found: &'static str,
    },
    /// An exported function that is an import: a host call is no answer to a request.
    ExportImported {
        /// Its name.
        name: String,
    },
    /// An exported function with the wrong signature.
    ExportSignature {
        /// Its name.
        name: String,
        /// The signature it should have.
        expected: String,
        /// The signature it has.
        found: String,
    },
    /// The request area is not a constant.
    RequestAreaKind,
    /// The request area does not lie in the memory.
    RequestAreaOutside {
        /// Its address.
        address: u32,
        /// Size of the memory at the start.
        memory_bytes: u64,
    },
    /// An export that looks like a route and is none.
    RouteName {
        /// Its name.
        name: String,
        /// What is wrong with it.
        error: NameError,
    },
    /// A route that the router cannot take.
    RoutePattern {
        /// Its name.
        name: String,
        /// What the router says.
        message: String,
    },
    /// Two routes that answer the same requests.
    RouteConflict {
        /// The second.
        name: String,
        /// The first.
        other: String,
    },
    /// Nothing to serve.
    NoRoute,
    /// The SQL statements are unreadable, or one is missing.
    Statements {
        /// What is wrong.
        message: String,
    },
    /// More than one section of claims.
    ClaimsTwice,
    /// A section of claims that is too large.
    ClaimsTooLarge {
        /// Its size.
        bytes: usize,
    },
    /// Claims that are not a JSON object.
    ClaimsUnreadable {
        /// What the reader says.
        message: String,
    },
    /// A claim of the wrong type or of another version.
    ClaimsShape {
        /// Where in the claims.
        key: &'static str,
        /// What it should be.
        expected: &'static str,
    },
    /// A claim that the imports and exports contradict.
    ClaimsDisagree {
        /// Where in the claims.
        key: String,
        /// What is claimed.
        claimed: String,
        /// What the module says.
        found: String,
    },
}

impl Problem {
    pub(super) fn invalid(error: wasmparser::Error) -> Self {
        Self::Invalid { message: error.to_string() }
    }

    /// A stable name for this kind of problem.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty | Self::NotWasm | Self::TextFormat => "contract.not-wasm",
            Self::Component => "contract.component",
            Self::Invalid { .. } => "contract.invalid",
            Self::ImportKind { .. } => "contract.import-kind",
            Self::ImportName { .. } => "contract.import-name",
            Self::ImportSignature { .. } => "contract.import-signature",
            Self::WasiRefused { .. } => "contract.wasi",
            Self::MemoryMissing
            | Self::Memory64
            | Self::MemoryShared
            | Self::MemoryCount { .. } => "contract.memory",
            Self::ReserveMissing => "contract.reserve",
            Self::OtherVersion { .. } => "contract.version",
            Self::ExportKind { .. } | Self::ExportImported { .. } => "contract.export-kind",
            Self::ExportSignature { .. } => "contract.export-signature",
            Self::RequestAreaKind | Self::RequestAreaOutside { .. } => "contract.request-area",
            Self::RouteName { .. } | Self::RoutePattern { .. } => "contract.route-name",
            Self::RouteConflict { .. } => "contract.route-conflict",
            Self::NoRoute => "contract.no-route",
            Self::ClaimsTwice
            | Self::ClaimsTooLarge { .. }
            | Self::ClaimsUnreadable { .. }
            | Self::ClaimsShape { .. } => "contract.claims",
            Self::Statements { .. } => "contract.sql",
            Self::ClaimsDisagree { .. } => "contract.claims-disagree",
        }
    }

    /// What to do next.
    pub fn help(&self) -> String {
        match self {
            Self::Empty | Self::NotWasm => "give a `.wasm` file, or build one with `purview build`".to_owned(),
            Self::TextFormat => "translate the text to binary first, for example with `wasm-tools parse`".to_owned(),
            Self::Component => {
                "Purview serves core modules: build for `wasm32-wasip1`, not `wasm32-wasip2`, and do not wrap the result"
                    .to_owned()
            }
            Self::Invalid { .. } => {
                "the file may be damaged, or built with WebAssembly features beyond 2.0, tail calls, relaxed SIMD and extended \
                 constants"
                    .to_owned()
            }
            Self::ImportKind { .. } => {
                "handlers import functions only; memory and tables are their own: do not link with `--import-memory` or `--import-table`"
                    .to_owned()
            }
            Self::ImportName { .. } => {
                "imports are written by the guest SDK and by `purview build`; `purview inspect` shows what is offered".to_owned()
            }
            Self::ImportSignature { .. } | Self::ExportSignature { .. } | Self::ReserveMissing => {
                format!("build the handler with the guest SDK for version {} of the agreement", purview_abi::VERSION)
            }
            Self::WasiRefused { instead, .. } => (*instead).to_owned(),
            Self::MemoryMissing | Self::Memory64 | Self::MemoryShared | Self::MemoryCount { .. } => {
                format!("export one 32-bit, unshared memory under the name `{}`", name::MEMORY)
            }
            Self::OtherVersion { .. } => {
                format!("rebuild the handler with the guest SDK for version {} of the agreement", purview_abi::VERSION)
            }
            Self::ExportKind { expected, .. } => format!("export {expected} under this name, or rename the export"),
            Self::ExportImported { .. } => {
                "export a function of the module itself under this name".to_owned()
            }
            Self::RequestAreaKind | Self::RequestAreaOutside { .. } => format!(
                "export an immutable `i32` global set to one constant, the address of {} bytes, or leave the export out",
                name::REQUEST_AREA_BYTES
            ),
            Self::RouteName { .. } | Self::RoutePattern { .. } => {
                "a route is `METHOD /pattern`, for example `GET /users/{id}`, or the catch-all `* *`".to_owned()
            }
            Self::RouteConflict { .. } => "keep one of the two, or make their fixed segments differ".to_owned(),
            Self::NoRoute => {
                "export at least one function named `METHOD /pattern`; in Rust: `#[get(\"/\")]` of the guest SDK".to_owned()
            }
            Self::Statements { .. } => format!(
                "the section `{}` holds one JSON object after the other, each with statements by name",
                name::SQL_SECTION
            ),
            Self::ClaimsTwice | Self::ClaimsTooLarge { .. } | Self::ClaimsUnreadable { .. } | Self::ClaimsShape { .. }
            | Self::ClaimsDisagree { .. } => {
                format!("rebuild the module, or remove its custom section `{}`: it is not needed", name::CONTRACT_SECTION)
            }
        }
    }
}

impl fmt::Display for Problem {
    #[expect(clippy::too_many_lines, reason = "one arm per problem")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the file is empty"),
            Self::NotWasm => f.write_str("this is not a WebAssembly module"),
            Self::TextFormat => f.write_str("this is WebAssembly text, not a module"),
            Self::Component => f.write_str("this is a component, not a core module"),
            Self::Invalid { message } => {
                write!(f, "this is not a valid module: {}", shown(message))
            }
            Self::ImportKind { import, kind } => {
                write!(f, "import {import} is a {kind}, not a function")
            }
            Self::ImportName { import, error } => {
                write!(f, "import {import} is not offered: {error}")
            }
            Self::ImportSignature { import, expected, found } => {
                write!(
                    f,
                    "import {import} has the wrong signature: expected `{expected}`, found `{found}`"
                )
            }
            Self::WasiRefused { name, .. } => {
                write!(f, "import `{}` / `{}` is not offered", name::WASI, shown(name))
            }
            Self::MemoryMissing => {
                write!(f, "the module exports no memory named `{}`", name::MEMORY)
            }
            Self::Memory64 => write!(f, "the memory `{}` has 64-bit addresses", name::MEMORY),
            Self::MemoryShared => {
                write!(f, "the memory `{}` is shared between threads", name::MEMORY)
            }
            Self::MemoryCount { count } => write!(f, "the module has {count} memories"),
            Self::ReserveMissing => write!(f, "the module does not export `{}`", name::RESERVE),
            Self::OtherVersion { name } => write!(
                f,
                "export `{}` belongs to another version of the agreement between host and guest",
                shown(name)
            ),
            Self::ExportKind { name, expected, found } => {
                write!(f, "export `{}` is {found}, not {expected}", shown(name))
            }
            Self::ExportImported { name } => {
                write!(f, "export `{}` is an imported function", shown(name))
            }
            Self::ExportSignature { name, expected, found } => write!(
                f,
                "export `{}` has the wrong signature: expected `{expected}`, found `{found}`",
                shown(name)
            ),
            Self::RequestAreaKind => {
                write!(f, "export `{}` is not a constant `i32`", name::REQUEST_AREA)
            }
            Self::RequestAreaOutside { address, memory_bytes } => write!(
                f,
                "the request area at {address} does not lie in the memory of {memory_bytes} bytes"
            ),
            Self::RouteName { name, error } => {
                write!(f, "export `{}` is not a route: {error}", shown(name))
            }
            Self::RoutePattern { name, message } => {
                write!(f, "export `{}` is not a route: {}", shown(name), shown(message))
            }
            Self::RouteConflict { name, other } => {
                write!(
                    f,
                    "routes `{}` and `{}` answer the same requests",
                    shown(other),
                    shown(name)
                )
            }
            Self::NoRoute => f.write_str("the module serves nothing: it exports no route"),
            Self::Statements { message } => write!(f, "its SQL statements: {}", shown(message)),
            Self::ClaimsTwice => {
                write!(f, "there is more than one section `{}`", name::CONTRACT_SECTION)
            }
            Self::ClaimsTooLarge { bytes } => write!(
                f,
                "section `{}` has {bytes} bytes, more than {}",
                name::CONTRACT_SECTION,
                super::claims::BYTES_MAX
            ),
            Self::ClaimsUnreadable { message } => {
                write!(
                    f,
                    "section `{}` is not a JSON object: {}",
                    name::CONTRACT_SECTION,
                    shown(message)
                )
            }
            Self::ClaimsShape { key, expected } => {
                write!(f, "claim `{key}` in section `{}` is not {expected}", name::CONTRACT_SECTION)
            }
            Self::ClaimsDisagree { key, claimed, found } => write!(
                f,
                "claim `{}` disagrees with the module: claimed {}, found {}",
                shown(key),
                shown(claimed),
                shown(found)
            ),
        }
    }
}

/// Text of the module, escaped and cut for a terminal.
pub(crate) fn shown(text: &str) -> String {
    const CHARS_MAX: usize = 200;
    let mut cut: String = text.chars().take(CHARS_MAX).flat_map(char::escape_debug).collect();
    // Quotes need no escape here.
    cut = cut.replace("\\\"", "\"").replace("\\'", "'");
    if text.chars().nth(CHARS_MAX).is_some() {
        cut.push('…');
    }
    cut
}

impl From<Problem> for ContractError {
    fn from(problem: Problem) -> Self {
        Self { problems: vec![problem] }
    }
}

impl fmt::Display for ContractError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 100;
        for (at, problem) in self.problems.iter().take(SHOWN).enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            write!(f, "error[{}]: {problem}\n  = help: {}", problem.code(), problem.help())?;
        }
        match self.problems.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, "\n… and {more} more"),
        }
    }
}

impl std::error::Error for ContractError {}
