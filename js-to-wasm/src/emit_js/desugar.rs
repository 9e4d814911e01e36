//! The original text → text without the language's own constructs, copied piece by piece. In: a module and its text. Out: the
//! text, and for each copied piece where it came from. Formatting and comments stay as they were.
//!
//! | source | becomes |
//! |---|---|
//! | `match (s) { when 1: a default: b }` | `(s === 1 ? a : b)`; a subject that is more than a name is computed once |
//! | `a \|> f` | `f(a)` |
//! | `assert c, e;` | `{ if (!(c)) return e; }` |
//! | `comptime(e)` | the value of `e` |
//! | `distinct type T = U` | `function T(value) { return value; }` |
//! | `typeof x === "object"` for type checkers | `(typeof x === "object" && x !== null)`: there is no `null` here |
//! | `x === undefined`, `typeof x` | `x == undefined`, `typeof (x ?? undefined)`: JSON null reads as `undefined` |

use std::collections::BTreeSet;

use swc_common::Spanned;
use swc_ecma_ast::{self as ast, Expr};

use crate::{
    comptime::Folded,
    parse::{
        Assert, Match, Module, Pipe, Target, offset,
        walk::{Node, Visitor, walk_module},
    },
    source::SourceFile,
};

/// Text without the language's own constructs.
#[derive(Debug, Default)]
pub(super) struct Desugared {
    pub(super) text: String,
    /// Copied pieces, in the order of the text.
    pub(super) pieces: Vec<Piece>,
    /// Names of the places that hold subjects of `match`.
    pub(super) subjects: Vec<String>,
}

/// A piece that was copied from the original.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) to: u32,
    pub(super) from: u32,
    pub(super) length: u32,
}

/// What the text is for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form<'f> {
    /// To be run: JSON null reads as `undefined`, imports name emitted files.
    JavaScript {
        /// The specifier of the runtime module.
        runtime: &'f str,
        /// The emitted path of this module.
        path: &'f str,
        /// The emitted paths of all modules.
        paths: &'f [String],
    },
    /// To be checked by another type checker: only the language's own constructs change.
    TypeScript,
}

/// Desugars one module.
pub(super) fn desugar(
    module: &Module,
    source: &SourceFile,
    constants: &Folded,
    form: Form<'_>,
) -> Desugared {
    let (found, statements) = (Vec::new(), BTreeSet::new());
    let mut collector = Collector { module, source, constants, form, found, statements };
    walk_module(&module.ast, &mut collector);
    let Collector { mut found, statements, .. } = collector;
    found.sort_by_key(|construct| (construct.start, std::cmp::Reverse(construct.end)));
    let mut prefix = "$match".to_owned();
    while source.text().contains(&prefix) {
        prefix.push('$');
    }
    let mut writer = Writer {
        source: source.text(),
        constructs: &found,
        statements,
        prefix,
        form,
        out: Desugared::default(),
    };
    writer.copy(0, source.text().len() as u32);
    writer.out
}

/// One construct and the bytes that it covers.
struct Construct<'a> {
    start: u32,
    end: u32,
    kind: Kind<'a>,
}

enum Kind<'a> {
    Match(Match<'a>),
    Pipe(Pipe<'a>),
    Assert(Assert<'a>, String),
    Typeof(&'a Expr),
    /// Whether something is an object, or is not.
    IsObject(&'a Expr, bool),
    /// A fixed text.
    Text(String),
}

/// `typeof x === "object"`, `typeof x !== "object"`: what is tested, and whether it is the first.
fn object_test(binary: &ast::BinExpr) -> Option<(&Expr, bool)> {
    let same = match binary.op {
        ast::BinaryOp::EqEqEq => true,
        ast::BinaryOp::NotEqEq => false,
        _ => return None,
    };
    let word = |expr: &Expr| matches!(expr.unwrap_parens(), Expr::Lit(ast::Lit::Str(text)) if text.value == *"object");
    let tested = if word(&binary.right) {
        &binary.left
    } else if word(&binary.left) {
        &binary.right
    } else {
        return None;
    };
    let Expr::Unary(node) = tested.unwrap_parens() else { return None };
    let value = node.arg.unwrap_parens();
    let simple = matches!(value, Expr::Ident(_) | Expr::Member(_));
    (node.op == ast::UnaryOp::TypeOf && simple).then_some((value, same))
}

struct Collector<'c, 'a> {
    module: &'a Module,
    source: &'c SourceFile,
    constants: &'c Folded,
    form: Form<'c>,
    found: Vec<Construct<'a>>,
    /// First bytes of expressions that are statements.
    statements: BTreeSet<u32>,
}

impl<'a> Collector<'_, 'a> {
    fn add(&mut self, spanned: &impl Spanned, kind: Kind<'a>) {
        let span = spanned.span();
        self.found.push(Construct { start: offset(span.lo), end: offset(span.hi), kind });
    }

    /// Replaces the operator between two operands.
    fn operator(&mut self, binary: &ast::BinExpr, old: &str, new: &str) {
        let (start, end) = (offset(binary.left.span().hi), offset(binary.right.span().lo));
        let between = self.source.text().get(start as usize..end as usize).unwrap_or("");
        if let Some(at) = outside_comments(between, old) {
            let start = start + at as u32;
            self.found.push(Construct {
                start,
                end: start + old.len() as u32,
                kind: Kind::Text(new.to_owned()),
            });
        }
    }

    fn specifier(&self, source: &ast::Str) -> Option<String> {
        let Form::JavaScript { runtime, path, paths } = self.form else { return None };
        Some(match self.module.target_of(source)? {
            Target::Virtual(_) => runtime.to_owned(),
            Target::Local(index) => relative(path, paths.get(index)?),
        })
    }

    /// The constructor of a distinct type, and for a type checker the type.
    fn distinct(&self, alias: &ast::TsTypeAliasDecl, start: u32) -> String {
        let name = &alias.id.sym;
        if matches!(self.form, Form::JavaScript { .. }) {
            return format!("function {name}(value) {{ return value; }}");
        }
        let text = self.source.text();
        let span = alias.type_ann.span();
        let base = text.get(offset(span.lo) as usize..offset(span.hi) as usize).unwrap_or("");
        let export =
            if text[..start as usize].trim_end().ends_with("export") { "export " } else { "" };
        format!(
            "type {name} = ({base}) & {{ readonly __distinct: \"{name}\" }}; \
             {export}const {name} = (value: {base}): {name} => value as {name};"
        )
    }

    fn assert(&mut self, throw: &'a ast::ThrowStmt) {
        let Some(assert) = self.module.extensions.as_assert(throw) else { return };
        let place = self.source.position(offset(throw.span.lo));
        let message = format!(
            "assertion failed at {}:{}:{}",
            self.source.path(),
            place.line,
            place.column_utf16
        );
        self.add(throw, Kind::Assert(assert, message));
    }

    fn binary(&mut self, binary: &'a ast::BinExpr) {
        if let Some(pipe) = self.module.extensions.as_pipe(binary) {
            return self.add(binary, Kind::Pipe(pipe));
        }
        if matches!(self.form, Form::TypeScript) {
            if let Some((value, same)) = object_test(binary) {
                self.add(binary, Kind::IsObject(value, same));
            }
            return;
        }
        let undefined = |expr: &Expr| matches!(expr.unwrap_parens(), Expr::Ident(name) if name.sym == *"undefined");
        if undefined(&binary.left) || undefined(&binary.right) {
            match binary.op {
                ast::BinaryOp::EqEqEq => self.operator(binary, "===", "=="),
                ast::BinaryOp::NotEqEq => self.operator(binary, "!==", "!="),
                _ => {}
            }
        }
    }
}

impl<'a> Visitor<'a> for Collector<'_, 'a> {
    fn enter(&mut self, node: Node<'a>, _depth: usize) -> bool {
        match node {
            Node::Stmt(ast::Stmt::Throw(throw)) => self.assert(throw),
            Node::Stmt(ast::Stmt::Expr(statement)) => {
                _ = self.statements.insert(offset(statement.span.lo))
            }
            Node::Expr(Expr::Member(member)) => {
                if let Some(found) = self.module.extensions.as_match(member) {
                    self.add(member, Kind::Match(found));
                }
            }
            Node::Expr(Expr::Bin(binary)) => self.binary(binary),
            Node::Expr(node @ Expr::Call(call)) => {
                if let Some(constant) = self.constants.at(self.module.span(call)) {
                    self.add(node, Kind::Text(constant.to_javascript()));
                    return false;
                }
            }
            Node::Expr(Expr::Unary(unary))
                if unary.op == ast::UnaryOp::TypeOf
                    && matches!(self.form, Form::JavaScript { .. })
                    && !matches!(&*unary.arg, Expr::Lit(_) | Expr::Tpl(_) | Expr::Arrow(_)) =>
            {
                self.add(unary, Kind::Typeof(&unary.arg));
            }
            Node::Item(ast::ModuleItem::ModuleDecl(ast::ModuleDecl::Import(import))) => {
                if let Some(specifier) = self.specifier(&import.src) {
                    self.add(&*import.src, Kind::Text(format!("{specifier:?}")));
                }
            }
            Node::Decl(ast::Decl::TsTypeAlias(alias)) => {
                if let Some(start) = self.module.extensions.distinct_start(alias) {
                    let text = self.distinct(alias, start);
                    self.found.push(Construct {
                        start,
                        end: offset(alias.span.hi),
                        kind: Kind::Text(text),
                    });
                }
            }
            _ => {}
        }
        true
    }
}

struct Writer<'w, 'a> {
    source: &'w str,
    constructs: &'w [Construct<'a>],
    statements: BTreeSet<u32>,
    prefix: String,
    form: Form<'w>,
    out: Desugared,
}

impl<'w, 'a> Writer<'w, 'a> {
    /// Copies a range and desugars what lies in it.
    fn copy(&mut self, start: u32, end: u32) {
        let constructs = self.constructs;
        let first = constructs.partition_point(|construct| construct.start < start);
        let mut at = start;
        for construct in &constructs[first..] {
            if construct.start >= end {
                break;
            }
            if construct.start < at || construct.end > end {
                continue;
            }
            self.verbatim(at, construct.start);
            self.construct(construct);
            at = construct.end;
        }
        self.verbatim(at, end);
    }

    fn verbatim(&mut self, start: u32, end: u32) {
        let Some(text) =
            self.source.get(start as usize..end as usize).filter(|text| !text.is_empty())
        else {
            return;
        };
        let to = self.out.text.len() as u32;
        self.out.pieces.push(Piece { to, from: start, length: end - start });
        self.out.text.push_str(text);
    }

    fn text(&mut self, text: &str) {
        self.out.text.push_str(text);
    }

    fn node(&mut self, node: &impl Spanned) {
        let span = node.span();
        self.copy(offset(span.lo), offset(span.hi));
    }

    fn original(&self, node: &impl Spanned) -> &'w str {
        let span = node.span();
        self.source.get(offset(span.lo) as usize..offset(span.hi) as usize).unwrap_or("")
    }

    fn construct(&mut self, construct: &Construct<'a>) {
        let expression = matches!(construct.kind, Kind::Match(_) | Kind::Pipe(_));
        if expression && self.statements.contains(&construct.start) {
            // A statement must not begin with a parenthesis: the line before could take it for its arguments.
            self.text("void ");
        }
        match &construct.kind {
            Kind::Text(text) => self.text(text),
            Kind::Typeof(argument) => {
                self.text("typeof (");
                self.node(*argument);
                self.text(" ?? undefined)");
            }
            Kind::IsObject(value, same) => {
                let (is, and, there) =
                    if *same { ("===", "&&", "!==") } else { ("!==", "||", "===") };
                self.text("(typeof ");
                self.node(*value);
                self.text(&format!(" {is} \"object\" {and} "));
                self.node(*value);
                self.text(&format!(" {there} null)"));
            }
            Kind::Pipe(pipe) => {
                let simple =
                    matches!(pipe.function, Expr::Ident(_) | Expr::Member(_) | Expr::Paren(_));
                self.text(if simple { "" } else { "(" });
                self.node(pipe.function);
                self.text(if simple { "(" } else { ")(" });
                self.node(pipe.value);
                self.text(")");
            }
            Kind::Assert(assert, message) => {
                self.text("{ if (!(");
                self.node(assert.condition);
                self.text(")) ");
                match assert.otherwise {
                    Some(otherwise) => {
                        self.text("return ");
                        self.node(otherwise);
                        self.text("; }");
                    }
                    None => self.text(&format!("throw new Error({message:?}); }}")),
                }
            }
            Kind::Match(found) => self.match_(found),
        }
    }

    fn match_(&mut self, found: &Match<'a>) {
        self.text("(");
        let subject = if is_name(found.subject) {
            self.original(found.subject).to_owned()
        } else {
            let name = format!("{}{}", self.prefix, self.out.subjects.len() + 1);
            self.out.subjects.push(name.clone());
            self.text(&format!("{name} = "));
            self.node(found.subject);
            self.text(", ");
            name
        };
        for arm in &found.arms {
            let Some(pattern) = arm.pattern else { continue };
            let mut tests = Vec::new();
            self.tests(&subject, pattern, &mut tests);
            self.text(&if tests.is_empty() { "true".to_owned() } else { tests.join(" && ") });
            self.text(" ? ");
            self.node(arm.body);
            self.text(" : ");
        }
        match found.arms.iter().find(|arm| arm.pattern.is_none()) {
            Some(arm) => self.node(arm.body),
            None if matches!(self.form, Form::JavaScript { .. }) => self.text("undefined"),
            // A type checker sees from the argument whether anything is left over.
            None => self.text(&format!("$none({subject})")),
        }
        self.text(")");
    }

    /// The conditions under which `subject` matches, outermost first.
    fn tests(&self, subject: &str, pattern: &Expr, tests: &mut Vec<String>) {
        match pattern {
            Expr::Ident(name) if name.sym == *"_" => {}
            Expr::Ident(name) if name.sym == *"undefined" => {
                tests.push(format!("{subject} == undefined"))
            }
            Expr::Object(object) => {
                tests.push(format!("{subject} != undefined"));
                for prop in &object.props {
                    let ast::PropOrSpread::Prop(prop) = prop else { continue };
                    let ast::Prop::KeyValue(field) = &**prop else { continue };
                    let key = self.original(&field.key);
                    let place = match &field.key {
                        ast::PropName::Ident(_) => format!("{subject}.{key}"),
                        _ => format!("{subject}[{key}]"),
                    };
                    self.tests(&place, &field.value, tests);
                }
            }
            Expr::Array(list) => {
                let open = list.elems.last().is_some_and(|last| is_rest(last.as_ref()));
                let count = list.elems.len() - usize::from(open);
                let compared = if open { ">=" } else { "===" };
                tests.push(format!("Array.isArray({subject})"));
                tests.push(format!("{subject}.length {compared} {count}"));
                for (index, element) in list.elems.iter().enumerate() {
                    if let Some(element) = element
                        && element.spread.is_none()
                    {
                        self.tests(&format!("{subject}[{index}]"), &element.expr, tests);
                    }
                }
            }
            literal => tests.push(format!("{subject} === {}", self.original(literal))),
        }
    }
}

/// `..._`
fn is_rest(element: Option<&ast::ExprOrSpread>) -> bool {
    element.is_some_and(|element| element.spread.is_some())
}

/// Whether reading an expression again gives the same and does nothing: a name, or a field of one.
fn is_name(expr: &Expr) -> bool {
    match expr {
        Expr::Ident(_) => true,
        Expr::Member(member) => {
            matches!(member.prop, ast::MemberProp::Ident(_)) && is_name(&member.obj)
        }
        _ => false,
    }
}

/// Where `word` stands in a text, comments left out.
fn outside_comments(text: &str, word: &str) -> Option<usize> {
    let mut at = 0;
    while at < text.len() {
        let rest = text.get(at..)?;
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("/*") {
            at += rest.find("*/").map_or(rest.len(), |end| end + 2);
        } else if rest.starts_with(word) {
            return Some(at);
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    None
}

/// The specifier by which the module at `from` imports the one at `to`.
fn relative(from: &str, to: &str) -> String {
    let folder = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
    let (from, to) = (folder(from), folder(to));
    let limit = (from.len() - 1).min(to.len() - 1);
    let common = from.iter().zip(&to).take(limit).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(from.len() - 1 - common);
    let start = if up.is_empty() { "./" } else { &up };
    format!("{start}{}", to[common..].join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_specifiers() {
        assert_eq!(relative("a.mjs", "b.mjs"), "./b.mjs");
        assert_eq!(relative("app/a.mjs", "app/lib/b.mjs"), "./lib/b.mjs");
        assert_eq!(relative("app/lib/a.mjs", "app/b.mjs"), "../b.mjs");
        assert_eq!(relative("/x/a.mjs", "/y/b.mjs"), "../y/b.mjs");
    }

    #[test]
    fn operators_in_comments_do_not_count() {
        assert_eq!(outside_comments(" /* === */ === // ===\n", "==="), Some(11));
        assert_eq!(outside_comments("é ===", "==="), Some(3));
    }
}
