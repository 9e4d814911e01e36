//! Code before its indices are known. In: instructions and symbols. Out: the bytes of a function's body, and which byte belongs to which
//! place of the source.

use wasm_encoder::{Function, Instruction, ValType};

use crate::{
    lower::ir::{FuncId, ImportId, ShapeId, TextId},
    source::Span,
};

/// What is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Callee {
    /// A function of the runtime library, by its index there.
    Runtime(u32),
    /// A function of the program.
    User(FuncId),
}

/// A constant whose value follows from the layout of the module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Symbol {
    /// A text as a value.
    Text(TextId),
    /// A function of the program that captures nothing, as a value.
    Function(FuncId),
    /// A built-in function as a value, by its index in the library.
    Builtin(u32),
    /// The table index of a function of the program, as `i32`.
    Slot(FuncId),
    /// The table index of an import, as a number of the language.
    Import(ImportId),
    /// The address of room for arguments, as `i32`.
    Scratch,
    /// The address of a text, as `i32`.
    Address(TextId),
    /// The address of an object literal's names, as `i64`.
    Shape(ShapeId),
}

/// One instruction.
#[derive(Debug, Clone)]
pub(super) enum Ins {
    Op(Instruction<'static>),
    Call(Callee),
    ReturnCall(Callee),
    Const(Symbol),
}

/// A function's code.
#[derive(Debug, Default)]
pub(super) struct Code {
    pub(super) locals: Vec<ValType>,
    pub(super) body: Vec<Ins>,
    /// Index of an instruction and its place, ascending.
    pub(super) places: Vec<(usize, Span)>,
}

/// What symbols are in the module that is written.
pub(super) trait Resolve {
    /// Index of a function.
    fn function(&self, callee: Callee) -> u32;
    /// A constant.
    fn constant(&self, symbol: Symbol) -> Instruction<'static>;
}

impl Code {
    /// The function, and where in it places begin.
    pub(super) fn encode(&self, resolve: &dyn Resolve) -> (Function, Vec<(usize, Span)>) {
        let mut function = Function::new_with_locals_types(self.locals.iter().copied());
        let mut places = self.places.iter().peekable();
        let mut found = Vec::new();
        for (index, instruction) in self.body.iter().enumerate() {
            while let Some((_, span)) = places.next_if(|(at, _)| *at == index) {
                found.push((function.byte_len(), *span));
            }
            match instruction {
                Ins::Op(instruction) => function.instruction(instruction),
                Ins::Call(callee) => {
                    function.instruction(&Instruction::Call(resolve.function(*callee)))
                }
                Ins::ReturnCall(callee) => {
                    function.instruction(&Instruction::ReturnCall(resolve.function(*callee)))
                }
                Ins::Const(symbol) => function.instruction(&resolve.constant(*symbol)),
            };
        }
        function.instruction(&Instruction::End);
        (function, found)
    }
}
