//! Sorting as the language defines it: stable, `undefined` last, by text unless a function says otherwise. In: values and an order.
//! Out: the values in that order. A function that contradicts itself gives some order, never a fault.

use alloc::vec::Vec;

use crate::{
    array::{Array, Element},
    array_methods::receiver,
    convert,
    function::{self, Args, callback},
    string::Str,
    value::Value,
};

/// The numbers below `count`, sorted so that `ordered(earlier, later)` holds for neighbours; those it holds for in both directions
/// keep their order. One function for every kind of thing: each handler that sorts carries it.
#[inline(never)]
pub(crate) fn order(count: usize, ordered: &mut dyn FnMut(u32, u32) -> bool) -> Vec<u32> {
    const RUN: usize = 8;
    let mut order: Vec<u32> = (0..count as u32).collect();
    for run in order.chunks_mut(RUN) {
        for end in 1..run.len() {
            let item = run[end];
            let mut at = end;
            while at > 0 && !ordered(run[at - 1], item) {
                run[at] = run[at - 1];
                at -= 1;
            }
            run[at] = item;
        }
    }
    let (mut width, mut merged) = (RUN, Vec::with_capacity(if count > RUN { count } else { 0 }));
    while width < count {
        for pair in order.chunks(width * 2) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let (Some(&first), Some(&second)) = (left.first(), right.first()) {
                if ordered(first, second) {
                    merged.push(first);
                    left = &left[1..];
                } else {
                    merged.push(second);
                    right = &right[1..];
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        core::mem::swap(&mut order, &mut merged);
        merged.clear();
        width *= 2;
    }
    order
}

fn sorted(array: &Array, args: Args<'_>) -> Vec<Value> {
    let items = array.to_vec();
    let present: Vec<Value> =
        items.iter().copied().filter(|item| *item != Value::UNDEFINED).collect();
    let at = |index: u32| present[index as usize];
    let order = if args.first().is_absent() && array.element != Element::Any {
        let number = |index| at(index).as_number().unwrap_or(f64::NAN);
        order(present.len(), &mut |a, b| number(a).total_cmp(&number(b)).is_le())
    } else if args.first().is_absent() {
        let texts: Vec<&Str> = present.iter().map(|item| convert::to_text(*item)).collect();
        order(present.len(), &mut |a, b| texts[a as usize].order(texts[b as usize]).is_le())
    } else {
        let function = callback(args.first());
        order(present.len(), &mut |a, b| {
            let order = crate::text::number_of(function.call(&[at(a), at(b)]));
            order <= 0.0 || order.is_nan()
        })
    };
    let mut sorted: Vec<Value> = order.into_iter().map(at).collect();
    sorted.resize(items.len(), Value::UNDEFINED);
    sorted
}

builtins! {
    ".sort" sort(this, args) {
        let array = receiver!(this, "sort", args);
        let items = sorted(array, args);
        array.change(|own| *own = items);
        this
    }
    ".toSorted" to_sorted(this, args) {
        let array = receiver!(this, "toSorted", args);
        array.like(sorted(array, args))
    }
}
