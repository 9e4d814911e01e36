//! `purview explain CODE`: why the compiler refuses something, and what to write instead.

use clap::Args;

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A code, as in `error[JS101]`
    code: String,
}

impl Explain {
    pub(super) fn run(self) -> Result<(), String> {
        let unknown =
            || format!("there is no code `{}`; `js-to-wasm/RULES.md` lists them", self.code);
        let text = js_to_wasm::explain(&self.code).ok_or_else(unknown)?;
        super::print(&format!("{}\n", text.trim_end()));
        Ok(())
    }
}
