//! Methods of strings; names that arrays share (`slice`, `includes`, `indexOf`, `concat`, `at`) decide by the receiver. In: the
//! receiver and arguments. Out: values.

use alloc::{string::String, vec::Vec};

use unicode_normalization::UnicodeNormalization as _;

use crate::{
    array::Array,
    array_methods, case,
    fault::{self, Code},
    function::{self, Args},
    number,
    string::{self, Str},
    string_search::{find, find_last},
    text::{integer_at, relative, text_at},
    value::{Kind, Value},
};

/// Most bytes of a string that `repeat` and padding make.
const MADE_BYTES_MAX: usize = 1 << 28;

fn receiver(this: Value, name: &'static str, args: Args<'_>) -> Result<&'static Str, Value> {
    this.as_string().ok_or_else(|| function::call_property(this, name, args))
}

macro_rules! text {
    ($this:ident, $name:literal, $args:ident) => {
        match receiver($this, $name, $args) {
            Ok(text) => text,
            Err(result) => return result,
        }
    };
}

fn made(bytes: Vec<u8>) -> Value {
    Value::string(Str::take(bytes))
}

fn part(text: &'static Str, from: u32, to: u32) -> Value {
    Value::string(text.slice(from, to))
}

fn index(found: Option<usize>, text: &Str) -> Value {
    Value::number(found.map_or(-1.0, |byte| f64::from(text.unit_of_byte(byte))))
}

fn limit(bytes: usize) {
    if bytes > MADE_BYTES_MAX {
        fault::raise_static(Code::Range, "the string would be too long");
    }
}

builtins! {
    ".charAt" char_at(this, args) {
        let text = text!(this, "charAt", args);
        let at = integer_at(args, 0, 0.0);
        if at < 0.0 || at >= f64::from(text.units()) {
            return Value::fixed("");
        }
        part(text, at as u32, at as u32 + 1)
    }
    ".charCodeAt" char_code_at(this, args) {
        let text = text!(this, "charCodeAt", args);
        let at = integer_at(args, 0, 0.0);
        let unit = if (0.0..4e9).contains(&at) { text.unit(at as u32) } else { None };
        Value::number(unit.map_or(f64::NAN, f64::from))
    }
    ".codePointAt" code_point_at(this, args) {
        let text = text!(this, "codePointAt", args);
        let at = integer_at(args, 0, 0.0);
        if at < 0.0 || at >= f64::from(text.units()) {
            return Value::UNDEFINED;
        }
        let (byte, inside) = text.byte_of_unit(at as u32);
        let code = if inside {
            text.unit(at as u32).map_or(0, u32::from)
        } else {
            string::decode(&text.bytes()[byte..]).0
        };
        Value::number(f64::from(code))
    }
    ".at" at(this, args) {
        let position = integer_at(args, 0, 0.0);
        let length = match this.kind() {
            Kind::String(text) => text.units(),
            Kind::Array(array) => array.len(),
            _ => return function::call_property(this, "at", args),
        };
        let position = if position < 0.0 { position + f64::from(length) } else { position };
        if position < 0.0 || position >= f64::from(length) {
            return Value::UNDEFINED;
        }
        match this.kind() {
            Kind::Array(array) => array.get(position as u32),
            Kind::String(text) => part(text, position as u32, position as u32 + 1),
            _ => Value::UNDEFINED,
        }
    }
    ".indexOf" index_of(this, args) {
        if let Some(array) = this.as_array() {
            return array_methods::index_of(array, args);
        }
        let text = text!(this, "indexOf", args);
        let from = relative(integer_at(args, 1, 0.0).max(0.0), text.units());
        index(find(text.bytes(), text_at(args, 0).bytes(), text.byte_of_unit(from).0), text)
    }
    ".lastIndexOf" last_index_of(this, args) {
        if let Some(array) = this.as_array() {
            return array_methods::last_index_of(array, args);
        }
        let text = text!(this, "lastIndexOf", args);
        let from = match args.get(1).as_number() {
            Some(from) if !from.is_nan() => relative(from.max(0.0), text.units()),
            _ => text.units(),
        };
        index(find_last(text.bytes(), text_at(args, 0).bytes(), text.byte_of_unit(from).0), text)
    }
    ".includes" includes(this, args) {
        if let Some(array) = this.as_array() {
            return array_methods::includes(array, args);
        }
        let text = text!(this, "includes", args);
        let from = relative(integer_at(args, 1, 0.0).max(0.0), text.units());
        Value::bool(find(text.bytes(), text_at(args, 0).bytes(), text.byte_of_unit(from).0).is_some())
    }
    ".startsWith" starts_with(this, args) {
        let text = text!(this, "startsWith", args);
        let from = relative(integer_at(args, 1, 0.0).max(0.0), text.units());
        Value::bool(text.bytes()[text.byte_of_unit(from).0..].starts_with(text_at(args, 0).bytes()))
    }
    ".endsWith" ends_with(this, args) {
        let text = text!(this, "endsWith", args);
        let to = relative(integer_at(args, 1, f64::from(text.units())).max(0.0), text.units());
        Value::bool(text.bytes()[..text.byte_of_unit(to).0].ends_with(text_at(args, 0).bytes()))
    }
    ".slice" slice(this, args) {
        if let Some(array) = this.as_array() {
            return array_methods::slice(array, args);
        }
        let text = text!(this, "slice", args);
        let length = text.units();
        let from = relative(integer_at(args, 0, 0.0), length);
        part(text, from, relative(integer_at(args, 1, f64::from(length)), length))
    }
    ".substring" substring(this, args) {
        let text = text!(this, "substring", args);
        let length = text.units();
        let from = relative(integer_at(args, 0, 0.0).max(0.0), length);
        let to = relative(integer_at(args, 1, f64::from(length)).max(0.0), length);
        part(text, from.min(to), from.max(to))
    }
    ".substr" substr(this, args) {
        let text = text!(this, "substr", args);
        let from = relative(integer_at(args, 0, 0.0), text.units());
        let length = integer_at(args, 1, f64::from(text.units())).clamp(0.0, f64::from(text.units() - from));
        part(text, from, from + length as u32)
    }
    ".toUpperCase" to_upper_case(this, args) {
        let text = text!(this, "toUpperCase", args);
        if text.is_ascii() {
            return made(text.bytes().to_ascii_uppercase());
        }
        made(case::upper(text.bytes()))
    }
    ".toLowerCase" to_lower_case(this, args) {
        let text = text!(this, "toLowerCase", args);
        if text.is_ascii() {
            return made(text.bytes().to_ascii_lowercase());
        }
        made(case::lower(text.bytes()))
    }
    ".trim" trim(this, args) {
        let text = text!(this, "trim", args);
        Value::string(Str::of(number::trim_end(number::trim_start(text.bytes()))))
    }
    ".trimStart" trim_start(this, args) {
        Value::string(Str::of(number::trim_start(text!(this, "trimStart", args).bytes())))
    }
    ".trimEnd" trim_end(this, args) {
        Value::string(Str::of(number::trim_end(text!(this, "trimEnd", args).bytes())))
    }
    ".split" split(this, args) {
        let text = text!(this, "split", args);
        let most = args.get(1).as_number().map_or(u32::MAX, |most| number::to_int32(most) as u32) as usize;
        if args.first().is_absent() {
            return Value::array(Array::take([this].into_iter().take(most).collect()));
        }
        let separator = text_at(args, 0).bytes();
        if separator.is_empty() {
            let units = (0..text.units()).take(most).map(|unit| part(text, unit, unit + 1));
            return Value::array(Array::take(units.collect()));
        }
        let bytes = text.bytes();
        let (mut pieces, mut start) = (Vec::new(), 0);
        while let Some(found) = find(bytes, separator, start) {
            pieces.push(Value::string(Str::of(&bytes[start..found])));
            start = found + separator.len();
        }
        pieces.push(Value::string(Str::of(&bytes[start..])));
        pieces.truncate(most);
        Value::array(Array::take(pieces))
    }
    ".repeat" repeat(this, args) {
        let text = text!(this, "repeat", args);
        let count = integer_at(args, 0, 0.0);
        if count < 0.0 || count.is_infinite() {
            fault::raise_static(Code::Range, "invalid count value of repeat()");
        }
        limit((count * text.bytes().len() as f64) as usize);
        let mut bytes = Vec::with_capacity(count as usize * text.bytes().len());
        (0..count as u32).for_each(|_| string::push_text(&mut bytes, text.bytes()));
        made(bytes)
    }
    ".padStart" pad_start(this, args) {
        let text = text!(this, "padStart", args);
        let mut bytes = padding(text, args);
        string::push_text(&mut bytes, text.bytes());
        made(bytes)
    }
    ".padEnd" pad_end(this, args) {
        let text = text!(this, "padEnd", args);
        let mut bytes = text.bytes().to_vec();
        string::push_text(&mut bytes, &padding(text, args));
        made(bytes)
    }
    ".concat" concat(this, args) {
        if let Some(array) = this.as_array() {
            return array_methods::concat(array, args);
        }
        let mut bytes = text!(this, "concat", args).bytes().to_vec();
        (0..args.len()).for_each(|index| string::push_text(&mut bytes, text_at(args, index).bytes()));
        made(bytes)
    }
    ".replace" replace(this, args) {
        replaced(text!(this, "replace", args), args, 1)
    }
    ".replaceAll" replace_all(this, args) {
        replaced(text!(this, "replaceAll", args), args, usize::MAX)
    }
    ".isWellFormed" is_well_formed(this, args) {
        Value::bool(core::str::from_utf8(text!(this, "isWellFormed", args).bytes()).is_ok())
    }
    ".toWellFormed" to_well_formed(this, args) {
        made(well_formed(text!(this, "toWellFormed", args).bytes()))
    }
    ".normalize" normalize(this, args) {
        let text = text!(this, "normalize", args);
        let form = if args.first().is_absent() { &b"NFC"[..] } else { text_at(args, 0).bytes() };
        let normal: fn(&str) -> String = match form {
            b"NFC" => |text| text.nfc().collect(),
            b"NFD" => |text| text.nfd().collect(),
            b"NFKC" => |text| text.nfkc().collect(),
            b"NFKD" => |text| text.nfkd().collect(),
            _ => fault::raise_static(Code::Range, "the normalization form should be one of NFC, NFD, NFKC, NFKD"),
        };
        if text.is_ascii() {
            return this;
        }
        let mut bytes = Vec::with_capacity(text.bytes().len());
        // Halves of characters combine with nothing.
        for chunk in text.bytes().utf8_chunks() {
            bytes.extend_from_slice(normal(chunk.valid()).as_bytes());
            bytes.extend_from_slice(chunk.invalid());
        }
        made(bytes)
    }
    "String.fromCharCode" from_char_code(_this, args) {
        let mut bytes = Vec::with_capacity(args.len());
        for index in 0..args.len() {
            let unit = number::to_int32(crate::text::number_of(args.get(index))) as u16;
            string::push_unit(&mut bytes, unit);
        }
        made(bytes)
    }
    "String.fromCodePoint" from_code_point(_this, args) {
        let mut bytes = Vec::with_capacity(args.len());
        for index in 0..args.len() {
            let code = crate::text::number_of(args.get(index));
            if !(0.0..=1_114_111.0).contains(&code) || code != number::to_integer(code) {
                fault::raise_static(Code::Range, "invalid code point");
            }
            string::push_code(&mut bytes, code as u32);
        }
        made(bytes)
    }
}

/// WTF-8 with lone surrogates as U+FFFD.
pub(crate) fn well_formed(bytes: &[u8]) -> Vec<u8> {
    let mut clean = bytes.to_vec();
    let mut at = 0;
    while at < clean.len() {
        let width = string::width(clean[at]);
        if clean[at] == 0xED && clean.get(at + 1).is_some_and(|byte| *byte >= 0xA0) {
            clean[at..at + 3].copy_from_slice("\u{FFFD}".as_bytes());
        }
        at += width;
    }
    clean
}

fn padding(text: &Str, args: Args<'_>) -> Vec<u8> {
    let wanted = integer_at(args, 0, 0.0).clamp(0.0, 4e9) as u32;
    let filler = if args.get(1).is_absent() { Str::of(b" ") } else { text_at(args, 1) };
    let missing = wanted.saturating_sub(text.units());
    let mut bytes = Vec::new();
    if missing == 0 || filler.is_empty() {
        return bytes;
    }
    limit(missing as usize);
    for _ in 0..missing / filler.units() {
        string::push_text(&mut bytes, filler.bytes());
    }
    string::push_text(&mut bytes, filler.slice(0, missing % filler.units()).bytes());
    bytes
}

fn replaced(text: &'static Str, args: Args<'_>, most: usize) -> Value {
    let needle = text_at(args, 0);
    if needle.is_empty() && most > 1 && !text.is_ascii() {
        return between_units(text, args);
    }
    let by = args.get(1);
    let bytes = text.bytes();
    let (mut result, mut copied, mut from) = (Vec::with_capacity(bytes.len()), 0, 0);
    for _ in 0..most {
        let Some(found) = find(bytes, needle.bytes(), from) else { break };
        string::push_text(&mut result, &bytes[copied..found]);
        match by.as_function() {
            Some(function) => {
                let position = Value::number(f64::from(text.unit_of_byte(found)));
                let with = function.call(&[Value::string(needle), position, Value::string(text)]);
                string::push_text(&mut result, crate::convert::to_text(with).bytes());
            }
            None => {
                let pattern = crate::convert::to_text(by).bytes();
                push_pattern(&mut result, pattern, bytes, found, needle.bytes());
            }
        }
        copied = found + needle.bytes().len();
        from = copied;
        if needle.is_empty() {
            from += bytes.get(copied).map_or(1, |byte| string::width(*byte));
            if from > bytes.len() {
                break;
            }
        }
    }
    string::push_text(&mut result, &bytes[copied..]);
    made(result)
}

/// Puts the replacement between all UTF-16 units: surrogate pairs fall apart.
fn between_units(text: &'static Str, args: Args<'_>) -> Value {
    let units = text.units();
    let mut result = Vec::new();
    for unit in 0..=units {
        let with = match args.get(1).as_function() {
            Some(function) => {
                let position = Value::number(f64::from(unit));
                crate::convert::to_text(function.call(&[
                    Value::fixed(""),
                    position,
                    Value::string(text),
                ]))
            }
            None => text_at(args, 1),
        };
        string::push_text(&mut result, with.bytes());
        string::push_text(&mut result, text.slice(unit, unit + 1).bytes());
    }
    made(result)
}

/// Appends a replacement in which `$$`, `$&`, `` $` `` and `$'` have their meaning.
fn push_pattern(
    target: &mut Vec<u8>,
    mut pattern: &[u8],
    text: &[u8],
    found: usize,
    needle: &[u8],
) {
    while let Some(dollar) = pattern.iter().position(|byte| *byte == b'$') {
        string::push_text(target, &pattern[..dollar]);
        let known: Option<&[u8]> = match pattern.get(dollar + 1) {
            Some(b'$') => Some(b"$"),
            Some(b'&') => Some(needle),
            Some(b'`') => Some(&text[..found]),
            Some(b'\'') => Some(&text[found + needle.len()..]),
            _ => None,
        };
        match known {
            Some(insert) => {
                string::push_text(target, insert);
                pattern = &pattern[dollar + 2..];
            }
            None => {
                target.push(b'$');
                pattern = &pattern[dollar + 1..];
            }
        }
    }
    string::push_text(target, pattern);
}
