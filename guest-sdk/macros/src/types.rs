//! Types as they are written. In: an argument's or an answer's type. Out: what can be said of it without knowing what its names
//! stand for. Never here: a guess about a name of the crate's own.

use syn::{Error, GenericArgument, PathArguments, Result, Type, spanned::Spanned};

/// Refuses a `Path<T>` that the pattern cannot fill. A `T` with a name of the crate may be a struct, and is read by its fields' names.
pub(crate) fn check_path(argument: &Type, pattern: &str, params: usize) -> Result<()> {
    const ONE: [&str; 16] = [
        "String", "bool", "char", "f32", "f64", "u8", "u16", "u32", "u64", "u128", "usize", "i8",
        "i16", "i32", "i64", "isize",
    ];
    let Some((_, taken)) = last(argument).filter(|(name, _)| *name == "Path") else {
        return Ok(());
    };
    let Some(taken) = taken.first().copied() else { return Ok(()) };
    let wanted = match taken {
        Type::Tuple(tuple) => tuple.elems.len(),
        ty if last(ty).is_some_and(|(name, _)| ONE.iter().any(|one| *name == one)) => 1,
        _ => params.max(1),
    };
    if wanted == params {
        return Ok(());
    }
    let count = |number: usize, what: &str| match number {
        0 => format!("no {what}"),
        1 => format!("one {what}"),
        _ => format!("{number} {what}s"),
    };
    Err(Error::new(
        argument.span(),
        format!(
            "`Path` takes {} here, and `{pattern}` has {}: write `{{name}}` in the pattern for each",
            count(wanted, "value"),
            count(params, "parameter")
        ),
    ))
}

/// Whether it is written as `Path<…>`.
pub(crate) fn is_path(argument: &Type) -> bool {
    last(argument).is_some_and(|(name, _)| *name == "Path")
}

/// The last name of a type's path, and the types in its angle brackets.
fn last(ty: &Type) -> Option<(&syn::Ident, Vec<&Type>)> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return Some((&last.ident, Vec::new()));
    };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    Some((&last.ident, types.collect()))
}

/// The `T` and the `E` of `Result<T, E>`.
pub(crate) fn result(ty: &Type) -> Option<(&Type, Option<&Type>)> {
    let (_, types) = last(ty).filter(|(name, _)| *name == "Result")?;
    Some((types.first().copied()?, types.get(1).copied()))
}
