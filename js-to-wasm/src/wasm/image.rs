//! The program's part of the memory image: texts, functions without captured values, room for arguments, the request record. In: what
//! code refers to. Out: bytes and addresses.

use std::collections::{BTreeSet, HashMap};

use purview_js_runtime::string::{count_units, hash};
use wasm_encoder::Instruction;

use super::{SCRATCH_VALUES, code::Symbol};
use crate::lower::ir::{FuncId, ImportId, Ir};

const PAGE_BYTES: u32 = 65536;
const STRING_TAG: u64 = 0xFFFA << 48;
const FUNCTION_TAG: u64 = 0xFFFD << 48;

/// The image behind the library's data.
#[derive(Debug)]
pub(super) struct Image {
    pub(super) bytes: Vec<u8>,
    /// Where the request record lies.
    pub(super) request: u32,
    /// Where the arena begins.
    pub(super) arena: u32,
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
    pub(super) fn new(ir: &Ir, start: u32, symbols: &BTreeSet<Symbol>, slots: &Slots<'_>) -> Self {
        let first_builtin = slots.first + slots.values.len() as u32;
        let first_import = first_builtin + slots.builtins.len() as u32;
        let mut image = Self {
            bytes: Vec::new(),
            request: 0,
            arena: 0,
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
                Symbol::Text(text) => image.text(*symbol, &ir.texts.list[text.0 as usize]),
                Symbol::Function(function) => {
                    let arity = ir.functions[function.0 as usize].params.len() as u32;
                    image.function(*symbol, image.slots[function], arity);
                }
                Symbol::Builtin(index) => image.function(*symbol, builtin_slots[index], 1),
                Symbol::Slot(_) | Symbol::Import(_) | Symbol::Scratch => {}
            }
        }
        image.align(16);
        image.scratch = image.end();
        image.request = image.scratch + 8 * SCRATCH_VALUES as u32;
        image.arena = image.request + purview_abi::name::REQUEST_AREA_BYTES;
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
    fn text(&mut self, symbol: Symbol, text: &[u8]) {
        self.align(8);
        let at = self.end();
        self.addresses.insert(symbol, at);
        self.words(&[at + 20, text.len() as u32, count_units(text), hash(text), 0]);
        self.bytes.extend_from_slice(text);
    }

    /// A function value: table index, number of parameters.
    fn function(&mut self, symbol: Symbol, slot: u32, arity: u32) {
        self.align(8);
        let at = self.end();
        self.addresses.insert(symbol, at);
        self.words(&[slot, arity]);
    }

    /// Pages of memory that the module begins with: one more than is filled, so that small requests need none.
    pub(super) fn pages(&self) -> u32 {
        self.arena.div_ceil(PAGE_BYTES) + 1
    }

    /// A constant as an instruction.
    pub(super) fn constant(&self, symbol: Symbol) -> Instruction<'static> {
        let address = u64::from(self.addresses.get(&symbol).copied().unwrap_or_default());
        match symbol {
            Symbol::Text(_) => Instruction::I64Const((STRING_TAG | address) as i64),
            Symbol::Function(_) | Symbol::Builtin(_) => {
                Instruction::I64Const((FUNCTION_TAG | address) as i64)
            }
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
