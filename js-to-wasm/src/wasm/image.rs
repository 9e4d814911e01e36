//! The program's part of the memory image: texts, names of object literals, first values of the top level, functions without captured
//! values, room for arguments. In: what code refers to. Out: bytes and addresses.

use std::collections::{BTreeSet, HashMap};

use purview_js_runtime::{
    json,
    object::layout,
    string::{count_units, hash},
    value::Value,
};
use wasm_encoder::Instruction;

use super::{SCRATCH_VALUES, code::Symbol};
use crate::lower::ir::{Expr, FuncId, ImportId, Ir, ShapeId, TextId, VarId};

const PAGE_BYTES: u32 = 65536;
const STRING_TAG: u64 = 0xFFFA << 48;
const OBJECT_TAG: u64 = 0xFFFB << 48;
const ARRAY_TAG: u64 = 0xFFFC << 48;
const FUNCTION_TAG: u64 = 0xFFFD << 48;

/// The image behind the library's data.
#[derive(Debug)]
pub(super) struct Image {
    pub(super) bytes: Vec<u8>,
    /// Where the arena goes on.
    pub(super) arena: u32,
    /// First values of variables of the top level, as bits of values.
    pub(super) constants: HashMap<VarId, u64>,
    start: u32,
    scratch: u32,
    addresses: HashMap<Symbol, u32>,
    slots: HashMap<FuncId, u32>,
    import_slots: HashMap<ImportId, u32>,
}

/// What stands in the table behind the library's functions, in this order.
pub(super) struct Slots<'a> {
    /// Table index of the first.
    pub(super) first: u32,
    /// Functions of the program.
    pub(super) values: &'a [FuncId],
    /// Built-ins, by their index in the library.
    pub(super) builtins: &'a [u32],
    /// Imports that values of the program name.
    pub(super) imports: &'a [ImportId],
}

impl Image {
    pub(super) fn new(
        ir: &Ir,
        start: u32,
        symbols: &BTreeSet<Symbol>,
        vars: &BTreeSet<VarId>,
        slots: &Slots<'_>,
    ) -> Self {
        let first_builtin = slots.first + slots.values.len() as u32;
        let first_import = first_builtin + slots.builtins.len() as u32;
        let mut image = Self {
            bytes: Vec::new(),
            arena: 0,
            constants: HashMap::new(),
            start,
            scratch: 0,
            addresses: HashMap::new(),
            slots: slots.values.iter().copied().zip(slots.first..).collect(),
            import_slots: slots.imports.iter().copied().zip(first_import..).collect(),
        };
        image.align(8);
        let builtin_slots: HashMap<u32, u32> =
            slots.builtins.iter().copied().zip(first_builtin..).collect();
        for symbol in symbols {
            match symbol {
                Symbol::Text(text) | Symbol::Address(text) => {
                    image.text(ir, *text);
                }
                Symbol::Shape(shape) => {
                    image.shape(ir, *shape);
                }
                Symbol::Function(function) => {
                    image.function_of(ir, *function);
                }
                Symbol::Builtin(index) => image.function(*symbol, builtin_slots[index], 1),
                Symbol::Slot(_) | Symbol::Import(_) | Symbol::Scratch => {}
            }
        }
        for (var, value) in ir.constants.iter().filter(|(var, _)| vars.contains(var)) {
            let bits = image.value(ir, value);
            image.constants.insert(*var, bits);
        }
        image.align(16);
        image.scratch = image.end();
        image.arena = image.scratch + 8 * SCRATCH_VALUES as u32;
        image
    }

    fn end(&self) -> u32 {
        self.start + self.bytes.len() as u32
    }

    fn align(&mut self, to: u32) {
        while !self.end().is_multiple_of(to) {
            self.bytes.push(0);
        }
    }

    fn words(&mut self, words: &[u32]) {
        words.iter().for_each(|word| self.bytes.extend_from_slice(&word.to_le_bytes()));
    }

    /// A string as the library lays it out: address, length, UTF-16 length, hash, no buffer.
    fn text(&mut self, ir: &Ir, id: TextId) -> u32 {
        if let Some(known) = self.addresses.get(&Symbol::Text(id)) {
            return *known;
        }
        let text = &ir.texts.list[id.0 as usize];
        self.align(8);
        let at = self.end();
        self.words(&[at + 20, text.len() as u32, count_units(text), hash(text), 0]);
        self.bytes.extend_from_slice(text);
        self.addresses.insert(Symbol::Text(id), at);
        self.addresses.insert(Symbol::Address(id), at);
        at
    }

    /// The names of an object literal as the library lays them out: their number; each name, and its JSON text with colon.
    fn shape(&mut self, ir: &Ir, id: ShapeId) -> u32 {
        if let Some(known) = self.addresses.get(&Symbol::Shape(id)) {
            return *known;
        }
        let mut words = vec![ir.shapes.list[id.0 as usize].len() as u32];
        for name in &ir.shapes.list[id.0 as usize] {
            let text = self.text(ir, *name);
            let mut key = json::quoted(&ir.texts.list[name.0 as usize]);
            key.push(b':');
            words.extend([text, self.end(), key.len() as u32]);
            self.bytes.extend_from_slice(&key);
        }
        self.align(8);
        let at = self.end();
        self.words(&words);
        self.addresses.insert(Symbol::Shape(id), at);
        at
    }

    fn function_of(&mut self, ir: &Ir, id: FuncId) -> u32 {
        let symbol = Symbol::Function(id);
        if let Some(known) = self.addresses.get(&symbol) {
            return *known;
        }
        let arity = ir.functions[id.0 as usize].params.len() as u32;
        let slot = self.slots.get(&id).copied().unwrap_or_default();
        self.function(symbol, slot, arity);
        self.addresses[&symbol]
    }

    /// A function value: table index, number of parameters.
    fn function(&mut self, symbol: Symbol, slot: u32, arity: u32) {
        self.align(8);
        let at = self.end();
        self.addresses.insert(symbol, at);
        self.words(&[slot, arity]);
    }

    /// A first value of the top level.
    fn value(&mut self, ir: &Ir, value: &Expr) -> u64 {
        match value {
            Expr::At(_, inner) => self.value(ir, inner),
            Expr::Bool(value) => Value::bool(*value).bits(),
            Expr::Number(value) => Value::number(*value).bits(),
            Expr::Text(text) => STRING_TAG | u64::from(self.text(ir, *text)),
            Expr::Function(function) => FUNCTION_TAG | u64::from(self.function_of(ir, *function)),
            Expr::Var(var) => {
                let constant = self.constants.get(var).copied();
                constant.unwrap_or(Value::UNDEFINED.bits())
            }
            Expr::Array(items) => {
                let items: Vec<u64> = items.iter().map(|item| self.value(ir, item)).collect();
                self.array(&items)
            }
            Expr::Literal(shape, values) => {
                let values: Vec<u64> = values.iter().map(|value| self.value(ir, value)).collect();
                self.object(ir, *shape, &values)
            }
            _ => Value::UNDEFINED.bits(),
        }
    }

    /// An array as the library lays it out: length, address of the elements, capacity, kind of elements.
    fn array(&mut self, items: &[u64]) -> u64 {
        self.align(8);
        let at = self.end();
        let count = items.len() as u32;
        self.words(&[count, at + 16, count, 0]);
        items.iter().for_each(|item| self.bytes.extend_from_slice(&item.to_le_bytes()));
        ARRAY_TAG | u64::from(at)
    }

    /// An object as the library lays it out: class, literal, detail, number of properties, their address, capacity, no index.
    fn object(&mut self, ir: &Ir, shape: ShapeId, values: &[u64]) -> u64 {
        let literal = self.shape(ir, shape);
        self.align(8);
        let at = self.end();
        let count = values.len() as u32;
        self.words(&[0, literal]);
        self.bytes.extend_from_slice(&Value::UNDEFINED.bits().to_le_bytes());
        self.words(&[count, at + layout::OBJECT_BYTES, count, 0]);
        for (name, value) in ir.shapes.list[shape.0 as usize].iter().zip(values) {
            let name = self.addresses[&Symbol::Text(*name)];
            self.words(&[name, 0]);
            self.bytes.extend_from_slice(&value.to_le_bytes());
        }
        OBJECT_TAG | u64::from(at)
    }

    /// Pages of memory that the module begins with: one more than is filled, so that small requests need none.
    pub(super) fn pages(&self) -> u32 {
        self.arena.div_ceil(PAGE_BYTES) + 1
    }

    /// A constant as an instruction.
    pub(super) fn constant(&self, symbol: Symbol) -> Instruction<'static> {
        let address = self.addresses.get(&symbol).copied().unwrap_or_default();
        let value = |tag: u64| Instruction::I64Const((tag | u64::from(address)) as i64);
        match symbol {
            Symbol::Text(_) => value(STRING_TAG),
            Symbol::Function(_) | Symbol::Builtin(_) => value(FUNCTION_TAG),
            Symbol::Shape(_) => value(0),
            Symbol::Address(_) => Instruction::I32Const(address as i32),
            Symbol::Slot(function) => {
                Instruction::I32Const(self.slots.get(&function).map_or(0, |slot| *slot as i32))
            }
            Symbol::Import(import) => {
                let slot = self.import_slots.get(&import).copied().unwrap_or_default();
                Instruction::F64Const(f64::from(slot).into())
            }
            Symbol::Scratch => Instruction::I32Const(self.scratch as i32),
        }
    }
}
