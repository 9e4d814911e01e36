//! The declarations of what programs find without declaring it: `library.d.ts` beside this file for the names of JavaScript,
//! `shim/purview.d.ts` for those of handlers and the modules of the host. Both are read once. Out: one tree.

use std::sync::OnceLock;

use swc_ecma_ast as ast;

/// The names of JavaScript.
const LANGUAGE: &str = include_str!("library.d.ts");
/// The names of handlers.
const HANDLERS: &str = include_str!("../../../shim/purview.d.ts");

/// The declarations as one tree.
pub(super) fn get() -> &'static ast::Module {
    static LIBRARY: OnceLock<ast::Module> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let text = format!("{LANGUAGE}\n{HANDLERS}");
        crate::parse::declarations(&text).expect("a test reads the declarations")
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_declarations_can_be_read() {
        assert!(super::get().body.len() > 100);
    }
}
