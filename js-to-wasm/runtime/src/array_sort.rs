//! Sorting as the language defines it: stable, `undefined` last, by text unless a function says otherwise. In: values and an order.
//! Out: the values in that order. A function that contradicts itself gives some order, never a fault.

use alloc::vec::Vec;

use crate::{
    array::{Array, Element},
    array_methods::receiver,
    convert,
    function::{self, Args, callback},
    value::Value,
};

/// Sorts so that `ordered(earlier, later)` holds for neighbours; elements it holds for in both directions keep their order.
pub(crate) fn merge_sort<T: Copy>(items: &mut Vec<T>, ordered: &mut dyn FnMut(T, T) -> bool) {
    const RUN: usize = 8;
    for run in items.chunks_mut(RUN) {
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
    let mut width = RUN;
    while width < items.len() {
        let mut merged = Vec::with_capacity(items.len());
        for pair in items.chunks(width * 2) {
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
        *items = merged;
        width *= 2;
    }
}

fn sorted(array: &Array, args: Args<'_>) -> Vec<Value> {
    let items = array.to_vec();
    let total = items.len();
    let mut present: Vec<Value> =
        items.into_iter().filter(|item| *item != Value::UNDEFINED).collect();
    if args.first().is_absent() && array.element != Element::Any {
        let number = |item: Value| item.as_number().unwrap_or(f64::NAN);
        merge_sort(&mut present, &mut |a, b| number(a).total_cmp(&number(b)).is_le());
    } else if args.first().is_absent() {
        let texts: Vec<_> = present.iter().map(|item| (convert::to_text(*item), *item)).collect();
        let mut texts = texts;
        merge_sort(&mut texts, &mut |(a, _), (b, _)| a.order(b).is_le());
        present = texts.into_iter().map(|(_, item)| item).collect();
    } else {
        let function = callback(args.first());
        merge_sort(&mut present, &mut |a, b| {
            let order = crate::text::number_of(function.call(&[a, b]));
            order <= 0.0 || order.is_nan()
        });
    }
    present.resize(total, Value::UNDEFINED);
    present
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
