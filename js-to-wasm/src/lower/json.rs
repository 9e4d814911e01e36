//! `JSON.stringify` and `Response.json` of literals: what is known of their text is made here. In: a program and what is known of it. Out:
//! the same program, in which such a call gives the library the text between the values, in steps, and the values; the object itself is
//! never made.

use purview_js_runtime::json::{quoted, step};
use purview_js_runtime::number;

use super::{
    ir::{Expr, Ir, Stmt},
    kinds::Kinds,
    types::{self, Facts},
};

/// Most values of one text: they lie on the stack.
const VALUES_MAX: usize = 256;

/// Rewrites every function.
pub(super) fn run(ir: &mut Ir) {
    let facts = types::find(ir);
    for index in 0..ir.functions.len() {
        let mut body = std::mem::take(&mut ir.functions[index].body);
        self::body(ir, &facts, &mut body);
        ir.functions[index].body = body;
    }
}

fn body(ir: &mut Ir, facts: &Facts, statements: &mut [Stmt]) {
    for statement in statements {
        match statement {
            Stmt::Expr(value) | Stmt::Let(_, value) | Stmt::Return(value) => {
                expression(ir, facts, value);
            }
            Stmt::If(test, yes, no) => {
                expression(ir, facts, test);
                body(ir, facts, yes);
                body(ir, facts, no);
            }
            Stmt::Block(_, inner) | Stmt::Loop(_, inner) => body(ir, facts, inner),
            Stmt::Open(_) | Stmt::Leave(_) | Stmt::Again(_) => {}
        }
    }
}

fn expression(ir: &mut Ir, facts: &Facts, expr: &mut Expr) {
    if let Some(made) = text_of(ir, facts, expr) {
        *expr = made;
    }
    if let Expr::Do(statements, _) = expr {
        body(ir, facts, statements);
    }
    expr.each_operand_mut(&mut |inner| expression(ir, facts, inner));
}

/// The call that makes the text of a literal.
fn text_of(ir: &mut Ir, facts: &Facts, expr: &Expr) -> Option<Expr> {
    let Expr::Builtin(name, _, args) = expr else { return None };
    let (entry, literal, init) = match (name.as_str(), args.as_slice()) {
        ("JSON.stringify", [value]) => ("rt.json", value, None),
        ("Response.json", [value]) => ("rt.response_json", value, Some(Expr::Undefined)),
        ("Response.json", [value, init]) => ("rt.response_json", value, Some(init.clone())),
        _ => return None,
    };
    if !is_data(literal) {
        return None;
    }
    let mut text = Text { ir, facts, steps: Vec::new(), pending: Vec::new(), values: Vec::new() };
    text.value(literal);
    text.flush(step::TEXT);
    let (steps, mut values) = (text.steps, text.values);
    if values.len() > VALUES_MAX {
        return None;
    }
    values.extend(init);
    let steps = Expr::Text(ir.texts.id(&steps));
    Some(Expr::Builtin(entry.to_owned(), Box::new(steps), values))
}

/// Whether this is a literal without functions: what JSON makes of those is the library's business.
fn is_data(value: &Expr) -> bool {
    let is_function =
        |value: &Expr| matches!(value.bare(), Expr::Function(_) | Expr::BuiltinValue(_));
    match value.bare() {
        Expr::Literal(_, items) | Expr::Array(items) => !items.iter().any(is_function),
        _ => false,
    }
}

/// What is known of whether an object has members already.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Members {
    None,
    Some,
    Unknown,
}

/// Steps as they are made.
struct Text<'a> {
    ir: &'a Ir,
    facts: &'a Facts,
    steps: Vec<u8>,
    /// Text that belongs to no step yet.
    pending: Vec<u8>,
    values: Vec<Expr>,
}

impl Text<'_> {
    /// Ends a step with the text that has come together.
    fn flush(&mut self, kind: u8) {
        if self.pending.is_empty() && kind == step::TEXT {
            return;
        }
        self.steps.push(kind);
        self.steps.extend_from_slice(&(self.pending.len() as u32).to_le_bytes());
        self.steps.append(&mut self.pending);
    }

    /// A value at a place where it must have some text.
    fn value(&mut self, value: &Expr) {
        if self.constant(value) {
            return;
        }
        match value.bare() {
            Expr::Literal(shape, values) if is_data(value) => {
                self.object(shape.0 as usize, values);
            }
            Expr::Array(items) if is_data(value) => {
                self.pending.push(b'[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        self.pending.push(b',');
                    }
                    match item.bare() {
                        Expr::Undefined => self.pending.extend_from_slice(b"null"),
                        _ => self.value(item),
                    }
                }
                self.pending.push(b']');
            }
            _ => {
                self.flush(step::ELEMENT);
                self.values.push(value.clone());
            }
        }
    }

    /// A value whose text is known; whether it was one.
    fn constant(&mut self, value: &Expr) -> bool {
        match value.bare() {
            Expr::Bool(value) => self.pending.extend_from_slice(value.to_string().as_bytes()),
            Expr::Number(value) if value.is_finite() => number::push(&mut self.pending, *value),
            Expr::Number(_) => self.pending.extend_from_slice(b"null"),
            Expr::Text(text) => {
                let text = quoted(&self.ir.texts.list[text.0 as usize]);
                self.pending.extend_from_slice(&text);
            }
            _ => return false,
        }
        true
    }

    fn object(&mut self, shape: usize, values: &[Expr]) {
        let ir = self.ir;
        self.pending.push(b'{');
        let mut members = Members::None;
        for (name, value) in ir.shapes.list[shape].iter().zip(values) {
            let mut key = quoted(&ir.texts.list[name.0 as usize]);
            key.push(b':');
            members = self.member(&key, value, members);
        }
        self.pending.push(b'}');
    }

    /// One member; whether the object has members then.
    fn member(&mut self, key: &[u8], value: &Expr, members: Members) -> Members {
        if matches!(value.bare(), Expr::Undefined | Expr::Function(_) | Expr::BuiltinValue(_)) {
            return members;
        }
        let written =
            value.is_literal() || matches!(value.bare(), Expr::Literal(..) | Expr::Array(_));
        let left_out = self.facts.kinds(value).meets(Kinds::ABSENT.or(Kinds::FUNCTION));
        if !written && left_out {
            self.flush(step::TEXT);
            self.pending.extend_from_slice(key);
            self.flush(step::MEMBER);
            self.values.push(value.clone());
            return if members == Members::Some { Members::Some } else { Members::Unknown };
        }
        match members {
            Members::None => self.pending.extend_from_slice(key),
            Members::Some => {
                self.pending.push(b',');
                self.pending.extend_from_slice(key);
            }
            Members::Unknown => {
                self.flush(step::TEXT);
                self.pending.extend_from_slice(key);
                self.flush(step::LITERAL);
            }
        }
        self.value(value);
        Members::Some
    }
}
