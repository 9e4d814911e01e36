//! The section's lines. In: a module's bytes. Out: what it says of its routes and of the types that have a name. The text is the
//! module's: whatever it says ends up as data in a document, and what is not understood is refused.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use wasmparser::{Parser, Payload};

/// Name of the section.
pub(super) const SECTION: &str = purview_abi::name::OPENAPI_SECTION;
/// Longest description.
const SECTION_BYTES_MAX: usize = 4 << 20;

/// What a module says of itself.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// By the name of the export.
    pub(super) routes: BTreeMap<String, Map<String, Value>>,
    /// Schemas by the full names of their types.
    pub(super) components: BTreeMap<String, Value>,
    /// Name and version of the package.
    pub(super) package: Option<(String, String)>,
}

impl Lines {
    pub(super) fn read(wasm: &[u8]) -> Result<Self, String> {
        let mut lines = Self::default();
        for payload in Parser::new(0).parse_all(wasm) {
            let Ok(Payload::CustomSection(section)) = payload else { continue };
            if section.name() != SECTION {
                continue;
            }
            if section.data().len() > SECTION_BYTES_MAX {
                return Err(format!(
                    "the section `{SECTION}` is longer than {SECTION_BYTES_MAX} bytes"
                ));
            }
            for line in section.data().split(|byte| *byte == b'\n') {
                lines
                    .add(line)
                    .map_err(|why| format!("the section `{SECTION}` is not understood: {why}"))?;
            }
        }
        Ok(lines)
    }

    fn add(&mut self, line: &[u8]) -> Result<(), String> {
        if line.iter().all(u8::is_ascii_whitespace) {
            return Ok(());
        }
        let mut line: Map<String, Value> =
            serde_json::from_slice(line).map_err(|error| error.to_string())?;
        match (line.remove("route"), line.remove("component")) {
            (Some(Value::String(route)), None) => {
                if let Some(Value::String(package)) = line.remove("package") {
                    let (name, version) = package.split_once(' ').unwrap_or((&package, "0.1.0"));
                    self.package = Some((name.to_owned(), version.to_owned()));
                }
                self.routes.insert(route, line);
                Ok(())
            }
            (None, Some(Value::String(name))) => {
                self.components.insert(name, line.remove("schema").unwrap_or(Value::Bool(true)));
                Ok(())
            }
            _ => Err("a line is neither a route nor a component".into()),
        }
    }
}
