//! What cargo says while it builds a handler. In: its messages, one JSON object a line. Out: the modules it made, what the compiler
//! says, and which symbols two crates define.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use serde_json::Value;

/// What was said so far.
#[derive(Debug, Default)]
pub(super) struct Messages {
    /// The `.wasm` files.
    pub(super) modules: Vec<PathBuf>,
    /// What the compiler says, for people.
    pub(super) diagnostics: String,
    /// Symbols that the linker found twice.
    pub(super) twice: Vec<String>,
    libraries: Vec<Library>,
    /// The crate that could not be linked, and its folder.
    linked: Option<(String, PathBuf)>,
    /// The crate that the module was made of last.
    built: Option<(String, PathBuf)>,
}

/// A crate that was built to be linked.
#[derive(Debug)]
struct Library {
    /// Of its package, which may differ from that of the library.
    package: String,
    name: String,
    folder: PathBuf,
    file: PathBuf,
}

impl Messages {
    /// Takes in a line. What the compiler says goes to standard error if it is to be shown.
    pub(super) fn take(&mut self, line: &str, show: bool) {
        let Ok(message) = serde_json::from_str::<Value>(line) else { return };
        match message["reason"].as_str() {
            Some("compiler-artifact") => self.artifact(&message),
            Some("compiler-message") => {
                let said = message["message"]["rendered"].as_str().unwrap_or_default();
                let twice = defined_twice(said);
                if let (false, Some((name, folder))) = (twice.is_empty(), of(&message)) {
                    self.linked = Some((name.to_owned(), folder.to_owned()));
                }
                self.twice.extend(twice);
                match show {
                    // Where nobody reads, the build goes on.
                    true => drop(std::io::stderr().write_all(said.as_bytes())),
                    false => self.diagnostics.push_str(said),
                }
            }
            _ => {}
        }
    }

    fn artifact(&mut self, message: &Value) {
        let files = message["filenames"].as_array().into_iter().flatten();
        for file in files.filter_map(Value::as_str) {
            if file.ends_with(".wasm") {
                self.modules.push(file.into());
                self.built = of(message).map(|(name, folder)| (name.to_owned(), folder.to_owned()));
            } else if let (Some((name, folder)), true) = (of(message), file.ends_with(".rlib")) {
                self.libraries.push(Library {
                    package: package(message["package_id"].as_str().unwrap_or_default()).to_owned(),
                    name: name.to_owned(),
                    folder: folder.to_owned(),
                    file: file.into(),
                });
            }
        }
    }

    /// The crates that define a symbol. The crate that could not be linked is one of them unless two others are: its own object
    /// files are gone by now.
    pub(super) fn crates_with(&self, symbol: &str) -> Vec<(String, PathBuf)> {
        let mut crates: Vec<(String, PathBuf)> = self
            .libraries
            .iter()
            .filter(|library| library.defines(symbol))
            .map(|library| (library.name.clone(), library.folder.clone()))
            .collect();
        if crates.len() < 2 {
            crates.splice(0..0, self.linked.clone());
        }
        crates
    }

    /// A route of the module that two crates have, of which the linker took the first without a word: it looks into a library
    /// only for what is missing.
    pub(super) fn twice_in(&self, module: &[u8]) -> Option<(String, Vec<(String, PathBuf)>)> {
        routes(module).into_iter().find_map(|(package, route)| {
            let others = self.libraries.iter().filter(|library| library.package != package);
            let other = others.into_iter().find(|library| library.defines(&route))?;
            let own = self.libraries.iter().find(|library| library.package == package);
            let first = match own {
                Some(library) => (library.name.clone(), library.folder.clone()),
                None => self.built.clone()?,
            };
            Some((route, vec![first, (other.name.clone(), other.folder.clone())]))
        })
    }
}

impl Library {
    /// Whether the index of the archive, which is its first member, has this symbol: names that end with a zero byte.
    fn defines(&self, symbol: &str) -> bool {
        let Ok(bytes) = fs::read(&self.file) else { return false };
        let index_bytes = bytes.get(56..66).and_then(|size| std::str::from_utf8(size).ok());
        let size = index_bytes.and_then(|size| size.trim().parse::<usize>().ok()).unwrap_or(0);
        let index = bytes.get(68..68 + size.min(bytes.len().saturating_sub(68)));
        let name = [symbol.as_bytes(), b"\0"].concat();
        index.is_some_and(|index| {
            // The name before it ends with a zero byte, and so does the table of places but for its last byte.
            let at = |at: usize| at == 0 || !purview_abi::name::is_token_byte(index[at - 1]);
            memchr::memmem::find_iter(index, &name).any(at)
        })
    }
}

/// The package of an identifier: `path+file:///a/handler#0.1.0` or `registry+https://…#serde@1.0.0`.
fn package(id: &str) -> &str {
    let (source, version) = id.split_once('#').unwrap_or((id, ""));
    match version.split_once('@') {
        Some((name, _)) => name,
        None => source.rsplit('/').next().unwrap_or_default(),
    }
}

/// What the module's description says of its routes: the package and the export.
fn routes(module: &[u8]) -> Vec<(String, String)> {
    let sections =
        wasmparser::Parser::new(0).parse_all(module).filter_map(|payload| match payload {
            Ok(wasmparser::Payload::CustomSection(section))
                if section.name() == "purview:openapi" =>
            {
                Some(section.data())
            }
            _ => None,
        });
    let lines = sections.flat_map(|section| section.split(|byte| *byte == b'\n'));
    lines
        .filter_map(|line| serde_json::from_slice::<Value>(line).ok())
        .filter_map(|line| {
            let (package, _) = line["package"].as_str()?.split_once(' ')?;
            Some((package.to_owned(), line["route"].as_str()?.to_owned()))
        })
        .collect()
}

/// The crate that a message is about, and its folder.
fn of(message: &Value) -> Option<(&str, &Path)> {
    let folder = Path::new(message["manifest_path"].as_str()?).parent()?;
    Some((message["target"]["name"].as_str()?, folder))
}

/// The symbols that a linker's message is about: `rust-lld`'s, and that of the compiler, which links with `lto`.
fn defined_twice(said: &str) -> Vec<String> {
    let of_lld = said.lines().filter_map(|line| line.split_once("duplicate symbol: ")?.1.into());
    let of_lto = said.lines().filter_map(|line| {
        let (_, after) = line.split_once("Linking globals named '")?;
        Some(after.split_once("': symbol multiply defined")?.0)
    });
    let mut names: Vec<String> = of_lld.chain(of_lto).map(|name| name.trim().to_owned()).collect();
    names.retain(|name| matches!(purview_abi::name::Route::parse(name), Some(Ok(_))));
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_found_among_the_messages() {
        let mut messages = Messages::default();
        for line in [
            r#"{"reason":"compiler-artifact","filenames":["/t/libserde.rlib"]}"#,
            "not json",
            r#"{"reason":"compiler-artifact","filenames":["/t/hello.wasm"]}"#,
            r#"{"reason":"compiler-message","message":{"rendered":"warning: unused\n"}}"#,
            r#"{"reason":"build-finished","success":true}"#,
        ] {
            messages.take(line, false);
        }
        assert_eq!(messages.modules, [PathBuf::from("/t/hello.wasm")]);
        assert_eq!(messages.diagnostics, "warning: unused\n");
        assert!(messages.twice.is_empty());
    }

    #[test]
    fn packages_are_named_in_two_ways() {
        assert_eq!(package("path+file:///a/handler#0.1.0"), "handler");
        assert_eq!(package("path+file:///a/folder#other-name@0.1.0"), "other-name");
        assert_eq!(package("registry+https://a/b#serde@1.0.0"), "serde");
    }

    #[test]
    fn symbols_that_are_defined_twice_are_routes() {
        let of_lld =
            "  = note: rust-lld: error: duplicate symbol: GET /a/{id}\n          >>> defined in x";
        assert_eq!(defined_twice(of_lld), ["GET /a/{id}"]);
        let of_lto = "warning: Linking globals named 'GET /same': symbol multiply defined!\n";
        assert_eq!(defined_twice(of_lto), ["GET /same"]);
        assert!(defined_twice("rust-lld: error: duplicate symbol: malloc").is_empty());
    }
}
