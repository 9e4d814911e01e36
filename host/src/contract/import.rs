//! Checks every import. In: the import section and the types of a validated module. Out: the names that the contract is derived
//! from; a problem for each import that the host cannot or will not offer.

use purview_abi::{
    call::{self, Signature},
    name::Import as Name,
};
use wasmparser::{
    Import, TypeRef,
    types::{EntityType, Types},
};

use super::{
    problem::{ImportNames, Problem},
    signature, wasi,
};

/// Returns module and name of each import that is understood, and reports the others.
pub(super) fn check<'a>(
    imports: &[Import<'a>],
    types: &Types,
    problems: &mut Vec<Problem>,
) -> Vec<(&'a str, &'a str)> {
    let mut names = Vec::with_capacity(imports.len());
    for import in imports {
        match check_one(import, types) {
            Ok(()) => names.push((import.module, import.name)),
            Err(problem) => problems.push(problem),
        }
    }
    names
}

fn check_one(import: &Import<'_>, types: &Types) -> Result<(), Problem> {
    let names = || ImportNames::new(import.module, import.name);
    let kind = match import.ty {
        TypeRef::Func(_) | TypeRef::FuncExact(_) => None,
        TypeRef::Table(_) => Some("table"),
        TypeRef::Memory(_) => Some("memory"),
        TypeRef::Global(_) => Some("global"),
        TypeRef::Tag(_) => Some("tag"),
    };
    if let Some(kind) = kind {
        return Err(Problem::ImportKind { import: names(), kind });
    }
    let name = Name::parse(import.module, import.name)
        .map_err(|error| Problem::ImportName { import: names(), error })?;
    let Some(expected) = expected(&name)? else { return Ok(()) };
    let found = match types.as_ref().entity_type_from_import(import) {
        Some(EntityType::Func(id) | EntityType::FuncExact(id)) => signature::of(types, id),
        _ => None,
    };
    if found.is_some_and(|found| signature::equals(found, &expected)) {
        return Ok(());
    }
    Err(Problem::ImportSignature {
        import: names(),
        expected: signature::expected(&expected),
        found: found.map_or_else(|| "something else".to_owned(), signature::found),
    })
}

/// The signature that an import must have. Nothing: this version has no call for it yet, and the linker will say so.
fn expected(name: &Name<'_>) -> Result<Option<Signature>, Problem> {
    let Name::Wasi(function) = *name else { return Ok(call::signature_of(name)) };
    match wasi::find(function) {
        Some(offered) => Ok(Some(offered.signature)),
        None => Err(Problem::WasiRefused {
            name: function.to_owned(),
            instead: wasi::instead_of(function),
        }),
    }
}
