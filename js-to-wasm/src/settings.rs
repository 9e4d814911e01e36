//! `purview.json` beside the entry of a program: how it wants to be checked. In: the loader and the entry's path. Out: [`Settings`], those of
//! a program without such a file, or what is wrong with it. Never happens here: limits and permissions, which are the operator's.

use serde_json::Value;

use crate::{check::Truthiness, diagnostic::Diagnostic, source::Load};

/// The name of the file.
pub const FILE: &str = "purview.json";
/// Longest file that is read.
const BYTES_MAX: usize = 64 * 1024;

/// What an author may choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// What counts as a condition.
    pub truthiness: Truthiness,
}

/// Reads the settings of the program that starts at `entry`.
pub(crate) fn read(loader: &dyn Load, entry: &str) -> Result<Settings, Diagnostic> {
    let path = match entry.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{FILE}"),
        None => FILE.to_owned(),
    };
    let wrong = |message: String| {
        let help = "write `{ \"truthiness\": \"strict\" }` or `{ \"truthiness\": \"typed\" }`";
        Diagnostic::global("JS013", format!("`{path}` {message}")).with_help(help)
    };
    let bytes = match loader.load(&path) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Ok(Settings::default()),
        Err(error) => return Err(wrong(format!("cannot be read: {}", error.0))),
    };
    if bytes.len() > BYTES_MAX {
        return Err(wrong(format!("is larger than {BYTES_MAX} bytes")));
    }
    let value: Value =
        serde_json::from_slice(&bytes).map_err(|error| wrong(format!("is no JSON: {error}")))?;
    let Value::Object(members) = value else { return Err(wrong("is no JSON object".to_owned())) };
    let mut settings = Settings::default();
    for (name, value) in &members {
        settings.truthiness = match (name.as_str(), value.as_str()) {
            ("truthiness", Some("strict")) => Truthiness::Strict,
            ("truthiness", Some("typed")) => Truthiness::Typed,
            ("truthiness", _) => {
                return Err(wrong("has another `truthiness` than those two".to_owned()));
            }
            (other, _) => return Err(wrong(format!("has a member `{other}`, and knows none"))),
        };
    }
    Ok(settings)
}
