//! JavaScript and TypeScript → modules. In: a file with its imports, or a text. Out: a module, or everything that is wrong
//! with the program, rendered with its places. The compiler is `js-to-wasm`; here is only what connects it to files.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use js_to_wasm::{
    Checked, Options,
    check::Truthiness,
    disk::Disk,
    emit_js::{self, Emitted},
    source::{Files, Language, Load, LoadError},
};

use crate::instance::failure::Texts;

/// The name of a program that stands in no file.
pub const EVAL: &str = "eval.tsx";

/// Whether the compiler takes files with this name.
pub fn is_script(file: &Path) -> bool {
    file.to_str().and_then(Language::of_path).is_some()
}

/// Reads the files of programs, and remembers which it was asked for.
#[derive(Debug)]
pub struct Reader {
    disk: Disk,
    asked: Mutex<BTreeMap<String, Option<String>>>,
}

impl Default for Reader {
    fn default() -> Self {
        Self { disk: disk(), asked: Mutex::default() }
    }
}

impl Load for Reader {
    fn load(&self, path: &str) -> Result<Option<Vec<u8>>, LoadError> {
        let loaded = self.disk.load(path);
        let text = loaded.as_ref().ok().and_then(Option::as_ref);
        let text = text.and_then(|bytes| std::str::from_utf8(bytes).ok()).map(str::to_owned);
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.insert(path.to_owned(), text);
        loaded
    }
}

impl Reader {
    /// The files that were asked for, also those that do not exist: when one appears, the program may be another.
    pub fn files(&self) -> Vec<PathBuf> {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.keys().map(|path| self.disk.root.join(path)).collect()
    }

    /// What stood in them.
    pub fn texts(self) -> Texts {
        let asked = self.asked.into_inner().unwrap_or_else(PoisonError::into_inner);
        asked.into_iter().filter_map(|(path, text)| Some((path, text?))).collect()
    }
}

/// Compiles the program that starts at this file.
pub fn compile_file(file: &Path) -> Result<Vec<u8>, String> {
    compile(&Reader::default(), file, Options::default())
}

/// The same with the reader that the caller wants to ask afterwards.
pub fn compile(reader: &Reader, file: &Path, options: Options) -> Result<Vec<u8>, String> {
    let compiled = js_to_wasm::compile_with(reader, entry(file)?, options);
    compiled.map(|package| package.wasm).map_err(|checked| problems(&checked))
}

/// Compiles a program that is one text.
pub fn compile_text(code: &str, options: Options) -> Result<Vec<u8>, String> {
    let compiled = js_to_wasm::compile_with(&Files::one(EVAL, code), EVAL, options);
    compiled.map(|package| package.wasm).map_err(|checked| problems(&checked))
}

/// Checks the program that starts at this file, as compiling it would; with its module, if it is not refused.
pub fn check_file(
    file: &Path,
    truthiness: Option<Truthiness>,
) -> Result<(Checked, Option<Vec<u8>>), String> {
    let mut checked = js_to_wasm::check_source_with(&disk(), entry(file)?, truthiness);
    let (Some(program), Some(contract)) = (&checked.program, &checked.contract) else {
        return Ok((checked, None));
    };
    // Some refusals are found only by the later stages.
    match js_to_wasm::compile_program(program, contract, Options::default()) {
        Ok(package) => Ok((checked, Some(package.wasm))),
        Err(found) => {
            checked.diagnostics.extend(found);
            Ok((checked, None))
        }
    }
}

/// The program as plain JavaScript modules, each with its source map, importing their runtime as `runtime`.
pub fn emit_js(
    file: &Path,
    runtime: &str,
    truthiness: Option<Truthiness>,
) -> Result<Vec<Emitted>, String> {
    let checked = js_to_wasm::check_source_with(&disk(), entry(file)?, truthiness);
    let Some(program) = &checked.program else { return Err(problems(&checked)) };
    let options = emit_js::Options { runtime: runtime.to_owned() };
    js_to_wasm::emit_js(program, &options).map_err(|error| error.to_string())
}

/// The program in the compiler's middle form, as text: for whoever works on the compiler.
pub fn emit_ir(file: &Path, truthiness: Option<Truthiness>) -> Result<String, String> {
    let checked = js_to_wasm::check_source_with(&disk(), entry(file)?, truthiness);
    let (Some(program), Some(contract)) = (&checked.program, &checked.contract) else {
        return Err(problems(&checked));
    };
    js_to_wasm::emit_ir(program, contract)
        .map_err(|diagnostics| diagnostics.render(checked.sources()))
}

fn disk() -> Disk {
    Disk { root: PathBuf::from(".") }
}

fn entry(file: &Path) -> Result<&str, String> {
    file.to_str().ok_or_else(|| format!("{}: the path is not text", file.display()))
}

fn problems(checked: &Checked) -> String {
    checked.render().trim_end().to_owned()
}
