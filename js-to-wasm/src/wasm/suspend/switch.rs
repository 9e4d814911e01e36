//! The bodies of the functions that switch. In: the functions that can be left. Out: code. A frame begins with the number of its function,
//! counted from 1 among those with the same type of result; `stop` leaves one with the number 0 that holds the stack pointer.

use std::collections::HashMap;

use wasm_encoder::{BlockType, Function, Instruction as I, MemArg, ValType};
use wasmparser::FuncType;

use super::{Marks, RESULTS, Result};

/// Normal is 0.
pub(super) const STOPPING: i32 = 1;
const GOING_ON: i32 = 2;
/// Offset of the lowest frame's address beside the state.
pub(super) const TOP: u64 = 4;
/// Bytes of what `stop` leaves.
const STOP_BYTES: i32 = 16;
/// Lowest address of a frame.
pub(super) const LOWEST: i32 = 64;

/// Numbers of the functions that can be left.
#[derive(Default)]
pub(super) struct Numbers {
    functions: [Vec<(u32, FuncType)>; RESULTS.len()],
    known: HashMap<u32, (usize, u32)>,
}

impl Numbers {
    pub(super) fn add(&mut self, function: u32, ty: &FuncType) -> Result<()> {
        let class = class(ty)?;
        self.functions[class].push((function, ty.clone()));
        self.known.insert(function, (class, self.functions[class].len() as u32));
        Ok(())
    }

    /// The number of a function.
    pub(super) fn of(&self, function: u32) -> i32 {
        self.known.get(&function).map_or(0, |(_, number)| *number as i32)
    }
}

/// Which of the `back` functions calls functions of this type.
pub(super) fn class(ty: &FuncType) -> Result<usize> {
    let result = match ty.results() {
        [] => None,
        [one] => Some(*one),
        _ => return Err("a function that can be left has several results".to_owned()),
    };
    let class = RESULTS.iter().position(|known| *known == result);
    class.ok_or_else(|| format!("a function that can be left has a result of type {result:?}"))
}

/// The code of a function that switches.
pub(super) fn body(marks: &Marks, numbers: &Numbers, function: u32) -> Option<Vec<u8>> {
    let body = match function {
        _ if function == marks.stop => stop(marks),
        _ if function == marks.run => run(marks),
        _ if function == marks.stack => stack(marks),
        _ => back(marks, numbers, marks.back.iter().position(|back| *back == function)?),
    };
    Some(body.into_raw_body())
}

fn word(offset: u64) -> MemArg {
    MemArg { offset, align: 2, memory_index: 0 }
}

fn write(body: &mut Function, instructions: &[I<'_>]) {
    instructions.iter().for_each(|instruction| {
        body.instruction(instruction);
    });
    body.instruction(&I::End);
}

fn stack(marks: &Marks) -> Function {
    let mut body = Function::new([]);
    write(&mut body, &[I::GlobalGet(marks.pointer)]);
    body
}

fn stop(marks: &Marks) -> Function {
    let mut body = Function::new([(1, ValType::I32)]);
    let (state, frame) = (I::I32Const(marks.state as i32), 0);
    write(
        &mut body,
        &[
            I::GlobalGet(marks.pointer),
            I::I32Const(STOP_BYTES + LOWEST),
            I::I32LtU,
            I::If(BlockType::Empty),
            I::Call(marks.full),
            I::Unreachable,
            I::End,
            I::GlobalGet(marks.pointer),
            I::I32Const(STOP_BYTES),
            I::I32Sub,
            I::LocalTee(frame),
            I::I32Const(0),
            I::I32Store(word(0)),
            I::LocalGet(frame),
            I::GlobalGet(marks.pointer),
            I::I32Store(word(4)),
            state.clone(),
            I::LocalGet(frame),
            I::I32Store(word(TOP)),
            state,
            I::I32Const(STOPPING),
            I::I32Store(word(0)),
        ],
    );
    body
}

/// Parameters: the function value, where the branch's stack begins, whether it goes on.
fn run(marks: &Marks) -> Function {
    let mut body = Function::new([(1, ValType::I32)]);
    let (function, base, go_on, saved) = (0, 1, 2, 3);
    let pointer = marks.pointer;
    write(
        &mut body,
        &[
            I::GlobalGet(pointer),
            I::LocalTee(saved),
            I::LocalGet(base),
            I::I32LtU,
            I::If(BlockType::Empty),
            I::Unreachable,
            I::End,
            I::LocalGet(base),
            I::GlobalSet(pointer),
            I::LocalGet(go_on),
            I::If(BlockType::Result(ValType::I64)),
            I::I32Const(marks.state as i32),
            I::I32Const(GOING_ON),
            I::I32Store(word(0)),
            I::Call(marks.back[2]),
            I::Else,
            I::LocalGet(function),
            I::I32Const(0),
            I::I32Const(8),
            I::LocalGet(function),
            I::I32WrapI64,
            I::I32Load(word(0)),
            I::CallIndirect { type_index: marks.closure, table_index: 0 },
            I::End,
            I::LocalGet(saved),
            I::GlobalSet(pointer),
        ],
    );
    body
}

/// Calls the function of the lowest frame.
fn back(marks: &Marks, numbers: &Numbers, class: usize) -> Function {
    let mut body = Function::new([]);
    let functions = &numbers.functions[class];
    let mut code = Vec::new();
    let count = functions.len() as u32;
    // The outermost block is for what cannot be, then one for each number.
    (0..count + 2).for_each(|_| code.push(I::Block(BlockType::Empty)));
    let top = [I::I32Const(marks.state as i32), I::I32Load(word(TOP))];
    code.extend(top.iter().cloned());
    let labels: Vec<u32> = (0..=count).collect();
    code.extend([I::I32Load(word(0)), I::BrTable(labels.into(), count + 1), I::End]);
    if class == 0 {
        code.extend(top.iter().cloned());
        code.extend([I::I32Load(word(4)), I::GlobalSet(marks.pointer)]);
        let state = I::I32Const(marks.state as i32);
        code.push(state.clone());
        code.extend(top);
        code.extend([I::I32Const(STOP_BYTES), I::I32Add, I::I32Store(word(TOP))]);
        code.extend([state, I::I32Const(0), I::I32Store(word(0)), I::Return]);
    } else {
        code.push(I::Unreachable);
    }
    for (function, ty) in functions {
        code.push(I::End);
        code.extend(ty.params().iter().map(zero));
        code.extend([I::Call(*function), I::Return]);
    }
    code.extend([I::End, I::Unreachable]);
    write(&mut body, &code);
    body
}

/// Nothing of a type.
pub(super) fn zero(ty: &wasmparser::ValType) -> I<'static> {
    match ty {
        wasmparser::ValType::I64 => I::I64Const(0),
        wasmparser::ValType::F64 => I::F64Const(0.0.into()),
        wasmparser::ValType::F32 => I::F32Const(0.0.into()),
        wasmparser::ValType::V128 => I::V128Const(0),
        _ => I::I32Const(0),
    }
}
