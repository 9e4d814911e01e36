//! What a guest may ask of the world. In: a module's imports, and the values they are granted ([`Bindings`]). Out: a linker
//! in which each import is a function already bound to its value; an import without a binding is not there, so the module
//! does not load. Never here: a decision at run time whether a literal name is allowed.
//!
//! One file per capability. A host call reads and writes guest memory through [`memory`] only, which checks every address
//! and has a cap on every size.

mod memory;
mod env;
mod http;
mod log;
mod clock;
mod random;
pub mod wasi;

use std::{collections::BTreeMap, fmt, sync::Arc};

use purview_abi::name::Import;
use wasmtime::{Engine, Linker, Module};

use crate::instance::guest::Guest;

/// The values that a handler's imports are bound to.
#[derive(Debug, Clone, Default)]
pub struct Bindings {
    /// Granted environment variables that are set.
    pub env: Arc<BTreeMap<String, String>>,
}

/// Binds every import of `module`.
pub fn link(engine: &Engine, module: &Module, bindings: &Bindings) -> Result<Linker<Guest>, LinkError> {
    let mut linker = Linker::new(engine);
    let mut wasi_linked = false;
    for import in module.imports() {
        let (module, name) = (import.module(), import.name());
        let error = |why: String| LinkError { module: module.into(), name: name.into(), why };
        let parsed = Import::parse(module, name).map_err(|e| error(e.to_string()))?;
        let linked = match parsed {
            Import::Env(value) => env::link(&mut linker, name, value, bindings),
            Import::Call("purview:http", _) => http::link(&mut linker, name),
            Import::Call("purview:log", _) => log::link(&mut linker, name),
            Import::Call("purview:clock", _) => clock::link(&mut linker, name),
            Import::Call("purview:random", _) => random::link(&mut linker, name),
            Import::Wasi(_) if wasi_linked => Ok(()),
            Import::Wasi(_) => {
                wasi_linked = true;
                wasi::link(&mut linker)
            }
            Import::Egress(_) | Import::Cache(..) | Import::Sql(_) | Import::Call(..) => {
                return Err(error("this version of the host does not offer this capability yet".into()));
            }
        };
        linked.map_err(|e| error(format!("{e:#}")))?;
    }
    Ok(linker)
}

/// An import that cannot be bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkError {
    /// Import module.
    pub module: String,
    /// Import name.
    pub name: String,
    /// Why.
    pub why: String,
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "import `{}` / `{}`: {}", self.module, self.name, self.why)
    }
}

impl std::error::Error for LinkError {}
