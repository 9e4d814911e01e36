//! Policy file to policy. In: a path, or text. Out: what an operator allows, or one report of everything that is wrong with
//! the file. A file that cannot be read stops the load: no policy is never the answer to a broken policy. Never here: a
//! decision about a handler; `grant` makes that.
//!
//! ```text
//! {
//!   "env":    { "allow": ["NAME"], "values": { "NAME": "text" } },     a section that is present is complete:
//!   "egress": { "allow_hosts": ["host", "host:port"] },                what is not in it is refused
//!   "cache":  { "allow_namespaces": ["name"] },
//!   "sql":    { "allow_queries": ["name"] },                           a section that is absent restricts nothing
//!   "assets": { "folders": { "name": "path" } },                     files beneath the policy
//!   "limits": { "cpu_ms": 100, … },
//!   "handlers": {
//!     "users": { "module", "mount", "host", env, egress, cache, sql,   a section of a handler stands in for the
//!                assets, "limits" }                                    one above; its limits go over those above
//!   }
//! }
//! ```

use std::{
    fmt,
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use crate::limits::Limits;

mod json;
mod read;

pub mod grant;
pub mod host;
pub mod report;

pub use host::{HostError, HostPattern};
pub use report::{Report, Source};

/// Largest policy file.
pub const FILE_BYTES_MAX: u64 = 1 << 20;
/// Deepest nesting of a policy file; the format needs four levels.
pub const DEPTH_MAX: usize = 16;

/// What an operator allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    source: Source,
    sections: Sections,
    limits: Vec<(String, u64)>,
    handlers: Vec<Handler>,
    /// The folder of the file.
    folder: PathBuf,
}

/// The sections that grant; one that is absent restricts nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sections {
    /// Environment variables, and values for them.
    pub env: Option<EnvSection>,
    /// Hosts that requests may go to.
    pub egress: Option<Section<HostPattern>>,
    /// Cache namespaces.
    pub cache: Option<Section<String>>,
    /// SQL statements by name.
    pub sql: Option<Section<String>>,
    /// Folders of files.
    pub assets: Option<AssetsSection>,
}

/// What one section allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section<T> {
    /// Its path in the file, for example `egress.allow_hosts`.
    pub clause: String,
    /// Where it begins, as a byte of the file.
    pub at: usize,
    /// What it allows, each with its place.
    pub allow: Vec<Allowed<T>>,
}

/// One entry of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed<T> {
    /// The entry.
    pub value: T,
    /// Where it stands, as a byte of the file.
    pub at: usize,
}

/// Environment variables that are allowed, and values for some of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvSection {
    /// The names, those with values included.
    pub names: Section<String>,
    /// Values that the policy itself gives.
    pub values: Vec<(String, Secret)>,
}

/// Folders that are allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetsSection {
    /// Their names.
    pub names: Section<String>,
    /// The path of each, relative to the policy's folder.
    pub folders: Vec<(String, String)>,
}

/// Text that no message and no log shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text, to hand it to the guest that was granted it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// An entry of the `handlers` map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handler {
    /// Its name.
    pub name: String,
    /// The module file, relative to the policy's folder.
    pub module: Option<String>,
    /// The path prefix below which it answers: `/` or `/a/b`.
    pub mount: Option<String>,
    /// The host name for which it answers, lower case.
    pub host: Option<String>,
    /// Sections that stand in for those of the whole policy.
    pub sections: Sections,
    /// Limits that go over those of the whole policy.
    pub limits: Vec<(String, u64)>,
    /// Where its name stands, as a byte of the file.
    pub at: usize,
}

impl Policy {
    /// Reads a policy file.
    pub fn load(path: &Path) -> Result<Self, PolicyError> {
        let name = path.display().to_string();
        let unreadable = |error: std::io::Error| PolicyError::Unreadable {
            file: name.clone(),
            message: error.to_string(),
        };
        let file = File::open(path).map_err(unreadable)?;
        let mut bytes = Vec::new();
        file.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        Ok(Self { folder, ..Self::parse(&bytes, &name)? })
    }

    /// Reads the bytes of a policy; `name` is the file's name in messages.
    pub fn parse(bytes: &[u8], name: &str) -> Result<Self, PolicyError> {
        if bytes.len() as u64 > FILE_BYTES_MAX {
            return Err(PolicyError::TooLarge { file: name.to_owned() });
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => read::policy(Source::new(name, text)).map_err(PolicyError::Invalid),
            Err(error) => {
                Err(PolicyError::NotText { file: name.to_owned(), at: error.valid_up_to() })
            }
        }
    }

    /// The file's text and name, for places.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The handlers that the policy names, in the order of the file.
    pub fn handlers(&self) -> &[Handler] {
        &self.handlers
    }

    /// The entry of one handler.
    pub fn handler(&self, name: &str) -> Option<&Handler> {
        self.handlers.iter().find(|handler| handler.name == name)
    }

    /// The sections of the whole policy.
    pub fn sections(&self) -> &Sections {
        &self.sections
    }

    /// The environment section in force for a handler.
    pub fn env(&self, handler: &str) -> Option<&EnvSection> {
        self.own(handler, |sections| sections.env.as_ref())
    }

    /// The egress section in force for a handler.
    pub fn egress(&self, handler: &str) -> Option<&Section<HostPattern>> {
        self.own(handler, |sections| sections.egress.as_ref())
    }

    /// The cache section in force for a handler.
    pub fn cache(&self, handler: &str) -> Option<&Section<String>> {
        self.own(handler, |sections| sections.cache.as_ref())
    }

    /// The SQL section in force for a handler.
    pub fn sql(&self, handler: &str) -> Option<&Section<String>> {
        self.own(handler, |sections| sections.sql.as_ref())
    }

    /// The folders in force for a handler.
    pub fn assets(&self, handler: &str) -> Option<&AssetsSection> {
        self.own(handler, |sections| sections.assets.as_ref())
    }

    /// A path of the policy, as it lies beside the policy.
    pub fn beside(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// A handler's own section if it has one, else that of the whole policy.
    fn own<'a, T>(
        &'a self,
        handler: &str,
        of: impl Fn(&'a Sections) -> Option<&'a T>,
    ) -> Option<&'a T> {
        self.handler(handler)
            .and_then(|handler| of(&handler.sections))
            .or_else(|| of(&self.sections))
    }

    /// The limits of the server, and of handlers that set none of their own: `base` with those of the policy over it.
    pub fn server_limits(&self, base: &Limits) -> Limits {
        over(base, &self.limits)
    }

    /// The limits of one handler: those of the server with its own over them.
    pub fn limits(&self, handler: &str, base: &Limits) -> Limits {
        let server = self.server_limits(base);
        match self.handler(handler) {
            Some(handler) => over(&server, &handler.limits),
            None => server,
        }
    }
}

fn over(base: &Limits, settings: &[(String, u64)]) -> Limits {
    let mut limits = base.clone();
    for (name, value) in settings {
        limits.set(name, *value).expect("names and ranges were checked when the policy was read");
    }
    limits
}

/// Why there is no policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyError {
    /// The file cannot be read.
    Unreadable {
        /// The file.
        file: String,
        /// What the system says.
        message: String,
    },
    /// The file is larger than [`FILE_BYTES_MAX`].
    TooLarge {
        /// The file.
        file: String,
    },
    /// The file is not UTF-8.
    NotText {
        /// The file.
        file: String,
        /// The first byte that is not.
        at: usize,
    },
    /// The file is wrong in these places.
    Invalid(Report),
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { file, message } => write!(
                f,
                "error[policy.file]: cannot read `{file}`: {message}\n  = help: nothing is served without the policy that was asked for; \
                 give a readable file, or leave `--policy` out"
            ),
            Self::TooLarge { file } => write!(
                f,
                "error[policy.file]: `{file}` is larger than {FILE_BYTES_MAX} bytes\n  = help: split the handlers over several servers"
            ),
            Self::NotText { file, at } => write!(
                f,
                "error[policy.file]: `{file}` is not UTF-8 text from byte {at} on\n  = help: save it as UTF-8 without a byte-order mark"
            ),
            Self::Invalid(report) => report.fmt(f),
        }
    }
}

impl std::error::Error for PolicyError {}
