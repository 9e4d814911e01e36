//! The text form of [`Ir`], for reading and for tests. In: a program and what is known of it. Out: text, one statement a line, expressions
//! in brackets with the operator first. Places are left out: they change with every edit of the source.
//!
//! ```text
//! function 1 handler(%0 req) -> value
//!   let %1 sum: number = 0
//!   return (builtin Response.text undefined (add "" %1))
//! ```

use std::fmt::Write as _;

use super::{
    ir::{Expr, FuncId, Function, Ir, Stmt, VarId},
    types::Facts,
};

/// The whole program as text.
pub(crate) fn print(ir: &Ir, facts: &Facts) -> String {
    let mut printer = Printer { ir, facts, text: String::new(), depth: 0 };
    for (var, value) in &ir.constants {
        printer.with(format!("const {} = ", printer.declared(*var)), value);
    }
    for (index, function) in ir.functions.iter().enumerate() {
        printer.function(FuncId(index as u32), function);
    }
    printer.text
}

struct Printer<'a> {
    ir: &'a Ir,
    facts: &'a Facts,
    text: String,
    depth: usize,
}

impl Printer<'_> {
    fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "{:1$}{line}", "", self.depth * 2);
    }

    fn function(&mut self, id: FuncId, function: &Function) {
        let mut head = format!("function {} {}(", id.0, function.name);
        let params: Vec<String> = function.params.iter().map(|var| self.declared(*var)).collect();
        head += &params.join(", ");
        if let Some(rest) = function.rest {
            let _ = write!(head, "…{}", self.declared(rest));
        }
        let _ = write!(head, ") -> {}", self.facts.result(id));
        if self.ir.entry == Some(id) {
            head += " entry";
        }
        if self.facts.needs_environment(id) {
            let captures = self.facts.captures(self.ir, id).map(|var| format!(" %{}", var.0));
            head += " captures";
            head.extend(captures);
        }
        self.line(&head);
        self.depth += 1;
        self.body(&function.body);
        self.depth -= 1;
    }

    /// A variable where it is declared, with its name and representation.
    fn declared(&self, var: VarId) -> String {
        let mut text = format!("%{}", var.0);
        let name = &self.ir.vars[var.0 as usize].name;
        if !name.is_empty() {
            let _ = write!(text, " {name}");
        }
        let _ = write!(text, ": {}", self.facts.var(var));
        text
    }

    fn body(&mut self, body: &[Stmt]) {
        body.iter().for_each(|statement| self.statement(statement));
    }

    fn nested(&mut self, head: &str, body: &[Stmt]) {
        self.line(head);
        self.depth += 1;
        self.body(body);
        self.depth -= 1;
    }

    fn statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Expr(value) => self.with(String::new(), value),
            Stmt::Let(var, value) => self.with(format!("let {} = ", self.declared(*var)), value),
            Stmt::Open(vars) => {
                let vars: Vec<String> = vars.iter().map(|var| format!(" %{}", var.0)).collect();
                self.line(&format!("open{}", vars.concat()));
            }
            Stmt::If(test, yes, no) => {
                self.with("if ".to_owned(), test);
                self.depth += 1;
                self.body(yes);
                self.depth -= 1;
                if !no.is_empty() {
                    self.nested("else", no);
                }
            }
            Stmt::Return(value) => self.with("return ".to_owned(), value),
            Stmt::Block(label, body) => self.nested(&format!("block {}", label.0), body),
            Stmt::Loop(label, body) => self.nested(&format!("loop {}", label.0), body),
            Stmt::Leave(label) => self.line(&format!("leave {}", label.0)),
            Stmt::Again(label) => self.line(&format!("again {}", label.0)),
        }
    }

    /// A line with an expression; statements inside of it stand below, deeper.
    fn with(&mut self, mut line: String, value: &Expr) {
        let mut inner = Vec::new();
        self.expression(&mut line, value, &mut inner);
        self.line(&line);
        self.depth += 2;
        for (number, body) in inner.into_iter().enumerate() {
            self.nested(&format!("do {number}"), body);
        }
        self.depth -= 2;
    }

    fn expression<'e>(&self, out: &mut String, expr: &'e Expr, inner: &mut Vec<&'e [Stmt]>) {
        match expr {
            Expr::Undefined => out.push_str("undefined"),
            Expr::Bool(value) => {
                let _ = write!(out, "{value}");
            }
            Expr::Number(value) => {
                let _ = write!(out, "{value}");
            }
            Expr::Int(value) => {
                let _ = write!(out, "#{value}");
            }
            Expr::Text(text) => {
                let text = String::from_utf8_lossy(&self.ir.texts.list[text.0 as usize]);
                let _ = write!(out, "{text:?}");
            }
            Expr::Var(var) => {
                let _ = write!(out, "%{}", var.0);
            }
            Expr::Literal(shape, values) => {
                out.push_str("(literal");
                for (name, value) in self.ir.shapes.list[shape.0 as usize].iter().zip(values) {
                    let name = String::from_utf8_lossy(&self.ir.texts.list[name.0 as usize]);
                    let _ = write!(out, " {name}: ");
                    self.expression(out, value, inner);
                }
                out.push(')');
            }
            Expr::At(_, value) => self.expression(out, value, inner),
            Expr::Do(body, value) => {
                let _ = write!(out, "(do {} ", inner.len());
                inner.push(body);
                self.expression(out, value, inner);
                out.push(')');
            }
            _ => {
                out.push('(');
                out.push_str(&operator(expr));
                expr.each_operand(&mut |operand| {
                    out.push(' ');
                    self.expression(out, operand, inner);
                });
                out.push(')');
            }
        }
    }
}

/// The word before the operands.
fn operator(expr: &Expr) -> String {
    match expr {
        Expr::Set(var, _) => format!("set %{}", var.0),
        Expr::Function(function) => format!("function {}", function.0),
        Expr::BuiltinValue(name) => format!("value {name}"),
        Expr::Call(function, _, _) => format!("call {}", function.0),
        Expr::CallValue(..) => "call-value".to_owned(),
        Expr::CallSpread(..) => "call-spread".to_owned(),
        Expr::Builtin(name, ..) => format!("builtin {name}"),
        Expr::BuiltinSpread(name, ..) => format!("builtin-spread {name}"),
        Expr::Direct(name, _) => (*name).to_owned(),
        Expr::Import(import) => format!("import {}", import.0),
        Expr::Getter(name, _) => format!("get {name}"),
        Expr::Arith(op, ..) => format!("{op:?}").to_lowercase(),
        Expr::Order(order, ..) => format!("{order:?}").to_lowercase(),
        Expr::Add(..) => "add".to_owned(),
        Expr::Same(..) => "same".to_owned(),
        Expr::Absent(_) => "absent".to_owned(),
        Expr::IsArray(_) => "is-array".to_owned(),
        Expr::Not(_) => "not".to_owned(),
        Expr::Negate(_) => "negate".to_owned(),
        Expr::BitNot(_) => "bitnot".to_owned(),
        Expr::Next(_) => "next".to_owned(),
        Expr::And(..) => "and".to_owned(),
        Expr::Or(..) => "or".to_owned(),
        Expr::Nullish(..) => "nullish".to_owned(),
        Expr::If(..) => "if".to_owned(),
        Expr::Optional(_) => "optional".to_owned(),
        Expr::ExitIfAbsent(_) => "exit-if-absent".to_owned(),
        Expr::Object(_) => "object".to_owned(),
        Expr::Array(_) => "array".to_owned(),
        // These are written without brackets.
        Expr::Undefined
        | Expr::Bool(_)
        | Expr::Number(_)
        | Expr::Text(_)
        | Expr::Int(_)
        | Expr::Var(_)
        | Expr::Literal(..)
        | Expr::Do(..)
        | Expr::At(..) => String::new(),
    }
}
