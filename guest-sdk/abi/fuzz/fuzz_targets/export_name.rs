//! The name of an export: a route that reads back as it was written, or an error that can be shown.
#![no_main]

use libfuzzer_sys::fuzz_target;
use purview_abi::name::{PARAMS_MAX, Route};

fuzz_target!(|name: &str| {
    match Route::parse(name) {
        Some(Ok(route)) => {
            assert_eq!(format!("{} {}", route.method, route.pattern), name);
            assert!(route.params().count() <= PARAMS_MAX);
        }
        Some(Err(error)) => assert!(!error.to_string().is_empty()),
        None => assert!(!name.contains(' ')),
    }
});
