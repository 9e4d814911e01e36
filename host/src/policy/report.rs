//! Everything that is wrong with a policy file, in one report. In: problems with places in a text. Out: for each a message,
//! `file:line:column`, the line with a mark under the place, and what to do. Values of environment variables are never shown.

use std::{fmt, ops::Range};

/// The text of a policy and the name of its file.
#[derive(Clone, PartialEq, Eq)]
pub struct Source {
    /// The file's name, as messages show it.
    pub name: String,
    text: String,
    /// Places of the values of environment variables.
    secrets: Vec<Range<usize>>,
}

/// A line and a column, both from one; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// A stable name for this kind of problem.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// Where, as bytes of the text.
    pub at: Range<usize>,
}

/// All problems of a policy file, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    source: Source,
    problems: Vec<Problem>,
    more: usize,
}

impl Source {
    pub(super) fn new(name: &str, text: &str) -> Self {
        Self { name: name.to_owned(), text: text.to_owned(), secrets: Vec::new() }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn hide(&mut self, secrets: Vec<Range<usize>>) {
        self.secrets = secrets;
    }

    /// Line and column of a byte of the text.
    pub fn place(&self, at: usize) -> Place {
        let before = self.text.get(..at).unwrap_or(&self.text);
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        Place {
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: before[line_start..].chars().filter(|c| *c != '\u{feff}').count() + 1,
        }
    }

    /// `file:line:column`.
    pub fn address(&self, at: usize) -> String {
        let Place { line, column } = self.place(at);
        format!("{}:{line}:{column}", self.name)
    }

    /// The line around a place, at most this many characters before and after, and where in it the mark goes.
    fn excerpt(&self, at: &Range<usize>) -> Excerpt {
        const BEFORE: usize = 60;
        const AFTER: usize = 60;
        let start = at.start.min(self.text.len());
        let line_start = self.text[..start].rfind('\n').map_or(0, |end| end + 1);
        let line_end = self.text[start..].find('\n').map_or(self.text.len(), |end| start + end);
        let before: Vec<char> = self.text[line_start..start].chars().rev().take(BEFORE).collect();
        let cut_start = start - before.iter().map(|c| c.len_utf8()).sum::<usize>();
        let mut excerpt = Excerpt::default();
        if line_start < cut_start {
            excerpt.line.push('…');
            excerpt.mark_start += 1;
        }
        // One character takes at most four bytes: nothing behind this is shown.
        let shown = cut_start..start + 4 * (AFTER + 2);
        let secrets: Vec<&Range<usize>> = self
            .secrets
            .iter()
            .filter(|secret| secret.start < shown.end && shown.start < secret.end)
            .collect();
        for (offset, character) in self.text[cut_start..line_end].char_indices() {
            let position = cut_start + offset;
            if character == '\u{feff}' || character == '\r' {
                continue;
            }
            if position >= start && excerpt.line.chars().count() > BEFORE + AFTER {
                excerpt.line.push('…');
                break;
            }
            let hidden = secrets.iter().find(|secret| secret.contains(&position));
            match hidden {
                // One mark for the whole value: not even its length is shown.
                Some(secret) if position != secret.start.max(cut_start) => continue,
                Some(_) => excerpt.line.push('…'),
                None if is_unsafe(character) => excerpt.line.push(' '),
                None => excerpt.line.push(character),
            }
            if position < start {
                excerpt.mark_start += 1;
            } else if position < at.end {
                excerpt.mark_length += 1;
            }
        }
        excerpt.mark_length = excerpt.mark_length.max(1);
        excerpt
    }
}

/// Control characters, and those that make a terminal reorder what follows.
fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[derive(Default)]
struct Excerpt {
    line: String,
    mark_start: usize,
    mark_length: usize,
}

/// Without the text: it may hold secrets.
impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Report {
    /// Most problems that are listed one by one.
    const LISTED: usize = 100;

    pub(super) fn new(source: Source, mut problems: Vec<Problem>) -> Self {
        problems.sort_by_key(|problem| (problem.at.start, problem.at.end));
        let more = problems.len().saturating_sub(Self::LISTED);
        problems.truncate(Self::LISTED);
        Self { source, problems, more }
    }

    /// The problems, in the order of the file.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Line and column of a problem.
    pub fn place(&self, problem: &Problem) -> Place {
        self.source.place(problem.at.start)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.problems {
            let Place { line, .. } = self.source.place(problem.at.start);
            let number = line.to_string();
            let gap = " ".repeat(number.len());
            let excerpt = self.source.excerpt(&problem.at);
            let before = " ".repeat(excerpt.mark_start);
            let mark = "^".repeat(excerpt.mark_length);
            writeln!(f, "error[{}]: {}", problem.code, problem.message)?;
            writeln!(f, "{gap}--> {}", self.source.address(problem.at.start))?;
            writeln!(f, "{gap} |")?;
            writeln!(f, "{number} | {}", excerpt.line.trim_end())?;
            writeln!(f, "{gap} | {before}{mark}")?;
            writeln!(f, "{gap} = help: {}", problem.help)?;
            writeln!(f)?;
        }
        let total = self.problems.len() + self.more;
        if self.more > 0 {
            writeln!(f, "… and {} more", self.more)?;
        }
        let noun = if total == 1 { "problem" } else { "problems" };
        write!(f, "{}: {total} {noun}; nothing of this policy is used", self.source.name)
    }
}
