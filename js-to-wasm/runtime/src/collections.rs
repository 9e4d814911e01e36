//! `Map` and `Set`, made without `new`. In: values. Out: values. Both keep the order of insertion.
//!
//! Each entry is a property of the object: its name says type and text of the key (`n1.5`, `sname`, `o` and an address), its value is
//! the pair of key and value. Such names are never integer-like, so the order of properties is the order of insertion.

use alloc::vec::Vec;

use crate::{
    array::{self, Array},
    convert, fault,
    function::{self, Args, callback},
    object::{Class, Object},
    operators::type_of,
    string::Str,
    value::{Kind, Value},
};

/// The name of the property that holds the entry of `key`.
fn entry_name(key: Value) -> &'static Str {
    let mut name = Vec::with_capacity(16);
    name.push(match key.kind() {
        Kind::Number(_) => b'n',
        Kind::String(_) => b's',
        Kind::Bool(_) => b'b',
        Kind::Undefined | Kind::Null => b'u',
        Kind::Object(_) | Kind::Array(_) | Kind::Function(_) => {
            name.push(b'o');
            name.extend_from_slice(&key.bits().to_le_bytes().map(|byte| byte >> 4 & 15 | 0x30));
            name.extend_from_slice(&key.bits().to_le_bytes().map(|byte| byte & 15 | 0x30));
            return Str::take(name);
        }
    });
    convert::push_value(&mut name, key);
    Str::take(name)
}

fn pair(key: Value, value: Value) -> Value {
    Value::array(Array::take([key, value].to_vec()))
}

fn part(entry: Value, index: u32) -> Value {
    entry.as_array().map_or(Value::UNDEFINED, |pair| pair.get(index))
}

fn made(items: Vec<Value>) -> Value {
    Value::array(Array::take(items))
}

fn column(object: &Object, index: u32) -> Value {
    made(object.entries().into_iter().map(|(_, entry)| part(entry, index)).collect())
}

/// What `for…of` walks over.
pub(crate) fn items(object: &Object) -> &'static Array {
    let items = if object.class == Class::Map { entries(object) } else { values(object) };
    items.as_array().unwrap_or_else(|| Array::take(Vec::new()))
}

pub(crate) fn keys(object: &Object) -> Value {
    column(object, 0)
}

pub(crate) fn values(object: &Object) -> Value {
    column(object, 1)
}

pub(crate) fn entries(object: &Object) -> Value {
    made(
        object
            .entries()
            .into_iter()
            .map(|(_, entry)| pair(part(entry, 0), part(entry, 1)))
            .collect(),
    )
}

/// `forEach` of maps, sets and headers.
pub(crate) fn for_each(this: Value, object: &Object, args: Args<'_>) -> Value {
    let function = callback(args.first());
    for (name, entry) in object.entries() {
        let (key, value) = match object.class {
            Class::Headers => (Value::string(name), entry),
            _ => (part(entry, 0), part(entry, 1)),
        };
        function.call(&[value, key, this]);
    }
    Value::UNDEFINED
}

fn insert(object: &Object, key: Value, value: Value) {
    // A key of minus zero is kept as zero.
    let key = if key.as_number() == Some(0.0) { Value::number(0.0) } else { key };
    object.set(entry_name(key), pair(key, value));
}

/// A map, a set or headers, or else a method of the program.
fn collection(this: Value) -> Option<&'static Object> {
    let class =
        |object: &&'static Object| matches!(object.class, Class::Map | Class::Set | Class::Headers);
    this.as_object().filter(class)
}

/// The set that a method is called on, and the map or set that is given; none for a method of the program.
fn sets(this: Value, args: Args<'_>) -> Option<(&'static Object, &'static Object)> {
    let one = this.as_object().filter(|object| object.class == Class::Set)?;
    let other = collection(args.first()).filter(|object| object.class != Class::Headers);
    let Some(other) = other else {
        fault::type_error(&[b"a set is needed, this is ", type_of(args.first()).as_bytes()])
    };
    Some((one, other))
}

/// Puts the keys whose names pass into a set.
fn copy(to: &Object, from: &Object, passes: impl Fn(&'static Str) -> bool) {
    for (name, entry) in from.entries() {
        if passes(name) && !to.has(name) {
            insert(to, part(entry, 0), part(entry, 0));
        }
    }
}

/// Whether all keys of one are keys of the other.
fn holds(all: &Object, some: &Object) -> bool {
    some.len() <= all.len() && some.entries().into_iter().all(|(name, _)| all.has(name))
}

builtins! {
    "Map" new_map(_this, args) {
        let map = Object::new(Class::Map);
        if args.first().is_present() {
            let items = array::iterate(args.first());
            for index in 0..items.len() {
                let Some(entry) = items.get(index).as_array() else {
                    fault::type_error(&[b"Map needs pairs, this is ", type_of(items.get(index)).as_bytes()])
                };
                insert(map, entry.get(0), entry.get(1));
            }
        }
        Value::object(map)
    }
    "Set" new_set(_this, args) {
        let set = Object::new(Class::Set);
        if args.first().is_present() {
            let items = array::iterate(args.first());
            (0..items.len()).for_each(|index| insert(set, items.get(index), items.get(index)));
        }
        Value::object(set)
    }
    "Map.groupBy" map_group_by(_this, args) {
        let items = array::iterate(args.first());
        let function = callback(args.get(1));
        let map = Object::new(Class::Map);
        for index in 0..items.len() {
            let item = items.get(index);
            let key = function.call(&[item, Value::number(f64::from(index))]);
            match map.get(entry_name(key)).and_then(|entry| part(entry, 1).as_array()) {
                Some(group) => group.push(item),
                None => insert(map, key, made([item].to_vec())),
            }
        }
        Value::object(map)
    }
    "comptime" comptime(_this, args) { args.first() }
    ".get" get(this, args) {
        match collection(this) {
            Some(headers) if headers.class == Class::Headers => crate::http::headers::get(headers, args),
            Some(map) => map.get(entry_name(args.first())).map_or(Value::UNDEFINED, |entry| part(entry, 1)),
            None => function::call_property(this, "get", args),
        }
    }
    ".set" set(this, args) {
        match collection(this) {
            Some(headers) if headers.class == Class::Headers => crate::http::headers::set(headers, args),
            Some(map) => {
                insert(map, args.first(), args.get(1));
                this
            }
            None => match crate::typed_arrays::set(this, args) {
                Some(done) => done,
                None => function::call_property(this, "set", args),
            },
        }
    }
    ".add" add(this, args) {
        match collection(this) {
            Some(set) => {
                if !set.has(entry_name(args.first())) {
                    insert(set, args.first(), args.first());
                }
                this
            }
            None => function::call_property(this, "add", args),
        }
    }
    ".has" has(this, args) {
        match collection(this) {
            Some(headers) if headers.class == Class::Headers => crate::http::headers::has(headers, args),
            Some(map) => Value::bool(map.has(entry_name(args.first()))),
            None => function::call_property(this, "has", args),
        }
    }
    ".delete" delete(this, args) {
        match collection(this) {
            Some(headers) if headers.class == Class::Headers => crate::http::headers::delete(headers, args),
            Some(map) => Value::bool(map.remove(entry_name(args.first()))),
            None => function::call_property(this, "delete", args),
        }
    }
    ".union" union(this, args) {
        match sets(this, args) {
            Some((one, other)) => {
                let made = Object::new(Class::Set);
                copy(made, one, |_| true);
                copy(made, other, |_| true);
                Value::object(made)
            }
            None => function::call_property(this, "union", args),
        }
    }
    ".intersection" intersection(this, args) {
        match sets(this, args) {
            Some((one, other)) => {
                let made = Object::new(Class::Set);
                let (few, many) = if one.len() <= other.len() { (one, other) } else { (other, one) };
                copy(made, few, |name| many.has(name));
                Value::object(made)
            }
            None => function::call_property(this, "intersection", args),
        }
    }
    ".difference" difference(this, args) {
        match sets(this, args) {
            Some((one, other)) => {
                let made = Object::new(Class::Set);
                copy(made, one, |name| !other.has(name));
                Value::object(made)
            }
            None => function::call_property(this, "difference", args),
        }
    }
    ".symmetricDifference" symmetric_difference(this, args) {
        match sets(this, args) {
            Some((one, other)) => {
                let made = Object::new(Class::Set);
                copy(made, one, |name| !other.has(name));
                copy(made, other, |name| !one.has(name));
                Value::object(made)
            }
            None => function::call_property(this, "symmetricDifference", args),
        }
    }
    ".isSubsetOf" is_subset_of(this, args) {
        match sets(this, args) {
            Some((one, other)) => Value::bool(holds(other, one)),
            None => function::call_property(this, "isSubsetOf", args),
        }
    }
    ".isSupersetOf" is_superset_of(this, args) {
        match sets(this, args) {
            Some((one, other)) => Value::bool(holds(one, other)),
            None => function::call_property(this, "isSupersetOf", args),
        }
    }
    ".isDisjointFrom" is_disjoint_from(this, args) {
        match sets(this, args) {
            Some((one, other)) => Value::bool(!one.entries().into_iter().any(|(name, _)| other.has(name))),
            None => function::call_property(this, "isDisjointFrom", args),
        }
    }
    ".clear" clear(this, args) {
        match collection(this) {
            Some(map) => {
                map.entries().into_iter().for_each(|(name, _)| { map.remove(name); });
                Value::UNDEFINED
            }
            None => function::call_property(this, "clear", args),
        }
    }
}

getters! {
    "size" size(this) {
        match collection(this) {
            Some(object) if object.class != Class::Headers => Value::number(object.len() as f64),
            _ => crate::object::get(this, Value::fixed("size")),
        }
    }
}
