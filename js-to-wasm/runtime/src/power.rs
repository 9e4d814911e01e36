//! `x ** y` to the last bit as Node 20 computes it: the method of fdlibm (a logarithm to base 2 in two pieces, times `y`, then a power of
//! 2), with the one place where V8 divides by another sum. In: two numbers. Out: the power. No tables, no loops.

use crate::bits::{cut, high, of_high, with_high};

/// Applies polynomial coefficients, that of the highest power first.
fn polynomial(x: f64, coefficients: &[f64]) -> f64 {
    let (last, rest) = (coefficients[0], &coefficients[1..]);
    rest.iter().fold(last, |sum, coefficient| coefficient + x * sum)
}

/// What `x ** y` gives. Unlike IEEE 754 it has no value for `1 ** Infinity`.
pub(crate) fn power(x: f64, y: f64) -> f64 {
    let size = libm::fabs(x);
    if y == 0.0 {
        return 1.0;
    }
    if x.is_nan() || y.is_nan() || (y.is_infinite() && size == 1.0) {
        return f64::NAN;
    }
    if y.is_infinite() {
        return if (size > 1.0) == (y > 0.0) { f64::INFINITY } else { 0.0 };
    }
    if y == 1.0 {
        return x;
    }
    if y == -1.0 {
        return 1.0 / x;
    }
    if y == 2.0 {
        return x * x;
    }
    if y == 0.5 && x.is_sign_positive() {
        return libm::sqrt(x);
    }
    let whole = libm::trunc(y) == y;
    let odd = whole && libm::fabs(y) < 9_007_199_254_740_992.0 && y as i64 & 1 == 1;
    let sign = if x.is_sign_negative() && odd { -1.0 } else { 1.0 };
    if size == 0.0 || size == 1.0 || size.is_infinite() {
        let result = if y < 0.0 { 1.0 / size } else { size };
        return if x == -1.0 && !whole { f64::NAN } else { sign * result };
    }
    if x < 0.0 && !whole {
        return f64::NAN;
    }
    sign * positive(size, y)
}

/// The power of a positive number that is neither 0, 1 nor infinite.
fn positive(x: f64, y: f64) -> f64 {
    let (beyond, nothing) = (f64::INFINITY, 0.0);
    let (upper, rest) = if libm::fabs(y) >= 2_147_485_696.0 {
        // Such a power is in range only for numbers next to 1.
        if high(x) < 0x3FEF_FFFF {
            return if y < 0.0 { beyond } else { nothing };
        }
        if high(x) > 0x3FF0_0000 {
            return if y > 0.0 { beyond } else { nothing };
        }
        if libm::fabs(y) >= 18_446_744_073_709_551_616.0 * 1.000_000_953_674_316_4 {
            return if (x < 1.0) == (y < 0.0) { beyond } else { nothing };
        }
        logarithm_near_one(x)
    } else {
        logarithm(x)
    };
    // y × (upper + rest), again in two pieces.
    let y_upper = cut(y);
    let low = (y - y_upper) * upper + y * rest;
    let top = y_upper * upper;
    let sum = low + top;
    if sum >= 1024.0 {
        if sum > 1024.0 || low + 8.008_566_259_537_294e-17 > sum - top {
            return beyond;
        }
    } else if high(sum) & 0x7FFF_FFFF >= 0x4090_CC00 && (sum < -1075.0 || low <= sum - top) {
        return nothing;
    }
    power_of_two(top, low, sum)
}

/// log2 of a number so near to 1 that four terms of the series are enough, in two pieces.
fn logarithm_near_one(x: f64) -> (f64, f64) {
    let t = x - 1.0;
    let w = (t * t) * (0.5 - t * (1.0 / 3.0 - t * 0.25));
    // 1/ln 2, also in two pieces.
    let u = f64::from_bits(0x3FF7_1547_6000_0000) * t;
    let v = t * f64::from_bits(0x3E54_AE0B_F85D_DF44) - w * core::f64::consts::LOG2_E;
    let upper = cut(u + v);
    (upper, v - (upper - u))
}

/// log2 of a positive number in two pieces.
fn logarithm(x: f64) -> (f64, f64) {
    let (scaled, shift) =
        if high(x) < 0x0010_0000 { (x * 9_007_199_254_740_992.0, -53) } else { (x, 0) };
    let fraction = high(scaled) & 0x000F_FFFF;
    let mut exponent = (high(scaled) >> 20) - 0x3FF + shift;
    let mut top = fraction | 0x3FF0_0000;
    // The interval around `base`, and log2 of the base in two pieces.
    let (base, base_upper, base_rest, offset) = match fraction {
        ..=0x3988E => (1.0, 0.0, 0.0, 0),
        0x3988F..0xBB67A => {
            (1.5, f64::from_bits(0x3FE2_B803_4000_0000), f64::from_bits(0x3E4C_FDEB_43CF_D006), 1)
        }
        _ => {
            exponent += 1;
            top -= 0x0010_0000;
            (1.0, 0.0, 0.0, 0)
        }
    };
    let x = with_high(scaled, top);
    // s = (x - base) / (x + base) in two pieces.
    let difference = x - base;
    let inverse = 1.0 / (x + base);
    let s = difference * inverse;
    let s_upper = cut(s);
    let t_upper = of_high(((top >> 1) | 0x2000_0000) + 0x0008_0000 + (offset << 18));
    let t_rest = x - (t_upper - base);
    let s_rest = inverse * ((difference - s_upper * t_upper) - s_upper * t_rest);
    // The series of the logarithm over s².
    let square = s * s;
    let series = polynomial(
        square,
        &[
            f64::from_bits(0x3FCA_7E28_4A45_4EEF),
            f64::from_bits(0x3FCD_864A_93C9_DB65),
            f64::from_bits(0x3FD1_7460_A91D_4101),
            f64::from_bits(0x3FD5_5555_518F_264D),
            f64::from_bits(0x3FDB_6DB6_DB6F_ABFF),
            f64::from_bits(0x3FE3_3333_3333_3303),
        ],
    );
    let r = square * square * series + s_rest * (s_upper + s);
    let square = s_upper * s_upper;
    let t_upper = cut(3.0 + square + r);
    let t_rest = r - ((t_upper - 3.0) - square);
    let u = s_upper * t_upper;
    let v = s_rest * t_upper + t_rest * s;
    // Times 2 / (3 ln 2).
    let p_upper = cut(u + v);
    let p_rest = v - (p_upper - u);
    let z_upper = f64::from_bits(0x3FEE_C709_E000_0000) * p_upper;
    let z_rest = f64::from_bits(0xBE3E_2FE0_145B_01F5) * p_upper
        + p_rest * f64::from_bits(0x3FEE_C709_DC3A_03FD)
        + base_rest;
    let exponent = f64::from(exponent);
    let upper = cut(((z_upper + z_rest) + base_upper) + exponent);
    (upper, z_rest - (((upper - exponent) - base_upper) - z_upper))
}

/// 2 to the power of `top + low`, whose sum is `sum`.
fn power_of_two(mut top: f64, low: f64, sum: f64) -> f64 {
    let bits = high(sum);
    let size = bits & 0x7FFF_FFFF;
    let mut whole = 0;
    if size > 0x3FE0_0000 {
        // The whole part, rounded, goes to the exponent.
        let rounded = bits + (0x0010_0000 >> ((size >> 20) - 0x3FF + 1));
        let exponent = ((rounded & 0x7FFF_FFFF) >> 20) - 0x3FF;
        let part = of_high(rounded & !(0x000F_FFFF >> exponent));
        whole = ((rounded & 0x000F_FFFF) | 0x0010_0000) >> (20 - exponent);
        if bits < 0 {
            whole = -whole;
        }
        top -= part;
    }
    let t = cut(low + top);
    let u = t * f64::from_bits(0x3FE6_2E43_0000_0000);
    let v = (low - (t - top)) * core::f64::consts::LN_2 + t * f64::from_bits(0xBE20_5C61_0CA8_6C39);
    let z = u + v;
    let w = v - (z - u);
    let square = z * z;
    let series = polynomial(
        square,
        &[
            f64::from_bits(0x3E66_3769_72BE_A4D0),
            f64::from_bits(0xBEBB_BD41_C5D2_6BF1),
            f64::from_bits(0x3F11_566A_AF25_DE2C),
            f64::from_bits(0xBF66_C16C_16BE_BD93),
            f64::from_bits(0x3FC5_5555_5555_553E),
        ],
    );
    let t = z - square * series;
    // Here V8 differs from fdlibm: there the last sum is subtracted from the quotient.
    let r = (z * t) / ((t - 2.0) - (w + z * w));
    let result = 1.0 - (r - z);
    let exponent = high(result) + (whole << 20);
    if exponent >> 20 <= 0 { libm::scalbn(result, whole) } else { with_high(result, exponent) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_digit_is_that_of_node() {
        // Each as Node 20 prints it; the first five differ from what is nearest.
        let cases = [
            (10.0, -23.0, 1.0000000000000001e-23),
            (10.0, 36.0, 9.999999999999999e35),
            (10.0, -303.0, 1.0000000000000001e-303),
            (140.0, 29.0, 1.7286737396774712e62),
            (0.9994256274263538, -2772.102103997924, 4.916893155759778),
            (10.0, 223.0, 1e223),
            (57.271507779553346, -16.85426165369868, 2.350945600878065e-30),
            (2.6714534205545316e-266, 9.052363190671703e-1, 3.9214489020788505e-241),
        ];
        for (x, y, expected) in cases {
            assert_eq!(power(x, y).to_bits(), f64::to_bits(expected), "{x} ** {y}");
        }
    }

    #[test]
    fn special_values() {
        let infinity = f64::INFINITY;
        let cases = [
            (0.0, -1.0, infinity),
            (-0.0, -3.0, -infinity),
            (-0.0, 3.0, -0.0),
            (-0.0, 0.5, 0.0),
            (-infinity, 0.5, infinity),
            (-infinity, 3.0, -infinity),
            (-infinity, -2.0, 0.0),
            (f64::NAN, 0.0, 1.0),
            (-8.0, 3.0, -512.0),
            (2.0, 1024.0, infinity),
            (2.0, -1074.0, 5e-324),
            (2.0, -1075.0, 0.0),
            (2.0, infinity, infinity),
            (0.5, infinity, 0.0),
            (-2.0, 1e300, infinity),
        ];
        for (x, y, expected) in cases {
            assert_eq!(power(x, y).to_bits(), f64::to_bits(expected), "{x} ** {y}");
        }
        for (x, y) in [(1.0, infinity), (-1.0, f64::NAN), (-8.0, 1.0 / 3.0), (-1.0, 0.5)] {
            assert!(power(x, y).is_nan(), "{x} ** {y}");
        }
    }
}
