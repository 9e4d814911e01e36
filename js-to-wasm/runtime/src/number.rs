//! Numbers and their text, exactly as JavaScript has them. In: doubles and text. Out: text and doubles.

use alloc::{format, vec::Vec};

use crate::{
    fault::{self, Code},
    string::Str,
    value::Value,
};

/// The text of a number.
pub fn text(value: f64) -> &'static Str {
    let mut bytes = Vec::with_capacity(24);
    push(&mut bytes, value);
    Str::take(bytes)
}

/// The text of an array index.
pub(crate) fn index_text(index: u32) -> &'static Str {
    let mut bytes = Vec::with_capacity(10);
    push_integer(&mut bytes, u64::from(index));
    Str::take(bytes)
}

/// Appends the text of a number.
pub fn push(target: &mut Vec<u8>, value: f64) {
    let integer = value as i32;
    if f64::from(integer) == value {
        if integer < 0 {
            target.push(b'-');
        }
        push_integer(target, u64::from(integer.unsigned_abs()));
    } else {
        target.extend_from_slice(ryu_js::Buffer::new().format(value).as_bytes());
    }
}

/// Appends the digits of a whole number.
pub(crate) fn push_integer(target: &mut Vec<u8>, mut value: u64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    target.extend_from_slice(&digits[at..]);
}

/// The conversion of the bit operators.
pub fn to_int32(value: f64) -> i32 {
    let fast = value as i32;
    if f64::from(fast) == value {
        return fast;
    }
    // The low 32 bits of the whole part, by the parts of the double: what is infinite or no number has none.
    let bits = value.to_bits();
    let mantissa = bits & ((1 << 52) - 1) | 1 << 52;
    let magnitude = match (bits >> 52 & 0x7FF) as i32 - 1075 {
        up @ 0..32 => (mantissa << up) as u32,
        down @ -63..0 => (mantissa >> -down) as u32,
        _ => 0,
    };
    if value < 0.0 { magnitude.wrapping_neg() as i32 } else { magnitude as i32 }
}

/// A number as a position: fractions are cut, `NaN` is 0. Out of range stays out of range.
pub(crate) fn to_integer(value: f64) -> f64 {
    if value.is_nan() { 0.0 } else { libm::trunc(value) + 0.0 }
}

/// White space and line ends of the language, at the start of `bytes`: how many bytes of it.
pub(crate) fn space_width(bytes: &[u8]) -> usize {
    match bytes.first() {
        Some(0x09..=0x0D | b' ') => 1,
        Some(0..0x80) | None => 0,
        Some(_) => {
            let (code, width) = crate::string::decode(bytes);
            let space = matches!(
                code,
                0xA0 | 0x1680 | 0x2000
                    ..=0x200A | 0x2028 | 0x2029 | 0x202F | 0x205F | 0x3000 | 0xFEFF
            );
            if space { width } else { 0 }
        }
    }
}

/// Without white space at the start.
pub(crate) fn trim_start(mut bytes: &[u8]) -> &[u8] {
    loop {
        match space_width(bytes) {
            0 => return bytes,
            width => bytes = &bytes[width..],
        }
    }
}

/// Without white space at the end.
pub(crate) fn trim_end(mut bytes: &[u8]) -> &[u8] {
    loop {
        let mut start = bytes.len().saturating_sub(1);
        while start > 0 && bytes[start] & 0xC0 == 0x80 {
            start -= 1;
        }
        match space_width(bytes.get(start..).unwrap_or_default()) {
            0 => return bytes,
            _ => bytes = &bytes[..start],
        }
    }
}

/// What `Number(text)` gives.
pub fn of_text(text: &[u8]) -> f64 {
    let text = trim_end(trim_start(text));
    let radix = match text {
        [] => return 0.0,
        [b'0', b'x' | b'X', rest @ ..] => Some((rest, 16)),
        [b'0', b'o' | b'O', rest @ ..] => Some((rest, 8)),
        [b'0', b'b' | b'B', rest @ ..] => Some((rest, 2)),
        _ => None,
    };
    match radix {
        Some((digits, radix)) => {
            let (value, used) = digits_of(digits, radix);
            if used == digits.len() && used > 0 { value } else { f64::NAN }
        }
        None => match decimal_prefix(text) {
            length if length == text.len() => decimal(text),
            _ => f64::NAN,
        },
    }
}

/// Length of the longest start of `text` that is a decimal number (or `Infinity`) with its sign.
fn decimal_prefix(text: &[u8]) -> usize {
    let sign = usize::from(matches!(text.first(), Some(b'+' | b'-')));
    if text[sign..].starts_with(b"Infinity") {
        return sign + 8;
    }
    let digits = |from: usize| text[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let whole = digits(sign);
    let mut end = sign + whole;
    if text.get(end) == Some(&b'.') {
        let fraction = digits(end + 1);
        if whole + fraction == 0 {
            return 0;
        }
        end += 1 + fraction;
    } else if whole == 0 {
        return 0;
    }
    if matches!(text.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(text.get(end + 1), Some(b'+' | b'-')));
        let exponent = text.get(end + 1 + sign..).map_or(0, |_| digits(end + 1 + sign));
        if exponent > 0 {
            end += 1 + sign + exponent;
        }
    }
    end
}

/// A decimal number whose form has been checked.
pub(crate) fn decimal(text: &[u8]) -> f64 {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let short = digits.len() < 16 && digits.iter().all(u8::is_ascii_digit);
    let value = if short {
        digits.iter().fold(0_u64, |value, byte| value * 10 + u64::from(byte - b'0')) as f64
    } else if digits == b"Infinity" {
        f64::INFINITY
    } else {
        crate::decimal::nearest(digits)
    };
    if negative { -value } else { value }
}

/// The number that the digits at the start of `text` make, and how many they are.
fn digits_of(text: &[u8], radix: u32) -> (f64, usize) {
    let used = text.iter().take_while(|byte| char::from(**byte).is_digit(radix)).count();
    let digit = |byte: &u8| char::from(*byte).to_digit(radix).unwrap_or_default();
    if radix == 10 {
        return (decimal(&text[..used]), used);
    }
    let mut value = 0.0;
    if radix.is_power_of_two() {
        value = binary_digits(text[..used].iter().map(digit), radix.trailing_zeros());
    } else {
        text[..used]
            .iter()
            .for_each(|byte| value = value * f64::from(radix) + f64::from(digit(byte)));
    }
    (value, used)
}

/// Digits of `bits` bits each, rounded once, half to even.
fn binary_digits(digits: impl Iterator<Item = u32>, bits: u32) -> f64 {
    let (mut kept, mut dropped, mut sticky) = (0_u64, 0_i32, false);
    for digit in digits {
        for bit in (0..bits).rev().map(|bit| u64::from(digit >> bit & 1)) {
            if kept >> 55 == 0 {
                kept = kept << 1 | bit;
            } else {
                dropped = dropped.saturating_add(1);
                sticky |= bit == 1;
            }
        }
    }
    // The 56 bits kept hold 53 of the result and 3 that decide the rounding, the last of them together with what was dropped.
    libm::scalbn((kept | u64::from(sticky)) as f64, dropped)
}

/// What `parseInt` gives.
pub(crate) fn parse_int(text: &[u8], radix: f64) -> f64 {
    let text = trim_start(text);
    let (negative, text) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let radix = to_int32(radix);
    let (radix, text) = match text {
        [b'0', b'x' | b'X', rest @ ..] if radix == 0 || radix == 16 => (16, rest),
        _ if radix == 0 => (10, text),
        _ => (radix, text),
    };
    if !(2..=36).contains(&radix) {
        return f64::NAN;
    }
    let (value, used) = digits_of(text, radix as u32);
    match (used, negative) {
        (0, _) => f64::NAN,
        (_, true) => -value,
        _ => value,
    }
}

/// What `parseFloat` gives.
pub(crate) fn parse_float(text: &[u8]) -> f64 {
    let text = trim_start(text);
    match decimal_prefix(text) {
        0 => f64::NAN,
        length => decimal(&text[..length]),
    }
}

/// What `value.toString(radix)` gives.
pub(crate) fn text_in_radix(value: f64, radix: Value) -> Value {
    let radix =
        if radix.is_absent() { 10.0 } else { to_integer(radix.as_number().unwrap_or(f64::NAN)) };
    if !(2.0..=36.0).contains(&radix) {
        fault::raise_static(Code::Range, "toString() radix must be between 2 and 36");
    }
    if radix == 10.0 || !value.is_finite() {
        return Value::string(text(value));
    }
    let mut bytes = Vec::new();
    if value < 0.0 {
        bytes.push(b'-');
    }
    push_in_radix(&mut bytes, libm::fabs(value), radix);
    Value::string(Str::take(bytes))
}

/// Digits of a positive finite number in another radix, as V8 writes them: the fraction stops where it is distinct.
fn push_in_radix(target: &mut Vec<u8>, value: f64, radix: f64) {
    let digit = |value: f64| {
        let value = value as u8;
        if value < 10 { b'0' + value } else { b'a' + value - 10 }
    };
    let mut whole = libm::floor(value);
    let mut fraction = value - whole;
    let next = f64::from_bits(value.to_bits() + 1);
    let mut delta = (0.5 * (next - value)).max(f64::from_bits(1));
    let mut tail: Vec<u8> = Vec::new();
    if fraction >= delta {
        loop {
            fraction *= radix;
            delta *= radix;
            let current = libm::floor(fraction);
            fraction -= current;
            tail.push(current as u8);
            if (fraction > 0.5 || (fraction == 0.5 && current as u8 & 1 == 1))
                && fraction + delta > 1.0
            {
                // Round up; a carry may run through to the whole part.
                loop {
                    match tail.pop() {
                        None => {
                            whole += 1.0;
                            break;
                        }
                        Some(last) if f64::from(last) + 1.0 < radix => {
                            tail.push(last + 1);
                            break;
                        }
                        Some(_) => {}
                    }
                }
                break;
            }
            if fraction < delta {
                break;
            }
        }
    }
    let mut head = Vec::new();
    // Beyond 53 bits the digits are zeros, as V8 writes them.
    while ((whole.to_bits() >> 52) as i32 - 1075) > 0 {
        whole /= radix;
        head.push(b'0');
    }
    loop {
        let remainder = libm::fmod(whole, radix);
        head.push(digit(remainder));
        whole = (whole - remainder) / radix;
        if whole <= 0.0 {
            break;
        }
    }
    target.extend(head.iter().rev());
    if !tail.is_empty() {
        target.push(b'.');
        target.extend(tail.iter().map(|value| digit(f64::from(*value))));
    }
}

/// Decimal digits of a positive finite number, `count` of them, and the exponent of the first: rounded half up, as JavaScript does.
fn digits_and_exponent(value: f64, count: usize) -> (Vec<u8>, i32) {
    // Far more digits than asked for show whether a tie is one; the tail is then cut by hand.
    let text = format!("{:.*e}", count + 40, value);
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let mut exponent: i32 = exponent.parse().unwrap_or_default();
    let mut digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
    let up = digits.get(count).is_some_and(|digit| *digit >= b'5');
    digits.truncate(count);
    if up {
        let nines = digits.iter().rev().take_while(|digit| **digit == b'9').count();
        let kept = count - nines;
        digits[kept..].fill(b'0');
        match kept.checked_sub(1) {
            Some(last) => digits[last] += 1,
            None => {
                digits.insert(0, b'1');
                digits.truncate(count);
                exponent += 1;
            }
        }
    }
    (digits, exponent)
}

/// What `value.toFixed(places)` gives.
pub(crate) fn fixed(value: f64, places: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    if !value.is_finite() || libm::fabs(value) >= 1e21 {
        push(&mut bytes, value);
        return bytes;
    }
    let positive = libm::fabs(value);
    let exponent = if positive == 0.0 { 0 } else { digits_and_exponent(positive, 30).1 };
    let count = exponent + 1 + places as i32;
    let (digits, exponent) = match count {
        ..0 => (Vec::new(), 0),
        // The first digit decides whether the last place becomes 1.
        0 => {
            let first = digits_and_exponent(positive, 1).0[0];
            let exact = format!("{positive:.*e}", 60);
            let up = first > b'5' || exact.as_bytes()[0] >= b'5';
            if up { (alloc::vec![b'1'], exponent + 1) } else { (Vec::new(), 0) }
        }
        _ if positive == 0.0 => (Vec::new(), 0),
        _ => digits_and_exponent(positive, count as usize),
    };
    let digits = match digits.len() as i32 {
        0 => alloc::vec![b'0'; places + 1],
        length => {
            // As many digits as the places ask for, with zeros in front of numbers below 1.
            let mut all = alloc::vec![b'0'; (-exponent).max(0) as usize];
            all.extend_from_slice(&digits);
            let wanted = exponent.max(0) as usize + 1 + places;
            let _ = length;
            all.resize(wanted, b'0');
            all
        }
    };
    if value < 0.0 {
        bytes.push(b'-');
    }
    let (whole, fraction) = digits.split_at(digits.len() - places);
    bytes.extend_from_slice(whole);
    if places > 0 {
        bytes.push(b'.');
        bytes.extend_from_slice(fraction);
    }
    bytes
}

/// What `value.toExponential(places)` gives for a finite number.
pub(crate) fn exponential(value: f64, places: Option<usize>) -> Vec<u8> {
    let positive = libm::fabs(value);
    let (digits, exponent) = match places {
        _ if positive == 0.0 => (alloc::vec![b'0'; places.unwrap_or(0) + 1], 0),
        Some(places) => digits_and_exponent(positive, places + 1),
        None => {
            let text = format!("{positive:e}");
            let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
            let digits = mantissa.bytes().filter(u8::is_ascii_digit).collect();
            (digits, exponent.parse().unwrap_or_default())
        }
    };
    let mut bytes = Vec::new();
    if value < 0.0 {
        bytes.push(b'-');
    }
    push_exponential(&mut bytes, &digits, exponent);
    bytes
}

fn push_exponential(target: &mut Vec<u8>, digits: &[u8], exponent: i32) {
    target.push(digits[0]);
    if digits.len() > 1 {
        target.push(b'.');
        target.extend_from_slice(&digits[1..]);
    }
    target.extend_from_slice(if exponent < 0 { b"e-" } else { b"e+" });
    push_integer(target, u64::from(exponent.unsigned_abs()));
}

/// What `value.toPrecision(precision)` gives for a finite number.
pub(crate) fn precise(value: f64, precision: usize) -> Vec<u8> {
    let positive = libm::fabs(value);
    let (digits, exponent) = if positive == 0.0 {
        (alloc::vec![b'0'; precision], 0)
    } else {
        digits_and_exponent(positive, precision)
    };
    let mut bytes = Vec::new();
    if value < 0.0 {
        bytes.push(b'-');
    }
    if exponent < -6 || exponent >= precision as i32 {
        push_exponential(&mut bytes, &digits, exponent);
    } else if exponent >= 0 {
        let (whole, fraction) = digits.split_at(exponent as usize + 1);
        bytes.extend_from_slice(whole);
        if !fraction.is_empty() {
            bytes.push(b'.');
            bytes.extend_from_slice(fraction);
        }
    } else {
        bytes.extend_from_slice(b"0.");
        bytes.resize(bytes.len() + (-exponent - 1) as usize, b'0');
        bytes.extend_from_slice(&digits);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;

    fn shown(value: f64) -> String {
        String::from_utf8(text(value).bytes().to_vec()).unwrap()
    }

    fn ascii(bytes: Vec<u8>) -> String {
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn numbers_print_as_in_javascript() {
        let cases = [
            (1.0 / 3.0, "0.3333333333333333"),
            (-0.0, "0"),
            (1e21, "1e+21"),
            (123_456_789_012_345_680_000.0, "123456789012345680000"),
            (5e-324, "5e-324"),
            (0.000001, "0.000001"),
            (1e-7, "1e-7"),
            (-2_147_483_648.0, "-2147483648"),
            (4_294_967_296.0, "4294967296"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Infinity"),
        ];
        for (value, expected) in cases {
            assert_eq!(shown(value), expected);
        }
    }

    #[test]
    fn text_becomes_a_number_as_in_javascript() {
        let cases = [
            ("", 0.0),
            (" \n12 ", 12.0),
            ("0x1F", 31.0),
            ("0b101", 5.0),
            ("1e3", 1000.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("-Infinity", f64::NEG_INFINITY),
            ("1_000", f64::NAN),
            ("0x", f64::NAN),
            ("-0x10", f64::NAN),
            ("1e", f64::NAN),
            ("inf", f64::NAN),
            ("nan", f64::NAN),
            (".", f64::NAN),
            ("\u{FEFF}7\u{3000}", 7.0),
            ("0x20000000000001", 9007199254740992.0),
            ("0x20000000000003", 9007199254740996.0),
        ];
        for (text, expected) in cases {
            assert_eq!(of_text(text.as_bytes()).to_bits(), expected.to_bits(), "{text:?}");
        }
        assert_eq!(parse_int(b"  -0x1fz", 0.0), -31.0);
        assert_eq!(parse_int(b"12px", 10.0), 12.0);
        assert!(parse_int(b"px", 10.0).is_nan());
        assert_eq!(parse_float(b"3.25abc"), 3.25);
        assert_eq!(parse_float(b"1e+"), 1.0);
    }

    #[test]
    fn places_round_as_in_javascript() {
        let cases = [
            (1.005, 2, "1.00"),
            (2.5, 0, "3"),
            (0.5, 0, "1"),
            (1.45, 1, "1.4"),
            (0.0, 2, "0.00"),
            (-1.5, 0, "-2"),
            (123.456, 2, "123.46"),
            (0.000001, 7, "0.0000010"),
            (1e21, 2, "1e+21"),
            (9.99, 1, "10.0"),
            (0.05, 1, "0.1"),
            (0.04, 1, "0.0"),
            (-0.0001, 2, "-0.00"),
            (99.995, 2, "100.00"),
            (0.6, 0, "1"),
            (0.4, 0, "0"),
            (1000.0, 3, "1000.000"),
        ];
        for (value, places, expected) in cases {
            assert_eq!(ascii(fixed(value, places)), expected, "{value} {places}");
        }
        assert_eq!(ascii(precise(123.456, 4)), "123.5");
        assert_eq!(ascii(precise(0.000123, 2)), "0.00012");
        assert_eq!(ascii(precise(1.25, 2)), "1.3");
        assert_eq!(ascii(precise(123456.0, 2)), "1.2e+5");
        assert_eq!(ascii(exponential(12345.0, Some(2))), "1.23e+4");
        assert_eq!(ascii(exponential(0.00015, None)), "1.5e-4");
    }

    #[test]
    fn other_radices() {
        let in_radix = |value, radix| {
            ascii(text_in_radix(value, Value::number(radix)).as_string().unwrap().bytes().to_vec())
        };
        assert_eq!(in_radix(255.0, 16.0), "ff");
        assert_eq!(in_radix(-255.5, 2.0), "-11111111.1");
        assert_eq!(in_radix(0.1, 3.0), "0.0022002200220022002200220022002201");
    }

    #[test]
    fn bit_operators_wrap() {
        assert_eq!(to_int32(4_294_967_295.0), -1);
        assert_eq!(to_int32(-2_147_483_649.0), 2_147_483_647);
        assert_eq!(to_int32(1e20), 1_661_992_960);
        assert_eq!(to_int32(f64::NAN), 0);
    }
}
