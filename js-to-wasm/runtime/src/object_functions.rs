//! Functions on objects as a whole: `Object.keys` and its family, `structuredClone`. In: values. Out: values.

use alloc::vec::Vec;

use crate::{
    array::{self, Array},
    fault::{self, Code},
    object::{Class, Object, property_name},
    operators::type_of,
    string::Str,
    value::{Kind, Value},
};

/// The properties of anything that has some.
fn entries_of(value: Value) -> Vec<(&'static Str, Value)> {
    match value.kind() {
        Kind::Object(object) => match object.class {
            Class::Map | Class::Set | Class::Error => Vec::new(),
            _ => object.entries(),
        },
        Kind::Array(_) | Kind::String(_) => {
            let items = match value.as_string() {
                Some(text) => {
                    (0..text.units()).map(|at| Value::string(text.slice(at, at + 1))).collect()
                }
                None => array::iterate(value).to_vec(),
            };
            let name = |(at, item)| (crate::number::index_text(at as u32), item);
            items.into_iter().enumerate().map(name).collect()
        }
        Kind::Undefined | Kind::Null => {
            fault::type_error(&[b"cannot list the properties of undefined"])
        }
        _ => Vec::new(),
    }
}

fn made(items: Vec<Value>) -> Value {
    Value::array(Array::take(items))
}

builtins! {
    "Object.keys" object_keys(_this, args) {
        made(entries_of(args.first()).into_iter().map(|(name, _)| Value::string(name)).collect())
    }
    "Object.values" object_values(_this, args) {
        made(entries_of(args.first()).into_iter().map(|(_, value)| value).collect())
    }
    "Object.entries" object_entries(_this, args) {
        let pair = |(name, value)| made([Value::string(name), value].to_vec());
        made(entries_of(args.first()).into_iter().map(pair).collect())
    }
    "Object.hasOwn" object_has_own(_this, args) {
        Value::bool(match args.first().kind() {
            Kind::Object(object) => object.has(property_name(args.get(1))),
            Kind::Array(_) => crate::object::has(args.get(1), args.first()) == 1,
            _ => false,
        })
    }
    "Object.fromEntries" object_from_entries(_this, args) {
        let items = array::iterate(args.first());
        let object = Object::with_capacity(Class::Plain, items.len() as usize);
        for index in 0..items.len() {
            let Some(pair) = items.get(index).as_array() else {
                fault::type_error(&[b"Object.fromEntries needs pairs, this is ", type_of(items.get(index)).as_bytes()])
            };
            object.set(property_name(pair.get(0)), pair.get(1));
        }
        Value::object(object)
    }
    "Object.is" object_is(_this, args) {
        let (a, b) = (args.first(), args.get(1));
        Value::bool(match (a.as_string(), b.as_string()) {
            (Some(a), Some(b)) => a.same(b),
            _ => a == b || (a.is_absent() && b.is_absent()),
        })
    }
    "structuredClone" structured_clone(_this, args) {
        clone(args.first(), 0)
    }
}

fn clone(value: Value, depth: u32) -> Value {
    if depth > crate::json::DEPTH_MAX {
        fault::raise_static(Code::Range, "the value is circular or nested too deeply to be cloned");
    }
    match value.kind() {
        Kind::Array(array) => {
            made(array.to_vec().into_iter().map(|item| clone(item, depth + 1)).collect())
        }
        Kind::Object(object) => {
            let copy = Object::with_capacity(object.class, object.len());
            for (name, value) in object.entries() {
                copy.set(name, clone(value, depth + 1));
            }
            copy.detail.set(match object.class {
                Class::Map | Class::Set => clone(object.detail.get(), depth + 1),
                _ => object.detail.get(),
            });
            Value::object(copy)
        }
        Kind::Function(_) => fault::raise_static(Code::Type, "a function cannot be cloned"),
        _ => value,
    }
}
