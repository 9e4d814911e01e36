//! Serde's view of an [`Input`]. In: the input at one place. Out: visits. A value that is wrong is noted and a plain one is
//! visited instead, so that the reading goes on.

use std::{borrow::Cow, cell::RefCell};

use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor, value::StrDeserializer,
};

use super::{Input, Run, Stop, scalar};
use crate::{multipart::UPLOAD, problem::Step};

/// An input at a place, or nothing, where something is missing.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a, 'de> {
    input: Option<&'a Input<'de>>,
    run: &'a RefCell<Run>,
}

impl<'a, 'de> Reader<'a, 'de> {
    pub(super) fn new(input: &'a Input<'de>, run: &'a RefCell<Run>) -> Self {
        Self { input: Some(input), run }
    }

    /// Reads with `read`; notes what is wrong. `None`: visit a stand-in.
    fn scalar<T>(self, read: impl FnOnce(&'a Input<'de>) -> Result<T, scalar::Wrong>) -> Option<T> {
        match read(self.single()?) {
            Ok(value) => Some(value),
            Err((kind, msg)) => {
                self.run.borrow_mut().wrong(kind, msg);
                None
            }
        }
    }

    /// The only value of pairs, for types that are one value. Pairs are a whole input: nothing is read after them, so their
    /// place is not left again.
    fn single(self) -> Option<&'a Input<'de>> {
        match self.input? {
            Input::Pairs(pairs) => match &pairs[..] {
                [(name, input)] => {
                    self.enter(Step::Name(name.clone().into_owned().into()));
                    Some(input)
                }
                _ => {
                    let msg = format!("There are {} values, and one is needed", pairs.len());
                    self.run.borrow_mut().wrong("value_error", msg);
                    None
                }
            },
            input => Some(input),
        }
    }

    fn integer(self, least: i128, most: i128) -> i128 {
        // Not zero, which some types refuse.
        self.scalar(|input| scalar::integer(input, least, most)).unwrap_or(1)
    }

    fn float(self) -> f64 {
        self.scalar(scalar::float).unwrap_or(1.0)
    }

    fn boolean(self) -> bool {
        self.scalar(scalar::boolean).unwrap_or_default()
    }

    fn text(self) -> Option<&'a Cow<'de, str>> {
        self.scalar(scalar::text)
    }

    fn visit_text<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.text() {
            Some(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Some(Cow::Owned(text)) => visitor.visit_str(text),
            None => visitor.visit_borrowed_str(""),
        }
    }

    fn wrong(self, kind: &'static str, msg: &'static str) {
        self.run.borrow_mut().wrong(kind, msg);
    }

    /// Goes into a part of the value.
    fn enter(self, step: Step) {
        self.run.borrow_mut().place.push(step);
    }

    fn leave(self) {
        self.run.borrow_mut().place.pop();
    }

    /// A file of a form. Of several of one name the last one counts, as with texts.
    fn file(self) -> Self {
        let last = match self.input {
            Some(Input::List(files)) => files.last(),
            input => input,
        };
        let is_file = |entries: &[(Cow<'de, str>, Input<'de>)]| {
            entries.iter().any(|(_, value)| matches!(value, Input::Bytes(_)))
        };
        let input = match last {
            Some(Input::Map(entries)) if is_file(entries) => last,
            None => None,
            Some(_) => {
                self.wrong("value_error", "Value error, expected a file");
                None
            }
        };
        Self { input, ..self }
    }

    /// Names and values, if it has such.
    fn entries(self) -> &'a [(Cow<'de, str>, Input<'de>)] {
        match self.input {
            Some(Input::Map(entries) | Input::Pairs(entries)) => entries,
            None => &[],
            Some(_) => {
                let msg = "Input should be a valid dictionary or object to extract fields from";
                self.wrong("model_attributes_type", msg);
                &[]
            }
        }
    }
}

/// Reads whole numbers.
macro_rules! integers {
    ($($method:ident $visit:ident $type:ty;)+) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
            let value = self.integer(<$type>::MIN as i128, <$type>::MAX as i128);
            visitor.$visit(value as $type)
        }
    )+ };
}

impl<'de> Deserializer<'de> for Reader<'_, 'de> {
    type Error = Stop;

    integers! {
        deserialize_i8 visit_i8 i8;
        deserialize_i16 visit_i16 i16;
        deserialize_i32 visit_i32 i32;
        deserialize_i64 visit_i64 i64;
        deserialize_i128 visit_i128 i128;
        deserialize_u8 visit_u8 u8;
        deserialize_u16 visit_u16 u16;
        deserialize_u32 visit_u32 u32;
        deserialize_u64 visit_u64 u64;
    }

    fn deserialize_u128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_u128(self.integer(0, i128::MAX).unsigned_abs())
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_f32(self.float() as f32)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_f64(self.float())
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_bool(self.boolean())
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        let read = self.scalar(|input| {
            let text = scalar::text(input)?;
            let mut chars = text.chars();
            match (chars.next(), chars.next()) {
                (Some(char), None) => Ok(char),
                (None, _) => {
                    Err(("string_too_short", "String should have at least 1 character".into()))
                }
                _ => Err(("string_too_long", "String should have at most 1 character".into())),
            }
        });
        visitor.visit_char(read.unwrap_or('?'))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        self.visit_text(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        self.visit_text(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        self.visit_text(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        if let Some(Input::Bytes(bytes)) = self.input {
            return visitor.visit_bytes(bytes);
        }
        visitor.visit_bytes(self.text().map_or(&[], |text| text.as_bytes()))
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        self.deserialize_bytes(visitor)
    }

    /// An empty text of a query or a form is no value: `limit=`.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.input {
            None | Some(Input::Null) => visitor.visit_none(),
            Some(Input::Texts(texts)) if texts.last().is_none_or(|text| text.is_empty()) => {
                visitor.visit_none()
            }
            Some(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        if !matches!(self.input, None | Some(Input::Null)) {
            self.wrong("none_required", "Input should be None");
        }
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Stop> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Stop> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        if !matches!(self.input, None | Some(Input::List(_) | Input::Texts(_) | Input::Pairs(_))) {
            self.wrong("list_type", "Input should be a valid list");
        }
        visitor.visit_seq(Elements { of: self, index: 0 })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Stop> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Stop> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_map(Fields::new(self, &[]))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        if name == UPLOAD {
            return visitor.visit_map(Fields::new(self.file(), fields));
        }
        visitor.visit_map(Fields::new(self, fields))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        let known = |name: &str| variants.contains(&name);
        if let Some(Input::Map(entries)) = self.input
            && let [(name, content)] = &entries[..]
            && known(name)
        {
            return visitor
                .visit_enum(Variant { name, content: Reader { input: Some(content), ..self } });
        }
        let read = self.scalar(|input| match scalar::text(input) {
            Ok(text) if known(text) => Ok(text),
            _ => Err(scalar::one_of(variants)),
        });
        let name = read.map_or(variants.first().copied().unwrap_or_default(), |name| name);
        visitor.visit_enum(Variant { name, content: Reader { input: None, ..self } })
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.input {
            None | Some(Input::Null) => visitor.visit_unit(),
            Some(Input::Bool(value)) => visitor.visit_bool(*value),
            Some(Input::Integer(value)) => match (i64::try_from(*value), u64::try_from(*value)) {
                (Ok(value), _) => visitor.visit_i64(value),
                (_, Ok(value)) => visitor.visit_u64(value),
                _ => visitor.visit_i128(*value),
            },
            Some(Input::Float(value)) => visitor.visit_f64(*value),
            Some(Input::String(_) | Input::Texts(_)) => self.visit_text(visitor),
            Some(Input::List(_)) => self.deserialize_seq(visitor),
            Some(Input::Map(_) | Input::Pairs(_)) => self.deserialize_map(visitor),
            Some(Input::Bytes(bytes)) => visitor.visit_bytes(bytes),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_unit()
    }
}

/// The elements of a list, or the values of pairs in their order.
struct Elements<'a, 'de> {
    of: Reader<'a, 'de>,
    index: usize,
}

impl<'de> SeqAccess<'de> for Elements<'_, 'de> {
    type Error = Stop;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Stop> {
        loop {
            let index = self.index;
            self.index += 1;
            let text;
            let (step, input) = match self.of.input {
                Some(Input::List(list)) => (Step::from(index), list.get(index)),
                Some(Input::Texts(texts)) => {
                    text = texts.get(index).map(|text| Input::Texts(vec![text.clone()]));
                    (Step::from(index), text.as_ref())
                }
                Some(Input::Pairs(pairs)) => match pairs.get(index) {
                    Some((name, input)) => {
                        (Step::Name(name.clone().into_owned().into()), Some(input))
                    }
                    None => (Step::from(index), None),
                },
                _ => return Ok(None),
            };
            let Some(input) = input else { return Ok(None) };
            let run = self.of.run;
            run.borrow_mut().place.push(step);
            if let Some(visited) = visit_known(run) {
                match visited {
                    Known::LeftOut => continue,
                    Known::StandIn => {
                        let value = seed.deserialize(Reader { input: None, run })?;
                        run.borrow_mut().place.pop();
                        return Ok(Some(value));
                    }
                }
            }
            let value = seed.deserialize(Reader { input: Some(input), run })?;
            run.borrow_mut().place.pop();
            return Ok(Some(value));
        }
    }
}

/// What is known of the current place from an earlier reading.
enum Known {
    /// It is wrong: a stand-in is to be read.
    StandIn,
    /// No stand-in will do: the place was left again.
    LeftOut,
}

/// Notes again what is known to be wrong here.
fn visit_known(run: &RefCell<Run>) -> Option<Known> {
    let mut run = run.borrow_mut();
    let problem = run.known_here()?.clone();
    run.problems.push(problem);
    if run.left_out.contains(&run.place) {
        run.place.pop();
        return Some(Known::LeftOut);
    }
    Some(Known::StandIn)
}

/// The fields of a struct in its own order, then what else is there.
struct Fields<'a, 'de> {
    of: Reader<'a, 'de>,
    fields: &'static [&'static str],
    entries: &'a [(Cow<'de, str>, Input<'de>)],
    /// Next field, then next entry.
    index: usize,
    /// Next of what is known to be wrong, for fields whose names the type does not tell.
    missing: usize,
    value: Option<&'a Input<'de>>,
}

impl<'a, 'de> Fields<'a, 'de> {
    fn new(of: Reader<'a, 'de>, fields: &'static [&'static str]) -> Self {
        Self { of, fields, entries: of.entries(), index: 0, missing: 0, value: None }
    }

    fn is_field(&self, name: &str) -> bool {
        let names = self.of.run.borrow().names;
        self.fields.iter().any(|field| names.same(field, name))
    }

    /// Whether this field is known to be wrong or missing.
    fn is_known(&self, name: &str) -> bool {
        let run = self.of.run.borrow();
        run.known.iter().any(|problem| is_at(problem, &run.place, name))
    }

    /// Visits a key, or leaves it out. The place of its value is entered.
    fn key<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
        name: &str,
        value: Option<&'a Input<'de>>,
    ) -> Result<Result<K::Value, K>, Stop> {
        let run = self.of.run;
        let shown = match run.borrow().names {
            super::Names::Exact => name.to_owned(),
            super::Names::Header => name.replace('_', "-"),
        };
        self.of.enter(Step::Name(shown.into()));
        self.value = match visit_known(run) {
            Some(Known::LeftOut) => return Ok(Err(seed)),
            Some(Known::StandIn) => None,
            None => value,
        };
        let key: StrDeserializer<'_, Stop> = name.into_deserializer();
        seed.deserialize(key).map(Ok).map_err(|stop| {
            // The name itself is what is wrong.
            if matches!(stop, Stop::Unknown(_)) {
                self.of.leave();
            }
            stop
        })
    }
}

/// Whether a problem is about the field of this name of what stands at `place`.
fn is_at(problem: &crate::problem::Problem, place: &[Step], name: &str) -> bool {
    match problem.loc.split_last() {
        Some((Step::Name(last), rest)) => last == name && rest == place,
        _ => false,
    }
}

impl<'de> MapAccess<'de> for Fields<'_, 'de> {
    type Error = Stop;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Stop> {
        let mut seed = seed;
        let (names, entries) = (self.of.run.borrow().names, self.entries);
        while let Some(field) = self.fields.get(self.index) {
            self.index += 1;
            let entry = entries.iter().rev().find(|(name, _)| names.same(field, name));
            let shown = if names == super::Names::Header {
                field.replace('_', "-")
            } else {
                (*field).into()
            };
            if entry.is_none() && !self.is_known(&shown) {
                continue;
            }
            match self.key(seed, field, entry.map(|(_, value)| value))? {
                Ok(key) => return Ok(Some(key)),
                Err(back) => seed = back,
            }
        }
        while let Some((name, value)) = entries.get(self.index - self.fields.len()) {
            self.index += 1;
            // Requests have header fields that no handler asked for.
            if self.is_field(name) || (names == super::Names::Header && !self.fields.is_empty()) {
                continue;
            }
            match self.key(seed, name, Some(value))? {
                Ok(key) => return Ok(Some(key)),
                Err(back) => seed = back,
            }
        }
        loop {
            let known = {
                let run = self.of.run.borrow();
                let at = run.known.get(self.missing);
                let Some(problem) = at else { return Ok(None) };
                match problem.loc.last() {
                    Some(Step::Name(name)) if is_at(problem, &run.place, name) => name.to_string(),
                    _ => String::new(),
                }
            };
            self.missing += 1;
            let there = entries.iter().any(|(name, _)| *name == known);
            if known.is_empty() || there || self.is_field(&known) {
                continue;
            }
            match self.key(seed, &known, None)? {
                Ok(key) => return Ok(Some(key)),
                Err(back) => seed = back,
            }
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Stop> {
        let value = seed.deserialize(Reader { input: self.value.take(), run: self.of.run })?;
        self.of.leave();
        Ok(value)
    }
}

/// A variant of an enum and what it holds.
struct Variant<'a, 'n, 'de> {
    name: &'n str,
    content: Reader<'a, 'de>,
}

impl<'de> EnumAccess<'de> for Variant<'_, '_, 'de> {
    type Error = Stop;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Stop> {
        let name: StrDeserializer<'_, Stop> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'a, 'de> Variant<'a, '_, 'de> {
    /// Reads what the variant holds, at a place of its own.
    fn content<T>(self, read: impl FnOnce(Reader<'a, 'de>) -> Result<T, Stop>) -> Result<T, Stop> {
        self.content.enter(Step::Name(self.name.to_owned().into()));
        let value = read(self.content)?;
        self.content.leave();
        Ok(value)
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, '_, 'de> {
    type Error = Stop;

    fn unit_variant(self) -> Result<(), Stop> {
        self.content(de::Deserialize::deserialize)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Stop> {
        self.content(|content| seed.deserialize(content))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Stop> {
        self.content(|content| content.deserialize_seq(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        self.content(|content| visitor.visit_map(Fields::new(content, fields)))
    }
}
