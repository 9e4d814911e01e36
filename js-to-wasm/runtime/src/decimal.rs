//! Decimal numbers as the nearest double. In: digits, perhaps with a point and an exponent, whose form has been checked. Out: the double,
//! halves to even. Most numbers are exact in 128 bits; the rest is estimated to 64 bits with a known error, and only what lies so near
//! to a half that the estimate cannot decide is computed with all its digits. Tables of half a kilobyte: every handler that reads JSON
//! carries them.

use alloc::{vec, vec::Vec};

/// More significant digits than any half between two doubles has; those behind count as one.
const DIGITS_MAX: usize = 800;
/// Digits that fit in 64 bits.
const DIGITS_SHORT: usize = 19;

/// A number as it is written: the significant digits as an integer, times a power of ten.
struct Decimal<'a> {
    /// The first digits.
    short: u64,
    /// The power of ten that belongs to them.
    exponent: i64,
    /// Whether there are more digits that are not all zeros.
    cut: bool,
    text: &'a [u8],
}

/// The number that this text is.
pub(crate) fn nearest(text: &[u8]) -> f64 {
    let decimal = read(text);
    if decimal.short == 0 || decimal.exponent < -400 {
        return 0.0;
    }
    if decimal.exponent > 400 {
        return f64::INFINITY;
    }
    let exponent = decimal.exponent as i32;
    if !decimal.cut {
        if decimal.short < 1 << 53 && (-22..=22).contains(&exponent) {
            let power = f64::from_bits(POWERS[exponent.unsigned_abs() as usize]);
            let value = decimal.short as f64;
            return if exponent < 0 { value / power } else { value * power };
        }
        if (-27..=27).contains(&exponent) {
            return exact(decimal.short, exponent);
        }
    }
    estimated(&decimal, exponent).unwrap_or_else(|| with_all_digits(&decimal, exponent))
}

/// Powers of ten that are doubles, as their bits.
const POWERS: [u64; 23] = {
    let (mut powers, mut value, mut index) = ([0; 23], 1.0_f64, 0);
    while index < powers.len() {
        powers[index] = value.to_bits();
        value *= 10.0;
        index += 1;
    }
    powers
};

fn read(text: &[u8]) -> Decimal<'_> {
    let (mut short, mut count, mut exponent, mut cut) = (0_u64, 0, 0_i64, false);
    let mut fraction = false;
    let mut rest = text;
    while let [byte, tail @ ..] = rest {
        match byte {
            b'.' => fraction = true,
            b'0'..=b'9' => {
                exponent -= i64::from(fraction);
                if count == DIGITS_SHORT {
                    exponent += 1;
                    cut |= *byte != b'0';
                } else {
                    short = short * 10 + u64::from(byte - b'0');
                    count += usize::from(short > 0);
                }
            }
            _ => break,
        }
        rest = tail;
    }
    let digits = &text[..text.len() - rest.len()];
    if let [_, tail @ ..] = rest {
        let (negative, tail) = match tail {
            [b'-', tail @ ..] => (true, tail),
            [b'+', tail @ ..] => (false, tail),
            _ => (false, tail),
        };
        let add = |sum: i64, byte: &u8| (sum * 10 + i64::from(byte & 15)).min(1 << 40);
        let written = tail.iter().fold(0, add);
        exponent += if negative { -written } else { written };
    }
    Decimal { short, exponent, cut, text: digits }
}

/// A short number times a power of ten whose power of five has 64 bits.
fn exact(short: u64, exponent: i32) -> f64 {
    let five = 5_u64.pow(exponent.unsigned_abs());
    if exponent >= 0 {
        let product = u128::from(short) * u128::from(five);
        let shift = product.leading_zeros() as i32;
        let top = product << shift;
        return rounded((top >> 64) as u64, exponent + 64 - shift, top as u64 != 0);
    }
    let (mut quotient, mut rest, mut place) = (short / five, short % five, exponent);
    while quotient >> 63 == 0 {
        rest <<= 1;
        let bit = rest >= five;
        if bit {
            rest -= five;
        }
        quotient = quotient << 1 | u64::from(bit);
        place -= 1;
    }
    rounded(quotient, place, rest != 0)
}

/// The upper halves of `5^(27 × n)` and their binary exponents, rounded down, for `n` from -16 on.
const STEPS: [(u64, i32); 31] = {
    let mut steps = [(0, 0); 31];
    let mut index = 0;
    while index < 31 {
        steps[index] = step(27 * (index as i32 - 16));
        index += 1;
    }
    steps
};

/// The first 64 bits of a power of five and the exponent of the last of them.
const fn step(power: i32) -> (u64, i32) {
    // 128 bits with the top one set; every round loses less than one of the last.
    let (mut bits, mut exponent) = (1_u128 << 127, -127);
    let mut left = power;
    while left > 0 {
        // Times 5: three bits more.
        let product = (bits >> 3) * 5 + (((bits & 7) * 5) >> 3);
        exponent += 3;
        let zeros = product.leading_zeros();
        bits = product << zeros;
        exponent -= zeros as i32;
        left -= 1;
    }
    while left < 0 {
        let (mut quotient, mut rest) = (bits / 5, bits % 5);
        let zeros = quotient.leading_zeros();
        let mut index = 0;
        while index < zeros {
            rest *= 2;
            quotient = quotient << 1 | (rest / 5);
            rest %= 5;
            index += 1;
        }
        bits = quotient;
        exponent -= zeros as i32;
        left += 1;
    }
    ((bits >> 64) as u64, exponent + 64)
}

/// The double, if 64 bits of the number say which one it is.
fn estimated(decimal: &Decimal<'_>, exponent: i32) -> Option<f64> {
    let shift = decimal.short.leading_zeros();
    let mut bits = decimal.short << shift;
    let mut place = exponent - shift as i32;
    // In units of the last bit: what was cut off is less than 1 of the digits, each product cuts off less than one unit, and a shift by
    // one place doubles it all.
    let mut error = if decimal.cut { 1_u64 << shift } else { 0 };
    let (steps, singles) = (exponent.div_euclid(27), exponent.rem_euclid(27) as u32);
    let five = 5_u64.pow(singles);
    let zeros = five.leading_zeros();
    for (power, power_exponent, own) in [(five << zeros, -(zeros as i32), 0), {
        let (power, power_exponent) = *STEPS.get((steps + 16) as usize)?;
        (power, power_exponent, 1)
    }] {
        let product = u128::from(bits) * u128::from(power);
        bits = (product >> 64) as u64;
        place += power_exponent + 64;
        error += own + 1;
        if bits >> 63 == 0 {
            bits = (product >> 63) as u64;
            place -= 1;
            error *= 2;
        }
    }
    let (lower, upper) = (bits.checked_sub(error)?, bits.checked_add(error)?);
    if lower >> 63 == 0 {
        return None;
    }
    let (low, high) = (rounded(lower, place, false), rounded(upper, place, true));
    (low.to_bits() == high.to_bits()).then_some(low)
}

/// The double next to `bits × 2^place`, where the top bit is set and `more` says that something follows the last.
fn rounded(bits: u64, place: i32, more: bool) -> f64 {
    let exponent = place + 63;
    if exponent > 1023 {
        return f64::INFINITY;
    }
    // Numbers below the smallest normal one have fewer bits.
    let dropped = 11 + (-1022 - exponent).max(0);
    if dropped > 64 {
        return 0.0;
    }
    let (kept, rest) = match dropped {
        64 => (0, bits),
        _ => (bits >> dropped, bits << (64 - dropped)),
    };
    let half = 1 << 63;
    let up = rest > half || (rest == half && (more || kept & 1 == 1));
    let base = if dropped == 11 { ((exponent + 1022) as u64) << 52 } else { 0 };
    f64::from_bits(base + kept + u64::from(up))
}

/// The double, from an integer of any length.
#[cold]
#[inline(never)]
fn with_all_digits(decimal: &Decimal<'_>, mut exponent: i32) -> f64 {
    let mut number = vec![0_u32];
    let digits = decimal.text.iter().filter(|byte| byte.is_ascii_digit());
    let mut digits = digits.skip_while(|byte| **byte == b'0');
    for (count, byte) in digits.by_ref().take(DIGITS_MAX).enumerate() {
        scale(&mut number, 10, u32::from(byte - b'0'));
        exponent -= i32::from(count >= DIGITS_SHORT);
    }
    if digits.any(|byte| *byte != b'0') {
        // What follows only says on which side of a half the number lies.
        scale(&mut number, 10, 1);
        exponent -= 1;
    }
    let mut other = vec![1_u32];
    let scaled = if exponent < 0 { &mut other } else { &mut number };
    (0..exponent.unsigned_abs()).for_each(|_| scale(scaled, 5, 0));
    // Both begin at the same bit; then the quotient has 64 bits after at most 65 rounds.
    let place = bit_length(&number) - bit_length(&other);
    align(&mut number, &mut other, place);
    let (mut quotient, mut at) = (0_u64, place + 1);
    while quotient >> 63 == 0 {
        let bit = subtract(&mut number, &other);
        quotient = quotient << 1 | u64::from(bit);
        at -= 1;
        double(&mut number);
    }
    rounded(quotient, exponent + at, number.iter().any(|part| *part != 0))
}

/// Multiplies and adds.
#[inline(never)]
fn scale(number: &mut Vec<u32>, factor: u32, add: u32) {
    let mut carry = u64::from(add);
    for part in number.iter_mut() {
        carry += u64::from(*part) * u64::from(factor);
        *part = carry as u32;
        carry >>= 32;
    }
    if carry > 0 {
        number.push(carry as u32);
    }
}

fn double(number: &mut Vec<u32>) {
    scale(number, 2, 0);
}

fn bit_length(number: &[u32]) -> i32 {
    let top = number.last().map_or(0, |part| part.leading_zeros() as i32);
    number.len() as i32 * 32 - top
}

/// Shifts the shorter of two numbers so that they are equally long: the first is longer by `bits`.
fn align(first: &mut Vec<u32>, second: &mut Vec<u32>, bits: i32) {
    let shorter = if bits < 0 { first } else { second };
    let (parts, rest) = (bits.unsigned_abs() / 32, bits.unsigned_abs() % 32);
    scale(shorter, 1 << rest, 0);
    shorter.splice(0..0, vec![0; parts as usize]);
}

/// Takes the second off the first if it fits in, and says whether it did.
#[inline(never)]
fn subtract(first: &mut [u32], second: &[u32]) -> bool {
    let part = |number: &[u32], index: usize| number.get(index).copied().unwrap_or(0);
    let parts = first.len().max(second.len());
    let differs = (0..parts).rev().find(|index| part(first, *index) != part(second, *index));
    if differs.is_some_and(|index| part(first, index) < part(second, index)) {
        return false;
    }
    let mut borrow = false;
    for (index, own) in first.iter_mut().enumerate() {
        let (less, under) = own.overflowing_sub(part(second, index));
        let (less, again) = less.overflowing_sub(u32::from(borrow));
        (*own, borrow) = (less, under || again);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{format, string::String};

    fn agree(text: &str) {
        let expected: f64 = text.parse().unwrap();
        let found = nearest(text.as_bytes());
        assert_eq!(found.to_bits(), expected.to_bits(), "{text}: {found:e}, not {expected:e}");
    }

    fn chance(state: &mut u64) -> u64 {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        *state
    }

    #[test]
    fn edges() {
        for text in [
            "0",
            "0.0",
            "00.000e5",
            "1",
            "10",
            "0.1",
            "1e23",
            "8.5e22",
            "9007199254740993",
            "9007199254740993.0",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "1e309",
            "1e999999999999999999999",
            "5e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "2.47e-324",
            "1e-400",
            "0e999999999999",
            "1e-99999999999999",
            "2.2250738585072011e-308",
            "2.2250738585072014e-308",
            "2.225073858507201e-308",
            "123456789012345678901234567890",
            "0.000000000000000000000000000000000000001",
            "1e-27",
            "123456789012345678e27",
            "18446744073709551615e-27",
            "1.",
            ".5",
            "2.2250738585072012e-308",
            "6.631236846766476e-316",
            "3.2378839133029012895883524125015321748630094546172e-319",
        ] {
            agree(text);
        }
    }

    #[test]
    fn random_numbers() {
        let mut state = 0x9E37_79B9_7F4A_7C15;
        for round in 0..20_000 {
            let bits = chance(&mut state);
            let value = f64::from_bits(bits);
            if value.is_finite() {
                agree(&format!("{:e}", value.abs()));
                agree(&format!("{:.*e}", (bits % 30) as usize, value.abs()));
            }
            let exponent = (chance(&mut state) % 700) as i32 - 350;
            agree(&format!("{}e{exponent}", bits >> (round % 60)));
            agree(&format!("{}{}e{exponent}", bits, chance(&mut state)));
            agree(&format!("{}.{:020}", bits >> 20, chance(&mut state)));
        }
    }

    /// Halves between two doubles, and what lies just beside them.
    #[test]
    fn halves() {
        let mut state = 0x0123_4567_89AB_CDEF;
        for round in 0..120 {
            let bits = match round % 3 {
                0 => chance(&mut state) >> 1,
                1 => chance(&mut state) >> 12,
                _ => (1000 + chance(&mut state) % 60) << 52 | chance(&mut state) >> 12,
            };
            let (value, next) = (f64::from_bits(bits), f64::from_bits(bits + 1));
            if !next.is_finite() {
                continue;
            }
            // The sum of both, halved in text: exact digits, then a five behind what the smaller step needs.
            let exact = format!("{:.1100}", value);
            let other = format!("{:.1100}", next);
            let half = half_of_sum(&exact, &other);
            agree(&half);
            agree(&format!("{half}1"));
            if let Some(below) = half.trim_end_matches('0').strip_suffix('5') {
                agree(&format!("{below}4999"));
            }
        }
    }

    /// Half the sum of two decimal texts of the same number of places.
    fn half_of_sum(first: &str, second: &str) -> String {
        let width = first.len().max(second.len());
        let digits = |text: &str| format!("{text:0>width$}").into_bytes();
        let (first, second) = (digits(first), digits(second));
        let mut sum: Vec<u32> = first
            .iter()
            .zip(&second)
            .filter(|(byte, _)| **byte != b'.')
            .map(|(a, b)| u32::from(a - b'0') + u32::from(b - b'0'))
            .collect();
        sum.push(0);
        let mut carry = 0;
        let mut text = String::new();
        let point = first.iter().position(|byte| *byte == b'.').unwrap();
        // Halve from the left; digits of the sum may exceed 9, which halving takes care of.
        let mut halves: Vec<u32> = Vec::new();
        for digit in sum {
            let value = digit + carry * 10;
            halves.push(value / 2);
            carry = value % 2;
        }
        for index in (1..halves.len()).rev() {
            let over = halves[index] / 10;
            halves[index] %= 10;
            halves[index - 1] += over;
        }
        for (index, digit) in halves.iter().enumerate() {
            if index == point {
                text.push('.');
            }
            text.push_str(&format!("{digit}"));
        }
        text
    }
}
