//! Reads of arrays and objects → code that looks for itself. In: the object, the place. Out: instructions that leave the value. The library is
//! called where what is found is not what was guessed, so that nothing rests on the guess.

use std::collections::HashMap;

use purview_js_runtime::{array, object::layout};
use wasm_encoder::{BlockType, Instruction as I, MemArg, ValType};

use super::{
    code::Symbol,
    function::{Control, Emitter, at},
};
use crate::lower::{
    ir::{Expr, Ir, TextId},
    kinds::Kinds,
    types::Rep,
};

/// Tags of values in their upper 16 bits.
const OBJECT_TAG: i64 = 0xFFFB;
const ARRAY_TAG: i64 = 0xFFFC;

/// Where a property of a name stands in most object literals of the program.
pub(super) type Guesses = HashMap<TextId, u32>;

/// Counts the places of names.
pub(super) fn guesses(ir: &Ir) -> Guesses {
    let mut counts: HashMap<TextId, HashMap<u32, usize>> = HashMap::new();
    for names in &ir.shapes.list {
        for (place, name) in names.iter().enumerate() {
            *counts.entry(*name).or_default().entry(place as u32).or_default() += 1;
        }
    }
    let most = |places: HashMap<u32, usize>| {
        places.into_iter().max_by_key(|(place, count)| (*count, std::cmp::Reverse(*place)))
    };
    counts.into_iter().filter_map(|(name, places)| Some((name, most(places)?.0))).collect()
}

/// A memory access of four bytes at a fixed place of an object.
fn word(offset: u32) -> MemArg {
    MemArg { offset: u64::from(offset), align: 2, memory_index: 0 }
}

impl Emitter<'_> {
    /// Whether the value on the stack has this tag.
    fn has_tag(&mut self, tag: i64) {
        self.op(I::I64Const(48));
        self.op(I::I64ShrU);
        self.op(I::I64Const(tag));
        self.op(I::I64Eq);
    }

    /// Whether a value is an array.
    pub(super) fn is_array(&mut self, value: &Expr) {
        self.value(value, Rep::Value);
        self.has_tag(ARRAY_TAG);
    }

    /// Number of elements of a variable of the compiler that holds an array.
    pub(super) fn count(&mut self, array: &Expr) {
        self.value(array, Rep::Value);
        self.op(I::I32WrapI64);
        self.op(I::I32Load(word(array::LENGTH_AT)));
    }

    /// An element of a variable of the compiler that holds an array; `undefined` outside.
    pub(super) fn item(&mut self, array: &Expr, index: &Expr) {
        let (address, place) = (self.take_local(ValType::I32), self.take_local(ValType::I32));
        self.value(array, Rep::Value);
        self.op(I::I32WrapI64);
        self.op(I::LocalSet(address));
        self.value(index, Rep::Int);
        self.op(I::LocalTee(place));
        self.op(I::LocalGet(address));
        self.op(I::I32Load(word(array::LENGTH_AT)));
        self.op(I::I32LtU);
        self.op(I::If(BlockType::Result(ValType::I64)));
        self.element(address, place);
        self.op(I::Else);
        self.undefined();
        self.op(I::End);
        self.free_local(ValType::I32, address);
        self.free_local(ValType::I32, place);
    }

    /// The element at a place that is inside.
    fn element(&mut self, address: u32, place: u32) {
        self.op(I::LocalGet(address));
        self.op(I::I32Load(word(array::ITEMS_AT)));
        self.op(I::LocalGet(place));
        self.op(I::I32Const(3));
        self.op(I::I32Shl);
        self.op(I::I32Add);
        self.op(I::I64Load(at(0)));
    }

    /// `target[key]` where the key is a number.
    pub(super) fn indexed(&mut self, target: &Expr, key: &Expr) {
        let (object, number) = (self.take_local(ValType::I64), self.take_local(ValType::F64));
        let (address, place) = (self.take_local(ValType::I32), self.take_local(ValType::I32));
        let whole = self.facts.rep(key) == Rep::Int;
        self.value(target, Rep::Value);
        self.op(I::LocalSet(object));
        if whole {
            self.value(key, Rep::Int);
            self.op(I::LocalSet(place));
        } else {
            self.value(key, Rep::Number);
            self.op(I::LocalTee(number));
            self.op(I::I32TruncSatF64U);
            self.op(I::LocalSet(place));
        }
        self.block(Control::Plain, BlockType::Result(ValType::I64), |this| {
            this.block(Control::Plain, BlockType::Empty, |this| {
                this.unless_tag(object, ARRAY_TAG, address);
                if !whole {
                    this.op(I::LocalGet(place));
                    this.op(I::F64ConvertI32U);
                    this.op(I::LocalGet(number));
                    this.op(I::F64Ne);
                    this.op(I::BrIf(0));
                }
                this.op(I::LocalGet(place));
                this.op(I::LocalGet(address));
                this.op(I::I32Load(word(array::LENGTH_AT)));
                this.op(I::I32GeU);
                this.op(I::BrIf(0));
                this.element(address, place);
                this.op(I::Br(1));
            });
            this.op(I::LocalGet(object));
            if whole {
                this.op(I::LocalGet(place));
                this.convert(Rep::Int, Rep::Value);
            } else {
                this.op(I::LocalGet(number));
                this.convert(Rep::Number, Rep::Value);
            }
            this.here();
            this.runtime("rt.index");
        });
        self.free_local(ValType::I64, object);
        self.free_local(ValType::F64, number);
        self.free_local(ValType::I32, address);
        self.free_local(ValType::I32, place);
    }

    /// Leaves the innermost block unless the value has this tag; its address is kept.
    fn unless_tag(&mut self, value: u32, tag: i64, address: u32) {
        self.op(I::LocalGet(value));
        self.has_tag(tag);
        self.op(I::I32Eqz);
        self.op(I::BrIf(0));
        self.op(I::LocalGet(value));
        self.op(I::I32WrapI64);
        self.op(I::LocalSet(address));
    }

    /// A property by its name: at the place where literals of the program have it, or wherever the library finds it.
    pub(super) fn property(&mut self, target: &Expr, name: TextId) {
        let Some(place) = self.guesses.get(&name).copied() else {
            self.value(target, Rep::Value);
            self.constant(Symbol::Text(name));
            self.here();
            return self.runtime("rt.get");
        };
        let (object, address) = (self.take_local(ValType::I64), self.take_local(ValType::I32));
        self.value(target, Rep::Value);
        self.op(I::LocalSet(object));
        self.block(Control::Plain, BlockType::Result(ValType::I64), |this| {
            this.block(Control::Plain, BlockType::Empty, |this| {
                this.unless_tag(object, OBJECT_TAG, address);
                this.op(I::LocalGet(address));
                this.op(I::I32Load(word(layout::LENGTH_AT)));
                this.op(I::I32Const(place as i32));
                this.op(I::I32LeU);
                this.op(I::BrIf(0));
                this.op(I::LocalGet(address));
                this.op(I::I32Load(word(layout::ENTRIES_AT)));
                this.op(I::LocalTee(address));
                this.op(I::I32Load(word(place * layout::ENTRY_BYTES)));
                this.constant(Symbol::Address(name));
                this.op(I::I32Ne);
                this.op(I::BrIf(0));
                this.op(I::LocalGet(address));
                this.op(I::I64Load(at(u64::from(place * layout::ENTRY_BYTES + layout::VALUE_AT))));
                this.op(I::Br(1));
            });
            this.op(I::LocalGet(object));
            this.constant(Symbol::Text(name));
            this.here();
            this.runtime("rt.get");
        });
        self.free_local(ValType::I64, object);
        self.free_local(ValType::I32, address);
    }

    /// Entries of the library that are a few instructions; whether this was one.
    pub(super) fn looks_itself(&mut self, name: &str, args: &[Expr]) -> bool {
        match (name, args) {
            ("rt.count", [array]) if self.is_own(array) => self.count(array),
            ("rt.item", [array, index]) if self.is_own(array) => self.item(array, index),
            ("rt.index", [target, key]) if self.facts.kinds(key).within(Kinds::NUMBER) => {
                self.indexed(target, key);
            }
            ("rt.get", [target, Expr::Text(name)]) => self.property(target, *name),
            _ => return false,
        }
        true
    }

    /// Whether this is a variable of the compiler that holds an array: it is set once, from what was looked at.
    fn is_own(&self, array: &Expr) -> bool {
        let Expr::Var(var) = array else { return false };
        let entry = &self.ir.vars[var.0 as usize];
        entry.name.is_empty() && !entry.global && self.facts.kinds_of(*var).within(Kinds::ARRAYS)
    }
}
