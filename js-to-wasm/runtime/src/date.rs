//! Time. In: nothing. Out: milliseconds.

use crate::{host, value::Value};

builtins! {
    "Date.now" date_now(_this, args) {
        let _ = args;
        Value::number((host::now() / 1_000_000) as f64)
    }
    "performance.now" performance_now(_this, args) {
        let _ = args;
        Value::number(host::now() as f64 / 1_000_000.0)
    }
}
