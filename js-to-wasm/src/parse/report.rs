//! The parser's errors → diagnostics in our words. In: what the parser or the depth check found. Out: diagnostics with codes
//! `JS006` to `JS010`. Nothing here decides what an error is.

use swc_common::Spanned;
use swc_ecma_parser::error::{Error, SyntaxError};

use super::{Extensions, depth::TooDeep, place};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    limits,
    source::{FileId, SourceFile, Span},
};

/// The text would make the parser recurse too deep.
pub(super) fn too_deep(file: FileId, too_deep: TooDeep) -> Diagnostics {
    let span = |start| Span { file, start, end: start + 1 };
    match too_deep {
        TooDeep::Brackets(start) => {
            let message =
                format!("brackets are nested more than {} levels deep", limits::BRACKET_DEPTH_MAX);
            Diagnostic::error("JS006", span(start), message)
                .with_help("give the inner parts names")
                .into()
        }
        TooDeep::Tokens(start) => {
            let message = format!(
                "more than {} tokens without an end of a statement",
                limits::OPEN_TOKENS_MAX
            );
            Diagnostic::error("JS007", span(start), message)
                .with_help("split it into several statements")
                .into()
        }
    }
}

/// Words that look like constructs of the language but cannot be read as such.
pub(super) fn unclear(file: FileId, start: u32) -> Diagnostics {
    let span = Span { file, start, end: start + 1 };
    let message =
        "this looks like `match`, `|>`, `assert` or `distinct type`, but cannot be read as one";
    Diagnostic::error("JS008", span, message).with_help("check its parentheses and braces").into()
}

/// The parser gave up at this place without a word.
pub(super) fn unreadable(file: FileId, start: u32) -> Diagnostics {
    let span = Span { file, start, end: start + 1 };
    Diagnostic::error("JS010", span, "from here on this cannot be read as a program")
        .with_help("check names, brackets and quotes")
        .into()
}

/// What the parser found.
pub(super) fn syntax(
    file: FileId,
    source: &SourceFile,
    extensions: &Extensions,
    unread: &[u32],
    errors: &[Error],
) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for &start in unread.iter().filter(|_| !errors.is_empty()) {
        let span = Span { file, start, end: start + 5 };
        let diagnostic = Diagnostic::error("JS008", span, "this `match` cannot be read");
        let help = "write `match (value) { when pattern: value default: value }`, with at most one `default`";
        diagnostics.push(diagnostic.with_help(help));
    }
    for error in errors {
        diagnostics.push(one(file, source, extensions, error));
    }
    diagnostics
}

fn one(file: FileId, source: &SourceFile, extensions: &Extensions, error: &Error) -> Diagnostic {
    let span = place(file, error.span());
    let (message, help) = match error.kind() {
        SyntaxError::NullishCoalescingWithLogicalOp => {
            let near = extensions.pipes.range(span.start.saturating_sub(2)..).next().is_some();
            let beside =
                if near { "`??` beside `|>`, `||` or `&&`" } else { "`??` beside `||` or `&&`" };
            (format!("{beside} needs parentheses"), "put parentheses around one of the two")
        }
        SyntaxError::Eof => ("the file ends too early".to_owned(), "close every bracket and quote"),
        SyntaxError::LineBreakInThrow if extensions.asserts.contains(&span.start) => {
            ("the condition of `assert` must stand on its line".to_owned(), "")
        }
        kind if source.language().has_jsx() && plain(&kind.msg()).starts_with("expected `</`") => (
            plain(&kind.msg()),
            "close the element; `<T>value` is no type assertion here, and the language has none",
        ),
        kind if !source.language().has_jsx() && begins_element(source.text(), span.start) => {
            (plain(&kind.msg()), "elements need a file that ends in .tsx or .jsx")
        }
        kind => (plain(&kind.msg()), ""),
    };
    Diagnostic::error("JS010", span, message).with_help(help)
}

/// Whether an element could begin at this place or right before it.
fn begins_element(text: &str, start: u32) -> bool {
    let start = start as usize;
    let before = text.get(..start).unwrap_or("").trim_end();
    let line = before.rsplit('\n').next().unwrap_or("");
    text.get(start..).is_some_and(|rest| rest.starts_with('<'))
        || line.contains("</")
        || line.ends_with('<')
        || {
            let word = line.trim_end_matches(|c: char| c.is_alphanumeric() || c == '>' || c == '/');
            word.ends_with('<')
        }
}

/// A sentence of the parser in the form of ours: lower-case, code in backticks, no final dot.
fn plain(message: &str) -> String {
    let message = message.trim_end_matches('.').replace('\'', "`");
    let mut chars = message.chars();
    match chars.next() {
        Some(first) if !message.starts_with("TypeScript") && !message.starts_with("JSX") => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => message,
    }
}
