//! Sine, cosine and the angle of a point to the last bit as Node 20 computes them: fdlibm's methods, where those of `libm` are newer.
//! In: numbers. Out: a number. Angles beyond 823549 (2^19 × π/2) are `libm`'s. No tables.

use core::f64::consts::{FRAC_2_PI, FRAC_PI_2, FRAC_PI_4, PI};

use crate::bits::{high, of_high};

/// π/2 in four pieces: the first three times a whole number below 2^20 are exact, and behind each stands what is left after it.
const PIECES: [(f64, f64); 3] = [
    (f64::from_bits(0x3FF9_21FB_5440_0000), f64::from_bits(0x3DD0_B461_1A62_6331)),
    (f64::from_bits(0x3DD0_B461_1A60_0000), f64::from_bits(0x3BA3_198A_2E03_7073)),
    (f64::from_bits(0x3BA3_198A_2E00_0000), f64::from_bits(0x397B_839A_2520_49C1)),
];
/// The largest angle that is reduced here.
const LARGEST: i32 = 0x4139_21FB;
/// What π has beyond its double.
const PI_REST: f64 = f64::from_bits(0x3CA1_A626_3314_5C07);

/// What `Math.sin` gives.
pub(crate) fn sin(x: f64) -> f64 {
    if high(x) & 0x7FFF_FFFF > LARGEST {
        return libm::sin(x);
    }
    if libm::fabs(x) <= FRAC_PI_4 {
        return sine(x, None);
    }
    let (quarters, y, rest) = reduced(x);
    match quarters & 3 {
        0 => sine(y, Some(rest)),
        1 => cosine(y, rest),
        2 => -sine(y, Some(rest)),
        _ => -cosine(y, rest),
    }
}

/// What `Math.cos` gives.
pub(crate) fn cos(x: f64) -> f64 {
    if high(x) & 0x7FFF_FFFF > LARGEST {
        return libm::cos(x);
    }
    if libm::fabs(x) <= FRAC_PI_4 {
        return cosine(x, 0.0);
    }
    let (quarters, y, rest) = reduced(x);
    match quarters & 3 {
        0 => cosine(y, rest),
        1 => -sine(y, Some(rest)),
        2 => -cosine(y, rest),
        _ => sine(y, Some(rest)),
    }
}

/// How many quarters of a circle an angle has, and what is left in two pieces.
fn reduced(x: f64) -> (i32, f64, f64) {
    let size = libm::fabs(x);
    let top = high(size);
    let (quarters, y, rest) = if top < 0x4002_D97C {
        // One quarter.
        let first = size - PIECES[0].0;
        let (from, tail) = match top {
            0x3FF9_21FB => (first - PIECES[1].0, PIECES[1].1),
            _ => (first, PIECES[0].1),
        };
        let y = from - tail;
        (1, y, (from - y) - tail)
    } else {
        let quarters = (size * FRAC_2_PI + 0.5) as i32;
        let count = f64::from(quarters);
        let (mut from, mut tail) = (size - count * PIECES[0].0, count * PIECES[0].1);
        let mut y = from - tail;
        let near = quarters >= 32 || top == high(count * FRAC_PI_2);
        for (lost, (piece, beyond)) in [(16, PIECES[1]), (49, PIECES[2])] {
            // So many bits cancelled that more of π/2 is needed.
            if !near || (top >> 20) - (high(y) >> 20 & 0x7FF) <= lost {
                break;
            }
            let before = from;
            tail = count * piece;
            from = before - tail;
            tail = count * beyond - ((before - from) - tail);
            y = from - tail;
        }
        (quarters, y, (from - y) - tail)
    };
    if x < 0.0 { (-quarters, -y, -rest) } else { (quarters, y, rest) }
}

/// The sine of an angle of at most π/4, perhaps with a rest.
fn sine(x: f64, rest: Option<f64>) -> f64 {
    if high(x) & 0x7FFF_FFFF < 0x3E40_0000 {
        return x;
    }
    let z = x * x;
    let v = z * x;
    let first = f64::from_bits(0xBFC5_5555_5555_5549);
    let series = [
        f64::from_bits(0x3F81_1111_1110_F8A6),
        f64::from_bits(0xBF2A_01A0_19C1_61D5),
        f64::from_bits(0x3EC7_1DE3_57B1_FE7D),
        f64::from_bits(0xBE5A_E5E6_8A2B_9CEB),
    ];
    let last = f64::from_bits(0x3DE5_D93A_5ACF_D57C);
    let r = series.iter().rev().fold(last, |sum, own| own + z * sum);
    match rest {
        None => x + v * (first + z * r),
        Some(rest) => x - ((z * (0.5 * rest - v * r) - rest) - v * first),
    }
}

/// The cosine of an angle of at most π/4, in two pieces.
fn cosine(x: f64, rest: f64) -> f64 {
    let top = high(x) & 0x7FFF_FFFF;
    if top < 0x3E40_0000 {
        return 1.0;
    }
    let z = x * x;
    let series = [
        f64::from_bits(0x3FA5_5555_5555_554C),
        f64::from_bits(0xBF56_C16C_16C1_5177),
        f64::from_bits(0x3EFA_01A0_19CB_1590),
        f64::from_bits(0xBE92_7E4F_809C_52AD),
        f64::from_bits(0x3E21_EE9E_BDB4_B1C4),
    ];
    let last = f64::from_bits(0xBDA8_FAE9_BE88_38D4);
    let r = z * series.iter().rev().fold(last, |sum, own| own + z * sum);
    if top < 0x3FD3_3333 {
        return 1.0 - (0.5 * z - (z * r - x * rest));
    }
    // About a quarter of x, with few bits.
    let quarter = match top {
        0x3FE9_0001.. => 0.28125,
        _ => of_high(top - 0x0020_0000),
    };
    let half = 0.5 * z - quarter;
    (1.0 - quarter) - (half - (z * r - x * rest))
}

/// What `Math.atan2` gives.
pub(crate) fn atan2(y: f64, x: f64) -> f64 {
    if y == 0.0 || x == 0.0 || !y.is_finite() || !x.is_finite() {
        return libm::atan2(y, x);
    }
    let apart = ((high(y) & 0x7FFF_FFFF) - (high(x) & 0x7FFF_FFFF)) >> 20;
    if apart > 60 {
        return libm::copysign(FRAC_PI_2 + 0.5 * PI_REST, y);
    }
    let z = if x < 0.0 && apart < -60 { 0.0 } else { libm::atan(libm::fabs(y / x)) };
    match (y < 0.0, x < 0.0) {
        (false, false) => z,
        (true, false) => -z,
        (false, true) => PI - (z - PI_REST),
        (true, true) => (z - PI_REST) - PI,
    }
}
