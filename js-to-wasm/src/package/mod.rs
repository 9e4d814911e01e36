//! A module's bytes → [`Package`]. In: the bytes and the places of its code. Out: the module with its custom sections, validated. Never
//! happens here: changing code.

mod places;
mod claims;

use serde_json::json;

use crate::{contract::Contract, parse::Program, wasm::Written};

pub use places::{PLACES_SECTION, Place, Places};

/// A compiled program.
#[derive(Debug, Clone)]
pub struct Package {
    /// The module.
    pub wasm: Vec<u8>,
}

/// Adds the custom sections and checks the whole. `described` is what the routes take and give.
pub(crate) fn seal(
    program: &Program,
    contract: &Contract,
    written: Written,
    described: &str,
) -> Result<Package, String> {
    let mut wasm = written.bytes;
    let places = places::write(program, &wasm, &written.places);
    let claims = claims::claims(program, contract, written.handler, &wasm)?.to_string();
    let statements = if written.statements.is_empty() {
        String::new()
    } else {
        json!(written.statements).to_string()
    };
    for (name, data) in [
        (PLACES_SECTION, &places[..]),
        (purview_abi::name::SQL_SECTION, statements.as_bytes()),
        (purview_abi::name::CONTRACT_SECTION, claims.as_bytes()),
        (purview_abi::name::OPENAPI_SECTION, described.as_bytes()),
    ] {
        if data.is_empty() {
            continue;
        }
        let section = wasm_encoder::CustomSection { name: name.into(), data: data.into() };
        let mut bytes = Vec::new();
        wasm_encoder::Section::append_to(&section, &mut bytes);
        wasm.extend_from_slice(&bytes);
    }
    let mut validator = wasmparser::Validator::new_with_features(features());
    match validator.validate_all(&wasm) {
        Ok(_) => Ok(Package { wasm }),
        Err(error) => Err(error.to_string()),
    }
}

/// What compiled modules use of WebAssembly.
pub(crate) fn features() -> wasmparser::WasmFeatures {
    wasmparser::WasmFeatures::WASM2 | wasmparser::WasmFeatures::TAIL_CALL
}
