//! `purview:compose`: `pipe` and `guard`. In: functions. Out: functions that hold them.
//!
//! A function value that is made here has the functions that it calls behind its fixed part, as compiled closures have.

use crate::{
    arena,
    array::Array,
    function::{Args, Code, Function, callback},
    value::Value,
};

/// A function value with one captured value.
#[repr(C, align(8))]
struct Closure {
    function: Function,
    captured: Value,
}

fn closure(code: Code, captured: Value) -> Value {
    let closure = arena::keep(Closure { function: Function { code, arity: 1 }, captured });
    Value::function(&closure.function)
}

/// The value that a function made here has captured.
fn captured(this: Value) -> Value {
    let Some(function) = this.as_function() else { return Value::UNDEFINED };
    // SAFETY: this code is reached only through values that `closure` made, whose captured value follows the fixed part; the
    // reference covers the fixed part only, so the address is taken from the value.
    unsafe { (core::ptr::from_ref(function).cast::<Closure>()).read().captured }
}

fn apply(this: Value, args: Args<'_>) -> Value {
    let mut value = args.first();
    let Some(functions) = captured(this).as_array() else { return value };
    for index in 0..functions.len() {
        value = callback(functions.get(index)).call(&[value]);
    }
    value
}

builtins! {
    "purview:compose.pipe" pipe(_this, args) {
        closure(piped, Value::array(Array::take(args.to_vec())))
    }
    "rt.piped" piped(this, args) { apply(this, args) }
    "purview:compose.guard" guard(_this, args) { closure(guarding, args.first()) }
    "rt.guarding" guarding(this, args) {
        closure(guarded, Value::array(Array::take([captured(this), args.first()].to_vec())))
    }
    "rt.guarded" guarded(this, args) {
        let request = args.first();
        let Some(parts) = captured(this).as_array() else { return Value::UNDEFINED };
        let answer = callback(parts.get(0)).call(&[request]);
        if answer.is_present() { answer } else { callback(parts.get(1)).call(&[request]) }
    }
}
