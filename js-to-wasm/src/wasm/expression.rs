//! Expressions → code. In: an expression and the representation that is wanted. Out: instructions that leave one such value.

use purview_js_runtime::value::{NUMBER_LIMIT, Value};
use wasm_encoder::{BlockType, Ieee64, Instruction as I, ValType};

use super::{
    code::{Callee, Ins, Symbol},
    function::{CAPTURES_AT, Control, Emitter, STACK, Storage, at, at4, val_type},
    runtime::runtime,
};
use crate::lower::{
    ir::{Arith, Expr, FuncId, Order, VarId},
    types::Rep,
};

/// Tag of function values in the upper 16 bits.
const FUNCTION_TAG: i64 = 0xFFFD;
/// Type index of function values' code; the module writer puts it there.
pub(super) const CLOSURE_TYPE: u32 = 0;

impl Emitter<'_> {
    pub(super) fn undefined(&mut self) {
        self.bits(Value::UNDEFINED);
    }

    fn bits(&mut self, value: Value) {
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
            Expr::Bool(value) if want == Rep::Value => return self.bits(Value::bool(*value)),
            _ => {}
        }
        let have = self.natural(expr);
        self.convert(have, want);
    }

    fn choose(&mut self, test: &Expr, yes: &Expr, no: &Expr, want: Rep) {
        self.condition(test);
        self.op(I::If(BlockType::Result(val_type(want))));
        self.nested(Control::Plain, |this| this.value(yes, want));
        self.op(I::Else);
        self.nested(Control::Plain, |this| this.value(no, want));
        self.op(I::End);
    }

    /// Converts what lies on the stack.
    fn convert(&mut self, have: Rep, want: Rep) {
        match (have, want) {
            (have, want) if have == want => {}
            (Rep::Bool, Rep::Int) | (Rep::Int, Rep::Bool) => {}
            (Rep::Number, Rep::Value) => self.op(I::I64ReinterpretF64),
            (Rep::Int, Rep::Number) => self.op(I::F64ConvertI32U),
            (Rep::Int, Rep::Value) => {
                self.op(I::F64ConvertI32U);
                self.op(I::I64ReinterpretF64);
            }
            (Rep::Bool, Rep::Value) => {
                self.op(I::I64ExtendI32U);
                self.bits(Value::FALSE);
                self.op(I::I64Or);
            }
            (Rep::Value, Rep::Number) => self.checked_number(),
            (Rep::Value, Rep::Bool) => self.checked_bool(),
            (Rep::Value | Rep::Number, Rep::Int) => {
                self.convert(have, Rep::Number);
                self.op(I::I32TruncSatF64U);
            }
            // These fault; what follows is never reached.
            (Rep::Bool, _) => {
                self.convert(Rep::Bool, Rep::Value);
                self.convert(Rep::Value, want);
            }
            (Rep::Number, _) => {
                self.convert(Rep::Number, Rep::Value);
                self.convert(Rep::Value, want);
            }
            (Rep::Value | Rep::Int, _) => {}
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

    /// An expression in the representation that it has.
    fn natural(&mut self, expr: &Expr) -> Rep {
        match expr {
            Expr::Undefined => self.undefined(),
            Expr::Bool(value) => self.op(I::I32Const(i32::from(*value))),
            Expr::Number(number) => self.op(I::F64Const(Ieee64::from(*number))),
            Expr::Int(number) => self.op(I::I32Const(*number as i32)),
            Expr::Text(text) => self.constant(Symbol::Text(*text)),
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
            Expr::CallSpread(callee, array) => {
                self.value(callee, Rep::Value);
                self.value(array, Rep::Value);
                self.here();
                self.runtime("rt.call_spread");
            }
            Expr::Builtin(name, this, args) => self.builtin(name, this, args),
            Expr::BuiltinSpread(name, this, array) => self.builtin_spread(name, this, array),
            Expr::Direct(name, args) => self.direct(name, args),
            Expr::Env(name) => self.env(name),
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
                self.op(I::F64ConvertI32S);
            }
            Expr::Nullish(left, right) => self.nullish(left, right),
            Expr::Optional(inner) => {
                self.block(Control::Optional, BlockType::Result(ValType::I64), |this| {
                    this.value(inner, Rep::Value);
                });
            }
            Expr::ExitIfAbsent(inner) => self.exit_if_absent(inner),
            Expr::Object(pairs) => self.object(pairs),
            Expr::Array(items) => self.array(items),
            Expr::At(..) | Expr::Do(..) | Expr::If(..) | Expr::And(..) | Expr::Or(..) => {
                let rep = self.facts.rep(expr);
                self.value(expr, rep);
                return rep;
            }
        }
        self.facts.rep(expr)
    }

    fn read(&mut self, var: VarId) -> Rep {
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
            }
            cell @ (Storage::Cell(_) | Storage::CapturedCell(_)) => {
                self.cell_address(cell);
                self.op(I::I64Load(at(0)));
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
        args[..given].iter().for_each(|arg| self.value(arg, Rep::Value));
        (given..params).for_each(|_| self.undefined());
        if rest {
            self.array(&args[given..]);
        } else {
            // Arguments that nobody takes are evaluated all the same.
            args[given..].iter().for_each(|arg| self.effect(arg));
        }
    }

    /// Stores arguments below the stack pointer, and gives the local that holds their address. The stack pointer is moved.
    fn push_arguments(&mut self, args: &[Expr]) -> (u32, i32) {
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

    fn pop_arguments(&mut self, base: u32, bytes: i32) {
        self.op(I::LocalGet(base));
        self.op(I::I32Const(bytes));
        self.op(I::I32Add);
        self.op(I::GlobalSet(STACK));
        self.free_local(ValType::I32, base);
    }

    fn builtin(&mut self, name: &str, this: &Expr, args: &[Expr]) {
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

    fn builtin_spread(&mut self, name: &str, this: &Expr, array: &Expr) {
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

    /// A call of an entry of the library with a signature of its own.
    pub(super) fn direct(&mut self, name: &'static str, args: &[Expr]) {
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

    /// Reads an environment variable: into a small buffer, and again into one of its size if it is longer.
    fn env(&mut self, name: &str) {
        const FIRST_BYTES: i32 = 256;
        let import = Ins::Call(Callee::Env(self.code.env.len()));
        self.code.env.push(name.to_owned());
        let (buffer, length) = (self.take_local(ValType::I32), self.take_local(ValType::I32));
        self.op(I::I32Const(FIRST_BYTES));
        self.runtime("rt.alloc");
        self.op(I::LocalTee(buffer));
        self.op(I::I32Const(FIRST_BYTES));
        self.code.body.push(import.clone());
        self.op(I::LocalTee(length));
        self.op(I::I32Const(FIRST_BYTES));
        self.op(I::I32GtS);
        self.op(I::If(BlockType::Empty));
        self.op(I::LocalGet(length));
        self.runtime("rt.alloc");
        self.op(I::LocalTee(buffer));
        self.op(I::LocalGet(length));
        self.code.body.push(import);
        self.op(I::LocalSet(length));
        self.op(I::End);
        self.op(I::LocalGet(length));
        self.op(I::I32Const(0));
        self.op(I::I32LtS);
        self.op(I::If(BlockType::Result(ValType::I64)));
        self.undefined();
        self.op(I::Else);
        self.op(I::LocalGet(buffer));
        self.op(I::LocalGet(length));
        self.runtime("rt.outside");
        self.op(I::End);
        self.free_local(ValType::I32, buffer);
        self.free_local(ValType::I32, length);
    }

    fn add(&mut self, left: &Expr, right: &Expr) {
        let (a, b) = (self.facts.rep(left), self.facts.rep(right));
        if a == Rep::Number && b == Rep::Number {
            self.value(left, Rep::Number);
            self.value(right, Rep::Number);
            return self.op(I::F64Add);
        }
        let (first, second) = (self.take_local(ValType::I64), self.take_local(ValType::I64));
        self.value(left, Rep::Value);
        self.op(I::LocalSet(first));
        self.value(right, Rep::Value);
        self.op(I::LocalSet(second));
        self.both_numbers(first, second);
        self.op(I::If(BlockType::Result(ValType::I64)));
        for local in [first, second] {
            self.op(I::LocalGet(local));
            self.op(I::F64ReinterpretI64);
        }
        self.op(I::F64Add);
        self.op(I::I64ReinterpretF64);
        self.op(I::Else);
        self.op(I::LocalGet(first));
        self.op(I::LocalGet(second));
        self.here();
        self.runtime("rt.add");
        self.op(I::End);
        self.free_local(ValType::I64, first);
        self.free_local(ValType::I64, second);
    }

    fn both_numbers(&mut self, first: u32, second: u32) {
        for local in [first, second] {
            self.op(I::LocalGet(local));
            self.op(I::I64Const(NUMBER_LIMIT as i64));
            self.op(I::I64LtU);
        }
        self.op(I::I32And);
    }

    fn int32(&mut self, value: &Expr) {
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

    fn arith(&mut self, op: Arith, left: &Expr, right: &Expr) {
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
        self.op(if op == Arith::UShr { I::F64ConvertI32U } else { I::F64ConvertI32S });
    }

    fn order(&mut self, order: Order, left: &Expr, right: &Expr) {
        let number =
            |expr: &Expr, this: &Self| matches!(this.facts.rep(expr), Rep::Number | Rep::Int);
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
        let (first, second) = (self.take_local(ValType::I64), self.take_local(ValType::I64));
        self.value(left, Rep::Value);
        self.op(I::LocalSet(first));
        self.value(right, Rep::Value);
        self.op(I::LocalSet(second));
        self.both_numbers(first, second);
        self.op(I::If(BlockType::Result(ValType::I32)));
        for local in [first, second] {
            self.op(I::LocalGet(local));
            self.op(I::F64ReinterpretI64);
        }
        self.op(instruction);
        self.op(I::Else);
        // `a > b` is `b < a`: both are evaluated already.
        let swapped = matches!(order, Order::Greater | Order::GreaterEqual);
        self.op(I::LocalGet(if swapped { second } else { first }));
        self.op(I::LocalGet(if swapped { first } else { second }));
        self.here();
        self.runtime(if matches!(order, Order::Less | Order::Greater) {
            "rt.less"
        } else {
            "rt.less_equal"
        });
        self.op(I::End);
        self.free_local(ValType::I64, first);
        self.free_local(ValType::I64, second);
    }

    fn same(&mut self, left: &Expr, right: &Expr) {
        match (self.facts.rep(left), self.facts.rep(right)) {
            (Rep::Number, Rep::Number) => {
                self.value(left, Rep::Number);
                self.value(right, Rep::Number);
                self.op(I::F64Eq);
            }
            (Rep::Bool, Rep::Bool) => {
                self.value(left, Rep::Bool);
                self.value(right, Rep::Bool);
                self.op(I::I32Eq);
            }
            (Rep::Bool, _) | (_, Rep::Bool) => {
                self.value(left, Rep::Value);
                self.value(right, Rep::Value);
                self.op(I::I64Eq);
            }
            _ => {
                self.value(left, Rep::Value);
                self.value(right, Rep::Value);
                self.runtime("rt.same");
            }
        }
    }

    fn absent(&mut self, value: &Expr) {
        self.value(value, Rep::Value);
        self.op(I::I64Const(-2));
        self.op(I::I64And);
        self.undefined();
        self.op(I::I64Eq);
    }

    fn nullish(&mut self, left: &Expr, right: &Expr) {
        let local = self.take_local(ValType::I64);
        self.value(left, Rep::Value);
        self.op(I::LocalTee(local));
        self.op(I::I64Const(-2));
        self.op(I::I64And);
        self.undefined();
        self.op(I::I64Eq);
        self.op(I::If(BlockType::Result(ValType::I64)));
        self.nested(Control::Plain, |this| this.value(right, Rep::Value));
        self.op(I::Else);
        self.op(I::LocalGet(local));
        self.op(I::End);
        self.free_local(ValType::I64, local);
    }

    fn exit_if_absent(&mut self, inner: &Expr) {
        let local = self.take_local(ValType::I64);
        self.value(inner, Rep::Value);
        self.op(I::LocalTee(local));
        self.op(I::I64Const(-2));
        self.op(I::I64And);
        self.undefined();
        self.op(I::I64Eq);
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

    fn array(&mut self, items: &[Expr]) {
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
