//! Representations: which variables hold plain numbers or booleans instead of values. In: the program. Out: a representation for each
//! variable, by a fixpoint that begins with what is assigned and takes back what does not hold.

use super::ir::{Expr, FuncId, Ir, Stmt, VarId};

/// How a value lies in WebAssembly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rep {
    /// Any value, as 64 bits.
    Value,
    /// A number as `f64`.
    Number,
    /// A boolean as `i32`.
    Bool,
    /// A 32-bit integer, for direct calls only.
    Int,
}

/// What the later stage must know about variables and functions.
#[derive(Debug)]
pub(crate) struct Facts {
    reps: Vec<Rep>,
    /// Functions that need captured values.
    needs_environment: Vec<bool>,
}

/// Finds representations and environments.
pub(crate) fn find(ir: &Ir) -> Facts {
    let start = |var: &super::ir::Var| match var.captured && !var.global || var.parameter {
        true => None,
        false => Some(Rep::Int),
    };
    // `Int` stands for "not known yet" until the first assignment is seen.
    let mut reps: Vec<Option<Rep>> = ir.vars.iter().map(start).collect();
    let mut assigned: Vec<(VarId, &Expr)> = Vec::new();
    for function in &ir.functions {
        function.body.iter().for_each(|statement| collect(statement, &mut assigned));
    }
    let mut facts = Facts { reps: Vec::new(), needs_environment: environments(ir) };
    loop {
        facts.reps = reps.iter().map(|rep| rep.unwrap_or(Rep::Value)).collect();
        let mut changed = false;
        for (var, value) in &assigned {
            let slot = &mut reps[var.0 as usize];
            let next = match (*slot, facts.rep(value)) {
                (None, _) => None,
                // The value hangs on a variable that is not known yet.
                (known, Rep::Int) => known,
                (Some(Rep::Int), rep @ (Rep::Number | Rep::Bool)) => Some(rep),
                (Some(known), rep) if known == rep => Some(known),
                _ => None,
            };
            changed |= *slot != next;
            *slot = next;
        }
        if !changed {
            break;
        }
    }
    let settled = |rep: &Option<Rep>| match rep {
        Some(Rep::Number) => Rep::Number,
        Some(Rep::Bool) => Rep::Bool,
        _ => Rep::Value,
    };
    facts.reps = reps.iter().map(settled).collect();
    facts
}

fn collect<'a>(statement: &'a Stmt, found: &mut Vec<(VarId, &'a Expr)>) {
    if let Stmt::Let(var, value) = statement {
        found.push((*var, value));
    }
    match statement {
        Stmt::If(test, yes, no) => {
            collect_in(test, found);
            yes.iter().chain(no).for_each(|inner| collect(inner, found));
        }
        Stmt::Block(_, body) | Stmt::Loop(_, body) => {
            body.iter().for_each(|inner| collect(inner, found))
        }
        _ => statement.each(&mut |e| collect_in(e, found)),
    }
}

fn collect_in<'a>(expr: &'a Expr, found: &mut Vec<(VarId, &'a Expr)>) {
    match expr {
        Expr::Set(var, value) => found.push((*var, value)),
        Expr::Do(body, value) => {
            body.iter().for_each(|inner| collect(inner, found));
            return collect_in(value, found);
        }
        _ => {}
    }
    expr.each(&mut |inner| collect_in(inner, found));
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
    pub(crate) fn var(&self, var: VarId) -> Rep {
        self.reps[var.0 as usize]
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

    /// Representation that an expression has by itself.
    pub(crate) fn rep(&self, expr: &Expr) -> Rep {
        match expr {
            Expr::Number(_) | Expr::Arith(..) | Expr::Negate(_) | Expr::BitNot(_) => Rep::Number,
            Expr::Bool(_) | Expr::Order(..) | Expr::Same(..) | Expr::Absent(_) | Expr::Not(_) => {
                Rep::Bool
            }
            Expr::Int(_) => Rep::Int,
            Expr::Var(var) | Expr::Set(var, _) => self.var(*var),
            Expr::Add(a, b) => match (self.rep(a), self.rep(b)) {
                (Rep::Value | Rep::Bool, _) | (_, Rep::Value | Rep::Bool) => Rep::Value,
                (a, b) => {
                    if a == Rep::Int || b == Rep::Int {
                        Rep::Int
                    } else {
                        Rep::Number
                    }
                }
            },
            Expr::And(_, b) | Expr::Or(_, b) => match self.rep(b) {
                Rep::Bool => Rep::Bool,
                Rep::Int => Rep::Int,
                _ => Rep::Value,
            },
            Expr::If(_, a, b) => match (self.rep(a), self.rep(b)) {
                (a, b) if a == b => a,
                (Rep::Int, other) | (other, Rep::Int) => other,
                _ => Rep::Value,
            },
            Expr::Do(_, e) | Expr::At(_, e) => self.rep(e),
            Expr::Direct(name, _) => match *name {
                "rt.remainder" | "rt.power" | "rt.unary_plus" => Rep::Number,
                "rt.has" | "rt.less" | "rt.less_equal" | "rt.same" => Rep::Bool,
                "rt.count" | "rt.int32" => Rep::Int,
                _ => Rep::Value,
            },
            _ => Rep::Value,
        }
    }
}
