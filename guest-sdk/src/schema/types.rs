//! The schemas of the types that everybody uses.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    num,
    rc::Rc,
};

use super::Schema;
use crate::{
    document::Fragment::{self, Join, Text},
    problem::{Place, Problems},
};

/// Types that are one constant text.
macro_rules! plain {
    ($($type:ty => $node:expr;)+) => { $(
        impl Schema for $type {
            const NODE: Fragment = Text($node);
        }
    )+ };
}

plain! {
    bool => r#"{"type":"boolean"}"#;
    i8 => r#"{"type":"integer","minimum":-128,"maximum":127}"#;
    i16 => r#"{"type":"integer","minimum":-32768,"maximum":32767}"#;
    i32 => r#"{"type":"integer","format":"int32","minimum":-2147483648,"maximum":2147483647}"#;
    i64 => r#"{"type":"integer","format":"int64","minimum":-9223372036854775808,"maximum":9223372036854775807}"#;
    i128 => r#"{"type":"integer"}"#;
    isize => r#"{"type":"integer"}"#;
    u8 => r#"{"type":"integer","minimum":0,"maximum":255}"#;
    u16 => r#"{"type":"integer","minimum":0,"maximum":65535}"#;
    u32 => r#"{"type":"integer","minimum":0,"maximum":4294967295}"#;
    u64 => r#"{"type":"integer","minimum":0,"maximum":18446744073709551615}"#;
    u128 => r#"{"type":"integer","minimum":0}"#;
    usize => r#"{"type":"integer","minimum":0}"#;
    num::NonZeroU8 => r#"{"type":"integer","minimum":1,"maximum":255}"#;
    num::NonZeroU16 => r#"{"type":"integer","minimum":1,"maximum":65535}"#;
    num::NonZeroU32 => r#"{"type":"integer","minimum":1,"maximum":4294967295}"#;
    num::NonZeroU64 => r#"{"type":"integer","minimum":1,"maximum":18446744073709551615}"#;
    f32 => r#"{"type":"number"}"#;
    f64 => r#"{"type":"number"}"#;
    char => r#"{"type":"string","minLength":1,"maxLength":1}"#;
    str => r#"{"type":"string"}"#;
    String => r#"{"type":"string"}"#;
    () => r#"{"type":"null"}"#;
    IpAddr => r#"{"type":"string"}"#;
    Ipv4Addr => r#"{"type":"string","format":"ipv4"}"#;
    Ipv6Addr => r#"{"type":"string","format":"ipv6"}"#;
    serde_json::Value => "{}";
    serde_json::Map<String, serde_json::Value> => r#"{"type":"object"}"#;
}

/// Types that are another type to whoever reads or writes them.
macro_rules! transparent {
    ($([$($generics:tt)*] $type:ty => $inner:ty;)+) => { $(
        impl<$($generics)*> Schema for $type {
            const NODE: Fragment = <$inner as Schema>::NODE;

            fn check(&self, place: &Place<'_>, problems: &mut Problems) {
                (**self).check(place, problems);
            }
        }
    )+ };
}

transparent! {
    [T: Schema + ?Sized] &T => T;
    [T: Schema + ?Sized] Box<T> => T;
    [T: Schema + ?Sized] Rc<T> => T;
    [T: Schema + ?Sized + ToOwned] Cow<'_, T> => T;
}

impl<T: Schema> Schema for Option<T> {
    const NODE: Fragment = Join(&[Text(r#"{"anyOf":["#), T::NODE, Text(r#",{"type":"null"}]}"#)]);

    fn check(&self, place: &Place<'_>, problems: &mut Problems) {
        if let Some(value) = self {
            value.check(place, problems);
        }
    }
}

/// Types with elements.
macro_rules! lists {
    ($([$($generics:tt)*] $type:ty => $more:literal;)+) => { $(
        impl<$($generics)*> Schema for $type {
            const NODE: Fragment =
                Join(&[Text(concat!(r#"{"type":"array","#, $more, r#""items":"#)), T::NODE, Text("}")]);

            fn check(&self, place: &Place<'_>, problems: &mut Problems) {
                for (index, element) in self.iter().enumerate() {
                    element.check(&place.index(index), problems);
                }
            }
        }
    )+ };
}

lists! {
    [T: Schema] [T] => "";
    [T: Schema] Vec<T> => "";
    [T: Schema] BTreeSet<T> => r#""uniqueItems":true,"#;
    [T: Schema, S] HashSet<T, S> => r#""uniqueItems":true,"#;
    [T: Schema, const N: usize] [T; N] => "";
}

/// Types with names and values.
macro_rules! maps {
    ($([$($generics:tt)*] $type:ty;)+) => { $(
        impl<K: AsRef<str>, $($generics)*> Schema for $type {
            const NODE: Fragment =
                Join(&[Text(r#"{"type":"object","additionalProperties":"#), V::NODE, Text("}")]);

            fn check(&self, place: &Place<'_>, problems: &mut Problems) {
                for (key, value) in self {
                    value.check(&place.key(key.as_ref()), problems);
                }
            }
        }
    )+ };
}

maps! {
    [V: Schema] BTreeMap<K, V>;
    [V: Schema, S] HashMap<K, V, S>;
}

/// Tuples, whose elements have a type each.
macro_rules! tuples {
    ($(($first:ident $first_at:tt $($name:ident $at:tt)*))+) => { $(
        impl<$first: Schema, $($name: Schema),*> Schema for ($first, $($name,)*) {
            const NODE: Fragment = Join(&[
                Text(r#"{"type":"array","items":false,"prefixItems":["#),
                $first::NODE,
                $(Text(","), $name::NODE,)*
                Text("]}"),
            ]);

            fn check(&self, place: &Place<'_>, problems: &mut Problems) {
                self.$first_at.check(&place.index($first_at), problems);
                $(self.$at.check(&place.index($at), problems);)*
            }
        }
    )+ };
}

tuples! {
    (A 0)
    (A 0 B 1)
    (A 0 B 1 C 2)
    (A 0 B 1 C 2 D 3)
    (A 0 B 1 C 2 D 3 E 4)
    (A 0 B 1 C 2 D 3 E 4 F 5)
}
