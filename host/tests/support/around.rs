//! What an example needs around it: the other side of what it sends, its database, and the policy that refuses it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use purview::load::{self, LoadOptions};

use crate::upstream::Upstream;

/// A policy that grants less than the handler needs: it is not loaded, and the report says what would let it in.
pub(crate) fn refused(example: &Path, module: &Path) {
    let policy = example.join("denied.json");
    if !policy.is_file() {
        return;
    }
    let load = LoadOptions {
        modules: vec![module.to_path_buf()],
        policy: Some(policy),
        ..LoadOptions::default()
    };
    let report = load::load(&load).map(|_| ()).expect_err("it is refused").to_string();
    let folder = format!("{}/", example.display());
    let file = example.join("denied.txt");
    let report = format!("{}\n", report.replace(&folder, ""));
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&file, &report).expect("the file can be written");
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(report, expected, "`UPDATE_EXPECT=1 cargo test` rewrites {}", file.display());
}

/// What is around an example: its module and its policy, its database, the other side of what it sends.
pub(crate) struct Around {
    pub(crate) module: PathBuf,
    pub(crate) policy: PathBuf,
    folder: tempfile::TempDir,
    _upstream: Option<Upstream>,
}

/// Where the examples expect the other side.
pub(crate) const UPSTREAM: &str = "localhost:18080";

impl Around {
    pub(crate) fn new(example: &Path, module: &Path) -> Self {
        let folder = tempfile::tempdir().expect("there is room for files");
        let mut around = Self {
            module: module.to_path_buf(),
            policy: example.join("policy.json"),
            folder,
            _upstream: None,
        };
        if let Ok(script) = fs::read_to_string(example.join("requests/upstream")) {
            let upstream = five_digits(&script);
            // The port may be in use on this machine: another of the same length stands in for it.
            let there = format!("localhost:{}", upstream.address.port());
            around.module = around.copy(&around.module, &there);
            around.policy = around.copy(&around.policy, &there);
            around._upstream = Some(upstream);
        }
        around
    }

    fn copy(&self, file: &Path, upstream: &str) -> PathBuf {
        let mut bytes = fs::read(file).expect("the file was built");
        let wanted = UPSTREAM.as_bytes();
        let places: Vec<usize> =
            (0..bytes.len()).filter(|at| bytes[*at..].starts_with(wanted)).collect();
        assert!(!places.is_empty(), "{} does not name {UPSTREAM}", file.display());
        for at in places {
            bytes[at..at + wanted.len()].copy_from_slice(upstream.as_bytes());
        }
        let copy = self.folder.path().join(file.file_name().expect("it has a name"));
        fs::write(&copy, bytes).expect("there is room for a file");
        copy
    }

    /// A new database, if the example has a schema.
    pub(crate) fn database(&self, example: &Path) -> Option<PathBuf> {
        database(example, self.folder.path())
    }
}

/// A new database of the example's schema in a folder.
pub(crate) fn database(example: &Path, folder: &Path) -> Option<PathBuf> {
    let schema = fs::read_to_string(example.join("schema.sql")).ok()?;
    let file = folder.join("database.db");
    // One driver leaves it behind for the next.
    let _ = fs::remove_file(&file);
    let database = rusqlite::Connection::open(&file).expect("there is room for a database");
    database.execute_batch(&schema).expect("the schema is SQL");
    Some(file)
}

/// A server on a port of five digits.
fn five_digits(script: &str) -> Upstream {
    (20_000..60_000_u16)
        .step_by(7)
        .find(|port| std::net::TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .map(|port| Upstream::scripted(([127, 0, 0, 1], port).into(), script))
        .expect("a port is free")
}
