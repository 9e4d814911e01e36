//! Trees → [`ir::Ir`]. In: a program that `check` has passed. Out: functions over resolved variables, or a diagnostic for what cannot
//! be compiled. Never happens here: judging types; a construct that `check` refuses and that arrives all the same gets a diagnostic too.

pub(crate) mod ir;
pub(crate) mod kinds;
pub(crate) mod types;
pub(crate) mod print;
pub(crate) mod verify;
mod scope;
mod module;
mod function;
mod statement;
mod pattern;
mod condition;
mod expression;
mod call;
mod host;
mod member;
mod literal;
mod matching;
mod jsx;
mod jsx_text;
mod shape;
mod captures;
mod constants;
mod inline;
mod json;

use std::collections::HashMap;

use swc_common::Spanned;

use crate::{
    contract::Contract,
    diagnostic::{Diagnostic, Diagnostics},
    parse::{Module, Program},
    source::Span,
};
use ir::{Expr, FuncId, Ir, Label, Stmt, Var, VarId};
use scope::{Binding, Scope};

/// What lowering a piece gives.
pub(crate) type Lowered<T> = Result<T, Box<Diagnostic>>;

/// Lowers the modules in the order in which they run.
pub(crate) fn lower(program: &Program, contract: &Contract) -> Result<Ir, Diagnostics> {
    let mut lowering = Lowering::new(program, contract);
    match lowering.program() {
        Ok(()) => {
            let mut ir = lowering.ir;
            ir.labels = lowering.labels;
            verify::assert(&ir, None, "lowering");
            constants::place(&mut ir);
            verify::assert(&ir, None, "placing constants");
            inline::run(&mut ir);
            verify::assert(&ir, None, "inlining");
            json::run(&mut ir);
            verify::assert(&ir, None, "making JSON");
            Ok(ir)
        }
        Err(diagnostic) => Err((*diagnostic).into()),
    }
}

/// The state of lowering.
struct Lowering<'a> {
    program: &'a Program,
    module: &'a Module,
    ir: Ir,
    scopes: Vec<Scope>,
    /// What each module exports.
    exports: Vec<HashMap<String, Binding>>,
    function: FuncId,
    /// Enclosing statements that `break` and `continue` leave, innermost last.
    exits: Vec<Exit>,
    labels: u32,
    /// SQL statements that are asked for, and where.
    asked: Vec<(String, Span)>,
    /// The values that reach calls of the host.
    contract: &'a Contract,
}

/// A statement that can be left.
struct Exit {
    break_to: Label,
    /// None for `switch`.
    continue_to: Option<Label>,
}

impl<'a> Lowering<'a> {
    fn new(program: &'a Program, contract: &'a Contract) -> Self {
        let mut lowering = Self {
            program,
            module: program.entry(),
            ir: Ir::default(),
            scopes: Vec::new(),
            exports: Vec::new(),
            function: FuncId(0),
            exits: Vec::new(),
            labels: 0,
            asked: Vec::new(),
            contract,
        };
        let place = Span { file: program.entry().file, start: 0, end: 0 };
        lowering.function = lowering.new_function("(modules)", place, None);
        lowering
    }

    /// A diagnostic for something that is part of the language and not compiled.
    fn not_compiled(&self, node: &impl Spanned, what: &str) -> Box<Diagnostic> {
        let message = format!("{what} cannot be compiled");
        Box::new(Diagnostic::error("JS800", self.module.span(node.span()), message))
    }

    fn place(&self, node: &impl Spanned) -> Span {
        self.module.span(node.span())
    }

    fn label(&mut self) -> Label {
        self.labels += 1;
        Label(self.labels)
    }

    fn text(&mut self, text: &str) -> Expr {
        Expr::Text(self.ir.texts.id(text.as_bytes()))
    }

    fn new_var(&mut self, name: &str, global: bool) -> VarId {
        let id = VarId(self.ir.vars.len() as u32);
        let var = Var::temporary(self.function);
        self.ir.vars.push(Var { name: name.to_owned(), global, ready: false, ..var });
        id
    }

    /// A variable of the compiler with this value.
    fn temporary(&mut self, value: Expr, body: &mut Vec<Stmt>) -> Expr {
        if value.is_literal() {
            return value;
        }
        let var = self.new_var("", false);
        self.ir.vars[var.0 as usize].ready = true;
        body.push(Stmt::Let(var, value));
        Expr::Var(var)
    }
}
