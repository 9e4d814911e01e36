//! `purview:cache`: values under keys, shared by all instances of a handler. In: namespace, key, value. Out: values, or a status.
//! The entries are in this process ([`store`]), or on a Redis or Valkey server that several hosts share ([`remote`]); a guest
//! cannot tell, but that a server can be away. No handler sees the entries of another.

mod local;
mod remote;
mod store;

use std::sync::Arc;

use purview_abi::{
    call::status,
    name::{CacheVerb, Value},
};
use tokio::runtime::Handle;
use wasmtime::{Caller, Linker, Result};

pub use self::local::Caches;
pub(super) use self::remote::Remote;
use self::{local::Local, remote::Shared};
use super::memory::{self, BadPointer};
use crate::{instance::guest::Guest, limits::Limits, log};

/// Import module.
const MODULE: &str = "purview:cache";

/// One handler's cache.
pub(super) enum Cache {
    /// In this process.
    Local(Arc<Local>),
    /// On a server.
    Shared(Arc<Shared>),
}

impl Cache {
    /// The cache of a handler: on the server, if there is one.
    pub(super) fn new(
        handler: &str,
        remote: Option<(&Remote, &Handle)>,
        caches: &Caches,
        limits: &Limits,
    ) -> Self {
        match remote {
            None => Self::Local(caches.of(handler, limits)),
            Some((remote, handle)) => {
                Self::Shared(Arc::new(Shared::new(handler, remote.clone(), handle.clone(), limits)))
            }
        }
    }
}

/// Binds one verb of a namespace, or of any.
pub(super) fn link(
    linker: &mut Linker<Guest>,
    name: &str,
    namespace: Value<'_>,
    verb: CacheVerb,
    cache: &Cache,
) -> Result<()> {
    match cache {
        Cache::Local(cache) => local::link(linker, name, namespace, verb, cache),
        Cache::Shared(cache) => remote::link(linker, name, namespace, verb, cache),
    }
}

/// How long keys and namespaces may be.
#[derive(Debug, Clone, Copy)]
struct Names {
    key: u32,
    namespace: u32,
}

impl Names {
    fn new(limits: &Limits) -> Self {
        let bound = |limit: u64| u32::try_from(limit).unwrap_or(u32::MAX);
        Self { key: bound(limits.cache_key_bytes), namespace: bound(limits.cache_namespace_bytes) }
    }

    /// A key in guest memory; `None` if it is too long.
    fn key<'m>(
        self,
        caller: &'m mut Caller<'_, Guest>,
        (address, length): (u32, u32),
    ) -> Result<Option<&'m [u8]>, BadPointer> {
        if length > self.key {
            log::limit("limit.cache_key", "a key longer than `cache_key_bytes` was refused");
            return Ok(None);
        }
        memory::bytes(caller, address, length, self.key).map(|bytes| Some(&*bytes))
    }

    /// A namespace in guest memory; `None` if it is too long.
    fn namespace<'m>(
        self,
        caller: &'m mut Caller<'_, Guest>,
        (address, length): (u32, u32),
    ) -> Result<Option<&'m [u8]>, BadPointer> {
        if length > self.namespace {
            let message = "a namespace longer than `cache_namespace_bytes` was refused";
            log::limit("limit.cache_namespace", message);
            return Ok(None);
        }
        memory::bytes(caller, address, length, self.namespace).map(|bytes| Some(&*bytes))
    }
}

/// The time to live of [`purview_abi::call::CACHE_SET`]; an error if it is none.
fn ttl(ttl_ms: i64) -> Result<Option<u64>, i32> {
    match u64::try_from(ttl_ms) {
        Ok(0) => Ok(None),
        Ok(ttl) => Ok(Some(ttl.min(store::TTL_MS_MAX))),
        Err(_) => Err(status::INVALID),
    }
}

/// Writes the result of `incr`.
fn put_count(caller: &mut Caller<'_, Guest>, out: u32, count: store::Count) -> Result<i32> {
    let left = count.left.map_or(-1, |left| i64::try_from(left).unwrap_or(i64::MAX));
    let target = memory::bytes(caller, out, 16, 16)?;
    let (value, rest) = target.split_at_mut(8);
    value.copy_from_slice(&count.value.to_le_bytes());
    rest.copy_from_slice(&left.to_le_bytes());
    Ok(0)
}

fn stats_json(stats: store::Stats) -> String {
    let store::Stats { hits, misses, entries, bytes } = stats;
    format!(r#"{{"hits":{hits},"misses":{misses},"entries":{entries},"bytes":{bytes}}}"#)
}
