//! Which functions use which variables of others, found anew after a pass that moved code. In: the program. Out: the captures of each
//! function, and which variables are captured.

use super::ir::{Expr, FuncId, Ir, Stmt, VarId};

/// Finds all captures.
pub(super) fn find(ir: &mut Ir) {
    ir.functions.iter_mut().for_each(|function| function.captures.clear());
    ir.vars.iter_mut().for_each(|var| var.captured = false);
    for index in 0..ir.functions.len() {
        let mut used = Vec::new();
        let body = std::mem::take(&mut ir.functions[index].body);
        body.iter().for_each(|statement| statement_uses(statement, &mut used));
        ir.functions[index].body = body;
        used.into_iter().for_each(|var| capture(ir, var, FuncId(index as u32)));
    }
    // What nobody captures is not read before its declaration either.
    ir.vars.iter_mut().for_each(|var| var.early &= var.captured);
}

fn capture(ir: &mut Ir, var: VarId, user: FuncId) {
    let entry = &mut ir.vars[var.0 as usize];
    if entry.global || entry.owner == user {
        return;
    }
    entry.captured = true;
    let owner = entry.owner;
    let mut function = Some(user);
    while let Some(FuncId(index)) = function.filter(|function| *function != owner) {
        let captures = &mut ir.functions[index as usize].captures;
        if !captures.contains(&var) {
            captures.push(var);
        }
        function = ir.functions[index as usize].parent;
    }
}

fn statement_uses(statement: &Stmt, used: &mut Vec<VarId>) {
    match statement {
        Stmt::Let(var, value) => {
            used.push(*var);
            expression_uses(value, used);
        }
        Stmt::Expr(value) | Stmt::Return(value) => expression_uses(value, used),
        Stmt::If(test, yes, no) => {
            expression_uses(test, used);
            yes.iter().chain(no).for_each(|inner| statement_uses(inner, used));
        }
        Stmt::Block(_, body) | Stmt::Loop(_, body) => {
            body.iter().for_each(|inner| statement_uses(inner, used));
        }
        Stmt::Open(_) | Stmt::Leave(_) | Stmt::Again(_) => {}
    }
}

fn expression_uses(expr: &Expr, used: &mut Vec<VarId>) {
    match expr {
        Expr::Var(var) | Expr::Set(var, _) | Expr::Call(_, Some(var), _) => used.push(*var),
        Expr::Do(body, _) => body.iter().for_each(|inner| statement_uses(inner, used)),
        _ => {}
    }
    expr.each_operand(&mut |inner| expression_uses(inner, used));
}
