//! Capital and small letters. In: texts. Out: the same texts in the other case, by the full mappings of Unicode: `ß` becomes `SS`, and
//! `Σ` at the end of a word becomes `ς`. The tables are runs of letters at the same distance: 4 KB instead of 30.

use alloc::vec::Vec;

use crate::{
    case_tables::{CASED, IGNORABLE, LOWER, UPPER, UPPER_MANY},
    string::{decode, push_code},
};

/// What `toUpperCase` gives.
pub(crate) fn upper(text: &[u8]) -> Vec<u8> {
    mapped(text, |target, code, _| {
        match UPPER_MANY.binary_search_by_key(&code, |own| own[0].into()) {
            Ok(at) => {
                let several = UPPER_MANY[at][1..].iter().filter(|code| **code != 0);
                several.for_each(|code| push_code(target, u32::from(*code)));
            }
            Err(_) => push_code(target, moved(UPPER, code)),
        }
    })
}

/// What `toLowerCase` gives.
pub(crate) fn lower(text: &[u8]) -> Vec<u8> {
    mapped(text, |target, code, at| match code {
        // `İ`: the only letter that becomes two.
        0x130 => {
            push_code(target, 0x69);
            push_code(target, 0x307);
        }
        0x3A3 if ends_word(text, at) => push_code(target, 0x3C2),
        _ => push_code(target, moved(LOWER, code)),
    })
}

/// Gives each code point with its place to `map`; what ASCII has is done here.
fn mapped(text: &[u8], map: impl Fn(&mut Vec<u8>, u32, usize)) -> Vec<u8> {
    let mut target = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let (code, width) = decode(&text[at..]);
        map(&mut target, code, at);
        at += width.max(1);
    }
    target
}

/// The letter at the distance of its run. A run is first letter (21 bits), count (11), step - 1 (2), distance (the rest, signed).
#[inline(never)]
fn moved(runs: &[u64], code: u32) -> u32 {
    let first = |run: u64| run as u32 & 0x1F_FFFF;
    let after = runs.partition_point(|run| first(*run) <= code);
    let Some(run) = after.checked_sub(1).map(|at| runs[at]) else { return code };
    let (count, step) = ((run >> 21 & 0x7FF) as u32, (run >> 32 & 3) as u32 + 1);
    let distance = code - first(run);
    let inside = distance < count * step && distance.is_multiple_of(step);
    if inside { code.wrapping_add_signed((run as i64 >> 34) as i32) } else { code }
}

/// Whether the `Σ` at this place is the last letter of its word.
#[inline(never)]
fn ends_word(text: &[u8], at: usize) -> bool {
    // A letter before it and none behind it; marks between do not count.
    let mut before = at;
    let cased_before = loop {
        let Some(end) = before.checked_sub(1) else { break false };
        before = end;
        while before > 0 && text[before] & 0xC0 == 0x80 {
            before -= 1;
        }
        let code = decode(&text[before..]).0;
        if !within(IGNORABLE, code) {
            break within(CASED, code);
        }
    };
    let mut behind = at + 2;
    let cased_behind = loop {
        let (code, width) = decode(text.get(behind..).unwrap_or_default());
        if behind >= text.len() {
            break false;
        }
        if !within(IGNORABLE, code) {
            break within(CASED, code);
        }
        behind += width.max(1);
    };
    cased_before && !cased_behind
}

/// Whether a code point lies in one of the ranges: how many are left out, how many are in, and so on, seven bits to a byte.
#[inline(never)]
fn within(ranges: &[u8], code: u32) -> bool {
    let (mut edge, mut inside, mut number, mut shift) = (0, false, 0_u32, 0);
    for byte in ranges {
        number |= u32::from(byte & 0x7F) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            edge += number;
            if code < edge {
                return inside;
            }
            (inside, number, shift) = (!inside, 0, 0);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{format, string::String};
    use core::fmt::Write as _;

    fn points() -> impl Iterator<Item = char> {
        (0..=0x10_FFFF).filter_map(char::from_u32)
    }

    fn runs(name: &str, map: impl Fn(char) -> Vec<char>) -> String {
        let mut runs: Vec<(u32, u32, u32, i32)> = Vec::new();
        for letter in points() {
            let [other] = map(letter)[..] else { continue };
            let (code, distance) = (letter as u32, other as i32 - letter as i32);
            if distance == 0 {
                continue;
            }
            match runs.last_mut() {
                Some((first, count @ 1, step, own)) if *own == distance && code - *first <= 2 => {
                    (*count, *step) = (2, code - *first);
                }
                Some((first, count, step, own))
                    if *own == distance && code == *first + *count * *step =>
                {
                    *count += 1;
                }
                _ => runs.push((code, 1, 1, distance)),
            }
        }
        let packed = runs.into_iter().map(|(first, count, step, distance)| {
            assert!(count < 2048);
            let distance = (i64::from(distance) << 34) as u64;
            u64::from(first) | u64::from(count) << 21 | u64::from(step - 1) << 32 | distance
        });
        listed(&format!("{name}: &[u64]"), packed.map(|run| format!("{run:#x}")))
    }

    fn ranges(name: &str, belongs: impl Fn(char) -> bool) -> String {
        let (mut bytes, mut inside, mut edge) = (Vec::new(), false, 0);
        for letter in points() {
            if belongs(letter) != inside {
                let mut number = letter as u32 - edge;
                while number >= 0x80 {
                    bytes.push(number as u8 | 0x80);
                    number >>= 7;
                }
                bytes.push(number as u8);
                (inside, edge) = (!inside, letter as u32);
            }
        }
        listed(&format!("{name}: &[u8]"), bytes.iter().map(|byte| format!("{byte}")))
    }

    fn listed(head: &str, items: impl Iterator<Item = String>) -> String {
        let (mut text, mut line) = (format!("\npub(crate) static {head} = &[\n"), String::new());
        for item in items {
            if line.len() + item.len() > 110 {
                let _ = writeln!(text, "   {line}");
                line.clear();
            }
            let _ = write!(line, " {item},");
        }
        let _ = writeln!(text, "   {line}\n];");
        text
    }

    /// Whether the `Σ` at the end becomes `ς`.
    fn is_final(text: &str) -> bool {
        text.to_lowercase().ends_with('ς')
    }

    #[test]
    fn the_tables_are_those_of_the_standard_library() {
        let mut tables = String::from(
            "//! Tables of `case`, written by its test from the standard library's mappings (`UPDATE_EXPECT=1 cargo test`). In and out: constants.\n\
             #![cfg_attr(rustfmt, rustfmt_skip)]\n",
        );
        tables += &runs("LOWER", |letter| letter.to_lowercase().collect());
        tables += &runs("UPPER", |letter| letter.to_uppercase().collect());
        let several = points().filter(|letter| letter.to_uppercase().count() > 1).map(|letter| {
            let mut codes: Vec<u32> = letter.to_uppercase().map(u32::from).collect();
            codes.resize(3, 0);
            format!("[{}, {}, {}, {}]", letter as u32, codes[0], codes[1], codes[2])
        });
        tables += &listed("UPPER_MANY: &[[u16; 4]]", several);
        tables += &ranges("CASED", |letter| is_final(&format!("1{letter}Σ")));
        tables += &ranges("IGNORABLE", |letter| {
            is_final(&format!("A{letter}Σ")) && !is_final(&format!("1{letter}Σ"))
        });
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/case_tables.rs");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(path, &tables).unwrap();
        }
        assert!(std::fs::read_to_string(path).unwrap() == tables, "run with UPDATE_EXPECT=1");
    }

    #[test]
    fn every_letter_as_in_the_standard_library() {
        // Where no letter has a case, one in many is enough.
        let told =
            |code: u32| !(0x3100..0xA000).contains(&code) && !(0xAC00..0xD800).contains(&code);
        let told = |code: u32| (code < 0x1_F000 && told(code)) || code.is_multiple_of(97);
        for letter in points().filter(|letter| told(*letter as u32)) {
            for text in [
                format!("{letter}"),
                format!("aΣ{letter}"),
                format!("aΣ{letter}b"),
                format!("{letter}Σ"),
            ] {
                assert_eq!(lower(text.as_bytes()), text.to_lowercase().into_bytes(), "{text}");
            }
            let text = format!("{letter}");
            assert_eq!(upper(text.as_bytes()), text.to_uppercase().into_bytes(), "{text}");
        }
        assert_eq!(lower("ΟΔΥΣΣΕΥΣ, Σ ΑΣ".as_bytes()), "οδυσσευς, σ ας".as_bytes());
        assert_eq!(lower(b"A\xED\xA0\x80B"), b"a\xED\xA0\x80b");
    }
}
