//! Module and name of an import, split at the first NUL: understood, or an error that can be shown.
#![no_main]

use libfuzzer_sys::fuzz_target;
use purview_abi::name::{Import, Origin};

fuzz_target!(|text: &str| {
    let (module, name) = text.split_once('\0').unwrap_or(("purview:egress", text));
    match Import::parse(module, name) {
        Ok(Import::Egress(value)) => {
            assert!(value.literal().is_none_or(|origin| Origin::parse(origin).is_ok()));
        }
        Ok(_) => assert!(!name.is_empty()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
