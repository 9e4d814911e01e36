//! At most so many of something in each window of time, over all instances of the handler. In: a key, such as the client's address,
//! a limit, a window. Out: whether this one is allowed. A window begins with the first call after the last window ended. The
//! numbers lie in the cache namespace `ratelimit`, which stands in the module's imports.
//!
//! ```no_run
//! use std::time::Duration;
//! use purview_guest::ratelimit::{self, Verdict};
//!
//! # fn handler(peer: &str) -> Result<(), purview_guest::cache::CacheError> {
//! if let Verdict::Exceeded { retry_after } = ratelimit::check(peer, 100, Duration::from_secs(60))? {
//!     // 429, with `retry-after`
//! #   let _ = retry_after;
//! }
//! # Ok(()) }
//! ```

use std::time::Duration;

use purview_macros::cache;

use crate::cache::{CacheError, Expiry};

/// Whether one more is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is.
    Allowed {
        /// How many more are in this window.
        remaining: u64,
        /// Time until the next window.
        resets_in: Duration,
    },
    /// The limit is reached.
    Exceeded {
        /// Time until the next window.
        retry_after: Duration,
    },
}

impl Verdict {
    /// Whether it is allowed.
    pub fn is_allowed(self) -> bool {
        matches!(self, Self::Allowed { .. })
    }
}

/// Counts one more of `key` and says whether it is within `limit` for each `window`.
pub fn check(key: impl AsRef<[u8]>, limit: u64, window: Duration) -> Result<Verdict, CacheError> {
    let count = cache!("ratelimit").incr_with(key, 1, Expiry::NewIn(window))?;
    let left = count.left.unwrap_or(window);
    let used = u64::try_from(count.value).unwrap_or(0);
    Ok(match limit.checked_sub(used) {
        Some(remaining) => Verdict::Allowed { remaining, resets_in: left },
        None => Verdict::Exceeded { retry_after: left },
    })
}

/// Forgets a key's window; whether there was one.
pub fn reset(key: impl AsRef<[u8]>) -> Result<bool, CacheError> {
    cache!("ratelimit").delete(key)
}
