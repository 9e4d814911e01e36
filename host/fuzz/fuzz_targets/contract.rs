//! Any bytes, or any module text, as a module.
#![no_main]

use libfuzzer_sys::fuzz_target;
use purview_fuzz::{contract, inspect::Inspection, limits::Limits};

fuzz_target!(|data: &[u8]| {
    let bytes = match std::str::from_utf8(data).ok().and_then(|text| wat::parse_str(text).ok()) {
        Some(module) => module,
        None => data.to_vec(),
    };
    match contract::extract(&bytes) {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(contract) => {
            let document: serde_json::Value =
                serde_json::from_str(&contract.document.to_json()).unwrap();
            assert_eq!(
                document["routes"].as_array().unwrap().len(),
                contract.document.routes.len()
            );
            let inspection = Inspection::new("f.wasm", "f", &contract, None, &Limits::default());
            let text = inspection.to_text();
            assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
            serde_json::from_str::<serde_json::Value>(&inspection.to_json()).unwrap();
        }
    }
});
