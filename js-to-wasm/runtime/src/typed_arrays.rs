//! Typed arrays: arrays whose elements are numbers of one kind and whose length is fixed; and text as bytes. In: values. Out: arrays.
//!
//! They are arrays of the language inside, eight bytes an element, so that every method of arrays works on them.

use alloc::vec::Vec;

use crate::{
    array::{self, Array, Element},
    function::{self, Args},
    object::{Class, Object},
    string::Str,
    text::{integer_at, relative, text_at},
    value::Value,
};

fn made(items: Vec<Value>, element: Element) -> Value {
    let items = items.into_iter().map(|item| element.keep(item)).collect();
    Value::array(Array::of_kind(items, element))
}

/// From a length, or from values.
fn new(args: Args<'_>, element: Element) -> Value {
    match args.first().as_number() {
        Some(length) => {
            // Less than nothing is as much too long as too much is.
            let length = libm::trunc(length);
            let length = if length < 0.0 { u64::MAX } else { length as u64 };
            array::check_length(length);
            made(alloc::vec![Value::number(0.0); length as usize], element)
        }
        None if args.is_empty() => made(Vec::new(), element),
        None => made(array::iterate(args.first()).to_vec(), element),
    }
}

fn from(args: Args<'_>, element: Element) -> Value {
    let items = array::iterate(args.first()).to_vec();
    match args.get(1).as_function() {
        Some(map) => {
            let call = |(index, item)| map.call(&[item, Value::number(index as f64)]);
            made(items.into_iter().enumerate().map(call).collect(), element)
        }
        None => made(items, element),
    }
}

/// `set(values, offset)`; nothing if the receiver is no typed array.
pub(crate) fn set(this: Value, args: Args<'_>) -> Option<Value> {
    let array = this.as_array().filter(|array| array.element != Element::Any)?;
    let items = array::iterate(args.first()).to_vec();
    let offset = integer_at(args, 1, 0.0);
    if offset < 0.0 || offset + items.len() as f64 > f64::from(array.len()) {
        crate::fault::raise_static(crate::fault::Code::Range, "offset is out of bounds");
    }
    for (item, index) in items.into_iter().zip(offset as u32..) {
        array.set(index, item);
    }
    Some(Value::UNDEFINED)
}

fn bytes(array: &Array) -> Vec<u8> {
    array.to_vec().into_iter().map(|item| item.as_number().unwrap_or_default() as u8).collect()
}

/// The element of a typed array.
fn element(this: Value) -> Option<(&'static Array, Element)> {
    let array = this.as_array().filter(|array| array.element != Element::Any)?;
    Some((array, array.element))
}

getters! {
    "BYTES_PER_ELEMENT" bytes_per_element(this) {
        match element(this) {
            Some((_, element)) => Value::number(f64::from(element.bytes())),
            None => crate::object::get(this, Value::fixed("BYTES_PER_ELEMENT")),
        }
    }
    "byteLength" byte_length(this) {
        match element(this) {
            Some((array, element)) => Value::number(f64::from(array.len()) * f64::from(element.bytes())),
            None => crate::object::get(this, Value::fixed("byteLength")),
        }
    }
    "byteOffset" byte_offset(this) {
        match element(this) {
            Some(_) => Value::number(0.0),
            None => crate::object::get(this, Value::fixed("byteOffset")),
        }
    }
}

builtins! {
    ".subarray" subarray(this, args) {
        let Some(array) = this.as_array() else { return function::call_property(this, "subarray", args) };
        let from = relative(integer_at(args, 0, 0.0), array.len());
        let to = relative(integer_at(args, 1, f64::from(array.len())), array.len()).max(from);
        array.like(array.to_vec().drain(from as usize..to as usize).collect())
    }
    "TextEncoder" text_encoder(_this, args) {
        let _ = args;
        Value::object(Object::new(Class::TextCoder))
    }
    "TextDecoder" text_decoder(_this, args) {
        let _ = args;
        Value::object(Object::new(Class::TextCoder))
    }
    ".encode" encode(this, args) {
        match this.as_object() {
            Some(coder) if coder.class == Class::TextCoder => {
                let text = crate::string_methods::well_formed(text_at(args, 0).bytes());
                made(text.into_iter().map(|byte| Value::number(f64::from(byte))).collect(), Element::Uint8)
            }
            _ => function::call_property(this, "encode", args),
        }
    }
    ".decode" decode(this, args) {
        match (this.as_object(), args.first().as_array()) {
            (Some(coder), Some(array)) if coder.class == Class::TextCoder => {
                Value::string(Str::from_outside(bytes(array).leak()))
            }
            _ => function::call_property(this, "decode", args),
        }
    }
}

/// The factory of each kind, and its `from` and `of`.
macro_rules! kinds {
    ($($element:ident: $name:literal $new:ident, $from_name:literal $from:ident, $of_name:literal $of:ident;)*) => {$(
        builtins! {
            $name $new(_this, args) { new(args, Element::$element) }
            $from_name $from(_this, args) { from(args, Element::$element) }
            $of_name $of(_this, args) { made(args.to_vec(), Element::$element) }
        }
    )*};
}

kinds! {
    Int8: "Int8Array" int8, "Int8Array.from" int8_from, "Int8Array.of" int8_of;
    Uint8: "Uint8Array" uint8, "Uint8Array.from" uint8_from, "Uint8Array.of" uint8_of;
    Uint8Clamped: "Uint8ClampedArray" uint8clamped, "Uint8ClampedArray.from" uint8clamped_from, "Uint8ClampedArray.of" uint8clamped_of;
    Int16: "Int16Array" int16, "Int16Array.from" int16_from, "Int16Array.of" int16_of;
    Uint16: "Uint16Array" uint16, "Uint16Array.from" uint16_from, "Uint16Array.of" uint16_of;
    Int32: "Int32Array" int32, "Int32Array.from" int32_from, "Int32Array.of" int32_of;
    Uint32: "Uint32Array" uint32, "Uint32Array.from" uint32_from, "Uint32Array.of" uint32_of;
    Float32: "Float32Array" float32, "Float32Array.from" float32_from, "Float32Array.of" float32_of;
    Float64: "Float64Array" float64, "Float64Array.from" float64_from, "Float64Array.of" float64_of;
}
