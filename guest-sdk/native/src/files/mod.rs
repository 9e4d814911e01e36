//! Files of a folder that an operator grants. In: a folder, and paths from a guest, which may be anything. Out: an open file that
//! lies in the folder, with what HTTP says of it. Never here: a name outside of the folder, by whatever links; a name that begins
//! with a dot; a wait for something that is no file.

mod answer;
mod date;

use std::{
    fs::File,
    io,
    path::Path,
    time::{Duration, SystemTime},
};

use cap_std::{
    ambient_authority,
    fs::{Dir, OpenOptions, OpenOptionsExt as _},
};
use purview_abi::call::asset;

pub use self::answer::{Asked, Part, part};
use self::date::{http_date, seconds};

/// What stands for a folder.
const INDEX: &str = "index.html";
/// The one name with a dot in front that is public (RFC 8615).
const WELL_KNOWN: &str = ".well-known";
/// A file that was changed so shortly ago may change once more within one tick of its clock.
const SETTLED: Duration = Duration::from_secs(2);

/// A folder.
#[derive(Debug)]
pub struct Folder(Dir);

impl Folder {
    /// Opens a folder; whatever happens to its name later, it stays this one.
    pub fn open(path: &Path) -> io::Result<Self> {
        Dir::open_ambient_dir(path, ambient_authority()).map(Self)
    }

    /// Opens a file of it. With [`asset::INDEX`] a folder stands for its `index.html`.
    pub fn file(&self, path: &str, flags: u32) -> Result<Asset, Missing> {
        let index = flags & asset::INDEX != 0;
        let path = match path.strip_suffix('/').unwrap_or(path) {
            "" if index => INDEX.to_owned(),
            inside if inside.len() < path.len() && index => format!("{inside}/{INDEX}"),
            _ => path.to_owned(),
        };
        if !is_plain(&path) {
            return Err(Missing::NotThere);
        }
        match self.open_file(&path) {
            Err(Missing::IsFolder) if index => self.open_file(&format!("{path}/{INDEX}")),
            opened => opened,
        }
        .map_err(|missing| match missing {
            Missing::IsFolder => Missing::NotThere,
            other => other,
        })
    }

    fn open_file(&self, path: &str) -> Result<Asset, Missing> {
        let mut options = OpenOptions::new();
        options.read(true);
        // Opening a pipe would wait for its writer.
        options.custom_flags(libc::O_NONBLOCK);
        let file = self.0.open_with(path, &options)?.into_std();
        let about = file.metadata()?;
        if about.is_dir() {
            return Err(Missing::IsFolder);
        }
        if !about.is_file() {
            return Err(Missing::NotThere);
        }
        let about = About::new(about.len(), about.modified().ok(), path);
        Ok(Asset { file, about })
    }
}

/// Whether every part of a path is a plain name.
fn is_plain(path: &str) -> bool {
    let plain = |name: &str| {
        !name.is_empty()
            && (!name.starts_with('.') || name == WELL_KNOWN)
            && !name.contains(['\\', '\0', ':'])
    };
    path.len() <= asset::PATH_BYTES_MAX as usize && path.split('/').all(plain)
}

/// An open file.
#[derive(Debug)]
pub struct Asset {
    /// The file.
    pub file: File,
    /// What is known of it.
    pub about: About,
}

/// What HTTP says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Bytes.
    pub size: u64,
    /// From the ending of its name.
    pub content_type: String,
    /// Entity tag with its quotes; weak while the file is so new that it may change unseen.
    pub etag: String,
    /// When it was changed, in seconds since 1970.
    pub modified: Option<u64>,
}

impl About {
    fn new(size: u64, modified: Option<SystemTime>, path: &str) -> Self {
        let settled = modified
            .and_then(|modified| SystemTime::now().duration_since(modified).ok())
            .is_some_and(|age| age >= SETTLED);
        let since = modified.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        let nanos = since.map_or(0, |since| since.as_nanos());
        let weak = if settled { "" } else { "W/" };
        Self {
            size,
            content_type: content_type(path),
            etag: format!("{weak}\"{nanos:x}-{size:x}\""),
            modified: since.map(|since| since.as_secs()),
        }
    }

    /// When it was changed, as HTTP writes it.
    pub fn last_modified(&self) -> Option<String> {
        self.modified.map(http_date)
    }

    /// Lines of text: size, content type, entity tag, time of change as HTTP writes it or nothing.
    pub fn to_text(&self) -> String {
        let Self { size, content_type, etag, .. } = self;
        let modified = self.last_modified().unwrap_or_default();
        format!("{size}\n{content_type}\n{etag}\n{modified}\n")
    }
}

/// The content type of a name; text is UTF-8.
fn content_type(path: &str) -> String {
    let guess = mime_guess::from_path(path).first_raw().unwrap_or("application/octet-stream");
    match guess.starts_with("text/") {
        true => format!("{guess}; charset=utf-8"),
        false => guess.to_owned(),
    }
}

/// Why there is no file.
#[derive(Debug)]
pub enum Missing {
    /// No file of the folder has this name.
    NotThere,
    /// The name is that of a folder.
    IsFolder,
    /// The system cannot read it.
    Unreadable(io::Error),
}

impl From<io::Error> for Missing {
    fn from(error: io::Error) -> Self {
        use io::ErrorKind as Kind;
        if let Some(libc::ELOOP | libc::ENXIO) = error.raw_os_error() {
            return Self::NotThere;
        }
        match error.kind() {
            // Out of the folder, by a link: cap-std says that it is not permitted, as the system does of files that it guards.
            Kind::NotFound
            | Kind::NotADirectory
            | Kind::PermissionDenied
            | Kind::InvalidInput
            | Kind::InvalidFilename => Self::NotThere,
            Kind::IsADirectory => Self::IsFolder,
            _ => Self::Unreadable(error),
        }
    }
}

#[cfg(test)]
mod tests;
