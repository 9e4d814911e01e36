//! A function of the program → code. In: the function and what is known of its variables. Out: its code, and what it needs of the
//! library. Statements are here, expressions in `expression`.

use std::collections::HashMap;

use wasm_encoder::{BlockType, Instruction, MemArg, ValType};

use super::{
    access::Guesses,
    code::{Callee, Code, Ins, Symbol},
    runtime::runtime,
};
use crate::{
    lower::{
        ir::{Expr, FuncId, Ir, Label, Stmt, VarId},
        types::{self, Facts, Rep},
    },
    source::Span,
};

/// Offset of the captured values in a function value.
pub(super) const CAPTURES_AT: u64 = 8;
/// Global that holds the stack pointer.
pub(super) const STACK: u32 = 0;

/// Where a variable lies.
#[derive(Debug, Clone, Copy)]
pub(super) enum Storage {
    /// A local.
    Local(u32),
    /// A local that holds the address of the variable.
    Cell(u32),
    /// A captured value, by its place in the function value.
    Captured(u32),
    /// A captured address.
    CapturedCell(u32),
    /// A global.
    Global(u32),
}

/// What `br` can leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Control {
    Label(Label),
    Optional,
    Plain,
}

/// Emits one function.
pub(super) struct Emitter<'a> {
    pub(super) ir: &'a Ir,
    pub(super) facts: &'a Facts,
    /// Index of the global of each global variable.
    pub(super) globals: &'a HashMap<VarId, u32>,
    pub(super) guesses: &'a Guesses,
    pub(super) function: FuncId,
    pub(super) code: Code,
    pub(super) control: Vec<Control>,
    params: u32,
    vars: HashMap<VarId, Storage>,
    place: Span,
    free: Vec<(ValType, u32)>,
}

/// A memory access of eight bytes at an offset.
pub(super) const fn at(offset: u64) -> MemArg {
    MemArg { offset, align: 3, memory_index: 0 }
}

/// A memory access of four bytes at an offset.
pub(super) const fn at4(offset: u64) -> MemArg {
    MemArg { offset, align: 2, memory_index: 0 }
}

impl<'a> Emitter<'a> {
    /// The code of a function.
    pub(super) fn emit(
        ir: &'a Ir,
        facts: &'a Facts,
        globals: &'a HashMap<VarId, u32>,
        guesses: &'a Guesses,
        function: FuncId,
    ) -> Code {
        let source = &ir.functions[function.0 as usize];
        let mut emitter = Self {
            ir,
            facts,
            globals,
            guesses,
            function,
            code: Code::default(),
            control: Vec::new(),
            params: 0,
            vars: HashMap::new(),
            place: source.span,
            free: Vec::new(),
        };
        emitter.parameters();
        emitter.code.places.push((0, source.span));
        emitter.statements(&source.body);
        if types::completes(&source.body) {
            emitter.undefined();
        } else {
            emitter.op(Instruction::Unreachable);
        }
        emitter.code
    }

    fn parameters(&mut self) {
        let source = &self.ir.functions[self.function.0 as usize];
        let environment = u32::from(self.facts.needs_environment(self.function));
        let vars: Vec<VarId> = source.params.iter().copied().chain(source.rest).collect();
        self.params = environment + vars.len() as u32;
        for (index, var) in vars.into_iter().enumerate() {
            let local = environment + index as u32;
            if self.is_cell(var) {
                let cell = self.new_local(ValType::I32);
                self.vars.insert(var, Storage::Cell(cell));
                self.allocate_cell(cell);
                self.op(Instruction::LocalGet(cell));
                self.op(Instruction::LocalGet(local));
                self.convert(self.rep(var), Rep::Value);
                self.op(Instruction::I64Store(at(0)));
            } else {
                self.vars.insert(var, Storage::Local(local));
            }
        }
        let captures: Vec<VarId> = self.facts.captures(self.ir, self.function).collect();
        for (index, var) in captures.into_iter().enumerate() {
            let index = index as u32;
            let storage = if self.is_cell(var) {
                Storage::CapturedCell(index)
            } else {
                Storage::Captured(index)
            };
            self.vars.insert(var, storage);
        }
    }

    /// Whether a variable lies in memory because functions that captured it must see it change.
    pub(super) fn is_cell(&self, var: VarId) -> bool {
        let var = &self.ir.vars[var.0 as usize];
        !var.global && var.captured && (var.assigned || var.early)
    }

    /// Representation of a variable.
    pub(super) fn rep(&self, var: VarId) -> Rep {
        self.facts.rep_of(var)
    }

    pub(super) fn op(&mut self, instruction: Instruction<'static>) {
        self.code.body.push(Ins::Op(instruction));
    }

    /// Calls an entry of the runtime library.
    pub(super) fn runtime(&mut self, name: &str) {
        let index =
            runtime().export(name).unwrap_or_else(|| unreachable!("the runtime has no `{name}`"));
        self.code.body.push(Ins::Call(Callee::Runtime(index)));
    }

    pub(super) fn constant(&mut self, symbol: Symbol) {
        self.code.body.push(Ins::Const(symbol));
    }

    /// Everything emitted by `inner` belongs to this place.
    pub(super) fn placed(&mut self, place: Span, inner: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.place, place);
        self.code.places.push((self.code.body.len(), place));
        inner(self);
        self.place = outer;
        self.code.places.push((self.code.body.len(), outer));
    }

    /// Says again to which place the next instruction belongs: after an inner expression has ended.
    pub(super) fn here(&mut self) {
        self.code.places.push((self.code.body.len(), self.place));
    }

    pub(super) fn new_local(&mut self, ty: ValType) -> u32 {
        self.code.locals.push(ty);
        self.params + self.code.locals.len() as u32 - 1
    }

    /// A local for a short while.
    pub(super) fn take_local(&mut self, ty: ValType) -> u32 {
        match self.free.iter().rposition(|(free, _)| *free == ty) {
            Some(found) => self.free.swap_remove(found).1,
            None => self.new_local(ty),
        }
    }

    /// Gives a local back.
    pub(super) fn free_local(&mut self, ty: ValType, local: u32) {
        self.free.push((ty, local));
    }

    pub(super) fn allocate_cell(&mut self, local: u32) {
        self.op(Instruction::I32Const(8));
        self.runtime("rt.alloc");
        self.op(Instruction::LocalTee(local));
        self.undefined();
        self.op(Instruction::I64Store(at(0)));
    }

    /// Where a variable lies; a local is made when it is first needed.
    pub(super) fn storage(&mut self, var: VarId) -> Storage {
        if let Some(global) = self.globals.get(&var) {
            return Storage::Global(*global);
        }
        if let Some(storage) = self.vars.get(&var) {
            return *storage;
        }
        let storage = if self.is_cell(var) {
            Storage::Cell(self.new_local(ValType::I32))
        } else {
            Storage::Local(self.new_local(val_type(self.rep(var))))
        };
        self.vars.insert(var, storage);
        storage
    }

    pub(super) fn block(&mut self, control: Control, ty: BlockType, inner: impl FnOnce(&mut Self)) {
        self.op(Instruction::Block(ty));
        self.nested(control, inner);
        self.op(Instruction::End);
    }

    pub(super) fn nested(&mut self, control: Control, inner: impl FnOnce(&mut Self)) {
        self.control.push(control);
        inner(self);
        self.control.pop();
    }

    /// How many blocks lie between here and the innermost one of this kind.
    pub(super) fn depth(&self, control: Control) -> u32 {
        let outward = self.control.iter().rev().position(|open| *open == control);
        outward.expect("a label is left only inside of its block") as u32
    }

    fn statements(&mut self, body: &[Stmt]) {
        for statement in body {
            self.statement(statement);
            if matches!(statement, Stmt::Return(_) | Stmt::Leave(_) | Stmt::Again(_)) {
                break;
            }
        }
    }

    pub(super) fn statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Expr(value) => self.effect(value),
            Stmt::Let(var, value) => self.define(*var, value),
            Stmt::Open(vars) => self.open(vars),
            Stmt::If(test, yes, no) => {
                self.condition(test);
                self.op(Instruction::If(BlockType::Empty));
                self.nested(Control::Plain, |this| this.statements(yes));
                if !no.is_empty() {
                    self.op(Instruction::Else);
                    self.nested(Control::Plain, |this| this.statements(no));
                }
                self.op(Instruction::End);
            }
            Stmt::Return(value) => self.give_back(value),
            Stmt::Block(label, body) => {
                self.block(Control::Label(*label), BlockType::Empty, |this| this.statements(body));
            }
            Stmt::Loop(label, body) => {
                self.op(Instruction::Loop(BlockType::Empty));
                self.nested(Control::Label(*label), |this| this.statements(body));
                self.op(Instruction::End);
            }
            Stmt::Leave(label) | Stmt::Again(label) => {
                let depth = self.depth(Control::Label(*label));
                self.op(Instruction::Br(depth));
            }
        }
    }

    /// Evaluates for the effect only.
    pub(super) fn effect(&mut self, value: &Expr) {
        match value {
            Expr::At(place, inner) => self.placed(*place, |this| this.effect(inner)),
            Expr::Do(body, inner) => {
                body.iter().for_each(|statement| self.statement(statement));
                self.effect(inner);
            }
            Expr::Set(var, inner) => self.set(*var, inner),
            Expr::Undefined | Expr::Bool(_) | Expr::Number(_) | Expr::Text(_) | Expr::Var(_) => {}
            Expr::Direct(name, args) => {
                self.direct(name, args);
                let index = runtime().export(name).unwrap_or_default();
                for _ in runtime().type_of(index).results() {
                    self.op(Instruction::Drop);
                }
            }
            _ => {
                let rep = self.facts.rep(value);
                self.value(value, rep);
                self.op(Instruction::Drop);
            }
        }
    }

    /// The first value of a variable.
    fn define(&mut self, var: VarId, value: &Expr) {
        let known = self.ir.vars[var.0 as usize].function;
        if let (Some(known), Expr::Function(function)) = (known, value)
            && known == *function
            && !self.facts.needs_environment(*function)
        {
            return;
        }
        self.set(var, value);
    }

    fn set(&mut self, var: VarId, value: &Expr) {
        let rep = self.rep(var);
        match self.storage(var) {
            Storage::Local(local) => {
                self.value(value, rep);
                self.op(Instruction::LocalSet(local));
            }
            Storage::Global(global) => {
                self.value(value, rep);
                self.op(Instruction::GlobalSet(global));
            }
            storage @ (Storage::Cell(_) | Storage::CapturedCell(_)) => {
                self.cell_address(storage);
                self.value(value, Rep::Value);
                self.op(Instruction::I64Store(at(0)));
            }
            Storage::Captured(_) => {
                unreachable!("a variable that is assigned is captured as a cell")
            }
        }
    }

    pub(super) fn cell_address(&mut self, storage: Storage) {
        match storage {
            Storage::Cell(local) => self.op(Instruction::LocalGet(local)),
            Storage::CapturedCell(index) => {
                self.environment();
                self.op(Instruction::I32Load(at4(CAPTURES_AT + 8 * u64::from(index))));
            }
            _ => {}
        }
    }

    /// The address of the function's own value.
    pub(super) fn environment(&mut self) {
        self.op(Instruction::LocalGet(0));
        self.op(Instruction::I32WrapI64);
    }

    /// New cells for the variables of a scope: each round of a loop has its own.
    fn open(&mut self, vars: &[VarId]) {
        for var in vars {
            if self.ir.vars[var.0 as usize].parameter || !self.is_cell(*var) {
                continue;
            }
            if let Storage::Cell(local) = self.storage(*var) {
                self.allocate_cell(local);
            }
        }
    }

    /// Representation of this function's result.
    fn result(&self) -> Rep {
        self.facts.result_rep(self.function)
    }

    /// `return`: calls in this place take no stack.
    fn give_back(&mut self, value: &Expr) {
        match value {
            Expr::At(place, inner) => self.placed(*place, |this| this.give_back(inner)),
            Expr::Do(body, inner) => {
                body.iter().for_each(|statement| self.statement(statement));
                self.give_back(inner);
            }
            Expr::If(test, yes, no) => {
                self.condition(test);
                self.op(Instruction::If(BlockType::Empty));
                self.nested(Control::Plain, |this| this.give_back(yes));
                self.op(Instruction::Else);
                self.nested(Control::Plain, |this| this.give_back(no));
                self.op(Instruction::End);
                self.op(Instruction::Unreachable);
            }
            Expr::Call(function, var, args)
                if self.facts.result_rep(*function) == self.result() =>
            {
                self.call_arguments(*function, *var, args);
                self.here();
                self.code.body.push(Ins::ReturnCall(Callee::User(*function)));
            }
            Expr::CallValue(callee, args)
                if args.len() <= super::SCRATCH_VALUES && self.result() == Rep::Value =>
            {
                self.call_value(callee, args, true);
            }
            _ => {
                self.value(value, self.result());
                self.op(Instruction::Return);
            }
        }
    }
}

/// The type of a representation.
pub(super) fn val_type(rep: Rep) -> ValType {
    match rep {
        Rep::Value => ValType::I64,
        Rep::Number => ValType::F64,
        Rep::Bool | Rep::Int => ValType::I32,
    }
}
