//! [`Ir`] → the bytes of a module. In: the program. Out: a module with its memory image, and which byte of its code belongs to which place
//! of the source.
//!
//! ```text
//! memory:  stack (grows down) │ arena's state, fault record │ first room of the arena │ request record
//!          │ library's data │ texts, functions, first values │ room for arguments │ arena goes on →
//! table:   0 nothing │ library's functions whose address it takes │ functions of the program │ built-ins as values
//! ```
//!
//! What every request writes lies together, the end of the stack with it: each page that a request touches costs the host time afterwards.
//! There is no start function: literals of the top level are in the image, and the first request runs the rest of it.

pub(crate) mod runtime;
mod access;
mod call;
mod code;
mod convert;
mod expression;
mod function;
mod image;
mod link;
mod needs;
mod operator;
mod suspend;
mod wrapper;

use std::collections::{BTreeMap, HashMap};

use purview_abi::call::{self as host_call, Signature, Type};
use purview_js_runtime::value::Value;
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind,
    ExportSection, FunctionSection, GlobalSection, GlobalType, ImportSection, Instruction,
    MemorySection, MemoryType, Module, NameMap, NameSection, RefType, TableSection, TableType,
    TypeSection, ValType,
};

use crate::{
    lower::{
        ir::{FuncId, ImportId, Ir, VarId},
        types::{self, Facts, Rep},
        verify,
    },
    source::Span,
};
use code::{Callee, Code, Resolve, Symbol};
use function::{Emitter, val_type};
use image::{Image, Slots};
use link::{Layout, Linked, Starts};
use needs::Needs;
use runtime::{Runtime, runtime};

/// Arguments that fit in the room for arguments of tail calls.
pub(crate) const SCRATCH_VALUES: usize = 64;

/// A module and where its code comes from.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) bytes: Vec<u8>,
    /// Index of the function among the defined ones, offset in its body, place.
    pub(crate) places: Vec<(u32, usize, Span)>,
    /// Where the handler stands.
    pub(crate) handler: Option<Span>,
    /// SQL statements by name.
    pub(crate) statements: BTreeMap<String, String>,
}

/// Writes the module. The error says what of it cannot be written: a fault of the compiler.
pub(crate) fn write(ir: &Ir) -> Result<Written, String> {
    let facts = types::find(ir);
    verify::assert(ir, Some(&facts), "finding kinds");
    let globals = globals(ir);
    let guesses = access::guesses(ir);
    let codes: Vec<Code> = (0..ir.functions.len())
        .map(|index| Emitter::emit(ir, &facts, &globals, &guesses, FuncId(index as u32)))
        .collect();
    let plan = Plan::new(ir, facts, globals, codes);
    plan.write()
}

/// Indices of the globals of the program; before them are the stack pointer and the mark that the top level has run.
fn globals(ir: &Ir) -> HashMap<VarId, u32> {
    let vars = ir.vars.iter().enumerate().filter(|(_, var)| var.global);
    vars.zip(FIRST_GLOBAL..).map(|((index, _), global)| (VarId(index as u32), global)).collect()
}

/// Bytes of the stack in the page that holds what every request writes.
const BESIDE_STACK_BYTES: u32 = 1024;
/// Where the request record begins in that page; before it lies the arena's first room.
const REQUEST_AT: u32 = 2560;

const STARTED: u32 = 1;
const FIRST_GLOBAL: u32 = 2;

/// Everything that is known before the first byte is written.
pub(super) struct Plan<'a> {
    ir: &'a Ir,
    facts: Facts,
    globals: HashMap<VarId, u32>,
    runtime: &'static Runtime,
    linked: Linked,
    starts: Starts,
    image: Image,
    /// Functions of the program that are needed, in order.
    functions: Vec<FuncId>,
    codes: Vec<Code>,
    /// Functions of the program whose value is needed.
    values: Vec<FuncId>,
    /// Built-ins whose value is needed.
    builtins: Vec<u32>,
    function_index: HashMap<FuncId, u32>,
    /// Imports that values of the program name.
    imports: Vec<ImportId>,
    library_index: HashMap<u32, u32>,
}

impl<'a> Plan<'a> {
    fn new(ir: &'a Ir, facts: Facts, globals: HashMap<VarId, u32>, codes: Vec<Code>) -> Self {
        let runtime = runtime();
        let needs = Needs::of(ir, &codes, &globals);
        let statics: Vec<u32> = ["rt.arena", "rt.fault"]
            .into_iter()
            .filter_map(|name| runtime.exported_data(name))
            .collect();
        let stack_top = runtime.stack_bytes + BESIDE_STACK_BYTES;
        let starts = Starts {
            statics: stack_top,
            data: runtime.stack_bytes + REQUEST_AT + purview_abi::name::REQUEST_AREA_BYTES,
        };
        let linked = link::link(runtime, &needs.library, &statics, starts);
        assert!(linked.statics_end <= runtime.stack_bytes + REQUEST_AT, "the room is large enough");
        let functions: Vec<FuncId> = needs.functions.iter().copied().collect();
        let values: Vec<FuncId> = needs.values.iter().copied().collect();
        let builtins: Vec<u32> = needs.builtins.iter().copied().collect();
        let mut imports: Vec<ImportId> = needs.imports.iter().copied().collect();
        imports.sort_by_key(|import| &ir.imports[import.0 as usize]);
        let import_count = (linked.imports.len() + imports.len()) as u32;
        let mut next = import_count;
        let mut library_index = HashMap::new();
        library_index.extend(linked.imports.iter().copied().zip(0..));
        library_index.extend(linked.functions.iter().copied().zip(next..));
        next += linked.functions.len() as u32;
        let function_index: HashMap<FuncId, u32> = functions.iter().copied().zip(next..).collect();
        let first = 1 + linked.table.len() as u32;
        let slots = Slots { first, values: &values, builtins: &builtins, imports: &imports };
        let image = Image::new(ir, linked.data_end, &needs.symbols, &needs.vars, &slots);
        Self {
            ir,
            facts,
            globals,
            runtime,
            linked,
            starts,
            image,
            functions,
            codes,
            values,
            builtins,
            function_index,
            imports,
            library_index,
        }
    }

    fn types(&self) -> (TypeSection, Vec<u32>, u32) {
        let mut types = TypeSection::new();
        // The code of function values comes first, so that its index is known.
        types.ty().function([ValType::I64, ValType::I32, ValType::I32], [ValType::I64]);
        for ty in &self.runtime.types {
            types.ty().function(ty.params().iter().map(val), ty.results().iter().map(val));
        }
        let mut next = 1 + self.runtime.types.len() as u32;
        let mut user = Vec::new();
        let mut known: HashMap<(Vec<ValType>, ValType), u32> = HashMap::new();
        for function in &self.functions {
            let signature = self.signature(*function);
            let index = *known.entry(signature).or_insert_with_key(|(params, result)| {
                types.ty().function(params.iter().copied(), [*result]);
                next += 1;
                next - 1
            });
            user.push(index);
        }
        types.ty().function([ValType::I32, ValType::I32], [ValType::I32]);
        for import in &self.imports {
            let signature = self.import_signature(*import);
            types.ty().function(
                signature.params.iter().map(host_type),
                signature.result.iter().map(host_type),
            );
        }
        (types, user, next)
    }

    /// Parameters and result in WebAssembly.
    fn signature(&self, function: FuncId) -> (Vec<ValType>, ValType) {
        let source = &self.ir.functions[function.0 as usize];
        let environment = self.facts.needs_environment(function).then_some(ValType::I64);
        let params = source.params.iter().chain(&source.rest);
        let params = params.map(|param| val_type(self.facts.rep_of(*param)));
        let result = val_type(self.facts.result_rep(function));
        (environment.into_iter().chain(params).collect(), result)
    }

    fn write(&self) -> Result<Written, String> {
        let runtime = self.runtime;
        let (types, user_types, route_type) = self.types();
        let mut imports = ImportSection::new();
        for index in &self.linked.imports {
            let import = &runtime.imports[*index as usize];
            imports.import(&import.module, &import.name, EntityType::Function(import.ty + 1));
        }
        for (import, ty) in self.imports.iter().zip(route_type + 1..) {
            let (module, name) = &self.ir.imports[import.0 as usize];
            imports.import(module, name, EntityType::Function(ty));
        }
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        let mut places = Vec::new();
        let (function, ty, slot) = (
            |index: u32| self.library_index[&index],
            |ty: u32| ty + 1,
            |index: u32| self.library_slot(index),
        );
        let layout = Layout { function: &function, ty: &ty, slot: &slot };
        for index in &self.linked.functions {
            let defined = *index as usize - runtime.imports.len();
            functions.function(runtime.functions[defined].ty + 1);
            code.raw(&self.linked.body(runtime, *index, &layout));
        }
        for (id, ty) in self.functions.iter().zip(user_types) {
            functions.function(ty);
            let (body, found) = self.codes[id.0 as usize].encode(self);
            let defined = self.function_index[id] - self.import_count();
            places.extend(found.into_iter().map(|(offset, span)| (defined, offset, span)));
            code.function(&body);
        }
        for id in &self.values {
            functions.function(call::CLOSURE_TYPE);
            code.function(&wrapper::wrap(self, *id));
        }
        functions.function(route_type);
        code.function(&self.route());
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&self.table())
            .section(&self.memory());
        module
            .section(&self.globals())
            .section(&self.exports())
            .section(&self.elements())
            .section(&code);
        module.section(&self.data(&layout)).section(&self.names());
        let handler = self.ir.entry.map(|entry| self.ir.functions[entry.0 as usize].span);
        let statements = self.ir.statements.clone();
        let mut bytes = module.finish();
        if let Some(marks) = self.marks() {
            bytes = suspend::rewrite(&bytes, &marks, &mut places)?;
        }
        Ok(Written { bytes, places, handler, statements })
    }

    /// The functions that switch between branches, if the program has branches.
    fn marks(&self) -> Option<suspend::Marks> {
        let function = |name: &str| self.library_index.get(&self.runtime.export(name)?).copied();
        let state = self.runtime.exported_data("rt.switch")?;
        Some(suspend::Marks {
            stop: function("rt.switch.stop")?,
            run: function("rt.switch.run")?,
            stack: function("rt.switch.stack")?,
            full: function("rt.switch.full")?,
            back: [
                function("rt.switch.back")?,
                function("rt.switch.back_i32")?,
                function("rt.switch.back_i64")?,
                function("rt.switch.back_f64")?,
            ],
            state: *self.linked.data.get(&state)?,
            closure: call::CLOSURE_TYPE,
            pointer: function::STACK,
        })
    }

    /// The function behind `* *`: top level once, then request, handler, response.
    fn route(&self) -> wasm_encoder::Function {
        let mut body = wasm_encoder::Function::new([]);
        let library = |name: &str| {
            let index = self.runtime.export(name).unwrap_or_default();
            Instruction::Call(self.library_index[&index])
        };
        if let Some(start) = self.ir.start {
            body.instruction(&Instruction::GlobalGet(STARTED));
            body.instruction(&Instruction::I32Eqz);
            body.instruction(&Instruction::If(wasm_encoder::BlockType::Empty));
            body.instruction(&Instruction::I32Const(1));
            body.instruction(&Instruction::GlobalSet(STARTED));
            body.instruction(&Instruction::Call(self.function_index[&start]));
            body.instruction(&Instruction::Drop);
            body.instruction(&Instruction::End);
        }
        body.instruction(&Instruction::LocalGet(0));
        body.instruction(&library("rt.request"));
        if let Some(entry) = self.ir.entry {
            body.instruction(&Instruction::Call(self.function_index[&entry]));
        }
        body.instruction(&library("rt.respond"));
        body.instruction(&Instruction::End);
        body
    }

    /// What the agreement says about an import; lowering lets no other pass.
    fn import_signature(&self, import: ImportId) -> Signature {
        let (module, name) = &self.ir.imports[import.0 as usize];
        let parsed = purview_abi::name::Import::parse(module, name).ok();
        parsed.and_then(|import| host_call::signature_of(&import)).unwrap_or(host_call::ROUTE)
    }

    fn import_count(&self) -> u32 {
        (self.linked.imports.len() + self.imports.len()) as u32
    }

    fn wrapper_index(&self, position: usize) -> u32 {
        let before = self.linked.functions.len() + self.functions.len() + position;
        self.import_count() + before as u32
    }

    fn library_slot(&self, index: u32) -> u32 {
        let found = self.linked.table.iter().position(|known| *known == index);
        found.map_or(0, |position| position as u32 + 1)
    }

    fn table(&self) -> TableSection {
        let mut tables = TableSection::new();
        let size = 1
            + self.linked.table.len()
            + self.values.len()
            + self.builtins.len()
            + self.imports.len();
        tables.table(TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: size as u64,
            maximum: Some(size as u64),
            shared: false,
        });
        tables
    }

    fn elements(&self) -> ElementSection {
        let mut elements = ElementSection::new();
        let library = self.linked.table.iter().map(|index| self.library_index[index]);
        let values = (0..self.values.len()).map(|position| self.wrapper_index(position));
        let builtins = self.builtins.iter().map(|index| self.library_index[index]);
        let first = self.linked.imports.len() as u32;
        let imports = first..first + self.imports.len() as u32;
        let all: Vec<u32> = library.chain(values).chain(builtins).chain(imports).collect();
        if !all.is_empty() {
            elements.active(None, &ConstExpr::i32_const(1), Elements::Functions(all.into()));
        }
        elements
    }

    fn memory(&self) -> MemorySection {
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: u64::from(self.image.pages()),
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        memories
    }

    fn globals(&self) -> GlobalSection {
        let mut globals = GlobalSection::new();
        let mutable = |val_type| GlobalType { val_type, mutable: true, shared: false };
        globals.global(mutable(ValType::I32), &ConstExpr::i32_const(self.starts.statics as i32));
        globals.global(mutable(ValType::I32), &ConstExpr::i32_const(0));
        let mut vars: Vec<(&VarId, &u32)> = self.globals.iter().collect();
        vars.sort_by_key(|(_, index)| **index);
        for (var, _) in vars {
            let rep = self.facts.rep_of(*var);
            let bits = self.image.constants.get(var).copied();
            let number = f64::from_bits(bits.unwrap_or_default());
            let init = match rep {
                Rep::Number => ConstExpr::f64_const(number.into()),
                Rep::Value => ConstExpr::i64_const(bits.unwrap_or(Value::UNDEFINED.bits()) as i64),
                Rep::Int => ConstExpr::i32_const(number as i32),
                Rep::Bool => ConstExpr::i32_const((bits.unwrap_or_default() & 1) as i32),
            };
            globals.global(mutable(val_type(rep)), &init);
        }
        for address in [self.runtime.stack_bytes + REQUEST_AT, self.fault_address()] {
            let constant = GlobalType { val_type: ValType::I32, mutable: false, shared: false };
            globals.global(constant, &ConstExpr::i32_const(address as i32));
        }
        globals
    }

    fn static_address(&self, name: &str) -> u32 {
        let data = self.runtime.exported_data(name).unwrap_or_default();
        self.linked.data.get(&data).copied().unwrap_or_default()
    }

    fn fault_address(&self) -> u32 {
        self.static_address("rt.fault")
    }

    fn exports(&self) -> ExportSection {
        let mut exports = ExportSection::new();
        exports.export(purview_abi::name::MEMORY, ExportKind::Memory, 0);
        let alloc = self.runtime.export("rt.alloc").unwrap_or_default();
        exports.export(purview_abi::name::RESERVE, ExportKind::Func, self.library_index[&alloc]);
        let constants = FIRST_GLOBAL + self.globals.len() as u32;
        exports.export(purview_abi::name::REQUEST_AREA, ExportKind::Global, constants);
        exports.export(purview_abi::name::FAULT, ExportKind::Global, constants + 1);
        let route = self.wrapper_index(self.values.len());
        for name in &self.ir.routes {
            exports.export(name, ExportKind::Func, route);
        }
        exports.export(purview_abi::name::CATCH_ALL, ExportKind::Func, route);
        exports
    }

    fn data(&self, layout: &Layout<'_>) -> DataSection {
        let addresses = self.starts.statics..self.linked.statics_end;
        let mut state = self.linked.image(self.runtime, addresses.clone(), layout);
        let arena = (self.static_address("rt.arena") - addresses.start) as usize;
        let room = (addresses.end + 15) & !15;
        let words = [room, self.runtime.stack_bytes + REQUEST_AT, self.image.arena];
        for (place, word) in state[arena..].chunks_exact_mut(4).zip(words) {
            place.copy_from_slice(&word.to_le_bytes());
        }
        let addresses = self.starts.data..self.linked.data_end;
        let mut image = self.linked.image(self.runtime, addresses, layout);
        image.extend_from_slice(&self.image.bytes);
        let mut data = DataSection::new();
        data.active(0, &ConstExpr::i32_const(self.starts.statics as i32), state);
        data.active(0, &ConstExpr::i32_const(self.starts.data as i32), image);
        data
    }

    fn names(&self) -> NameSection {
        let mut functions = NameMap::new();
        for index in self.linked.imports.iter().chain(&self.linked.functions) {
            let name = match (*index as usize).checked_sub(self.runtime.imports.len()) {
                Some(defined) => &self.runtime.functions[defined].name,
                None => &self.runtime.imports[*index as usize].name,
            };
            // What the library does inside has no name that a program's author knows.
            if !name.is_empty() {
                functions.append(self.library_index[index], name);
            }
        }
        for id in &self.functions {
            functions.append(self.function_index[id], &self.ir.functions[id.0 as usize].name);
        }
        let mut names = NameSection::new();
        names.functions(&functions);
        names
    }
}

impl Resolve for Plan<'_> {
    fn function(&self, callee: Callee) -> u32 {
        match callee {
            Callee::Runtime(index) => self.library_index[&index],
            Callee::User(function) => self.function_index[&function],
        }
    }

    fn constant(&self, symbol: Symbol) -> Instruction<'static> {
        self.image.constant(symbol)
    }
}

fn host_type(ty: &Type) -> ValType {
    match ty {
        Type::I32 => ValType::I32,
        Type::I64 => ValType::I64,
        Type::F64 => ValType::F64,
    }
}

fn val(ty: &wasmparser::ValType) -> ValType {
    match ty {
        wasmparser::ValType::I64 => ValType::I64,
        wasmparser::ValType::F64 => ValType::F64,
        wasmparser::ValType::F32 => ValType::F32,
        wasmparser::ValType::V128 => ValType::V128,
        _ => ValType::I32,
    }
}
