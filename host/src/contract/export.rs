//! Checks the exports. In: the export section and the types of a validated module. Out: route names, the request area and
//! the size of the memory; a problem for everything that a guest must have and this module has not, or has wrongly.

use std::collections::BTreeMap;

use purview_abi::{
    call::{self, Signature},
    name::{self, Route},
};
use wasmparser::{
    ConstExpr, Export, ExternalKind, Import, MemoryType, Operator, TypeRef, ValType,
    types::{EntityType, Types},
};

use super::{Sections, problem::Problem, signature};

/// What the exports say.
#[derive(Default)]
pub(super) struct Exports<'a> {
    pub(super) routes: Vec<&'a str>,
    /// Routes whose function is that of the catch-all.
    pub(super) of_catch_all: Vec<&'a str>,
    pub(super) request_area: Option<u32>,
    pub(super) fault_record: Option<u32>,
    pub(super) initialize: bool,
    pub(super) memory_bytes_min: u64,
    pub(super) memory_bytes_max: Option<u64>,
}

/// Reads the exports and reports what is missing or wrong.
pub(super) fn check<'a>(
    sections: &Sections<'a>,
    types: &Types,
    problems: &mut Vec<Problem>,
) -> Exports<'a> {
    let mut exports = Exports::default();
    let is_function =
        |import: &&Import<'_>| matches!(import.ty, TypeRef::Func(_) | TypeRef::FuncExact(_));
    let imported = sections.imports.iter().filter(is_function).count();
    let imported = u32::try_from(imported).expect("a valid module has fewer imports");
    let mut reserve = false;
    let mut memory = None;
    for export in &sections.exports {
        let result = match export.name {
            name::MEMORY => check_memory(export, types).map(|found| memory = Some(found)),
            name::RESERVE => {
                reserve = true;
                check_function(export, types, imported, &call::RESERVE)
            }
            name::REQUEST_AREA => {
                request_area(export, sections).map(|address| exports.request_area = Some(address))
            }
            // It only helps to explain a trap: one that is something else is as good as none.
            name::FAULT => {
                exports.fault_record = global_address(export, sections);
                Ok(())
            }
            name::INITIALIZE => {
                exports.initialize = true;
                check_function(export, types, imported, &Signature { params: &[], result: None })
            }
            other if is_other_version(other) => {
                reserve |= other.starts_with("purview:reserve/");
                Err(Problem::OtherVersion { name: other.to_owned() })
            }
            other => match Route::parse(other) {
                None => Ok(()),
                Some(Err(error)) => Err(Problem::RouteName { name: other.to_owned(), error }),
                Some(Ok(_)) => {
                    exports.routes.push(other);
                    check_function(export, types, imported, &call::ROUTE)
                }
            },
        };
        problems.extend(result.err());
    }
    let function_of = |wanted: &str| {
        sections.exports.iter().find(|export| export.name == wanted).map(|export| export.index)
    };
    if let Some(catch_all) = function_of(name::CATCH_ALL) {
        let routes = exports.routes.iter().copied().filter(|route| *route != name::CATCH_ALL);
        exports.of_catch_all =
            routes.filter(|route| function_of(route) == Some(catch_all)).collect();
    }
    let has_memory_export = sections.exports.iter().any(|export| export.name == name::MEMORY);
    if !has_memory_export {
        problems.push(Problem::MemoryMissing);
    }
    if !reserve {
        problems.push(Problem::ReserveMissing);
    }
    if exports.routes.is_empty() && !problems.iter().any(|p| matches!(p, Problem::RouteName { .. }))
    {
        problems.push(Problem::NoRoute);
    }
    if types.as_ref().memory_count() > 1 {
        problems.push(Problem::MemoryCount { count: types.as_ref().memory_count() });
    }
    if let Some(memory) = memory {
        measure(&memory, &mut exports, problems);
    }
    problems.extend(conflicts(&exports.routes));
    exports
}

fn check_memory(export: &Export<'_>, types: &Types) -> Result<MemoryType, Problem> {
    let Some(EntityType::Memory(memory)) = types.as_ref().entity_type_from_export(export) else {
        return Err(Problem::ExportKind {
            name: export.name.to_owned(),
            expected: "a memory",
            found: kind(export.kind),
        });
    };
    if memory.memory64 {
        return Err(Problem::Memory64);
    }
    if memory.shared {
        return Err(Problem::MemoryShared);
    }
    Ok(memory)
}

/// Notes how large the memory is, and whether the request area lies in it.
fn measure(memory: &MemoryType, exports: &mut Exports<'_>, problems: &mut Vec<Problem>) {
    const PAGE_BYTES: u64 = 65_536;
    exports.memory_bytes_min = memory.initial.saturating_mul(PAGE_BYTES);
    exports.memory_bytes_max = memory.maximum.map(|pages| pages.saturating_mul(PAGE_BYTES));
    if let Some(address) = exports.request_area {
        let end = u64::from(address) + u64::from(name::REQUEST_AREA_BYTES);
        if end > exports.memory_bytes_min {
            problems.push(Problem::RequestAreaOutside {
                address,
                memory_bytes: exports.memory_bytes_min,
            });
        }
    }
}

fn check_function(
    export: &Export<'_>,
    types: &Types,
    imported: u32,
    expected: &Signature,
) -> Result<(), Problem> {
    let Some(EntityType::Func(id) | EntityType::FuncExact(id)) =
        types.as_ref().entity_type_from_export(export)
    else {
        return Err(Problem::ExportKind {
            name: export.name.to_owned(),
            expected: "a function",
            found: kind(export.kind),
        });
    };
    if export.index < imported {
        return Err(Problem::ExportImported { name: export.name.to_owned() });
    }
    let found = signature::of(types, id);
    if found.is_some_and(|found| signature::equals(found, expected)) {
        return Ok(());
    }
    Err(Problem::ExportSignature {
        name: export.name.to_owned(),
        expected: signature::expected(expected),
        found: found.map_or_else(|| "something else".to_owned(), signature::found),
    })
}

/// The value of the request area's global, which must be a constant.
fn request_area(export: &Export<'_>, sections: &Sections<'_>) -> Result<u32, Problem> {
    if export.kind != ExternalKind::Global {
        return Err(Problem::ExportKind {
            name: export.name.to_owned(),
            expected: "a constant global",
            found: kind(export.kind),
        });
    }
    global_address(export, sections).ok_or(Problem::RequestAreaKind)
}

/// The value of a constant global of type `i32`.
fn global_address(export: &Export<'_>, sections: &Sections<'_>) -> Option<u32> {
    if export.kind != ExternalKind::Global {
        return None;
    }
    let imported =
        sections.imports.iter().filter(|import| matches!(import.ty, TypeRef::Global(_))).count();
    let global = usize::try_from(export.index)
        .ok()
        .and_then(|index| index.checked_sub(imported))
        .and_then(|index| sections.globals.get(index));
    global
        .filter(|global| !global.ty.mutable && global.ty.content_type == ValType::I32)
        .and_then(|global| constant(&global.init_expr))
}

/// The value of an expression that is one `i32.const`.
fn constant(expression: &ConstExpr<'_>) -> Option<u32> {
    let mut operators = expression.get_operators_reader();
    let Ok(Operator::I32Const { value }) = operators.read() else { return None };
    matches!(operators.read(), Ok(Operator::End)).then_some(value.cast_unsigned())
}

/// Pairs of routes that answer the same requests: same method, and patterns that differ in parameter names only.
fn conflicts(routes: &[&str]) -> Vec<Problem> {
    let mut by_method: BTreeMap<&str, matchit::Router<&str>> = BTreeMap::new();
    let mut problems = Vec::new();
    for &export in routes {
        let Some((method, pattern)) = export.split_once(' ') else { continue };
        let router = by_method.entry(method).or_default();
        match router.insert(pattern, export) {
            Ok(()) => {}
            Err(matchit::InsertError::Conflict { with }) => problems.push(Problem::RouteConflict {
                name: export.to_owned(),
                other: format!("{method} {with}"),
            }),
            Err(other) => problems.push(Problem::RoutePattern {
                name: export.to_owned(),
                message: other.to_string(),
            }),
        }
    }
    problems
}

/// Whether this is an export of the agreement, but of a version that this host does not speak.
fn is_other_version(name: &str) -> bool {
    ["purview:reserve/", "purview:request/"].iter().any(|prefix| name.starts_with(prefix))
}

const fn kind(kind: ExternalKind) -> &'static str {
    match kind {
        ExternalKind::Func | ExternalKind::FuncExact => "a function",
        ExternalKind::Table => "a table",
        ExternalKind::Memory => "a memory",
        ExternalKind::Global => "a global",
        ExternalKind::Tag => "a tag",
    }
}
