//! Calls → code: of functions of the program, of built-ins, of function values, of imports. In: callee and arguments. Out: instructions that
//! leave the result.

use wasm_encoder::{BlockType, Instruction as I, ValType};

use super::{
    code::{Callee, Ins, Symbol},
    expression::FUNCTION_TAG,
    function::{Emitter, STACK, at, at4},
    runtime::runtime,
};
use crate::lower::{
    ir::{Expr, FuncId, VarId},
    types::Rep,
};

/// Type index of function values' code; the module writer puts it there.
pub(super) const CLOSURE_TYPE: u32 = 0;

impl Emitter<'_> {
    /// Everything that a direct call takes: the function's value if it needs one, parameters, the array of the rest.
    pub(super) fn call_arguments(&mut self, function: FuncId, var: Option<VarId>, args: &[Expr]) {
        if self.facts.needs_environment(function) {
            match var {
                _ if function == self.function => self.op(I::LocalGet(0)),
                Some(var) => {
                    self.read(var);
                }
                None => self.undefined(),
            }
        }
        let callee = &self.ir.functions[function.0 as usize];
        let (params, rest) = (callee.params.len(), callee.rest.is_some());
        let given = args.len().min(params);
        for (arg, param) in args[..given].iter().zip(&callee.params) {
            self.value(arg, self.rep(*param));
        }
        // What is not given can be absent, so it is not proven to be anything else.
        (given..params).for_each(|_| self.undefined());
        if rest {
            self.array(&args[given..]);
        } else {
            // Arguments that nobody takes are evaluated all the same.
            args[given..].iter().for_each(|arg| self.effect(arg));
        }
    }

    /// Stores arguments below the stack pointer, and gives the local that holds their address. The stack pointer is moved.
    pub(super) fn push_arguments(&mut self, args: &[Expr]) -> (u32, i32) {
        let bytes = (args.len() as i32 * 8 + 15) & !15;
        let base = self.take_local(ValType::I32);
        self.op(I::GlobalGet(STACK));
        self.op(I::I32Const(bytes));
        self.op(I::I32Sub);
        self.op(I::LocalTee(base));
        self.op(I::GlobalSet(STACK));
        for (index, arg) in args.iter().enumerate() {
            self.op(I::LocalGet(base));
            self.value(arg, Rep::Value);
            self.op(I::I64Store(at(8 * index as u64)));
        }
        (base, bytes)
    }

    pub(super) fn pop_arguments(&mut self, base: u32, bytes: i32) {
        self.op(I::LocalGet(base));
        self.op(I::I32Const(bytes));
        self.op(I::I32Add);
        self.op(I::GlobalSet(STACK));
        self.free_local(ValType::I32, base);
    }

    pub(super) fn builtin(&mut self, name: &str, this: &Expr, args: &[Expr]) {
        if self.inlined(name, args) {
            return;
        }
        self.value(this, Rep::Value);
        if args.is_empty() {
            self.op(I::I32Const(0));
            self.op(I::I32Const(0));
            self.here();
            return self.runtime(name);
        }
        let (base, bytes) = self.push_arguments(args);
        self.op(I::I32Const(args.len() as i32));
        self.op(I::LocalGet(base));
        self.here();
        self.runtime(name);
        self.pop_arguments(base, bytes);
    }

    /// Built-ins that are one instruction on numbers.
    fn inlined(&mut self, name: &str, args: &[Expr]) -> bool {
        let instruction = match (name, args) {
            ("Math.floor", [_]) => I::F64Floor,
            ("Math.ceil", [_]) => I::F64Ceil,
            ("Math.trunc", [_]) => I::F64Trunc,
            ("Math.abs", [_]) => I::F64Abs,
            ("Math.sqrt", [_]) => I::F64Sqrt,
            _ => return false,
        };
        self.value(&args[0], Rep::Number);
        self.op(instruction);
        self.convert(Rep::Number, Rep::Value);
        true
    }

    pub(super) fn builtin_spread(&mut self, name: &str, this: &Expr, array: &Expr) {
        let local = self.take_local(ValType::I64);
        self.value(this, Rep::Value);
        self.value(array, Rep::Value);
        self.op(I::LocalTee(local));
        self.runtime("rt.count");
        self.op(I::LocalGet(local));
        self.runtime("rt.items");
        self.here();
        self.runtime(name);
        self.free_local(ValType::I64, local);
    }

    /// A call of a function value.
    pub(super) fn call_value(&mut self, callee: &Expr, args: &[Expr], tail: bool) {
        let function = self.take_local(ValType::I64);
        self.value(callee, Rep::Value);
        self.op(I::LocalTee(function));
        self.op(I::I64Const(48));
        self.op(I::I64ShrU);
        self.op(I::I64Const(FUNCTION_TAG));
        self.op(I::I64Ne);
        self.op(I::If(BlockType::Empty));
        self.here();
        self.op(I::LocalGet(function));
        self.runtime("rt.callee");
        self.op(I::Drop);
        self.op(I::End);
        let (base, bytes) = self.push_arguments(args);
        if tail {
            // The callee finds its arguments where nothing else lies, so that this function's stack can go.
            for index in 0..args.len() {
                self.constant(Symbol::Scratch);
                self.op(I::LocalGet(base));
                self.op(I::I64Load(at(8 * index as u64)));
                self.op(I::I64Store(at(8 * index as u64)));
            }
            self.pop_arguments(base, bytes);
        }
        self.op(I::LocalGet(function));
        self.op(I::I32Const(args.len() as i32));
        match tail {
            true => self.constant(Symbol::Scratch),
            false => self.op(I::LocalGet(base)),
        }
        self.op(I::LocalGet(function));
        self.op(I::I32WrapI64);
        self.op(I::I32Load(at4(0)));
        self.free_local(ValType::I64, function);
        self.here();
        if tail {
            self.op(I::ReturnCallIndirect { type_index: CLOSURE_TYPE, table_index: 0 });
        } else {
            self.op(I::CallIndirect { type_index: CLOSURE_TYPE, table_index: 0 });
            self.pop_arguments(base, bytes);
        }
    }

    /// A call of a function value with an array of arguments.
    pub(super) fn call_spread(&mut self, callee: &Expr, array: &Expr) {
        self.value(callee, Rep::Value);
        self.value(array, Rep::Value);
        self.here();
        self.runtime("rt.call_spread");
    }

    /// A call of an entry of the library with a signature of its own.
    pub(super) fn direct(&mut self, name: &'static str, args: &[Expr]) {
        if self.looks_itself(name, args) {
            return;
        }
        let index =
            runtime().export(name).unwrap_or_else(|| unreachable!("the runtime has no `{name}`"));
        let params = runtime().type_of(index).params();
        for (arg, ty) in args.iter().zip(params) {
            let rep = match ty {
                wasmparser::ValType::F64 => Rep::Number,
                wasmparser::ValType::I32 => Rep::Int,
                _ => Rep::Value,
            };
            self.value(arg, rep);
        }
        self.here();
        self.code.body.push(Ins::Call(Callee::Runtime(index)));
    }
}
