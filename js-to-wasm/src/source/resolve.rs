//! What an import's text means: a module of the host, or the paths to try for a file. In: the importing file's path and the
//! specifier. Out: a [`Specifier`]. Nothing is read here.

use super::virtual_modules::{self, VirtualModule};

/// What stands between the quotes of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Specifier {
    /// A module that the host provides.
    Virtual(&'static VirtualModule),
    /// A name with a prefix of ours that is no module of the host.
    UnknownVirtual,
    /// A file: the paths to try, in order.
    File(Vec<String>),
    /// A path that leads above `/`.
    Outside,
    /// Neither.
    Unsupported,
}

/// Extensions that an import may leave out, in the order in which they are tried.
const EXTENSIONS: [&str; 4] = ["ts", "tsx", "js", "jsx"];

/// Reads a specifier that stands in the file `importer`.
pub fn resolve(importer: &str, specifier: &str) -> Specifier {
    if let Some(name) =
        ["purview:", "zigttp:", "zttp:"].iter().find_map(|prefix| specifier.strip_prefix(prefix))
    {
        return virtual_modules::find(name).map_or(Specifier::UnknownVirtual, Specifier::Virtual);
    }
    let base = match specifier {
        _ if specifier.contains(['\\', '\0']) => return Specifier::Unsupported,
        _ if specifier.starts_with('/') => None,
        _ if specifier.starts_with("./") || specifier.starts_with("../") => Some(
            importer
                .rsplit_once('/')
                .map_or("", |(folder, _)| if folder.is_empty() { "/" } else { folder }),
        ),
        _ => return Specifier::Unsupported,
    };
    let Some(path) = join(base, specifier) else { return Specifier::Outside };
    if super::Language::of_path(&path).is_some() {
        return Specifier::File(vec![path]);
    }
    Specifier::File(EXTENSIONS.iter().map(|extension| format!("{path}.{extension}")).collect())
}

/// The shortest form of an entry's path.
pub fn normalize(path: &str) -> String {
    let absolute = path.starts_with('/');
    join(if absolute { None } else { Some("") }, path).unwrap_or_else(|| path.to_owned())
}

/// Joins a folder and a relative path. None if the result lies above `/`.
fn join(base: Option<&str>, relative: &str) -> Option<String> {
    let absolute = base.is_none_or(|base| base.starts_with('/'));
    let base = base.unwrap_or("");
    let mut parts: Vec<&str> =
        base.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => match parts.last() {
                Some(&"..") => parts.push(".."),
                Some(_) => _ = parts.pop(),
                None if absolute => return None,
                None => parts.push(".."),
            },
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    Some(if absolute { format!("/{path}") } else { path })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(importer: &str, specifier: &str) -> Vec<String> {
        match resolve(importer, specifier) {
            Specifier::File(paths) => paths,
            other => panic!("{specifier} is {other:?}"),
        }
    }

    #[test]
    fn probes_extensions_beside_the_importer() {
        assert_eq!(
            files("app/main.ts", "./lib"),
            ["app/lib.ts", "app/lib.tsx", "app/lib.js", "app/lib.jsx"]
        );
        assert_eq!(files("app/main.ts", "../lib.tsx"), ["lib.tsx"]);
        assert_eq!(files("/srv/app/main.ts", "../x.js"), ["/srv/x.js"]);
        assert_eq!(files("main.ts", "../x.js"), ["../x.js"]);
        assert_eq!(files("app/main.ts", "/lib/x.ts"), ["/lib/x.ts"]);
    }

    #[test]
    fn refuses_what_is_neither_file_nor_module() {
        assert_eq!(resolve("main.ts", "express"), Specifier::Unsupported);
        assert_eq!(resolve("main.ts", "node:fs"), Specifier::Unsupported);
        assert_eq!(resolve("main.ts", "purview:nothing"), Specifier::UnknownVirtual);
        assert_eq!(resolve("/main.ts", "../up.ts"), Specifier::Outside);
    }

    #[test]
    fn three_prefixes_mean_the_same_module() {
        let module = resolve("main.ts", "purview:env");
        assert!(matches!(module, Specifier::Virtual(module) if module.name == "env"));
        assert_eq!(resolve("main.ts", "zigttp:env"), module);
        assert_eq!(resolve("main.ts", "zttp:env"), module);
    }
}
