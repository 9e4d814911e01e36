//! What is known of variables and functions: which kinds of values they can hold, and from that how they lie in WebAssembly. In: the
//! program. Out: facts, by a fixpoint that begins with nothing and grows with what is assigned, passed and returned. Only calls that are
//! all known say something of parameters: a function whose value is used takes anything.

use std::{collections::HashSet, fmt};

use super::{
    ir::{Arith, Expr, FuncId, Ir, Label, Stmt, VarId},
    kinds::{self, Kinds},
};

/// How a value lies in WebAssembly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rep {
    /// Any value, as 64 bits.
    Value,
    /// A number as `f64`.
    Number,
    /// A boolean as `i32`.
    Bool,
    /// A 32-bit integer with sign.
    Int,
}

impl Rep {
    /// The representation of what is of these kinds.
    pub(crate) fn of(kinds: Kinds) -> Self {
        match kinds {
            kinds if kinds.within(Kinds::INT) => Self::Int,
            kinds if kinds.within(Kinds::NUMBER) => Self::Number,
            kinds if kinds.within(Kinds::BOOL) => Self::Bool,
            _ => Self::Value,
        }
    }
}

/// Kinds and representation, as the text form shows them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shown(Kinds);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Rep::of(self.0) {
            Rep::Value => write!(f, "{}", self.0),
            Rep::Number => f.write_str("f64"),
            Rep::Bool | Rep::Int => write!(f, "{} i32", self.0),
        }
    }
}

/// What the later stage must know about variables and functions.
#[derive(Debug)]
pub(crate) struct Facts {
    vars: Vec<Kinds>,
    results: Vec<Kinds>,
    /// The function that a variable always is.
    functions: Vec<Option<FuncId>>,
    /// Functions that need captured values.
    needs_environment: Vec<bool>,
}

/// Finds kinds and environments.
pub(crate) fn find(ir: &Ir) -> Facts {
    let unknown = unknown_callers(ir);
    let mut facts = Facts {
        vars: vec![Kinds::NONE; ir.vars.len()],
        results: vec![Kinds::NONE; ir.functions.len()],
        functions: ir.vars.iter().map(|var| var.function).collect(),
        needs_environment: environments(ir),
    };
    for (index, function) in ir.functions.iter().enumerate() {
        if unknown.contains(&FuncId(index as u32)) {
            function.params.iter().for_each(|param| facts.vars[param.0 as usize] = Kinds::ANY);
        }
        if let Some(rest) = function.rest {
            facts.vars[rest.0 as usize] = Kinds::ARRAY;
        }
    }
    if let Some(entry) = ir.entry {
        let params = &ir.functions[entry.0 as usize].params;
        params.iter().for_each(|param| facts.vars[param.0 as usize] = Kinds::OBJECT);
    }
    // Who calls these wants a value.
    ir.entry.into_iter().chain(ir.start).for_each(|id| facts.results[id.0 as usize] = Kinds::ANY);
    for (index, var) in ir.vars.iter().enumerate() {
        // Such a variable can be read before it has its value.
        if var.early && !var.global && var.function.is_none() {
            facts.vars[index] = facts.vars[index].or(Kinds::ABSENT);
        }
    }
    let flows = Flows::of(ir);
    while flows.apply(ir, &mut facts) {}
    facts
}

/// Where values go.
#[derive(Default)]
struct Flows<'a> {
    assigned: Vec<(VarId, &'a Expr)>,
    returned: Vec<(FuncId, &'a Expr)>,
    called: Vec<(FuncId, &'a [Expr])>,
    /// Functions whose end is reached.
    ending: Vec<FuncId>,
}

impl<'a> Flows<'a> {
    fn of(ir: &'a Ir) -> Self {
        let mut flows = Self::default();
        flows.assigned.extend(ir.constants.iter().map(|(var, value)| (*var, value)));
        for (index, function) in ir.functions.iter().enumerate() {
            let id = FuncId(index as u32);
            function.body.iter().for_each(|statement| flows.statement(id, statement));
            if completes(&function.body) {
                flows.ending.push(id);
            }
        }
        flows
    }

    fn statement(&mut self, function: FuncId, statement: &'a Stmt) {
        match statement {
            Stmt::Let(var, value) => {
                self.assigned.push((*var, value));
                self.expression(function, value);
            }
            Stmt::Return(value) => {
                self.returned.push((function, value));
                self.expression(function, value);
            }
            Stmt::Expr(value) => self.expression(function, value),
            Stmt::If(test, yes, no) => {
                self.expression(function, test);
                yes.iter().chain(no).for_each(|inner| self.statement(function, inner));
            }
            Stmt::Block(_, body) | Stmt::Loop(_, body) => {
                body.iter().for_each(|inner| self.statement(function, inner));
            }
            Stmt::Open(_) | Stmt::Leave(_) | Stmt::Again(_) => {}
        }
    }

    fn expression(&mut self, function: FuncId, expr: &'a Expr) {
        match expr {
            Expr::Set(var, value) => self.assigned.push((*var, value)),
            Expr::Call(callee, _, args) => self.called.push((*callee, args)),
            Expr::Do(body, value) => {
                body.iter().for_each(|inner| self.statement(function, inner));
                return self.expression(function, value);
            }
            _ => {}
        }
        expr.each_operand(&mut |inner| self.expression(function, inner));
    }

    /// Grows the facts once; whether something was new.
    fn apply(&self, ir: &Ir, facts: &mut Facts) -> bool {
        let mut grown = false;
        let mut grow = |known: &mut Kinds, kinds: Kinds| {
            grown |= known.or(kinds) != *known;
            *known = known.or(kinds);
        };
        for (var, value) in &self.assigned {
            let kinds = facts.kinds(value);
            grow(&mut facts.vars[var.0 as usize], kinds);
        }
        for (function, args) in &self.called {
            let params = &ir.functions[function.0 as usize].params;
            for (index, param) in params.iter().enumerate() {
                let kinds = args.get(index).map_or(Kinds::ABSENT, |arg| facts.kinds(arg));
                grow(&mut facts.vars[param.0 as usize], kinds);
            }
        }
        for (function, value) in &self.returned {
            let kinds = facts.kinds(value);
            grow(&mut facts.results[function.0 as usize], kinds);
        }
        for function in &self.ending {
            grow(&mut facts.results[function.0 as usize], Kinds::ABSENT);
        }
        grown
    }
}

/// Functions that are called from where nobody sees it: their value is used for more than giving a constant its name.
fn unknown_callers(ir: &Ir) -> HashSet<FuncId> {
    let mut found = HashSet::new();
    for function in &ir.functions {
        function.body.iter().for_each(|statement| values_in(ir, statement, &mut found));
    }
    ir.constants.iter().for_each(|(_, value)| values_of(ir, value, &mut found));
    found
}

fn values_in(ir: &Ir, statement: &Stmt, found: &mut HashSet<FuncId>) {
    match statement {
        Stmt::Let(var, Expr::Function(function))
            if ir.vars[var.0 as usize].function == Some(*function) => {}
        Stmt::If(test, yes, no) => {
            values_of(ir, test, found);
            yes.iter().chain(no).for_each(|inner| values_in(ir, inner, found));
        }
        Stmt::Block(_, body) | Stmt::Loop(_, body) => {
            body.iter().for_each(|inner| values_in(ir, inner, found));
        }
        Stmt::Let(_, value) | Stmt::Expr(value) | Stmt::Return(value) => {
            values_of(ir, value, found);
        }
        Stmt::Open(_) | Stmt::Leave(_) | Stmt::Again(_) => {}
    }
}

fn values_of(ir: &Ir, expr: &Expr, found: &mut HashSet<FuncId>) {
    match expr {
        Expr::Function(function) => {
            found.insert(*function);
        }
        Expr::Var(var) => found.extend(ir.vars[var.0 as usize].function),
        Expr::Do(body, value) => {
            body.iter().for_each(|inner| values_in(ir, inner, found));
            return values_of(ir, value, found);
        }
        _ => {}
    }
    expr.each_operand(&mut |inner| values_of(ir, inner, found));
}

/// Whether the end of these statements is reached; a `yes` may be wrong, a `no` is not.
pub(crate) fn completes(body: &[Stmt]) -> bool {
    body.iter().all(|statement| match statement {
        Stmt::Return(_) | Stmt::Leave(_) | Stmt::Again(_) => false,
        Stmt::If(_, yes, no) => completes(yes) || completes(no),
        Stmt::Block(label, inner) => completes(inner) || leaves(inner, *label),
        Stmt::Loop(_, inner) => completes(inner),
        Stmt::Expr(value) => !matches!(value.bare(), Expr::Direct("rt.assert", _)),
        Stmt::Let(..) | Stmt::Open(_) => true,
    })
}

fn leaves(body: &[Stmt], label: Label) -> bool {
    body.iter().any(|statement| match statement {
        Stmt::Leave(left) => *left == label,
        Stmt::If(_, yes, no) => leaves(yes, label) || leaves(no, label),
        Stmt::Block(_, inner) | Stmt::Loop(_, inner) => leaves(inner, label),
        // A label is left from an expression only inside of it.
        _ => false,
    })
}

/// A function needs captured values if one of its captures is not a function without captured values.
fn environments(ir: &Ir) -> Vec<bool> {
    let mut needs = vec![false; ir.functions.len()];
    loop {
        let mut changed = false;
        for (index, function) in ir.functions.iter().enumerate() {
            let need = function.captures.iter().any(|var| match ir.vars[var.0 as usize].function {
                Some(known) => known != FuncId(index as u32) && needs[known.0 as usize],
                None => true,
            });
            changed |= need != needs[index];
            needs[index] |= need;
        }
        if !changed {
            return needs;
        }
    }
}

impl Facts {
    /// Representation of a variable.
    pub(crate) fn rep_of(&self, var: VarId) -> Rep {
        Rep::of(self.kinds_of(var))
    }

    /// Kinds of a variable.
    pub(crate) fn kinds_of(&self, var: VarId) -> Kinds {
        match self.functions.get(var.0 as usize).copied().flatten() {
            Some(_) => Kinds::FUNCTION,
            // A variable that came after the facts were found can hold anything.
            None => self.vars.get(var.0 as usize).copied().unwrap_or(Kinds::ANY),
        }
    }

    /// What the text form says of a variable.
    pub(crate) fn var(&self, var: VarId) -> Shown {
        Shown(self.kinds_of(var))
    }

    /// What the text form says of a function's result.
    pub(crate) fn result(&self, function: FuncId) -> Shown {
        Shown(self.results[function.0 as usize])
    }

    /// Representation of a function's result.
    pub(crate) fn result_rep(&self, function: FuncId) -> Rep {
        Rep::of(self.results[function.0 as usize])
    }

    /// Whether calls of this function need its value.
    pub(crate) fn needs_environment(&self, function: FuncId) -> bool {
        self.needs_environment[function.0 as usize]
    }

    /// The captures of a function that its value holds.
    pub(crate) fn captures<'a>(
        &'a self,
        ir: &'a Ir,
        function: FuncId,
    ) -> impl Iterator<Item = VarId> + 'a {
        let captures = &ir.functions[function.0 as usize].captures;
        captures.iter().copied().filter(move |var| match ir.vars[var.0 as usize].function {
            Some(known) => known != function && self.needs_environment(known),
            None => true,
        })
    }

    /// What an expression can give.
    pub(crate) fn kinds(&self, expr: &Expr) -> Kinds {
        match expr {
            Expr::Undefined => Kinds::ABSENT,
            Expr::Number(value) => Kinds::of_number(*value),
            Expr::Int(_) | Expr::BitNot(_) | Expr::Next(_) => Kinds::INT,
            Expr::Negate(_) => Kinds::NUMBER,
            Expr::Arith(op, ..) => match op {
                Arith::BitAnd | Arith::BitOr | Arith::BitXor | Arith::Shl | Arith::Shr => {
                    Kinds::INT
                }
                _ => Kinds::NUMBER,
            },
            Expr::Bool(_)
            | Expr::Order(..)
            | Expr::Same(..)
            | Expr::Absent(_)
            | Expr::IsArray(_)
            | Expr::Not(_) => Kinds::BOOL,
            Expr::Text(_) => Kinds::STRING,
            Expr::Import(_) => Kinds::NUMBER,
            Expr::Function(_) | Expr::BuiltinValue(_) => Kinds::FUNCTION,
            Expr::Object(_) | Expr::Literal(..) => Kinds::OBJECT,
            Expr::Array(_) => Kinds::ARRAY,
            Expr::Var(var) => self.kinds_of(*var),
            Expr::Set(_, value) | Expr::Do(_, value) | Expr::At(_, value) => self.kinds(value),
            Expr::Call(function, ..) => self.results[function.0 as usize],
            Expr::CallValue(..) | Expr::CallSpread(..) => Kinds::ANY,
            Expr::Builtin(name, this, _) | Expr::BuiltinSpread(name, this, _) => {
                kinds::of_builtin(name, self.kinds(this))
            }
            Expr::Direct(name, _) => kinds::of_direct(name),
            Expr::Getter(name, object) => {
                let object = self.kinds(object).without(Kinds::ABSENT);
                match object.within(Kinds::STRING.or(Kinds::ARRAYS)) && name == "length" {
                    true => Kinds::INT,
                    false if object == Kinds::NONE => Kinds::NONE,
                    false => Kinds::ANY,
                }
            }
            Expr::Add(a, b) => sum(self.kinds(a), self.kinds(b)),
            Expr::And(_, b) | Expr::Or(_, b) => Kinds::BOOL.or(self.kinds(b)),
            Expr::Nullish(a, b) => self.kinds(a).without(Kinds::ABSENT).or(self.kinds(b)),
            Expr::If(_, a, b) => self.kinds(a).or(self.kinds(b)),
            Expr::Optional(inner) => self.kinds(inner).or(Kinds::ABSENT),
            Expr::ExitIfAbsent(inner) => self.kinds(inner).without(Kinds::ABSENT),
        }
    }

    /// Representation in which an expression's code leaves its value.
    pub(crate) fn rep(&self, expr: &Expr) -> Rep {
        match expr {
            Expr::Var(var) | Expr::Set(var, _) => self.rep_of(*var),
            Expr::Do(_, value) | Expr::At(_, value) => self.rep(value),
            Expr::Call(function, ..) => self.result_rep(*function),
            Expr::Direct(name, _) => Rep::of(kinds::of_direct(name)),
            Expr::Builtin(..)
            | Expr::BuiltinSpread(..)
            | Expr::Getter(..)
            | Expr::Optional(_)
            | Expr::ExitIfAbsent(_)
            | Expr::Nullish(..) => Rep::Value,
            Expr::Add(a, b) => {
                let numbers =
                    self.kinds(a).within(Kinds::NUMBER) && self.kinds(b).within(Kinds::NUMBER);
                if numbers { Rep::Number } else { Rep::Value }
            }
            _ => Rep::of(self.kinds(expr)),
        }
    }
}

/// What `a + b` gives.
fn sum(a: Kinds, b: Kinds) -> Kinds {
    if a.within(Kinds::STRING) || b.within(Kinds::STRING) {
        return Kinds::STRING;
    }
    let number = a.meets(Kinds::NUMBER) && b.meets(Kinds::NUMBER);
    let text = a.meets(Kinds::STRING) || b.meets(Kinds::STRING);
    let number = if number { Kinds::NUMBER } else { Kinds::NONE };
    number.or(if text { Kinds::STRING } else { Kinds::NONE })
}
