//! The halves of a double's bits, for the functions of `Math` that work with them. In: a number. Out: a number or half of its bits.

/// The upper half: sign, exponent, 20 bits of the fraction.
pub(crate) fn high(value: f64) -> i32 {
    (value.to_bits() >> 32) as i32
}

/// The number of these upper bits.
pub(crate) fn of_high(high: i32) -> f64 {
    f64::from_bits(u64::from(high as u32) << 32)
}

/// The number with other upper bits.
pub(crate) fn with_high(value: f64, high: i32) -> f64 {
    f64::from_bits(value.to_bits() & 0xFFFF_FFFF | u64::from(high as u32) << 32)
}

/// The number without the lower half: products of two such numbers are exact.
pub(crate) fn cut(value: f64) -> f64 {
    f64::from_bits(value.to_bits() & !0xFFFF_FFFF)
}
