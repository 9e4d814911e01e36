//! The diagnostics as text for people: [`explain`] for one code, [`rules`] for the whole manual page. In: the table of rules,
//! and [`EARLIER`] for what is found before any rule runs; what later stages find. Out: Markdown.

use std::fmt::Write as _;

use super::{rule::Rule, rules as all};
use crate::{comptime, contract};

/// Codes of the stages before the rules: code, what is wrong, what to do.
pub const EARLIER: &[(&str, &str, &str)] = &[
    ("JS001", "the file is no source file", "name it .ts, .tsx, .js or .jsx"),
    ("JS002", "the file does not exist or cannot be read", "check the path and its extension"),
    ("JS003", "the program is too large", "a file may have 1 MiB, a program 8 MiB and 256 files"),
    ("JS004", "the file is not UTF-8", "save it as UTF-8"),
    (
        "JS005",
        "an invisible character changes the direction of the text, or steers a terminal",
        "write it as an escape, such as `\\u202e`",
    ),
    ("JS006", "the program is nested too deep", "give the inner parts names"),
    ("JS007", "a statement is too long", "split it into several"),
    (
        "JS008",
        "a word of the language cannot be read as its construct",
        "check its parentheses and braces",
    ),
    ("JS009", "`|>` stands beside an operator whose order is not clear", "add parentheses"),
    ("JS010", "the text is not a program", "read the message: it says what was expected"),
    (
        "JS011",
        "files import each other in a circle, or too deep",
        "move what both need into a third file",
    ),
    (
        "JS012",
        "the import names neither a module of the host nor a file",
        "use `purview:…`, `./…` or `../…`",
    ),
    (
        "JS013",
        "`purview.json` beside the program cannot be used",
        "write `{ \"truthiness\": \"strict\" }` or `{ \"truthiness\": \"typed\" }`",
    ),
];

/// One code: what is refused, why, and what to write instead.
pub fn explain(code: &str) -> Option<String> {
    if let Some(rule) = super::find(code) {
        return Some(explain_rule(rule));
    }
    let (code, title, help) = EARLIER
        .iter()
        .chain(contract::CODES)
        .chain(comptime::CODES)
        .find(|(other, ..)| other.eq_ignore_ascii_case(code))?;
    Some(format!("## {code}: {title}\n\nInstead: {help}.\n"))
}

fn explain_rule(rule: &Rule) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "## {}: {}\n\n{}\n", rule.code, rule.title, rule.explanation);
    let _ = writeln!(out, "Instead: {}.\n", rule.help);
    if let Some(bad) = rule.bad.first() {
        let _ = writeln!(out, "Refused:\n\n```tsx\n{}\n```\n", bad.trim());
    }
    if let Some(good) = rule.good.first() {
        let _ = writeln!(out, "Accepted:\n\n```tsx\n{}\n```", good.trim());
    }
    out
}

/// Every code, for `RULES.md`.
pub fn rules() -> String {
    let mut out = String::from(
        "# What the compiler refuses\n\nMade from the rules themselves by \
         `UPDATE_EXPECT=1 cargo test -p js-to-wasm --test rules`.\n\n| code | refused | instead |\n|---|---|---|\n",
    );
    let earlier = EARLIER.iter().copied();
    let later = comptime::CODES.iter().chain(contract::CODES).copied();
    for (code, title, help) in
        earlier.chain(all().map(|rule| (rule.code, rule.title, rule.help))).chain(later)
    {
        let cell = |text: &str| text.replace('|', "\\|");
        let _ = writeln!(out, "| {code} | {} | {} |", cell(title), cell(help));
    }
    for rule in all() {
        let _ = write!(out, "\n{}", explain_rule(rule));
    }
    out
}
