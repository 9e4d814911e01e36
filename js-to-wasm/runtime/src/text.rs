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

/// The argument, if it is a string.
pub(crate) fn string_at(args: Args<'_>, index: usize) -> Option<&'static Str> {
    args.get(index).as_string()
}

/// The bytes of the argument as UTF-8, if it is a string: what goes out of the program has no halves of characters.
pub(crate) fn bytes_at(args: Args<'_>, index: usize) -> Option<alloc::borrow::Cow<'static, [u8]>> {
    let text = string_at(args, index)?;
    let bytes = text.bytes();
    Some(match text.is_ascii() || core::str::from_utf8(bytes).is_ok() {
        true => alloc::borrow::Cow::Borrowed(bytes),
        false => alloc::borrow::Cow::Owned(crate::string_methods::well_formed(bytes)),
    })
}

/// A value, `undefined` for none.
pub(crate) fn or_undefined(value: Option<Value>) -> Value {
    value.unwrap_or(Value::UNDEFINED)
}

/// Bytes of unknown origin as a string.
pub(crate) fn outside(bytes: alloc::vec::Vec<u8>) -> Value {
    Value::string(Str::from_outside(bytes.leak()))
}
