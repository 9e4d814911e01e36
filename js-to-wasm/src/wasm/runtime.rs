//! The runtime library as a set of parts: functions and data, and which part refers to which. In: `runtime.wasm` as the linker of Rust
//! writes it with `--emit-relocs`. Out: parts by name. Every reference in code and data is a relocation, so parts can be taken and
//! moved without understanding instructions.

use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
    sync::OnceLock,
};

use wasmparser::{
    BinaryReader, DataKind, ElementItems, ExternalKind, FuncType, KnownCustom, Linking, Operator,
    Parser, Payload, RelocationType, SymbolInfo, TypeRef,
};

/// The runtime library that is built into the compiler.
const BYTES: &[u8] = include_bytes!("../../runtime.wasm");

/// A function of the library.
#[derive(Debug)]
pub(crate) struct Function {
    /// Index into [`Runtime::types`].
    pub(crate) ty: u32,
    /// Its body in the file, without the length before it.
    pub(crate) body: Range<usize>,
    /// The name by which it is exported, for stack traces; empty if it is not.
    pub(crate) name: String,
}

/// A function that the library imports.
#[derive(Debug)]
pub(crate) struct Import {
    pub(crate) module: String,
    pub(crate) name: String,
    pub(crate) ty: u32,
}

/// A piece of data.
#[derive(Debug)]
pub(crate) struct Data {
    /// Its address in the library as it is.
    pub(crate) address: u32,
    pub(crate) size: u32,
}

/// What a relocation refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// An index into the library's functions, imports first.
    Function(u32),
    /// An index into [`Runtime::data`].
    Data(u32),
    /// An index into [`Runtime::types`].
    Type(u32),
    /// The one global: the stack pointer.
    Stack,
    /// The one table.
    Table,
}

/// A place in code or data that refers to something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reference {
    /// Where the place is in the file.
    pub(crate) at: usize,
    pub(crate) kind: RelocationType,
    pub(crate) target: Target,
    pub(crate) addend: i32,
}

/// The library.
#[derive(Debug, Default)]
pub(crate) struct Runtime {
    pub(crate) bytes: &'static [u8],
    pub(crate) types: Vec<FuncType>,
    pub(crate) imports: Vec<Import>,
    pub(crate) functions: Vec<Function>,
    pub(crate) data: Vec<Data>,
    /// References in code and data, by place in the file.
    pub(crate) references: Vec<Reference>,
    /// Initial value of the stack pointer: the stack lies below the data.
    pub(crate) stack_bytes: u32,
    /// Exported functions by name, as indices with imports first.
    exports: HashMap<String, u32>,
    /// Exported data by name.
    statics: HashMap<String, u32>,
    /// Address ranges that have bytes in the file.
    segments: Vec<(Range<u32>, usize)>,
    /// Table slots of the library's function pointers.
    slots: BTreeMap<u32, u32>,
}

/// The library, read once per process.
pub(crate) fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| read(BYTES).expect("the runtime library is built with this compiler"))
}

impl Runtime {
    /// The exported function of this name.
    pub(crate) fn export(&self, name: &str) -> Option<u32> {
        self.exports.get(name).copied()
    }

    /// The exported data of this name.
    pub(crate) fn exported_data(&self, name: &str) -> Option<u32> {
        self.statics.get(name).copied()
    }

    /// Type of a function, imports first.
    pub(crate) fn type_of(&self, function: u32) -> &FuncType {
        let imports = self.imports.len() as u32;
        let ty = match function.checked_sub(imports) {
            Some(defined) => self.functions[defined as usize].ty,
            None => self.imports[function as usize].ty,
        };
        &self.types[ty as usize]
    }

    /// The bytes of a piece of data in the file; none if it is all zeros.
    pub(crate) fn bytes_of(&self, data: &Data) -> Option<Range<usize>> {
        let (range, at) = self.segments.iter().find(|(range, _)| range.contains(&data.address))?;
        let start = at + (data.address - range.start) as usize;
        Some(start..start + data.size as usize)
    }

    /// References within a range of the file.
    pub(crate) fn references_in(&self, range: &Range<usize>) -> &[Reference] {
        let start = self.references.partition_point(|reference| reference.at < range.start);
        let end = self.references.partition_point(|reference| reference.at < range.end);
        &self.references[start..end]
    }
}

/// A relocation as it stands in the file, with the symbol it names.
struct Relocation {
    section: u32,
    entry: wasmparser::RelocationEntry,
}

#[derive(Default)]
struct Reader<'a> {
    runtime: Runtime,
    symbols: Vec<SymbolInfo<'a>>,
    relocations: Vec<Relocation>,
    /// Where the payload of each section starts.
    sections: Vec<usize>,
    function_types: Vec<u32>,
    globals: Vec<u32>,
    exported_globals: Vec<(String, u32)>,
}

fn read(bytes: &'static [u8]) -> wasmparser::Result<Runtime> {
    let mut reader = Reader::default();
    reader.runtime.bytes = bytes;
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload?;
        if let Some((_, range)) = payload.as_section() {
            reader.sections.push(range.start);
        }
        reader.payload(payload)?;
    }
    reader.finish(bytes)
}

impl<'a> Reader<'a> {
    fn payload(&mut self, payload: Payload<'a>) -> wasmparser::Result<()> {
        let runtime = &mut self.runtime;
        match payload {
            Payload::TypeSection(types) => {
                for ty in types.into_iter_err_on_gc_types() {
                    runtime.types.push(ty?);
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let import = import?;
                    if let TypeRef::Func(ty) = import.ty {
                        let (module, name) = (import.module.to_owned(), import.name.to_owned());
                        runtime.imports.push(Import { module, name, ty });
                    }
                }
            }
            Payload::FunctionSection(types) => {
                self.function_types = types.into_iter().collect::<Result<_, _>>()?;
            }
            Payload::GlobalSection(globals) => {
                for global in globals {
                    let mut init = global?.init_expr.get_operators_reader();
                    self.globals.push(constant(&init.read()?));
                }
            }
            Payload::ExportSection(exports) => self.exports(exports)?,
            Payload::ElementSection(elements) => {
                for element in elements {
                    let ElementItems::Functions(functions) = element?.items else { continue };
                    for (slot, function) in functions.into_iter().enumerate() {
                        runtime.slots.insert(slot as u32 + 1, function?);
                    }
                }
            }
            Payload::CodeSectionEntry(body) => {
                let ty = self.function_types[runtime.functions.len()];
                runtime.functions.push(Function { ty, body: body.range(), name: String::new() });
            }
            Payload::DataSection(segments) => {
                for segment in segments {
                    let segment = segment?;
                    let DataKind::Active { offset_expr, .. } = segment.kind else { continue };
                    let start = constant(&offset_expr.get_operators_reader().read()?);
                    let at = segment.range.end - segment.data.len();
                    runtime.segments.push((start..start + segment.data.len() as u32, at));
                }
            }
            Payload::CustomSection(section) => self.custom(&section)?,
            _ => {}
        }
        Ok(())
    }

    fn exports(&mut self, exports: wasmparser::ExportSectionReader<'a>) -> wasmparser::Result<()> {
        for export in exports {
            let export = export?;
            match export.kind {
                ExternalKind::Func => {
                    self.runtime.exports.insert(export.name.to_owned(), export.index);
                }
                ExternalKind::Global => {
                    self.exported_globals.push((export.name.to_owned(), export.index));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn custom(&mut self, section: &wasmparser::CustomSectionReader<'a>) -> wasmparser::Result<()> {
        match section.as_known() {
            KnownCustom::Linking(linking) => {
                for subsection in linking.subsections() {
                    if let Linking::SymbolTable(symbols) = subsection? {
                        self.symbols = symbols.into_iter().collect::<Result<_, _>>()?;
                    }
                }
            }
            KnownCustom::Reloc(relocations) => {
                let section = relocations.section_index();
                for entry in relocations.entries() {
                    self.relocations.push(Relocation { section, entry: entry? });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(mut self, bytes: &'static [u8]) -> wasmparser::Result<Runtime> {
        let mut data_of_symbol = HashMap::new();
        for index in 0..self.relocations.len() {
            let Relocation { section, entry } = &self.relocations[index];
            let (at, kind, addend) = (
                self.sections[*section as usize] + entry.offset as usize,
                entry.ty,
                entry.addend as i32,
            );
            let target = match kind {
                RelocationType::TypeIndexLeb => Target::Type(entry.index),
                RelocationType::TableNumberLeb => Target::Table,
                RelocationType::GlobalIndexLeb => Target::Stack,
                _ => match self.symbols[entry.index as usize] {
                    SymbolInfo::Func { index, .. } => Target::Function(index),
                    SymbolInfo::Data { symbol, .. } => {
                        let data = &mut self.runtime.data;
                        let known = data_of_symbol.entry(entry.index).or_insert_with(|| {
                            let address = value_at(bytes, at, kind).wrapping_sub(addend as u32);
                            data.push(Data {
                                address,
                                size: symbol.map_or(0, |symbol| symbol.size),
                            });
                            data.len() as u32 - 1
                        });
                        Target::Data(*known)
                    }
                    _ => Target::Stack,
                },
            };
            self.runtime.references.push(Reference { at, kind, target, addend });
        }
        self.runtime.references.sort_by_key(|reference| reference.at);
        self.runtime.stack_bytes = self.globals.first().copied().unwrap_or_default();
        for (name, global) in &self.exported_globals {
            let address = self.globals[*global as usize];
            if let Some(data) =
                self.runtime.data.iter().position(|data| data.address == address && data.size > 0)
            {
                self.runtime.statics.insert(name.clone(), data as u32);
            }
        }
        let imports = self.runtime.imports.len() as u32;
        let named: HashMap<u32, &String> =
            self.runtime.exports.iter().map(|(name, index)| (*index, name)).collect();
        for (index, function) in self.runtime.functions.iter_mut().enumerate() {
            let index = index as u32 + imports;
            function.name = named.get(&index).map(|name| (*name).clone()).unwrap_or_default();
        }
        Ok(self.runtime)
    }
}

fn constant(operator: &Operator<'_>) -> u32 {
    match operator {
        Operator::I32Const { value } => *value as u32,
        _ => 0,
    }
}

/// The number that stands at a relocated place.
fn value_at(bytes: &'static [u8], at: usize, kind: RelocationType) -> u32 {
    let place = &bytes[at..];
    match kind.extent() {
        4 => place.first_chunk().map_or(0, |word| u32::from_le_bytes(*word)),
        _ => {
            let mut reader = BinaryReader::new(place, 0);
            match kind {
                RelocationType::MemoryAddrSleb | RelocationType::TableIndexSleb => {
                    reader.read_var_i32().map_or(0, |value| value as u32)
                }
                _ => reader.read_var_u32().unwrap_or(0),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_has_its_parts() {
        let runtime = runtime();
        assert!(runtime.export("Math.floor").is_some() && runtime.export(".slice").is_some());
        assert!(
            runtime.exported_data("rt.arena").is_some()
                && runtime.exported_data("rt.fault").is_some()
        );
        assert!(runtime.stack_bytes >= 65536 && runtime.slots.len() < 64, "{:?}", runtime.slots);
        // Every name that is a built-in is one that a program can write.
        assert!(runtime.exports.keys().all(|name| !name.is_empty()));
    }
    /// The bodies of these functions are replaced: none of them may be another function too, as the linker of Rust makes of equal ones.
    #[test]
    fn functions_that_switch_are_functions_of_their_own() {
        let runtime = runtime();
        let switches: Vec<&String> =
            runtime.exports.keys().filter(|name| name.starts_with("rt.switch.")).collect();
        assert_eq!(switches.len(), 8, "{switches:?}");
        for name in switches {
            let index = runtime.exports[name];
            let names = runtime.exports.values().filter(|other| **other == index).count();
            assert_eq!(names, 1, "{name}");
        }
    }
}
