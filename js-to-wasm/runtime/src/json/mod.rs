//! JSON text to values and back. In: text, or a value. Out: a value or nothing; text or nothing.

mod parse;
mod stringify;

pub use parse::parse;
pub(crate) use stringify::push;
pub use stringify::{quoted, step};

use alloc::vec::Vec;

use crate::{
    convert, result,
    string::Str,
    value::{Kind, Value},
};

/// Deepest nesting of JSON, both ways.
pub const DEPTH_MAX: u32 = 512;

builtins! {
    "JSON.parse" json_parse(_this, args) {
        args.first().as_string().and_then(|text| parse(text.bytes())).unwrap_or(Value::UNDEFINED)
    }
    "JSON.tryParse" json_try_parse(_this, args) {
        match args.first().as_string().and_then(|text| parse(text.bytes())) {
            Some(value) => result::success(value),
            None => result::failure(Value::fixed("invalid JSON")),
        }
    }
    "rt.json" fused_text(this, args) {
        Value::string(fused(this, args.values()))
    }
    "JSON.stringify" json_stringify(_this, args) {
        let mut text = Vec::with_capacity(256);
        let indent = match args.get(2).kind() {
            Kind::Number(spaces) => alloc::vec![b' '; spaces.clamp(0.0, 10.0) as usize],
            Kind::String(unit) => unit.slice(0, 10).bytes().to_vec(),
            _ => Vec::new(),
        };
        match stringify::value(&mut text, args.first(), args.get(1), &indent) {
            true => Value::string(Str::take(text)),
            false => Value::UNDEFINED,
        }
    }
}

/// JSON whose shape the compiler knows; `steps` says how, as a string.
pub(crate) fn fused(steps: Value, values: &[Value]) -> &'static Str {
    let mut text = Vec::with_capacity(256);
    stringify::fused(&mut text, steps.as_string().map_or(&b""[..], Str::bytes), values);
    Str::take(text)
}

/// The text of a value for a body: what has no JSON is `undefined`.
pub(crate) fn body(value: Value) -> &'static Str {
    let mut text = Vec::with_capacity(256);
    if push(&mut text, value) { Str::take(text) } else { convert::to_text(Value::UNDEFINED) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;
    use proptest::prelude::*;

    fn again(text: &str) -> Option<String> {
        let value = parse(Str::new(text.as_bytes()).bytes())?;
        let mut bytes = Vec::new();
        assert!(push(&mut bytes, value));
        Some(String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn what_json_is_and_what_not() {
        assert_eq!(
            again(r#" {"b":[1,-0.5e1,true,null,"x\u00e9\n\ud83d\ude00"],"a":{}, "1":false} "#)
                .unwrap(),
            "{\"1\":false,\"b\":[1,-5,true,null,\"xé\\n😀\"],\"a\":{}}"
        );
        assert_eq!(again(r#""\ud800 \/\b\f\u0000""#).unwrap(), r#""\ud800 /\b\f\u0000""#);
        for bad in [
            "",
            "{",
            "[1,]",
            "01",
            "1.",
            ".5",
            "+1",
            "nul",
            "\"\n\"",
            "\"\\x\"",
            "{\"a\" 1}",
            "[1] 2",
            "\"\\u12g4\"",
            "-",
            "1e",
            "{a:1}",
            "'a'",
            "[",
            "{\"a\":1,}",
        ] {
            assert_eq!(again(bad), None, "{bad}");
        }
        let deep = |depth| "[".repeat(depth) + &"]".repeat(depth);
        assert!(
            again(&deep(512)).is_some()
                && again(&deep(513)).is_none()
                && again(&"[".repeat(100_000)).is_none()
        );
    }

    fn json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i32>().prop_map(Into::into),
            any::<i16>().prop_map(|n| (f64::from(n) / 4.0).into()),
            ".*".prop_map(|text: String| serde_json::Value::String(text)),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
                prop::collection::btree_map("[a-z]{1,4}", inner, 0..6)
                    .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn json_survives(value in json()) {
            let text = serde_json::to_string(&value).unwrap();
            let own: serde_json::Value = serde_json::from_str(&again(&text).unwrap()).unwrap();
            let numbers = |value: &serde_json::Value| serde_json::to_string(value).unwrap().replace(".0", "").replace("-0", "0");
            prop_assert_eq!(again(&serde_json::to_string(&own).unwrap()), again(&text));
            if !text.contains('e') && !text.contains('.') {
                prop_assert_eq!(numbers(&own), numbers(&value));
            }
        }

        #[test]
        fn any_text_is_json_to_both_or_to_neither(text in r#"[\[\]{}",:0-9a-z\\ .+\-]{0,12}"#) {
            prop_assert_eq!(again(&text).is_some(), serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{}", text);
        }
    }
}
