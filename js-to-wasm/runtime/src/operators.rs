//! Operators on values whose types are not known when compiling. In: values. Out: a value, or a fault where the language
//! defines no conversion.

use crate::{
    convert, fault,
    fault::Code,
    number,
    value::{Kind, Value},
};

/// What `typeof` says.
pub(crate) fn type_of(value: Value) -> &'static str {
    match value.kind() {
        Kind::Undefined | Kind::Null => "undefined",
        Kind::Bool(_) => "boolean",
        Kind::Number(_) => "number",
        Kind::String(_) => "string",
        Kind::Function(_) => "function",
        Kind::Object(_) | Kind::Array(_) => "object",
    }
}

/// `===`.
pub(crate) fn same(left: Value, right: Value) -> bool {
    match (left.kind(), right.kind()) {
        (Kind::Number(a), Kind::Number(b)) => a == b,
        (Kind::String(a), Kind::String(b)) => a.same(b),
        (Kind::Null | Kind::Undefined, Kind::Null | Kind::Undefined) => true,
        _ => left == right,
    }
}

/// Equality of `includes`, `Map` and `Set`: `===`, but `NaN` is itself.
pub(crate) fn same_or_nan(left: Value, right: Value) -> bool {
    same(left, right)
        || (left.as_number().is_some_and(f64::is_nan) && right.as_number().is_some_and(f64::is_nan))
}

#[cold]
fn no_operator(operator: &str, left: Value, right: Value) -> ! {
    fault::type_error(&[
        b"`",
        operator.as_bytes(),
        b"` has no meaning between ",
        type_of(left).as_bytes(),
        b" and ",
        type_of(right).as_bytes(),
    ])
}

fn order(operator: &str, left: Value, right: Value) -> Option<core::cmp::Ordering> {
    match (left.kind(), right.kind()) {
        (Kind::Number(a), Kind::Number(b)) => a.partial_cmp(&b),
        (Kind::String(a), Kind::String(b)) => Some(a.order(b)),
        _ => no_operator(operator, left, right),
    }
}

direct! {
    "rt.add" add(left: Value, right: Value) -> Value {
        match (left.kind(), right.kind()) {
            (Kind::Number(a), Kind::Number(b)) => Value::number(a + b),
            (Kind::String(a), Kind::String(b)) => Value::string(a.append(b)),
            (Kind::String(a), _) if convert::is_plain(right) => Value::string(a.append(convert::to_text(right))),
            (_, Kind::String(b)) if convert::is_plain(left) => Value::string(convert::to_text(left).append(b)),
            _ => no_operator("+", left, right),
        }
    }
    "rt.same" strict_equal(left: Value, right: Value) -> u32 {
        u32::from(same(left, right))
    }
    "rt.less" less(left: Value, right: Value) -> u32 {
        u32::from(order("<", left, right).is_some_and(core::cmp::Ordering::is_lt))
    }
    "rt.less_equal" less_equal(left: Value, right: Value) -> u32 {
        u32::from(order("<=", left, right).is_some_and(core::cmp::Ordering::is_le))
    }
    "rt.typeof" typeof_value(value: Value) -> Value {
        Value::fixed(type_of(value))
    }
    "rt.remainder" remainder(left: f64, right: f64) -> f64 {
        let (a, b) = (left as i32, right as i32);
        if f64::from(a) == left && f64::from(b) == right && a > 0 && b > 0 {
            return f64::from(a % b);
        }
        libm::fmod(left, right)
    }
    "rt.power" power(left: f64, right: f64) -> f64 {
        crate::power::power(left, right)
    }
    "rt.int32" int32(value: f64) -> i32 {
        number::to_int32(value)
    }
    "rt.not_number" not_number(value: Value) -> Value {
        fault::type_error(&[b"arithmetic needs numbers, this is ", type_of(value).as_bytes()])
    }
    "rt.not_boolean" not_boolean(value: Value) -> Value {
        fault::type_error(&[b"a condition must be boolean, this is ", type_of(value).as_bytes()])
    }
    "rt.not_string" not_string(value: Value) -> Value {
        fault::type_error(&[b"a string is needed here, this is ", type_of(value).as_bytes()])
    }
    "rt.unary_plus" unary_plus(value: Value) -> f64 {
        match value.kind() {
            Kind::Number(number) => number,
            _ => fault::type_error(&[b"`+` converts nothing, this is ", type_of(value).as_bytes(), b": use `Number(x)`"]),
        }
    }
    "rt.assert" assert_failed() -> Value {
        fault::raise_static(Code::Assert, "assertion failed")
    }
    "rt.unset" used_too_early() -> Value {
        fault::raise_static(Code::Type, "a binding is used before it has its value")
    }
}
