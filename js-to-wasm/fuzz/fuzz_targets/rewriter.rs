//! Any text: the rewriter and the parser answer, and what is marked in the tree lies in the text.
#![no_main]

use js_to_wasm::{parse, source::Files};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for path in ["a.ts", "a.tsx"] {
        let Ok(program) = parse::parse(&Files::one(path, text), path) else { continue };
        let module = program.entry();
        assert!(module.ast.span.hi.0 as usize <= text.len() + 1);
    }
});
