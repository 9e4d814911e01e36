//! What is read: pairs of a query, a path, a header or a form, or a JSON document. In: decoded texts. Out: a tree that can
//! be read as often as needed.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, SeqAccess, Visitor},
};

use super::Names;

/// A value as it came.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Input<'de> {
    /// Names and texts that may be read as a struct, as a tuple in their order, or, if there is one, as one value.
    Pairs(Vec<(Cow<'de, str>, Self)>),
    /// Texts of one name, the last of which is the value unless it is a list; numbers are read from them.
    Texts(Vec<Cow<'de, str>>),
    /// JSON.
    Null,
    /// JSON.
    Bool(bool),
    /// JSON.
    Integer(i128),
    /// JSON.
    Float(f64),
    /// JSON.
    String(Cow<'de, str>),
    /// JSON.
    List(Vec<Self>),
    /// JSON.
    Map(Vec<(Cow<'de, str>, Self)>),
    /// What is in a file of a form; the file is a map with it.
    Bytes(Vec<u8>),
}

impl<'de> Input<'de> {
    /// Gathers the texts of each name.
    pub(crate) fn pairs(
        pairs: impl Iterator<Item = (Cow<'de, str>, Cow<'de, str>)>,
        names: Names,
    ) -> Self {
        let mut entries: Vec<(Cow<'de, str>, Self)> = Vec::new();
        for (name, text) in pairs {
            match entries.iter_mut().find(|(known, _)| names.same(known, &name)) {
                Some((_, Self::Texts(texts))) => texts.push(text),
                _ => entries.push((name, Self::Texts(vec![text]))),
            }
        }
        Self::Pairs(entries)
    }
}

impl Names {
    pub(super) fn same(self, a: &str, b: &str) -> bool {
        let plain = |byte: u8| if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() };
        match self {
            Self::Exact => a == b,
            Self::Header => a.len() == b.len() && a.bytes().map(plain).eq(b.bytes().map(plain)),
        }
    }
}

impl<'de> Deserialize<'de> for Input<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Json)
    }
}

/// Takes JSON as it is.
struct Json;

impl<'de> Visitor<'de> for Json {
    type Value = Input<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Input::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Input::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Input::Integer(value.into()))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Input::Integer(value.into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Input::Float(value))
    }

    fn visit_borrowed_str<E: de::Error>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Input::String(Cow::Borrowed(value)))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Input::String(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(element) = access.next_element()? {
            list.push(element);
        }
        Ok(Input::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut map = Vec::new();
        while let Some(Key(key)) = access.next_key()? {
            map.push((key, access.next_value()?));
        }
        Ok(Input::Map(map))
    }
}

/// A key, borrowed if its text has no escapes.
struct Key<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E: de::Error>(self, value: &'de str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Borrowed(value)))
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(value.to_owned())))
            }
        }
        deserializer.deserialize_str(Text)
    }
}
