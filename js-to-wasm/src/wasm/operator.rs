//! Operators → code. In: operands and what is known of them. Out: instructions that leave the result in the operator's representation.

use purview_js_runtime::value::NUMBER_LIMIT;
use wasm_encoder::{BlockType, Instruction as I, ValType};

use super::function::{Control, Emitter};
use crate::lower::{
    ir::{Arith, Expr, Order},
    kinds::Kinds,
    types::Rep,
};

/// What happens to operands that are not both numbers.
struct Otherwise {
    /// The entry of the library.
    entry: &'static str,
    /// It takes the right operand first.
    swapped: bool,
    result: ValType,
}

impl Emitter<'_> {
    pub(super) fn add(&mut self, left: &Expr, right: &Expr) {
        let (a, b) = (self.facts.kinds(left), self.facts.kinds(right));
        if a.within(Kinds::NUMBER) && b.within(Kinds::NUMBER) {
            self.value(left, Rep::Number);
            self.value(right, Rep::Number);
            return self.op(I::F64Add);
        }
        if !a.meets(Kinds::NUMBER) || !b.meets(Kinds::NUMBER) {
            self.value(left, Rep::Value);
            self.value(right, Rep::Value);
            self.here();
            return self.runtime("rt.add");
        }
        let other = Otherwise { entry: "rt.add", swapped: false, result: ValType::I64 };
        self.on_numbers(left, right, &[I::F64Add, I::I64ReinterpretF64], &other);
    }

    /// `instructions` on two numbers, an entry of the library on anything else.
    fn on_numbers(
        &mut self,
        left: &Expr,
        right: &Expr,
        instructions: &[I<'static>],
        other: &Otherwise,
    ) {
        let locals = [left, right].map(|operand| {
            let local = self.take_local(ValType::I64);
            self.value(operand, Rep::Value);
            self.op(I::LocalSet(local));
            local
        });
        for local in locals {
            self.op(I::LocalGet(local));
            self.op(I::I64Const(NUMBER_LIMIT as i64));
            self.op(I::I64LtU);
        }
        self.op(I::I32And);
        self.op(I::If(BlockType::Result(other.result)));
        for local in locals {
            self.op(I::LocalGet(local));
            self.op(I::F64ReinterpretI64);
        }
        instructions.iter().for_each(|instruction| self.op(instruction.clone()));
        self.op(I::Else);
        let [first, second] = locals;
        self.op(I::LocalGet(if other.swapped { second } else { first }));
        self.op(I::LocalGet(if other.swapped { first } else { second }));
        self.here();
        self.runtime(other.entry);
        self.op(I::End);
        locals.into_iter().for_each(|local| self.free_local(ValType::I64, local));
    }

    pub(super) fn int32(&mut self, value: &Expr) {
        if self.facts.rep(value) == Rep::Int {
            return self.value(value, Rep::Int);
        }
        let local = self.take_local(ValType::F64);
        self.value(value, Rep::Number);
        self.op(I::LocalTee(local));
        self.op(I::I32TruncSatF64S);
        self.op(I::F64ConvertI32S);
        self.op(I::LocalGet(local));
        self.op(I::F64Eq);
        self.op(I::If(BlockType::Result(ValType::I32)));
        self.op(I::LocalGet(local));
        self.op(I::I32TruncSatF64S);
        self.op(I::Else);
        self.op(I::LocalGet(local));
        self.runtime("rt.int32");
        self.op(I::End);
        self.free_local(ValType::F64, local);
    }

    pub(super) fn arith(&mut self, op: Arith, left: &Expr, right: &Expr) {
        let float = match op {
            Arith::Sub => Some(I::F64Sub),
            Arith::Mul => Some(I::F64Mul),
            Arith::Div => Some(I::F64Div),
            _ => None,
        };
        if let Some(instruction) = float {
            self.value(left, Rep::Number);
            self.value(right, Rep::Number);
            return self.op(instruction);
        }
        if let Arith::Rem | Arith::Pow = op {
            self.value(left, Rep::Number);
            self.value(right, Rep::Number);
            return self.runtime(if op == Arith::Rem { "rt.remainder" } else { "rt.power" });
        }
        self.int32(left);
        self.int32(right);
        self.op(match op {
            Arith::BitAnd => I::I32And,
            Arith::BitOr => I::I32Or,
            Arith::BitXor => I::I32Xor,
            Arith::Shl => I::I32Shl,
            Arith::Shr => I::I32ShrS,
            _ => I::I32ShrU,
        });
        if op == Arith::UShr {
            self.op(I::F64ConvertI32U);
        }
    }

    pub(super) fn order(&mut self, order: Order, left: &Expr, right: &Expr) {
        if self.facts.rep(left) == Rep::Int && self.facts.rep(right) == Rep::Int {
            self.value(left, Rep::Int);
            self.value(right, Rep::Int);
            return self.op(match order {
                Order::Less => I::I32LtS,
                Order::LessEqual => I::I32LeS,
                Order::Greater => I::I32GtS,
                Order::GreaterEqual => I::I32GeS,
            });
        }
        let number = |expr: &Expr, this: &Self| this.facts.kinds(expr).within(Kinds::NUMBER);
        let instruction = match order {
            Order::Less => I::F64Lt,
            Order::LessEqual => I::F64Le,
            Order::Greater => I::F64Gt,
            Order::GreaterEqual => I::F64Ge,
        };
        if number(left, self) || number(right, self) {
            self.value(left, Rep::Number);
            self.value(right, Rep::Number);
            return self.op(instruction);
        }
        let less = matches!(order, Order::Less | Order::Greater);
        let other = Otherwise {
            entry: if less { "rt.less" } else { "rt.less_equal" },
            // `a > b` is `b < a`: both are evaluated already.
            swapped: matches!(order, Order::Greater | Order::GreaterEqual),
            result: ValType::I32,
        };
        self.on_numbers(left, right, &[instruction], &other);
    }

    pub(super) fn same(&mut self, left: &Expr, right: &Expr) {
        let (a, b) = (self.facts.kinds(left), self.facts.kinds(right));
        let reps = (self.facts.rep(left), self.facts.rep(right));
        // Kinds whose equal values may differ in their bits.
        let loose = [Kinds::NUMBER, Kinds::STRING, Kinds::ABSENT];
        let (rep, instruction) = if reps == (Rep::Int, Rep::Int) || reps == (Rep::Bool, Rep::Bool) {
            (reps.0, I::I32Eq)
        } else if a.within(Kinds::NUMBER) && b.within(Kinds::NUMBER) {
            (Rep::Number, I::F64Eq)
        } else if loose.iter().all(|kind| !a.meets(*kind) || !b.meets(*kind)) {
            (Rep::Value, I::I64Eq)
        } else {
            self.value(left, Rep::Value);
            self.value(right, Rep::Value);
            return self.runtime("rt.same");
        };
        self.value(left, rep);
        self.value(right, rep);
        self.op(instruction);
    }

    pub(super) fn absent(&mut self, value: &Expr) {
        if self.facts.rep(value) != Rep::Value {
            self.effect(value);
            return self.op(I::I32Const(0));
        }
        self.value(value, Rep::Value);
        self.is_absent();
    }

    /// Whether the value on the stack is `undefined` or null.
    fn is_absent(&mut self) {
        self.op(I::I64Const(-2));
        self.op(I::I64And);
        self.undefined();
        self.op(I::I64Eq);
    }

    pub(super) fn nullish(&mut self, left: &Expr, right: &Expr) {
        let local = self.take_local(ValType::I64);
        self.value(left, Rep::Value);
        self.op(I::LocalTee(local));
        self.is_absent();
        self.op(I::If(BlockType::Result(ValType::I64)));
        self.nested(Control::Plain, |this| this.value(right, Rep::Value));
        self.op(I::Else);
        self.op(I::LocalGet(local));
        self.op(I::End);
        self.free_local(ValType::I64, local);
    }

    pub(super) fn exit_if_absent(&mut self, inner: &Expr) {
        let local = self.take_local(ValType::I64);
        self.value(inner, Rep::Value);
        self.op(I::LocalTee(local));
        self.is_absent();
        self.op(I::If(BlockType::Empty));
        self.nested(Control::Plain, |this| {
            this.undefined();
            let depth = this.depth(Control::Optional);
            this.op(I::Br(depth));
        });
        self.op(I::End);
        self.op(I::LocalGet(local));
        self.free_local(ValType::I64, local);
    }
}
