//! Expressions → code. In: an expression and the representation that is wanted. Out: instructions that leave one such value.

use purview_js_runtime::value::Value;
use wasm_encoder::{BlockType, Ieee64, Instruction as I, ValType};

use super::{
    code::{Callee, Ins, Symbol},
    function::{CAPTURES_AT, Control, Emitter, Storage, at, at4, val_type},
    runtime::runtime,
};
use crate::lower::{
    ir::{Expr, FuncId, ShapeId, VarId},
    kinds::Kinds,
    types::Rep,
};

/// Tag of function values in the upper 16 bits.
pub(super) const FUNCTION_TAG: i64 = 0xFFFD;
impl Emitter<'_> {
    pub(super) fn undefined(&mut self) {
        self.bits(Value::UNDEFINED);
    }

    pub(super) fn bits(&mut self, value: Value) {
        self.op(I::I64Const(value.bits() as i64));
    }

    /// A condition as `i32`.
    pub(super) fn condition(&mut self, expr: &Expr) {
        self.value(expr, Rep::Bool);
    }

    /// An expression in the representation that is wanted.
    pub(super) fn value(&mut self, expr: &Expr, want: Rep) {
        match expr {
            Expr::At(place, inner) => return self.placed(*place, |this| this.value(inner, want)),
            Expr::Do(body, inner) => {
                body.iter().for_each(|statement| self.statement(statement));
                return self.value(inner, want);
            }
            Expr::If(test, yes, no) => return self.choose(test, yes, no, want),
            Expr::And(left, right) => return self.choose(left, right, &Expr::Bool(false), want),
            Expr::Or(left, right) => return self.choose(left, &Expr::Bool(true), right, want),
            Expr::Number(number) if want == Rep::Value => return self.bits(Value::number(*number)),
            Expr::Number(number) if want == Rep::Number => {
                return self.op(I::F64Const(Ieee64::from(*number)));
            }
            Expr::Bool(value) if want == Rep::Value => return self.bits(Value::bool(*value)),
            _ => {}
        }
        let have = self.natural(expr);
        let kinds = self.facts.kinds(expr);
        let proven = match want {
            Rep::Value => false,
            Rep::Number | Rep::Int => kinds.within(Kinds::NUMBER),
            Rep::Bool => kinds.within(Kinds::BOOL),
        };
        if have == Rep::Value && proven {
            self.unbox(want);
        } else {
            self.convert(have, want);
        }
    }

    fn choose(&mut self, test: &Expr, yes: &Expr, no: &Expr, want: Rep) {
        self.condition(test);
        self.op(I::If(BlockType::Result(val_type(want))));
        self.nested(Control::Plain, |this| this.value(yes, want));
        self.op(I::Else);
        self.nested(Control::Plain, |this| this.value(no, want));
        self.op(I::End);
    }

    /// An expression in the representation that it has.
    fn natural(&mut self, expr: &Expr) -> Rep {
        match expr {
            Expr::Undefined | Expr::Bool(_) | Expr::Number(_) | Expr::Int(_) | Expr::Text(_) => {
                self.literal(expr);
            }
            Expr::Var(var) => return self.read(*var),
            Expr::Set(var, value) => return self.assign(*var, value),
            Expr::Function(function) => self.closure(*function),
            Expr::BuiltinValue(name) => {
                let index = runtime().export(name).unwrap_or_default();
                self.constant(Symbol::Builtin(index));
            }
            Expr::Call(function, var, args) => {
                self.call_arguments(*function, *var, args);
                self.here();
                self.code.body.push(Ins::Call(Callee::User(*function)));
            }
            Expr::CallValue(callee, args) => self.call_value(callee, args, false),
            Expr::CallSpread(callee, array) => self.call_spread(callee, array),
            Expr::Builtin(name, this, args) => self.builtin(name, this, args),
            Expr::BuiltinSpread(name, this, array) => self.builtin_spread(name, this, array),
            Expr::Direct(name, args) => self.direct(name, args),
            Expr::Import(import) => self.constant(Symbol::Import(*import)),
            Expr::Getter(name, object) => {
                self.value(object, Rep::Value);
                self.here();
                self.runtime(&format!("get {name}"));
            }
            Expr::Add(left, right) => self.add(left, right),
            Expr::Arith(op, left, right) => self.arith(*op, left, right),
            Expr::Order(order, left, right) => self.order(*order, left, right),
            Expr::Same(left, right) => self.same(left, right),
            Expr::Absent(value) => self.absent(value),
            Expr::IsArray(value) => self.is_array(value),
            Expr::Not(value) => {
                self.condition(value);
                self.op(I::I32Eqz);
            }
            Expr::Negate(value) => {
                self.value(value, Rep::Number);
                self.op(I::F64Neg);
            }
            Expr::BitNot(value) => {
                self.int32(value);
                self.op(I::I32Const(-1));
                self.op(I::I32Xor);
            }
            Expr::Next(value) => {
                self.value(value, Rep::Int);
                self.op(I::I32Const(1));
                self.op(I::I32Add);
            }
            Expr::Nullish(left, right) => self.nullish(left, right),
            Expr::Optional(inner) => {
                self.block(Control::Optional, BlockType::Result(ValType::I64), |this| {
                    this.value(inner, Rep::Value);
                });
            }
            Expr::ExitIfAbsent(inner) => self.exit_if_absent(inner),
            Expr::Object(pairs) => self.object(pairs),
            Expr::Literal(shape, values) => self.literal_object(*shape, values),
            Expr::Array(items) => self.array(items),
            Expr::At(..) | Expr::Do(..) | Expr::If(..) | Expr::And(..) | Expr::Or(..) => {
                let rep = self.facts.rep(expr);
                self.value(expr, rep);
                return rep;
            }
        }
        self.facts.rep(expr)
    }

    fn literal(&mut self, expr: &Expr) {
        match expr {
            Expr::Bool(value) => self.op(I::I32Const(i32::from(*value))),
            Expr::Number(number) => match self.facts.rep(expr) {
                Rep::Int => self.op(I::I32Const(*number as i32)),
                _ => self.op(I::F64Const(Ieee64::from(*number))),
            },
            Expr::Int(number) => self.op(I::I32Const(*number as i32)),
            Expr::Text(text) => self.constant(Symbol::Text(*text)),
            _ => self.undefined(),
        }
    }

    pub(super) fn read(&mut self, var: VarId) -> Rep {
        if let Some(function) = self.ir.vars[var.0 as usize].function {
            if !self.facts.needs_environment(function) {
                self.constant(Symbol::Function(function));
                return Rep::Value;
            }
            if function == self.function {
                self.op(I::LocalGet(0));
                return Rep::Value;
            }
        }
        match self.storage(var) {
            Storage::Local(local) => self.op(I::LocalGet(local)),
            Storage::Global(global) => self.op(I::GlobalGet(global)),
            Storage::Captured(index) => {
                self.environment();
                self.op(I::I64Load(at(CAPTURES_AT + 8 * u64::from(index))));
                self.unbox(self.rep(var));
            }
            cell @ (Storage::Cell(_) | Storage::CapturedCell(_)) => {
                self.cell_address(cell);
                self.op(I::I64Load(at(0)));
                self.unbox(self.rep(var));
            }
        }
        self.rep(var)
    }

    fn assign(&mut self, var: VarId, value: &Expr) -> Rep {
        let rep = self.rep(var);
        match self.storage(var) {
            Storage::Local(local) => {
                self.value(value, rep);
                self.op(I::LocalTee(local));
            }
            Storage::Global(global) => {
                self.value(value, rep);
                self.op(I::GlobalSet(global));
                self.op(I::GlobalGet(global));
            }
            storage => {
                let local = self.take_local(ValType::I64);
                self.cell_address(storage);
                self.value(value, Rep::Value);
                self.op(I::LocalTee(local));
                self.op(I::I64Store(at(0)));
                self.op(I::LocalGet(local));
                self.unbox(rep);
                self.free_local(ValType::I64, local);
            }
        }
        rep
    }

    /// The value of a function: a constant, or a new one with what it captures.
    fn closure(&mut self, function: FuncId) {
        if !self.facts.needs_environment(function) {
            return self.constant(Symbol::Function(function));
        }
        let captures: Vec<VarId> = self.facts.captures(self.ir, function).collect();
        let arity = self.ir.functions[function.0 as usize].params.len();
        let local = self.take_local(ValType::I32);
        self.op(I::I32Const(CAPTURES_AT as i32 + 8 * captures.len() as i32));
        self.runtime("rt.alloc");
        self.op(I::LocalTee(local));
        self.constant(Symbol::Slot(function));
        self.op(I::I32Store(at4(0)));
        self.op(I::LocalGet(local));
        self.op(I::I32Const(arity as i32));
        self.op(I::I32Store(at4(4)));
        for (index, var) in captures.into_iter().enumerate() {
            self.op(I::LocalGet(local));
            if self.is_cell(var) {
                let storage = self.storage(var);
                self.cell_address(storage);
                self.op(I::I64ExtendI32U);
            } else {
                let rep = self.read(var);
                self.convert(rep, Rep::Value);
            }
            self.op(I::I64Store(at(CAPTURES_AT + 8 * index as u64)));
        }
        self.op(I::LocalGet(local));
        self.op(I::I64ExtendI32U);
        self.op(I::I64Const(FUNCTION_TAG << 48));
        self.op(I::I64Or);
        self.free_local(ValType::I32, local);
    }

    fn object(&mut self, pairs: &[(Expr, Expr)]) {
        let local = self.take_local(ValType::I64);
        self.op(I::I32Const(pairs.len() as i32));
        self.runtime("rt.object");
        self.op(I::LocalSet(local));
        for (name, value) in pairs {
            self.op(I::LocalGet(local));
            self.value(name, Rep::Value);
            self.value(value, Rep::Value);
            self.here();
            self.runtime("rt.set");
        }
        self.op(I::LocalGet(local));
        self.free_local(ValType::I64, local);
    }

    /// An object whose names lie in the module.
    fn literal_object(&mut self, shape: ShapeId, values: &[Expr]) {
        let (base, bytes) = self.push_arguments(values);
        self.constant(Symbol::Shape(shape));
        self.op(I::I32Const(values.len() as i32));
        self.op(I::LocalGet(base));
        self.runtime("rt.literal");
        self.pop_arguments(base, bytes);
    }

    pub(super) fn array(&mut self, items: &[Expr]) {
        let local = self.take_local(ValType::I64);
        self.op(I::I32Const(items.len() as i32));
        self.runtime("rt.array");
        self.op(I::LocalSet(local));
        for item in items {
            self.op(I::LocalGet(local));
            self.value(item, Rep::Value);
            self.runtime("rt.push");
        }
        self.op(I::LocalGet(local));
        self.free_local(ValType::I64, local);
    }
}
