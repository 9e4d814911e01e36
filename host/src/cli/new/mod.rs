//! `purview new NAME --template KIND`: a project that builds, serves and has a policy at once. In: a folder that does not exist or is
//! empty. Out: its files. Never here: a file that is written over.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};

/// Arguments of `new`.
#[derive(Debug, Args)]
pub(super) struct New {
    /// The folder to make; its last part is the project's name
    folder: PathBuf,
    /// What kind of handler
    #[arg(short, long, value_enum, default_value_t)]
    template: Template,
    /// Where the Rust SDK lies; that of this program's sources if not given
    #[arg(long, value_name = "FOLDER")]
    sdk: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Template {
    /// Rust
    #[default]
    Rust,
    /// TypeScript
    Ts,
    /// TypeScript with pages in JSX
    Tsx,
    /// Pages whose parts are fetched with htmx
    Htmx,
}

/// Names that no package of Rust can have, and such as hide what every program uses.
const RESERVED: [&str; 44] = [
    "abstract",
    "alloc",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "core",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "priv",
    "proc-macro",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "trait",
];

/// The sources that this program was built from.
const SDK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../guest-sdk");

impl New {
    pub(super) fn run(self) -> Result<(), String> {
        // `.` stands for the folder one is in, whose name counts.
        let whole = std::path::absolute(&self.folder).map_err(|error| error.to_string())?;
        let name = whole.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if !is_name(name) {
            return Err(format!(
                "`{name}` is not a name for a project: lower-case letters, digits, `-` and `_`, a letter first"
            ));
        }
        if self.template == Template::Rust && RESERVED.contains(&name) {
            return Err(format!("`{name}` is a word of Rust: choose another name"));
        }
        match fs::read_dir(&self.folder).map(|mut entries| entries.next().is_some()) {
            Ok(true) => {
                return Err(format!(
                    "{} is not empty: choose another name, or empty it",
                    self.folder.display()
                ));
            }
            Err(_) if self.folder.exists() => {
                return Err(format!("{} is there already, and no folder", self.folder.display()));
            }
            _ => {}
        }
        for (path, text) in self.files(name)? {
            let path = self.folder.join(path);
            let shown = |error| format!("{}: {error}", path.display());
            fs::create_dir_all(path.parent().unwrap_or(&self.folder)).map_err(shown)?;
            fs::write(&path, text).map_err(shown)?;
            say!("{}", path.display());
        }
        let folder = self.folder.display();
        let handler = match self.template {
            Template::Rust => folder.to_string(),
            Template::Ts => format!("{folder}/handler.ts"),
            Template::Tsx | Template::Htmx => format!("{folder}/handler.tsx"),
        };
        say!(
            "\nserve it: purview serve {handler} --policy {folder}/policy.json --dev\ntest it:  purview test {folder}"
        );
        Ok(())
    }

    fn files(&self, name: &str) -> Result<Vec<(&'static str, String)>, String> {
        let (handler, requests): (_, &[(&str, &str)]) = match self.template {
            Template::Rust => return self.rust(name),
            Template::Ts => (
                ("handler.ts", include_str!("ts/handler.ts")),
                &[
                    ("requests/01-hello.http", include_str!("ts/01-hello.http")),
                    ("requests/02-sum.http", include_str!("ts/02-sum.http")),
                    ("requests/03-no-numbers.http", include_str!("ts/03-no-numbers.http")),
                ],
            ),
            Template::Tsx => (
                ("handler.tsx", include_str!("tsx/handler.tsx")),
                &[
                    ("requests/01-page.http", include_str!("tsx/01-page.http")),
                    ("requests/02-not-here.http", include_str!("tsx/02-not-here.http")),
                ],
            ),
            Template::Htmx => (
                ("handler.tsx", include_str!("htmx/handler.tsx")),
                &[
                    ("requests/01-page.http", include_str!("htmx/01-page.http")),
                    ("requests/02-part.http", include_str!("htmx/02-part.http")),
                ],
            ),
        };
        let policy = include_str!("policy.json").to_owned();
        let own = [handler].into_iter().chain(requests.iter().copied());
        let mut files: Vec<_> =
            own.map(|(path, text)| (path, text.replace("PROJECT", name))).collect();
        files.extend([
            ("requests/env", "GREETING=Ahoy\n".to_owned()),
            ("policy.json", policy),
            ("purview.d.ts", js_to_wasm::DECLARATIONS.to_owned()),
            ("tsconfig.json", include_str!("tsconfig.json").to_owned()),
        ]);
        Ok(files)
    }

    fn rust(&self, name: &str) -> Result<Vec<(&'static str, String)>, String> {
        let sdk =
            fs::canonicalize(self.sdk.as_deref().unwrap_or(Path::new(SDK))).map_err(|_| {
                "the Rust SDK is not where this program was built: name its folder with `--sdk`"
                    .to_owned()
            })?;
        let manifest = include_str!("rust/Cargo.toml.txt").replace("PROJECT", name);
        // A path as TOML writes a literal text.
        let manifest = manifest.replace("SDK", &sdk.display().to_string());
        Ok(vec![
            ("Cargo.toml", manifest),
            ("src/lib.rs", include_str!("rust/lib.rs.txt").replace("PROJECT", name)),
            ("policy.json", include_str!("policy.json").to_owned()),
            (".gitignore", "/target\n".to_owned()),
        ])
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.len() <= 64
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'))
}
