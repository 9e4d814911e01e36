//! Values that outlive a request, shared by all instances of the handler, and by several hosts where the operator keeps them on a
//! server. In: a namespace, written out so that it is one of the module's imports; keys; values. Out: values, or why the cache
//! does not answer. The module imports only the verbs that it calls.
//!
//! ```no_run
//! use std::time::Duration;
//! use purview_guest::cache;
//!
//! let sessions = cache!("sessions");
//! sessions.set_for("token", "user 42", Duration::from_secs(3600))?;
//! assert_eq!(sessions.get_text("token")?.as_deref(), Some("user 42"));
//! let visits = cache!("counters").incr("visits", 1)?;
//! # let _ = visits;
//! # Ok::<(), cache::CacheError>(())
//! ```
//!
//! Entries go when they expire, and those that were not used for longest when the handler's share is full (`cache_bytes`,
//! `cache_entries`). Keys have at most 4096 bytes, values `cache_value_bytes`.

use std::{fmt, time::Duration};

use purview_abi::call::status;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::outside::{self, Namespace};

/// A namespace.
#[derive(Debug)]
pub struct Cache<N>(N);

/// A namespace whose name is chosen at run time: the module then imports `*`, which a policy with a `cache` section refuses. Where the name
/// is known, `cache!` names it in the imports.
pub fn any(name: impl Into<String>) -> Cache<outside::Chosen> {
    Cache(outside::Chosen(name.into()))
}

/// Why the cache did not do what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CacheError {
    /// The server behind it does not answer in its time.
    Unavailable,
    /// A key, a value or a sum that it does not take.
    Invalid,
}

impl fmt::Display for CacheError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unavailable => "the cache's server does not answer",
            Self::Invalid => "the cache does not take this key, value or sum",
        })
    }
}

impl std::error::Error for CacheError {}

impl CacheError {
    fn of(code: i32) -> Self {
        if code == status::UNAVAILABLE { Self::Unavailable } else { Self::Invalid }
    }
}

/// A number after it was added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The number.
    pub value: i64,
    /// Time until it expires, if it does.
    pub left: Option<Duration>,
}

/// When a number expires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expiry {
    /// As before; a new one never.
    Keep,
    /// After this time from now.
    In(Duration),
    /// After this time from when it was new.
    NewIn(Duration),
}

/// How the cache was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stats {
    /// Values that were found.
    pub hits: u64,
    /// Values that were not.
    pub misses: u64,
    /// Entries.
    pub entries: u64,
    /// Bytes of keys and values, and of what belongs to them.
    pub bytes: u64,
}

impl<N: Namespace> Cache<N> {
    #[doc(hidden)]
    pub const fn new(namespace: N) -> Self {
        Self(namespace)
    }

    /// The value of a key.
    pub fn get(&self, key: impl AsRef<[u8]>) -> Result<Option<Vec<u8>>, CacheError> {
        outside::cache_get(&self.0, key.as_ref()).map_err(CacheError::of)
    }

    /// The value of a key, if it is text.
    pub fn get_text(&self, key: impl AsRef<[u8]>) -> Result<Option<String>, CacheError> {
        Ok(self.get(key)?.and_then(|value| String::from_utf8(value).ok()))
    }

    /// The value of a key, if it is JSON of this type.
    pub fn get_json<T: DeserializeOwned>(
        &self,
        key: impl AsRef<[u8]>,
    ) -> Result<Option<T>, CacheError> {
        Ok(self.get(key)?.and_then(|value| serde_json::from_slice(&value).ok()))
    }

    /// Sets a value that does not expire.
    pub fn set(&self, key: impl AsRef<[u8]>, value: impl AsRef<[u8]>) -> Result<(), CacheError> {
        outside::cache_set(&self.0, key.as_ref(), value.as_ref(), 0).map_err(CacheError::of)
    }

    /// Sets a value for this time, at least a millisecond.
    pub fn set_for(
        &self,
        key: impl AsRef<[u8]>,
        value: impl AsRef<[u8]>,
        time: Duration,
    ) -> Result<(), CacheError> {
        outside::cache_set(&self.0, key.as_ref(), value.as_ref(), ms(time)).map_err(CacheError::of)
    }

    /// Sets a value as JSON for this time.
    pub fn set_json<T: Serialize + ?Sized>(
        &self,
        key: impl AsRef<[u8]>,
        value: &T,
        time: Duration,
    ) -> Result<(), CacheError> {
        let value = serde_json::to_vec(value).map_err(|_| CacheError::Invalid)?;
        self.set_for(key, value, time)
    }

    /// Removes a key; whether it was there.
    pub fn delete(&self, key: impl AsRef<[u8]>) -> Result<bool, CacheError> {
        outside::cache_delete(&self.0, key.as_ref()).map_err(CacheError::of)
    }

    /// Adds to a whole number, atomically; what is none counts as 0. An expiry stays as it is.
    pub fn incr(&self, key: impl AsRef<[u8]>, delta: i64) -> Result<i64, CacheError> {
        self.incr_with(key, delta, Expiry::Keep).map(|count| count.value)
    }

    /// The same, with an expiry.
    pub fn incr_with(
        &self,
        key: impl AsRef<[u8]>,
        delta: i64,
        expiry: Expiry,
    ) -> Result<Count, CacheError> {
        let ttl_ms = match expiry {
            Expiry::Keep => 0,
            Expiry::In(time) => ms(time),
            Expiry::NewIn(time) => -ms(time),
        };
        let (value, left) =
            outside::cache_incr(&self.0, key.as_ref(), delta, ttl_ms).map_err(CacheError::of)?;
        Ok(Count { value, left: u64::try_from(left).ok().map(Duration::from_millis) })
    }

    /// How this namespace was used.
    pub fn stats(&self) -> Result<Stats, CacheError> {
        let json = outside::cache_stats(&self.0).map_err(CacheError::of)?;
        serde_json::from_slice(&json).map_err(|_| CacheError::Invalid)
    }
}

fn ms(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX).max(1)
}
