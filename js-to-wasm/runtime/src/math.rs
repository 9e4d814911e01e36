//! `Math`. In: numbers. Out: numbers. Anything that is not a number is a fault.

use crate::{
    angles, function::Args, host, logarithms, number::to_int32, operators, text::number_of,
    value::Value,
};

fn at(args: Args<'_>, index: usize) -> f64 {
    if index < args.len() { number_of(args.get(index)) } else { f64::NAN }
}

fn fold(args: Args<'_>, start: f64, pick: fn(f64, f64) -> f64) -> Value {
    Value::number((0..args.len()).fold(start, |best, index| pick(best, at(args, index))))
}

fn larger(a: f64, b: f64) -> f64 {
    match (a, b) {
        _ if a.is_nan() || b.is_nan() => f64::NAN,
        (0.0, 0.0) => {
            if a.is_sign_negative() {
                b
            } else {
                a
            }
        }
        _ => {
            if a > b {
                a
            } else {
                b
            }
        }
    }
}

macro_rules! unary {
    ($($name:literal $ident:ident = $function:expr;)*) => {
        builtins! { $($name $ident(_this, args) {
            let function: fn(f64) -> f64 = $function;
            Value::number(function(at(args, 0)))
        })* }
    };
}

unary! {
    "Math.abs" abs = libm::fabs;
    "Math.floor" floor = libm::floor;
    "Math.ceil" ceil = libm::ceil;
    "Math.trunc" trunc = libm::trunc;
    "Math.sqrt" sqrt = libm::sqrt;
    "Math.cbrt" cbrt = logarithms::cbrt;
    "Math.sin" sin = angles::sin;
    "Math.cos" cos = angles::cos;
    "Math.tan" tan = libm::tan;
    "Math.asin" asin = libm::asin;
    "Math.acos" acos = libm::acos;
    "Math.atan" atan = libm::atan;
    "Math.sinh" sinh = logarithms::sinh;
    "Math.cosh" cosh = logarithms::cosh;
    "Math.tanh" tanh = logarithms::tanh;
    "Math.asinh" asinh = logarithms::asinh;
    "Math.acosh" acosh = logarithms::acosh;
    "Math.atanh" atanh = logarithms::atanh;
    "Math.exp" exp = logarithms::exp;
    "Math.expm1" expm1 = libm::expm1;
    "Math.log" log = logarithms::log;
    "Math.log2" log2 = libm::log2;
    "Math.log10" log10 = logarithms::log10;
    "Math.log1p" log1p = logarithms::log1p;
    "Math.fround" fround = |x| f64::from(x as f32);
    "Math.clz32" clz32 = |x| f64::from(to_int32(x).leading_zeros());
    "Math.sign" sign = |x| if x > 0.0 { 1.0 } else if x < 0.0 { -1.0 } else { x };
    "Math.round" round = |x| {
        let floor = libm::floor(x);
        if x - floor >= 0.5 { libm::copysign(floor + 1.0, x) } else { floor }
    };
}

builtins! {
    "Math.min" min(_this, args) { fold(args, f64::INFINITY, |a, b| -larger(-a, -b)) }
    "Math.max" max(_this, args) { fold(args, f64::NEG_INFINITY, larger) }
    "Math.pow" pow(_this, args) { Value::number(operators::power(at(args, 0), at(args, 1))) }
    "Math.atan2" atan2(_this, args) { Value::number(angles::atan2(at(args, 0), at(args, 1))) }
    "Math.imul" imul(_this, args) {
        Value::number(f64::from(to_int32(at(args, 0)).wrapping_mul(to_int32(at(args, 1)))))
    }
    "Math.hypot" hypot(_this, args) {
        let values = (0..args.len()).map(|index| libm::fabs(at(args, index)));
        let largest = values.clone().fold(0.0, larger);
        if values.clone().any(f64::is_infinite) {
            return Value::number(f64::INFINITY);
        }
        if largest == 0.0 || largest.is_nan() {
            return Value::number(largest);
        }
        // Scaled, and summed with compensation, as V8 does.
        let (mut sum, mut lost) = (0.0, 0.0);
        for value in values {
            let scaled = value / largest;
            let term = scaled * scaled - lost;
            let next = sum + term;
            lost = (next - sum) - term;
            sum = next;
        }
        Value::number(libm::sqrt(sum) * largest)
    }
    "Math.random" random(_this, args) {
        let _ = args;
        // 53 random bits below 1.
        Value::number((host::random_u64() >> 11) as f64 / 9_007_199_254_740_992.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_and_halves() {
        assert!(larger(-0.0, 0.0).is_sign_positive() && larger(0.0, -0.0).is_sign_positive());
        let rounded = |x: f64| {
            let args = [Value::number(x)];
            // SAFETY: one argument lies at the address given.
            unsafe { round(Value::UNDEFINED, 1, args.as_ptr()) }.as_number().unwrap()
        };
        assert_eq!(
            [2.5, -2.5, -0.4, 0.49999999999999994, 4503599627370495.5].map(rounded),
            [3.0, -2.0, -0.0, 0.0, 4503599627370496.0]
        );
        assert!(rounded(-0.4).is_sign_negative());
    }
}
