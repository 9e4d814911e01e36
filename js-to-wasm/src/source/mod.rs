//! Files → [`Sources`]. In: a [`Load`] that answers paths with bytes. Out: the texts of a program, checked to be UTF-8,
//! within [`crate::limits`] and free of characters that make code look like other code. Never happens here: reading of
//! disks, parsing.

pub mod loader;
pub mod resolve;
pub mod virtual_modules;

use std::fmt;

pub use loader::{Files, Load, LoadError};

use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    limits,
};

/// One file of a program: an index into [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A piece of one file, in bytes of the original text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Which file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}..{}", self.file.0, self.start, self.end)
    }
}

/// The four kinds of source files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// `.js`
    JavaScript,
    /// `.jsx`
    JavaScriptXml,
    /// `.ts`
    TypeScript,
    /// `.tsx`
    TypeScriptXml,
}

impl Language {
    /// The language that a path's extension names.
    pub fn of_path(path: &str) -> Option<Self> {
        let (_, extension) = path.rsplit_once('.')?;
        match extension {
            "js" => Some(Self::JavaScript),
            "jsx" => Some(Self::JavaScriptXml),
            "ts" => Some(Self::TypeScript),
            "tsx" => Some(Self::TypeScriptXml),
            _ => None,
        }
    }

    /// Whether `<div/>` is an element.
    pub fn has_jsx(self) -> bool {
        matches!(self, Self::JavaScriptXml | Self::TypeScriptXml)
    }

    /// Whether types may be written.
    pub fn has_types(self) -> bool {
        matches!(self, Self::TypeScript | Self::TypeScriptXml)
    }
}

/// The text of one file.
#[derive(Debug, Clone)]
pub struct SourceFile {
    path: String,
    text: String,
    language: Language,
    line_starts: Vec<u32>,
}

/// Line and column, both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line.
    pub line: u32,
    /// Column in bytes.
    pub column_bytes: u32,
    /// Column in Unicode characters.
    pub column_chars: u32,
    /// Column in UTF-16 units, as editors and Node count.
    pub column_utf16: u32,
}

impl SourceFile {
    fn new(path: String, text: String, language: Language) -> Self {
        let newlines = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let line_starts = std::iter::once(0).chain(newlines.map(|(at, _)| at as u32 + 1)).collect();
        Self { path, text, language, line_starts }
    }

    /// The path by which the file was found, with `/` between its parts.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The text as it was loaded.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the extension says.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Where a byte offset lies. Offsets past the end give the end.
    pub fn position(&self, offset: u32) -> Position {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_starts.partition_point(|&start| start as usize <= offset) - 1;
        let before = &self.text[self.line_starts[line] as usize..offset];
        Position {
            line: line as u32 + 1,
            column_bytes: before.len() as u32 + 1,
            column_chars: before.chars().count() as u32 + 1,
            column_utf16: before.chars().map(char::len_utf16).sum::<usize>() as u32 + 1,
        }
    }

    /// The text of a line counted from 1, without its end.
    pub fn line(&self, line: u32) -> &str {
        let index = (line.max(1) as usize - 1).min(self.line_starts.len() - 1);
        let rest = &self.text[self.line_starts[index] as usize..];
        rest.split(['\n', '\r']).next().unwrap_or("")
    }
}

/// The files of one program.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    bytes: usize,
}

impl Sources {
    /// Loads the first file of `candidates` that exists and checks its text. `from` is the import that asks for it, none for
    /// the entry.
    pub fn load(
        &mut self,
        loader: &dyn Load,
        candidates: &[String],
        from: Option<Span>,
    ) -> Result<FileId, Diagnostics> {
        let refuse = |code, message: String, help: &str| {
            Diagnostics::from(at(from, code, message).with_help(help))
        };
        let loaded = candidates.iter().find_map(|path| match loader.load(path) {
            Ok(None) => None,
            Ok(Some(bytes)) => Some((path, Ok(bytes))),
            Err(error) => Some((path, Err(error))),
        });
        let (path, bytes) = match loaded {
            Some((path, Ok(bytes))) => (path.as_str(), bytes),
            Some((path, Err(LoadError(reason)))) => {
                return Err(refuse("JS002", format!("file `{path}` cannot be read: {reason}"), ""));
            }
            None => {
                let names = candidates.join("`, `");
                return Err(refuse(
                    "JS002",
                    format!("file not found: `{names}`"),
                    "check the path and the extension",
                ));
            }
        };
        let Some(language) = Language::of_path(path) else {
            let message = format!("`{path}` is not a source file");
            return Err(refuse("JS001", message, "name it .ts, .tsx, .js or .jsx"));
        };
        self.bytes += bytes.len();
        if bytes.len() > limits::FILE_BYTES_MAX || self.bytes > limits::PROGRAM_BYTES_MAX {
            let message = format!("`{path}` makes the program too large: {} bytes", bytes.len());
            return Err(refuse(
                "JS003",
                message,
                "a file may have 1 MiB and a program 8 MiB of source",
            ));
        }
        if self.files.len() == limits::FILES_MAX {
            return Err(refuse(
                "JS003",
                format!("`{path}` is one file too many"),
                "a program may have 256 files",
            ));
        }
        let (text, valid) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(valid))
            }
        };
        let file = FileId(self.files.len() as u32);
        self.files.push(SourceFile::new(path.to_owned(), text, language));
        if let Some(offset) = valid {
            let span = Span { file, start: offset as u32, end: offset as u32 };
            let diagnostic =
                Diagnostic::error("JS004", span, "file is not UTF-8").with_label("first bad byte");
            return Err(diagnostic.with_help("save the file as UTF-8").into());
        }
        self.check_characters(file)?;
        Ok(file)
    }

    /// A file of this program.
    ///
    /// # Panics
    /// With an id of another program.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Every file, in the order in which they were loaded.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(index, file)| (FileId(index as u32), file))
    }

    /// The original text of a place.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).text().get(span.start as usize..span.end as usize).unwrap_or("")
    }

    fn check_characters(&self, file: FileId) -> Result<(), Diagnostics> {
        let mut found = Diagnostics::default();
        let text = self.file(file).text();
        for (offset, c) in text.char_indices() {
            let what = match c {
                c if is_bidi_control(c) => "makes code look like other code",
                c if is_control(c) => "has no meaning in a program",
                _ => continue,
            };
            let span = Span { file, start: offset as u32, end: (offset + c.len_utf8()) as u32 };
            let message = format!("the invisible character U+{:04X} {what}", c as u32);
            found.push(
                Diagnostic::error("JS005", span, message)
                    .with_help(format!("write `\\u{:04x}`", c as u32)),
            );
        }
        if found.is_empty() { Ok(()) } else { Err(found) }
    }
}

/// Whether a character changes the direction in which the text around it is shown.
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character steers a terminal or a printer, and is not white space of the language.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\u{b}' | '\u{c}' | '\r')
}

fn at(span: Option<Span>, code: &'static str, message: String) -> Diagnostic {
    match span {
        Some(span) => Diagnostic::error(code, span, message),
        None => Diagnostic::global(code, message),
    }
}
