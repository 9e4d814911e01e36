//! Array methods with an arrow become loops: no function value, no call, and what the arrow changes outside of it stays a local. In: a
//! program and what is known of it. Out: the same program, in which the arrows that went into loops are empty functions. Only receivers
//! that are arrays, or absent, are taken: objects may have methods of these names.

use super::{
    ir::{Expr, FuncId, Ir, Label, Order, Stmt, Var, VarId},
    kinds::Kinds,
    types::{self, Facts},
};

/// Rewrites every function.
pub(super) fn run(ir: &mut Ir) {
    let facts = types::find(ir);
    let mut inliner = Inliner { ir, facts, function: FuncId(0), changed: false };
    for index in 0..inliner.ir.functions.len() {
        inliner.function = FuncId(index as u32);
        let mut body = std::mem::take(&mut inliner.ir.functions[index].body);
        inliner.body(&mut body);
        inliner.ir.functions[index].body = body;
    }
    if inliner.changed {
        super::captures::find(ir);
    }
}

struct Inliner<'a> {
    ir: &'a mut Ir,
    facts: Facts,
    function: FuncId,
    changed: bool,
}

/// A loop over an array that is being made.
struct Walk {
    source: VarId,
    index: VarId,
    item: VarId,
    /// What the arrow gave.
    given: VarId,
    done: Label,
}

impl Inliner<'_> {
    fn body(&mut self, body: &mut [Stmt]) {
        for statement in body {
            match statement {
                Stmt::Expr(value) | Stmt::Let(_, value) | Stmt::Return(value) => {
                    self.expression(value);
                }
                Stmt::If(test, yes, no) => {
                    self.expression(test);
                    self.body(yes);
                    self.body(no);
                }
                Stmt::Block(_, inner) | Stmt::Loop(_, inner) => self.body(inner),
                Stmt::Open(_) | Stmt::Leave(_) | Stmt::Again(_) => {}
            }
        }
    }

    fn expression(&mut self, expr: &mut Expr) {
        // Decided before the operands change: nothing is known of what comes anew.
        let chosen = self.chosen(expr);
        if let Expr::Do(body, _) = expr {
            self.body(body);
        }
        expr.each_operand_mut(&mut |inner| self.expression(inner));
        let Some((arrow, typed)) = chosen else { return };
        let Expr::Builtin(name, source, args) = std::mem::replace(expr, Expr::Undefined) else {
            return;
        };
        self.changed = true;
        *expr = self.walk(name.trim_start_matches('.'), *source, args, arrow, typed);
    }

    /// The arrow of a call that becomes a loop, and whether the array may be a typed one.
    fn chosen(&self, expr: &Expr) -> Option<(FuncId, bool)> {
        let Expr::Builtin(name, source, args) = expr else { return None };
        let one = matches!(
            name.as_str(),
            ".map"
                | ".filter"
                | ".forEach"
                | ".some"
                | ".every"
                | ".find"
                | ".findIndex"
                | ".flatMap"
        );
        let known = one && args.len() == 1 || name == ".reduce" && args.len() == 2;
        let kinds = self.facts.kinds(source).without(Kinds::ABSENT);
        let Some(Expr::Function(arrow)) = args.first().map(Expr::bare) else { return None };
        let function = &self.ir.functions[arrow.0 as usize];
        let fits = known && kinds.within(Kinds::ARRAYS) && function.rest.is_none();
        fits.then_some((*arrow, !kinds.within(Kinds::ARRAY)))
    }

    fn new_var(&mut self) -> VarId {
        let id = VarId(self.ir.vars.len() as u32);
        self.ir.vars.push(Var::temporary(self.function));
        id
    }

    fn label(&mut self) -> Label {
        self.ir.labels += 1;
        Label(self.ir.labels)
    }

    fn walk(
        &mut self,
        name: &str,
        source: Expr,
        args: Vec<Expr>,
        arrow: FuncId,
        typed: bool,
    ) -> Expr {
        let walk = Walk {
            source: self.new_var(),
            index: self.new_var(),
            item: self.new_var(),
            given: self.new_var(),
            done: self.label(),
        };
        let (length, result) = (self.new_var(), self.new_var());
        let faults = Expr::Builtin(format!(".{name}"), var(walk.source), Vec::new());
        let is_array = Expr::IsArray(var(walk.source));
        let mut body = vec![
            Stmt::Let(walk.source, source),
            Stmt::If(is_array, Vec::new(), vec![Stmt::Expr(faults)]),
        ];
        let count = Expr::Direct("rt.count", vec![Expr::Var(walk.source)]);
        body.push(Stmt::Let(length, count));
        let first = match name {
            "map" => Expr::Direct("rt.array", vec![Expr::Var(length)]),
            "filter" | "flatMap" => Expr::Direct("rt.array", vec![Expr::Int(0)]),
            "some" => Expr::Bool(false),
            "every" => Expr::Bool(true),
            "findIndex" => Expr::Number(-1.0),
            "reduce" => args.into_iter().nth(1).unwrap_or(Expr::Undefined),
            _ => Expr::Undefined,
        };
        body.push(Stmt::Let(result, first));
        body.push(Stmt::Let(walk.index, Expr::Number(0.0)));
        let again = self.label();
        let below = Expr::Order(Order::Less, var(walk.index), var(length));
        let item = Expr::Direct("rt.item", vec![Expr::Var(walk.source), Expr::Var(walk.index)]);
        let mut round = vec![
            Stmt::If(below, Vec::new(), vec![Stmt::Leave(walk.done)]),
            Stmt::Let(walk.item, item),
        ];
        let mut given = vec![walk.item, walk.index, walk.source];
        if name == "reduce" {
            given.insert(0, result);
        }
        self.arrow(arrow, &given, walk.given, &mut round);
        round.extend(use_of(name, &walk, result));
        round.push(set(walk.index, Expr::Next(var(walk.index))));
        round.push(Stmt::Again(again));
        body.push(Stmt::Block(walk.done, vec![Stmt::Loop(again, round)]));
        let value = match name {
            "map" | "filter" if typed => {
                Expr::Direct("rt.like", vec![Expr::Var(walk.source), Expr::Var(result)])
            }
            "forEach" => Expr::Undefined,
            _ => Expr::Var(result),
        };
        Expr::Do(body, Box::new(value))
    }

    /// The arrow's body, which gives `result` its value.
    fn arrow(&mut self, arrow: FuncId, given: &[VarId], result: VarId, round: &mut Vec<Stmt>) {
        let function = &mut self.ir.functions[arrow.0 as usize];
        let (params, mut body) =
            (std::mem::take(&mut function.params), std::mem::take(&mut function.body));
        function.captures.clear();
        for var in self.ir.vars.iter_mut().filter(|var| var.owner == arrow) {
            var.owner = self.function;
            var.parameter = false;
        }
        for inner in self.ir.functions.iter_mut().filter(|inner| inner.parent == Some(arrow)) {
            inner.parent = Some(self.function);
        }
        // The arrow's own functions and loops are rewritten as part of this function.
        self.body(&mut body);
        if let Some(Stmt::Open(vars)) = body.first_mut() {
            vars.retain(|var| !params.contains(var));
        }
        round.push(Stmt::Open(params.clone()));
        let values =
            given.iter().map(|var| Expr::Var(*var)).chain(std::iter::repeat(Expr::Undefined));
        round.extend(params.into_iter().zip(values).map(|(param, value)| Stmt::Let(param, value)));
        let end = self.label();
        if types::completes(&body) {
            body.push(Stmt::Return(Expr::Undefined));
        }
        match body.pop() {
            Some(Stmt::Return(value)) if !returns(&body) => {
                round.extend(body);
                round.push(Stmt::Let(result, value));
            }
            last => {
                body.extend(last);
                leave_instead(&mut body, result, end);
                round.push(Stmt::Block(end, body));
            }
        }
    }
}

/// What a method does with what the arrow gave.
fn use_of(name: &str, walk: &Walk, result: VarId) -> Vec<Stmt> {
    let push = |value: VarId| {
        Stmt::Expr(Expr::Direct("rt.push", vec![Expr::Var(result), Expr::Var(value)]))
    };
    let when = |yes: Vec<Stmt>, no: Vec<Stmt>| vec![Stmt::If(Expr::Var(walk.given), yes, no)];
    let found = |value: Expr| vec![set(result, value), Stmt::Leave(walk.done)];
    match name {
        "map" => vec![push(walk.given)],
        "filter" => when(vec![push(walk.item)], Vec::new()),
        "some" => when(found(Expr::Bool(true)), Vec::new()),
        "every" => when(Vec::new(), found(Expr::Bool(false))),
        "find" => when(found(Expr::Var(walk.item)), Vec::new()),
        "findIndex" => when(found(Expr::Var(walk.index)), Vec::new()),
        "reduce" => vec![set(result, Expr::Var(walk.given))],
        "flatMap" => {
            let all = vec![Expr::Var(result), Expr::Var(walk.given)];
            let all = Stmt::Expr(Expr::Direct("rt.push_all", all));
            vec![Stmt::If(Expr::IsArray(var(walk.given)), vec![all], vec![push(walk.given)])]
        }
        _ => Vec::new(),
    }
}

fn var(var: VarId) -> Box<Expr> {
    Box::new(Expr::Var(var))
}

fn set(var: VarId, value: Expr) -> Stmt {
    Stmt::Expr(Expr::Set(var, Box::new(value)))
}

fn returns(body: &[Stmt]) -> bool {
    body.iter().any(|statement| match statement {
        Stmt::Return(_) => true,
        Stmt::If(_, yes, no) => returns(yes) || returns(no),
        Stmt::Block(_, inner) | Stmt::Loop(_, inner) => returns(inner),
        _ => false,
    })
}

/// Turns each `return` into a value and a way out.
fn leave_instead(body: &mut Vec<Stmt>, result: VarId, end: Label) {
    let mut changed = Vec::with_capacity(body.len() + 1);
    for mut statement in body.drain(..) {
        match &mut statement {
            Stmt::If(_, yes, no) => {
                leave_instead(yes, result, end);
                leave_instead(no, result, end);
            }
            Stmt::Block(_, inner) | Stmt::Loop(_, inner) => leave_instead(inner, result, end),
            _ => {}
        }
        match statement {
            Stmt::Return(value) => changed.extend([Stmt::Let(result, value), Stmt::Leave(end)]),
            other => changed.push(other),
        }
    }
    *body = changed;
}
