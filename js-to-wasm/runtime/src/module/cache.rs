//! `purview:cache`. In: a namespace, keys, values. Out: values, `undefined` or false where there is none or the cache is away. A namespace
//! that is a literal has imports of its own.

use crate::{
    function::Args,
    host::{Bound, BoundStore, NamedStore, Store, filled},
    json,
    text::{bytes_at, or_undefined, outside},
    value::{Kind, Value},
};

const EXPECTED_BYTES: usize = 512;
const STATS_BYTES: usize = 128;

fn get(store: impl Store, args: Args<'_>) -> Value {
    let value = bytes_at(args, 1)
        .and_then(|key| filled(EXPECTED_BYTES, |buffer| store.get(&key, buffer)).ok());
    or_undefined(value.map(outside))
}

/// Milliseconds of a time to live; nothing if it is not one. None given is never.
fn ttl_ms(value: Value) -> Option<i64> {
    match value.kind() {
        Kind::Undefined | Kind::Null => Some(0),
        Kind::Number(seconds) if (0.0..=1e12).contains(&seconds) => {
            // A time that is over at once would be none at all.
            Some(libm::ceil(seconds * 1000.0) as i64)
        }
        _ => None,
    }
}

fn set(store: impl Store, args: Args<'_>) -> Value {
    let done = bytes_at(args, 1).zip(bytes_at(args, 2)).zip(ttl_ms(args.get(3)));
    Value::bool(done.is_some_and(|((key, value), ttl)| store.set(&key, &value, ttl) == 0))
}

fn delete(store: impl Store, args: Args<'_>) -> Value {
    Value::bool(bytes_at(args, 1).is_some_and(|key| store.delete(&key) == 1))
}

fn incr(store: impl Store, args: Args<'_>) -> Value {
    let delta = match args.get(2).kind() {
        Kind::Undefined | Kind::Null => Some(1),
        Kind::Number(delta) if libm::trunc(delta) == delta && libm::fabs(delta) <= 9e15 => {
            Some(delta as i64)
        }
        _ => None,
    };
    let (Some(key), Some(delta), Some(ttl)) = (bytes_at(args, 1), delta, ttl_ms(args.get(3)))
    else {
        return Value::UNDEFINED;
    };
    let mut out = [0; 2];
    match store.incr(&key, delta, ttl, &mut out) {
        0 => Value::number(out[0] as f64),
        _ => Value::UNDEFINED,
    }
}

fn stats(store: impl Store) -> Value {
    let text = filled(STATS_BYTES, |buffer| store.stats(buffer)).ok();
    or_undefined(text.and_then(|text| json::parse(text.leak())))
}

fn bound(this: Value) -> BoundStore {
    BoundStore(Bound::of(this))
}

/// The namespace that the first argument names.
fn named(args: Args<'_>) -> Option<NamedStore> {
    bytes_at(args, 0).map(|name| match name {
        alloc::borrow::Cow::Borrowed(bytes) => NamedStore(bytes),
        alloc::borrow::Cow::Owned(bytes) => NamedStore(bytes.leak()),
    })
}

builtins! {
    "bound purview:cache.cacheGet" bound_get(this, args) { get(bound(this), args) }
    "bound purview:cache.cacheSet" bound_set(this, args) { set(bound(this), args) }
    "bound purview:cache.cacheDelete" bound_delete(this, args) { delete(bound(this), args) }
    "bound purview:cache.cacheIncr" bound_incr(this, args) { incr(bound(this), args) }
    "bound purview:cache.cacheStats" bound_stats(this, args) {
        let _ = args;
        stats(bound(this))
    }
    "purview:cache.cacheGet" cache_get(_this, args) { or_undefined(named(args).map(|store| get(store, args))) }
    "purview:cache.cacheSet" cache_set(_this, args) {
        named(args).map_or(Value::FALSE, |store| set(store, args))
    }
    "purview:cache.cacheDelete" cache_delete(_this, args) {
        named(args).map_or(Value::FALSE, |store| delete(store, args))
    }
    "purview:cache.cacheIncr" cache_incr(_this, args) { or_undefined(named(args).map(|store| incr(store, args))) }
    "purview:cache.cacheStats" cache_stats(_this, args) { stats(named(args).unwrap_or(NamedStore(b""))) }
}
