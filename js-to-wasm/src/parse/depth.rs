//! Refuses texts that would make a recursive parser overflow its stack, before it runs. In: tokens. Out: the place where
//! the text is nested too deep or goes on too long, if there is one. Only counts; a text that passes may still be no program.

use super::lexer::{Kind, Token};
use crate::limits;

/// What is too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TooDeep {
    /// More than [`limits::BRACKET_DEPTH_MAX`] brackets or elements are open at this offset.
    Brackets(u32),
    /// More than [`limits::OPEN_TOKENS_MAX`] tokens of unfinished constructs stand before this offset.
    Tokens(u32),
}

/// Words that continue what a block, a line or a `;` seemed to end.
const CONTINUING: &[&str] =
    &["else", "in", "of", "instanceof", "as", "satisfies", "when", "extends", "is"];
/// Words whose parentheses do not end an operand.
const CONTROL: &[&str] = &["if", "for", "while", "with"];

/// One open bracket.
#[derive(Default)]
struct Level {
    /// Tokens since the last place where nothing but the bracket was unfinished.
    run: usize,
    /// Whether the next token ends the run, if it does not continue it.
    ended: bool,
    /// Whether the bracket belongs to `if`, `for`, `while`, `with`.
    control: bool,
}

/// The first place that is too deep.
pub(super) fn check(text: &str, tokens: &[Token]) -> Result<(), TooDeep> {
    let mut levels = vec![Level::default()];
    let mut open_tokens = 0;
    let mut operand_before = false;
    let mut word_before = "";
    for token in tokens {
        let piece = &text[token.start as usize..token.end as usize];
        let paired = |kind| token.kind == kind && piece_is_bracket(piece);
        if matches!(token.kind, Kind::Close | Kind::ElementClose) && levels.len() > 1 {
            let level = levels.pop().expect("more than one level");
            open_tokens -= level.run;
            operand_before = !level.control;
            word_before = "";
            if let Some(parent) = levels.last_mut() {
                parent.ended |= paired(Kind::Close) && piece == "}";
            }
            continue;
        }
        let level = levels.last_mut().expect("the outermost level is never removed");
        let continues = match token.kind {
            Kind::Word => CONTINUING.contains(&piece),
            Kind::Punctuation => !matches!(piece, ";" | ","),
            Kind::Open => piece != "{",
            _ => false,
        };
        let ended = level.ended || (token.after_newline && operand_before);
        if ended && !continues {
            open_tokens -= level.run;
            level.run = 0;
        }
        level.ended = token.kind == Kind::Punctuation && matches!(piece, ";" | ",");
        if token.kind != Kind::ElementText {
            level.run += 1;
            open_tokens += 1;
        }
        if open_tokens > limits::OPEN_TOKENS_MAX {
            return Err(TooDeep::Tokens(token.start));
        }
        if matches!(token.kind, Kind::Open | Kind::ElementOpen) {
            let control = CONTROL.contains(&word_before);
            levels.push(Level { control, ..Level::default() });
            if levels.len() > limits::BRACKET_DEPTH_MAX + 1 {
                return Err(TooDeep::Brackets(token.start));
            }
        }
        operand_before = matches!(token.kind, Kind::Word | Kind::Literal);
        word_before = if token.kind == Kind::Word { piece } else { "" };
    }
    Ok(())
}

fn piece_is_bracket(piece: &str) -> bool {
    piece.len() == 1
}
