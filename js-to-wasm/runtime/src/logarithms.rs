//! Logarithms, hyperbolic functions and the cube root to the last bit as Node 20 computes them: fdlibm's methods, where those of `libm`
//! are newer. In: a number. Out: a number. No tables.

use core::f64::consts::LN_2;

use crate::bits::{high, with_high};

/// ln 2 in two pieces, whose first times a whole number below 2000 is exact.
const LN_2_UPPER: f64 = f64::from_bits(0x3FE6_2E42_FEE0_0000);
const LN_2_REST: f64 = f64::from_bits(0x3DEA_39EF_3579_3C76);
/// The series of `ln(1 + f)` over `s²`, where `s = f / (2 + f)`.
const SERIES: [f64; 7] = [
    f64::from_bits(0x3FE5_5555_5555_5593),
    f64::from_bits(0x3FD9_9999_9997_FA04),
    f64::from_bits(0x3FD2_4924_9422_9359),
    f64::from_bits(0x3FCC_71C5_1D8E_78AF),
    f64::from_bits(0x3FC7_4664_96CB_03DE),
    f64::from_bits(0x3FC3_9A09_D078_C69F),
    f64::from_bits(0x3FC2_F112_DF3E_5244),
];

/// What `Math.log` gives.
pub(crate) fn log(x: f64) -> f64 {
    if x.is_nan() || x < 0.0 {
        return f64::NAN;
    }
    if x == 0.0 {
        return f64::NEG_INFINITY;
    }
    if x.is_infinite() {
        return x;
    }
    let (x, shift) =
        if high(x) < 0x0010_0000 { (x * 18_014_398_509_481_984.0, -54) } else { (x, 0) };
    let fraction = high(x) & 0x000F_FFFF;
    let above = (fraction + 0x9_5F64) & 0x10_0000;
    let exponent = (high(x) >> 20) - 1023 + shift + (above >> 20);
    let k = f64::from(exponent);
    let f = with_high(x, fraction | (above ^ 0x3FF0_0000)) - 1.0;
    if 0x000F_FFFF & (2 + fraction) < 3 {
        if f == 0.0 {
            return if exponent == 0 { 0.0 } else { k * LN_2_UPPER + k * LN_2_REST };
        }
        let r = f * f * (0.5 - 0.333_333_333_333_333_3 * f);
        return if exponent == 0 { f - r } else { k * LN_2_UPPER - ((r - k * LN_2_REST) - f) };
    }
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let [a, b, c, d, e, g, h] = SERIES;
    let even = w * (b + w * (d + w * g));
    let odd = z * (a + w * (c + w * (e + w * h)));
    let r = odd + even;
    if (fraction - 0x6_147A) | (0x6_B851 - fraction) > 0 {
        let half = 0.5 * f * f;
        return match exponent {
            0 => f - (half - s * (half + r)),
            _ => k * LN_2_UPPER - ((half - (s * (half + r) + k * LN_2_REST)) - f),
        };
    }
    match exponent {
        0 => f - s * (f - r),
        _ => k * LN_2_UPPER - ((s * (f - r) - k * LN_2_REST) - f),
    }
}

/// What `Math.log10` gives.
pub(crate) fn log10(x: f64) -> f64 {
    if x.is_nan() || x < 0.0 {
        return f64::NAN;
    }
    if x == 0.0 {
        return f64::NEG_INFINITY;
    }
    if x.is_infinite() || x == 1.0 {
        return if x == 1.0 { 0.0 } else { x };
    }
    let (x, shift) =
        if high(x) < 0x0010_0000 { (x * 18_014_398_509_481_984.0, -54) } else { (x, 0) };
    let exponent = (high(x) >> 20) - 1023 + shift;
    let below = i32::from(exponent < 0);
    let y = f64::from(exponent + below);
    let x = with_high(x, high(x) & 0x000F_FFFF | (0x3FF - below) << 20);
    // log10 2 in two pieces, and log10 e.
    let z =
        y * f64::from_bits(0x3D59_FEF3_11F1_2B36) + f64::from_bits(0x3FDB_CB7B_1526_E50E) * log(x);
    z + y * f64::from_bits(0x3FD3_4413_509F_6000)
}

/// What `Math.log1p` gives.
pub(crate) fn log1p(x: f64) -> f64 {
    if x.is_nan() || x < -1.0 {
        return f64::NAN;
    }
    if x == -1.0 || x == f64::INFINITY {
        return if x > 0.0 { x } else { f64::NEG_INFINITY };
    }
    let (top, size) = (high(x), high(x) & 0x7FFF_FFFF);
    if size < 0x3E20_0000 {
        return if size < 0x3C90_0000 { x } else { x - x * x * 0.5 };
    }
    let near = top < 0x3FDA_827A && (top > 0 || top <= 0xBFD2_BEC4_u32 as i32);
    let (mut exponent, mut f, mut fraction, mut rest) = (0, x, 1, 0.0);
    if !near {
        let mut sum = x;
        if top < 0x4340_0000 {
            sum = 1.0 + x;
            exponent = (high(sum) >> 20) - 1023;
            // What the sum lost.
            rest = if exponent > 0 { 1.0 - (sum - x) } else { x - (sum - 1.0) };
            rest /= sum;
        } else {
            exponent = (high(sum) >> 20) - 1023;
        }
        fraction = high(sum) & 0x000F_FFFF;
        if fraction < 0x6_A09E {
            sum = with_high(sum, fraction | 0x3FF0_0000);
        } else {
            exponent += 1;
            sum = with_high(sum, fraction | 0x3FE0_0000);
            fraction = (0x0010_0000 - fraction) >> 2;
        }
        f = sum - 1.0;
    }
    let k = f64::from(exponent);
    let half = 0.5 * f * f;
    if fraction == 0 {
        if f == 0.0 {
            return if exponent == 0 { 0.0 } else { k * LN_2_UPPER + (rest + k * LN_2_REST) };
        }
        let r = half * (1.0 - 0.666_666_666_666_666_6 * f);
        return match exponent {
            0 => f - r,
            _ => k * LN_2_UPPER - ((r - (k * LN_2_REST + rest)) - f),
        };
    }
    let s = f / (2.0 + f);
    let z = s * s;
    let r = z * SERIES[..6].iter().rev().fold(SERIES[6], |sum, own| own + z * sum);
    match exponent {
        0 => f - (half - s * (half + r)),
        _ => k * LN_2_UPPER - ((half - (s * (half + r) + (k * LN_2_REST + rest))) - f),
    }
}

/// What `Math.sinh` gives.
pub(crate) fn sinh(x: f64) -> f64 {
    let half = if x < 0.0 { -0.5 } else { 0.5 };
    let size = libm::fabs(x);
    if size < 22.0 {
        if size < 3.725_290_298_461_914e-9 {
            return x;
        }
        let t = libm::expm1(size);
        return if size < 1.0 {
            half * (2.0 * t - t * t / (t + 1.0))
        } else {
            half * (t + t / (t + 1.0))
        };
    }
    if size < 709.782_226_562_5 {
        return half * exp(size);
    }
    if size <= 710.475_860_073_943_9 {
        let w = exp(0.5 * size);
        return half * w * w;
    }
    x * 1e307
}

/// What `Math.exp` gives.
pub(crate) fn exp(x: f64) -> f64 {
    // The algorithm errs in the last bit here, and V8 says so itself.
    if x == 1.0 { core::f64::consts::E } else { libm::exp(x) }
}

/// What `Math.cosh` gives.
pub(crate) fn cosh(x: f64) -> f64 {
    let size = libm::fabs(x);
    if high(size) < 0x3FD6_2E43 {
        let t = libm::expm1(size);
        let w = 1.0 + t;
        return if high(size) < 0x3C80_0000 { w } else { 1.0 + (t * t) / (w + w) };
    }
    if size < 22.0 {
        let t = exp(size);
        return 0.5 * t + 0.5 / t;
    }
    if size < 709.782_226_562_5 {
        return 0.5 * exp(size);
    }
    if size <= 710.475_860_073_943_9 {
        let w = exp(0.5 * size);
        return 0.5 * w * w;
    }
    if x.is_nan() { x } else { f64::INFINITY }
}

/// What `Math.tanh` gives.
pub(crate) fn tanh(x: f64) -> f64 {
    let size = libm::fabs(x);
    if x.is_nan() || size < 3.725_290_298_461_914e-9 {
        return x;
    }
    let z = if size >= 22.0 {
        1.0
    } else if size >= 1.0 {
        1.0 - 2.0 / (libm::expm1(2.0 * size) + 2.0)
    } else {
        let t = libm::expm1(-2.0 * size);
        -t / (t + 2.0)
    };
    libm::copysign(z, x)
}

/// What `Math.asinh` gives.
pub(crate) fn asinh(x: f64) -> f64 {
    let size = libm::fabs(x);
    if x.is_nan() || x.is_infinite() || high(size) < 0x3E30_0000 {
        return x;
    }
    let w = if high(size) > 0x41B0_0000 {
        log(size) + LN_2
    } else if high(size) > 0x4000_0000 {
        log(2.0 * size + 1.0 / (libm::sqrt(x * x + 1.0) + size))
    } else {
        let t = x * x;
        log1p(size + t / (1.0 + libm::sqrt(1.0 + t)))
    };
    libm::copysign(w, x)
}

/// What `Math.acosh` gives.
pub(crate) fn acosh(x: f64) -> f64 {
    if x.is_nan() || x < 1.0 {
        return f64::NAN;
    }
    if high(x) >= 0x41B0_0000 {
        return if x.is_infinite() { x } else { log(x) + LN_2 };
    }
    if x == 1.0 {
        return 0.0;
    }
    let t = x * x;
    if high(x) > 0x4000_0000 {
        return log(2.0 * x - 1.0 / (x + libm::sqrt(t - 1.0)));
    }
    let t = x - 1.0;
    log1p(t + libm::sqrt(2.0 * t + t * t))
}

/// What `Math.atanh` gives.
pub(crate) fn atanh(x: f64) -> f64 {
    let size = libm::fabs(x);
    if x.is_nan() || size > 1.0 {
        return f64::NAN;
    }
    if size == 1.0 {
        return x * f64::INFINITY;
    }
    if high(size) < 0x3E30_0000 {
        return x;
    }
    let t = if high(size) < 0x3FE0_0000 {
        let t = size + size;
        0.5 * log1p(t + t * size / (1.0 - size))
    } else {
        0.5 * log1p((size + size) / (1.0 - size))
    };
    libm::copysign(t, x)
}

/// What `Math.cbrt` gives.
pub(crate) fn cbrt(x: f64) -> f64 {
    if x == 0.0 || !x.is_finite() {
        return x;
    }
    // A third of the exponent gives five bits; numbers below the smallest normal one are scaled before.
    let size = libm::fabs(x);
    let (scaled, bias) = if high(size) < 0x0010_0000 {
        (size * 18_014_398_509_481_984.0, 696_219_795)
    } else {
        (size, 715_094_163)
    };
    let mut t = libm::copysign(with_high(0.0, high(scaled) / 3 + bias), x);
    // A polynomial gives 23.
    let r = (t * t) * (t / x);
    let [a, b, c, d, e] = [
        1.875_951_824_271_77,
        -1.884_979_795_433_771_7,
        1.621_429_720_105_354_5,
        -0.758_397_934_778_766,
        0.145_996_192_886_612_45,
    ];
    t *= (a + r * (b + r * c)) + ((r * r) * r) * (d + r * e);
    t = f64::from_bits(t.to_bits().wrapping_add(0x8000_0000) & 0xFFFF_FFFF_C000_0000);
    // One step of Newton's method gives the rest.
    let s = t * t;
    let r = x / s;
    let w = t + t;
    t + t * ((r - t) / (w + r))
}
