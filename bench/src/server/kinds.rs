//! The table of servers: their names, what builds them and what starts them.
//!
//! Out: one [`Kind`] per server that can run here, ours first. A peer whose program is missing is
//! left out; the report says which ones ran.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use super::{Build, ServerError};

/// A server that can run here.
#[derive(Clone, Debug)]
pub struct Kind {
    /// What `--only` takes and reports name.
    pub name: String,
    /// What must be built first.
    pub build: Option<Build>,
    /// How it is started.
    pub launch: Launch,
}

/// A program and its arguments; `{port}` in any of them becomes the port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Launch {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
}

/// Where things are.
#[derive(Clone, Debug)]
pub struct Places {
    /// The repository.
    pub root: PathBuf,
    /// The folder that cargo builds into.
    pub target: PathBuf,
    /// Programs named on the command line, as (server, path).
    pub programs: Vec<(String, PathBuf)>,
}

impl Places {
    /// Everything relative to this package and this executable.
    pub fn new(programs: Vec<(String, PathBuf)>) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .expect("the package lies in the repository")
            .to_path_buf();
        let target = std::env::current_exe()
            .ok()
            .and_then(|path| Some(path.parent()?.parent()?.to_path_buf()))
            .unwrap_or_else(|| root.join("target"));
        Self { root, target, programs }
    }

    /// The folder that peers are built into, apart from the workspace's own.
    pub(super) fn peers_target(&self) -> PathBuf {
        self.target.join("peers")
    }

    /// Our program.
    pub fn purview(&self) -> PathBuf {
        self.target.join("release/purview")
    }

    /// The bench routes as a TypeScript handler; it is compiled when it is served.
    fn script(&self) -> PathBuf {
        self.root.join("bench/handlers/ts/handler.ts")
    }

    /// The bench routes as a Rust handler, compiled.
    pub fn rust_module(&self) -> PathBuf {
        self.target.join("handlers/bench-rust.wasm")
    }

    fn program(&self, name: &str) -> Option<PathBuf> {
        let named = self.programs.iter().find(|(server, _)| server == name);
        named.map(|(_, path)| path.clone()).or_else(|| in_path(name))
    }
}

/// Every server that can run here, in the order of reports: the table, then `commands`
/// (each `NAME=COMMAND`).
pub fn find(places: &Places, commands: &[String]) -> Result<Vec<Kind>, ServerError> {
    let mut kinds = vec![
        ours(places, "purview", places.rust_module(), &[]),
        ours(places, "purview-ts", places.script(), &[]),
        ours(places, "purview-fresh", places.rust_module(), &["--instances", "fresh"]),
        ours(places, "purview-poll", places.rust_module(), &["--driver", "poll"]),
    ];
    kinds.extend([native_peer(places, "axum"), native_peer(places, "actix")]);
    let script = |name: &str| places.root.join("bench/peers").join(name).into_os_string();
    let port = || OsString::from("{port}");
    let scripted = [
        ("node", vec![script("node.mjs"), port()]),
        ("bun", vec!["run".into(), script("bun.ts"), port()]),
        ("deno", vec!["run".into(), "--allow-net".into(), script("deno.ts"), port()]),
    ];
    for (name, arguments) in scripted {
        if let Some(program) = places.program(name) {
            kinds.push(Kind {
                name: name.to_owned(),
                build: None,
                launch: Launch { program, arguments },
            });
        }
    }
    for command in commands {
        kinds.push(from_command(command)?);
    }
    Ok(kinds)
}

/// The servers with these names; when none is named, all but the variants of ours that differ in a setting.
pub fn select(kinds: Vec<Kind>, only: &[String]) -> Result<Vec<Kind>, ServerError> {
    if let Some(unknown) = only.iter().find(|name| kinds.iter().all(|kind| kind.name != **name)) {
        let known = kinds.into_iter().map(|kind| kind.name).collect();
        return Err(ServerError::Unknown(unknown.clone(), known));
    }
    let wanted = |kind: &Kind| {
        let variant = ["purview-fresh", "purview-poll"].contains(&kind.name.as_str());
        if only.is_empty() { !variant } else { only.contains(&kind.name) }
    };
    Ok(kinds.into_iter().filter(wanted).collect())
}

/// Our server with this handler: one worker, no log, and `more` options.
fn ours(places: &Places, name: &str, handler: PathBuf, more: &[&str]) -> Kind {
    let mut arguments: Vec<OsString> = vec!["serve".into(), handler.into()];
    arguments.extend(["-p", "{port}", "--workers", "1", "-q"].map(OsString::from));
    arguments.extend(more.iter().map(OsString::from));
    Kind {
        name: name.to_owned(),
        build: Some(Build::Purview),
        launch: Launch { program: places.purview(), arguments },
    }
}

fn native_peer(places: &Places, name: &str) -> Kind {
    Kind {
        name: name.to_owned(),
        build: Some(Build::Peers),
        launch: Launch {
            program: places.peers_target().join("release").join(format!("peer-{name}")),
            arguments: vec!["{port}".into()],
        },
    }
}

/// `NAME=PROGRAM ARGUMENT…`, split at spaces.
fn from_command(text: &str) -> Result<Kind, ServerError> {
    let wrong = || ServerError::Command(text.to_owned());
    let (name, command) = text.split_once('=').ok_or_else(wrong)?;
    let mut words = command.split_whitespace();
    let program = PathBuf::from(words.next().ok_or_else(wrong)?);
    let arguments: Vec<OsString> = words.map(OsString::from).collect();
    if name.is_empty() || !command.contains("{port}") {
        return Err(wrong());
    }
    Ok(Kind { name: name.to_owned(), build: None, launch: Launch { program, arguments } })
}

fn in_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_has_a_name_and_a_port() {
        let kind = from_command("mine=target/mine --port {port}").unwrap();
        assert_eq!(kind.name, "mine");
        assert_eq!(kind.launch.program, Path::new("target/mine"));
        assert_eq!(kind.launch.arguments, ["--port", "{port}"]);
        for wrong in ["mine", "mine=", "=x {port}", "mine=program"] {
            assert!(from_command(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_picks_and_names_what_is_missing() {
        let places = Places::new(Vec::new());
        let commands = ["mine=program {port}".to_owned()];
        let kinds = find(&places, &commands).unwrap();
        let picked = select(kinds.clone(), &["mine".to_owned(), "axum".to_owned()]).unwrap();
        assert_eq!(picked.iter().map(|kind| &kind.name).collect::<Vec<_>>(), ["axum", "mine"]);
        let error = select(kinds, &["other".to_owned()]).unwrap_err();
        assert!(error.to_string().contains("no server `other` here; found are purview"), "{error}");
    }
}
