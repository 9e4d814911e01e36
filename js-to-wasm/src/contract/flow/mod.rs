//! Which values reach which call. In: the program. Out: [`Facts`]: for each call of the host the values of its arguments, and the
//! effects, calls, loops, writes and leaks of every function. The whole program is evaluated on [`value::Value`]s, again and again
//! until nothing new is found; every step only adds. Functions that nothing calls are not looked at. Never happens here: judging.
//!
//! ```text
//! scope → which variable a name means
//! statement, pattern, expression, jsx → values of expressions
//! call → program's functions │ host → the host's │ builtin, method → the language's
//! ```
//!
//! What the evaluation has no better word for goes to the *outside*: one object that holds everything that was given away. Whatever
//! comes from there may be anything of it, and functions that went there are called with anything of it.

mod few;
mod value;
pub(in crate::contract) mod scope;
mod state;
mod statement;
mod pattern;
mod expression;
mod call;
mod host;
mod builtin;
mod method;
mod jsx;

use std::collections::{BTreeMap, BTreeSet};

use crate::{check::handler, comptime::Folded, parse::Program, source::Span};

use call::Args;
use scope::{Meaning, Names, VarId};
use state::{Body, Function, Object};
pub(super) use state::{Caller, Effect, Facts, Leak, Multiplicity};
use value::{Callable, FuncId, Labels, ObjectId, Text, Value};

pub(super) use value::Text as KnownText;

/// Rounds after which texts and numbers are no longer told apart where they still grow.
const ROUNDS_EXACT: u32 = 24;

/// Most work for one program, in values that were looked at; a handler of 500 lines takes a thousandth of it.
const WORK_MAX: u64 = 20_000_000;

/// Evaluates the program until nothing new is found, or until it is too much: then nothing may be concluded.
pub(super) fn analyse(program: &Program, constants: &Folded) -> Facts {
    let mut flow = Flow::new(program, constants);
    loop {
        flow.changed = false;
        flow.round += 1;
        flow.calls = 0;
        flow.modules();
        flow.request();
        flow.bodies();
        flow.outside();
        if !flow.changed || flow.given_up() {
            break;
        }
    }
    flow.finish()
}

/// The state of the evaluation.
struct Flow<'a> {
    program: &'a Program,
    constants: &'a Folded,
    names: Names,
    vars: Vec<Value>,
    functions: Vec<Function<'a>>,
    function_ids: BTreeMap<scope::FunctionKey, FuncId>,
    objects: Vec<Object>,
    object_ids: BTreeMap<(usize, u32, u32, u8), ObjectId>,
    /// Where the body came from to which headers belong.
    bodies: BTreeMap<ObjectId, Labels>,
    /// What has been stored where other requests find it: cache and database.
    stored: Labels,
    /// The module that is being evaluated.
    module: usize,
    /// The function that is being evaluated; none at the top of a module.
    current: Option<FuncId>,
    /// How often the current place runs for each call of its function.
    multiplicity: Multiplicity,
    /// Something was added in this round.
    changed: bool,
    round: u32,
    /// Calls within calls that built-ins make.
    depth: u32,
    /// Calls of built-ins in this round.
    calls: u32,
    /// What was done, in the measure of [`WORK_MAX`].
    work: u64,
    facts: Facts,
}

impl<'a> Flow<'a> {
    fn new(program: &'a Program, constants: &'a Folded) -> Self {
        let names = scope::resolve(program);
        let vars = vec![Value::none(); names.vars.len()];
        Self {
            program,
            constants,
            names,
            vars,
            functions: Vec::new(),
            function_ids: BTreeMap::new(),
            objects: Object::special(),
            object_ids: BTreeMap::new(),
            bodies: BTreeMap::new(),
            stored: Labels::NONE,
            module: 0,
            current: None,
            multiplicity: Multiplicity::Constant,
            changed: false,
            round: 0,
            depth: 0,
            calls: 0,
            work: 0,
            facts: Facts::default(),
        }
    }

    /// Counts the work that a value makes wherever it goes.
    fn work(&mut self, value: &Value) {
        self.work += 1 + value.len() as u64;
    }

    fn given_up(&self) -> bool {
        self.work > WORK_MAX
    }

    /// Runs the top level of every module.
    fn modules(&mut self) {
        self.current = None;
        for (index, module) in self.program.modules.iter().enumerate() {
            self.module = index;
            self.multiplicity = Multiplicity::Constant;
            module.ast.body.iter().for_each(|item| self.item(item));
        }
    }

    /// Calls the handler.
    fn request(&mut self) {
        self.module = self.program.modules.len() - 1;
        self.current = None;
        let ast = &self.program.entry().ast;
        // A program has one; whichever it is that later stages take, it is looked at.
        for handler in handler::candidates(ast) {
            let value = match handler {
                handler::Handler::Function(function) => self.function_value(function, "handler"),
                handler::Handler::Arrow(arrow) => self.arrow_value(arrow, "handler"),
                handler::Handler::Name(ident) => self.name(ident),
                handler::Handler::Value(expr) => self.expression(expr),
            };
            let place = self.place(handler.span());
            self.answer(&value, place);
        }
    }

    /// Calls a handler with a request.
    fn answer(&mut self, handler: &Value, place: Span) {
        let request = Value::object(state::REQUEST).labelled(Labels::REQUEST);
        let args = Args::of(vec![request]);
        for callable in handler.functions.clone() {
            if let Callable::Function(function) = callable {
                self.facts.handlers.insert(function.0);
            }
            let response = self.invoke(callable, &args, place, false);
            self.respond(&response, place);
        }
        if handler.objects.contains(&state::OUTSIDE) {
            self.leak(&Value::object(state::REQUEST));
        }
    }

    /// Evaluates every function that is called. Arguments go from callers to callees and results back, so the order alternates.
    fn bodies(&mut self) {
        if self.round.is_multiple_of(2) {
            for index in (0..self.functions.len()).rev() {
                self.body(FuncId(index as u32));
            }
        }
        let mut index = 0;
        while index < self.functions.len() {
            self.body(FuncId(index as u32));
            index += 1;
        }
    }

    /// Evaluates the body of a function once more.
    fn body(&mut self, id: FuncId) {
        let function = &self.functions[id.0 as usize];
        if !function.called {
            return;
        }
        let (module, params, body) = (function.module, function.params.clone(), function.body);
        self.module = module;
        self.current = Some(id);
        self.multiplicity = Multiplicity::Constant;
        params.iter().for_each(|param| self.defaults(param));
        match body {
            Body::Statements(statements) => {
                self.statements(statements);
                // The end of the body may be reached.
                self.give_back(&Value::undefined());
            }
            Body::Expression(expression) => {
                let value = self.expression(expression);
                self.give_back(&value);
            }
        }
        self.current = None;
    }

    /// Adds to what the current function returns.
    fn give_back(&mut self, value: &Value) {
        let Some(current) = self.current else { return };
        let round = self.round;
        let returns = &mut self.functions[current.0 as usize].returns;
        self.changed |= join(returns, value, round);
    }

    /// Adds to a variable.
    fn assign(&mut self, var: VarId, value: &Value) {
        let round = self.round;
        self.changed |= join(&mut self.vars[var.0 as usize], value, round);
    }

    /// Functions that went outside are called from there with anything.
    fn outside(&mut self) {
        self.current = None;
        self.facts.outside = true;
        let given = self.outside_value();
        let functions = self.objects[state::OUTSIDE.0 as usize].held().functions;
        let args = Args::rest(given);
        let place = Span { file: self.program.entry().file, start: 0, end: 0 };
        for callable in functions {
            let value = self.invoke(callable, &args, place, false);
            self.leak(&value);
        }
        self.facts.outside = false;
    }

    fn finish(mut self) -> Facts {
        self.facts.complete = !self.given_up();
        let state = self.module_state();
        self.facts.touched.retain(|(_, touched, _)| match touched {
            state::Written::Var(var) => state.vars.contains(var),
            state::Written::Object(object) => state.objects.contains(object),
            state::Written::Registry => true,
        });
        self.facts.functions = self
            .functions
            .iter()
            .map(|function| {
                (function.name.clone(), {
                    let file = self.program.modules[function.module].file;
                    Span { file, start: function.key.1, end: function.key.2 }
                })
            })
            .collect();
        for site in self.facts.sites.values_mut() {
            site.resolve(&self.objects);
        }
        self.facts
    }

    /// What lives longer than a request: everything that variables at the top of modules hold.
    fn module_state(&self) -> ModuleState {
        let mut state = ModuleState::default();
        let mut open: Vec<Value> = Vec::new();
        for (index, var) in self.names.vars.iter().enumerate() {
            if var.owner.is_none() {
                state.vars.insert(VarId(index as u32));
                open.push(self.vars[index].clone());
            }
        }
        let mut seen = BTreeSet::new();
        while let Some(value) = open.pop() {
            for object in &value.objects {
                if !state::is_special(*object) && state.objects.insert(*object) {
                    open.extend(self.objects[object.0 as usize].contents().cloned());
                }
            }
            for callable in &value.functions {
                match callable {
                    Callable::Function(function) if seen.insert(*function) => {
                        let key = self.functions[function.0 as usize].key;
                        for var in self.names.captured.get(&key).into_iter().flatten() {
                            if state.vars.insert(*var) {
                                open.push(self.vars[var.0 as usize].clone());
                            }
                        }
                    }
                    Callable::Made(_, object) => open.push(Value::object(*object)),
                    _ => {}
                }
            }
        }
        state
    }
}

#[derive(Default)]
struct ModuleState {
    vars: BTreeSet<VarId>,
    objects: BTreeSet<ObjectId>,
}

/// Joins, and gives up precision where values keep growing.
fn join(into: &mut Value, value: &Value, round: u32) -> bool {
    if round <= ROUNDS_EXACT {
        return into.join(value);
    }
    let before = into.clone();
    if !into.join(value) {
        return false;
    }
    into.widen();
    *into != before
}
