//! First values of the top level that are literals lie in the memory image. In: the lowered program. Out: the same with fewer statements
//! in the function that runs the top level, or without that function. What is in the image is new in each instance, so it may be changed.

use super::ir::{Expr, Ir, Stmt};

/// Takes literals out of the top level.
pub(super) fn place(ir: &mut Ir) {
    let Some(start) = ir.start else { return };
    let body = std::mem::take(&mut ir.functions[start.0 as usize].body);
    let mut rest = Vec::with_capacity(body.len());
    for statement in body {
        match statement {
            // Nothing happens here: such a variable is never read.
            Stmt::Let(var, Expr::Function(function))
                if ir.vars[var.0 as usize].function == Some(function)
                    && ir.functions[function.0 as usize].captures.is_empty() => {}
            Stmt::Let(var, value)
                if ir.vars[var.0 as usize].global
                    && ir.vars[var.0 as usize].function.is_none()
                    && is_constant(ir, &value) =>
            {
                ir.constants.push((var, value));
            }
            other => rest.push(other),
        }
    }
    if rest.iter().all(|statement| matches!(statement, Stmt::Open(_))) {
        ir.start = None;
        rest.clear();
    }
    ir.functions[start.0 as usize].body = rest;
}

fn is_constant(ir: &Ir, value: &Expr) -> bool {
    match value {
        Expr::Undefined | Expr::Bool(_) | Expr::Number(_) | Expr::Text(_) => true,
        Expr::Function(function) => ir.functions[function.0 as usize].captures.is_empty(),
        // Statements in between may have changed a variable that is assigned.
        Expr::Var(var) => {
            !ir.vars[var.0 as usize].assigned && ir.constants.iter().any(|(known, _)| known == var)
        }
        Expr::At(_, inner) => is_constant(ir, inner),
        Expr::Array(items) | Expr::Literal(_, items) => {
            items.iter().all(|item| is_constant(ir, item))
        }
        _ => false,
    }
}
