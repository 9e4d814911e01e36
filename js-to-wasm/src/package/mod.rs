//! A module's bytes → [`Package`]. In: the bytes and the places of its code. Out: the module with its custom sections, validated. Never
//! happens here: changing code.

mod places;

use crate::{parse::Program, wasm::Written};

pub use places::{PLACES_SECTION, Place, Places};

/// A compiled program.
#[derive(Debug, Clone)]
pub struct Package {
    /// The module.
    pub wasm: Vec<u8>,
}

/// Adds the custom sections and checks the whole.
pub(crate) fn seal(program: &Program, written: Written) -> Result<Package, String> {
    let mut wasm = written.bytes;
    let places = places::write(program, &wasm, &written.places);
    let section = wasm_encoder::CustomSection { name: PLACES_SECTION.into(), data: places.into() };
    let mut bytes = Vec::new();
    wasm_encoder::Section::append_to(&section, &mut bytes);
    wasm.extend_from_slice(&bytes);
    let mut validator = wasmparser::Validator::new_with_features(features());
    match validator.validate_all(&wasm) {
        Ok(_) => Ok(Package { wasm }),
        Err(error) => Err(error.to_string()),
    }
}

/// What compiled modules use of WebAssembly.
fn features() -> wasmparser::WasmFeatures {
    wasmparser::WasmFeatures::WASM2 | wasmparser::WasmFeatures::TAIL_CALL
}
