//! Source text → [`Token`]s, just fine enough to find the language's own words outside strings, comments, templates and
//! JSX text, and to pair brackets. In: any text. Out: tokens in order; a text that is no program gives tokens too, the
//! parser finds its faults. Never happens here: errors, recursion, values of literals.
//!
//! `<` begins an element where an expression may begin. Where that turns out wrong (a type parameter list), the lexer goes
//! back and reads the `<` as an operator; it does so at most [`REWINDS_MAX`] times.

use std::collections::BTreeSet;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a keyword.
    Word,
    /// A string, a number, a regular expression, a template without holes.
    Literal,
    /// `(`, `[`, `{`, the `${` of a template with the text before it, the `{` inside an element.
    Open,
    /// What closes it; for `${` the text up to the next `${` or the end of the template.
    Close,
    /// The start of an element: `<name`, `<>`.
    ElementOpen,
    /// The end of an element: `/>`, `</name>`.
    ElementClose,
    /// Anything between the tags or inside a tag that is not code.
    ElementText,
    /// Everything else, one operator a token.
    Punctuation,
}

/// A piece of the source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: u32,
    pub(super) end: u32,
    /// Whether a line ends between the token before and this one.
    pub(super) after_newline: bool,
    /// For brackets and elements: the index of the other end. Itself when there is none.
    pub(super) partner: u32,
}

/// How often a `<` may be read again as an operator.
const REWINDS_MAX: usize = 64;

/// Words after which an expression begins.
const PREFIX_WORDS: &[&str] = &[
    "return",
    "case",
    "typeof",
    "void",
    "in",
    "of",
    "instanceof",
    "new",
    "delete",
    "throw",
    "else",
    "do",
    "yield",
    "await",
    "default",
    "extends",
    "assert",
];

/// Reads a whole file.
pub(super) fn lex(text: &str, jsx: bool) -> Vec<Token> {
    let mut lexer = Lexer {
        text: text.as_bytes(),
        at: 0,
        tokens: Vec::new(),
        open: Vec::new(),
        jsx,
        not_elements: BTreeSet::new(),
        rewinds: 0,
    };
    while lexer.step() {}
    lexer.tokens
}

/// What the lexer is inside of. The number is the index of the token that opened it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Bracket(u32),
    /// A `${`: at its `}` the template goes on.
    Template(u32),
    /// Between `<name` and `>`.
    Tag(u32),
    /// Between `<name>` and `</name>`.
    Children(u32),
}

struct Lexer<'a> {
    text: &'a [u8],
    at: usize,
    tokens: Vec<Token>,
    open: Vec<Inside>,
    jsx: bool,
    not_elements: BTreeSet<usize>,
    rewinds: usize,
}

impl Lexer<'_> {
    /// Reads one token. False at the end.
    fn step(&mut self) -> bool {
        if let Some(Inside::Children(_)) = self.open.last() {
            return self.children();
        }
        let after_newline = self.skip_space();
        let Some(byte) = self.peek(0) else { return self.end() };
        if let Some(&Inside::Tag(opener)) = self.open.last() {
            self.tag(opener, byte, after_newline);
            return true;
        }
        let start = self.at;
        match byte {
            b'"' | b'\'' => self.string(byte),
            b'`' => return self.template(start, after_newline),
            b'0'..=b'9' => self.number(),
            b'.' if self.peek(1).is_some_and(|next| next.is_ascii_digit()) => self.number(),
            b'(' | b'[' | b'{' => {
                self.at += 1;
                self.open.push(Inside::Bracket(self.tokens.len() as u32));
                self.push(Kind::Open, start, after_newline);
                return true;
            }
            b')' | b']' | b'}' => {
                self.close(byte, start, after_newline);
                return true;
            }
            b'/' if !self.after_operand() && self.regex() => {}
            b'<' if self.element_begins() => {
                self.element_open(start, after_newline);
                return true;
            }
            _ if is_word_byte(byte) || byte == b'#' || byte == b'@' => {
                self.at += 1;
                while self.peek(0).is_some_and(is_word_byte) {
                    self.at += 1;
                }
                self.push(Kind::Word, start, after_newline);
                return true;
            }
            _ => {
                self.at += self.operator_length();
                self.push(Kind::Punctuation, start, after_newline);
                return true;
            }
        }
        self.push(Kind::Literal, start, after_newline);
        true
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.text.get(self.at + ahead).copied()
    }

    fn rest(&self) -> &[u8] {
        &self.text[self.at..]
    }

    fn push(&mut self, kind: Kind, start: usize, after_newline: bool) {
        let partner = self.tokens.len() as u32;
        self.tokens.push(Token {
            kind,
            start: start as u32,
            end: self.at as u32,
            after_newline,
            partner,
        });
    }

    /// Makes the token that comes next and the one at `opener` each other's partner.
    fn pair(&mut self, opener: u32) {
        let closer = self.tokens.len() as u32 - 1;
        self.tokens[opener as usize].partner = closer;
        self.tokens[closer as usize].partner = opener;
    }

    fn skip_space(&mut self) -> bool {
        let mut newline = false;
        while let Some(byte) = self.peek(0) {
            match byte {
                b'\n' | b'\r' => newline = true,
                b' ' | b'\t' | 0x0b | 0x0c => {}
                b'/' if self.peek(1) == Some(b'/') => {
                    while self.peek(0).is_some_and(|byte| byte != b'\n' && byte != b'\r') {
                        self.at += 1;
                    }
                    continue;
                }
                b'/' if self.peek(1) == Some(b'*') => {
                    self.at += 2;
                    while self.at < self.text.len() && !self.rest().starts_with(b"*/") {
                        newline |= self.peek(0) == Some(b'\n');
                        self.at += 1;
                    }
                    self.at = (self.at + 2).min(self.text.len());
                    continue;
                }
                0xc2 if self.peek(1) == Some(0xa0) => self.at += 1,
                0xe2 if matches!(self.rest(), [_, 0x80, 0xa8 | 0xa9, ..]) => {
                    newline = true;
                    self.at += 2;
                }
                0xef if self.rest().starts_with(b"\xef\xbb\xbf") => self.at += 2,
                _ => break,
            }
            self.at += 1;
        }
        newline
    }

    fn string(&mut self, quote: u8) {
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            self.at += 1;
            match byte {
                b'\\' => self.at = (self.at + 1).min(self.text.len()),
                b'\n' | b'\r' => break,
                _ if byte == quote => break,
                _ => {}
            }
        }
    }

    fn number(&mut self) {
        while let Some(byte) = self.peek(0) {
            let sign = matches!(byte, b'+' | b'-')
                && matches!(self.text[self.at - 1], b'e' | b'E')
                && !self.hexadecimal();
            if !(is_word_byte(byte) || byte == b'.' || sign) {
                break;
            }
            self.at += 1;
        }
    }

    fn hexadecimal(&self) -> bool {
        let digits = self.text[..self.at]
            .iter()
            .rev()
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .count();
        self.text[self.at - digits..self.at].starts_with(b"0x")
    }

    /// Reads a regular expression, if one ends on this line.
    fn regex(&mut self) -> bool {
        let (mut at, mut class) = (self.at + 1, false);
        while let Some(&byte) = self.text.get(at) {
            match byte {
                b'\n' | b'\r' => return false,
                b'\\' => at += 1,
                b'[' => class = true,
                b']' => class = false,
                b'/' if !class => {
                    self.at = at + 1;
                    while self.peek(0).is_some_and(|byte| byte.is_ascii_alphabetic()) {
                        self.at += 1;
                    }
                    return true;
                }
                _ => {}
            }
            at += 1;
        }
        false
    }

    /// Reads template text from `start` up to `${` or the end.
    fn template(&mut self, start: usize, after_newline: bool) -> bool {
        self.at += 1;
        let whole = self.template_text();
        if whole {
            self.push(Kind::Literal, start, after_newline);
        } else {
            self.open.push(Inside::Template(self.tokens.len() as u32));
            self.push(Kind::Open, start, after_newline);
        }
        true
    }

    /// Goes behind the next `${` (false) or the closing backtick (true).
    fn template_text(&mut self) -> bool {
        while let Some(byte) = self.peek(0) {
            self.at += 1;
            match byte {
                b'\\' => self.at = (self.at + 1).min(self.text.len()),
                b'`' => return true,
                b'$' if self.peek(0) == Some(b'{') => {
                    self.at += 1;
                    return false;
                }
                _ => {}
            }
        }
        true
    }

    fn close(&mut self, byte: u8, start: usize, after_newline: bool) {
        self.at += 1;
        match self.open.last().copied() {
            Some(Inside::Template(opener)) if byte == b'}' => {
                self.open.pop();
                let whole = self.template_text();
                self.push(Kind::Close, start, after_newline);
                self.pair(opener);
                if !whole {
                    // The hole that follows opens at the same bytes.
                    self.open.push(Inside::Template(self.tokens.len() as u32));
                    self.push(Kind::Open, self.at, false);
                }
            }
            Some(Inside::Bracket(opener))
                if closes(self.text[self.tokens[opener as usize].start as usize], byte) =>
            {
                self.open.pop();
                self.push(Kind::Close, start, after_newline);
                self.pair(opener);
            }
            _ => self.push(Kind::Punctuation, start, after_newline),
        }
    }

    /// Whether the token before is the end of an operand, so that an operator follows.
    fn after_operand(&self) -> bool {
        let Some(token) = self.tokens.last() else { return false };
        match token.kind {
            Kind::Literal | Kind::Close | Kind::ElementClose => true,
            Kind::Word => {
                let word = &self.text[token.start as usize..token.end as usize];
                let member = self.tokens.len() >= 2 && {
                    let before = self.tokens[self.tokens.len() - 2];
                    before.kind == Kind::Punctuation && self.text[before.end as usize - 1] == b'.'
                };
                member || !PREFIX_WORDS.iter().any(|prefix| prefix.as_bytes() == word)
            }
            Kind::Open | Kind::ElementOpen | Kind::ElementText | Kind::Punctuation => false,
        }
    }

    fn element_begins(&self) -> bool {
        if !self.jsx || self.after_operand() || self.not_elements.contains(&self.at) {
            return false;
        }
        match self.peek(1) {
            Some(b'>') => true,
            Some(byte) if byte.is_ascii_alphabetic() || byte == b'_' || byte == b'$' => {
                let name =
                    self.text[self.at + 1..].iter().take_while(|byte| is_word_byte(**byte)).count();
                let after = self.text[self.at + 1 + name..].trim_ascii_start();
                !(after.starts_with(b",")
                    || after.starts_with(b"extends ")
                    || after.starts_with(b"="))
            }
            _ => false,
        }
    }

    fn element_open(&mut self, start: usize, after_newline: bool) {
        self.at += 1;
        while self.peek(0).is_some_and(is_name_byte) {
            self.at += 1;
        }
        self.open.push(Inside::Tag(self.tokens.len() as u32));
        self.push(Kind::ElementOpen, start, after_newline);
    }

    /// Inside `<name … >`.
    fn tag(&mut self, opener: u32, byte: u8, after_newline: bool) {
        let start = self.at;
        self.at += 1;
        match byte {
            b'>' => {
                self.open.pop();
                self.open.push(Inside::Children(opener));
                self.push(Kind::ElementText, start, after_newline);
            }
            b'/' if self.peek(0) == Some(b'>') => {
                self.at += 1;
                self.open.pop();
                self.push(Kind::ElementClose, start, after_newline);
                self.pair(opener);
            }
            b'{' => {
                self.open.push(Inside::Bracket(self.tokens.len() as u32));
                self.push(Kind::Open, start, after_newline);
            }
            b'"' | b'\'' => {
                while self.peek(0).is_some_and(|next| next != byte) {
                    self.at += 1;
                }
                self.at = (self.at + 1).min(self.text.len());
                self.push(Kind::ElementText, start, after_newline);
            }
            _ if is_name_byte(byte) || byte == b'=' => {
                while self.peek(0).is_some_and(is_name_byte) {
                    self.at += 1;
                }
                self.push(Kind::ElementText, start, after_newline);
            }
            // No tag holds this byte: the `<` was an operator.
            _ if self.rewinds < REWINDS_MAX => self.rewind(),
            _ => self.push(Kind::ElementText, start, after_newline),
        }
    }

    /// Between `<name>` and `</name>`.
    fn children(&mut self) -> bool {
        let Some(&Inside::Children(opener)) = self.open.last() else { return false };
        let start = self.at;
        while self.peek(0).is_some_and(|byte| byte != b'<' && byte != b'{') {
            self.at += 1;
        }
        if self.at > start {
            self.push(Kind::ElementText, start, false);
        }
        let start = self.at;
        match self.peek(0) {
            None => return self.end(),
            Some(b'{') => {
                self.at += 1;
                self.open.push(Inside::Bracket(self.tokens.len() as u32));
                self.push(Kind::Open, start, false);
            }
            Some(_) if self.peek(1) == Some(b'/') => {
                self.at += 2;
                let name = self.at;
                while self.peek(0).is_some_and(|byte| byte != b'>') {
                    self.at += 1;
                }
                let closing = self.text[name..self.at].trim_ascii();
                let token = self.tokens[opener as usize];
                let opening = &self.text[token.start as usize + 1..token.end as usize];
                if closing != opening && self.rewinds < REWINDS_MAX {
                    self.rewind();
                    return true;
                }
                self.at = (self.at + 1).min(self.text.len());
                self.open.pop();
                self.push(Kind::ElementClose, start, false);
                self.pair(opener);
            }
            Some(_) if self.not_elements.contains(&self.at) => {
                self.at += 1;
                self.push(Kind::ElementText, start, false);
            }
            Some(_) => self.element_open(start, false),
        }
        true
    }

    /// At the end of the text: false, unless an element is open and its `<` can be read again.
    fn end(&mut self) -> bool {
        let element =
            self.open.iter().any(|inside| matches!(inside, Inside::Tag(_) | Inside::Children(_)));
        element && self.rewinds < REWINDS_MAX && {
            self.rewind();
            true
        }
    }

    /// Goes back to the innermost open element and reads its `<` as an operator.
    fn rewind(&mut self) {
        self.rewinds += 1;
        while let Some(inside) = self.open.pop() {
            let (Inside::Tag(opener) | Inside::Children(opener)) = inside else { continue };
            self.at = self.tokens[opener as usize].start as usize;
            self.tokens.truncate(opener as usize);
            self.not_elements.insert(self.at);
            return;
        }
    }

    fn operator_length(&self) -> usize {
        const OPERATORS: &[&[u8]] = &[
            b">>>=", b"...", b"===", b"!==", b"**=", b"<<=", b">>=", b"&&=", b"||=", b"??=", b"=>",
            b"==", b"!=", b"<=", b">=", b"&&", b"||", b"??", b"|>", b"++", b"--", b"+=", b"-=",
            b"*=", b"/=", b"%=", b"&=", b"|=", b"^=", b"**",
        ];
        let rest = self.rest();
        if let [b'?', b'.', next, ..] = rest
            && !next.is_ascii_digit()
        {
            return 2;
        }
        OPERATORS
            .iter()
            .find(|operator| rest.starts_with(operator))
            .map_or(1, |operator| operator.len())
    }
}

fn closes(open: u8, close: u8) -> bool {
    matches!((open, close), (b'(', b')') | (b'[', b']') | (b'{', b'}'))
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'\\') || byte >= 0x80
}

fn is_name_byte(byte: u8) -> bool {
    is_word_byte(byte) || matches!(byte, b'-' | b':' | b'.')
}
