//! The code behind a function value. In: a function of the program. Out: a function with the calling convention of all function values
//! that takes the arguments from memory and calls the function directly.

use purview_js_runtime::value::Value;
use wasm_encoder::{BlockType, Function, Instruction, ValType};

use super::{
    Plan,
    code::{Callee, Resolve},
    convert::boxing,
    function::at,
};
use crate::lower::{ir::FuncId, types::Rep};

/// Locals: the function value, number of arguments, their address.
const THIS: u32 = 0;
const COUNT: u32 = 1;
const ADDRESS: u32 = 2;

pub(super) fn wrap(plan: &Plan<'_>, id: FuncId) -> Function {
    let source = &plan.ir.functions[id.0 as usize];
    let mut body = Function::new([]);
    if source.params.iter().any(|param| plan.facts.rep_of(*param) != Rep::Value) {
        // Every caller is known and calls directly.
        body.instruction(&Instruction::Unreachable);
        body.instruction(&Instruction::End);
        return body;
    }
    if plan.facts.needs_environment(id) {
        body.instruction(&Instruction::LocalGet(THIS));
    }
    for index in 0..source.params.len() {
        body.instruction(&Instruction::LocalGet(COUNT));
        body.instruction(&Instruction::I32Const(index as i32));
        body.instruction(&Instruction::I32GtU);
        body.instruction(&Instruction::If(BlockType::Result(ValType::I64)));
        body.instruction(&Instruction::LocalGet(ADDRESS));
        body.instruction(&Instruction::I64Load(at(8 * index as u64)));
        body.instruction(&Instruction::Else);
        body.instruction(&Instruction::I64Const(Value::UNDEFINED.bits() as i64));
        body.instruction(&Instruction::End);
    }
    if source.rest.is_some() {
        let from = Value::number(source.params.len() as f64);
        body.instruction(&Instruction::I64Const(from.bits() as i64));
        body.instruction(&Instruction::LocalGet(COUNT));
        body.instruction(&Instruction::LocalGet(ADDRESS));
        let rest = plan.runtime.export("rt.rest").unwrap_or_default();
        body.instruction(&Instruction::Call(plan.function(Callee::Runtime(rest))));
    }
    let callee = plan.function(Callee::User(id));
    match plan.facts.result_rep(id) {
        Rep::Value => {
            body.instruction(&Instruction::ReturnCall(callee));
        }
        rep => {
            body.instruction(&Instruction::Call(callee));
            boxing(rep).into_iter().for_each(|instruction| {
                body.instruction(&instruction);
            });
        }
    }
    body.instruction(&Instruction::End);
    body
}
