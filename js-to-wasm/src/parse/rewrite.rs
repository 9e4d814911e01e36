//! The language's own constructs → plain TypeScript of the same length, in place. In: a text and its tokens. Out: the text
//! that the parser reads, and where each construct stood. Every byte that is not part of a construct's own words stays where
//! it was, so every place in the tree is a place in the original. Never happens here: judging; a text that only looks like
//! a construct is found out by the caller and rewritten without that edit.
//!
//! ```text
//! match (d) { when "a": 1 when {k: 2}: f(d) default: 0 }        a |> f        assert c, e;      distinct type T = U
//! match (d) [      "a"? 1 :    {k: 2}? f(d) :        0 ]        a || f        throw  c, e;               type T = U
//! ```
//!
//! An arm begins with `when`; a `default` that is not last becomes an arm with the pattern `_`. When there is no `default`, the
//! last arm's `?` becomes a comma.

use std::collections::BTreeSet;

use super::{
    extensions::{ArmEdit, Extensions, MatchEdit},
    lexer::{Kind, Token},
};
use crate::limits;

/// A text in the parser's language and what was changed in it.
#[derive(Debug, Clone)]
pub(super) struct Rewritten {
    /// As long as the original.
    pub(super) text: String,
    /// Where the constructs stood.
    pub(super) extensions: Extensions,
    /// First bytes of what begins like a `match` but does not go on like one.
    pub(super) unread: Vec<u32>,
}

/// Rewrites every construct but those that start at an offset in `skip`.
pub(super) fn rewrite(text: &str, tokens: &[Token], skip: &BTreeSet<u32>) -> Rewritten {
    let mut rewriter = Rewriter {
        text,
        tokens,
        out: text.as_bytes().to_vec(),
        extensions: Extensions::default(),
        unread: Vec::new(),
    };
    for (index, token) in tokens.iter().enumerate() {
        if !skip.contains(&token.start) {
            rewriter.token(index);
        }
    }
    let Rewriter { out, extensions, unread, .. } = rewriter;
    let text = String::from_utf8(out).expect("whole words of ASCII were replaced by ASCII");
    Rewritten { text, extensions, unread }
}

struct Rewriter<'a> {
    text: &'a str,
    tokens: &'a [Token],
    out: Vec<u8>,
    extensions: Extensions,
    unread: Vec<u32>,
}

impl<'a> Rewriter<'a> {
    fn token(&mut self, index: usize) {
        let token = self.tokens[index];
        match (token.kind, self.piece(index)) {
            (Kind::Punctuation, "|>") => {
                self.put(token.start, "||");
                self.extensions.pipes.insert(token.start);
            }
            (Kind::Word, "match") => {
                if let Some((open, arms)) = self.match_arms(index) {
                    self.rewrite_match(token.start, open, &arms);
                } else if self.begins_like_match(index) {
                    self.unread.push(token.start);
                }
            }
            (Kind::Word, "assert") if self.is_assert(index) => {
                self.put(token.start, "throw ");
                self.extensions.asserts.insert(token.start);
            }
            (Kind::Word, "distinct") if self.is_distinct(index) => {
                self.put(token.start, "        ");
                self.extensions.distinct.insert(self.tokens[index + 1].start, token.start);
            }
            _ => {}
        }
    }

    fn piece(&self, index: usize) -> &'a str {
        self.tokens
            .get(index)
            .map_or("", |token| &self.text[token.start as usize..token.end as usize])
    }

    fn kind(&self, index: usize) -> Option<Kind> {
        self.tokens.get(index).map(|token| token.kind)
    }

    fn put(&mut self, start: u32, replacement: &str) {
        self.out[start as usize..start as usize + replacement.len()]
            .copy_from_slice(replacement.as_bytes());
    }

    /// The index behind the closing bracket of the one at `index`.
    fn behind(&self, index: usize) -> Option<usize> {
        let partner = self.tokens.get(index)?.partner as usize;
        (partner > index).then_some(partner + 1)
    }

    /// Recognises `match (…) { when …: …`. Gives the index of the brace and those of the arms.
    fn match_arms(&self, index: usize) -> Option<(usize, Vec<ArmTokens>)> {
        let before = index.checked_sub(1).map_or("", |before| self.piece(before));
        if matches!(before, "." | "?." | "function") || self.piece(index + 1) != "(" {
            return None;
        }
        let open = self.behind(index + 1)?;
        if self.piece(open) != "{" {
            return None;
        }
        let close = self.behind(open)? - 1;
        let mut arms = Vec::new();
        let mut at = open + 1;
        while at < close {
            let (arm, next) = self.arm(at, close)?;
            arms.push(arm);
            at = next;
        }
        let defaults = arms.iter().filter(|arm| arm.default).count();
        (!arms.is_empty() && defaults <= 1 && arms.len() <= limits::MATCH_ARMS_MAX)
            .then_some((open, arms))
    }

    /// Whether `match (…) { when` or `match (…) { default` stands here.
    fn begins_like_match(&self, index: usize) -> bool {
        let open = (self.piece(index + 1) == "(").then(|| self.behind(index + 1)).flatten();
        open.is_some_and(|open| {
            self.piece(open) == "{" && matches!(self.piece(open + 1), "when" | "default")
        })
    }

    /// Reads the arm whose first word is at `at`: its tokens, and where the next arm begins.
    fn arm(&self, at: usize, close: usize) -> Option<(ArmTokens, usize)> {
        let default = match self.piece(at) {
            "when" => false,
            "default" => true,
            _ => return None,
        };
        let pattern = at + 1;
        let colon = match (default, self.kind(pattern)?, self.piece(pattern)) {
            (true, ..) => pattern,
            (false, Kind::Open, "{" | "[") => self.behind(pattern)?,
            (false, Kind::Punctuation, "-") => pattern + 2,
            (false, Kind::Word | Kind::Literal, _) => pattern + 1,
            _ => return None,
        };
        if self.piece(colon) != ":" {
            return None;
        }
        let mut end = colon + 1;
        while end < close && !(end > colon + 1 && self.arm_begins(end)) {
            end = self.behind(end).unwrap_or(end + 1);
        }
        let comma = (end > colon + 2 && self.piece(end - 1) == ",").then_some(end - 1);
        (end > colon + 1).then_some((ArmTokens { start: at, pattern, colon, comma, default }, end))
    }

    /// Whether an arm begins here: the token before must be able to end an expression.
    fn arm_begins(&self, index: usize) -> bool {
        let ends = match self.kind(index - 1) {
            Some(Kind::Punctuation) => self.piece(index - 1) == ",",
            Some(Kind::Open | Kind::ElementOpen | Kind::ElementText) | None => false,
            Some(Kind::Word | Kind::Literal | Kind::Close | Kind::ElementClose) => true,
        };
        let word = self.kind(index) == Some(Kind::Word);
        ends && word
            && match self.piece(index) {
                "default" => self.piece(index + 1) == ":",
                "when" => !matches!(
                    self.piece(index + 1),
                    "" | "(" | "." | "," | ")" | ";" | "}" | "?." | "=>"
                ),
                _ => false,
            }
    }

    fn rewrite_match(&mut self, start: u32, open: usize, arms: &[ArmTokens]) {
        let close = self.tokens[open].partner as usize;
        self.put(self.tokens[open].start, "[");
        self.put(self.tokens[close].start, "]");
        let mut edit =
            MatchEdit { arms: Vec::with_capacity(arms.len()), end: self.tokens[close].end };
        for (position, arm) in arms.iter().enumerate() {
            let (first, last) = (position == 0, position + 1 == arms.len());
            let at = self.tokens[arm.start].start;
            let colon = self.tokens[arm.colon].start;
            let pattern = match arm.default {
                false => {
                    self.put(at, if first { "    " } else { ":   " });
                    self.put(colon, if last { "," } else { "?" });
                    Some(self.tokens[arm.pattern].start)
                }
                // A lone `default` is its own chain.
                true if last => {
                    self.put(at, if first { "       " } else { ":      " });
                    self.put(colon, " ");
                    None
                }
                true => {
                    self.put(at, if first { " _     " } else { ":_     " });
                    self.put(colon, "?");
                    Some(at + 1)
                }
            };
            if let Some(comma) = arm.comma {
                self.put(self.tokens[comma].start, " ");
            }
            self.extensions.patterns.extend(pattern);
            edit.arms.push(ArmEdit { start: at, pattern, default: arm.default });
        }
        self.extensions.matches.insert(start, edit);
    }

    /// Recognises `assert` at the start of a statement, in front of an expression.
    fn is_assert(&self, index: usize) -> bool {
        let starts = match index.checked_sub(1) {
            None => true,
            Some(before) => {
                matches!(self.piece(before), ";" | "{" | "}" | ")" | "else" | ":")
                    || self.tokens[index].after_newline
            }
        };
        let expression = match self.kind(index + 1) {
            Some(Kind::Word) => {
                !matches!(self.piece(index + 1), "in" | "of" | "instanceof" | "as" | "satisfies")
            }
            Some(Kind::Literal | Kind::Open) => self.piece(index + 1) != "{",
            Some(Kind::Punctuation) => matches!(self.piece(index + 1), "!" | "-" | "+" | "~"),
            _ => false,
        };
        starts && expression
    }

    /// Recognises `distinct type Name`.
    fn is_distinct(&self, index: usize) -> bool {
        let same_line =
            |index: usize| self.tokens.get(index).is_some_and(|token| !token.after_newline);
        let words =
            self.kind(index + 1) == Some(Kind::Word) && self.kind(index + 2) == Some(Kind::Word);
        words && self.piece(index + 1) == "type" && same_line(index + 1) && same_line(index + 2)
    }
}

/// One arm of a `match`, as indices of tokens.
struct ArmTokens {
    /// `when` or `default`.
    start: usize,
    pattern: usize,
    colon: usize,
    /// The comma behind the body, if there is one.
    comma: Option<usize>,
    default: bool,
}
