//! Single values. In: a text or a JSON value. Out: a number, a truth value or a text, or what is wrong with it in the words
//! of FastAPI. Numbers are read strictly: no `+5`, no `1_000`, no `0x10`, no `nan`.

use std::borrow::Cow;

use super::Input;

/// Kind and message of a problem.
pub(super) type Wrong = (&'static str, Cow<'static, str>);

const fn wrong(kind: &'static str, msg: &'static str) -> Wrong {
    (kind, Cow::Borrowed(msg))
}

/// A whole number between `least` and `most`.
pub(super) fn integer(input: &Input<'_>, least: i128, most: i128) -> Result<i128, Wrong> {
    let value = match input {
        Input::Texts(texts) => {
            let text = last(texts);
            let digits = text.strip_prefix('-').unwrap_or(text);
            if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                let msg = "Input should be a valid integer, unable to parse string as an integer";
                return Err(wrong("int_parsing", msg));
            }
            // More digits than an `i128` has lie beyond every bound.
            text.parse().unwrap_or(if text.starts_with('-') { i128::MIN } else { i128::MAX })
        }
        Input::Integer(value) => *value,
        Input::Float(value) if value.fract() != 0.0 => {
            let msg = "Input should be a valid integer, got a number with a fractional part";
            return Err(wrong("int_from_float", msg));
        }
        _ => return Err(wrong("int_type", "Input should be a valid integer")),
    };
    if value < least {
        let msg = format!("Input should be greater than or equal to {least}");
        return Err(("greater_than_equal", msg.into()));
    }
    if value > most {
        return Err((
            "less_than_equal",
            format!("Input should be less than or equal to {most}").into(),
        ));
    }
    Ok(value)
}

/// A number.
pub(super) fn float(input: &Input<'_>) -> Result<f64, Wrong> {
    match input {
        Input::Texts(texts) => {
            let text = last(texts);
            let value = is_number(text).then(|| text.parse::<f64>().ok()).flatten();
            match value {
                Some(value) if value.is_finite() => Ok(value),
                Some(_) => Err(wrong("finite_number", "Input should be a finite number")),
                None => Err(wrong(
                    "float_parsing",
                    "Input should be a valid number, unable to parse string as a number",
                )),
            }
        }
        Input::Integer(value) => Ok(*value as f64),
        Input::Float(value) => Ok(*value),
        _ => Err(wrong("float_type", "Input should be a valid number")),
    }
}

/// RFC 8259 section 6, and leading zeros.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|text| digits(text.strip_prefix(['+', '-']).unwrap_or(text)))
}

/// A truth value: `true`, `1`, `on`, `yes` and their opposites, in any case.
pub(super) fn boolean(input: &Input<'_>) -> Result<bool, Wrong> {
    match input {
        Input::Texts(texts) => {
            let is = |words: [&str; 4]| words.iter().any(|w| w.eq_ignore_ascii_case(last(texts)));
            match (is(["true", "1", "on", "yes"]), is(["false", "0", "off", "no"])) {
                (true, _) => Ok(true),
                (_, true) => Ok(false),
                _ => Err(wrong(
                    "bool_parsing",
                    "Input should be a valid boolean, unable to interpret input",
                )),
            }
        }
        Input::Bool(value) => Ok(*value),
        _ => Err(wrong("bool_type", "Input should be a valid boolean")),
    }
}

/// A text.
pub(super) fn text<'i, 'de>(input: &'i Input<'de>) -> Result<&'i Cow<'de, str>, Wrong> {
    match input {
        Input::Texts(texts) => Ok(texts.last().unwrap_or(&EMPTY)),
        Input::String(text) => Ok(text),
        _ => Err(wrong("string_type", "Input should be a valid string")),
    }
}

static EMPTY: Cow<'static, str> = Cow::Borrowed("");

fn last<'t>(texts: &'t [Cow<'_, str>]) -> &'t str {
    texts.last().map_or("", |text| text)
}

/// `'a', 'b' or 'c'`
pub(super) fn one_of(variants: &[&str]) -> Wrong {
    let mut list = String::from("Input should be ");
    for (index, variant) in variants.iter().enumerate() {
        if index > 0 {
            list.push_str(if index + 1 == variants.len() { " or " } else { ", " });
        }
        list.push('\'');
        list.push_str(variant);
        list.push('\'');
    }
    ("enum", list.into())
}
