//! THE TABLE of functions of the runtime library that `comptime` may call. In: a name and arguments. Out: what the library gives. What
//! would be a fault at run time, or needs too much memory, is refused before.

use purview_js_runtime::{
    array_methods as list, convert,
    function::Code,
    json, math, number_functions as number, operators, string_methods as text, uri,
    value::{Kind, Value},
};

/// Longest text that is made.
const TEXT_BYTES_MAX: usize = 1 << 20;

/// A static function, by its path.
pub(super) fn function(path: &str) -> Option<Code> {
    Some(match path {
        "Math.abs" => math::abs,
        "Math.acos" => math::acos,
        "Math.acosh" => math::acosh,
        "Math.asin" => math::asin,
        "Math.asinh" => math::asinh,
        "Math.atan" => math::atan,
        "Math.atan2" => math::atan2,
        "Math.atanh" => math::atanh,
        "Math.cbrt" => math::cbrt,
        "Math.ceil" => math::ceil,
        "Math.clz32" => math::clz32,
        "Math.cos" => math::cos,
        "Math.cosh" => math::cosh,
        "Math.exp" => math::exp,
        "Math.expm1" => math::expm1,
        "Math.floor" => math::floor,
        "Math.fround" => math::fround,
        "Math.hypot" => math::hypot,
        "Math.imul" => math::imul,
        "Math.log" => math::log,
        "Math.log10" => math::log10,
        "Math.log1p" => math::log1p,
        "Math.log2" => math::log2,
        "Math.max" => math::max,
        "Math.min" => math::min,
        "Math.pow" => math::pow,
        "Math.round" => math::round,
        "Math.sign" => math::sign,
        "Math.sin" => math::sin,
        "Math.sinh" => math::sinh,
        "Math.sqrt" => math::sqrt,
        "Math.tan" => math::tan,
        "Math.tanh" => math::tanh,
        "Math.trunc" => math::trunc,
        "parseInt" | "Number.parseInt" => number::parse_integer,
        "parseFloat" | "Number.parseFloat" => number::parse_float_value,
        "Number" => number::number_of,
        "String" => convert::string_of,
        "JSON.parse" => json::json_parse,
        "JSON.stringify" => json::json_stringify,
        "encodeURIComponent" => uri::encode_component,
        "decodeURIComponent" => uri::decode_component,
        _ => return None,
    })
}

/// A method of texts.
fn of_text(name: &str) -> Option<Code> {
    Some(match name {
        "at" => text::at,
        "charAt" => text::char_at,
        "charCodeAt" => text::char_code_at,
        "codePointAt" => text::code_point_at,
        "concat" => text::concat,
        "endsWith" => text::ends_with,
        "includes" => text::includes,
        "indexOf" => text::index_of,
        "lastIndexOf" => text::last_index_of,
        "padEnd" => text::pad_end,
        "padStart" => text::pad_start,
        "repeat" => text::repeat,
        "replace" => text::replace,
        "replaceAll" => text::replace_all,
        "slice" => text::slice,
        "split" => text::split,
        "startsWith" => text::starts_with,
        "substring" => text::substring,
        "toLowerCase" => text::to_lower_case,
        "toUpperCase" => text::to_upper_case,
        "trim" => text::trim,
        "trimEnd" => text::trim_end,
        "trimStart" => text::trim_start,
        _ => return None,
    })
}

/// A method of lists.
fn of_list(name: &str) -> Option<Code> {
    Some(match name {
        "at" => text::at,
        "concat" => text::concat,
        "includes" => text::includes,
        "indexOf" => text::index_of,
        "join" => list::join,
        "slice" => text::slice,
        "toReversed" => list::to_reversed,
        _ => return None,
    })
}

/// A method of a value; an error says what is wrong.
pub(super) fn method(this: Value, name: &str, args: &[Value]) -> Result<Value, String> {
    let code = match this.kind() {
        Kind::String(_) => of_text(name),
        Kind::Array(_) => of_list(name),
        Kind::Number(_) => match name {
            "toFixed" => Some(number::to_fixed as Code),
            "toString" => Some(convert::to_string as Code),
            _ => None,
        },
        _ => None,
    };
    let Some(code) = code else {
        return Err(format!("`{name}` is no method that can be called here"));
    };
    bounded(this, name, args)?;
    call(code, this, args)
}

/// What would be too much, or a fault.
fn bounded(this: Value, name: &str, args: &[Value]) -> Result<(), String> {
    let bytes = |value: Option<&Value>| {
        value.and_then(|value| value.as_string()).map_or(0, |text| text.bytes().len())
    };
    let number = |at: usize| args.get(at).copied().and_then(Value::as_number).unwrap_or(0.0);
    let own = bytes(Some(&this));
    let made = match name {
        "repeat" if !(0.0..=TEXT_BYTES_MAX as f64).contains(&number(0)) => {
            return Err("the count is out of range".to_owned());
        }
        "repeat" => own as f64 * number(0),
        "padStart" | "padEnd" => number(0).max(0.0) * 4.0,
        "replaceAll" => (own as f64 + 1.0) * (bytes(args.get(1)) as f64 + 1.0),
        "toFixed" if !(0.0..=100.0).contains(&number(0)) => {
            return Err("the number of digits is out of range".to_owned());
        }
        _ => own as f64,
    };
    let texts = ["replace", "replaceAll", "split", "startsWith", "endsWith"];
    if texts.contains(&name) && args.iter().any(|value| value.as_string().is_none()) {
        return Err(format!("`{name}` takes texts here"));
    }
    if made > TEXT_BYTES_MAX as f64 {
        return Err(format!("the text would be longer than {TEXT_BYTES_MAX} bytes"));
    }
    Ok(())
}

/// Calls a function of the library. A fault of it becomes an error.
pub(super) fn call(code: Code, this: Value, args: &[Value]) -> Result<Value, String> {
    let run = || {
        // SAFETY: the arguments are as many as is said and lie where is said, for as long as the call takes; every function of the
        // table has this calling convention.
        unsafe { code(this, args.len() as u32, args.as_ptr()) }
    };
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).map_err(|panic| {
        match panic.downcast_ref::<String>() {
            Some(message) => message.clone(),
            None => "this fails".to_owned(),
        }
    })
}

/// Parts of a template, or of a sum with a text in it.
pub(super) fn template(parts: &[Value]) -> Result<Value, String> {
    let most: usize =
        parts.iter().map(|part| part.as_string().map_or(32, |text| text.bytes().len())).sum();
    if most > TEXT_BYTES_MAX {
        return Err(format!("the text would be longer than {TEXT_BYTES_MAX} bytes"));
    }
    call(convert::template, Value::UNDEFINED, parts)
}

/// `left ** right`.
pub(super) fn power(left: f64, right: f64) -> f64 {
    operators::power(left, right)
}

/// `left % right`.
pub(super) fn remainder(left: f64, right: f64) -> f64 {
    operators::remainder(left, right)
}

/// FNV-1a, 32 bits, as 8 hexadecimal digits.
pub(super) fn hash(text: &[u8]) -> String {
    let hash = text
        .iter()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    format!("{hash:08x}")
}
