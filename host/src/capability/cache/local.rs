//! The calls of a cache in this process: each answers at once.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use purview_abi::{
    call::status,
    name::{CacheVerb, Value},
};
use wasmtime::{Caller, Linker, Result};

use super::{
    MODULE, Names, put_count, stats_json,
    store::{Namespace, Store},
    ttl,
};
use crate::{capability::memory, instance::guest::Guest, limits::Limits, log};

/// One handler's store.
#[derive(Debug)]
pub(in crate::capability) struct Local {
    store: Store,
    /// Of entries, bytes, bytes of a value, of a key, of a namespace.
    limits: [u64; 5],
    names: Names,
    value_bytes_max: u32,
}

/// The stores of all handlers by name. What a handler has kept is still there when the handler is loaded anew.
#[derive(Debug, Clone, Default)]
pub struct Caches(Arc<Mutex<BTreeMap<String, Arc<Local>>>>);

impl Caches {
    /// The store of a handler; an empty one if there was none, or one with other limits.
    pub(super) fn of(&self, handler: &str, limits: &Limits) -> Arc<Local> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match all.get(handler) {
            Some(local) if local.limits == bounds(limits) => Arc::clone(local),
            _ => {
                let local = Arc::new(Local::new(limits));
                all.insert(handler.to_owned(), Arc::clone(&local));
                local
            }
        }
    }
}

fn bounds(limits: &Limits) -> [u64; 5] {
    [
        limits.cache_entries,
        limits.cache_bytes,
        limits.cache_value_bytes,
        limits.cache_key_bytes,
        limits.cache_namespace_bytes,
    ]
}

impl Local {
    fn new(limits: &Limits) -> Self {
        let value_bytes_max = u32::try_from(limits.cache_value_bytes).unwrap_or(u32::MAX);
        Self {
            store: Store::new(limits),
            limits: bounds(limits),
            names: Names::new(limits),
            value_bytes_max,
        }
    }

    fn get(
        &self,
        caller: &mut Caller<'_, Guest>,
        namespace: &Namespace,
        key: (u32, u32),
        (buffer, capacity): (u32, u32),
    ) -> Result<i32> {
        let Some(key) = self.names.key(caller, key)? else {
            return Ok(status::INVALID);
        };
        match self.store.get(namespace, key) {
            Some(value) => Ok(memory::fill(caller, buffer, capacity, &value)?),
            None => Ok(status::ABSENT),
        }
    }

    fn set(
        &self,
        caller: &mut Caller<'_, Guest>,
        namespace: &Arc<Namespace>,
        key: (u32, u32),
        value: (u32, u32),
        ttl_ms: i64,
    ) -> Result<i32> {
        let ttl = match ttl(ttl_ms) {
            Ok(ttl) => ttl,
            Err(status) => return Ok(status),
        };
        if value.1 > self.value_bytes_max {
            log::limit("limit.cache_value", "a value longer than `cache_value_bytes` was refused");
            return Ok(status::INVALID);
        }
        if self.names.key(caller, key)?.is_none() {
            return Ok(status::INVALID);
        }
        memory::bytes(caller, value.0, value.1, self.value_bytes_max)?;
        // Both were checked just now; the memory is looked at once, so that nothing is copied twice.
        let all = memory::all(caller);
        let part = |(at, length): (u32, u32)| all.get(at as usize..at as usize + length as usize);
        let (key, value) = (part(key).unwrap_or_default(), part(value).unwrap_or_default());
        Ok(if self.store.set(namespace, key, value, ttl) { 0 } else { status::INVALID })
    }

    fn delete(
        &self,
        caller: &mut Caller<'_, Guest>,
        namespace: &Namespace,
        key: (u32, u32),
    ) -> Result<i32> {
        match self.names.key(caller, key)? {
            Some(key) => Ok(i32::from(self.store.delete(namespace, key))),
            None => Ok(status::INVALID),
        }
    }

    fn incr(
        &self,
        caller: &mut Caller<'_, Guest>,
        namespace: &Arc<Namespace>,
        key: (u32, u32),
        (delta, ttl_ms): (i64, i64),
        out: u32,
    ) -> Result<i32> {
        // A number that cannot be told is not counted.
        memory::bytes(caller, out, 16, 16)?;
        let Some(key) = self.names.key(caller, key)? else {
            return Ok(status::INVALID);
        };
        match self.store.incr(namespace, key, delta, ttl_ms) {
            Some(count) => put_count(caller, out, count),
            None => Ok(status::INVALID),
        }
    }

    fn stats(
        &self,
        caller: &mut Caller<'_, Guest>,
        namespace: &[u8],
        (buffer, capacity): (u32, u32),
    ) -> Result<i32> {
        let json = stats_json(self.store.stats(namespace));
        Ok(memory::fill(caller, buffer, capacity, json.as_bytes())?)
    }

    /// A namespace chosen at run time; `None` if it is empty or too long.
    fn namespace(
        &self,
        caller: &mut Caller<'_, Guest>,
        at: (u32, u32),
    ) -> Result<Option<Arc<Namespace>>> {
        let name = self.names.namespace(caller, at)?;
        Ok(name.filter(|name| !name.is_empty()).map(|name| self.store.namespace(name)))
    }
}

/// How a call finds its namespace: bound when the module is loaded, or named by the address and length that come first.
#[derive(Clone)]
enum Which {
    Literal(Arc<Namespace>, Arc<[u8]>),
    Chosen,
}

impl Which {
    fn namespace(
        &self,
        cache: &Local,
        caller: &mut Caller<'_, Guest>,
        at: &[u32],
    ) -> Result<Option<Arc<Namespace>>> {
        match (self, at) {
            (Self::Literal(namespace, _), _) => Ok(Some(Arc::clone(namespace))),
            (Self::Chosen, [address, length]) => cache.namespace(caller, (*address, *length)),
            (Self::Chosen, _) => Ok(None),
        }
    }

    /// Its name, which may be empty: all of them.
    fn name(
        &self,
        cache: &Local,
        caller: &mut Caller<'_, Guest>,
        at: &[u32],
    ) -> Result<Option<Arc<[u8]>>> {
        match (self, at) {
            (Self::Literal(_, name), _) => Ok(Some(Arc::clone(name))),
            (Self::Chosen, [address, length]) => {
                Ok(cache.names.namespace(caller, (*address, *length))?.map(Arc::from))
            }
            (Self::Chosen, _) => Ok(None),
        }
    }
}

/// Links a verb; `$at` are the arguments before those of the verb.
macro_rules! link_verb {
    ($linker:ident, $name:ident, $verb:ident, $cache:ident, $which:ident, [$($at:ident)*]) => {
        match $verb {
            CacheVerb::Get => $linker.func_wrap(
                MODULE,
                $name,
                move |mut caller: Caller<'_, Guest>, $($at: u32,)* key: u32, length: u32, buffer: u32, capacity: u32| {
                    match $which.namespace(&$cache, &mut caller, &[$($at),*])? {
                        Some(ns) => $cache.get(&mut caller, &ns, (key, length), (buffer, capacity)),
                        None => Ok(status::INVALID),
                    }
                },
            )?,
            CacheVerb::Set => $linker.func_wrap(
                MODULE,
                $name,
                move |mut caller: Caller<'_, Guest>, $($at: u32,)* key: u32, length: u32, value: u32, value_length: u32, ttl_ms: i64| {
                    match $which.namespace(&$cache, &mut caller, &[$($at),*])? {
                        Some(ns) => $cache.set(&mut caller, &ns, (key, length), (value, value_length), ttl_ms),
                        None => Ok(status::INVALID),
                    }
                },
            )?,
            CacheVerb::Delete => $linker.func_wrap(
                MODULE,
                $name,
                move |mut caller: Caller<'_, Guest>, $($at: u32,)* key: u32, length: u32| {
                    match $which.namespace(&$cache, &mut caller, &[$($at),*])? {
                        Some(ns) => $cache.delete(&mut caller, &ns, (key, length)),
                        None => Ok(status::INVALID),
                    }
                },
            )?,
            CacheVerb::Incr => $linker.func_wrap(
                MODULE,
                $name,
                move |mut caller: Caller<'_, Guest>, $($at: u32,)* key: u32, length: u32, delta: i64, ttl_ms: i64, out: u32| {
                    match $which.namespace(&$cache, &mut caller, &[$($at),*])? {
                        Some(ns) => $cache.incr(&mut caller, &ns, (key, length), (delta, ttl_ms), out),
                        None => Ok(status::INVALID),
                    }
                },
            )?,
            CacheVerb::Stats => $linker.func_wrap(
                MODULE,
                $name,
                move |mut caller: Caller<'_, Guest>, $($at: u32,)* buffer: u32, capacity: u32| {
                    match $which.name(&$cache, &mut caller, &[$($at),*])? {
                        Some(name) => $cache.stats(&mut caller, &name, (buffer, capacity)),
                        None => Ok(status::INVALID),
                    }
                },
            )?,
        }
    };
}

/// Binds a verb of one namespace, or of those chosen at run time.
pub(super) fn link(
    linker: &mut Linker<Guest>,
    name: &str,
    namespace: Value<'_>,
    verb: CacheVerb,
    cache: &Arc<Local>,
) -> Result<()> {
    let cache = Arc::clone(cache);
    match namespace.literal() {
        Some(literal) => {
            let name_of = literal.as_bytes();
            let which = Which::Literal(cache.store.namespace(name_of), name_of.into());
            link_verb!(linker, name, verb, cache, which, [])
        }
        None => {
            let which = Which::Chosen;
            link_verb!(linker, name, verb, cache, which, [namespace namespace_length])
        }
    };
    Ok(())
}
