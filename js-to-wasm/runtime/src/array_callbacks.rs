//! Methods of arrays that call a function for each element. In: the array and the function. Out: values. The array may change
//! while it is walked: it is read anew for each element, up to the length it had.

use alloc::vec::Vec;

use crate::{
    array::Array,
    array_methods::receiver,
    fault::{self, Code},
    function::{self, Args, Function, callback},
    object::{Class, Object},
    operators::type_of,
    value::{Kind, Value},
};

struct Walk {
    array: &'static Array,
    function: &'static Function,
    length: u32,
}

impl Walk {
    fn new(array: &'static Array, args: Args<'_>) -> Self {
        Self { array, function: callback(args.first()), length: array.len() }
    }

    fn call(&self, index: u32) -> Value {
        let item = self.array.get(index);
        self.function.call(&[item, Value::number(f64::from(index)), Value::array(self.array)])
    }

    fn test(&self, index: u32) -> bool {
        truth(self.call(index))
    }

    fn find(&self) -> Option<u32> {
        (0..self.length).find(|index| self.test(*index))
    }

    fn find_last(&self) -> Option<u32> {
        (0..self.length).rev().find(|index| self.test(*index))
    }
}

/// The result of a function that answers yes or no.
fn truth(value: Value) -> bool {
    match value.as_bool() {
        Some(truth) => truth,
        None => fault::type_error(&[
            b"a condition must be boolean, this function returned ",
            type_of(value).as_bytes(),
        ]),
    }
}

fn made(items: Vec<Value>) -> Value {
    Value::array(Array::take(items))
}

builtins! {
    ".map" map(this, args) {
        if let Some(result) = this.as_object().filter(|object| object.class == Class::Result) {
            return crate::result::map(result, args);
        }
        let walk = Walk::new(receiver!(this, "map", args), args);
        walk.array.like((0..walk.length).map(|index| walk.call(index)).collect())
    }
    ".filter" filter(this, args) {
        let walk = Walk::new(receiver!(this, "filter", args), args);
        let mut kept = Vec::new();
        for index in 0..walk.length {
            let item = walk.array.get(index);
            if walk.test(index) {
                kept.push(item);
            }
        }
        walk.array.like(kept)
    }
    ".forEach" for_each(this, args) {
        if let Some(object) = this.as_object() {
            return match object.class {
                Class::Map | Class::Set | Class::Headers => crate::collections::for_each(this, object, args),
                _ => function::call_property(this, "forEach", args),
            };
        }
        let walk = Walk::new(receiver!(this, "forEach", args), args);
        (0..walk.length).for_each(|index| { walk.call(index); });
        Value::UNDEFINED
    }
    ".some" some(this, args) {
        Value::bool(Walk::new(receiver!(this, "some", args), args).find().is_some())
    }
    ".every" every(this, args) {
        let walk = Walk::new(receiver!(this, "every", args), args);
        Value::bool((0..walk.length).all(|index| walk.test(index)))
    }
    ".find" find(this, args) {
        let walk = Walk::new(receiver!(this, "find", args), args);
        for index in 0..walk.length {
            let item = walk.array.get(index);
            if walk.test(index) {
                return item;
            }
        }
        Value::UNDEFINED
    }
    ".findIndex" find_index(this, args) {
        let found = Walk::new(receiver!(this, "findIndex", args), args).find();
        Value::number(found.map_or(-1.0, f64::from))
    }
    ".findLast" find_last(this, args) {
        let walk = Walk::new(receiver!(this, "findLast", args), args);
        walk.find_last().map_or(Value::UNDEFINED, |index| walk.array.get(index))
    }
    ".findLastIndex" find_last_index(this, args) {
        let found = Walk::new(receiver!(this, "findLastIndex", args), args).find_last();
        Value::number(found.map_or(-1.0, f64::from))
    }
    ".reduce" reduce(this, args) {
        let array = receiver!(this, "reduce", args);
        let (function, length) = (callback(args.first()), array.len());
        let (mut sum, start) = if args.len() > 1 { (args.get(1), 0) } else { (array.get(0), 1) };
        if length < start {
            fault::raise_static(Code::Type, "reduce of an empty array needs an initial value");
        }
        for index in start..length {
            sum = function.call(&[sum, array.get(index), Value::number(f64::from(index)), this]);
        }
        sum
    }
    ".reduceRight" reduce_right(this, args) {
        let array = receiver!(this, "reduceRight", args);
        let function = callback(args.first());
        let mut left = array.len();
        let mut sum = args.get(1);
        if args.len() < 2 {
            if left == 0 {
                fault::raise_static(Code::Type, "reduceRight of an empty array needs an initial value");
            }
            left -= 1;
            sum = array.get(left);
        }
        for index in (0..left).rev() {
            sum = function.call(&[sum, array.get(index), Value::number(f64::from(index)), this]);
        }
        sum
    }
    ".flatMap" flat_map(this, args) {
        let walk = Walk::new(receiver!(this, "flatMap", args), args);
        let mut items = Vec::new();
        for index in 0..walk.length {
            let result = walk.call(index);
            match result.as_array() {
                Some(inner) => items.extend(inner.to_vec()),
                None => items.push(result),
            }
        }
        made(items)
    }
    "Object.groupBy" group_by(_this, args) {
        let items = crate::array::iterate(args.first());
        let function = callback(args.get(1));
        let groups = Object::new(Class::Plain);
        for index in 0..items.len() {
            let item = items.get(index);
            let name = crate::object::property_name(function.call(&[item, Value::number(f64::from(index))]));
            match groups.get(name).map(Value::kind) {
                Some(Kind::Array(group)) => group.push(item),
                _ => groups.set(name, made([item].to_vec())),
            }
        }
        Value::object(groups)
    }
}
