//! What of the program and the library a module needs. In: the code of every function. Out: everything that is reached from the functions
//! which the module's exports call.

use std::collections::{BTreeSet, HashMap};

use wasm_encoder::Instruction;

use super::{
    code::{Callee, Code, Ins, Symbol},
    runtime::runtime,
};
use crate::lower::ir::{Expr, FuncId, ImportId, Ir, VarId};

/// What is needed, each in order.
#[derive(Default)]
pub(super) struct Needs {
    pub(super) functions: BTreeSet<FuncId>,
    pub(super) library: BTreeSet<u32>,
    pub(super) symbols: BTreeSet<Symbol>,
    pub(super) imports: BTreeSet<ImportId>,
    /// Variables of the top level that are read.
    pub(super) vars: BTreeSet<VarId>,
    /// Functions of the program whose value is needed.
    pub(super) values: BTreeSet<FuncId>,
    /// Built-ins whose value is needed.
    pub(super) builtins: BTreeSet<u32>,
}

struct Search<'a> {
    ir: &'a Ir,
    vars: HashMap<u32, VarId>,
    open: Vec<FuncId>,
    needs: Needs,
}

impl Needs {
    /// Follows references from the functions that the module's exports call.
    pub(super) fn of(ir: &Ir, codes: &[Code], globals: &HashMap<VarId, u32>) -> Self {
        let vars = globals.iter().map(|(var, global)| (*global, *var)).collect();
        let open = ir.entry.into_iter().chain(ir.start).collect();
        let mut search = Search { ir, vars, open, needs: Self::default() };
        while let Some(function) = search.open.pop() {
            if search.needs.functions.insert(function) {
                search.code(&codes[function.0 as usize]);
            }
        }
        let mut needs = search.needs;
        for name in ["rt.request", "rt.respond", "rt.alloc"] {
            needs.library.extend(runtime().export(name));
        }
        needs
    }
}

impl Search<'_> {
    fn code(&mut self, code: &Code) {
        for instruction in &code.body {
            match instruction {
                Ins::Call(Callee::User(function)) | Ins::ReturnCall(Callee::User(function)) => {
                    self.open.push(*function);
                }
                Ins::Call(Callee::Runtime(index)) | Ins::ReturnCall(Callee::Runtime(index)) => {
                    self.needs.library.insert(*index);
                }
                Ins::Const(symbol) => self.symbol(*symbol),
                Ins::Op(Instruction::GlobalGet(global)) => {
                    if let Some(var) = self.vars.get(global) {
                        self.var(*var);
                    }
                }
                Ins::Op(_) => {}
            }
        }
    }

    fn symbol(&mut self, symbol: Symbol) {
        self.needs.symbols.insert(symbol);
        match symbol {
            Symbol::Function(function) | Symbol::Slot(function) => {
                self.open.push(function);
                self.needs.values.insert(function);
                if self.ir.functions[function.0 as usize].rest.is_some() {
                    self.needs.library.extend(runtime().export("rt.rest"));
                }
            }
            Symbol::Builtin(index) => {
                self.needs.library.insert(index);
                self.needs.builtins.insert(index);
            }
            Symbol::Import(import) => {
                self.needs.imports.insert(import);
            }
            Symbol::Text(_) | Symbol::Scratch | Symbol::Address(_) | Symbol::Shape(_) => {}
        }
    }

    /// A variable that is read, and what its first value refers to.
    fn var(&mut self, var: VarId) {
        if self.needs.vars.insert(var)
            && let Some((_, value)) = self.ir.constants.iter().find(|(known, _)| *known == var)
        {
            self.constant(value);
        }
    }

    fn constant(&mut self, value: &Expr) {
        match value {
            Expr::Function(function) => self.symbol(Symbol::Function(*function)),
            Expr::Var(var) => self.var(*var),
            _ => value.each_operand(&mut |inner| self.constant(inner)),
        }
    }
}
