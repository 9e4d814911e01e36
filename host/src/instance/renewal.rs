//! Whether and how a used instance of a module can be made new again. In: a module. Out: the module to compile, in which
//! the globals that change are exported, and the [`Renewal`]: what those and the memory hold in a new instance. A module
//! that changes anything else (tables, dropped segments) or that runs code before its first request has none.

use purview_abi::name;
use wasm_encoder::{ExportKind, ExportSection, Module, RawSection};
use wasmparser::{
    BinaryReaderError, Data, DataKind, ExportSectionReader, ExternalKind, FunctionBody,
    GlobalSectionReader, ImportSectionReader, Operator, Parser, Payload, TypeRef, ValType,
};

/// How the exports begin that are added for globals.
const EXPORT: &str = "purview:global/";
/// Data beyond this is not kept a second time.
const IMAGE_BYTES_MAX: usize = 16 * 1024 * 1024;

/// What a new instance holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Renewal {
    /// Its memory, without the zeros at the end.
    pub(super) image: Vec<u8>,
    /// Names under which the globals that change are exported. Their values are those right after instantiation.
    pub(super) globals: Vec<String>,
}

/// The module to compile instead of `wasm`, and its renewal.
pub(super) fn of(wasm: &[u8]) -> Option<(Vec<u8>, Renewal)> {
    // What cannot be read here is reported when it is compiled.
    read(wasm).ok().flatten()
}

fn read(wasm: &[u8]) -> Result<Option<(Vec<u8>, Renewal)>, BinaryReaderError> {
    let mut renewal = Renewal::default();
    let mut module = Module::new();
    let mut imported_globals = 0;
    let mut changing = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        let renewable = match &payload {
            Payload::ImportSection(section) => count_globals(section, &mut imported_globals)?,
            Payload::MemorySection(section) => section.count() == 1,
            Payload::GlobalSection(section) => {
                changing_globals(section, imported_globals, &mut changing)?
            }
            Payload::StartSection { .. } => false,
            Payload::CodeSectionEntry(body) => changes_memory_only(body)?,
            Payload::DataSection(section) => {
                let mut whole = true;
                for data in section.clone() {
                    whole &= place(&data?, &mut renewal.image)?;
                }
                whole
            }
            Payload::ExportSection(section) => match exports(section, &changing)? {
                Some((section, names)) => {
                    module.section(&section);
                    renewal.globals = names;
                    continue;
                }
                None => false,
            },
            _ => true,
        };
        if !renewable {
            return Ok(None);
        }
        if let Some((id, range)) = payload.as_section() {
            module.section(&RawSection { id, data: &wasm[range] });
        }
    }
    let exported = renewal.globals.len() == changing.len();
    Ok(exported.then(|| (module.finish(), renewal)))
}

/// Counts imported globals; false if something is imported that could change outside of the instance.
fn count_globals(
    section: &ImportSectionReader<'_>,
    count: &mut u32,
) -> Result<bool, BinaryReaderError> {
    for import in section.clone().into_imports() {
        match import?.ty {
            TypeRef::Func(_) => {}
            TypeRef::Global(global) if !global.mutable => *count += 1,
            _ => return Ok(false),
        }
    }
    Ok(true)
}

/// Collects the globals that can change; false if one of them holds something else than a number.
fn changing_globals(
    section: &GlobalSectionReader<'_>,
    first: u32,
    changing: &mut Vec<u32>,
) -> Result<bool, BinaryReaderError> {
    for (index, global) in (first..).zip(section.clone()) {
        let ty = global?.ty;
        let number =
            matches!(ty.content_type, ValType::I32 | ValType::I64 | ValType::F32 | ValType::F64);
        if ty.mutable && !number {
            return Ok(false);
        }
        changing.extend(ty.mutable.then_some(index));
    }
    Ok(true)
}

/// Whether a function changes nothing but memory and globals.
fn changes_memory_only(body: &FunctionBody<'_>) -> Result<bool, BinaryReaderError> {
    let mut operators = body.get_operators_reader()?;
    while !operators.eof() {
        match operators.read()? {
            Operator::TableSet { .. }
            | Operator::TableGrow { .. }
            | Operator::TableFill { .. }
            | Operator::TableCopy { .. }
            | Operator::TableInit { .. }
            | Operator::ElemDrop { .. }
            | Operator::DataDrop { .. } => return Ok(false),
            _ => {}
        }
    }
    Ok(true)
}

/// Writes a data segment to the image; false if its place is not known from the module alone.
fn place(data: &Data<'_>, image: &mut Vec<u8>) -> Result<bool, BinaryReaderError> {
    let DataKind::Active { memory_index: 0, offset_expr } = &data.kind else {
        return Ok(matches!(data.kind, DataKind::Passive));
    };
    let mut operators = offset_expr.get_operators_reader();
    let Operator::I32Const { value } = operators.read()? else { return Ok(false) };
    if !matches!(operators.read()?, Operator::End) {
        return Ok(false);
    }
    let start = value.cast_unsigned() as usize;
    let Some(end) = start.checked_add(data.data.len()).filter(|end| *end <= IMAGE_BYTES_MAX) else {
        return Ok(false);
    };
    image.resize(image.len().max(end), 0);
    image[start..end].copy_from_slice(data.data);
    Ok(true)
}

/// The exports with those of `changing` added, and the names of these; `None` if the module must start by itself or
/// already uses such a name.
fn exports(
    section: &ExportSectionReader<'_>,
    changing: &[u32],
) -> Result<Option<(ExportSection, Vec<String>)>, BinaryReaderError> {
    let mut exports = ExportSection::new();
    for export in section.clone() {
        let export = export?;
        let kind = match export.kind {
            ExternalKind::Func => ExportKind::Func,
            ExternalKind::Memory => ExportKind::Memory,
            ExternalKind::Global => ExportKind::Global,
            ExternalKind::Table => ExportKind::Table,
            _ => return Ok(None),
        };
        if export.name == name::INITIALIZE || export.name.starts_with(EXPORT) {
            return Ok(None);
        }
        exports.export(export.name, kind, export.index);
    }
    let names: Vec<String> = changing.iter().map(|index| format!("{EXPORT}{index}")).collect();
    for (name, index) in names.iter().zip(changing) {
        exports.export(name, ExportKind::Global, *index);
    }
    Ok(Some((exports, names)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Option<Renewal> {
        let wasm = wat::parse_str(format!("(module {text})")).unwrap();
        let (renewable, renewal) = of(&wasm)?;
        wasmparser::validate(&renewable).unwrap();
        Some(renewal)
    }

    #[test]
    fn the_guest_that_looks_for_leaks_is_renewed() {
        let text = include_str!("../../tests/guests/secret-plain.wat");
        let (_, renewal) = of(&wat::parse_str(text).unwrap()).unwrap();
        assert_eq!((renewal.globals.len(), renewal.image.len()), (2, 2056));
        assert!(
            of(&wat::parse_str(include_str!("../../tests/guests/secret.wat")).unwrap()).is_none()
        );
    }

    const MEMORY: &str = r#"(memory (export "memory") 1)"#;

    #[test]
    fn knows_memory_and_globals_of_a_new_instance() {
        let renewal = check(&format!(
            r#"{MEMORY} (global i32 (i32.const 1)) (global (mut i32) (i32.const 2)) (global (mut f64) (f64.const 3))
            (data (i32.const 4) "ab") (data (i32.const 1) "c") (data "passive") (func (export "GET /"))"#
        ));
        let globals = vec!["purview:global/1".to_owned(), "purview:global/2".to_owned()];
        assert_eq!(renewal, Some(Renewal { image: b"\0c\0\0ab".to_vec(), globals }));
        let imported = check(&format!(
            r#"(import "a" "b" (global i32)) (import "a" "c" (func)) {MEMORY} (global (mut i64) (i64.const 0))"#
        ));
        assert_eq!(imported.unwrap().globals, ["purview:global/1"]);
    }

    #[test]
    fn keeps_to_modules_that_change_nothing_else() {
        for text in [
            r#"(import "a" "b" (global (mut i32)))"#,
            r#"(import "a" "b" (table 1 funcref))"#,
            r#"(global (mut funcref) (ref.null func))"#,
            r#"(func $f) (start $f)"#,
            r#"(func (export "_initialize"))"#,
            r#"(func (export "purview:global/0"))"#,
            r#"(table 1 funcref) (func (table.set (i32.const 0) (ref.null func)))"#,
            r#"(table 1 funcref) (func (drop (table.grow (ref.null func) (i32.const 1))))"#,
            r#"(table 1 funcref) (func (table.fill (i32.const 0) (ref.null func) (i32.const 1)))"#,
            r#"(table 1 funcref) (func (table.copy (i32.const 0) (i32.const 0) (i32.const 1)))"#,
            r#"(table 1 funcref) (elem $e func) (func (table.init $e (i32.const 0) (i32.const 0) (i32.const 0)))"#,
            r#"(elem $e func) (func (elem.drop $e))"#,
            r#"(data $d "x") (func (data.drop $d))"#,
            r#"(import "a" "b" (global $at i32)) (data (global.get $at) "x")"#,
        ] {
            assert_eq!(
                check(&format!("{text} {MEMORY}").replace("(import", "\n(import")),
                None,
                "{text}"
            );
        }
        assert_eq!(of(b"\0asm\x01\0\0\0\xff"), None);
    }
}
