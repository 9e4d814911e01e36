//! What the compiler says of programs that are wrong, whole: `diagnostics/NAME.ts` is the program, `NAME.txt` beside it the text for
//! people and `NAME.json` the form for editors. `UPDATE_EXPECT=1` writes them; read the difference.

use std::{fs, path::Path};

use js_to_wasm::{check_source, source::Files};

#[test]
fn diagnostics_are_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter(|name| [".ts", ".tsx", ".js"].iter().any(|end| name.ends_with(end)))
        .collect();
    names.sort();
    let (mut count, mut wrong) = (0, String::new());
    for name in &names {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        let checked = check_source(&Files::one(name.as_str(), text), name);
        count += checked.diagnostics.iter().count();
        let (stem, _) = name.rsplit_once('.').unwrap();
        let json = serde_json::to_string_pretty(&checked.to_json()).unwrap() + "\n";
        for (end, found) in [("txt", checked.render()), ("json", json)] {
            let path = folder.join(format!("{stem}.{end}"));
            if update {
                fs::write(&path, found).unwrap();
            } else if fs::read_to_string(&path).unwrap_or_default() != found {
                wrong += &format!("{stem}.{end} differs\n");
            }
        }
    }
    assert!(wrong.is_empty(), "run with UPDATE_EXPECT=1 and read the difference\n{wrong}");
    assert!(count >= 120, "only {count} diagnostics");
}
