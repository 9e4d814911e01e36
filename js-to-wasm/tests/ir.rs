//! Programs of `ir/` and the text of their middle form beside them: what the compiler knows and does is seen when it changes.
//! `UPDATE_EXPECT=1 cargo test -p js-to-wasm --test ir` writes the texts.

use std::{fs, path::Path};

use js_to_wasm::{check_source, source::Files};

#[test]
fn the_middle_form_is_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ir");
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension != "ir"));
    paths.sort();
    assert!(paths.len() >= 3);
    for path in paths {
        let name = path.file_name().unwrap().to_str().unwrap();
        let checked = check_source(&Files::one(name, fs::read(&path).unwrap()), name);
        let program = checked.program.as_ref().unwrap_or_else(|| panic!("{}", checked.render()));
        let text = js_to_wasm::emit_ir(program, checked.contract.as_ref().unwrap()).unwrap();
        let record = path.with_extension("ir");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&record, &text).unwrap();
        }
        assert_eq!(text, fs::read_to_string(&record).unwrap_or_default(), "{name}");
    }
}
