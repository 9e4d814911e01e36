//! Any text: the compiler answers, what it makes is valid, and its middle form is in order after every pass.
#![no_main]

use js_to_wasm::source::Files;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let path = ["a.ts", "a.tsx", "a.js", "a.jsx"][usize::from(bytes.first().copied().unwrap_or(0) & 3)];
    if let Err(checked) = js_to_wasm::compile(&Files::one(path, bytes), path) {
        let diagnostics = checked.render();
        assert!(!diagnostics.contains("JS899"), "a module that is not valid: {diagnostics}");
    }
});
