//! Sources → [`Program`]: every module's tree, with the language's own constructs marked in it.
//!
//! In: a loader and the entry's path. Out: the modules in the order in which they run (an imported module stands before its
//! importer, the entry last), or diagnostics. Never happens here: judging whether a construct belongs to the language (that
//! is `check`), reading of disks.
//!
//! `match`, `|>`, `assert` and `distinct type` are rewritten in place to TypeScript of the same length, so that an unmodified
//! parser reads them and every place in the tree is a byte of the original text:
//!
//! ```text
//! lex → depth → rewrite → parser → every recorded offset found in the tree? → Module
//!                  ↑                       │ no: it was text that only looked like a construct
//!                  └── without that edit ──┘
//! ```
//!
//! How to read a tree:
//! * Ask [`Module::extensions`] first: [`Extensions::match_of`] on member accesses, [`Extensions::as_pipe`] on `||`,
//!   [`Extensions::as_assert`] on `throw`, [`Extensions::is_distinct`] on type aliases. Each returns the construct's parts.
//! * Parentheses are nodes ([`swc_ecma_ast::ParenExpr`]) and change nothing.
//! * [`offset`] turns a parser's position into a byte offset, [`Module::span`] a parser's span into a [`Span`].
//! * Nesting is bounded by [`crate::limits::TREE_DEPTH_MAX`]. Run recursive stages under [`crate::stack::with_large_stack`].

pub mod extensions;
pub mod walk;

mod depth;
mod graph;
mod lenient;
mod lexer;
mod quiet;
mod report;
mod rewrite;
mod verify;

use std::collections::BTreeSet;

pub use extensions::{Arm, Assert, Extensions, Match, Pipe};
use swc_common::{BytePos, Spanned};
use swc_ecma_parser::{Parser, StringInput, Syntax, TsSyntax};

use crate::{
    diagnostic::Diagnostics,
    source::{FileId, Language, Load, SourceFile, Sources, Span, virtual_modules::VirtualModule},
    stack,
};

/// A program whose every file gives a tree. Nothing may be compiled from it before `check` has passed it.
#[derive(Debug)]
pub struct Program {
    /// The texts.
    pub sources: Sources,
    /// The modules in the order in which they run; the entry is the last.
    pub modules: Vec<Module>,
    /// What is wrong with the text though a tree could be made. `check` reports these together with its own.
    pub faults: Diagnostics,
    /// What each expression gives, once `check` has passed it.
    pub types: crate::check::types::Types,
}

/// One file of a program.
#[derive(Debug)]
pub struct Module {
    /// Its text in [`Program::sources`].
    pub file: FileId,
    /// Its path, as in diagnostics.
    pub path: String,
    /// JavaScript or TypeScript, with or without elements.
    pub language: Language,
    /// The tree.
    pub ast: swc_ecma_ast::Module,
    /// Which nodes stand for `match`, `|>`, `assert` and `distinct type`.
    pub extensions: Extensions,
    /// Its imports, in the order of the text.
    pub imports: Vec<Import>,
}

/// One import declaration (or `export … from`, which the gate refuses).
#[derive(Debug, Clone)]
pub struct Import {
    /// What stands between the quotes.
    pub specifier: String,
    /// Where that stands, with the quotes.
    pub span: Span,
    /// What it means.
    pub target: Target,
}

/// What an import means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A module that the host provides.
    Virtual(&'static VirtualModule),
    /// Another module: an index into [`Program::modules`], smaller than the importer's own.
    Local(usize),
}

impl Program {
    /// The module whose handler is served.
    pub fn entry(&self) -> &Module {
        self.modules.last().expect("a program has an entry")
    }
}

impl Module {
    /// Turns a span of the tree into a place for diagnostics.
    pub fn span(&self, spanned: impl Spanned) -> Span {
        place(self.file, spanned.span())
    }

    /// What the import declaration with this source literal means.
    pub fn target_of(&self, source: &swc_ecma_ast::Str) -> Option<Target> {
        let start = offset(source.span.lo);
        self.imports.iter().find(|import| import.span.start == start).map(|import| import.target)
    }
}

/// Loads and parses the entry and every file it imports.
pub fn parse(loader: &(dyn Load + Sync), entry: &str) -> Result<Program, (Sources, Diagnostics)> {
    stack::with_large_stack(|| graph::load(loader, entry))
}

/// Parses declarations of the library, which are TypeScript without elements.
pub(crate) fn declarations(text: &str) -> Option<swc_ecma_ast::Module> {
    match run_parser(text, Language::TypeScript) {
        (Some(ast), errors) if errors.is_empty() => Some(ast),
        _ => None,
    }
}

/// The byte offset of a parser's position in the original text.
pub fn offset(position: BytePos) -> u32 {
    position.0.saturating_sub(1)
}

/// The bytes of a text of the parser, which may hold lone surrogates: WTF-8.
pub(crate) fn wtf8_bytes(text: &swc_atoms::Wtf8Atom) -> Vec<u8> {
    let mut bytes = Vec::new();
    for code in text.code_points() {
        let code = code.to_u32();
        match char::from_u32(code) {
            Some(c) => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            None => bytes.extend_from_slice(&[
                0xED,
                0x80 | (code >> 6 & 0x3F) as u8,
                0x80 | (code & 0x3F) as u8,
            ]),
        }
    }
    bytes
}

fn place(file: FileId, span: swc_common::Span) -> Span {
    let (start, end) = (offset(span.lo), offset(span.hi));
    Span { file, start, end: end.max(start) }
}

/// A tree and what is marked in it.
struct Parsed {
    ast: swc_ecma_ast::Module,
    extensions: Extensions,
    faults: Diagnostics,
}

/// How often edits are undone before the file is given up: each round undoes at least one construct.
const ROUNDS_MAX: usize = 8;

/// Parses one file: rewrite, parse, find every construct again or undo its edit.
fn parse_file(file: FileId, source: &SourceFile) -> Result<Parsed, Diagnostics> {
    let text = source.text();
    let tokens = lexer::lex(text, source.language().has_jsx());
    depth::check(text, &tokens).map_err(|too_deep| report::too_deep(file, too_deep))?;
    let mut skip = BTreeSet::new();
    for _ in 0..ROUNDS_MAX {
        let rewrite::Rewritten { text, extensions, unread } =
            rewrite::rewrite(text, &tokens, &skip);
        let (ast, errors) = run_parser(&text, source.language());
        if let Some(ast) = &ast {
            verify::tree_depth(file, ast)?;
            let lost = verify::lost(ast, &extensions);
            if !lost.is_empty() {
                skip.extend(lost);
                continue;
            }
        }
        if !errors.is_empty() && !extensions.is_empty() {
            // Perhaps what looked like constructs were none.
            if let (Some(ast), errors) = run_parser(source.text(), source.language())
                && errors.is_empty()
            {
                verify::tree_depth(file, &ast)?;
                return Ok(Parsed {
                    ast,
                    extensions: Extensions::default(),
                    faults: Diagnostics::default(),
                });
            }
        }
        let mut faults = report::syntax(file, source, &extensions, &unread, &errors);
        let Some(ast) = ast else {
            return Err(if faults.is_empty() {
                report::unreadable(file, gives_up_at(&text, source.language()))
            } else {
                faults
            });
        };
        faults.extend(verify::pipes(file, &ast, &extensions));
        faults.extend(lenient::chains(file, &ast, source.text()));
        return Ok(Parsed { ast, extensions, faults });
    }
    Err(report::unclear(file, skip.first().copied().unwrap_or(0)))
}

/// Runs the parser on a text of the language's length. Errors are the parser's own.
fn run_parser(
    text: &str,
    language: Language,
) -> (Option<swc_ecma_ast::Module>, Vec<swc_ecma_parser::error::Error>) {
    let syntax = Syntax::Typescript(TsSyntax {
        tsx: language.has_jsx(),
        decorators: true,
        ..TsSyntax::default()
    });
    quiet::attempt(|| parse_text(text, syntax)).unwrap_or_default()
}

/// Longest text in which the place is looked for where the parser gives up.
const SEARCHED_BYTES_MAX: usize = 1 << 18;

/// Where the parser gives up without a word: before this place it has something to say, or reads all.
fn gives_up_at(text: &str, language: Language) -> u32 {
    let (mut reads, mut gives_up) = (0, text.len());
    while text.len() <= SEARCHED_BYTES_MAX && gives_up - reads > 1 {
        let middle = text.floor_char_boundary(reads.midpoint(gives_up));
        if middle == reads {
            break;
        }
        match run_parser(&text[..middle], language) {
            (None, errors) if errors.is_empty() => gives_up = middle,
            _ => reads = middle,
        }
    }
    reads as u32
}

fn parse_text(
    text: &str,
    syntax: Syntax,
) -> (Option<swc_ecma_ast::Module>, Vec<swc_ecma_parser::error::Error>) {
    let input = StringInput::new(text, BytePos(1), BytePos(text.len() as u32 + 1));
    let mut parser = Parser::new(syntax, input, None);
    let result = parser.parse_module();
    let mut errors = parser.take_errors();
    match result {
        Ok(ast) => (Some(ast), errors),
        Err(error) => {
            errors.push(error);
            (None, errors)
        }
    }
}
