//! [`Program`] → what each expression gives. In: trees. Out: [`Types`], a table from places to types, and what does not fit together.
//!
//! ```text
//! library.d.ts + purview.d.ts ─┐
//! trees ── bind ── names ──────┴─ statements in order ── expressions ── types ── Types
//!                                   │ flow: what conditions say of variables at this place
//!                                   └ bodies of functions: when their result is asked for, or at the end of their block
//! ```
//!
//! The types are TypeScript's, and so is what fits where: what this checker accepts, `tsc --strict` accepts. A value of which nothing
//! is known (an unannotated parameter, parsed JSON) is *dynamic*: it fits everywhere, and is checked when the program runs. Where
//! inference is not sure it says dynamic, never something that may be wrong. Never happens here: changing trees, running programs.
//!
//! Work is bounded: a program that asks for more than [`WORK_MAX`] steps gets a diagnostic, and everything after is dynamic.

mod answers;
mod arguments;
mod bind;
mod call;
mod condition;
mod declare;
mod element;
mod expression;
mod flow;
mod function;
mod generics;
mod library;
mod literal;
mod matching;
mod member;
mod narrow;
mod operator;
mod pattern;
mod place;
mod relate;
mod report;
mod operands;
mod opened;
mod outside;
mod forms;
mod resolve;
pub(super) mod rules;
mod show;
mod state;
mod statement;
mod table;
mod ty;
mod unused;

use std::collections::{HashMap, HashSet};

use swc_atoms::Atom;
use swc_ecma_ast::Expr;

use bind::{BindingId, Tables};
use flow::Flow;
pub use forms::{Form, FormField, FormId, Forms};
pub use table::{Check, Checks, Proven, Type, Types};
pub use ty::{
    Access, DeclId, Element, Field, Fresh, Kind, ParamId, Parameter, Presence, Record, Signature,
    Store, Ty, Utility,
};

use super::Truthiness;
use crate::{
    diagnostic::Diagnostics,
    parse::{Module, Program},
    source::Span,
};

/// Most steps that one program may ask for.
pub const WORK_MAX: usize = 1_000_000;

/// Infers and checks every module, in the order in which they run.
pub(super) fn check(program: &Program, truthiness: Truthiness) -> (Types, Diagnostics) {
    let library = library::get();
    let mut tables = Tables::default();
    bind::bind(&mut tables, library, None);
    for module in &program.modules {
        bind::bind(&mut tables, &module.ast, Some(&module.extensions));
    }
    let mut checker = Checker::new(program, tables, truthiness);
    for index in 0..program.modules.len() {
        checker.module(index);
    }
    checker.finish()
}

/// What is known of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Value {
    Unset,
    /// Being inferred.
    Busy,
    Known(Ty),
}

/// The state of checking one program.
struct Checker<'a> {
    program: &'a Program,
    tables: Tables<'a>,
    store: Store,
    truthiness: Truthiness,
    /// What `this` stands for in the interface that is being read.
    this: Ty,
    resolved: HashMap<Ty, Ty>,
    resolving: HashSet<Ty>,
    bodies: HashMap<DeclId, Ty>,
    related: HashMap<(Ty, Ty), bool>,
    relating: Vec<(Ty, Ty)>,
    work: usize,

    /// The module that is being checked, and its unit.
    module: &'a Module,
    unit: usize,
    values: Vec<Value>,
    flow: Flow,
    frame: function::Frame,
    /// How many functions are asking for each other's results.
    depth: usize,
    /// Functions whose body was checked, by unit and offset, with their inferred result.
    checked: HashMap<(usize, u32), Option<Ty>>,
    /// What was known where a constant function was declared.
    snapshots: HashMap<BindingId, Flow>,
    /// Constants that hold conditions.
    conditions: HashMap<BindingId, &'a Expr>,
    /// Calls of user-written guards: the parameter's index and the type, by the call's offset.
    guards: HashMap<u32, (u32, Ty)>,
    /// Names that were taken from one object: the group and the field.
    taken: HashMap<BindingId, (usize, Atom)>,
    groups: Vec<(Ty, Vec<(BindingId, Atom)>)>,
    /// Names that were taken from a result of which nothing else is known.
    unread: HashMap<BindingId, Atom>,
    /// Whether the expression is only compared.
    compared: bool,

    expressions: HashMap<Span, Ty>,
    checks: HashMap<Span, outside::Check>,
    /// Whether what is expected of a function is what the library takes.
    library_takes: bool,
    proven: Proven,
    found: Diagnostics,
}

impl<'a> Checker<'a> {
    fn new(program: &'a Program, tables: Tables<'a>, truthiness: Truthiness) -> Self {
        let values = vec![Value::Unset; tables.bindings.len()];
        Self {
            program,
            tables,
            store: Store::default(),
            truthiness,
            this: Ty::DYNAMIC,
            resolved: HashMap::new(),
            resolving: HashSet::new(),
            bodies: HashMap::new(),
            related: HashMap::new(),
            relating: Vec::new(),
            work: WORK_MAX,
            module: program.entry(),
            unit: 0,
            values,
            flow: Flow::default(),
            frame: function::Frame::default(),
            depth: 0,
            checked: HashMap::new(),
            snapshots: HashMap::new(),
            conditions: HashMap::new(),
            guards: HashMap::new(),
            taken: HashMap::new(),
            groups: Vec::new(),
            unread: HashMap::new(),
            compared: false,
            expressions: HashMap::new(),
            checks: HashMap::new(),
            library_takes: false,
            proven: Proven { answers: true, reached: true },
            found: Diagnostics::default(),
        }
    }

    fn module(&mut self, index: usize) {
        self.module = &self.program.modules[index];
        self.unit = index + 1;
        self.flow = Flow::default();
        self.frame = function::Frame::default();
        self.guards.clear();
        let items = &self.module.ast.body;
        self.module_items(items);
        if index + 1 == self.program.modules.len() {
            self.handler();
            self.module_state();
        }
        self.unused();
    }

    fn finish(mut self) -> (Types, Diagnostics) {
        if self.work == 0 || self.store.cut {
            self.too_wide();
            self.proven = Proven::default();
        }
        let opened = self.opened();
        let checks = self.take_checks();
        let types = Types::new(
            self.store,
            self.expressions,
            (checks, opened),
            self.tables.decls.iter().map(|decl| decl.name.clone()).collect(),
            self.proven,
            (self.truthiness, WORK_MAX - self.work),
        );
        (types, self.found)
    }

    /// What must be looked at when the program runs.
    fn take_checks(&mut self) -> Checks {
        let mut checks = Checks::default();
        for (span, outside::Check { ty, place }) in std::mem::take(&mut self.checks) {
            let form = self.form_of(&mut checks.forms, ty);
            let (name, result) = match place {
                outside::Place::Name(name) => (name, false),
                outside::Place::Result(way) => (way, true),
            };
            checks.at.insert(span, Check { form, name, result });
            checks.types.insert(span, ty);
        }
        checks
    }

    /// Keeps a diagnostic, unless work has run out: what is found then may be wrong.
    fn report(&mut self, diagnostic: crate::diagnostic::Diagnostic) {
        if self.work > 0 {
            self.found.push(diagnostic);
        }
    }

    /// Takes steps from what is left. False: nothing is left.
    fn spend(&mut self, steps: usize) -> bool {
        self.work = self.work.saturating_sub(steps.max(1));
        self.work > 0
    }

    /// The module of a unit; none for the library.
    fn module_of(&self, unit: usize) -> Option<&'a Module> {
        unit.checked_sub(1).and_then(|index| self.program.modules.get(index))
    }

    /// What an expression was found to be.
    fn known_type(&self, expr: &Expr) -> Ty {
        let span = self.module.span(expr.unwrap_parens());
        self.expressions.get(&span).copied().unwrap_or(Ty::DYNAMIC)
    }
}
