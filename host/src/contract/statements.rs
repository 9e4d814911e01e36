//! The SQL statements of a module. In: the custom sections with them, and the names that it imports. Out: for each imported name its
//! statement. Whether a statement is one, the database says when the module is loaded.

use std::collections::BTreeMap;

use purview_abi::name::Import;

use super::problem::Problem;

/// Largest section that is read, and longest statement.
const BYTES_MAX: usize = 1 << 20;
const STATEMENT_BYTES_MAX: usize = 64 * 1024;

/// Statements by name.
pub type Statements = BTreeMap<String, String>;

/// Reads the sections; each is a row of JSON objects, since a linker puts those of several files behind each other.
pub(super) fn check(
    sections: &[&[u8]],
    imports: &[(&str, &str)],
    problems: &mut Vec<Problem>,
) -> Statements {
    let mut all = Statements::new();
    for section in sections {
        if let Err(message) = read(section, &mut all) {
            problems.push(Problem::Statements { message });
        }
    }
    let mut imported = Statements::new();
    for (module, name) in imports {
        let Ok(Import::Sql(name)) = Import::parse(module, name) else { continue };
        match all.remove(name) {
            Some(statement) => {
                imported.insert(name.to_owned(), statement);
            }
            None if imported.contains_key(name) => {}
            None => problems.push(Problem::Statements {
                message: format!(
                    "the statement `{}` is imported and not there",
                    super::shown(name)
                ),
            }),
        }
    }
    imported
}

fn read(section: &[u8], all: &mut Statements) -> Result<(), String> {
    if section.len() > BYTES_MAX {
        return Err(format!("the section is larger than {BYTES_MAX} bytes"));
    }
    let objects = serde_json::Deserializer::from_slice(section).into_iter::<Statements>();
    for object in objects {
        for (name, statement) in object.map_err(|error| error.to_string())? {
            if statement.len() > STATEMENT_BYTES_MAX {
                return Err(format!(
                    "`{}` is longer than {STATEMENT_BYTES_MAX} bytes",
                    super::shown(&name)
                ));
            }
            if all.get(&name).is_some_and(|known| *known != statement) {
                return Err(format!("`{}` stands for two statements", super::shown(&name)));
            }
            all.insert(name, statement);
        }
    }
    Ok(())
}
