//! `purview:ratelimit`: fixed windows, counted in the cache's namespace `ratelimit`. In: a key, how many per window, the window in seconds.
//! Out: a Result.

use crate::{
    host, number,
    object::{Class, Object},
    result,
    text::{bytes_at, number_of},
    value::Value,
};

const WINDOW_SECONDS_MAX: f64 = 31_622_400.0;

fn refused(tag: &'static str, retry_after: f64) -> Value {
    let error = Object::with_capacity(Class::Plain, 2);
    error.set_field("tag", Value::fixed(tag));
    error.set_field("retryAfter", Value::number(retry_after));
    result::failure(Value::object(error))
}

builtins! {
    "purview:ratelimit.rateCheck" rate_check(_this, args) {
        let limit = number::to_integer(number_of(args.get(1))).max(0.0);
        let window_ms = libm::ceil(number_of(args.get(2)).clamp(0.001, WINDOW_SECONDS_MAX) * 1000.0);
        let Some(key) = bytes_at(args, 0) else { return refused("invalid_key", 0.0) };
        let Some([count, left_ms]) = host::rate(&key, window_ms as i64) else {
            return refused("unavailable", 1.0);
        };
        let (count, left_ms) = (count as f64, if left_ms < 0 { window_ms } else { left_ms as f64 });
        if count > limit {
            return refused("rate_exceeded", libm::ceil(left_ms / 1000.0).max(1.0));
        }
        let now_ms = (host::now() / 1_000_000) as f64;
        let value = Object::with_capacity(Class::Plain, 2);
        value.set_field("remaining", Value::number(limit - count));
        value.set_field("resetAt", Value::number(now_ms + left_ms));
        result::success(Value::object(value))
    }
    "purview:ratelimit.rateReset" rate_reset(_this, args) {
        Value::bool(bytes_at(args, 0).is_some_and(|key| host::forget_rate(&key)))
    }
}
