//! Representations meet. In: a value on the stack in one representation. Out: the same value in another, checked where the program
//! proves nothing.

use purview_js_runtime::value::{NUMBER_LIMIT, Value};
use wasm_encoder::{BlockType, Instruction as I, ValType};

use super::function::Emitter;
use crate::lower::types::Rep;

/// Makes a value of what lies on the stack in this representation.
pub(super) fn boxing(have: Rep) -> Vec<I<'static>> {
    match have {
        Rep::Value => Vec::new(),
        Rep::Number => vec![I::I64ReinterpretF64],
        Rep::Int => vec![I::F64ConvertI32S, I::I64ReinterpretF64],
        Rep::Bool => {
            vec![I::I64ExtendI32U, I::I64Const(Value::FALSE.bits() as i64), I::I64Or]
        }
    }
}

impl Emitter<'_> {
    /// Converts what lies on the stack.
    pub(super) fn convert(&mut self, have: Rep, want: Rep) {
        match (have, want) {
            (have, want) if have == want => {}
            (have, Rep::Value) => boxing(have).into_iter().for_each(|ins| self.op(ins)),
            (Rep::Int, Rep::Number) => self.op(I::F64ConvertI32S),
            (Rep::Number, Rep::Int) => self.op(I::I32TruncSatF64S),
            (Rep::Value, Rep::Number) => self.checked_number(),
            (Rep::Value, Rep::Bool) => self.checked_bool(),
            (Rep::Value, Rep::Int) => {
                self.checked_number();
                self.op(I::I32TruncSatF64S);
            }
            // These fault; what follows is never reached.
            (have, want) => {
                self.convert(have, Rep::Value);
                self.convert(Rep::Value, want);
            }
        }
    }

    /// Takes a value on the stack out of its box; the program proves what is in it.
    pub(super) fn unbox(&mut self, want: Rep) {
        match want {
            Rep::Value => {}
            Rep::Number => self.op(I::F64ReinterpretI64),
            Rep::Int => {
                self.op(I::F64ReinterpretI64);
                self.op(I::I32TruncSatF64S);
            }
            Rep::Bool => {
                self.op(I::I32WrapI64);
                self.op(I::I32Const(1));
                self.op(I::I32And);
            }
        }
    }

    fn checked_number(&mut self) {
        let local = self.take_local(ValType::I64);
        self.op(I::LocalTee(local));
        self.op(I::I64Const(NUMBER_LIMIT as i64));
        self.op(I::I64GeU);
        self.fault_if(local, "rt.not_number");
        self.op(I::LocalGet(local));
        self.op(I::F64ReinterpretI64);
        self.free_local(ValType::I64, local);
    }

    fn checked_bool(&mut self) {
        let local = self.take_local(ValType::I64);
        self.op(I::LocalTee(local));
        self.op(I::I64Const(-2));
        self.op(I::I64And);
        self.bits(Value::FALSE);
        self.op(I::I64Ne);
        self.fault_if(local, "rt.not_boolean");
        self.op(I::LocalGet(local));
        self.op(I::I32WrapI64);
        self.op(I::I32Const(1));
        self.op(I::I32And);
        self.free_local(ValType::I64, local);
    }

    fn fault_if(&mut self, local: u32, entry: &str) {
        self.op(I::If(BlockType::Empty));
        self.here();
        self.op(I::LocalGet(local));
        self.runtime(entry);
        self.op(I::Unreachable);
        self.op(I::End);
    }
}
