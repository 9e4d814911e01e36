//! What is wrong with a program, as data: code, place, sentence, label, help. Several are collected and become text or
//! JSON once, at the end. Nothing here decides whether something is wrong.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::{
    limits,
    source::{Sources, Span},
};

/// Whether a program with this diagnostic may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The program is refused.
    Error,
    /// The program may run.
    Warning,
}

impl Severity {
    /// The word that stands before the code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Identifies the rule: `JS` and three digits.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// Where. None for faults of the whole program.
    pub span: Option<Span>,
    /// One sentence, lower-case, code in backticks, without a final dot.
    pub message: String,
    /// A few words beside the caret. May be empty.
    pub label: String,
    /// What to do instead. May be empty.
    pub help: String,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        let (label, help) = (String::new(), String::new());
        Self {
            code,
            severity: Severity::Error,
            span: Some(span),
            message: message.into(),
            label,
            help,
        }
    }

    /// A warning at a place.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// An error of the program as a whole.
    pub fn global(code: &'static str, message: impl Into<String>) -> Self {
        let (label, help) = (String::new(), String::new());
        Self { code, severity: Severity::Error, span: None, message: message.into(), label, help }
    }

    /// The same with words beside the caret.
    #[must_use]
    pub fn with_label(self, label: impl Into<String>) -> Self {
        Self { label: label.into(), ..self }
    }

    /// The same with a way out.
    #[must_use]
    pub fn with_help(self, help: impl Into<String>) -> Self {
        Self { help: help.into(), ..self }
    }

    /// One diagnostic as JSON; lines and columns count from 1, columns in UTF-16 units as editors do.
    pub fn to_json(&self, sources: &Sources) -> Value {
        let place = self.span.map(|span| {
            let file = sources.file(span.file);
            let (start, end) = (file.position(span.start), file.position(span.end));
            json!({
                "file": file.path(),
                "line": start.line, "column": start.column_utf16,
                "endLine": end.line, "endColumn": end.column_utf16,
                "offset": span.start, "length": span.end - span.start,
            })
        });
        json!({
            "code": self.code, "severity": self.severity.as_str(), "message": self.message,
            "label": self.label, "help": self.help, "place": place,
        })
    }

    fn render(&self, sources: &Sources, out: &mut String) {
        let (severity, code, message) = (self.severity.as_str(), self.code, &self.message);
        let _ = writeln!(out, "{severity}[{code}]: {message}");
        if let Some(span) = self.span {
            render_place(sources, span, &self.label, out);
        }
        if !self.help.is_empty() {
            let _ = writeln!(out, "   = help: {}", self.help);
        }
    }
}

/// Everything that is wrong with a program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    dropped: usize,
}

impl Diagnostics {
    /// Adds one. The same code at the same place is kept once, and the list is bounded.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let place = (diagnostic.code, diagnostic.span);
        if diagnostic.span.is_some()
            && self.list.iter().any(|other| (other.code, other.span) == place)
        {
            return;
        }
        if self.list.len() == limits::DIAGNOSTICS_MAX {
            self.dropped += 1;
        } else {
            self.list.push(diagnostic);
        }
    }

    /// Adds all of another list.
    pub fn extend(&mut self, other: Self) {
        self.dropped += other.dropped;
        for diagnostic in other.list {
            self.push(diagnostic);
        }
    }

    /// Every diagnostic that was kept.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether the program is refused.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Orders by file, then place.
    pub fn sort(&mut self) {
        self.list.sort_by_key(|diagnostic| {
            diagnostic.span.map(|span| (span.file, span.start, span.end))
        });
    }

    /// Text for a person: message, place, source line with a caret, help.
    pub fn render(&self, sources: &Sources) -> String {
        let mut out = String::new();
        for diagnostic in &self.list {
            diagnostic.render(sources, &mut out);
            out.push('\n');
        }
        if self.dropped > 0 {
            let _ = writeln!(out, "{} more not shown", self.dropped);
        }
        out
    }

    /// The same for an editor.
    pub fn to_json(&self, sources: &Sources) -> Value {
        Value::Array(self.list.iter().map(|diagnostic| diagnostic.to_json(sources)).collect())
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { list: vec![diagnostic], dropped: 0 }
    }
}

/// Longest part of a source line that is shown, in characters.
const LINE_CHARS_MAX: usize = 120;

fn render_place(sources: &Sources, span: Span, label: &str, out: &mut String) {
    let file = sources.file(span.file);
    let start = file.position(span.start);
    let line = file.line(start.line);
    let marked = {
        let rest = line.len().saturating_sub(start.column_bytes as usize - 1);
        let bytes = ((span.end - span.start) as usize).min(rest);
        let from = start.column_bytes as usize - 1;
        line.get(from..from + bytes).map_or(1, |text| text.chars().count())
    };
    let place = (file.path(), start.line, start.column_utf16);
    write_frame(out, place, line, start.column_chars as usize - 1, marked, label);
}

/// A place in a text as diagnostics show it: path, line and column, the line, a caret. Lines and columns count from 1, columns in
/// UTF-16 units; a place outside of the text gets no line.
pub fn code_frame(path: &str, text: &str, line: u32, column_utf16: u32) -> String {
    let index = (line as usize).saturating_sub(1);
    let Some(content) = text.split('\n').nth(index) else {
        return format!(" --> {path}:{line}:{column_utf16}\n");
    };
    let content = content.strip_suffix('\r').unwrap_or(content);
    let (mut units, mut column) = (1, 0);
    for c in content.chars() {
        if units >= column_utf16 {
            break;
        }
        units += c.len_utf16() as u32;
        column += 1;
    }
    let mut out = String::new();
    write_frame(&mut out, (path, line, column_utf16), content, column, 1, "");
    out
}

/// `column` and `marked` count characters.
fn write_frame(
    out: &mut String,
    (path, number, column_utf16): (&str, u32, u32),
    line: &str,
    column: usize,
    marked: usize,
    label: &str,
) {
    let skipped = column.saturating_sub(LINE_CHARS_MAX / 2);
    let shown: String = line.chars().skip(skipped).take(LINE_CHARS_MAX).map(printable).collect();
    let marked = marked.clamp(1, (LINE_CHARS_MAX + skipped).saturating_sub(column).max(1));
    let number = number.to_string();
    let margin = " ".repeat(number.len());
    let caret = format!("{}{}", " ".repeat(column - skipped), "^".repeat(marked));
    let space = if label.is_empty() { "" } else { " " };
    let _ = writeln!(out, "{margin}--> {path}:{number}:{column_utf16}");
    let _ = writeln!(out, "{margin} |\n{number} | {shown}\n{margin} | {caret}{space}{label}");
}

/// Tabs keep their width of one column, and characters that would steer a terminal are replaced.
fn printable(c: char) -> char {
    match c {
        '\t' => ' ',
        _ if c.is_control() || crate::source::is_bidi_control(c) => '\u{fffd}',
        _ => c,
    }
}
