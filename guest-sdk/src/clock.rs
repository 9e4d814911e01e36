//! The time. `std::time::SystemTime` works too, through WASI; this costs one call and no conversion.

use std::time::Duration;

use crate::raw;

/// Time since 1970-01-01 UTC.
pub fn now() -> Duration {
    Duration::from_nanos(raw::now())
}
