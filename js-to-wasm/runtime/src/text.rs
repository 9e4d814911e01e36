//! What built-ins need again and again from their arguments: a text, a position. In: arguments. Out: the thing, or a fault.

use crate::{
    convert, fault, function::Args, number, operators::type_of, string::Str, value::Value,
};

/// The argument as text; what is not text is converted as `String(x)` does.
pub(crate) fn text_at(args: Args<'_>, index: usize) -> &'static Str {
    convert::to_text(args.get(index))
}

/// The argument as an integer, `default` if it is not given. Only numbers are numbers.
pub(crate) fn integer_at(args: Args<'_>, index: usize, default: f64) -> f64 {
    match args.get(index) {
        value if value.is_absent() => default,
        value => number::to_integer(number_of(value)),
    }
}

/// The value as a number, or a fault.
pub(crate) fn number_of(value: Value) -> f64 {
    match value.as_number() {
        Some(number) => number,
        None => {
            fault::type_error(&[b"a number is needed here, this is ", type_of(value).as_bytes()])
        }
    }
}

/// A position from the start, or from the end if negative, within `length`.
pub(crate) fn relative(position: f64, length: u32) -> u32 {
    let length = f64::from(length);
    let position = if position < 0.0 { position + length } else { position };
    position.clamp(0.0, length) as u32
}
