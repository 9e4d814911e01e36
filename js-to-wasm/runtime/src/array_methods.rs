//! Methods of arrays that call nothing back. In: the array and arguments. Out: values.

use alloc::vec::Vec;

use crate::{
    array::{self, Array, Element},
    convert,
    function::{self, Args},
    object::Class,
    operators::{same, same_or_nan},
    text::{integer_at, relative},
    value::{Kind, Value},
};

macro_rules! receiver {
    ($this:ident, $name:literal, $args:ident) => {
        match $this.as_array() {
            Some(array) => array,
            None => return function::call_property($this, $name, $args),
        }
    };
}
pub(crate) use receiver;

fn made(items: Vec<Value>) -> Value {
    Value::array(Array::take(items))
}

fn count(length: u32) -> Value {
    Value::number(f64::from(length))
}

pub(crate) fn index_of(array: &Array, args: Args<'_>) -> Value {
    let from = relative(integer_at(args, 1, 0.0), array.len());
    let found = (from..array.len()).find(|index| same(array.get(*index), args.first()));
    Value::number(found.map_or(-1.0, f64::from))
}

pub(crate) fn last_index_of(array: &Array, args: Args<'_>) -> Value {
    let length = f64::from(array.len());
    let from = integer_at(args, 1, length - 1.0);
    let from = if from < 0.0 { from + length } else { from.min(length - 1.0) };
    if from < 0.0 {
        return Value::number(-1.0);
    }
    let found = (0..=from as u32).rev().find(|index| same(array.get(*index), args.first()));
    Value::number(found.map_or(-1.0, f64::from))
}

pub(crate) fn includes(array: &Array, args: Args<'_>) -> Value {
    let from = relative(integer_at(args, 1, 0.0), array.len());
    Value::bool((from..array.len()).any(|index| same_or_nan(array.get(index), args.first())))
}

pub(crate) fn slice(array: &Array, args: Args<'_>) -> Value {
    let length = array.len();
    let from = relative(integer_at(args, 0, 0.0), length) as usize;
    let to = relative(integer_at(args, 1, f64::from(length)), length) as usize;
    array.like(array.change(|items| items.get(from..to).unwrap_or_default().to_vec()))
}

pub(crate) fn concat(array: &Array, args: Args<'_>) -> Value {
    let mut items = array.to_vec();
    for index in 0..args.len() {
        match args.get(index).as_array() {
            Some(more) => items.extend(more.to_vec()),
            None => items.push(args.get(index)),
        }
    }
    made(items)
}

/// Start and number of the elements that `splice` takes out.
fn splice_range(length: u32, args: Args<'_>) -> core::ops::Range<usize> {
    let from = relative(integer_at(args, 0, 0.0), length);
    let rest = f64::from(length - from);
    let taken = match args.len() {
        0 => 0.0,
        1 => rest,
        _ => integer_at(args, 1, 0.0).clamp(0.0, rest),
    };
    from as usize..from as usize + taken as usize
}

builtins! {
    ".push" push(this, args) {
        let array = receiver!(this, "push", args);
        (0..args.len()).for_each(|index| array.push(args.get(index)));
        array::check_length(u64::from(array.len()));
        count(array.len())
    }
    ".pop" pop(this, args) {
        receiver!(this, "pop", args).change(|items| items.pop().unwrap_or(Value::UNDEFINED))
    }
    ".shift" shift(this, args) {
        let first = |items: &mut Vec<Value>| if items.is_empty() { Value::UNDEFINED } else { items.remove(0) };
        receiver!(this, "shift", args).change(first)
    }
    ".unshift" unshift(this, args) {
        let array = receiver!(this, "unshift", args);
        let new = args.to_vec();
        array.change(|items| items.splice(0..0, new).for_each(drop));
        count(array.len())
    }
    ".splice" splice(this, args) {
        let array = receiver!(this, "splice", args);
        let range = splice_range(array.len(), args);
        let new = args.to_vec().split_off(args.len().min(2));
        array.change(|items| made(items.splice(range, new).collect()))
    }
    ".toSpliced" to_spliced(this, args) {
        let array = receiver!(this, "toSpliced", args);
        let range = splice_range(array.len(), args);
        let mut items = array.to_vec();
        items.splice(range, args.to_vec().split_off(args.len().min(2))).for_each(drop);
        made(items)
    }
    ".join" join(this, args) {
        let array = receiver!(this, "join", args);
        let separator = if args.first().is_absent() { &b","[..] } else { convert::to_text(args.first()).bytes() };
        Value::string(convert::join(array, separator, 0))
    }
    ".reverse" reverse(this, args) {
        receiver!(this, "reverse", args).change(|items| items.reverse());
        this
    }
    ".toReversed" to_reversed(this, args) {
        let array = receiver!(this, "toReversed", args);
        let mut items = array.to_vec();
        items.reverse();
        array.like(items)
    }
    ".with" with(this, args) {
        let array = receiver!(this, "with", args);
        let at = integer_at(args, 0, 0.0);
        let at = if at < 0.0 { at + f64::from(array.len()) } else { at };
        if at < 0.0 || at >= f64::from(array.len()) {
            crate::fault::raise_static(crate::fault::Code::Range, "invalid index of with()");
        }
        let mut items = array.to_vec();
        items[at as usize] = args.get(1);
        array.like(items)
    }
    ".fill" fill(this, args) {
        let array = receiver!(this, "fill", args);
        let from = relative(integer_at(args, 1, 0.0), array.len());
        let to = relative(integer_at(args, 2, f64::from(array.len())), array.len());
        (from..to).for_each(|index| array.set(index, args.first()));
        this
    }
    ".copyWithin" copy_within(this, args) {
        let array = receiver!(this, "copyWithin", args);
        let length = array.len();
        let to = relative(integer_at(args, 0, 0.0), length);
        let from = relative(integer_at(args, 1, 0.0), length);
        let end = relative(integer_at(args, 2, f64::from(length)), length).max(from);
        let count = (end - from).min(length - to) as usize;
        array.change(|items| items.copy_within(from as usize..from as usize + count, to as usize));
        this
    }
    ".flat" flat(this, args) {
        let array = receiver!(this, "flat", args);
        let depth = integer_at(args, 0, 1.0).min(500.0);
        let mut items = Vec::new();
        flatten(&mut items, array, depth);
        made(items)
    }
    ".keys" keys(this, args) {
        match this.kind() {
            Kind::Array(array) => made((0..array.len()).map(count).collect()),
            Kind::Object(object) if object.class == Class::Headers => Value::array(crate::object::keys(object)),
            Kind::Object(object) if is_collection(object.class) => crate::collections::keys(object),
            _ => function::call_property(this, "keys", args),
        }
    }
    ".values" values(this, args) {
        match this.kind() {
            Kind::Array(array) => made(array.to_vec()),
            Kind::Object(object) if object.class == Class::Headers => {
                made(object.entries().into_iter().map(|(_, value)| value).collect())
            }
            Kind::Object(object) if is_collection(object.class) => crate::collections::values(object),
            _ => function::call_property(this, "values", args),
        }
    }
    ".entries" entries(this, args) {
        match this.kind() {
            Kind::Array(array) => {
                made((0..array.len()).map(|index| made([count(index), array.get(index)].to_vec())).collect())
            }
            Kind::Object(object) if object.class == Class::Headers => Value::array(array::iterate(this)),
            Kind::Object(object) if is_collection(object.class) => crate::collections::entries(object),
            _ => function::call_property(this, "entries", args),
        }
    }
    "Array.isArray" is_array(_this, args) {
        Value::bool(args.first().as_array().is_some_and(|array| array.element == array::Element::Any))
    }
    "Array.of" array_of(_this, args) {
        made(args.to_vec())
    }
    "Array.from" array_from(_this, args) {
        let map = args.get(1).as_function();
        let source = match args.first().kind() {
            Kind::Object(object) if object.field("length").is_some() => from_length(object),
            _ => array::iterate(args.first()).to_vec(),
        };
        match map {
            Some(map) => {
                let call = |(index, item)| map.call(&[item, Value::number(index as f64)]);
                made(source.into_iter().enumerate().map(call).collect())
            }
            None => made(source),
        }
    }
    "Array" array_with(_this, args) {
        match crate::object::index_of(args.first()) {
            Some(length) if args.len() == 1 => {
                array::check_length(u64::from(length));
                made(alloc::vec![Value::UNDEFINED; length as usize])
            }
            None if args.len() == 1 && args.first().as_number().is_some() => {
                crate::fault::raise_static(crate::fault::Code::Range, "invalid array length")
            }
            _ => made(args.to_vec()),
        }
    }
    "range" range(_this, args) {
        if args.is_empty() {
            return Value::UNDEFINED;
        }
        let part = |index| crate::number::to_int32(crate::text::number_of(args.get(index)));
        let (start, end) = if args.len() == 1 { (0, part(0)) } else { (part(0), part(1)) };
        let step = i64::from(if args.len() > 2 { part(2) } else { 1 });
        let step = if step == 0 { 1 } else { step };
        let (start, end) = (i64::from(start), i64::from(end));
        let length = ((end - start + step - step.signum()) / step).max(0);
        array::check_length(length as u64);
        made((0..length).map(|index| Value::number((start + index * step) as f64)).collect())
    }
}

fn is_collection(class: Class) -> bool {
    matches!(class, Class::Map | Class::Set)
}

fn from_length(object: &crate::object::Object) -> Vec<Value> {
    let length = object.field("length").and_then(Value::as_number).unwrap_or_default();
    let length = length.clamp(0.0, 4e9) as u32;
    array::check_length(u64::from(length));
    let at = |index| object.get(crate::number::index_text(index)).unwrap_or(Value::UNDEFINED);
    (0..length).map(at).collect()
}

pub(crate) fn flatten(target: &mut Vec<Value>, array: &Array, depth: f64) {
    for index in 0..array.len() {
        match array.get(index).as_array() {
            Some(inner) if depth >= 1.0 && inner.element == Element::Any => {
                flatten(target, inner, depth - 1.0);
            }
            _ => target.push(array.get(index)),
        }
    }
    array::check_length(target.len() as u64);
}
