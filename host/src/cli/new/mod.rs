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

/// The sources that this program was built from.
const SDK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../guest-sdk");

impl New {
    pub(super) fn run(self) -> Result<(), String> {
        let name = self.folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if !is_name(name) {
            return Err(format!(
                "`{name}` is not a name for a project: lower-case letters, digits, `-` and `_`, a letter first"
            ));
        }
        if fs::read_dir(&self.folder).is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(format!("{} is not empty", self.folder.display()));
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
        say!("\nserve it with: purview serve {handler} --policy {folder}/policy.json");
        Ok(())
    }

    fn files(&self, name: &str) -> Result<Vec<(&'static str, String)>, String> {
        let handler = match self.template {
            Template::Rust => return self.rust(name),
            Template::Ts => ("handler.ts", include_str!("ts/handler.ts")),
            Template::Tsx => ("handler.tsx", include_str!("tsx/handler.tsx")),
            Template::Htmx => ("handler.tsx", include_str!("htmx/handler.tsx")),
        };
        let policy = include_str!("policy.json").to_owned();
        Ok(vec![
            (handler.0, handler.1.replace("PROJECT", name)),
            ("policy.json", policy),
            ("purview.d.ts", js_to_wasm::DECLARATIONS.to_owned()),
            ("tsconfig.json", include_str!("tsconfig.json").to_owned()),
        ])
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
