//! Function types, compared and spelt. In: types of a validated module and of the table of host calls. Out: equal or not,
//! and `(i32, i32) -> i32` for messages.

use std::fmt::Write as _;

use purview_abi::call::{Signature, Type};
use wasmparser::{
    CompositeInnerType, FuncType, ValType,
    types::{CoreTypeId, Types},
};

/// The function type behind `id`; nothing for types that are not functions.
pub(super) fn of(types: &Types, id: CoreTypeId) -> Option<&FuncType> {
    match &types[id].composite_type.inner {
        CompositeInnerType::Func(function) => Some(function),
        _ => None,
    }
}

/// Whether a function of the module has exactly this signature.
pub(super) fn equals(found: &FuncType, expected: &Signature) -> bool {
    let same = |found: &ValType, expected: &Type| *found == value_type(*expected);
    found.params().len() == expected.params.len()
        && found.params().iter().zip(expected.params).all(|(found, expected)| same(found, expected))
        && found.results().len() == usize::from(expected.result.is_some())
        && found
            .results()
            .iter()
            .zip(&expected.result)
            .all(|(found, expected)| same(found, expected))
}

/// The signature as messages show it.
pub(super) fn expected(signature: &Signature) -> String {
    let params: Vec<ValType> = signature.params.iter().copied().map(value_type).collect();
    let results: Vec<ValType> = signature.result.into_iter().map(value_type).collect();
    spell(&params, &results)
}

/// The module's function type as messages show it.
pub(super) fn found(function: &FuncType) -> String {
    spell(function.params(), function.results())
}

fn spell(params: &[ValType], results: &[ValType]) -> String {
    let mut text = String::from("(");
    list(&mut text, params);
    text.push(')');
    match results {
        [] => {}
        [one] => {
            write!(text, " -> {one}").expect("a string takes every text");
        }
        several => {
            text.push_str(" -> (");
            list(&mut text, several);
            text.push(')');
        }
    }
    text
}

/// At most eight types: a function may have a thousand.
fn list(text: &mut String, types: &[ValType]) {
    const SHOWN: usize = 8;
    for (at, value) in types.iter().take(SHOWN).enumerate() {
        let comma = if at == 0 { "" } else { ", " };
        write!(text, "{comma}{value}").expect("a string takes every text");
    }
    if types.len() > SHOWN {
        write!(text, ", … {} in all", types.len()).expect("a string takes every text");
    }
}

const fn value_type(kind: Type) -> ValType {
    match kind {
        Type::I32 => ValType::I32,
        Type::I64 => ValType::I64,
        Type::F64 => ValType::F64,
    }
}
