//! Functions and methods of numbers. In: values. Out: values.

use crate::{
    convert,
    fault::{self, Code},
    function::{self, Args},
    number::{self, exponential, fixed, parse_float, parse_int, precise},
    string::Str,
    text::integer_at,
    value::{Kind, Value},
};

fn is_integer(value: Value) -> bool {
    value.as_number().is_some_and(|number| number.is_finite() && libm::trunc(number) == number)
}

/// What `Number(value)` gives.
fn convert(value: Value) -> f64 {
    match value.kind() {
        Kind::Undefined | Kind::Object(_) | Kind::Function(_) => f64::NAN,
        Kind::Null => f64::NAN,
        Kind::Bool(value) => f64::from(u8::from(value)),
        Kind::Number(number) => number,
        Kind::String(text) => number::of_text(text.bytes()),
        Kind::Array(_) => number::of_text(convert::to_text(value).bytes()),
    }
}

fn places(args: Args<'_>, most: f64, least: f64) -> usize {
    let places = integer_at(args, 0, 0.0);
    if !(least..=most).contains(&places) {
        fault::raise_static(Code::Range, "the number of digits must be between 0 and 100");
    }
    places as usize
}

builtins! {
    "Number" number_of(_this, args) {
        Value::number(if args.is_empty() { 0.0 } else { convert(args.first()) })
    }
    "Number.isInteger" is_integer_value(_this, args) { Value::bool(is_integer(args.first())) }
    "Number.isSafeInteger" is_safe_integer(_this, args) {
        let safe = args.first().as_number().is_some_and(|number| libm::fabs(number) <= 9_007_199_254_740_991.0);
        Value::bool(safe && is_integer(args.first()))
    }
    "Number.isFinite" is_finite_number(_this, args) {
        Value::bool(args.first().as_number().is_some_and(f64::is_finite))
    }
    "Number.isNaN" is_nan_number(_this, args) {
        Value::bool(args.first().as_number().is_some_and(f64::is_nan))
    }
    "isFinite" is_finite(_this, args) { Value::bool(convert(args.first()).is_finite()) }
    "isNaN" is_nan(_this, args) { Value::bool(convert(args.first()).is_nan()) }
    "parseInt" parse_integer(_this, args) {
        let radix = args.get(1).as_number().unwrap_or_default();
        Value::number(parse_int(convert::to_text(args.first()).bytes(), radix))
    }
    "Number.parseInt" parse_integer_of_number(this, args) {
        let _ = this;
        let radix = args.get(1).as_number().unwrap_or_default();
        Value::number(parse_int(convert::to_text(args.first()).bytes(), radix))
    }
    "parseFloat" parse_float_value(_this, args) {
        Value::number(parse_float(convert::to_text(args.first()).bytes()))
    }
    "Number.parseFloat" parse_float_of_number(_this, args) {
        Value::number(parse_float(convert::to_text(args.first()).bytes()))
    }
    ".toFixed" to_fixed(this, args) {
        let Some(value) = this.as_number() else { return function::call_property(this, "toFixed", args) };
        Value::string(Str::take(fixed(value, places(args, 100.0, 0.0))))
    }
    ".toPrecision" to_precision(this, args) {
        let Some(value) = this.as_number() else { return function::call_property(this, "toPrecision", args) };
        if args.first().is_absent() || !value.is_finite() {
            return Value::string(number::text(value));
        }
        Value::string(Str::take(precise(value, places(args, 100.0, 1.0))))
    }
    ".toExponential" to_exponential(this, args) {
        let Some(value) = this.as_number() else { return function::call_property(this, "toExponential", args) };
        if !value.is_finite() {
            return Value::string(number::text(value));
        }
        let digits = args.first().is_present().then(|| places(args, 100.0, 0.0));
        Value::string(Str::take(exponential(value, digits)))
    }
}
