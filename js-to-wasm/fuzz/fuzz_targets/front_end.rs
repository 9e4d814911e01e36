//! Any bytes: the whole front half answers, and what it accepts can be written as JavaScript.
#![no_main]

use js_to_wasm::{check_source, emit_js::Options, source::Files};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let path = ["a.ts", "a.tsx", "a.js", "a.jsx"][usize::from(bytes.first().copied().unwrap_or(0) & 3)];
    let checked = check_source(&Files::one(path, bytes), path);
    let _ = (checked.render(), checked.to_json());
    if let Some(program) = &checked.program {
        js_to_wasm::emit_js(program, &Options { runtime: "./runtime.mjs".to_owned() }).expect("both parsers agree");
    }
});
