//! Names and texts into typed values, through serde. In: decoded pairs of a path or a query. Out: a struct, a map, a tuple
//! or one value; numbers and booleans are read from their text. Never here: nested structures; a pair is flat.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize,
    de::{
        self, Deserializer, IntoDeserializer, Visitor,
        value::{Error, MapDeserializer, SeqDeserializer, StrDeserializer},
    },
    forward_to_deserialize_any,
};

type Text<'de> = Cow<'de, str>;

/// Reads a value from pairs.
pub(crate) fn read<'de, T: Deserialize<'de>>(
    pairs: impl Iterator<Item = (Text<'de>, Text<'de>)>,
) -> Result<T, Error> {
    let mut entries: Vec<Entry<'de>> = Vec::new();
    for (name, value) in pairs {
        match entries.iter_mut().find(|entry| entry.name == name) {
            Some(entry) => entry.values.push(value),
            None => entries.push(Entry { name, values: vec![value] }),
        }
    }
    T::deserialize(Entries(entries))
}

/// A name and all its values.
struct Entry<'de> {
    name: Text<'de>,
    values: Vec<Text<'de>>,
}

struct Entries<'de>(Vec<Entry<'de>>);

impl<'de> Entries<'de> {
    /// The only value, for types that are one value.
    fn single(self) -> Result<Values<'de>, Error> {
        let count = self.0.len();
        match self.0.into_iter().next() {
            Some(entry) if count == 1 => Ok(Values { name: entry.name, values: entry.values }),
            _ => {
                Err(de::Error::custom(format_args!("there are {count} values, and one is needed")))
            }
        }
    }
}

/// Sends every kind of single value to [`Entries::single`].
macro_rules! single {
    ($($method:ident)+) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.single()?.$method(visitor)
        }
    )+ };
}

impl<'de> Deserializer<'de> for Entries<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let entries = self.0.into_iter();
        visitor.visit_map(MapDeserializer::new(
            entries.map(|entry| {
                (entry.name.clone(), Values { name: entry.name, values: entry.values })
            }),
        ))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let entries = self.0.into_iter();
        visitor.visit_seq(SeqDeserializer::new(
            entries.map(|entry| Values { name: entry.name, values: entry.values }),
        ))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.single()?.deserialize_enum(name, variants, visitor)
    }

    single! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32 deserialize_f64
        deserialize_char deserialize_str deserialize_string deserialize_bytes deserialize_byte_buf deserialize_option
    }

    forward_to_deserialize_any! { unit unit_struct map struct identifier ignored_any }
}

/// The values of one name. A single value is the last of them.
struct Values<'de> {
    name: Text<'de>,
    values: Vec<Text<'de>>,
}

impl<'de> Values<'de> {
    fn last(mut self) -> Text<'de> {
        self.values.pop().unwrap_or_default()
    }

    fn parse<T: std::str::FromStr>(self, kind: &str) -> Result<T, Error> {
        let text = self.values.last().map_or("", |text| text);
        text.parse().map_err(|_| {
            de::Error::custom(format_args!("`{}` must be {kind}, not {text:?}", self.name))
        })
    }
}

impl<'de> IntoDeserializer<'de, Error> for Values<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Reads numbers from their text.
macro_rules! parsed {
    ($($method:ident $visit:ident $kind:literal;)+) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$visit(self.parse($kind)?)
        }
    )+ };
}

impl<'de> Deserializer<'de> for Values<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.last() {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    parsed! {
        deserialize_bool visit_bool "`true` or `false`";
        deserialize_i8 visit_i8 "a whole number from -128 to 127";
        deserialize_i16 visit_i16 "a whole number from -32768 to 32767";
        deserialize_i32 visit_i32 "a whole number of 32 bits";
        deserialize_i64 visit_i64 "a whole number of 64 bits";
        deserialize_i128 visit_i128 "a whole number";
        deserialize_u8 visit_u8 "a whole number from 0 to 255";
        deserialize_u16 visit_u16 "a whole number from 0 to 65535";
        deserialize_u32 visit_u32 "an unsigned whole number of 32 bits";
        deserialize_u64 visit_u64 "an unsigned whole number of 64 bits";
        deserialize_u128 visit_u128 "an unsigned whole number";
        deserialize_f32 visit_f32 "a number";
        deserialize_f64 visit_f64 "a number";
        deserialize_char visit_char "one character";
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let name = self.name;
        visitor.visit_seq(SeqDeserializer::new(
            self.values.into_iter().map(|value| Values { name: name.clone(), values: vec![value] }),
        ))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let text = self.last();
        let variant: StrDeserializer<'_, Error> = (&*text).into_deserializer();
        visitor.visit_enum(variant)
    }

    forward_to_deserialize_any! {
        str string bytes byte_buf unit_struct tuple tuple_struct map struct identifier ignored_any
    }
}

impl fmt::Debug for Values<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={:?}", self.name, self.values)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn from<'de, T: Deserialize<'de>>(pairs: &[(&'de str, &'de str)]) -> Result<T, String> {
        let pairs = pairs.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        read(pairs).map_err(|error| error.to_string())
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Filter<'a> {
        id: u32,
        #[serde(default)]
        verbose: bool,
        name: Option<&'a str>,
        #[serde(default)]
        tag: Vec<String>,
        order: Option<Order>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Order {
        Up,
        Down,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Id(u64);

    #[test]
    fn structs_by_name() {
        let all = [
            ("tag", "a"),
            ("id", "1"),
            ("id", "7"),
            ("verbose", "true"),
            ("name", "n"),
            ("tag", "b"),
            ("order", "down"),
            ("other", "x"),
        ];
        let filter = Filter {
            id: 7,
            verbose: true,
            name: Some("n"),
            tag: vec!["a".into(), "b".into()],
            order: Some(Order::Down),
        };
        assert_eq!(from(&all), Ok(filter));
        let least = Filter { id: 1, verbose: false, name: None, tag: vec![], order: None };
        assert_eq!(from(&[("id", "1")]), Ok(least));
    }

    #[test]
    fn single_values_tuples_and_maps() {
        assert_eq!(from(&[("id", "42")]), Ok(42u8));
        assert_eq!(from(&[("id", "42")]), Ok(Id(42)));
        assert_eq!(from(&[("id", "x")]), Ok("x"));
        assert_eq!(from(&[("id", "x")]), Ok('x'));
        assert_eq!(from(&[("a", "x"), ("b", "-2.5")]), Ok((String::from("x"), -2.5f64)));
        assert_eq!(
            from(&[("a", "1"), ("b", "2")]),
            Ok(BTreeMap::from([(String::from("a"), 1), (String::from("b"), 2)]))
        );
        assert_eq!(from(&[("a", "up")]), Ok(Order::Up));
    }

    #[test]
    fn errors_name_the_value() {
        assert_eq!(
            from::<Filter<'_>>(&[("id", "x")]),
            Err("`id` must be an unsigned whole number of 32 bits, not \"x\"".into())
        );
        assert_eq!(from::<Filter<'_>>(&[]), Err("missing field `id`".into()));
        assert_eq!(
            from::<u8>(&[("a", "1"), ("b", "2")]),
            Err("there are 2 values, and one is needed".into())
        );
        assert_eq!(from::<u8>(&[]), Err("there are 0 values, and one is needed".into()));
        assert!(from::<Order>(&[("a", "left")]).unwrap_err().starts_with("unknown variant `left`"));
    }
}
