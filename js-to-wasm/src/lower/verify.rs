//! The checker of [`Ir`]: what every pass must leave true. In: a program, and facts once they are found. Out: what is wrong, for the
//! compiler's authors. It runs after each pass in builds with debug assertions, which tests and fuzzing are.

use std::collections::HashSet;

use super::{
    ir::{Expr, FuncId, Ir, Label, Stmt, VarId},
    types::{Facts, Rep},
};
use crate::wasm::runtime::runtime;

/// Ends the process with what is wrong, in builds with debug assertions.
pub(crate) fn assert(ir: &Ir, facts: Option<&Facts>, pass: &str) {
    if cfg!(debug_assertions) {
        let wrong = check(ir, facts);
        assert!(wrong.is_empty(), "after {pass}:\n{}", wrong.join("\n"));
    }
}

/// Everything that is wrong.
pub(crate) fn check(ir: &Ir, facts: Option<&Facts>) -> Vec<String> {
    let mut checker = Checker {
        ir,
        facts,
        function: FuncId(0),
        blocks: Vec::new(),
        seen: HashSet::new(),
        in_expression: 0,
        optional: Vec::new(),
        wrong: Vec::new(),
    };
    for index in 0..ir.functions.len() {
        checker.function(FuncId(index as u32));
    }
    checker.function = FuncId(0);
    for (var, value) in &ir.constants {
        checker.assigned(*var, value);
        checker.expression(value);
    }
    checker.wrong
}

/// A block that can be left or begun anew.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Open {
    label: Label,
    is_loop: bool,
}

struct Checker<'a> {
    ir: &'a Ir,
    facts: Option<&'a Facts>,
    function: FuncId,
    blocks: Vec<Open>,
    seen: HashSet<u32>,
    /// How many expressions stand around this place.
    in_expression: u32,
    /// For each enclosing chain: whether arguments of a call stand between it and this place.
    optional: Vec<bool>,
    wrong: Vec<String>,
}

impl Checker<'_> {
    fn wrong(&mut self, what: String) {
        let name = self.ir.functions.get(self.function.0 as usize).map_or("?", |f| &f.name);
        self.wrong.push(format!("function {} {name}: {what}", self.function.0));
    }

    fn function(&mut self, id: FuncId) {
        self.function = id;
        self.seen.clear();
        let function = &self.ir.functions[id.0 as usize];
        for param in function.params.iter().chain(&function.rest) {
            match self.ir.vars.get(param.0 as usize) {
                Some(var) if var.owner == id && var.parameter && !var.global => {}
                _ => self.wrong(format!("%{} is no parameter of its own", param.0)),
            }
        }
        for captured in &function.captures {
            let owner = self.ir.vars.get(captured.0 as usize).map(|var| var.owner);
            if owner == Some(id) || !owner.is_some_and(|owner| self.encloses(owner, id)) {
                self.wrong(format!("%{} is captured from nowhere", captured.0));
            }
        }
        self.body(&function.body);
    }

    fn encloses(&self, outer: FuncId, inner: FuncId) -> bool {
        let parent = self.ir.functions[inner.0 as usize].parent;
        parent.is_some_and(|parent| parent == outer || self.encloses(outer, parent))
    }

    fn var(&mut self, var: VarId) {
        let Some(entry) = self.ir.vars.get(var.0 as usize) else {
            return self.wrong(format!("%{} does not exist", var.0));
        };
        let captures = &self.ir.functions[self.function.0 as usize].captures;
        if !entry.global && entry.owner != self.function && !captures.contains(&var) {
            self.wrong(format!("%{} belongs to another function", var.0));
        }
    }

    fn body(&mut self, body: &[Stmt]) {
        body.iter().for_each(|statement| self.statement(statement));
    }

    fn statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Expr(value) => self.expression(value),
            Stmt::Let(var, value) => {
                self.assigned(*var, value);
                self.expression(value);
            }
            Stmt::Open(vars) => vars.iter().for_each(|var| self.var(*var)),
            Stmt::If(test, yes, no) => {
                self.expression(test);
                self.body(yes);
                self.body(no);
            }
            Stmt::Return(value) => {
                if self.in_expression > 0 {
                    self.wrong("an expression returns from the function".to_owned());
                }
                self.expression(value);
            }
            Stmt::Block(label, body) => self.block(*label, false, body),
            Stmt::Loop(label, body) => self.block(*label, true, body),
            Stmt::Leave(label) => self.jump(*label, false),
            Stmt::Again(label) => self.jump(*label, true),
        }
    }

    fn block(&mut self, label: Label, is_loop: bool, body: &[Stmt]) {
        if !self.seen.insert(label.0) {
            self.wrong(format!("label {} is there twice", label.0));
        }
        self.blocks.push(Open { label, is_loop });
        self.body(body);
        self.blocks.pop();
    }

    fn jump(&mut self, label: Label, is_loop: bool) {
        if !self.blocks.contains(&Open { label, is_loop }) {
            self.wrong(format!("label {} is not around its use", label.0));
        }
    }

    fn assigned(&mut self, var: VarId, value: &Expr) {
        self.var(var);
        let Some(facts) = self.facts else { return };
        let (known, kinds) = (facts.kinds_of(var), facts.kinds(value));
        if known.or(kinds) != known {
            self.wrong(format!("%{} holds {known} and gets {kinds}", var.0));
        }
    }

    fn expression(&mut self, expr: &Expr) {
        self.in_expression += 1;
        match expr {
            Expr::Do(body, value) => {
                // What stands around an expression cannot be left from inside of it.
                let blocks = std::mem::take(&mut self.blocks);
                self.body(body);
                self.blocks = blocks;
                self.expression(value);
            }
            Expr::Optional(inner) => {
                self.optional.push(false);
                self.expression(inner);
                self.optional.pop();
            }
            Expr::ExitIfAbsent(inner) => {
                if self.optional.last() != Some(&false) {
                    self.wrong("an exit stands in no chain, or in a call's arguments".to_owned());
                }
                self.expression(inner);
            }
            Expr::CallValue(first, args) | Expr::Builtin(_, first, args) => {
                self.leaf(expr);
                self.expression(first);
                self.arguments(args);
            }
            _ => {
                self.leaf(expr);
                expr.each_operand(&mut |operand| self.expression(operand));
            }
        }
        self.in_expression -= 1;
    }

    /// Arguments that lie on the stack while the next ones are evaluated.
    fn arguments(&mut self, args: &[Expr]) {
        let outer = self.optional.last_mut().map(|inside| std::mem::replace(inside, true));
        args.iter().for_each(|arg| self.expression(arg));
        if let (Some(last), Some(outer)) = (self.optional.last_mut(), outer) {
            *last = outer;
        }
    }

    /// What can be said of an expression without its operands.
    fn leaf(&mut self, expr: &Expr) {
        match expr {
            Expr::Var(var) => self.var(*var),
            Expr::Set(var, value) => self.assigned(*var, value),
            Expr::Text(text) if text.0 as usize >= self.ir.texts.list.len() => {
                self.wrong(format!("text {} does not exist", text.0));
            }
            Expr::Function(id) if id.0 as usize >= self.ir.functions.len() => {
                self.wrong(format!("function {} does not exist", id.0));
            }
            Expr::Literal(shape, values) => {
                let names = self.ir.shapes.list.get(shape.0 as usize).map(Vec::len);
                if names != Some(values.len()) {
                    self.wrong(format!("shape {} has other names", shape.0));
                }
            }
            Expr::Call(callee, var, args) => self.call(*callee, *var, args),
            Expr::Next(value) if self.facts.is_some_and(|facts| facts.rep(value) != Rep::Int) => {
                self.wrong("what is counted is no integer".to_owned());
            }
            Expr::BuiltinValue(name) | Expr::Builtin(name, ..) | Expr::BuiltinSpread(name, ..) => {
                self.entry(name, 3);
            }
            Expr::Getter(name, _) => self.entry(&format!("get {name}"), 1),
            Expr::Direct(name, args) => self.entry(name, args.len()),
            _ => {}
        }
    }

    fn call(&mut self, callee: FuncId, var: Option<VarId>, args: &[Expr]) {
        let Some(function) = self.ir.functions.get(callee.0 as usize) else {
            return self.wrong(format!("function {} does not exist", callee.0));
        };
        if let Some(var) = var
            && self.ir.vars.get(var.0 as usize).and_then(|var| var.function) != Some(callee)
        {
            self.wrong(format!("%{} is not function {}", var.0, callee.0));
        }
        let Some(facts) = self.facts else { return };
        if facts.needs_environment(callee) && callee != self.function {
            match var {
                Some(var) => self.var(var),
                None => self.wrong(format!("a call of function {} has no value for it", callee.0)),
            }
        }
        for (param, arg) in function.params.iter().zip(args) {
            let (known, kinds) = (facts.kinds_of(*param), facts.kinds(arg));
            if known.or(kinds) != known {
                self.wrong(format!("parameter %{} holds {known} and gets {kinds}", param.0));
            }
        }
        let missing = function.params.get(args.len()..).unwrap_or_default();
        for param in missing.iter().filter(|param| facts.rep_of(**param) != Rep::Value) {
            self.wrong(format!("parameter %{} is not given", param.0));
        }
    }

    /// An entry of the library with this number of parameters.
    fn entry(&mut self, name: &str, params: usize) {
        let found = runtime().export(name).map(|index| runtime().type_of(index).params().len());
        match found {
            None => self.wrong(format!("the library has no `{name}`")),
            Some(wanted) if wanted != params => {
                self.wrong(format!("`{name}` takes {wanted} arguments, not {params}"));
            }
            Some(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        check_source,
        lower::{lower, types},
        source::Files,
    };

    fn program(text: &str) -> Ir {
        let checked = check_source(&Files::one("a.ts", text), "a.ts");
        let program = checked.program.as_ref().expect("the program is accepted");
        let contract = checked.contract.as_ref().expect("and has a contract");
        lower(program, contract).expect("and compiled")
    }

    const TEXT: &str = "const twice = (n: number): number => n * 2;
        export function handler(req: Request): Response {
            let sum = 0;
            for (const n of range(3)) { sum = sum + twice(n); }
            return Response.text(`${sum}`);
        }";

    /// What the checker says after `damage`.
    fn damaged(damage: impl FnOnce(&mut Ir)) -> String {
        let mut ir = program(TEXT);
        damage(&mut ir);
        check(&ir, None).join("\n")
    }

    fn body(ir: &mut Ir) -> &mut Vec<Stmt> {
        let function = ir.functions.iter_mut().find(|function| function.name == "handler");
        &mut function.expect("the program has a handler").body
    }

    #[test]
    fn a_lowered_program_is_in_order() {
        let ir = program(TEXT);
        let facts = types::find(&ir);
        assert_eq!(check(&ir, Some(&facts)), Vec::<String>::new());
    }

    #[test]
    fn damage_is_found() {
        let expr = |value: Expr| move |ir: &mut Ir| body(ir).push(Stmt::Expr(value));
        let statement = |value: Stmt| move |ir: &mut Ir| body(ir).push(value);
        let returning = Expr::Do(vec![Stmt::Return(Expr::Undefined)], Box::new(Expr::Undefined));
        let cases: [(&str, String); 8] = [
            ("%999 does not exist", damaged(expr(Expr::Var(VarId(999))))),
            ("label 77 is not around", damaged(statement(Stmt::Leave(Label(77))))),
            ("no `rt.nonsense`", damaged(expr(Expr::Direct("rt.nonsense", Vec::new())))),
            ("`rt.push` takes 2 arguments", damaged(expr(Expr::Direct("rt.push", Vec::new())))),
            ("an expression returns", damaged(expr(returning))),
            (
                "an exit stands in no chain",
                damaged(expr(Expr::ExitIfAbsent(Box::new(Expr::Undefined)))),
            ),
            ("function 99 does not exist", damaged(expr(Expr::Call(FuncId(99), None, Vec::new())))),
            (
                "belongs to another function",
                damaged(|ir| {
                    let foreign = ir.vars.iter().position(|var| var.name == "n" && var.parameter);
                    let foreign = VarId(foreign.expect("`twice` has a parameter") as u32);
                    body(ir).push(Stmt::Expr(Expr::Var(foreign)));
                }),
            ),
        ];
        for (expected, got) in cases {
            assert!(got.contains(expected), "{expected}: {got}");
        }
    }
}
