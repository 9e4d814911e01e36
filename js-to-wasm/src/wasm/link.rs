//! Takes from the runtime library what a program reaches. In: the functions that the program calls. Out: these and everything they
//! refer to, with new indices and addresses, as bytes. Order is the library's own, so that equal programs give equal modules.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use wasm_encoder::Encode;
use wasmparser::RelocationType;

use super::runtime::{Reference, Runtime, Target};

/// Parts of the library that a program needs, and where they come to lie.
#[derive(Debug)]
pub(crate) struct Linked {
    /// Imported functions of the library that are needed, as indices of the library.
    pub(crate) imports: Vec<u32>,
    /// Defined functions that are needed, as indices of the library with imports first.
    pub(crate) functions: Vec<u32>,
    /// Data that is needed, with its new address.
    pub(crate) data: BTreeMap<u32, u32>,
    /// Functions whose table index is taken, in table order.
    pub(crate) table: Vec<u32>,
    /// First address behind the statics that were asked for.
    pub(crate) statics_end: u32,
    /// First address behind the data.
    pub(crate) data_end: u32,
}

/// Where data comes to lie.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Starts {
    /// Where the statics that are asked for begin.
    pub(crate) statics: u32,
    /// Where everything else begins.
    pub(crate) data: u32,
}

/// Where things are in the module that is being written.
pub(crate) struct Layout<'a> {
    /// New index of a function of the library.
    pub(crate) function: &'a dyn Fn(u32) -> u32,
    /// New index of a type of the library.
    pub(crate) ty: &'a dyn Fn(u32) -> u32,
    /// Table index of a function of the library.
    pub(crate) slot: &'a dyn Fn(u32) -> u32,
}

/// Follows references from `roots` until nothing new is found, and lays out the data, `statics` apart from the rest.
pub(crate) fn link(
    runtime: &Runtime,
    roots: &BTreeSet<u32>,
    statics: &[u32],
    starts: Starts,
) -> Linked {
    let mut functions: BTreeSet<u32> = BTreeSet::new();
    let mut data: BTreeSet<u32> = BTreeSet::new();
    let mut table = BTreeSet::new();
    let mut open: Vec<Target> = roots.iter().map(|root| Target::Function(*root)).collect();
    open.extend(statics.iter().map(|data| Target::Data(*data)));
    let imports = runtime.imports.len() as u32;
    while let Some(target) = open.pop() {
        let range = match target {
            Target::Function(function) if functions.insert(function) => {
                let defined = function.checked_sub(imports);
                defined.map(|defined| runtime.functions[defined as usize].body.clone())
            }
            Target::Data(index) if data.insert(index) => {
                runtime.bytes_of(&runtime.data[index as usize])
            }
            _ => None,
        };
        let Some(range) = range else { continue };
        for reference in runtime.references_in(&range) {
            if matches!(
                reference.kind,
                RelocationType::TableIndexSleb | RelocationType::TableIndexI32
            ) && let Target::Function(function) = reference.target
            {
                table.insert(function);
            }
            open.push(reference.target);
        }
    }
    let (apart, others) = data.into_iter().partition(|index| statics.contains(index));
    let (mut data, statics_end) = lay_out(runtime, &apart, starts.statics);
    let (others, data_end) = lay_out(runtime, &others, starts.data);
    data.extend(others);
    let (imported, defined) = functions.into_iter().partition(|function| *function < imports);
    Linked {
        imports: imported,
        functions: defined,
        data,
        table: table.into_iter().collect(),
        statics_end,
        data_end,
    }
}

/// Gives each piece of data a new address of the same alignment; pieces that overlap stay together.
fn lay_out(runtime: &Runtime, needed: &BTreeSet<u32>, start: u32) -> (BTreeMap<u32, u32>, u32) {
    let mut order: Vec<u32> = needed.iter().copied().collect();
    order.sort_by_key(|index| {
        let data = &runtime.data[*index as usize];
        (data.address, std::cmp::Reverse(data.size))
    });
    let mut placed = BTreeMap::new();
    let mut next = start;
    // The piece that the following ones may overlap: old start and end, new start.
    let mut last = (0, 0, 0);
    for index in order {
        let data = &runtime.data[index as usize];
        let end = data.address + data.size;
        if data.address < last.1 && end <= last.1 {
            placed.insert(index, last.2 + (data.address - last.0));
            continue;
        }
        let address = next + (data.address.wrapping_sub(next) & 15);
        placed.insert(index, address);
        next = address + data.size;
        last = (data.address, end, address);
    }
    (placed, next)
}

impl Linked {
    /// The bytes of a function's body with its references set. Numbers that were padded to five bytes become short: nothing in a
    /// body depends on where its bytes are.
    pub(crate) fn body(&self, runtime: &Runtime, function: u32, layout: &Layout<'_>) -> Vec<u8> {
        let index = function as usize - runtime.imports.len();
        let range = &runtime.functions[index].body;
        let mut bytes = Vec::with_capacity(range.len());
        let mut copied = range.start;
        for reference in runtime.references_in(range) {
            bytes.extend_from_slice(&runtime.bytes[copied..reference.at]);
            let value = self.value(reference, layout);
            match reference.kind {
                RelocationType::MemoryAddrSleb | RelocationType::TableIndexSleb => {
                    (value as i32).encode(&mut bytes)
                }
                _ => value.encode(&mut bytes),
            }
            copied = reference.at + reference.kind.extent();
        }
        bytes.extend_from_slice(&runtime.bytes[copied..range.end]);
        bytes
    }

    /// The data of these addresses as one image.
    pub(crate) fn image(
        &self,
        runtime: &Runtime,
        addresses: Range<u32>,
        layout: &Layout<'_>,
    ) -> Vec<u8> {
        let mut image = vec![0; addresses.len()];
        let start = addresses.start;
        for (index, address) in self.data.iter().filter(|(_, at)| addresses.contains(at)) {
            let data = &runtime.data[*index as usize];
            let Some(range) = runtime.bytes_of(data) else { continue };
            let target = &mut image[(address - start) as usize..][..range.len()];
            target.copy_from_slice(&runtime.bytes[range.clone()]);
            for reference in runtime.references_in(&range) {
                let place = &mut target[reference.at - range.start..][..4];
                place.copy_from_slice(&self.value(reference, layout).to_le_bytes());
            }
        }
        image
    }

    /// What a reference becomes.
    fn value(&self, reference: &Reference, layout: &Layout<'_>) -> u32 {
        use RelocationType as Kind;
        match (reference.kind, reference.target) {
            (Kind::TableIndexSleb | Kind::TableIndexI32, Target::Function(function)) => {
                (layout.slot)(function)
            }
            (_, Target::Function(function)) => (layout.function)(function),
            (_, Target::Type(ty)) => (layout.ty)(ty),
            (_, Target::Data(data)) => self.data[&data].wrapping_add(reference.addend as u32),
            (_, Target::Stack | Target::Table) => 0,
        }
    }
}
