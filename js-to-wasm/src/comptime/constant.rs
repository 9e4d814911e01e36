//! A value that is known before the program runs. In: a value of the runtime library. Out: a [`Constant`], and its text as JavaScript.

use std::fmt::Write as _;

use purview_js_runtime::value::{Kind, Value};

/// Most values in one constant.
const VALUES_MAX: usize = 10_000;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Constant {
    /// `undefined`.
    Undefined,
    /// JSON `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text, in WTF-8.
    Text(Vec<u8>),
    /// A list.
    List(Vec<Self>),
    /// An object: names in WTF-8 and values, in order.
    Object(Vec<(Vec<u8>, Self)>),
}

impl Constant {
    /// Takes a value out of the library; nothing if it holds what is no constant, or too much.
    pub(super) fn of(value: Value) -> Option<Self> {
        Self::bounded(value, &mut VALUES_MAX.clone())
    }

    fn bounded(value: Value, left: &mut usize) -> Option<Self> {
        *left = left.checked_sub(1)?;
        Some(match value.kind() {
            Kind::Undefined => Self::Undefined,
            Kind::Null => Self::Null,
            Kind::Bool(value) => Self::Bool(value),
            Kind::Number(value) => Self::Number(value),
            Kind::String(text) => Self::Text(text.bytes().to_vec()),
            Kind::Array(list) => {
                let items = list.to_vec().into_iter().map(|item| Self::bounded(item, left));
                Self::List(items.collect::<Option<_>>()?)
            }
            Kind::Object(object) => {
                let fields = object.entries().into_iter().map(|(name, value)| {
                    Some((name.bytes().to_vec(), Self::bounded(value, left)?))
                });
                Self::Object(fields.collect::<Option<_>>()?)
            }
            Kind::Function(_) => return None,
        })
    }

    /// The constant as an expression of JavaScript.
    pub fn to_javascript(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        match self {
            Self::Object(_) | Self::Number(_) => format!("({out})"),
            _ => out,
        }
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Undefined => out.push_str("undefined"),
            Self::Null => out.push_str("null"),
            Self::Bool(value) => _ = write!(out, "{value}"),
            Self::Number(value) if value.is_nan() => out.push_str("NaN"),
            Self::Number(value) if value.is_sign_negative() && *value == 0.0 => out.push_str("-0"),
            Self::Number(value) => {
                let text = purview_js_runtime::number::text(*value);
                out.push_str(&String::from_utf8_lossy(text.bytes()));
            }
            Self::Text(text) => write_text(text, out),
            Self::List(items) => {
                out.push('[');
                for item in items {
                    item.write(out);
                    out.push_str(", ");
                }
                out.push(']');
            }
            Self::Object(fields) => {
                out.push('{');
                for (name, value) in fields {
                    // A computed name is a name, also `__proto__`.
                    out.push('[');
                    write_text(name, out);
                    out.push_str("]: ");
                    value.write(out);
                    out.push_str(", ");
                }
                out.push('}');
            }
        }
    }
}

/// A text with everything escaped that is not plain ASCII; lone surrogates too.
fn write_text(text: &[u8], out: &mut String) {
    out.push('"');
    let mut rest = text;
    while let [first, ..] = rest {
        let width = match first {
            0..=0x7F => 1,
            0xC0..=0xDF => 2,
            0xE0..=0xEF => 3,
            _ => 4,
        };
        let (code, behind) = rest.split_at(width.min(rest.len()));
        rest = behind;
        match std::str::from_utf8(code) {
            Ok(text) => {
                for character in text.chars() {
                    match character {
                        '"' | '\\' => _ = write!(out, "\\{character}"),
                        ' '..='~' => out.push(character),
                        other => {
                            let mut units = [0; 2];
                            for unit in other.encode_utf16(&mut units) {
                                let _ = write!(out, "\\u{unit:04x}");
                            }
                        }
                    }
                }
            }
            // A lone surrogate in WTF-8.
            Err(_) => {
                let unit = code
                    .iter()
                    .skip(1)
                    .fold(0x0D_u32, |unit, byte| unit << 6 | u32::from(byte & 0x3F));
                let _ = write!(out, "\\u{:04x}", unit & 0xFFFF);
            }
        }
    }
    out.push('"');
}
